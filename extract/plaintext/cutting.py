"""The lines of a flattened table cut into cells, once it is known how many columns there are.

A *seam* is the boundary before a column: for each line the first character that belongs to the column. It is
nearly straight but moves: `pdftotext -layout` pushes a column to the right, for the rest of the page, as soon
as a cell before it needs the room.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from extract.labels import parse_label
from extract.plaintext.page_lines import Span
from extract.plaintext.wrapped_cells import em_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.plaintext.page_lines import PageLine

_REACH = 14  # characters a seam may lie beside its usual place
_NEAR = 4  # lines above and below that show where cells begin
# What a place of a seam costs in one line.
_INSIDE = 1.0  # inside a word
_AFTER_ONE = 0.35  # after one blank
_AFTER_ONE_CAPITAL = 0.15  # … before a capital
_AT_BEGINNING = -0.2  # where a stretch begins
_ASTRAY = 0.03  # each character it lies beside its usual place
_SHIFT = 0.02  # each character it moves from one line to the next
_TO_THE_RIGHT = 0.8  # … in all: what is pushed stays there
_TO_THE_LEFT = 1.2
# What a reading of one line costs.
_BEFORE = 0.25  # each character by which a cell begins before its column …
_BEYOND = 0.7  # … or ends beyond it
_SPLIT = 1.5  # a cell begins after one blank
_SMALL = 2.5  # … with a small letter, and no line above from which it could go on
_BEHEADED = 3.0  # … and a capital or a bullet is left behind: "… phối hợp quản Sở | Công Thương"
_KNOWN = -2.0  # … where cells of the lines beside begin
_USUAL = -0.5  # … by each other line of the column that begins with this word
_MOST_USUAL = -1.5
_TOO_WIDE = 1.0  # each em by which a cell is wider than any that stands free in its column
_ENOUGH = 4  # such lines from which that is known
_UNKNOWN = 999.0
_TORN = 4.0  # two blanks or more inside a cell
_FIGURE = regex.compile(r"\d")
_BULLET = regex.compile(r"(?:[-–+•*]|[a-zđ]\)|\d{1,2}[.)])$")


@dataclass(frozen=True, slots=True)
class CutLine:
    """One line cut: the cell of each column, None where the line has none."""

    line: PageLine
    cells: tuple[Span | None, ...]

    @property
    def texts(self) -> list[str]:
        """The text in each column, "" where there is none."""
        return [cell.text if cell else "" for cell in self.cells]


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the cells of each column that stand free are like: how wide they get, how their lines begin."""

    widths: tuple[float, ...]
    openings: tuple[Counter[str], ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the lines around say: (column, place) where cells begin, and the columns filled in the line above."""

    starts: frozenset[tuple[int, int]]
    above: frozenset[int]


def cut_pages(pages: Sequence[Sequence[PageLine]], seams: Sequence[Sequence[int]]) -> list[list[CutLine]]:
    """Cut the lines of each page at seams given by their usual places."""
    paths = [_follow(lines, places) for lines, places in zip(pages, seams, strict=True)]
    nothing = _Beside(frozenset(), frozenset(range(99)))
    first = [
        [_cut(line, places, nothing, None) for line, places in zip(lines, along, strict=True)]
        for lines, along in zip(pages, paths, strict=True)
    ]
    habits = _habits([line for lines in first for line in lines], len(seams[0]) + 1)
    return [
        [
            _cut(line.line, places, _beside(lines, number), habits)
            for number, (line, places) in enumerate(zip(lines, along, strict=True))
        ]
        for lines, along in zip(first, paths, strict=True)
    ]


def _beside(lines: Sequence[CutLine], number: int) -> _Beside:
    around = [*lines[max(0, number - _NEAR) : number], *lines[number + 1 : number + 1 + _NEAR]]
    starts = frozenset(
        (column, cell.start)
        for other in around
        for column, cell in enumerate(other.cells)
        if cell and _stands_free(other.line, cell)
    )
    label = lines[number].line.segments[0].text
    above = lines[number - 1].cells if number and not parse_label(label) else ()
    return _Beside(starts, frozenset(column for column, cell in enumerate(above) if cell))


def _habits(lines: Sequence[CutLine], count: int) -> _Habits:
    widths: list[list[float]] = [[] for _ in range(count)]
    openings: list[Counter[str]] = [Counter() for _ in range(count)]
    for line in lines:
        free = {(span.start, span.end) for span in line.line.segments}
        for column, cell in enumerate(line.cells):
            if cell and (cell.start, cell.end) in free:
                widths[column].append(em_width(cell.text))
                openings[column][_shape(cell.text)] += 1
    return _Habits(
        tuple(max(found) if len(found) >= _ENOUGH else _UNKNOWN for found in widths), tuple(openings)
    )


def _shape(text: str) -> str:
    """Give the first word, figures as 9: "Quý", "99/9999"."""
    return str(_FIGURE.sub("9", text.split(maxsplit=1)[0]))


def _stands_free(line: PageLine, cell: Span) -> bool:
    return line.text[max(0, cell.start - 2) : cell.start].isspace()


def _follow(lines: Sequence[PageLine], seams: Sequence[int]) -> list[list[int]]:
    """Give the place of each seam in each line: the cheapest way down the page."""
    paths: list[list[int]] = []
    for number, seam in enumerate(seams):
        low = max(1, seam - _REACH, (seams[number - 1] + 1) if number else 1)
        high = min(seam + _REACH, seams[number + 1] - 1) if number + 1 < len(seams) else seam + _REACH
        paths.append(_path(lines, seam, low, max(high, low)))
    by_line = [list(places) for places in zip(*paths, strict=True)] if paths else [[] for _ in lines]
    for places in by_line:
        for number in range(1, len(places)):
            places[number] = max(places[number], places[number - 1] + 1)
    return by_line


def _path(lines: Sequence[PageLine], usual: int, low: int, high: int) -> list[int]:
    size = high - low + 1
    astray = np.abs(np.arange(low, high + 1) - usual) * _ASTRAY
    shifts = np.subtract.outer(np.arange(size), np.arange(size))  # from the place above to the one below
    moves = np.abs(shifts) * _SHIFT + (shifts < 0) * _TO_THE_RIGHT + (shifts > 0) * _TO_THE_LEFT
    total = np.zeros(size)
    back: list[list[int]] = []
    for line in lines:
        ways = total[:, None] + moves
        back.append(np.argmin(ways, axis=0).tolist())
        total = np.min(ways, axis=0) + astray + _place_costs(line, low, size)
    at = int(np.argmin(total))
    path = [at]
    for came in reversed(back[1:]):
        at = came[at]
        path.append(at)
    return [low + at for at in reversed(path)]


def _place_costs(line: PageLine, low: int, size: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    costs = np.zeros(size)
    end = -2
    for word in line.words:
        first, last = word.start + 1 - low, word.end - low
        if last > 0 and first < size:
            costs[max(0, first) : last] += _INSIDE
        at = word.start - low
        single = word.start - end == 1
        if 0 <= at < size:
            if single:
                costs[at] += _AFTER_ONE_CAPITAL if word.text[0].isupper() else _AFTER_ONE
            elif end >= 0:
                costs[at] += _AT_BEGINNING
        if single and 0 <= at - 1 < size:
            costs[at - 1] += _AFTER_ONE
        end = word.end
    return costs


def _cut(line: PageLine, seams: Sequence[int], beside: _Beside, habits: _Habits | None) -> CutLine:
    """Deal the words of a line out to the columns, left to right, for the least cost."""
    words = line.words
    edges = [0, *seams, 1 << 30]
    count = len(edges) - 1
    known, open_above = beside.starts, beside.above
    simple = _simply(line, edges)
    if simple is not None:
        return CutLine(line, simple)
    infinite = float("inf")
    # best[b][c]: the least cost of the words before b, column c - 1 being the last one used
    best = [[infinite] * (count + 1) for _ in range(len(words) + 1)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for end in range(1, len(words) + 1):
        torn = 0.0
        for begin in range(end - 1, -1, -1):
            if begin + 1 < end and words[begin + 1].start - words[begin].end > 1:
                torn += _TORN
            opening = _opening(words, begin)
            for column in range(count):
                before = min(range(column + 1), key=best[begin].__getitem__)
                if best[begin][before] == infinite:
                    continue
                cost = best[begin][before] + torn + opening
                if (column, words[begin].start) in known and opening:
                    cost += _KNOWN
                cost += _BEFORE * max(0, edges[column] - words[begin].start)
                cost += _BEYOND * max(0, words[end - 1].end + 1 - edges[column + 1])
                if habits:
                    text = " ".join(w.text for w in words[begin:end])
                    cost += _TOO_WIDE * max(0.0, em_width(text) - 1.03 * habits.widths[column])
                    if opening:
                        cost += max(_MOST_USUAL, _USUAL * habits.openings[column][_shape(text)])
                if opening and column not in open_above and words[begin].text[0].islower():
                    cost += _SMALL
                if cost < best[end][column + 1]:
                    best[end][column + 1] = cost
                    back[end, column + 1] = (begin, before)
    cells: list[Span | None] = [None] * count
    end, used = len(words), min(range(count + 1), key=best[-1].__getitem__)
    while end > 0:
        begin, before = back[end, used]
        text = " ".join(word.text for word in words[begin:end])
        cells[used - 1] = Span(words[begin].start, words[end - 1].end, text)
        end, used = begin, before
    return CutLine(line, tuple(cells))


def _simply(line: PageLine, edges: Sequence[int]) -> tuple[Span | None, ...] | None:
    """Cut a line of which every stretch lies in a column of its own; None for any other."""
    cells: list[Span | None] = [None] * (len(edges) - 1)
    column = 0
    for segment in line.segments:
        while segment.start >= edges[column + 1]:
            column += 1
        if segment.end >= edges[column + 1] + 1 or cells[column] is not None:
            return None
        cells[column] = segment
    return tuple(cells)


def _opening(words: Sequence[Span], at: int) -> float:
    """Weigh a cell that begins with word `at`: nothing after white, else by how the words look."""
    if at == 0 or words[at].start - words[at - 1].end > 1:
        return 0.0
    # " 1 Bố trí trụ sở": a running number ends where it ends, whatever the white behind it
    if at == 1 and parse_label(words[0].text) and not words[1].text[0].islower():
        return 0.0
    cost = _SPLIT
    first, before = words[at].text[0], words[at - 1].text
    if (
        first.isupper()
        and before[0].isupper()
        and at > 1
        and words[at - 2].text[0].islower()
        and not before.isupper()
    ):
        cost += _BEHEADED
    if _BULLET.match(before) and at > 1:
        cost += 2 * _BEHEADED
    return cost
