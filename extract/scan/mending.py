"""What recognition does badly, done by shape: dust, dashes, numerals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex

from extract.scan.context import apart, meant
from extract.scan.engine import Box, Word
from extract.scan.repair import repair, repair_before
from extract.scan.roman import looks_like_numeral, numeral, quarter, word_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.scan.picture import Pixels
    from extract.scan.sheet import Members, Sheet

# A word of nothing but these is dust or a bit of a rule: in Vietnamese they stand close behind a word.
_DUST = regex.compile(r"[.,;:'‘’`´\"“”_|~^°¨*•·¡!ˆ˜¬⁄¿]+")
_FRINGE = regex.compile(r"^[_|~^ˆ˜¬`´]+|[_|~^ˆ˜¬`´]+$")
# A quotation mark that stands alone in its cell, a stop in front of a word (".đơn"): dust beside a letter.
_QUOTES = "'‘’`´\""
_STOP_BEFORE = regex.compile(r"^[.,:;](?=\p{Ll})")
_DASH_LONG, _DASH_HIGH = (2.0, 14.0), 2.6  # points
_UNSURE = 0.62  # a sign read with less is dust
_DASHES = ("-", "–", "—", "+")
_LEAST_LETTER, _LEAST_SIGN = 2.4, 4.0  # points
_NUMERAL_SURE = 0.9
_LEAST_DASH, _DASH_FLAT = 1.7, 0.8  # points; its height by its length
_QUARTER = "quý"
_STOP_ROOM, _STOP_HIGH = 0.8, 0.5  # heights of an x: a stop stands so near the end and is so low


def dash_of(sheet: Sheet, members: Members) -> Word | None:
    """Give the dash that a cell holds alone: the engine takes it for dust."""
    if len(members) != 1:
        return None
    parts, part = sheet.parts, int(members[0])
    x0, top, x1, bottom = (int(side[part]) for side in (parts.left, parts.top, parts.right, parts.bottom))
    wide, high = (x1 - x0) / sheet.point, (bottom - top) / sheet.point
    if not (_DASH_LONG[0] <= wide <= _DASH_LONG[1] and high <= min(_DASH_HIGH, 0.6 * wide)):
        return None
    return Word("-", x0, top, x1, bottom, _NUMERAL_SURE, True, float(bottom))


def mend(sheet: Sheet, words: Sequence[Word]) -> list[Word]:
    """Take dust out of words and read numerals by their strokes."""
    everything = " ".join(word.text for word in words)
    paired = {mark for mark in _QUOTES if sum(word.text.count(mark) for word in words) > 1}
    kept: list[Word] = []
    begins = False
    for word in words:
        begins |= word.begins_line
        text = _FRINGE.sub("", word.text)
        text = _STOP_BEFORE.sub("", text)
        if len(text) > 1:
            text = _unpaired(text, everything)
            text = text.strip("".join(mark for mark in _QUOTES if mark not in paired))
        if len(text) > 2 and text[-1] in ".," and text[-2].isalpha():
            text = _without_phantom(sheet, word, text)
        if not text or _is_dust(sheet, word, text):
            continue
        shown = _numeral(sheet, word, text, kept[-1].text if kept else "")
        if shown is not None:
            word = word._replace(confidence=max(word.confidence, _NUMERAL_SURE))  # noqa: PLW2901 - the word mended
        kept.append(word._replace(text=shown or text, begins_line=begins))
        begins = False
    return kept


def repaired(words: Sequence[Word]) -> list[Word]:
    """Give the words, those that can be nothing else put right."""
    texts = [word.text for word in words]
    for index, word in enumerate(words):
        before = texts[index - 1] if index else ""
        after = texts[index + 1] if index + 1 < len(texts) else ""
        now = repair(word.text) or apart(word.text) or word.text
        texts[index] = repair_before(now, after) or meant(before, now, after, word.confidence) or now
    return [word._replace(text=text) for word, text in zip(words, texts, strict=True)]


def _numeral(sheet: Sheet, word: Word, text: str, before: str) -> str | None:
    """Give the Roman numeral that a word shows, None where it is none."""
    if before.lower() == _QUARTER and (found := quarter(text, word_ink(_ink(sheet, word)))):
        return found
    return numeral(text, word_ink(_ink(sheet, word))) if looks_like_numeral(text) else None


def _unpaired(text: str, everything: str) -> str:
    """Take a quotation mark off a word if none in the text closes it: "“Trước" is how a T begins here."""
    if text.startswith("“") and "”" not in everything and '"' not in everything:
        text = text[1:]
    if text.endswith("”") and "“" not in everything:
        text = text[:-1]
    return text


def _without_phantom(sheet: Sheet, word: Word, text: str) -> str:
    """Take off a stop that has no ink: the engine likes to end a line with one."""
    parts, letter = sheet.parts, sheet.letter
    members = sheet.within(Box(word.x0, word.top, word.x1 + 1, word.bottom + 1))
    behind = parts.left[members] > word.x1 - _STOP_ROOM * letter
    low = parts.top[members] > word.baseline - _STOP_HIGH * letter
    return text if (behind & low).any() else text[:-1]


def _is_dust(sheet: Sheet, word: Word, text: str) -> bool:
    """Tell whether a word is smaller than any letter, or a sign the engine hardly believes in."""
    rows, columns = (np.nonzero(_ink(sheet, word).any(axis=axis))[0] for axis in (1, 0))
    if not len(rows):
        return True
    high, wide = (
        (int(rows[-1] - rows[0]) + 1) / sheet.point,
        (int(columns[-1] - columns[0]) + 1) / sheet.point,
    )
    if text in _DASHES[:-1]:
        return wide < _LEAST_DASH or high > _DASH_FLAT * wide
    if max(high, wide) < _LEAST_LETTER:
        return True
    return bool(_DUST.fullmatch(text)) and (high < _LEAST_SIGN or word.confidence < _UNSURE)


def _ink(sheet: Sheet, word: Word) -> Pixels:
    return sheet.ink[word.top : word.bottom, word.x0 : word.x1]
