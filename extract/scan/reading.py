"""Lines of a sheet to words, each with the box of its own ink."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extract.scan.capitals import heights_of, in_case
from extract.scan.engine import Word
from extract.scan.textlines import find_lines, strip_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.scan.engine import Engine, Seen
    from extract.scan.sheet import Members, Sheet
    from extract.scan.textlines import TextLine

_TOUCHING = 0.5  # part of a word that lies over ink of its neighbours' (an underlined line is one part)
_WIDE = 4.0  # a pixel of white outweighs so many pixels of distance from the engine's guess


class Line(NamedTuple):
    """A line of text and its words from left to right."""

    line: TextLine
    words: list[Word]


def read_lines(sheet: Sheet, members: Members, reader: Engine) -> list[Line]:
    """Read the lines that some parts of one column make, each alone."""
    return [Line(line, read_line(sheet, line, reader)) for line in find_lines(sheet, members)]


def read_line(sheet: Sheet, line: TextLine, reader: Engine) -> list[Word]:
    """Read one line; a word without ink of its own is none."""
    strip = strip_of(sheet, line)
    seen = [
        found._replace(x0=found.x0 + strip.x0, x1=found.x1 + strip.x0)
        for found in reader.read_line(strip.pixels, sheet.dpi)
    ]
    if not seen:
        return []
    parts = sheet.parts
    left, right = parts.left[line.members], parts.right[line.members]
    starts = _starts(left, right, [found.x0 for found in seen])
    owner = np.searchsorted(starts, (left + right) / 2, side="right") - 1
    shouted = sum(found.text.isupper() for found in seen) > len(seen) / 2  # a heading in capitals
    words: list[Word] = []
    for number, found in enumerate(seen):
        own = line.members[owner == number]
        if len(own):
            x0, x1 = int(parts.left[own].min()), int(parts.right[own].max())
            top, bottom = int(parts.top[own].min()), int(parts.bottom[own].max())
        elif _TOUCHING * (found.x1 - found.x0) <= _covered(left, right, found):
            x0, x1 = found.x0, found.x1
            top, bottom = round(line.baseline - line.letter), round(line.baseline)
        else:
            continue
        text = found.text
        if len(own) and not (shouted and len(seen) > 1):
            text = in_case(text, heights_of(sheet, line, own))
        words.append(Word(text, x0, top, x1, bottom, found.confidence, not words, line.baseline))
    return words


def _starts(left: NDArray[np.int32], right: NDArray[np.int32], guessed: list[int]) -> NDArray[np.float64]:
    """Give where words begin: in the white of the line that is wide and near the engine's guess.

    Its guesses may lie some letters off ("phòng" over 70 to 207, "Sở" behind it over 172 to 211).
    """
    order = np.argsort(left, kind="stable")
    reached = np.maximum.accumulate(right[order])[:-1]
    ends = left[order][1:]
    white = ends - reached
    ends, white = ends[white > 0], white[white > 0]
    middles = ends - white / 2
    starts = [-np.inf]
    for guess in guessed[1:]:
        free = middles > starts[-1]
        if not free.any():
            starts.append(float(guess))
            continue
        cost = np.where(free, np.abs(ends - guess) - _WIDE * white, np.inf)
        chosen = int(cost.argmin())
        starts.append(float(middles[chosen]))
    return np.maximum.accumulate(np.array(starts))


def _covered(left: NDArray[np.int32], right: NDArray[np.int32], found: Seen) -> float:
    """Give how much of a word's width lies over one part of the line."""
    return float((np.minimum(right, found.x1) - np.maximum(left, found.x0)).max(initial=0))
