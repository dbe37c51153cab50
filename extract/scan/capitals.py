"""Capitals told from small letters of the same shape by their height: "SỞ" at the end of "Thanh tra Sở"."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from extract.scan.sheet import Members, Sheet
    from extract.scan.textlines import TextLine

_SAME_SHAPE = frozenset("cosuvwxz")
# Heights of an x: letters from the baseline up, marks that touch them not counted.
_SMALL, _CAPITAL = 1.12, 1.3
_LONGEST = 4  # letters; longer words are read in the right case by their other letters
_ON_LINE, _LETTER = 0.25, 0.7


def heights_of(sheet: Sheet, line: TextLine, members: Members) -> list[float]:
    """Give how high the letters of a word are, in heights of an x, from left to right."""
    parts = sheet.parts
    high = (line.baseline - parts.top[members]) / line.letter
    stands = np.abs(parts.bottom[members] - line.baseline) <= _ON_LINE * line.letter
    letters = members[stands & (high >= _LETTER)]
    order = np.argsort(parts.left[letters], kind="stable")
    return [float(height) for height in ((line.baseline - parts.top[letters]) / line.letter)[order]]


def in_case(text: str, heights: list[float]) -> str:
    """Give a word with those letters in the other case whose height says so; only where every letter was found."""
    core = text.rstrip(".,;:)")
    if not core.isalpha() or len(core) != len(heights) or len(core) > _LONGEST:
        return text
    cased = [_cased(letter, height) for letter, height in zip(core, heights, strict=True)]
    return "".join(cased) + text[len(core) :]


def _cased(letter: str, height: float) -> str:
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    if bare not in _SAME_SHAPE or not height:
        return letter
    if height < _SMALL:
        return letter.lower()
    return letter.upper() if height > _CAPITAL and letter == bare else letter
