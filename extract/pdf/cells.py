"""Text into grids: every run goes to the cell it stands in, cells become tables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from extract.document import Cell, Table
from extract.pdf.geometry import set_upright
from extract.pdf.lines import Line, join_lines, line_ends, lines_of
from extract.pdf.untangle import run_of
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.document import BBox
    from extract.pdf.content import Letter, Run
    from extract.pdf.lattice import Grid

    Letters = Callable[[Sequence[Run]], list[list[Letter]]]

STREAM_CONFIDENCE = 0.7  # a table told by the alignment of its words
INSET = 1.5  # points that a letter may stand over its cell's border
PADDING, MOST_PADDING = 0.5, 8.0  # points: the room between a cell's border and its text


class Filled(NamedTuple):
    """A grid with the runs of each of its cells (parallel to `grid.cells`); `head`: rows known to be its heading."""

    grid: Grid
    runs: list[list[Run]]
    head: int = 0


def fill(grids: Sequence[Grid], runs: Sequence[Run], letters: Letters) -> tuple[list[Filled], list[Run]]:
    """Put each run into its cell; runs outside every grid are given back.

    A run over several cells (a line drawn in one go over the rulings) is cut letter by letter. Where grids
    lie within each other the innermost takes the run.
    """
    if not grids:
        return [], list(runs)
    order = sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    filled = [Filled(grid, [[] for _ in grid.cells]) for grid in order]
    owners = [_owners(grid) for grid in order]
    outside = []
    for run in runs:
        for table, owner in zip(filled, owners, strict=True):
            if _place(run, table, owner, letters):
                break
        else:
            outside.append(run)
    return filled, outside


def _owners(grid: Grid) -> list[list[int]]:
    """For each field of the fine grid the index of the cell that covers it."""
    owners = [[0] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for index, (row, column, row_span, column_span) in enumerate(grid.cells):
        for r in range(row, row + row_span):
            owners[r][column : column + column_span] = [index] * column_span
    return owners


def _place(run: Run, table: Filled, owners: list[list[int]], letters: Letters) -> bool:
    grid, runs = table.grid, table.runs
    xs, ys = grid.xs, grid.ys
    y = run.baseline - 0.3 * run.size if run.turn in (0, 180) else (run.top + run.bottom) / 2
    if not ys[0] <= y < ys[-1] or run.x1 < xs[0] or run.x0 > xs[-1]:
        return False
    middle = (run.x0 + run.x1) / 2
    if not xs[0] <= middle < xs[-1] and run.start < 0:
        return False
    inset = min(INSET, (run.x1 - run.x0) / 4)
    last = len(xs) - 2
    row = owners[bisect_right(ys, y) - 1]
    first, final = bisect_right(xs, run.x0 + inset) - 1, bisect_right(xs, run.x1 - inset) - 1
    if first >= 0 and final <= last and row[first] == row[final]:
        runs[row[first]].append(run)
        return True
    if run.start < 0 or run.turn in (90, 270):
        column = min(max(bisect_right(xs, middle) - 1, 0), last)
        runs[row[column]].append(run)
        return True
    if first > last or final < 0:
        return False
    parts: dict[int, list[Letter]] = {}
    for letter in letters([run])[0]:
        column = min(max(bisect_right(xs, (letter[0] + letter[1]) / 2) - 1, 0), last)
        parts.setdefault(row[column], []).append(letter)
    for index, part in parts.items():
        if not all(letter[2].isspace() for letter in part):
            runs[index].append(run_of(part, run))
    return True


def table_of(filled: Filled, page: int, method: Literal["lattice", "stream"] = "lattice") -> Table:
    """Give the table that a filled grid shows."""
    grid, content, head = filled
    xs, ys = grid.xs, grid.ys
    boxes = [
        (xs[column], ys[row], xs[column + column_span], ys[row + row_span])
        for row, column, row_span, column_span in grid.cells
    ]
    lines = [cell_lines(runs) if runs else [] for runs in content]
    padding = _padding(boxes, content, lines)
    cells = []
    for place, box, runs, of_cell in zip(grid.cells, boxes, content, lines, strict=True):
        text = _text(of_cell, (box[0], box[2]) if not (runs and runs[0].turn) else (box[1], box[3]), padding)
        bold = bool(of_cell) and is_bold(of_cell)
        cells.append(Cell(place.row, place.column, text, place.row_span, place.column_span, box, bold))
    return Table(
        tuple(cells), len(ys) - 1, len(xs) - 1, method, page, (xs[0], ys[0], xs[-1], ys[-1]), tuple(xs),
        spans_known=method == "lattice", header_rows=head, confidence=1.0 if method == "lattice" else STREAM_CONFIDENCE,
    )  # fmt: skip


def _padding(
    boxes: Sequence[BBox], content: Sequence[Sequence[Run]], lines: Sequence[Sequence[Line]]
) -> float:
    """Give the least room that the table leaves beside its texts."""
    rooms = [
        room
        for box, runs, of_cell in zip(boxes, content, lines, strict=True)
        if runs and not runs[0].turn
        for line in of_cell
        for room in (line.x0 - box[0], box[2] - line.x1)
    ]
    return min(max(min(rooms, default=MOST_PADDING), PADDING), MOST_PADDING)


def cell_lines(runs: Sequence[Run]) -> list[Line]:
    """Give the lines of one cell, turned text set upright."""
    return lines_of([set_upright(run) if run.turn else run for run in runs])


def _text(lines: Sequence[Line], sides: tuple[float, float], padding: float) -> str:
    """Give the tidy text of a cell between its two sides."""
    if not lines:
        return ""
    if len(lines) == 1:
        return tidy(lines[0].text)
    left, right = sides[0] + padding, sides[1] - padding
    ends = line_ends(lines, left, right)
    return tidy(join_lines([line.text for line in lines], ends))


def is_bold(lines: Sequence[Line]) -> bool:
    """Whether most letters are bold."""
    return sum(len(line.text) if line.bold else -len(line.text) for line in lines) > 0


def nested(tables: Sequence[Table]) -> list[Table]:
    """Put each table that stands within one cell of another into that cell; give the outermost."""
    if len(tables) < 2:
        return list(tables)
    outermost: list[Table] = []
    for table in sorted(tables, key=_area):  # a table is complete before what holds it is looked at
        inside = [other for other in outermost if _holder(table, other) is not None]
        for other in inside:
            table = _with_nested(table, other)  # noqa: PLW2901 - it grows
        outermost = [other for other in outermost if other not in inside] + [table]
    return outermost


def _area(table: Table) -> float:
    x0, top, x1, bottom = table.bbox or (0.0, 0.0, 0.0, 0.0)
    return (x1 - x0) * (bottom - top)


def _holder(table: Table, other: Table) -> int | None:
    """Give the index of the cell of `table` in which all of `other` stands."""
    if other.bbox is None:
        return None
    left, top, right, bottom = other.bbox
    for index, cell in enumerate(table.cells):
        if cell.bbox is not None:
            x0, y0, x1, y1 = cell.bbox
            if x0 - 1 <= left and y0 - 1 <= top and right <= x1 + 1 and bottom <= y1 + 1:
                return index
    return None


def _with_nested(table: Table, other: Table) -> Table:
    index = _holder(table, other)
    cells = [
        cell._replace(nested=(*cell.nested, other)) if i == index else cell
        for i, cell in enumerate(table.cells)
    ]
    return replace(table, cells=tuple(cells))
