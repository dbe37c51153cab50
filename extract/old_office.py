"""Old word-processor files (.doc, .rtf, .odt): LibreOffice makes them DOCX, the DOCX reader reads them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.document import Problem
from extract.docx.reader import read_docx
from extract.errors import DamagedFileError, MissingHelperError, ReadError
from extract.office import converted, soffice
from extract.plaintext.reader import text_document

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import Document, SourceFormat

_ANTIWORD_SECONDS = 60


def read_doc(path: Path) -> Document:
    """Read a Word 6 to 2003 file; without LibreOffice, its text alone by antiword, said to be partial."""
    if soffice() is None and shutil.which("antiword"):
        return _by_antiword(path)
    return _converted(path, "doc")


def read_rtf(path: Path) -> Document:
    """Read a Rich Text file."""
    return _converted(path, "rtf")


def read_odt(path: Path) -> Document:
    """Read an OpenDocument text."""
    return _converted(path, "odt")


def _converted(path: Path, source_format: SourceFormat) -> Document:
    """Read by way of LibreOffice. Raises: see `extract.office.converted`, `extract.docx.reader.read_docx`."""
    with converted(path, "docx", suffix=f".{source_format}") as result:
        return replace(read_docx(result), source_format=source_format)


def _by_antiword(path: Path) -> Document:
    command = ["antiword", "-m", "UTF-8.txt", "-w", "0", "--", str(path.absolute())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_ANTIWORD_SECONDS, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired as error:
        raise ReadError("antiword did not finish") from error
    except OSError as error:
        raise MissingHelperError("neither LibreOffice nor antiword can be started") from error
    text = done.stdout.decode("utf-8", errors="replace")
    if not text.strip():
        raise DamagedFileError(
            f"antiword cannot read the file: {done.stderr.decode('utf-8', 'replace')[:200].strip()}"
        )
    document = text_document(text)
    note = Problem(
        "missing_helper", "read by antiword: merged cells, numbers and fonts are lost; LibreOffice keeps them"
    )
    return replace(document, source_format="doc", problems=(*document.problems, note))
