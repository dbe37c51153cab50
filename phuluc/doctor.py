"""Which optional programs are present, and how to install the others."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from extract.scan.engine import data_folders

_SECONDS = 20
"""A program that does not tell its version in this time is taken as broken."""


@dataclass(frozen=True, slots=True)
class Helper:
    """One optional helper: what it is for, how to install it, and its version or None where it is missing."""

    name: str
    use: dict[str, str]
    install: str
    version: str | None


def examine() -> list[Helper]:
    """Look for every helper."""
    return [
        Helper(
            "soffice (LibreOffice)",
            {"en": "DOC, RTF and ODT files", "vi": "tệp DOC, RTF và ODT"},
            "sudo apt-get install -y --no-install-recommends libreoffice-writer",
            _version("soffice", "--version"),
        ),
        Helper(
            "antiword",
            {
                "en": "a table at the very end of a DOC file, and DOC files where LibreOffice is missing",
                "vi": "bảng ở cuối tệp DOC, và tệp DOC khi không có LibreOffice",
            },
            "sudo apt-get install -y antiword",
            _version("antiword", line="Version:"),
        ),
        Helper(
            "tesseract",
            {"en": "scans and pictures", "vi": "bản quét và ảnh"},
            "sudo apt-get install -y tesseract-ocr",
            _version("tesseract", "--version"),
        ),
        Helper(
            "tesseract language vie",
            {"en": "Vietnamese in scans and pictures", "vi": "tiếng Việt trong bản quét và ảnh"},
            "sudo apt-get install -y tesseract-ocr-vie",
            _vietnamese(),
        ),
    ]


def _version(program: str, *arguments: str, line: str = "") -> str | None:
    """Give the first line that begins with `line` of what a program says of itself."""
    said = _say(program, *arguments) or ""
    return next((each.strip() for each in said.splitlines() if each.strip().startswith(line)), None)


def _vietnamese() -> str | None:
    """Look where the reader of scans looks: it brings Tesseract's library along and needs only the data."""
    for folder in data_folders():
        if (folder / "vie.traineddata").is_file():
            return str(folder / "vie.traineddata")
    return None


def _say(program: str, *arguments: str) -> str | None:
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs and arguments
            [path, *arguments], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout or done.stderr).strip() or None
