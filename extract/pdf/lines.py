"""Runs to lines of text, and lines to the paragraphs a typist meant.

`join_lines` is the one rule by which wrapped lines become text, for cells and paragraphs, and for readers
that only have lines (OCR).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Run

SAME_LINE = 0.42  # of the letter size: baselines this near are one line (superscripts stand 0.33 higher)
WORD_GAP = 0.22  # of the letter size: a gap between runs that stands for a blank

_BULLET = re.compile(r"[-–—+*•●○▪■□◦·➢✓✔]\s+(?=\S)|[•●○▪■➢✓✔](?=\S)|[-–+](?=[^\W\d_])")
_NUMBER = re.compile(
    r"(?:\(?[a-zđ]{1,2}\d?|\(?\d{1,2}|[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})+)[.)]\.?(?:\s+|(?=[^\W\d_]))"
)
_ENDED = re.compile(r"[.;:!?…][)\]\"'”’»]*$")
_NEVER_ENDS = re.compile(
    r"(?:[,(/–&]|\b(?:và|của|các|cho|theo|từ|đến|tại|với|về|hoặc|là|số|ngày|tháng|năm))$", re.IGNORECASE
)


class Line(NamedTuple):
    """One line of text with its box; `bold` when most of its letters are."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """Group runs of one direction into lines from top to bottom, each read from left to right."""
    if len(runs) == 1:
        run = runs[0]
        text = run.text.strip()
        return [Line(text, *run[1:7], run.font.bold)] if text else []
    groups: list[list[Run]] = []
    for run in sorted(runs, key=_baseline):
        if groups:
            last = groups[-1][-1]
            if run.baseline - last.baseline <= SAME_LINE * max(run.size, last.size):
                groups[-1].append(run)
                continue
        groups.append([run])
    return [line for group in groups if (line := line_of(group)).text]


def line_of(group: list[Run]) -> Line:
    """Give the runs of one line as a line: a blank where a gap stands for one."""
    group.sort(key=_left)
    main = max(group, key=_extent)
    pieces: list[str] = []
    end = group[0].x0
    bold = 0
    previous: Run | None = None
    for run in group:
        if previous is not None:
            if run.text == previous.text and abs(run.x0 - previous.x0) < 0.1 * run.size:
                continue  # a bold face made by drawing twice
            if run.x0 - end > WORD_GAP * run.size and not pieces[-1].endswith(" "):
                pieces.append(" ")
        pieces.append(run.text)
        end = max(end, run.x1)
        bold += len(run.text) if run.font.bold else -len(run.text)
        previous = run
    return Line(
        "".join(pieces).strip(), group[0].x0, min(run.top for run in group), end,
        max(run.bottom for run in group), main.baseline, main.size, bold > 0,
    )  # fmt: skip


def _baseline(run: Run) -> float:
    return run.baseline


def _left(run: Run) -> float:
    return run.x0


def _extent(run: Run) -> float:
    return run.size * (run.x1 - run.x0)


def begins_item(text: str) -> bool:
    """Whether the line begins like an item of a list: "- Báo cáo", "a) ", "1. ", "2.1. ", "IV. "."""
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def join_lines(lines: Sequence[str], ended: Sequence[bool] = ()) -> str:
    r"""Join wrapped lines with a blank; keep "\n" where a new paragraph or item begins.

    `ended[i]` says that line i was broken by its typist: the first word of the next would have fitted (as
    geometry sees it). Without it only the words decide: an item begins a new line when it is capitalised or
    the line before ended with a stop ("kinh tế" / "- xã hội" stays one line of words).
    """
    joined: list[str] = []
    for i, line in enumerate(lines):
        if not joined:
            joined.append(line)
        elif _breaks(lines[i - 1], line, ended=bool(ended) and ended[i - 1]):
            joined.append("\n" + line)
        else:
            joined.append(" " + line)
    return "".join(joined)


def _breaks(before: str, line: str, *, ended: bool) -> bool:
    stopped = bool(_ENDED.search(before))
    item = _BULLET.match(line) or _NUMBER.match(line)
    if item:
        rest = line[item.end() :].lstrip()
        lower = rest[:1].islower() or not rest
        return stopped or ended or not (lower or _NEVER_ENDS.search(before))
    if not ended or _NEVER_ENDS.search(before):
        return False
    return stopped or not line[:1].islower()


def broken_by_typist(lines: Sequence[Line], left: float, right: float) -> list[bool]:
    """For each line but the last: whether the first word of the next would have fitted in before `right`.

    `left` and `right` are the inner borders of the cell or column. A word's width is taken from its share of
    its line's letters, with some to spare.
    """
    ended = []
    for line, following in pairwise(lines):
        first = following.text.split(" ", 1)[0]
        width = (following.x1 - following.x0) * len(first) / max(len(following.text), 1)
        room = (right - left) - (line.x1 - line.x0)
        ended.append(width * 1.25 + 0.5 * line.size < room)
    return ended
