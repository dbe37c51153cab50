"""Grids from ruling lines: pure geometry, no text.

A table is a connected net of rulings. Its distinct x and y positions make a fine grid; between two
neighbouring fields stands a wall where a ruling covers most of their border; fields without a wall between
them are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.content import Ruling, Rulings

if TYPE_CHECKING:
    from collections.abc import Sequence

SNAP = 2.6  # points: rulings nearer than this are one (double rules, the two edges of a thin box)
JOIN = 3.0  # points: a gap in a ruling that still joins (dashes)
TOUCH = 2.0  # points: a gap between rulings that should meet; underlines begin 2.6 or more from the border
THIN = 4.5  # points: no text is this small; a row or column so thin is the room within a double rule
STAGGER = 12.0  # points: borders this near that no cell parts were meant to be one
COVER = 0.6  # part of a field's side that a ruling must cover to be its wall
OPEN_SIDE = 8.0  # points: a net reaching this far past its last cross ruling is open there


class GridCell(NamedTuple):
    """A cell as an anchor and its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


class Grid(NamedTuple):
    """`xs` and `ys` are the ascending borders of columns and rows; `cells` in row-major order."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]


def grids(rulings: Rulings) -> list[Grid]:
    """Every net of rulings with two cells or more, from top to bottom."""
    horizontal, vertical = merge(rulings.horizontal), merge(rulings.vertical)
    found = [grid for net in _nets(horizontal, vertical) if (grid := _grid(net)) is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def merge(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Snap rulings at nearly the same place together and join their overlapping or touching extents."""
    merged: list[Ruling] = []
    band: list[Ruling] = []
    first = last = 0.0
    for ruling in sorted(rulings):
        at = ruling[0]
        if band and (at - last > SNAP or at - first > 2 * SNAP):
            _join_band(band, merged)
            band = []
        if not band:
            first = at
        band.append(ruling)
        last = at
    if band:
        _join_band(band, merged)
    return merged


def _join_band(band: list[Ruling], merged: list[Ruling]) -> None:
    """Add the rulings of one place to `merged`, their extents joined."""
    at = sum([ruling[0] for ruling in band]) / len(band)
    band.sort(key=itemgetter(1))
    _, start, end = band[0]
    for _, lo, hi in band:
        if lo > end + JOIN:
            merged.append(Ruling(at, start, end))
            start, end = lo, hi
        elif hi > end:
            end = hi
    merged.append(Ruling(at, start, end))


