"""Where on a page a table with half its rulings or none may be.

Prudent on purpose: letterheads, signature blocks, numbered paragraphs and contents lists stand in two columns
too, so a table without rules wants three columns, or a column of figures; with horizontal rules two are enough.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.columns import corridors_of, crosses, is_value
from extract.pdf.content import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.columns import Segment, TextLine

APART = 5.0  # of the letter size: lines of columns further apart than this are not of one table
NEAR = 1.2  # of the letter size: how far from a table a line of it without three columns may stand
ROOM = 1.2  # times the usual white between a table's lines: a line of it is no further off
ALIGNED = 2.5  # points by which the texts of one column may be out of line
LEAST_ROWS = 3
LEAST_COLUMNS = 3
SNUG_HEAD = 0.5  # of the letter size: the most white under the upper line of a first column's heading
WIDE_HEAD = 0.6  # of a table's width: a longer text is no heading of columns
LOOK_BACK = 40  # lines of a table that the next is compared with: more make a page of thousands slow
HEAD_ROOM = 1.8  # of the letter size: the most white between a heading and the rule below it
SAME_RULE = 6.0  # points by which the ends of a table's horizontal rules may differ
PROSE = 0.7  # of a rule's length: a line that long without a gap is no row of cells
SNUG = 2.0  # points by which letters may reach over the rule above them
SHORT_RULE = 100.0  # points; shorter ones underline words

_CAPTION = re.compile(
    r"\s*(?i:table|tabelle|tableau|figure|chart|box|bảng|biểu|hình)\s+(?:số\s+)?[A-Z]{0,2}[-.]?(?:\d|[IVX]+\b|[A-Z]\b)"
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NOTE = re.compile(
    r"\s*(?:sources?|notes?|nguồn|ghi chú)\s*[:.]|\s*(?:\(?[a-z\d]\)|[*†‡§¹²³])\s*\w", re.IGNORECASE
)


class Region(NamedTuple):
    """Lines that may be a table (their indices), and the horizontal rules among them."""

    lines: range
    rules: list[Ruling]


def ruled_regions(lines: Sequence[TextLine], rules: Sequence[Ruling]) -> Iterator[Region]:
    """Give the lines between rules of one extent."""
    groups = [part for whole in _rule_groups(rules) for part in _without_prose(whole, lines)]
    for group in (part for whole in groups for part in _by_heading(whole, lines)):
        top, bottom = group[0].at, group[-1].at
        inside = [i for i, line in enumerate(lines) if top <= (line.top + line.bottom) / 2 <= bottom]
        if len(inside) >= LEAST_ROWS - 1:
            left, right = group[0].lo - SAME_RULE, group[0].hi + SAME_RULE
            among = [
                rule for rule in rules if top <= rule.at <= bottom and left <= rule.lo and rule.hi <= right
            ]
            first = _with_heading(lines, inside[0], group[0])
            if first < inside[0]:  # rows with a rule below each have none above the heading
                among.append(Ruling(lines[first].top - SNUG, group[0].lo, group[0].hi))
            yield Region(range(first, inside[-1] + 1), sorted(among))


def _with_heading(lines: Sequence[TextLine], first: int, rule: Ruling) -> int:
    """Give the first line of a heading that stands right above the first rule, in two texts or more."""
    below = rule.at
    while first > 0:
        line = lines[first - 1]
        within = rule.lo - SAME_RULE < line.segments[0].x0 and line.segments[-1].x1 < rule.hi + SAME_RULE
        if len(line.segments) < 2 or not within or not -SNUG < below - line.bottom < HEAD_ROOM * line.size:
            break
        below = line.top
        first -= 1
    return first


def open_regions(lines: Sequence[TextLine]) -> Iterator[Region]:
    """Give lines around those of columns, as far as they keep to the same columns."""
    cores = [i for i, line in enumerate(lines) if _in_columns(line)]
    groups: list[list[int]] = []
    for core in cores:
        if groups and not _parted(lines, groups[-1], core):
            groups[-1].append(core)
        else:
            groups.append([core])
    low = 0
    for group in groups:
        if len(group) < LEAST_ROWS - 1:
            continue
        columns = _columns([lines[i] for i in group])
        first, last = group[0], group[-1] + 1
        near = max(NEAR * lines[first].size, ROOM * _usual_white(lines[first:last]))
        while first > low and _heads(lines[first - 1], lines[first], columns, near):
            first -= 1
        while (
            last < len(lines)
            and not _is_note(lines[last])
            and _goes_on(lines[last], lines[last - 1], columns, near)
        ):
            last += 1
        yield Region(range(first, last), [])
        low = last


def _usual_white(lines: Sequence[TextLine]) -> float:
    """Give the median white between lines."""
    white = sorted(below.top - above.bottom for above, below in pairwise(lines))
    return white[len(white) // 2] if white else 0.0


def _in_columns(line: TextLine) -> bool:
    """Whether a line has three texts side by side, or a label and a figure."""
    if len(line.segments) >= LEAST_COLUMNS:
        return True
    if len(line.segments) < 2 or not is_value(line.segments[1].text):
        return False
    label = line.segments[0].text
    return bool(_YEAR.match(label)) or not is_value(label[:3])


def _parted(lines: Sequence[TextLine], group: list[int], core: int) -> bool:
    """Whether prose, a caption or much white stands between the lines of `group` and the next line of columns."""
    first, group = group[0], group[-LOOK_BACK:]
    between = lines[group[-1] : core + 1]  # a long cell goes on alone below its row's other cells
    if any(lower.top - upper.bottom > APART * upper.size for upper, lower in pairwise(between)):
        return True
    if any(_is_caption(line) for line in between[1:-1]):
        return True
    if len(group) > 1 and _elsewhere(lines, group, core):
        return True
    corridors = corridors_of([lines[i] for i in (*group, core)])
    if len(corridors) < min(LEAST_COLUMNS, *(len(lines[i].segments) for i in (*group, core))) - 1:
        return True
    alone = [line for line in between[1:-1] if len(line.segments) == 1]
    if alone and _repeats(lines[first], lines[core]):
        return True
    across = sum(crosses(line, corridors) for line in alone)
    return across > 1 or bool(across and _words_under_figures(lines[group[-1]], lines[core]))


def _elsewhere(lines: Sequence[TextLine], group: list[int], core: int) -> bool:
    """Whether a line stands below more white than there is in the group, and in other columns."""
    white = max(lines[below].top - lines[below - 1].bottom for below in range(group[0] + 1, group[-1] + 1))
    if lines[core].top - lines[core - 1].bottom < max(2 * white, NEAR * lines[core].size):
        return False
    columns = _columns([lines[i] for i in group])
    kept = sum(any(_aligned(segment, column) for column in columns) for segment in lines[core].segments)
    return 2 * kept < len(lines[core].segments)


def _is_caption(line: TextLine) -> bool:
    return bool(_CAPTION.match(line.segments[0].text))


def _is_note(line: TextLine) -> bool:
    return bool(_NOTE.match(line.segments[0].text))


def _repeats(head: TextLine, line: TextLine) -> bool:
    """Whether a line says the words of a heading again: the next table begins."""
    words = {segment.text for segment in head.segments}
    return 2 * sum(segment.text in words for segment in line.segments) > len(line.segments)


def _words_under_figures(above: TextLine, line: TextLine) -> bool:
    """Whether a line of columns is a heading again: words where the line above has figures."""
    figures = [sum(is_value(each.text) for each in side.segments[1:]) for side in (above, line)]
    return figures[0] > 0 and figures[1] == 0


def _columns(lines: Sequence[TextLine]) -> list[list[Segment]]:
    """Give the segments of each column that the lines' corridors part."""
    corridors = corridors_of(lines)
    columns: list[list[Segment]] = [[] for _ in range(len(corridors) + 1)]
    for line in lines:
        for segment in line.segments:
            columns[sum(right <= segment.x0 + 1 for _, right in corridors)].append(segment)
    return columns


