"""Runs of lines with separators to tables: tab-separated fields, Markdown pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.document import Cell, Table
from extract.plaintext.residue import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = regex.compile(
    r"\s*(?:[-–+•*]|\(?[\p{L}\d]{1,4}(?:\.\d{1,3})*[.)]?|[IVXLC]+[.)]?|Điều \d+\.?|Số:?)\s*$"
)
_RULE_FIELD = regex.compile(r"\s*:?-{2,}:?\s*$")
_PIPE = regex.compile(r"(?<!\\)\|")


def tab_tables(run: list[str]) -> Iterator[Table | list[str]]:
    """Cut a run of lines without a blank one into tables and lists of other lines, in order.

    A line without a tab between two rows of the same table is a row whose empty cells were cut off
    ("I. CÔNG TÁC CHỈ ĐẠO" above its tasks); before the first or after the last row it is prose.
    """
    tabbed = [index for index, line in enumerate(run) if "\t" in line]
    first, last = (tabbed[0], tabbed[-1] + 1) if tabbed else (0, 0)
    fields = [line.split("\t") for line in run[first:last]]
    while fields and _is_indented(fields[0]) and max(map(len, fields)) > 2:
        fields, first = (
            fields[1:],
            first + 1,
        )  # "\tCăn cứ …": a tab for the first-line indent, above the table
    if not _is_table(fields):
        yield run
        return
    if first:
        yield run[:first]
    yield _table(fields)
    if last < len(run):
        yield run[last:]


def pipe_table(lines: list[str], header_rows: int) -> Table | None:
    """Give the table of Markdown rows (`| a | b |`), the rule below the heading already taken away."""
    fields = [_PIPE.split(line.strip().removeprefix("|").rstrip()) for line in lines]
    fields = [row[:-1] if len(row) > 1 and not row[-1].strip() else row for row in fields]
    return _table(fields, header_rows) if fields else None


def _is_indented(fields: list[str]) -> bool:
    filled = [index for index, field in enumerate(fields) if field.strip()]
    return filled == [len(fields) - 1] and len(fields) == 2


def _is_table(fields: list[list[str]]) -> bool:
    """Tell a table from prose with tabs in it: indents, and numbers set off from their paragraph."""
    if not fields:
        return False
    if max(map(len, fields)) > 2:
        return True
    if all(_is_indented(row) or len(row) < 2 for row in fields):
        return False
    labelled = all(len(row) < 2 or _LABEL.match(row[0]) for row in fields)
    return len(fields) > 1 and not labelled


def _table(fields: list[list[str]], header_rows: int = 0) -> Table:
    """Rows keep the number of fields they have; a conversion lost the spans, and may have lost the ends."""
    rows = [row for row in fields if not (len(row) > 1 and all(map(_RULE_FIELD.match, row)))]
    cells = []
    for number, row in enumerate(rows):
        for column, field in enumerate(row):
            piece = clean(field)
            cells.append(Cell(number, column, piece.text, bold=piece.bold))
    return Table(
        tuple(cells),
        len(rows),
        max(map(len, rows), default=0),
        "text",
        spans_known=False,
        header_rows=header_rows,
    )
