"""Tables with half their rulings or none: columns where white corridors run down through the lines.

Prudent on purpose: letterheads, signature blocks, numbered paragraphs and contents lists stand in two columns
too, so a table without rules wants three columns; with horizontal rules two are enough.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.cells import Filled
from extract.pdf.lattice import Grid, GridCell
from extract.pdf.lines import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.pdf.content import Ruling, Run

SEGMENT_GAP = 0.95  # of the letter size: a gap in a line that may part two cells
CORRIDOR = 0.5  # of the letter size: the least width of a white corridor between columns
CROSSED = 0.12  # part of the lines that may cross a corridor (headings over several columns)
APART = 4.5  # of the letter size: lines further apart than this are not of one table
ROW_GAP = 0.22  # of the letter size: more white between two lines than the least is a new row
LEAST_ROWS = 3
LEAST_COLUMNS = 3
LEAST_COLUMNS_RULED = 2
SAME_RULE = 6.0  # points by which the ends of a table's horizontal rules may differ
PROSE = 0.7  # of a rule's length: a line that long without a gap is no row of cells
SHORT_RULE = 100.0  # points; shorter ones underline words


class Segment(NamedTuple):
    """Runs side by side without a wide gap."""

    x0: float
    x1: float
    runs: tuple[Run, ...]


class TextLine(NamedTuple):
    """One line of the page: segments from left to right."""

    top: float
    bottom: float
    size: float
    segments: tuple[Segment, ...]


class Found(NamedTuple):
    """Tables found, and the runs that are in none."""

    tables: list[Filled]
    rest: list[Run]


def find(runs: Sequence[Run], rules: Sequence[Ruling]) -> Found:
    """Find the tables among `runs`; `rules` are the horizontal rulings that belong to no ruled table."""
    turned = [run for run in runs if run.turn]
    lines = text_lines([run for run in runs if not run.turn])
    if sum(len(line.segments) > 1 for line in lines) < LEAST_ROWS:
        return Found([], list(runs))
    tables: list[Filled] = []
    used: set[int] = set()
    for low, high, ruled in _regions(lines, rules):
        region = [line for i, line in enumerate(lines[low:high], low) if i not in used]
        table = _table(region, [rule.at for rule in ruled])
        if table is not None:
            tables.append(table)
            used.update(range(low, high))
    rest = [
        run for i, line in enumerate(lines) if i not in used for part in line.segments for run in part.runs
    ]
    return Found(tables, rest + turned)


def text_lines(runs: Sequence[Run]) -> list[TextLine]:
    """Group runs into lines and lines into segments."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=attrgetter("baseline")):
        last = groups[-1][-1] if groups else None
        if last is not None and run.baseline - last.baseline <= SAME_LINE * max(run.size, last.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_line(group) for group in groups]


def _line(group: list[Run]) -> TextLine:
    group.sort(key=attrgetter("x0"))
    size = max(run.size for run in group)
    parts: list[list[Run]] = []
    end = 0.0
    for run in group:
        if parts and run.x0 - end <= SEGMENT_GAP * size:
            parts[-1].append(run)
        else:
            parts.append([run])
        end = max(end, run.x1) if len(parts[-1]) > 1 else run.x1
    segments = tuple(Segment(part[0].x0, max(run.x1 for run in part), tuple(part)) for part in parts)
    top = min(run.baseline - 0.75 * run.size for run in group)
    return TextLine(top, max(run.baseline + 0.22 * run.size for run in group), size, segments)


def _regions(lines: Sequence[TextLine], rules: Sequence[Ruling]) -> Iterable[tuple[int, int, list[Ruling]]]:
    """Give stretches of lines that may be a table: between rules of the same extent, then by their gaps."""
    taken: set[int] = set()
    for group in (part for whole in _rule_groups(rules) for part in _without_prose(whole, lines)):
        inside = [
            i for i, line in enumerate(lines) if group[0].at <= (line.top + line.bottom) / 2 <= group[-1].at
        ]
        if len(inside) >= LEAST_ROWS - 1 and not taken & set(inside):
            taken.update(inside)
            yield inside[0], inside[-1] + 1, group
    low: int | None = None
    high = 0
    for i, line in enumerate(lines):
        far = low is not None and line.top - lines[high - 1].bottom > APART * line.size
        if i in taken or (low is not None and (far or _is_prose(line, lines[low:high]))):
            if low is not None:
                yield low, high, []
            low = None
        if i not in taken and (len(line.segments) > 1 or low is not None):
            low = i if low is None else low
            high = i + 1
    if low is not None:
        yield low, high, []


