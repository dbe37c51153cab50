"""Columns of text flattened by a converter (`pdftotext -layout`).

There is no exact grid: a converter shifts the rest of a line when a cell is wide ("…lực điều Tuyển dụng…"), and
cells may stand one blank apart. So the usual beginnings of the columns are learnt from all lines, and each line
is then cut at those of its words that give the cheapest reading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import regex

_SEGMENT = regex.compile(r"\S+(?: \S+)*")
_WORD = regex.compile(r"\S+")
_NUMBER = regex.compile(r"(?:s?tt|\d{1,3}|[IVXL]{1,6})\.?$", regex.IGNORECASE)
_LABEL = regex.compile(r"(?:[-–+•*]|[a-zđ]\)|\d{1,2}[.)])$")
_NEW = 7  # characters from the nearest column at which a stretch begins a column of its own
_SHIFT = 12  # characters by which a line may be shifted to the left
# What a reading costs, in characters of displacement.
_FAR = 12.0  # at most for the beginning of a cell
_SQUEEZED = 2.0  # a cell that begins after one blank
_TORN = 14.0  # two blanks inside a cell
_SHORT = 18  # characters of a cell that may be centred
_CENTRED = 0.4  # part of the cells that begin alike in a column that is not centred
_BEHEADED = 5.0  # a capital left behind in the cell before: "… phối hợp quản Sở | Công Thương"
_OVER = 1.5  # each character over the beginning of the next column, while that is empty


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line: first character, one past the last, and the text between."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Column:
    """A column: where its cells begin in the lines seen, and their middles (for centred cells)."""

    starts: Counter[int] = field(default_factory=Counter)
    middles: Counter[int] = field(default_factory=Counter)
    sure: bool = False  # seen in a line of four stretches or more

    @property
    def start(self) -> int:
        """The usual beginning of its cells (the leftmost of the most frequent)."""
        return min(self.starts, key=lambda at: (-self.starts[at], at))

    def add(self, span: Span) -> None:
        """Count one more cell."""
        self.starts[span.start] += 1
        self.middles[(span.start + span.end) // 2] += 1

    def distance(self, start: int, end: int) -> float:
        """How far a stretch is from this column; 0 where several cells begin at the same place."""
        if self.starts[start] > 1:
            return 0.0
        beside = abs(start - self.start)
        if end - start <= _SHORT and self.starts[self.start] < _CENTRED * self.starts.total():
            middle = (start + end) // 2
            beside = min(beside, min(abs(middle - at) for at in self.middles) + 1)
        return min(beside, _FAR) + max(0.0, (beside - _FAR) / 2)


def segments(line: str) -> list[Span]:
    """Give the stretches of a line parted by two blanks or more."""
    return [Span(match.start(), match.end(), match[0]) for match in _SEGMENT.finditer(line)]


def learn_columns(lines: list[str]) -> list[Column]:
    """Give the columns of a table's lines as `find_columns` does, learnt once more from the lines it cuts."""
    return _learnt_again(lines, find_columns(lines))


def find_columns(lines: list[str]) -> list[Column]:
    """Give the columns of a table's lines, from left to right; [] when no line has two stretches."""
    stretches = sorted((found for line in lines if len(found := segments(line)) > 1), key=len, reverse=True)
    columns: list[Column] = []
    for found in stretches:
        homes = _align(found, columns)
        for span, home in zip(found, homes, strict=True):
            if home is not None:
                home.add(span)
            else:
                fresh = Column(sure=len(found) > 3)
                fresh.add(span)
                columns.append(fresh)
        columns.sort(key=lambda column: column.start)
    often = [column for column in columns if column.sure or column.starts.total() > 1]
    return often if len(lines) > 3 else columns


def _learnt_again(lines: list[str], columns: list[Column]) -> list[Column]:
    """Learn the columns once more from the lines as they are cut by the first columns."""
    if len(columns) < 2:
        return columns
    again = [Column() for _ in columns]
    for index in range(len(lines)):
        if len(segments(lines[index])) > 1:
            for column, cell in zip(again, place(lines, index, columns), strict=True):
                if cell is not None:
                    column.add(cell)
    return [column for column in again if column.starts]


def _align(found: list[Span], columns: list[Column]) -> list[Column | None]:
    """Give the column of each stretch, None for one that begins a column not seen before."""
    homes: list[Column | None] = []
    floor = 0
    for span in found:
        near = [
            (column.distance(span.start, span.end), index)
            for index, column in enumerate(columns[floor:], floor)
            if column.distance(span.start, span.end) < _NEW
        ]
        if not near:
            homes.append(None)
            continue
        _, index = min(near)
        homes.append(columns[index])
        floor = index + 1
    return homes


@dataclass(frozen=True, slots=True)
class Near:
    """What clearly parted stretches of the lines around say: where they begin, and their texts."""

    starts: frozenset[int]
    texts: frozenset[str]


def cut(lines: list[str], index: int, columns: list[Column]) -> list[str]:
    """Give the text of line `index` in each column."""
    return [cell.text if cell else "" for cell in place(lines, index, columns)]


