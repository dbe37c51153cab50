"""From drawn tables to rows in line: phantom columns go, page pieces get the same columns.

A *piece* is one `extract.document.Table`: what one page (or element) shows of a table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.tables import Row, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.document import BBox, Cell, Table

# Two rulings nearer than this are one (a double line, the jitter of a second page); in points.
EDGE_TOLERANCE = 4.0
# So many equal cells to the end of a row are one cell that a conversion repeated.
_REPEATED = 3
_NOTHING = Slot()


def align(pieces: Sequence[Table]) -> list[Table]:
    """Give the pieces of one table the same columns, by the places of their rulings.

    A page on which a merged cell hides a ruling has fewer columns than its neighbour; the union of the
    places of all rulings is the grid of all. Pieces without places (markup, text) come back as they are.
    """
    if len({table.column_edges for table in pieces}) == 1 or not all(table.column_edges for table in pieces):
        return list(pieces)
    if pieces[0].method == "stream":  # places of white differ from page to page with what stands beside it
        widest = max(pieces, key=lambda table: table.column_count)
        return [
            table if table.column_count == widest.column_count else _onto(table, widest.column_edges)
            for table in pieces
        ]
    edges = _union([edge for table in pieces for edge in table.column_edges])
    return [_onto(table, edges) for table in pieces]


def _union(edges: Sequence[float]) -> tuple[float, ...]:
    merged: list[list[float]] = []
    for edge in sorted(edges):
        if merged and edge - merged[-1][-1] <= EDGE_TOLERANCE:
            merged[-1].append(edge)
        else:
            merged.append([edge])
    return tuple(sum(group) / len(group) for group in merged)


def _onto(table: Table, edges: tuple[float, ...]) -> Table:
    places = [min(range(len(edges)), key=lambda k: abs(edges[k] - edge)) for edge in table.column_edges]
    cells = tuple(
        cell._replace(
            column=places[cell.column],
            column_span=max(places[cell.column + cell.column_span] - places[cell.column], 1),
        )
        for cell in table.cells
    )
    return replace(table, cells=cells, column_count=len(edges) - 1, column_edges=edges)


def read_rows(table: Table, piece: int) -> list[Row]:
    """Give the rows of one piece, every position with the text of the cell that covers it."""
    rows: list[Row] = []
    for number, covered in enumerate(table.grid()):
        slots = tuple(_slot(cell, number, column) for column, cell in enumerate(covered))
        if not table.spans_known and table.method != "stream":  # in figures on paper "- - -" are three cells
            slots = _span_repeated(slots)
        rows.append(Row(slots, piece, table.page, _row_box(covered, number, table)))
    return rows


def _span_repeated(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Read one text in every cell up to the end of a row as one merged cell: some conversions repeat it."""
    start = len(slots) - 1
    while start > 0 and slots[start].text and slots[start - 1].text == slots[start].text:
        start -= 1
    if len(slots) - start < _REPEATED:
        return slots
    return (*slots[: start + 1], *(slot._replace(left=True) for slot in slots[start + 1 :]))


def _slot(cell: Cell | None, row: int, column: int) -> Slot:
    if cell is None:
        return _NOTHING
    return Slot(
        cell.text, cell.row < row, cell.column < column, cell.row_span > 1, cell.bold, cell.confidence,
        cell.repaired,
    )  # fmt: skip


def _row_box(covered: Sequence[Cell | None], row: int, table: Table) -> BBox | None:
    """Give the box of a row: of its cells of one row's height, else of those that begin in it, else the table's."""
    if table.bbox is None:
        return None
    boxes = [cell.bbox for cell in covered if cell is not None and cell.bbox and cell.row_span == 1]
    if not boxes:
        boxes = [cell.bbox for cell in covered if cell is not None and cell.bbox and cell.row == row]
    if not boxes:
        return table.bbox
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def drop_phantom_columns(rows: Sequence[Row], header_rows: int) -> list[Row]:
    """Merge columns that are one to the eye, the left one keeping what either says.

    Such are: a column in which no cell with text begins and no heading stands (a double ruling), and two
    columns under one heading cell of which never both are filled (a ruling a little off on one page).
    """
    if not rows:
        return []
    count = len(rows[0].slots)
    kept = [0] if count else []
    groups: list[list[int]] = [[0]] if count else []
    for column in range(1, count):
        if _one_column(rows, header_rows, groups[-1], column):
            groups[-1].append(column)
        else:
            kept.append(column)
            groups.append([column])
    if len(groups) == count:
        return list(rows)
    return [replace(row, slots=tuple(_merge(row, group) for group in groups)) for row in rows]


def _one_column(rows: Sequence[Row], header_rows: int, group: Sequence[int], column: int) -> bool:
    together = both = begun = 0
    for number, row in enumerate(rows):
        slot = row.slots[column]
        if slot.left:
            together += 1
            continue
        if slot.text:
            begun += 1
            if number < header_rows:
                return False  # it has a heading of its own
            if any(row.slots[other].text for other in group):
                both += 1
    if begun == 0:
        return together > 0 or all(not row.slots[column].text for row in rows)
    under_one_heading = header_rows > 0 and all(row.slots[column].left for row in rows[:header_rows])
    return under_one_heading and both == 0


def _merge(row: Row, group: Sequence[int]) -> Slot:
    first = row.slots[group[0]]
    for column in group[1:]:
        slot = row.slots[column]
        if slot.text and not slot.left and not first.text:
            return slot._replace(left=first.left)
    return first