def _rule_groups(rules: Sequence[Ruling]) -> list[list[Ruling]]:
    """Group horizontal rules of the same extent, two or more, from top to bottom."""
    groups: list[list[Ruling]] = []
    for rule in sorted(rule for rule in rules if rule.hi - rule.lo >= SHORT_RULE):
        for group in groups:
            if abs(group[0].lo - rule.lo) <= SAME_RULE and abs(group[0].hi - rule.hi) <= SAME_RULE:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def _without_prose(rules: list[Ruling], lines: Sequence[TextLine]) -> list[list[Ruling]]:
    """Part rules of the same extent where lines of prose stand between two of them: two tables."""
    parts = [[rules[0]]]
    for above, below in pairwise(rules):
        wide = sum(
            above.at < (line.top + line.bottom) / 2 < below.at
            and len(line.segments) == 1
            and line.segments[0].x1 - line.segments[0].x0 > PROSE * (above.hi - above.lo)
            for line in lines
        )
        if wide > 1:
            parts.append([])
        parts[-1].append(below)
    return [part for part in parts if len(part) > 1]


def _is_prose(line: TextLine, above: Sequence[TextLine]) -> bool:
    """Whether a line of one segment crosses the corridors of the lines above it."""
    if len(line.segments) > 1:
        return False
    segment = line.segments[0]
    corridors = _corridors(above)
    crossed = sum(segment.x0 < left and right < segment.x1 for left, right in corridors)
    return bool(corridors) and crossed >= max(1, len(corridors) / 2)


def _corridors(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Give the white corridors `(left, right)` that nearly all lines of several segments leave open."""
    several = [line for line in lines if len(line.segments) > 1]
    if not several:
        return []
    size = sorted(line.size for line in several)[len(several) // 2]
    allowed = CROSSED * len(several)
    events = sorted(
        [(segment.x0, 1) for line in several for segment in line.segments]
        + [(segment.x1, -1) for line in several for segment in line.segments],
    )
    corridors: list[tuple[float, float]] = []
    depth, open_since = 0, None
    for x, step in events:
        depth += step
        if depth > allowed and open_since is not None:
            if x - open_since >= CORRIDOR * size:
                corridors.append((open_since, x))
            open_since = None
        elif depth <= allowed and open_since is None:
            open_since = x
    first = min(line.segments[0].x0 for line in several)
    return [(left, right) for left, right in corridors if left > first]


def _table(lines: list[TextLine], rules: list[float]) -> Filled | None:
    while lines and not rules and len(lines[-1].segments) == 1 and _crosses(lines[-1], _corridors(lines)):
        lines = lines[:-1]
    corridors = _corridors(lines)
    if len(corridors) + 1 < (LEAST_COLUMNS_RULED if rules else LEAST_COLUMNS):
        return None
    rows = _rows(lines, rules)
    left = min(line.segments[0].x0 for line in lines)
    right = max(segment.x1 for line in lines for segment in line.segments)
    xs = [left, *((a + b) / 2 for a, b in corridors), right]
    ys = _row_edges(rows, rules)
    cells: dict[tuple[int, int, int], list[Run]] = {}
    for index, row in enumerate(rows):
        for line in row:
            for segment in line.segments:
                for first, last, runs in _placed(segment, xs):
                    cells.setdefault((index, first, last), []).extend(runs)
    filled = _filled(cells, xs, ys)
    return filled if _is_table(filled, ruled=len(rules) > 2) else None


def _crosses(line: TextLine, corridors: Sequence[tuple[float, float]]) -> bool:
    return any(line.segments[0].x0 < left and right < line.segments[0].x1 for left, right in corridors)


def _rows(lines: list[TextLine], rules: list[float]) -> list[list[TextLine]]:
    """Part lines into rows: by the rules between them, else where more white than usual parts them."""
    if len(rules) > 3:
        rows: list[list[TextLine]] = [[] for _ in range(len(rules) + 1)]
        for line in lines:
            rows[bisect_right(rules, (line.top + line.bottom) / 2)].append(line)
        return [row for row in rows if row]
    gaps = [b.top - a.bottom for a, b in pairwise(lines)]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    least = min(gaps, default=0.0)
    wide = sum(gap > least + ROW_GAP * size for gap in gaps)
    by_white = LEAST_ROWS - 1 <= wide < len(gaps)
    rows = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        ruled = any(rows[-1][-1].bottom - 1 <= rule <= line.top + 1 for rule in rules)
        if ruled or (gap > least + ROW_GAP * size if by_white else not _continues(line, rows[-1])):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _continues(line: TextLine, row: list[TextLine]) -> bool:
    """Whether a line without anything at the left goes on with the row above it (a wrapped cell)."""
    first = min(above.segments[0].x0 for above in row)
    return len(line.segments) == 1 and line.segments[0].x0 > first + 2 * line.size and line.segments[0].runs[
        0
    ].text[:1].islower()  # fmt: skip


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
