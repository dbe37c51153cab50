"""Old word-processor files (.doc, .rtf, .odt): LibreOffice makes them DOCX, the DOCX reader reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.antiword import antiword, read_antiword
from extract.document import Paragraph, Problem, Table
from extract.docx.reader import read_docx
from extract.errors import ReadError
from extract.office import converted, soffice

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import Document, SourceFormat


def read_doc(path: Path) -> Document:
    """Read a Word 6 to 2003 file; without LibreOffice, its text alone by antiword, said to be partial."""
    if soffice() is None and antiword():
        return _by_antiword(path)
    data = path.read_bytes()
    is_97 = any(stream.encode("utf-16-le") in data for stream in ("0Table", "1Table"))
    return _with_last_table(_converted(path, "doc", "MS Word 97" if is_97 else "MS WinWord 6.0"), path)


def read_rtf(path: Path) -> Document:
    """Read a Rich Text file."""
    return _converted(path, "rtf", "Rich Text Format")


def read_odt(path: Path) -> Document:
    """Read an OpenDocument text."""
    return _converted(path, "odt", "writer8")


def _converted(path: Path, source_format: SourceFormat, source_filter: str) -> Document:
    """Read by way of LibreOffice. Raises: see `extract.office.converted`, `extract.docx.reader.read_docx`."""
    with converted(path, "docx", suffix=f".{source_format}", source_filter=source_filter) as result:
        return replace(read_docx(result), source_format=source_format)


def _by_antiword(path: Path) -> Document:
    document = read_antiword(path)
    note = Problem(
        "missing_helper", "read by antiword: merged cells, numbers, fonts are lost; LibreOffice keeps them"
    )
    return replace(document, problems=(*document.problems, note))


def _with_last_table(document: Document, path: Path) -> Document:
    """Put back a table at the very end of a .doc.

    LibreOffice (7.4, as import and as export) glues the cells of such a table to one paragraph ("STTViệcHạn1ab").
    """
    if antiword() is None or not document.blocks or isinstance(document.blocks[-1], Table):
        return document
    try:
        last = read_antiword(path).blocks[-1]
    except ReadError:
        return document
    if not isinstance(last, Table):
        return document
    glued = _folded("".join(cell.text for cell in last.cells))
    kept = list(document.blocks)
    while kept and isinstance(kept[-1], Paragraph) and _folded(kept[-1].text) in glued:
        kept.pop()
    return document if len(kept) == len(document.blocks) else replace(document, blocks=(*kept, last))


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
