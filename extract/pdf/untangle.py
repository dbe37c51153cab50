"""Runs drawn over each other on one line, put in the order of their letters.

A typesetter that lacks some letters in a font draws "Th c hi n" in one font and "ự ệ" in another, each in one
go (LibreOffice with Liberation Serif does so with most Vietnamese words). The text of such runs only makes
sense letter by letter.
"""

from __future__ import annotations

import math
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.pdf.content import Run
    from extract.pdf.runs import Letter

    Letters: TypeAlias = Callable[[Run], list[Letter]]

OVERLAP = 0.3  # of the letter size: kerning and slanted letters overlap less
BLANK = 0.12  # of the letter size: a gap in which a blank stood (pdfium drops real ones beside its own)
PART = 0.7  # of the letter size: a gap at which the mended line is parted again


def untangle(runs: Sequence[Run], letters: Letters) -> list[Run]:
    """Replace runs that overlap on one baseline by runs that do not."""
    lines: dict[tuple[float, int], list[Run]] = {}
    for run in runs:
        lines.setdefault((round(run.baseline, 1), run.turn), []).append(run)
    result: list[Run] = []
    for (_, turn), line in lines.items():
        if len(line) > 1 and turn == 0:
            result += _mended(sorted(line, key=attrgetter("x0")), letters)
        else:
            result += line
    return result


def _mended(line: list[Run], letters: Letters) -> list[Run]:
    result: list[Run] = []
    tangle: list[Run] = []
    end = float("-inf")
    for run in line:
        if tangle and run.x0 < end - OVERLAP * run.size:
            tangle.append(run)
        else:
            result += _by_letters(tangle, letters) if len(tangle) > 1 else tangle
            tangle = [run]
            end = float("-inf")
        end = max(end, run.x1)
    return result + (_by_letters(tangle, letters) if len(tangle) > 1 else tangle)


def _by_letters(tangle: list[Run], letters: Letters) -> list[Run]:
    main = max(tangle, key=lambda run: len(run.text))
    shift = max(run.x0 for run in tangle) - min(run.x0 for run in tangle)
    if shift < 0.1 * main.size and all(run.text == main.text for run in tangle):
        return [main]  # a bold face made by drawing twice
    every = sorted(letter for run in tangle for letter in letters(run))
    parts: list[list[Letter]] = []
    pen = -math.inf
    far = PART * main.size
    for letter in every:
        if letter[0] - pen > far:
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
