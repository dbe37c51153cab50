"""What recognition does badly, done by shape: dust, dashes, numerals, lines it was unsure of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import regex

from extract.scan.engine import Box, Word
from extract.scan.recognised import confidence
from extract.scan.repair import repair, repair_before
from extract.scan.roman import looks_like_numeral, numeral, word_ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.scan.engine import Engine
    from extract.scan.picture import Pixels
    from extract.scan.sheet import Sheet

# A word of nothing but these is dust or a bit of a rule: in Vietnamese they stand close behind a word.
_DUST = regex.compile(r"[.,;:'‘’`´\"“”_|~^°¨*•·¡!ˆ˜¬⁄¿]+")
_FRINGE = regex.compile(r"^[_|~^ˆ˜¬`´]+|[_|~^ˆ˜¬`´]+$")
# A quotation mark that stands alone in its cell, a stop in front of a word (".đơn"): dust beside a letter.
_QUOTES = "'‘’`´\""
_STOP_BEFORE = regex.compile(r"^[.,:;](?=\p{Ll})")
_DASH_LONG, _DASH_HIGH = (2.0, 14.0), 2.6  # points
_DASH_ROOM = 22.0  # points: a dash and the paper left around it
_UNSURE = 0.62  # a line read with less is read once more
_DASHES = ("-", "–", "—", "+")
_LEAST_LETTER, _LEAST_SIGN = 2.4, 4.0  # points
_CONTEXT = 3  # words
_NUMERAL_SURE = 0.9


def dash_of(sheet: Sheet, box: Box) -> Word | None:
    """Give the dash that a cell holds alone: the engine takes it for dust."""
    if box.x1 - box.x0 > _DASH_ROOM * sheet.point:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(sheet.ink[box.top : box.bottom, box.x0 : box.x1])
    if count != 2:
        return None
    x, y, width, height, _ = stats[1].tolist()
    point = sheet.point
    if not (
        _DASH_LONG[0] <= width / point <= _DASH_LONG[1] and height <= min(_DASH_HIGH * point, 0.6 * width)
    ):
        return None
    x0, top = box.x0 + x, box.top + y
    return Word("-", x0, top, x0 + width, top + height, _NUMERAL_SURE, True, float(top + height))


def read_again(sheet: Sheet, found: list[list[Word]], reader: Engine) -> list[list[Word]]:
    """Read the lines once more that were read badly, each behind the words before it.

    A line of capitals alone ("CCVC.") is taken for small letters, since nothing beside it shows their height.
    """
    doubtful = [index for index, line in enumerate(found) if confidence(line) < _UNSURE]
    if not doubtful or len(doubtful) > len(found) / 2 + 1:
        return found  # none, or no text at all (a stamp, a drawing)
    lines = list(found)
    for index in doubtful:
        before = found[index - 1][-_CONTEXT:] if index and index - 1 not in doubtful else []
        again = _behind(sheet, before, lines[index], reader)
        if again and confidence(again) > confidence(lines[index]):
            lines[index] = again
    reader.show(sheet.grey, sheet.dpi)
    return lines


def _behind(sheet: Sheet, before: Sequence[Word], line: Sequence[Word], reader: Engine) -> list[Word]:
    """Read a line that stands in one strip with some words before it, on one baseline."""
    margin = round(2 * sheet.point)
    gap = round(4 * sheet.point)
    boxes = [_around(words) for words in (before, line) if words]
    rises = [
        round(words[0].baseline) - box.top for words, box in zip((before or line, line), boxes, strict=False)
    ]
    rise = max(rises) + margin
    fall = max(box.bottom - box.top - up for box, up in zip(boxes, rises, strict=True)) + margin
    width = sum(box.x1 - box.x0 + gap for box in boxes) + gap
    strip = np.full((rise + fall, width), 255, np.uint8)
    x = gap
    for box, up in zip(boxes, rises, strict=True):
        part = sheet.grey[box.top : box.bottom, box.x0 : box.x1]
        strip[rise - up : rise - up + part.shape[0], x : x + part.shape[1]] = part
        start = x
        x += part.shape[1] + gap
    box, aside, down = boxes[-1], boxes[-1].x0 - start, boxes[-1].top - (rise - rises[-1])
    return [
        word._replace(
            x0=word.x0 + aside, x1=word.x1 + aside, top=word.top + down, bottom=word.bottom + down,
            baseline=line[0].baseline, begins_line=index == 0,
        )
        for index, word in enumerate(w for w in reader.read_strip(strip, sheet.dpi) if w.x1 > start + gap / 2)
        if word.x0 + aside >= box.x0 - gap
    ]  # fmt: skip


def _around(words: Sequence[Word]) -> Box:
    return Box(
        max(min(word.x0 for word in words) - 1, 0), max(min(word.top for word in words) - 1, 0),
        max(word.x1 for word in words) + 1, max(word.bottom for word in words) + 1,
    )  # fmt: skip


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
        if not text or _is_dust(sheet, word, text):
            continue
        shown = numeral(text, word_ink(_ink(sheet, word))) if looks_like_numeral(text) else None
        if shown is not None:
            word = word._replace(confidence=max(word.confidence, _NUMERAL_SURE))  # noqa: PLW2901 - the word mended
        kept.append(word._replace(text=shown or text, begins_line=begins))
        begins = False
    return kept


def repaired(words: Sequence[Word]) -> list[Word]:
    """Give the words, those that can be nothing else put right."""
    following = [word.text for word in words[1:]] + [""] * bool(words)
    return [
        word._replace(text=repair(word.text) or repair_before(word.text, after) or word.text)
        for word, after in zip(words, following, strict=True)
    ]


def _unpaired(text: str, everything: str) -> str:
    """Take a quotation mark off a word if none in the text closes it: "“Trước" is how a T begins here."""
    if text.startswith("“") and "”" not in everything and '"' not in everything:
        text = text[1:]
    if text.endswith("”") and "“" not in everything:
        text = text[:-1]
    return text


def _is_dust(sheet: Sheet, word: Word, text: str) -> bool:
    """Tell whether a word is smaller than any letter, or a sign the engine hardly believes in."""
    rows, columns = (np.nonzero(_ink(sheet, word).any(axis=axis))[0] for axis in (1, 0))
    if not len(rows):
        return True
    high, wide = (
        (int(rows[-1] - rows[0]) + 1) / sheet.point,
        (int(columns[-1] - columns[0]) + 1) / sheet.point,
    )
    if text in _DASHES:
        return wide < _DASH_LONG[0] / 2
    if max(high, wide) < _LEAST_LETTER:
        return True
    return bool(_DUST.fullmatch(text)) and (high < _LEAST_SIGN or word.confidence < _UNSURE)


def _ink(sheet: Sheet, word: Word) -> Pixels:
    return sheet.ink[word.top : word.bottom, word.x0 : word.x1]