def _goes_on(line: TextLine, beside: TextLine, columns: Sequence[list[Segment]], near: float) -> bool:
    """Whether a line beside a table keeps to its columns: near, each segment aligned with one of them."""
    if max(line.top - beside.bottom, beside.top - line.bottom) > near or _is_caption(line):
        return False
    return all(any(_aligned(segment, column) for column in columns) for segment in line.segments)


def _heads(line: TextLine, below: TextLine, columns: Sequence[list[Segment]], near: float) -> bool:
    """Whether a line above a table heads its columns, one or several of them, and is no title."""
    white = below.top - line.bottom
    if white > near or _is_caption(line):
        return False
    left = min(each.x0 for column in columns for each in column)
    right = max(each.x1 for column in columns for each in column)
    if line.segments[0].x0 < left - ALIGNED or line.segments[-1].x1 > right + 4 * ALIGNED:
        return False
    widest = max(each.x1 - each.x0 for each in line.segments)
    if len(line.segments) == 1 and line.segments[0].x0 <= max((each.x1 for each in columns[0]), default=left):
        return white < SNUG_HEAD * line.size and _goes_on(line, below, columns, near)
    return widest < WIDE_HEAD * (right - left)


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


def _by_heading(rules: list[Ruling], lines: Sequence[TextLine]) -> list[list[Ruling]]:
    """Part rules of the same extent where the heading stands again: the next table."""
    inside = [line for line in lines if rules[0].at < (line.top + line.bottom) / 2 < rules[-1].at]
    first = {segment.text for segment in inside[0].segments} if inside else set()
    again = [
        line.top for line in inside[1:]
        if len(first) >= LEAST_COLUMNS and 2 * sum(segment.text in first for segment in line.segments) > len(first)
    ]  # fmt: skip
    parts: list[list[Ruling]] = [[]]
    for rule in rules:
        if again and rule is max((each for each in rules if each.at < again[0] + SNUG), default=None):
            parts.append([])
            again.pop(0)
        parts[-1].append(rule)
    return [part for part in parts if len(part) > 1]


def _without_prose(rules: list[Ruling], lines: Sequence[TextLine]) -> list[list[Ruling]]:
    """Part rules of the same extent where lines of prose stand between two of them: two tables."""
    parts = [[rules[0]]]
    for above, below in pairwise(rules):
        inside = [line for line in lines if above.at < (line.top + line.bottom) / 2 < below.at]
        wide = sum(
            len(line.segments) == 1
            and line.segments[0].x1 - line.segments[0].x0 > PROSE * (above.hi - above.lo)
            for line in inside
        )
        if wide > 1 or any(_is_caption(line) for line in inside):
            parts.append([])
        parts[-1].append(below)
    return [part for part in parts if len(part) > 1]
