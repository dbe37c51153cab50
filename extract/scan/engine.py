"""Tesseract, in this process: pictures of single lines to words."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import MissingHelperError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import tesserocr

    from extract.scan.picture import Pixels

LANGUAGE, LABEL_LANGUAGE = "vie", "eng"
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class Word(NamedTuple):
    """One word as recognised: its box and the baseline of its line in pixels, 0 to 1 for how sure it is."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    begins_line: bool
    baseline: float


class Seen(NamedTuple):
    """A word in the picture of a line: where it begins and ends there is the engine's guess."""

    text: str
    x0: int
    x1: int
    confidence: float


class Box(NamedTuple):
    """A part of the picture, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


class Engine:
    """Tesseract with Vietnamese loaded."""

    def __init__(self, folder: Path, language: str) -> None:
        # Tesseract's own threads make it twice as slow: they wait for each other over single lines of text.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr  # noqa: PLC0415 - 30 MB of library, only when a scan comes

        self._t = tesserocr
        self._api: tesserocr.PyTessBaseAPI = tesserocr.PyTessBaseAPI(
            path=str(folder), lang=language, psm=tesserocr.PSM.RAW_LINE, oem=tesserocr.OEM.LSTM_ONLY
        )
        self.name = f"tesseract {tesserocr.tesseract_version().split()[1]} {language}"

    def read_line(self, grey: Pixels, dpi: float) -> list[Seen]:
        """Read the picture of one line."""
        self._show(grey, dpi)
        self._api.SetPageSegMode(self._t.PSM.RAW_LINE)
        return list(self._words()) if self._api.Recognize() else []

    def read_label(self, grey: Pixels, dpi: float, letters: str) -> tuple[str, float]:
        """Read a picture of nothing but some letters, and say how sure that is (0 to 1)."""
        self._api.SetVariable("tessedit_char_whitelist", letters)
        self._api.SetPageSegMode(self._t.PSM.SINGLE_LINE)
        self._show(grey, dpi)
        try:
            return self._api.GetUTF8Text().strip(), self._api.MeanTextConf() / 100
        finally:
            self._api.SetVariable("tessedit_char_whitelist", "")

    def _show(self, grey: Pixels, dpi: float) -> None:
        height, width = grey.shape
        self._api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(round(dpi))

    def _words(self) -> Iterator[Seen]:
        word = self._t.RIL.WORD
        found = self._api.GetIterator()
        if found is None or found.Empty(word):
            return
        while True:
            box = found.BoundingBox(word)
            text = found.GetUTF8Text(word).strip() if box else ""
            if text:
                yield Seen(text, box[0], box[2], found.Confidence(word) / 100)
            if not found.Next(word):
                return


@cache
def engine() -> Engine:
    """Give the process's engine.

    Raises:
        MissingHelperError: no Vietnamese data for Tesseract is installed, or tesserocr is not.
    """
    found = _load(LANGUAGE)
    if found is None:
        message = "Tesseract's data for Vietnamese (tesseract-ocr-vie) is not installed"
        raise MissingHelperError(message)
    return found


@cache
def label_engine() -> Engine:
    """Give the engine for figures: English, which tells 2 from z better; Vietnamese where that is missing."""
    return _load(LABEL_LANGUAGE) or engine()


def _load(language: str) -> Engine | None:
    for folder in data_folders():
        if (folder / f"{language}.traineddata").is_file():
            try:
                return Engine(folder, language)
            except (ImportError, RuntimeError) as error:
                message = f"Tesseract cannot be loaded: {error}"
                raise MissingHelperError(message) from error
    return None


@cache
def data_folders() -> tuple[Path, ...]:
    """Give the folders where Tesseract's data can be, the one the user names first."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named), Path(named) / "tessdata"] if named else []
    for pattern in _FOLDERS:
        folders += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    said = _said_by_tesseract()
    return tuple(folder for folder in [*folders, *said] if folder.is_dir())


def _said_by_tesseract() -> list[Path]:
    """Ask the program (another system's folder): the first line is 'List of … in "/folder/" (3):'."""
    try:
        done = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607 - as the user's PATH has it
            capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return []
    parts = (done.stdout or done.stderr).split('"')
    return [Path(parts[1])] if len(parts) > 2 else []
