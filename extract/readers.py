"""Any file to a `Document`: its kind by content, the reader for it from one table, loaded when needed."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias

from extract.errors import DamagedFileError, ReadError, TooLargeError, UnsupportedFormatError
from extract.lost_letters import lost_letters
from extract.sniff import Kind, detect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from extract.document import Document

Ocr: TypeAlias = Literal["auto", "never", "always"]
MAX_BYTES = 1024 * 1024 * 1024
# Where the reader of each kind is: module, function. A module is imported when its first file comes.
_READERS: dict[Kind, tuple[str, str]] = {
    "pdf": ("extract.pdf.reader", "read_pdf"),
    "docx": ("extract.docx.reader", "read_docx"),
    "doc": ("extract.old_office", "read_doc"),
    "rtf": ("extract.old_office", "read_rtf"),
    "odt": ("extract.old_office", "read_odt"),
    "xlsx": ("extract.sheets.reader", "read_xlsx"),
    "xls": ("extract.sheets.reader", "read_xls"),
    "xlsb": ("extract.sheets.reader", "read_xlsb"),
    "ods": ("extract.sheets.reader", "read_ods"),
    "html": ("extract.html.reader", "read_html"),
    "mhtml": ("extract.html.reader", "read_mhtml"),
    "text": ("extract.plaintext.reader", "read_text"),
    "image": ("extract.scan.reader", "read_image"),
}
# Readers that recognise pictures of pages; they take `ocr`.
_WITH_OCR: frozenset[Kind] = frozenset({"pdf", "image"})


def read(path: Path, *, ocr: Ocr = "auto") -> Document:
    """Read a document of any format.

    Raises:
        ReadError: it or a subclass (`extract.errors`) for every cause that lies in the file; nothing else.
    """
    kind = detect(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TooLargeError(f"{size:,} bytes; the limit is {MAX_BYTES:,}")
    if kind not in _READERS:
        raise UnsupportedFormatError(f"no reader for {kind} files")
    module, function = _READERS[kind]
    reader: Callable[..., Document] = getattr(import_module(module), function)
    try:
        document = reader(path, ocr=ocr) if kind in _WITH_OCR else reader(path)
    except ReadError:
        raise
    except RecursionError as error:
        raise TooLargeError("the document nests too deeply") from error
    except MemoryError as error:
        raise TooLargeError("the document does not fit into memory") from error
    except Exception as error:  # a reader's library stumbled over a file: the run goes on
        raise DamagedFileError(f"the {kind} reader failed: {type(error).__name__}: {error}") from error
    lost = lost_letters(document.blocks)
    return replace(document, problems=(*document.problems, *lost)) if lost else document
