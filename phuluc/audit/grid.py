"""Tables of figures as rules over figures see them: headings as paths, cells as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from normalize.quantities import parse_number
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from phuluc.audit.dossier import Dossier
    from schemas.layout import RowRecord, TableRecord


class Grid(NamedTuple):
    """A table of figures: heading paths of its columns, its body rows, their values (None: no figure)."""

    table: TableRecord
    paths: Sequence[tuple[str, ...]]
    rows: Sequence[RowRecord]
    values: Sequence[Sequence[float | None]]


def grids(dossier: Dossier, *, tasks: bool = False) -> Iterator[Grid]:
    """Give the tables of a document that hold figures; those of tasks, which may end in a total, only if asked."""
    for table in dossier.tables:
        if table.kind == "task" and not (tasks and any(map(_is_summed, dossier.rows_of[table.table_id]))):
            continue
        if table.kind in ("letterhead", "signature"):
            continue
        paths = [tuple(key(step) for step in (heading or "").split(" / ")) for heading in table.header]
        rows = [
            row
            for row in dossier.rows_of[table.table_id]
            if row.row_kind == "body" and len(row.cells) == len(paths)
        ]
        # A row of bare figures below rows with headings has lost its heading and perhaps cells: nothing is certain.
        if any(map(_named, rows)):
            rows = [row for row in rows if _named(row)]
        if len(paths) > 1 and rows and any(any(path) for path in paths):
            values = [[None if cell is None else parse_number(cell) for cell in row.cells] for row in rows]
            yield Grid(table, paths, rows, values)


def _is_summed(row: RowRecord) -> bool:
    return any(cell and cell[:4].casefold() in ("tổng", "cộng") for cell in row.cells[:3])


def _named(row: RowRecord) -> bool:
    return any(cell and regex.search(r"\p{L}{2}", cell) for cell in row.cells)


def equal(one: float, two: float) -> bool:
    """Tell whether two figures are one, whatever floats make of them."""
    return abs(one - two) <= 1e-6 * max(1.0, abs(one))


def number(value: float) -> str:
    """Write a figure for a message."""
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def row_text(row: RowRecord) -> str:
    """Give a row as evidence."""
    return " | ".join(cell or "" for cell in row.cells)


def is_numbering(grid: Grid, column: int) -> bool:
    """Tell whether a column numbers the rows."""
    name = grid.paths[column][-1]
    return name in ("stt", "tt", "số tt", "số thứ tự") or (column == 0 and not name)
