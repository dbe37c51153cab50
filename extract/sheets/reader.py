"""Spreadsheets to `Document`: sheet after sheet, each as tables and lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.document import Document, Problem
from extract.errors import DamagedFileError, MissingHelperError, NoPagesError
from extract.office import converted
from extract.sheets.model import decode_sheets
from extract.sheets.ods import ods_sheets
from extract.sheets.regions import sheet_blocks
from extract.sheets.xlsx import xlsx_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import SourceFormat
    from extract.sheets.model import RawSheet


def read_xlsx(path: Path) -> Document:
    """Read an XLSX workbook (also XLSM, XLTX). Hidden rows, columns and sheets are read like the others.

    Raises:
        DamagedFileError, TooLargeError, EncryptedFileError: see `extract.package`.
        NoPagesError: no sheet has a cell with text.
    """
    sheets, problems = xlsx_sheets(path)
    return _document(sheets, problems, "xlsx")


def read_xls(path: Path) -> Document:
    """Read an XLS workbook; one that xlrd cannot read is given to LibreOffice."""
    from extract.sheets.xls import xls_sheets  # noqa: PLC0415 - loads xlrd, which other workbooks do not need

    try:
        return _document(xls_sheets(path), [], "xls")
    except DamagedFileError as error:
        try:
            with converted(path, "xlsx", suffix=".xls") as result:
                return replace(read_xlsx(result), source_format="xls")
        except MissingHelperError:
            raise error from None


def read_xlsb(path: Path) -> Document:
    """Read a binary workbook by way of LibreOffice."""
    with converted(path, "xlsx", suffix=".xlsb") as result:
        return read_xlsx(result)


def read_ods(path: Path) -> Document:
    """Read an OpenDocument spreadsheet."""
    return _document(ods_sheets(path), [], "xls")


def _document(raw: list[RawSheet], problems: list[Problem], source_format: SourceFormat) -> Document:
    """Put the sheets of a workbook together; a hidden sheet is read like the others."""
    sheets, legacy = decode_sheets(raw)
    blocks = tuple(block for sheet in sheets for block in sheet_blocks(sheet))
    if not blocks:
        raise NoPagesError("no sheet has a cell with text")
    return Document(source_format, blocks, legacy_encoding=legacy.label, problems=tuple(problems))
