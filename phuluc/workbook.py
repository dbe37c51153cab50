"""The tables as one XLSX workbook, a sheet a table. Imports openpyxl: import it only to write a workbook."""

from __future__ import annotations

import re
from itertools import count, islice
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from phuluc.export import FORMULA_STARTS, flat
from phuluc.table_headings import column_headings, table_heading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from phuluc.export import Rows

_ROWS_PER_SHEET = 1_048_575
"""What a sheet holds (2^20 rows, one of them the heading); more rows go on in "tasks 2"."""
_UNITS_PER_CELL = 32_767
"""UTF-16 code units a cell holds: a rare character of a family name (U+20000 and up) counts twice."""
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""


def write_workbook(target: Path, tables: Mapping[str, Rows]) -> int:
    """Write the workbook, row by row; gives the number of rows."""
    book = Workbook(write_only=True)
    written = 0
    for name, rows in tables.items():
        for number in count(1):
            title = table_heading(name)
            sheet = _sheet(book, title if number == 1 else f"{title} {number}", column_headings(name))
            before = written
            for row in islice(rows, _ROWS_PER_SHEET):
                sheet.append([cell(sheet, value) for value in row.values()])
                written += 1
            if written - before < _ROWS_PER_SHEET:
                break
    book.save(target)
    return written


def _sheet(book: Workbook, title: str, columns: tuple[str, ...]) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    # The stubs leave out that a write-only sheet has a filter.
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"  # type: ignore[attr-defined]
    heads = [WriteOnlyCell(sheet, value=column) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    return sheet


def cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """Give what to append for a value: text stays text, whatever a spreadsheet program would take it for."""
    value = flat(value)
    if not isinstance(value, str):
        return value
    text = _fitting(_NO_XML.sub("", value))
    # openpyxl takes "=…" for a formula and "#N/A" for an error.
    if not text.startswith((*FORMULA_STARTS, "#")):
        return text
    made = WriteOnlyCell(sheet, value=text)
    made.data_type = "s"  # text, whatever it looks like: "=1+1" is shown, not run
    made.style = "Normal"
    return made


def _fitting(text: str) -> str:
    """Cut what no cell holds; Excel calls a file with a longer one damaged. The mark at the end tells."""
    if len(text) * 2 <= _UNITS_PER_CELL or len(units := text.encode("utf-16-le")) <= _UNITS_PER_CELL * 2:
        return text
    return units[: (_UNITS_PER_CELL - 1) * 2].decode("utf-16-le", "ignore") + "…"