def _nets(horizontal: list[Ruling], vertical: list[Ruling]) -> list[Rulings]:
    """Group rulings that touch each other, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    positions = [ruling.at for ruling in horizontal]
    for j, (x, top, bottom) in enumerate(vertical, len(horizontal)):
        first, last = bisect_left(positions, top - TOUCH), bisect_right(positions, bottom + TOUCH)
        for i in range(first, last):
            _, lo, hi = horizontal[i]
            if lo - TOUCH <= x <= hi + TOUCH:
                parent[root(j)] = root(i)
    nets: dict[int, Rulings] = {}
    for i, ruling in enumerate(horizontal):
        nets.setdefault(root(i), Rulings([], [])).horizontal.append(ruling)
    for j, ruling in enumerate(vertical, len(horizontal)):
        nets.setdefault(root(j), Rulings([], [])).vertical.append(ruling)
    return [net for net in nets.values() if net.horizontal and net.vertical]


def _grid(net: Rulings) -> Grid | None:
    xs = _positions(net.vertical, [(r.lo, r.hi) for r in net.horizontal])
    ys = _positions(net.horizontal, [(r.lo, r.hi) for r in net.vertical])
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2:
        return None
    right_wall = _walls(net.vertical, xs, ys)  # [column][row]: a wall on the field's right side
    bottom_wall = _walls(net.horizontal, ys, xs)  # [row][column]: a wall under the field
    cells = _cells(rows, columns, right_wall, bottom_wall)
    if len(cells) < 2:
        return None
    return _without_staggered_columns(Grid(xs, ys, cells))


def _without_staggered_columns(grid: Grid) -> Grid:
    """Make one of two near borders that no cell parts (rows whose columns were dragged a little aside)."""
    xs, ys, cells = grid
    alone = {cell.column for cell in cells if cell.column_span == 1}
    for column in range(len(xs) - 2, 0, -1):
        if column in alone or xs[column + 1] - xs[column] >= STAGGER or column + 1 == len(xs) - 1:
            continue
        xs = [*xs[:column], (xs[column] + xs[column + 1]) / 2, *xs[column + 2 :]]
        moved = []
        for row, first, row_span, span in cells:
            left, right = (i - (i > column) for i in (first, first + span))
            moved.append(GridCell(row, left, row_span, right - left))
        cells = moved
        alone = {cell.column for cell in cells if cell.column_span == 1}
    return Grid(xs, ys, cells)


def _positions(rulings: list[Ruling], crossing: list[tuple[float, float]]) -> list[float]:
    """Borders along one axis, with one more where at least two crossing rulings reach far beyond the last."""
    groups: list[list[float]] = []
    for at in sorted({ruling.at for ruling in rulings}):
        if groups and at - groups[-1][-1] < THIN and at - groups[-1][0] < 2 * THIN:
            groups[-1].append(at)
        else:
            groups.append([at])
    positions = [sum(group) / len(group) for group in groups]
    starts = sorted(lo for lo, _ in crossing if lo < positions[0] - OPEN_SIDE)
    ends = sorted(hi for _, hi in crossing if hi > positions[-1] + OPEN_SIDE)
    if len(starts) >= 2:
        positions.insert(0, starts[0])
    if len(ends) >= 2:
        positions.append(ends[-1])
    return positions


def _walls(rulings: list[Ruling], across: list[float], along: list[float]) -> list[list[bool]]:
    """`walls[i][k]`: whether a ruling at `across[i + 1]` covers most of the stretch `along[k:k + 2]`."""
    stretches = len(along) - 1
    walls = [[False] * stretches for _ in range(len(across) - 1)]
    walls[-1] = [True] * stretches
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    for at, lo, hi in rulings:
        i = bisect_left(middles, at) - 1  # the nearest border, counted from the one after the first
        if i < 0 or i >= len(walls) - 1:
            continue
        wall = walls[i]
        for k in range(max(bisect_right(along, lo) - 1, 0), min(bisect_left(along, hi), stretches)):
            covered = min(hi, along[k + 1]) - max(lo, along[k])
            if covered >= COVER * (along[k + 1] - along[k]):
                wall[k] = True
    return walls


def _cells(
    rows: int, columns: int, right_wall: list[list[bool]], bottom_wall: list[list[bool]]
) -> list[GridCell]:
    """Merge fields without a wall between them into rectangles, in row-major order.

    A merged cell grows to the right, then down as long as the whole next row of fields is open towards it: a
    net that is not made of rectangles (a missing piece of ruling) still gives cells that do not overlap.
    """
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column
            while right + 1 < columns and not right_wall[right][row] and not taken[row][right + 1]:
                right += 1
            bottom = row
            if right == column and bottom_wall[row][column]:  # most cells: one field
                cells.append(GridCell(row, column, 1, 1))
                continue
            while (
                bottom + 1 < rows
                and not any(bottom_wall[bottom][c] for c in range(column, right + 1))
                and not any(right_wall[c][bottom + 1] for c in range(column, right))
                and not any(taken[bottom + 1][column : right + 1])
            ):
                bottom += 1
            for r in range(row, bottom + 1):
                taken[r][column : right + 1] = [True] * (right + 1 - column)
            cells.append(GridCell(row, column, bottom + 1 - row, right + 1 - column))
    return cells
