"""Tables with half their rulings or none: columns where white runs down through the lines, rows by rules or white."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.cells import Filled, fill
from extract.pdf.columns import corridors_of, text_lines
from extract.pdf.content import Ruling, Rulings
from extract.pdf.lattice import Grid, GridCell, grids, merge
from extract.pdf.regions import LEAST_COLUMNS, LEAST_ROWS, SAME_RULE, open_regions, ruled_regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.columns import Segment, TextLine
    from extract.pdf.content import Letter, Run

BEFORE = 0.3  # of the letter size: a column's border stands so far before its letters
OVER = 1.5  # points by which a text may stand over a border without crossing it
ROW_GAP = 0.22  # of the letter size: rows are at least so much further apart than lines within them
WITHIN = 0.1  # part of the lines that at least stand close under another in their row
LOOSE = 0.5  # of the letter size: white between lines that are no wrapped lines of one cell
ROOMY = 3.0  # of the letter size: white above this is not the room between rows
LEAST_COLUMNS_RULED = 2


class Found(NamedTuple):
    """Tables found, and the runs that are in none."""

    tables: list[Filled]
    rest: list[Run]


def find(runs: Sequence[Run], rules: Sequence[Ruling]) -> Found:
    """Find the tables among `runs`; `rules` are the horizontal rulings that belong to no ruled table."""
    lines = text_lines([run for run in runs if not run.turn])
    if sum(len(line.segments) > 1 for line in lines) < LEAST_ROWS - 1:
        return Found([], list(runs))
    tables: list[Filled] = []
    used: set[int] = set()
    for region in (*ruled_regions(lines, merge(rules)), *open_regions(lines)):
        if used & set(region.lines):
            continue
        table = _table([lines[i] for i in region.lines], region.rules)
        if table is not None:
            tables.append(table)
            used.update(region.lines)
    rest = [
        run for i, line in enumerate(lines) if i not in used for part in line.segments for run in part.runs
    ]
    return Found(tables, rest + [run for run in runs if run.turn])


def _table(lines: list[TextLine], rules: list[Ruling]) -> Filled | None:
    corridors = corridors_of(lines)
    if len(corridors) + 1 < (LEAST_COLUMNS_RULED if rules else LEAST_COLUMNS):
        return None
    size = sorted(line.size for line in lines)[len(lines) // 2]
    left = min([line.segments[0].x0 for line in lines] + [rule.lo for rule in rules])
    right = max([segment.x1 for line in lines for segment in line.segments] + [rule.hi for rule in rules])
    # cells are mostly set from the left: a border just before the next column's letters cuts the least
    xs = [left, *(max(b - BEFORE * size, (a + b) / 2) for a, b in corridors), right]
    if _ruled_by_row(lines, rules):
        return _by_rules(lines, rules, xs)
    rows = _rows(lines, [rule.at for rule in rules], xs)
    cells: dict[tuple[int, int, int], list[Run]] = {}
    for index, row in enumerate(rows):
        for segment in (segment for line in row for segment in line.segments):
            for first, last, runs in _placed(segment, xs):
                cells.setdefault((index, first, last), []).extend(runs)
    filled = _filled(cells, xs, _row_edges(rows, [rule.at for rule in rules]))
    return filled if _is_table(filled, ruled=len(rules) > 2) else None


def _ruled_by_row(lines: list[TextLine], rules: list[Ruling]) -> bool:
    """Whether rules part the rows: not only the heading from a body of many lines, or of lines far apart."""
    if len(rules) < 3:
        return False
    borders = [rule.at for rule in rules]
    band_of = [bisect_right(borders, (line.top + line.bottom) / 2) for line in lines]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    white = [
        lower.top - upper.bottom
        for (upper, lower), (above, below) in zip(pairwise(lines), pairwise(band_of), strict=True)
        if above == below
    ]
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
    for x in xs:
        for top, bottom in pairwise(borders):
            crossed = any(
                run.x0 < x - OVER and x + OVER < run.x1 and top < run.baseline - 0.3 * run.size < bottom
                for run in runs
            )
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
    return filled[0] if not outside and _is_table(filled[0], ruled=True) else None


def _no_letters(runs: Sequence[Run]) -> list[list[Letter]]:
    """Stand in for the letters of runs: none crosses a border that is left open for it."""
    return [[(run.x0, run.x1, run.text)] for run in runs]


def _rows(lines: list[TextLine], rules: list[float], xs: list[float]) -> list[list[TextLine]]:
    """Part lines into rows: at rules, where more white than elsewhere parts them, else line by line."""
    gaps = [b.top - a.bottom for a, b in pairwise(lines)]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    widest = _row_gap(gaps, size)
    rows = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        ruled = any(rows[-1][-1].bottom - 1 <= rule <= line.top + 1 for rule in rules)
        if ruled or (gap > widest if widest is not None else not _continues(line, xs)):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _row_gap(gaps: list[float], size: float) -> float | None:
    """Give the white above which a new row begins, or None where all lines are equally apart."""
    ordered = sorted(gaps)
    for within, (a, b) in enumerate(pairwise(ordered), 1):
        if b - a > ROW_GAP * size and b < ROOMY * size and within >= WITHIN * len(gaps):
            return (a + b) / 2 if len(gaps) - within >= LEAST_ROWS - 1 else None
    return None


def _continues(line: TextLine, xs: list[float]) -> bool:
    """Whether a line goes on with the row above it: nothing in the first column, and a word in small letters."""
    if line.segments[0].x0 < xs[1]:
        return False
    return any(segment.runs[0].text[:1].islower() for segment in line.segments)


def _row_edges(rows: list[list[TextLine]], rules: list[float]) -> list[float]:
    tops = [min(line.top for line in row) for row in rows]
    bottoms = [max(line.bottom for line in row) for row in rows]
    edges = [min([tops[0], *rules[:1]])]
    edges += [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return [*edges, max([bottoms[-1], *rules[-1:]])]


def _placed(segment: Segment, xs: list[float]) -> list[tuple[int, int, list[Run]]]:
    """Give the columns of a segment: one cell, or one per run where the runs themselves stay in columns."""
    last = len(xs) - 2

    def column(x: float) -> int:
        return min(max(bisect_right(xs, x) - 1, 0), last)

    placed: list[tuple[int, int, list[Run]]] = []
    for run in segment.runs:
        inset = min(1.5, (run.x1 - run.x0) / 4)
        first, final = column(run.x0 + inset), column(run.x1 - inset)
        if placed and first <= placed[-1][1]:
            begin, end, runs = placed[-1]
            placed[-1] = (begin, max(end, final), [*runs, run])
        else:
            placed.append((first, final, [run]))
    return placed


def _filled(cells: dict[tuple[int, int, int], list[Run]], xs: list[float], ys: list[float]) -> Filled:
    """Put texts into cells, joining those of one row that overlap, and add the empty cells."""
    anchors: list[GridCell] = []
    contents: list[list[Run]] = []
    for row in range(len(ys) - 1):
        spans: list[list[int]] = []
        runs_of: list[list[Run]] = []
        for (_, first, last), runs in sorted((k, v) for k, v in cells.items() if k[0] == row):
            if spans and first <= spans[-1][1]:
                spans[-1][1] = max(spans[-1][1], last)
                runs_of[-1] += runs
            else:
                spans.append([first, last])
                runs_of.append(list(runs))
        column = 0
        while column < len(xs) - 1:
            span = next((i for i, (first, _) in enumerate(spans) if first == column), None)
            last = spans[span][1] if span is not None else column
            anchors.append(GridCell(row, column, 1, last - column + 1))
            contents.append(runs_of[span] if span is not None else [])
            column = last + 1
    return Filled(Grid(xs, ys, anchors), contents)


def _is_table(filled: Filled, *, ruled: bool) -> bool:
    """Whether enough rows have text in several columns."""
    rows = len(filled.grid.ys) - 1
    if rows < LEAST_ROWS - (1 if ruled else 0):
        return False
    texts = [0] * rows
    for cell, runs in zip(filled.grid.cells, filled.runs, strict=True):
        texts[cell.row] += bool(runs)
    return sum(count > 1 for count in texts) >= max(2, 0.5 * rows)
