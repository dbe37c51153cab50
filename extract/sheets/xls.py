"""XLS workbooks (Excel 5 to 2003) with xlrd, which alone gives their fonts, formats, merges and borders."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd  # this module is itself imported lazily, by the first .xls file
from xlrd.biffh import XLRDError

from extract.errors import DamagedFileError, EncryptedFileError
from extract.sheets.model import RawCell, RawSheet, TextRun
from extract.sheets.number_format import BUILT_IN, show_number

if TYPE_CHECKING:
    from pathlib import Path

    from xlrd.book import Book
    from xlrd.formatting import XF
    from xlrd.sheet import Sheet as XlsSheet

_BOLD_WEIGHT = 600
_CENTERED = {2, 6}  # centre, centre across selection


def xls_sheets(path: Path) -> list[RawSheet]:
    """Give the sheets of a workbook.

    Raises:
        EncryptedFileError, DamagedFileError.
    """
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedFileError("the workbook is protected by a password") from error
        raise DamagedFileError(f"the workbook cannot be read: {error}") from error
    except Exception as error:  # xlrd trusts its input: a cut file raises whatever its parser stumbles over
        raise DamagedFileError(f"the workbook cannot be read: {type(error).__name__}: {error}") from error
    return [_sheet(book, sheet) for sheet in book.sheets()]


def _sheet(book: Book, sheet: XlsSheet) -> RawSheet:
    merges = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    cells: list[RawCell] = []
    bordered = set()
    for row in range(sheet.nrows):
        borders = 0
        for column, cell in enumerate(sheet.row(row)):
            style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
            borders += style is not None and _is_bordered(style)
            runs = _runs(book, sheet, (row, column), style)
            if runs:
                rows, columns = merges.get((row, column), (1, 1))
                font = book.font_list[style.font_index] if style is not None else None
                bold = font is not None and (bool(font.bold) or font.weight >= _BOLD_WEIGHT)
                align = style.alignment if style is not None else None
                centered = align is not None and align.hor_align in _CENTERED
                cells.append(RawCell(row, column, runs, rows, columns, bold=bold, centered=centered))
        if borders >= 2:
            bordered.add(row)
    return RawSheet(sheet.name, tuple(cells), frozenset(bordered))


def _runs(book: Book, sheet: XlsSheet, place: tuple[int, int], style: XF | None) -> tuple[TextRun, ...]:
    cell = sheet.cell(*place)
    font = book.font_list[style.font_index].name if style is not None else None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        text = str(cell.value)
        if not text.strip():
            return ()
        changes = [(0, font)]
        for start, index in sheet.rich_text_runlist_map.get(place, ()):
            changes.append((start, book.font_list[index].name if index < len(book.font_list) else font))
        ends = [start for start, _ in changes[1:]] + [len(text)]
        runs = (TextRun(text[start:end], name) for (start, name), end in zip(changes, ends, strict=True))
        return tuple(run for run in runs if run.text)
    shown = _value(book, cell.ctype, cell.value, style)
    return (TextRun(shown),) if shown.strip() else ()


def _value(book: Book, ctype: int, value: object, style: XF | None) -> str:
    if ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#ERR") if isinstance(value, int) else "#ERR"
    if ctype not in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE} or not isinstance(value, float):
        return ""
    code = "General"
    if style is not None:
        found = book.format_map.get(style.format_key)
        code = BUILT_IN.get(style.format_key) or (found.format_str if found is not None else "General")
    try:
        return show_number(value, code, from_1904=bool(book.datemode))
    except (ValueError, OverflowError, ArithmeticError):
        return str(value)


def _is_bordered(style: XF) -> bool:
    border = style.border
    if border is None:
        return False
    sides = (border.left_line_style, border.right_line_style, border.top_line_style, border.bottom_line_style)
    return sum(bool(side) for side in sides) >= 2