def place(lines: list[str], index: int, columns: list[Column]) -> list[Span | None]:
    """Give what line `index` has in each column: the cheapest way to deal its words out, left to right."""
    words = [Span(match.start(), match.end(), match[0]) for match in _WORD.finditer(lines[index])]
    if not words:
        return [None] * len(columns)
    around = [
        segments(lines[at]) for at in range(max(0, index - 3), min(len(lines), index + 4)) if at != index
    ]
    parted = [span for spans in around for span in spans]
    starts = frozenset(span.start + beside for span in parted for beside in (-1, 0, 1))
    near = Near(starts, frozenset(span.text for span in parted))
    breaks = _possible_breaks(words, columns, near.starts)
    reading = _Reading(words, columns, near)
    # best[b][k]: the least cost of the words before break b, with column k the last one used
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in breaks]
    best[0] = {-1: (0.0, -1, -1)}
    for later in range(1, len(breaks)):
        for earlier in range(later):
            for used, (cost, _, _) in best[earlier].items():
                for home in range(used + 1, len(columns)):
                    total = cost + reading.cost(breaks[earlier], breaks[later], home, used)
                    if total < best[later].get(home, (float("inf"),))[0]:
                        best[later][home] = (total, earlier, used)
    return _dealt(words, breaks, best, len(columns))


def _possible_breaks(words: list[Span], columns: list[Column], beside: frozenset[int]) -> list[int]:
    """Give the words before which a cell may begin, and the end: after white, or where columns begin."""
    known = {start for column in columns for start, count in column.starts.items() if count > 1}
    known |= beside | {column.start for column in columns}
    breaks = [
        number
        for number, word in enumerate(words)
        if number == 0
        or word.start - words[number - 1].end >= 2
        or word.start in known
        or any(
            column.start - (_SHIFT if _begins(word) else 1) <= word.start <= column.start + 1
            for column in columns
        )
    ]
    return [*breaks, len(words)]


def _begins(word: Span) -> bool:
    """Tell a word that may begin a cell."""
    return word.text[0].isupper() or not word.text[0].isalpha() or bool(_LABEL.match(word.text))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One line to be dealt out: its words, the columns, what stands around."""

    words: list[Span]
    columns: list[Column]
    near: Near

    def cost(self, first: int, last: int, home: int, used: int) -> float:
        """Weigh a cell of the words `first` to `last` (exclusive) in column `home`, `used` being the one before."""
        words, columns = self.words, self.columns
        start, end = words[first].start, words[last - 1].end
        cost = columns[home].distance(start, end)
        shift = abs(start - columns[home].start)
        if start in self.near.starts and all(shift <= abs(start - other.start) for other in columns):
            cost = min(cost, shift / 2)
        if first and start - words[first - 1].end < 2:
            cost += self._squeezed(first, last, home)
        cost += _TORN * sum(words[at].start - words[at - 1].end >= 2 for at in range(first + 1, last))
        if home + 1 < len(columns) and (
            last == len(words) or words[last].start > columns[home + 1].start + _NEW
        ):
            cost += _OVER * max(0, end - columns[home + 1].start)
        if used >= 0 and home > used + 1 and first:
            cost += _OVER * max(0, words[first - 1].end - columns[used + 1].start)
        return cost

    def _squeezed(self, first: int, last: int, home: int) -> float:
        """Weigh a cell that begins one blank after the one before it."""
        words, usual = self.words, self.columns[home].start
        word, before = words[first], words[first - 1]
        known = word.start in self.near.starts or word.start == usual
        numbered = first == 1 and bool(_NUMBER.match(before.text))
        cost = 1.0 if known or numbered else _SQUEEZED
        cost += max(0, word.start - usual)  # what is squeezed in is shifted to the left, if at all
        if not _begins(word):
            cost += 1.5 if known else 4.5
        if first > 1 and _begins(before) and not _begins(words[first - 2]) and not self._is_seen(first, last):
            cost += _BEHEADED
        if _LABEL.match(before.text):
            cost += 2 * _BEHEADED  # "Kiểm tra CCHC - | Kế hoạch": a bullet belongs to what it begins
        return cost

    def _is_seen(self, first: int, last: int) -> bool:
        return " ".join(word.text for word in self.words[first:last]) in self.near.texts


def _dealt(
    words: list[Span], breaks: list[int], best: list[dict[int, tuple[float, int, int]]], count: int
) -> list[Span | None]:
    """Follow the cheapest way back and give the cells; where there is none, all goes to the first column."""
    cells: list[Span | None] = [None] * count
    if not best[-1]:
        cells[0] = _together(words)
        return cells
    home = min(best[-1], key=lambda at: best[-1][at][0])
    later = len(breaks) - 1
    while home >= 0:
        _, earlier, used = best[later][home]
        cells[home] = _together(words[breaks[earlier] : breaks[later]])
        later, home = earlier, used
    return cells


def _together(words: list[Span]) -> Span:
    return Span(words[0].start, words[-1].end, " ".join(word.text for word in words))


def crosses(line: str, columns: list[Column]) -> bool:
    """Tell a line with a stretch that reaches well over the beginning of a column."""
    for span in segments(line):
        if any(span.start < column.start - 1 and span.end > column.start + 2 for column in columns):
            return True
    return False
