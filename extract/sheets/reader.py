"""Spreadsheets to `Document`: sheet after sheet, each as tables and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Document, Problem
from extract.errors import NoPagesError
from extract.sheets.regions import sheet_blocks
from extract.sheets.xlsx import xlsx_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import SourceFormat
    from extract.sheets.model import Sheet


def read_xlsx(path: Path) -> Document:
    """Read an XLSX workbook (also XLSM, XLTX). Hidden rows, columns and sheets are read like the others.

    Raises:
        DamagedFileError, TooLargeError, EncryptedFileError: see `extract.package`.
        NoPagesError: no sheet has a cell with text.
    """
    sheets, problems = xlsx_sheets(path)
    return workbook_document(sheets, problems, "xlsx")


def workbook_document(sheets: list[Sheet], problems: list[Problem], source_format: SourceFormat) -> Document:
    """Put the sheets of a workbook together; a hidden sheet is read and said to be one."""
    blocks = tuple(block for sheet in sheets for block in sheet_blocks(sheet))
    if not blocks:
        raise NoPagesError("no sheet has a cell with text")
    notes = [
        Problem("hidden_sheet", f"sheet {sheet.name} is hidden; it was read like the others")
        for sheet in sheets
        if sheet.hidden and sheet.cells
    ]
    return Document(source_format, blocks, problems=(*problems, *notes))
