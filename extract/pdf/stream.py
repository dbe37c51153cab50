"""Tables with half their rulings or none: columns where white runs down, rows by rules, figures or white."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.cells import Filled, fill
from extract.pdf.columns import (
    RULED_GAP,
    columns_between,
    corridors_of,
    is_value,
    may_be_cells,
    parted_runs,
    text_lines,
    tightly,
)
from extract.pdf.content import Ruling, Rulings
from extract.pdf.lanes import lanes
from extract.pdf.lattice import Grid, GridCell, grids, merge
from extract.pdf.placed import Piecewise, figure_columns, pieces_of
from extract.pdf.regions import LEAST_COLUMNS, LEAST_ROWS, SAME_RULE, open_regions, ruled_regions
from extract.pdf.rows import lay

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.cells import Letters
    from extract.pdf.columns import TextLine
    from extract.pdf.content import Letter, Run
    from extract.pdf.rows import Laid

OVER = 1.5  # points by which a text may stand over a border without crossing it
LOOSE = 0.5  # of the letter size: white between lines that are no wrapped lines of one cell
LEAST_COLUMNS_RULED = 2
LEAST_PAIRS = 4  # rows of a label and a figure, without rules
BEFORE = 0.3  # of the letter size: a column's border stands so far before its letters
PAGES = 0.7  # part of the last column of a list of contents that is page numbers
MOST_PAGES = 1500
ACROSS = 0.6  # part of a table's width that a rule parting its rows covers


class Found(NamedTuple):
    """Tables found, and the runs that are in none."""

    tables: list[Filled]
    rest: list[Run]


def find(runs: Sequence[Run], rules: Sequence[Ruling], letters: Letters) -> Found:
    """Find the tables among `runs`; `rules` are the horizontal rulings that belong to no ruled table."""
    upright = [run for run in runs if not run.turn]
    if not _may_hold_tables(upright):
        return Found([], list(runs))
    parted = parted_runs(upright, letters)
    sources = {id(part): run for part, run in parted}
    merged = merge(rules)
    tables: list[Filled] = []
    used: set[int] = set()
    for lane in lanes([part for part, _ in parted]):
        for table, lines in _tables(text_lines(lane), merged):
            tables.append(table)
            used.update(id(sources[id(run)]) for line in lines for each in line.segments for run in each.runs)
    kept = {id(run) for run in sources.values()}
    rest = [
        run
        for run in runs
        if id(run) not in used and (id(run) in kept or run.turn or not _inside(run, tables))
    ]
    return Found(tables, rest)


def _may_hold_tables(runs: Sequence[Run]) -> bool:
    """Whether lines of several texts are drawn, or texts that may be lines of cells: most pages of plans have none."""
    if len(runs) < LEAST_ROWS:
        return False
    if sum(may_be_cells(run.text) for run in runs) >= LEAST_ROWS - 1:
        return True
    return sum(len(line.segments) > 1 for line in text_lines(runs)) >= LEAST_ROWS - 1


def _tables(lines: Sequence[TextLine], rules: Sequence[Ruling]) -> Iterator[tuple[Filled, list[TextLine]]]:
    """Give the tables among lines that are read together, each with its lines."""
    if sum(len(line.segments) > 1 for line in lines) < LEAST_ROWS - 1:
        return
    taken: set[int] = set()
    for region in (*ruled_regions(lines, _among(lines, rules)), *open_regions(lines)):
        if taken & set(region.lines):
            continue
        of_region = [lines[i] for i in region.lines]
        table = _table(of_region, region.rules or _among(of_region, rules), ruled=bool(region.rules))
        if table is not None:
            taken.update(region.lines)
            yield table, of_region


def _inside(run: Run, tables: Sequence[Filled]) -> bool:
    """Whether a run that was left out (leading dots) stands within a table."""
    return any(
        grid.xs[0] - 2 <= (run.x0 + run.x1) / 2 <= grid.xs[-1] + 2
        and grid.ys[0] - 2 <= run.baseline <= grid.ys[-1] + 2
        for grid, _, _ in tables
    )


def _among(lines: Sequence[TextLine], rules: Sequence[Ruling]) -> list[Ruling]:
    """Give the rules between the lines of a region."""
    left = min(line.segments[0].x0 for line in lines)
    right = max(line.segments[-1].x1 for line in lines)
    top, bottom = lines[0].top - lines[0].size, lines[-1].bottom + lines[-1].size
    return [
        rule for rule in rules
        if top <= rule.at <= bottom and min(rule.hi, right) - max(rule.lo, left) > 0.5 * (rule.hi - rule.lo)
    ]  # fmt: skip


def _table(lines: list[TextLine], rules: list[Ruling], *, ruled: bool) -> Filled | None:
    corridors = corridors_of(lines)
    if ruled and len(rules) > 2:
        tight = [tightly(line) for line in lines]
        narrow = corridors_of(tight, RULED_GAP)
        if len(narrow) > len(corridors):
            lines, corridors = tight, narrow
    if not corridors:
        return None
    left = min([line.segments[0].x0 for line in lines] + [rule.lo for rule in rules])
    right = max([segment.x1 for line in lines for segment in line.segments] + [rule.hi for rule in rules])
    columns = columns_between(corridors, left, right)
    across = [
        rule.at
        for rule in rules
        if rule.hi - rule.lo > ACROSS * (right - left) and rule.lo <= columns.cores[0][1]
    ]
    table = Piecewise(lines, [pieces_of(line, columns) for line in lines], columns, across)
    figures = figure_columns(table.pieces, len(columns.cores))
    if (
        len(columns.cores) < LEAST_COLUMNS
        and not (len(rules) > 2 and ruled)
        and not (figures and len(lines) > LEAST_PAIRS)
    ):
        return None
    if figures == {len(columns.cores) - 1} and not ruled and _are_pages(table):
        return None
    if ruled and _ruled_by_row(table, rules, figures):
        return _by_rules(lines, rules, _borders(lines, corridors, left, right))
    filled = _filled(lay(table, rules), table)
    return filled if _is_table(filled, ruled=ruled, figures=bool(figures)) else None


def _borders(
    lines: Sequence[TextLine], corridors: Sequence[tuple[float, float]], left: float, right: float
) -> list[float]:
    # cells are mostly set from the left: a border just before the next column's letters cuts the least
    size = sorted(line.size for line in lines)[len(lines) // 2]
    return [left, *(max(b - BEFORE * size, (a + b) / 2) for a, b in corridors), right]


def _ruled_by_row(table: Piecewise, rules: list[Ruling], figures: set[int]) -> bool:
    """Whether rules part the rows: not only the heading from a body of many lines, or of lines far apart."""
    lines = table.lines
    if len(rules) < 3:
        return False
    borders = [rule.at for rule in rules]
    band_of = [bisect_right(borders, (line.top + line.bottom) / 2) for line in lines]
    together = [index for index in range(1, len(lines)) if band_of[index] == band_of[index - 1]]
    both = [
        index for index in together
        if any(p.first in figures and is_value(p.text) for p in table.pieces[index])
        and any(p.first in figures and is_value(p.text) for p in table.pieces[index - 1])
    ]  # fmt: skip
    if both and len(both) >= len(together) / 2:
        return False
    size = sorted(line.size for line in lines)[len(lines) // 2]
    white = [lines[index].top - lines[index - 1].bottom for index in together]
    if white and sorted(white)[len(white) // 2] > LOOSE * size:
        return False
    return len(rules) > 4 or max(Counter(band_of).values()) <= max(3, len(lines) / 2)


def _by_rules(lines: list[TextLine], rules: list[Ruling], xs: list[float]) -> Filled | None:
    """Build the grid of the rules and of verticals put at the column borders, open where a text crosses them.

    A rule that covers some columns only parts the rows there; the other columns' cells are merged.
    """
    runs = [run for line in lines for segment in line.segments for run in segment.runs]
    borders = sorted({rule.at for rule in rules})
    verticals = []
    for top, bottom in pairwise(borders):
        inside = [run for run in runs if top < run.baseline - 0.3 * run.size < bottom]
        over = [(run.x0, run.x1) for run in inside]
        if top == borders[0]:
            over += _common_headings(inside, [rule for rule in rules if rule.at == bottom])
        for x in xs:
            crossed = any(x0 < x - OVER and x + OVER < x1 for x0, x1 in over)
            if not crossed or x in (xs[0], xs[-1]):
                verticals.append(Ruling(x, top, bottom))
    horizontals = [
        Ruling(at, xs[0] if lo < xs[0] + SAME_RULE else lo, xs[-1] if hi > xs[-1] - SAME_RULE else hi)
        for at, lo, hi in rules
    ]
    found = grids(Rulings(horizontals, verticals))
    if len(found) != 1:
        return None
    filled, outside = fill(found, runs, _no_letters)
    if outside or not _is_table(filled[0], ruled=True, figures=True):
        return None
    return filled[0]._replace(head=_levels(found[0]))


def _levels(grid: Grid) -> int:
    """Give how many rows a heading of several levels takes, by its cells over columns and rows; else 0."""
    if not any(cell.row == 0 and cell.column_span > 1 for cell in grid.cells):
        return 0
    reach = max(cell.row_span for cell in grid.cells if cell.row == 0)
    return reach if reach > 1 else 0


def _common_headings(runs: Sequence[Run], below: Sequence[Ruling]) -> list[tuple[float, float]]:
    """Give the extents of rules that underline one heading alone: it stands over all columns there."""
    return [
        (rule.lo, rule.hi)
        for rule in below
        if len({round(run.x0) for run in runs if rule.lo - OVER <= run.x0 and run.x1 <= rule.hi + OVER}) == 1
    ]


def _no_letters(runs: Sequence[Run]) -> list[list[Letter]]:
    """Stand in for the letters of runs: none crosses a border that is left open for it."""
    return [[(run.x0, run.x1, run.text)] for run in runs]


def _filled(laid: Laid, table: Piecewise) -> Filled:
    """Give the grid of the cells, empty ones added."""
    cells, rows, head = laid
    lines, columns, across = table.lines, table.columns, table.rules
    tops = [lines[-1].bottom] * rows
    for cell in cells:
        tops[cell.row] = min([tops[cell.row], *(run.baseline - 0.9 * run.size for run in cell.runs)])
    for row in range(rows - 1, 0, -1):  # a cell set higher than the row above it begins where that one does
        tops[row - 1] = min(tops[row - 1], tops[row])
    ys = [min([tops[0], *across]), *tops[1:], max([lines[-1].bottom, *across])]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.first, cell.last + 1)
    }
    placed = [
        (GridCell(cell.row, cell.first, cell.last_row - cell.row + 1, cell.last - cell.first + 1), cell.runs)
        for cell in cells
    ]
    placed += [
        (GridCell(row, column, 1, 1), [])
        for row in range(rows)
        for column in range(len(columns.cores))
        if (row, column) not in taken
    ]
    placed.sort(key=lambda pair: pair[0])
    return Filled(
        Grid(list(columns.xs), ys, [cell for cell, _ in placed]), [runs for _, runs in placed], head
    )


def _is_table(filled: Filled, *, ruled: bool, figures: bool) -> bool:
    """Whether enough rows have text in several columns."""
    grid = filled.grid
    rows = len(grid.ys) - 1
    if rows < LEAST_ROWS - (1 if ruled else 0):
        return False
    if len(grid.xs) - 1 < LEAST_COLUMNS and not ruled and rows < LEAST_PAIRS:
        return False
    texts = [0] * rows
    for cell, runs in zip(grid.cells, filled.runs, strict=True):
        texts[cell.row] += bool(runs)
    return sum(count > 1 for count in texts) >= max(2, (0.4 if figures else 0.5) * rows)


def _are_pages(table: Piecewise) -> bool:
    """Whether the last column holds page numbers, as in a list of contents: whole numbers that never fall."""
    last = len(table.columns.cores) - 1
    texts = [piece.text.strip(" ._") for line in table.pieces for piece in line if piece.last == last]
    numbers = [int(text) for text in texts if text.isdigit()]
    return (
        len(numbers) >= PAGES * len(texts)
        and all(a <= b for a, b in pairwise(numbers))
        and numbers[-1] < MOST_PAGES
    )
