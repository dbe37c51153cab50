"""HTML tables: rows and cells with the spans a browser would draw."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from extract.document import Cell, Paragraph, Table
from extract.nesting import flat_text
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from extract.document import Block
    from extract.html.look import Look

Contents: TypeAlias = dict[tuple[int, int], "tuple[Block, ...]"]
_MAX_SPAN = 1000  # browsers' own limit for colspan


@dataclass(frozen=True, slots=True)
class _Row:
    """A `<tr>` and how many rows, itself included, are left in its group: rowspans end there."""

    element: etree._Element
    left: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its place on the grid of all columns that any span names."""

    row: int
    column: int
    high: int
    wide: int
    content: tuple[Block, ...]
    heading: bool


def read_table(
    element: etree._Element, look: Look, read_cell: Callable[[etree._Element, Look], tuple[Block, ...]]
) -> tuple[Table, Contents]:
    """Give a `<table>`, and the blocks of each cell by its anchor (row, column)."""
    rows = list(_rows(element))
    placed = _place(rows, look, read_cell)
    # Columns in which no cell begins exist only in colspans ("colspan=9" over six columns): they are none.
    starts = sorted({cell.column for cell in placed})
    contents: Contents = {}
    cells: list[Cell] = []
    for cell in placed:
        first = bisect_left(starts, cell.column)
        contents[(cell.row, first)] = cell.content
        paragraphs = [block for block in cell.content if isinstance(block, Paragraph)]
        cells.append(
            Cell(
                cell.row,
                first,
                flat_text(cell.content),
                row_span=cell.high,
                column_span=max(1, bisect_left(starts, cell.column + cell.wide) - first),
                bold=bool(paragraphs) and all(paragraph.bold for paragraph in paragraphs),
                nested=tuple(block for block in cell.content if isinstance(block, Table)),
            )
        )
    caption = element.find("caption")
    name = tidy("".join(str(text) for text in caption.itertext())) if caption is not None else ""
    header_rows = _header_rows(rows, placed)
    return Table(tuple(cells), len(rows), len(starts), "markup", header_rows=header_rows, name=name), contents


def _place(
    rows: list[_Row], look: Look, read_cell: Callable[[etree._Element, Look], tuple[Block, ...]]
) -> list[_Placed]:
    """Lay the cells out as the HTML standard says ("forming a table")."""
    taken: set[tuple[int, int]] = set()
    placed: list[_Placed] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.element:
            if cell.tag not in {"td", "th"}:
                continue
            while (number, column) in taken:
                column += 1
            wide = max(1, _span(cell, "colspan"))
            high = min(_span(cell, "rowspan") or row.left, row.left)  # rowspan=0: to the end of the group
            if high > 1:
                taken.update(
                    (number + down, column + across) for down in range(high) for across in range(wide)
                )
            placed.append(_Placed(number, column, high, wide, read_cell(cell, look), cell.tag == "th"))
            column += wide
    return placed


def _header_rows(rows: list[_Row], placed: list[_Placed]) -> int:
    """Count the leading rows in `<thead>`, or of `<th>` alone."""
    mixed = {cell.row for cell in placed if not cell.heading}
    heads = {cell.row for cell in placed if cell.heading} - mixed
    count = 0
    for number, row in enumerate(rows):
        parent = row.element.getparent()
        if not (number in heads or (parent is not None and parent.tag == "thead")):
            break
        count += 1
    return count


def _rows(table: etree._Element) -> Iterator[_Row]:
    """Give the rows in the order a browser shows them: the foot last, wherever it was written."""
    groups: list[list[etree._Element]] = [[]]
    feet: list[list[etree._Element]] = []
    for child in table:
        if child.tag == "tr":
            groups[-1].append(child)
        elif child.tag in {"thead", "tbody", "tfoot", "form", "center"}:
            own = [row for row in child.iter("tr") if next(row.iterancestors("table"), None) is table]
            if child.tag == "tfoot":
                feet.append(own)
            else:
                groups += [own, []]
    for group in [*groups, *feet]:
        for index, row in enumerate(group):
            yield _Row(row, len(group) - index)


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(_MAX_SPAN, int(value)) if value.isdecimal() and len(value) < 8 else 1
