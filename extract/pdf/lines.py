"""Runs to lines of text, and lines to the paragraphs a typist meant.

`join_lines` is the one rule by which wrapped lines become text, for cells and paragraphs, and for readers
that only have lines (OCR).
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extract.linebreaks import ITEM_START, seam

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Run

SAME_LINE = 0.42  # of the letter size: baselines this near are one line (superscripts stand 0.33 higher)
WORD_GAP = 0.12  # of the letter size: a gap between runs that stands for a blank
CUT_ROOM = 0.5  # of the letter size: a word is cut where not one more letter fits
CENTRED = 4.0  # points by which the room beside a centred line may differ left and right
PARAGRAPH_GAP = 0.24  # of the letter size: room above a paragraph, beyond the usual distance of lines
BLANK_WIDTH = 0.34  # of the letter size: the widest blank (Times 0.25, DejaVu 0.32)

_INLINE_ITEM = re.compile(r"[;.:,]\s[-–+•]\s?\S|[^\W\d_][;.,]?\s[b-eđ]\)\s?\S")
_VOWEL = re.compile(r"[aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\d\u1ea4-\u1ef1]", re.IGNORECASE)
_ENDED = re.compile(r"[.;:!?…][)\]\"'”’»]*$")
_NEVER_ENDS = re.compile(
    r"(?:[,(/–&-]|\b(?:và|của|các|cho|theo|từ|đến|tại|với|về|hoặc|là|số|ngày|tháng|năm))$", re.IGNORECASE
)


LineEnd: TypeAlias = Literal["wrapped", "typed", "cut"]


class Line(NamedTuple):
    """One line of text with its box.

    `bold` when most of its letters are; `word` is the width of its first word.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    word: float


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Group runs of one direction into lines from top to bottom, each read from left to right."""
    if len(runs) == 1:
        return [line_of(runs)]
    groups: list[list[Run]] = []
    base, size = -math.inf, 0.0
    for run in sorted(runs, key=attrgetter("baseline")):
        if run.baseline - base <= SAME_LINE * max(run.size, size):
            groups[-1].append(run)
        else:
            groups.append([run])
        base, size = run.baseline, run.size
    return [line_of(group) for group in groups]


def line_of(group: Sequence[Run]) -> Line:
    """Give the runs of one line as a line: a blank where a gap stands for one."""
    if len(group) == 1:
        run = group[0]
        return Line(*run[:7], run.font.bold, run.word)
    ordered = sorted(group, key=attrgetter("x0"))
    first = previous = ordered[0]
    pieces, end, bold = [first.text], first.x1, len(first.text) if first.font.bold else -len(first.text)
    for run in ordered[1:]:
        if run.text == previous.text and run.x0 - previous.x0 < 0.1 * run.size:
            continue  # a bold face made by drawing twice
        if run.x0 - end > WORD_GAP * run.size and not run.text.startswith(" "):
            pieces.append(" ")
        pieces.append(run.text)
        end = max(end, run.x1)
        bold += len(run.text) if run.font.bold else -len(run.text)
        previous = run
    main = max(ordered, key=_extent)
    return Line(
        "".join(pieces).strip(), first.x0, min(run.top for run in ordered), end,
        max(run.bottom for run in ordered), main.baseline, main.size, bold > 0, _first_word(ordered),
    )  # fmt: skip


def _extent(run: Run) -> float:
    return run.size * (run.x1 - run.x0)


def _first_word(group: Sequence[Run]) -> float:
    """Give the width of the first word, which may be drawn in several runs."""
    end = group[0].x0
    for run in group:
        if run.x0 - end > WORD_GAP * run.size:
            break
        end = run.x0 + run.word
        if " " in run.text:
            break
    return end - group[0].x0


def begins_item(text: str) -> bool:
    """Whether the line begins like an item of a list: "- Báo cáo", "a) ", "1. ", "2.1. ", "IV. "."""
    return bool(ITEM_START.match(text))


def join_lines(lines: Sequence[str], ends: Sequence[LineEnd] = ()) -> str:
    r"""Join wrapped lines with a blank; keep "\n" where a new paragraph or item begins.

    `ends[i]` says how line i came to its end, as geometry sees it. Without it only the words decide: an item
    begins a new line when it is capitalised or the line before ended with a stop ("kinh tế" / "- xã hội"
    stays one line of words). A hyphen or slash that ends a line without a blank before it holds its word
    together ("CT-" / "UBND").
    """
    inline = any(_INLINE_ITEM.search(line) for line in lines)
    joined: list[str] = []
    for i, line in enumerate(lines):
        if not joined:
            joined.append(line)
            continue
        before, end = lines[i - 1], ends[i - 1] if ends else None
        if end == "cut" and not (
            before[-1:].islower() and line[:1].isupper()
        ):  # "Phòng" / "CTXH" are two words
            joined.append(line)
            continue
        gap = seam(before, line)
        if gap and _breaks(before, line, end, inline=inline):
            gap = "\n"
        joined.append(gap + line)
    return "".join(joined)


def _breaks(before: str, line: str, end: LineEnd | None, *, inline: bool) -> bool:
    """Whether a new paragraph begins with `line`; `inline`: items also stand within lines here."""
    stopped = bool(_ENDED.search(before))
    item = ITEM_START.match(line)
    if item and not (inline and end == "wrapped"):
        rest = line[item.end() :].lstrip()
        lower = rest[:1].islower() or not rest
        return stopped or end == "typed" or not (lower or _NEVER_ENDS.search(before))
    if end != "typed" or _NEVER_ENDS.search(before):
        return False
    return stopped or not line[:1].islower()


def line_ends(lines: Sequence[Line], left: float, right: float) -> list[LineEnd]:
    """Tell for each line but the last why it ended.

    "typed" when the first word of the next would have fitted in between `left` and `right`, the inner borders
    of the cell or column, or when more room than usual parts them. "cut" when a word too long for a narrow
    column ("30/7/202" / "1") goes on in the next line.
    """
    ends: list[LineEnd] = []
    centred = all(abs((line.x0 - left) - (right - line.x1)) < CENTRED for line in lines)
    usual = min((b.baseline - a.baseline for a, b in pairwise(lines)), default=0.0)
    for line, following in pairwise(lines):
        room = right - line.x1 + (line.x0 - left if centred else 0.0)
        apart = following.baseline - line.baseline - usual
        if following.word + BLANK_WIDTH * line.size < room or apart > PARAGRAPH_GAP * line.size:
            ends.append("typed")
        elif room < CUT_ROOM * line.size and _is_cut(line, following.text):
            ends.append("cut")
        else:
            ends.append("wrapped")
    return ends


def _is_cut(line: Line, following: str) -> bool:
    """Whether the one word that fills the line goes on: a number, or letters that alone are no syllable."""
    if " " in line.text or not (line.text[-1].isalnum() and following[0].isalnum()):
        return False
    if line.text[-1].isdigit() or following[0].isdigit():
        return line.text[-1].isdigit() and following[0].isdigit()
    return not _VOWEL.search(following.split(" ", 1)[0])
