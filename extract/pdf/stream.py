"""Tables with half their rulings or none: columns where white corridors run down through the lines.

Prudent on purpose: letterheads, signature blocks, numbered paragraphs and contents lists stand in two columns
too, so a table without rules wants three columns; with horizontal rules two are enough.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.cells import Filled, fill
from extract.pdf.content import Ruling, Rulings
from extract.pdf.lattice import Grid, GridCell, grids, merge
from extract.pdf.lines import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.content import Letter, Run

SEGMENT_GAP = 0.95  # of the letter size: a gap in a line that may part two cells
CORRIDOR = 0.5  # of the letter size: the least width of a white corridor between columns
CROSSED = 0.12  # part of the lines that may cross a corridor (headings over several columns)
APART = 5.0  # of the letter size: lines of columns further apart than this are not of one table
NEAR = 1.2  # of the letter size: how far from a table a line of it without three columns may stand
ALIGNED = 2.5  # points by which the texts of one column may be out of line
BEFORE = 0.3  # of the letter size: a column's border stands so far before its letters
OVER = 1.5  # points by which a text may stand over a border without crossing it
ROW_GAP = 0.22  # of the letter size: rows are at least so much further apart than lines within them
WITHIN = 0.1  # part of the lines that at least stand close under another in their row
LOOSE = 0.5  # of the letter size: white between lines that are no wrapped lines of one cell
ROOMY = 3.0  # of the letter size: white above this is not the room between rows
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
    lines = text_lines([run for run in runs if not run.turn])
    if sum(len(line.segments) > 1 for line in lines) < LEAST_ROWS - 1:
        return Found([], list(runs))
    tables: list[Filled] = []
    used: set[int] = set()
    for region in (*_ruled_regions(lines, merge(rules)), *_open_regions(lines)):
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


class Region(NamedTuple):
    """Lines that may be a table (their indices), and the horizontal rules among them."""

    lines: range
    rules: list[Ruling]


def _ruled_regions(lines: Sequence[TextLine], rules: Sequence[Ruling]) -> Iterator[Region]:
    """Give the lines between rules of one extent."""
    for group in (part for whole in _rule_groups(rules) for part in _without_prose(whole, lines)):
        top, bottom = group[0].at, group[-1].at
        inside = [i for i, line in enumerate(lines) if top <= (line.top + line.bottom) / 2 <= bottom]
        if len(inside) >= LEAST_ROWS - 1:
            left, right = group[0].lo - SAME_RULE, group[0].hi + SAME_RULE
            among = [
                rule for rule in rules if top <= rule.at <= bottom and left <= rule.lo and rule.hi <= right
            ]
            yield Region(range(inside[0], inside[-1] + 1), sorted(among))


def _open_regions(lines: Sequence[TextLine]) -> Iterator[Region]:
    """Give lines around those of three segments and more, as far as they keep to the same columns."""
    cores = [i for i, line in enumerate(lines) if len(line.segments) >= LEAST_COLUMNS]
    groups: list[list[int]] = []
    for core in cores:
        if groups and not _parted(lines, groups[-1], core):
            groups[-1].append(core)
        else:
            groups.append([core])
    for group in groups:
        if len(group) < LEAST_ROWS - 1:
            continue
        columns = _columns([lines[i] for i in group])
        low, high = group[0], group[-1] + 1
        while low > 0 and _goes_on(lines[low - 1], lines[low], columns):
            low -= 1
        while high < len(lines) and _goes_on(lines[high], lines[high - 1], columns):
            high += 1
        yield Region(range(low, high), [])


def _parted(lines: Sequence[TextLine], group: list[int], core: int) -> bool:
    """Whether prose or much white stands between the lines of `group` and the next line of columns."""
    between = lines[group[-1] : core + 1]  # a long cell goes on alone below its row's other cells
    if any(lower.top - upper.bottom > APART * upper.size for upper, lower in pairwise(between)):
        return True
    corridors = _corridors([lines[i] for i in (*group, core)])
    if len(corridors) < LEAST_COLUMNS - 1:
        return True
    crossing = sum(
        len(line.segments) == 1 and _crosses(line, corridors) for line in lines[group[-1] + 1 : core]
    )
    return crossing > 1


def _columns(lines: Sequence[TextLine]) -> list[list[Segment]]:
    """Give the segments of each column that the lines' corridors part."""
    corridors = _corridors(lines)
    columns: list[list[Segment]] = [[] for _ in range(len(corridors) + 1)]
    for line in lines:
        for segment in line.segments:
            columns[sum(right <= segment.x0 + 1 for _, right in corridors)].append(segment)
    return columns


def _goes_on(line: TextLine, beside: TextLine, columns: Sequence[list[Segment]]) -> bool:
    """Whether a line beside a table keeps to its columns: near, each segment aligned with one of them."""
    if max(line.top - beside.bottom, beside.top - line.bottom) > NEAR * line.size:
        return False
    return all(any(_aligned(segment, column) for column in columns) for segment in line.segments)


def _aligned(segment: Segment, column: Sequence[Segment]) -> bool:
    if not column or segment.x0 < min(other.x0 for other in column) - ALIGNED:
        return False
    if segment.x1 > max(other.x1 for other in column) + 4 * ALIGNED:
        return False
    return any(
        abs(segment.x0 - other.x0) < ALIGNED
        or abs(segment.x1 - other.x1) < ALIGNED
        or abs(segment.x0 + segment.x1 - other.x0 - other.x1) < 2 * ALIGNED
        for other in column
    )


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


def _corridors(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Give the white corridors `(left, right)` between columns.

    Texts over several columns (a common heading, a section row) are told by the corridors that nearly all
    other lines leave open, and then left out of account.
    """
    several = [line for line in lines if len(line.segments) > 1]
    if not several:
        return []
    least = CORRIDOR * sorted(line.size for line in several)[len(several) // 2]
    segments = [segment for line in several for segment in line.segments]
    rough = _white(segments, least, CROSSED * len(several))
    return _white(
        [each for each in segments if not any(each.x0 < left and right < each.x1 for left, right in rough)],
        least,
        0,
    )


def _white(segments: Sequence[Segment], least: float, allowed: float) -> list[tuple[float, float]]:
    """Give the stretches of x between texts that at most `allowed` segments cover."""
    events = sorted([(each.x0, 1) for each in segments] + [(each.x1, -1) for each in segments])
    white: list[tuple[float, float]] = []
    depth = 0
    since: float | None = None
    for x, step in events:
        depth += step
        if depth > allowed:
            if since is not None and x - since >= least and since > events[0][0]:
                white.append((since, x))
            since = None
        elif since is None:
            since = x
    return white


def _table(lines: list[TextLine], rules: list[Ruling]) -> Filled | None:
    corridors = _corridors(lines)
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


def _crosses(line: TextLine, corridors: Sequence[tuple[float, float]]) -> bool:
    return any(line.segments[0].x0 < left and right < line.segments[0].x1 for left, right in corridors)


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
