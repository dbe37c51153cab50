"""Runs drawn over each other on one line, put in the order of their letters.

A typesetter that lacks some letters in a font draws "Th c hi n" in one font and "ự ệ" in another, each in one
go (LibreOffice with Liberation Serif does so with most Vietnamese words). The text of such runs only makes
sense letter by letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extract.document import BBox
    from extract.pdf.content import Run

OVERLAP = 0.3  # of the letter size: kerning and slanted letters overlap less
THIN = 0.01  # points
BLANK = 0.12  # of the letter size: a gap in which a blank stood (pdfium drops real ones beside its own)
PART = 0.7  # of the letter size: a gap at which the mended line is parted again


def untangle(runs: Sequence[Run], letters: Callable[[Run], list[tuple[str, BBox]]]) -> list[Run]:
    """Replace runs that overlap on one baseline by runs that do not."""
    lines: dict[tuple[float, int], list[Run]] = {}
    for run in runs:
        lines.setdefault((round(run.baseline, 1), run.turn), []).append(run)
    result: list[Run] = []
    for (_, turn), line in lines.items():
        if len(line) > 1 and turn == 0:
            result += _mended(sorted(line, key=lambda run: run.x0), letters)
        else:
            result += line
    return result


def _mended(line: list[Run], letters: Callable[[Run], list[tuple[str, BBox]]]) -> list[Run]:
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


def _by_letters(tangle: list[Run], letters: Callable[[Run], list[tuple[str, BBox]]]) -> list[Run]:
    main = max(tangle, key=lambda run: len(run.text))
    shift = max(run.x0 for run in tangle) - min(run.x0 for run in tangle)
    if shift < 0.1 * main.size and all(run.text == main.text for run in tangle):
        return [main]  # a bold face made by drawing twice
    every = sorted(
        (box[0], box[2], letter)
        for run in tangle
        for letter, box in letters(run)
        if box[2] - box[0] > THIN  # the blanks that pdfium makes up have no width
    )
    result: list[Run] = []
    part: list[tuple[float, float, str]] = []
    for letter in every:
        if part and letter[0] - part[-1][1] > PART * main.size:
            result.append(_run_of(part, main))
            part = []
        part.append(letter)
    return [*result, _run_of(part, main)] if part else result


def _run_of(letters: list[tuple[float, float, str]], like: Run) -> Run:
    """Set letters (left, right, letter) side by side as one run."""
    text: list[str] = []
    x0 = pen = ink = letters[0][0]
    word: float | None = None
    for left, right, letter in letters:
        if left - pen > BLANK * like.size and letter != " " and text[-1:] != [" "]:
            text.append(" ")
        if word is None and text[-1:] == [" "]:
            word = ink - x0
        text.append(letter)
        pen = max(pen, right)
        ink = pen if letter != " " else ink
    return like._replace(
        text="".join(text), x0=x0, x1=ink, start=-1, end=-1, word=ink - x0 if word is None else word
    )
