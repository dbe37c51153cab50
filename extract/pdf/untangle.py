"""Runs drawn over each other on one line, put in the order of their letters.

A typesetter that lacks some letters in a font draws "Th c hi n" in one font and "ự ệ" in another, each in one
go (LibreOffice with Liberation Serif does so with most Vietnamese words). The text of such runs only makes
sense letter by letter.
"""

from __future__ import annotations

import math
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from extract.pdf.geometry import set_back, set_upright

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.pdf.content import Letter, Run

    Letters: TypeAlias = Callable[[Sequence[Run]], list[list[Letter]]]

OVERLAP = 0.3  # of the letter size: kerning and slanted letters overlap less
BLANK = 0.12  # of the letter size: a gap in which a blank stood (pdfium drops real ones beside its own)
TWICE = 0.1  # of the letter size: how far apart a bold face's two drawings are at most
PART = 0.7  # of the letter size: a gap at which the mended line is parted again


def untangle(runs: Sequence[Run], letters: Letters, stamped: float = math.inf) -> list[Run]:
    """Replace runs that overlap on one baseline by runs that do not.

    Runs from the character `stamped` on stand in a gap left for them: the line stays one, however wide the gap.
    """
    lines: dict[tuple[float, int], list[Run]] = {}
    result: list[Run] = []
    for run in runs:
        upright = set_upright(run) if run.turn else run
        lines.setdefault((round(upright.baseline, 1), run.turn), []).append(upright)
    tangles: list[list[Run]] = []
    for line in lines.values():
        for group in _overlapping(line) if len(line) > 1 else [line]:
            if len(group) == 1 or _drawn_twice(group):
                result.append(group[0])
            else:
                tangles.append(group)
    if tangles:
        of_runs = iter(letters([run for tangle in tangles for run in tangle]))
        for tangle in tangles:
            found = [letter for _ in tangle for letter in next(of_runs)]
            stamps = [run for run in tangle if run.start >= stamped]
            if stamps:  # the blanks of the gap are under the stamp: "ngày1 5 tháng"
                found = [letter for letter in found if letter[2] != " " or not _lies_in(letter, stamps)]
            result += _by_letters(tangle, found, math.inf if stamps else PART)
    return [set_back(run) if run.turn else run for run in result]


def _lies_in(letter: Letter, runs: Sequence[Run]) -> bool:
    return any(run.x0 < (letter[0] + letter[1]) / 2 < run.x1 for run in runs)


def _overlapping(line: list[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = []
    end = -math.inf
    for run in sorted(line, key=attrgetter("x0")):
        if run.x0 < end - OVERLAP * run.size:
            groups[-1].append(run)
            end = max(end, run.x1)
        else:
            groups.append([run])
            end = run.x1
    return groups


def _drawn_twice(group: list[Run]) -> bool:
    """Whether one text is drawn again and again at nearly the same place, to look bold."""
    first = group[0]
    return group[-1].x0 - first.x0 < TWICE * first.size and all(run.text == first.text for run in group)


def _by_letters(tangle: list[Run], letters: list[Letter], far: float) -> list[Run]:
    main = max(tangle, key=lambda run: len(run.text))
    letters.sort()
    parts: list[list[Letter]] = []
    pen = -math.inf
    for letter in letters:
        if not parts or letter[0] - pen > far * main.size:
            parts.append([])
        parts[-1].append(letter)
        pen = letter[1]
    return [run_of(part, main) for part in parts]


def run_of(letters: Sequence[Letter], like: Run) -> Run:
    """Set letters side by side as one run; a gap wide enough is a blank."""
    gap = BLANK * like.size
    text: list[str] = []
    x0 = pen = letters[0][0]
    word = 0.0
    blank = False
    for left, right, letter in letters:
        if letter == " ":
            blank = True
            continue
        if not text:
            x0 = left
        elif blank or left - pen > gap:
            text.append(" ")
            word = word or pen - x0
        text.append(letter)
        pen = right
        blank = False
    return like._replace(text="".join(text), x0=x0, x1=pen, start=-1, end=-1, word=word or pen - x0)
