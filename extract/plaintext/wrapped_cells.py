"""Whether the next line of a column goes on with the cell above, or begins another one.

Each sign says something, none decides: `begins` sums them, positive where a cell begins, negative where one
goes on. The strongest is the room left on the line: a typesetter breaks a line only where the next word does
not fit, so a word that would have fitted begins a paragraph, and in a table mostly a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.linebreaks import ITEM_START

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.plaintext.cutting import CutLine

# What each sign weighs.
_SMALL = -5.0  # "… hành chính công" / "của tỉnh"
_OPEN = -3.0  # ends with an open word, comma, dash or parenthesis
_OPEN_BEFORE_ITEM = -1.0
_SEMICOLON = -0.4  # bodies are listed so: "Sở Tư pháp;" / "Sở Nội vụ"
_SENTENCE = 1.0
_ROOM = 2.5  # the next word would have fitted
_LITTLE_ROOM = 0.8
_ROOM_BEFORE_ITEM = 0.3  # items stand on lines of their own in any cell
_NO_ROOM = -0.8
_CAPITAL = 0.8  # most lines that go on begin with a small letter
_SAME = 2.5  # "Văn phòng Sở" under "Văn phòng Sở"
_BLANK = 1.2  # a blank line between
_AFAR = 2.5  # three lines or more between: the lines of one cell stand close
_CLOSE = 2
_STRAY = 40  # one line in so many may be cut wrongly, and too wide
_CLEARLY = 0.08  # of a column's width

_OPEN_END = regex.compile(
    r"(?:[,\-–/(&]|(?<!\p{L})(?:và|của|các|những|theo|về|cho|tại|với|trong|do|từ|đến|hoặc|là|có|được|để|bằng))\s*$",
    regex.IGNORECASE,
)
_BEFORE_FIGURE = regex.compile(
    r"(?<!\p{L})(?:số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|đoạn|trước|sau|kỳ|lần|thứ|tuần)\s*$",
    regex.IGNORECASE,
)
_MARK = regex.compile(r"[xX√✓-]")  # a cross in a column of its own, a dash for nothing
_FIGURE = regex.compile(r"\d|[IVX]+\b")
_GOES_ON = regex.compile(r"[\p{Ll},.;:)%/&\]”]")
_NARROW, _WIDE = frozenset("iljtfrI.,;:'!|()[]-–/ ìíĩỉị"), frozenset("mwMWQOGĐDCN%@&")


def em_width(text: str) -> float:
    """Estimate the width of printed text, in ems: letters are of three kinds in any proportional font."""
    total = 0.0
    for letter in text:
        if letter in _NARROW:
            total += 0.3
        elif letter in _WIDE:
            total += 0.76
        else:
            total += 0.66 if letter.isupper() else 0.48
    return total


@dataclass(frozen=True, slots=True)
class Flow:
    """The lines of one column that have text, and for each but the first what speaks for a beginning there.

    Attributes:
        at: numbers of the lines with text, ascending.
        begins: as many; positive where a cell begins, negative where one goes on; 0.0 for the first.
    """

    at: tuple[int, ...]
    begins: tuple[float, ...]


def flow_of(lines: Sequence[CutLine], column: int) -> Flow:
    """Judge each line of one column against the one above it."""
    at = [number for number, line in enumerate(lines) if line.cells[column]]
    texts = [lines[number].texts[column] for number in at]
    widths = sorted(em_width(text) for text in texts)
    width = widths[-1 - len(widths) // _STRAY] if widths else 0.0
    judged = [0.0] if at else []
    for index in range(1, len(at)):
        score = _words(texts[index - 1], texts[index], width)
        judged.append(score + _white(lines, at[index - 1], at[index]))
    return Flow(tuple(at), tuple(judged))


def _words(before: str, after: str, width: float) -> float:
    item = ITEM_START.match(after)
    if _MARK.fullmatch(after) or _MARK.fullmatch(before):
        return _ROOM
    if not item and _GOES_ON.match(after):
        return _SMALL
    score = 0.0
    if _OPEN_END.search(before) or before.count("(") > before.count(")"):
        score += _OPEN_BEFORE_ITEM if item else _OPEN
    elif _BEFORE_FIGURE.search(before) and _FIGURE.match(after):
        score += _OPEN
    elif before.endswith(";"):
        score += _SEMICOLON
    elif before.endswith((".", "!", "?")):
        score += _SENTENCE
    room = width - em_width(f"{before} {after.split(maxsplit=1)[0]}")
    if room > _CLEARLY * width:
        score += _ROOM_BEFORE_ITEM if item else _ROOM
    elif room > 0:
        score += _ROOM_BEFORE_ITEM if item else _LITTLE_ROOM
    else:
        score += _NO_ROOM
    if after[0].isupper():
        score += _CAPITAL
    if before == after:
        score += _SAME
    return score


def _white(lines: Sequence[CutLine], before: int, after: int) -> float:
    if lines[before].line.page != lines[after].line.page:
        return 0.0
    blank = any(line.line.blank_before for line in lines[before + 1 : after + 1])
    return (_BLANK if blank else 0.0) + (_AFAR if after - before > _CLOSE else 0.0)
