"""The column of running numbers: figures and numerals are read in a pass of their own where the first is unsure.

Read as words, a lone "2" becomes "z" and "25" becomes "Mà".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import regex

from extract.scan.engine import Box, Word, label_engine
from extract.scan.roman import has_serifs, numeral, strokes, word_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.scan.sheet import Members, Sheet

_LABEL = regex.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[IVX]{1,5}|[A-EĐa-eđ])[.)]?")
_ONES, _ONE = regex.compile(r"[1Il|]{1,3}[.)]?"), regex.compile(r"[1Il|]")
_FIGURES = "0123456789IVX."
_SURE = 0.85  # figures read with less are read again
_SURE_WORDS = 0.8  # two letters or more read so surely are a heading ("STT"), not a number
_ENOUGH = 0.6  # what the second pass must reach
_WIDEST = 5.0  # times its height: a label of four figures
_MOST_ONES = 3
_TALL, _FOOT, _STOP = 0.5, 0.12, 0.1  # of the highest part: figures; how far off their foot stops end; stops
_MARGIN = 12  # pixels of paper


def doubtful(words: Sequence[Word]) -> bool:
    """Tell whether what was read in a column of labels had better be read again."""
    text = " ".join(word.text for word in words)
    sure = min((word.confidence for word in words), default=0.0)
    if _LABEL.fullmatch(text):
        return sure < _SURE and not text.isalpha()
    letters = sum(letter.isalpha() for letter in text)
    return not (letters >= 2 and sure >= _SURE_WORDS) and len(text) <= 6


def settle(sheet: Sheet, words: list[Word]) -> list[Word]:
    """Tell I from 1 by the shape of its head, in a cell that holds nothing else."""
    if len(words) != 1 or not _ONES.fullmatch(words[0].text):
        return words
    word = words[0]
    ink = word_ink(sheet.ink[word.top : word.bottom, word.x0 : word.x1])
    sign = "I" if has_serifs(ink) else "1"
    return [word._replace(text=_ONE.sub(sign, word.text))]


def read(sheet: Sheet, members: Members, words: list[Word]) -> list[Word]:
    """Read a cell as figures; what was read stands where that is no better."""
    parts = sheet.parts
    high = parts.height[members]
    tall_ones = members[high >= _TALL * high.max()]  # without dust and the neighbours' feet
    foot = parts.bottom[tall_ones].max()
    stops = (np.abs(parts.bottom[members] - foot) <= _FOOT * high.max()) & (high >= _STOP * high.max())
    members = members[(high >= _TALL * high.max()) | stops]
    box = Box(
        int(parts.left[members].min()), int(parts.top[members].min()),
        int(parts.right[members].max()), int(parts.bottom[members].max()),
    )  # fmt: skip
    if box.x1 - box.x0 > _WIDEST * (box.bottom - box.top):
        return words
    place = slice(box.top, box.bottom), slice(box.x0, box.x1)
    tall = np.where(np.isin(parts.labels[place], members), 255, 0).astype(np.uint8)
    near = cv2.dilate(tall, np.ones((5, 5), np.uint8))
    clean = np.where(near > 0, sheet.grey[place], 255).astype(np.uint8)
    clean = np.pad(clean, _MARGIN, constant_values=255)
    text, sure = label_engine().read_label(clean, sheet.dpi, _FIGURES)
    text = numeral(text, word_ink(tall)) or text
    if not _LABEL.fullmatch(text) or sure < _ENOUGH:
        bare = strokes(word_ink(tall))
        if bare is None or bare.behind or bare.ones > _MOST_ONES:
            return words
        text, sure = ("I" if has_serifs(tall) else "1") * bare.ones, _ENOUGH
    return [Word(text, box.x0, box.top, box.x1, box.bottom, sure, True, float(box.bottom))]
