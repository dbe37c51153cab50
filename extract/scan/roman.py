"""Roman numerals by their strokes: engines read "II" as "H", "III" as "IH" or "II", "VI" as "VỊ".

In "Quý III/2020" that is a deadline half a year off, read with high confidence; so the upright strokes are
counted in the ink itself.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
import regex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.scan.picture import Pixels

# What engines make of one to three I, alone or behind a V.
_STROKES = regex.compile(
    r"(?P<before>[(\[“]?)(?P<five>V?)(?P<ones>[IHhTLÏlJj1|!\]i]{0,5})(?P<after>(?:[/Zz7]20\d\d)?[.,;:)]*)"
)
_FOUR = regex.compile(r"[IiÏïl1|]V((?:/\d{4})?[.,;:)]*)")
_BRACKETED = regex.compile(r"[DÐ]([.,;:]*)")  # "(Quý I);" becomes "(Quý D;"
_ELEVEN = regex.compile(r"[1Il]{1,3}((?:/\d{4})?[.,;:)]*)")
_MARKS = regex.compile(r"[\u0300-\u036f\u0323]")
_SLASHES = ("/", "Z", "z", "7")  # what a slash before a year is read as
_MIDDLE = 0.22, 0.78  # of the height of a numeral: between the feet and the heads of its strokes
_THICKEST = 0.42  # of the height, in bold type
_FULL = 0.92  # part of the middle that an upright stroke fills
_STEP = 0.75  # of the height: the next stroke of one numeral is not farther away
_LEAN = 0.06  # of the height by which the halves of a slash are apart
_MOST_ONES = 3
_HEAD, _REACH = 0.14, 0.04  # of the height: how far down a head goes, how far it reaches out


def looks_like_numeral(text: str) -> bool:
    """Tell whether a word is worth a look at its strokes."""
    bare = _bare(text)
    return any(shape.fullmatch(bare) for shape in (_FOUR, _STROKES, _BRACKETED))


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


def quarter(text: str, ink: Pixels) -> str | None:
    """Give the numeral of I behind the word "Quý" that was read as figures: there is no quarter 11."""
    match = _ELEVEN.fullmatch(text)
    found = strokes(ink) if match else None
    if match is None or found is None or not 1 <= found.ones <= _MOST_ONES:
        return None
    if found.ones == 1 and not has_serifs(ink):
        return None
    return f"{'I' * found.ones}{match[1]}"


def numeral(text: str, ink: Pixels) -> str | None:
    """Give the numeral that a word shows, what stands around it kept; None where it is no numeral of I and V."""
    bare = _bare(text)
    four = _FOUR.fullmatch(bare)
    if four:
        return f"IV{four[1]}"
    bracketed = _BRACKETED.fullmatch(bare)
    if bracketed:
        apart = len(_runs(np.asarray(ink.any(axis=0), np.uint8))) > 1 + len(bracketed[1])
        return f"I){bracketed[1]}" if apart and strokes(ink) else None
    match = _STROKES.fullmatch(bare)
    if not match or not (match["five"] or match["ones"]) or set(match["ones"]) == {"1"}:
        return None
    if not match["five"] and set(match["ones"]) <= set("TLhj"):
        return None  # "TT" is the heading of a column
    found = strokes(ink, five=bool(match["five"]))
    if found is None:
        return None
    ones = found.ones
    if match["after"].startswith(_SLASHES) and ones == len(match["ones"]) + 1:
        ones -= 1  # a slash that hardly leans
    if ")" in match["after"] and not found.behind:
        ones -= 1  # the bracket is as upright as a stroke
    elif found.behind and not match["after"].startswith((*_SLASHES, ")")):
        return None
    if not 0 <= ones <= _MOST_ONES or not (ones or match["five"]):
        return None
    after = f"/{match['after'][1:]}" if match["after"].startswith(_SLASHES) else match["after"]
    return f"{match['before']}{match['five']}{'I' * ones}{after}"


class Strokes(NamedTuple):
    """How many upright strokes a word begins with, and how much stands behind them ("/2020")."""

    ones: int
    behind: int


def strokes(ink: Pixels, *, five: bool = False) -> Strokes | None:
    """Count the upright strokes with which a word begins (after its V); None where it begins otherwise."""
    rows = np.nonzero(ink.any(axis=1))[0]
    if not len(rows):
        return None
    height = int(rows[-1] - rows[0] + 1)
    band = ink[rows[0] + int(_MIDDLE[0] * height) : rows[0] + int(_MIDDLE[1] * height) + 1] > 0
    runs = _runs(np.asarray(band.mean(axis=0) >= _FULL, np.uint8))
    parts = _runs(np.asarray(band.any(axis=0), np.uint8))
    if five:
        del parts[:1]
        while parts and not any(part_of(run, parts[0]) for run in runs):
            del parts[0]  # the second stroke of a V without serifs
    count, end = 0, None
    for part in parts:
        slim = part[1] - part[0] <= _THICKEST * height
        near = end is None or part[0] - end <= _STEP * height
        if not (slim and near and any(part_of(run, part) for run in runs)) or _leans(band, part, height):
            break
        count, end = count + 1, part[1]
    return Strokes(count, len(parts) - count) if count or five else None


def _leans(band: NDArray[np.bool_], part: tuple[int, int], height: int) -> bool:
    """Tell a slash from an upright stroke: its upper half stands more to the right."""
    stroke = band[:, part[0] : part[1]]
    half = len(stroke) // 2
    upper, lower = (np.nonzero(side)[1] for side in (stroke[:half], stroke[half:]))
    return bool(len(upper) and len(lower)) and float(upper.mean() - lower.mean()) > _LEAN * height


def part_of(run: tuple[int, int], part: tuple[int, int]) -> bool:
    """Tell whether a stretch lies within another."""
    return part[0] <= run[0] and run[1] <= part[1]


def _runs(line: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Give where the stretches of ones begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line, [0])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def has_serifs(ink: Pixels) -> bool:
    """Tell an I from a 1: the head of the first stroke reaches out on its right side too, or on neither side."""
    rows = np.nonzero(ink.any(axis=1))[0]
    if not len(rows):
        return False
    height = int(rows[-1] - rows[0] + 1)
    middle = ink[rows[0] + int(_MIDDLE[0] * height) : rows[0] + int(_MIDDLE[1] * height) + 1] > 0
    stems = _runs(np.asarray(middle.mean(axis=0) >= _FULL, np.uint8))
    if not stems:
        return False
    left, right = stems[0]
    top = ink[rows[0] : rows[0] + max(int(_HEAD * height), 1)] > 0
    heads = _runs(np.asarray(top.any(axis=0), np.uint8))
    over = next((head for head in heads if head[0] < right and head[1] > left), (left, right))
    return over[1] - right >= _REACH * height or left - over[0] < _REACH * height


def word_ink(ink: Pixels) -> Pixels:
    """Give the ink of a word without the dust and the neighbours at its edges."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    if count < 2:
        return ink
    tall = stats[1:, cv2.CC_STAT_HEIGHT].max() * 0.5
    keep = np.zeros(count, np.uint8)
    keep[1:] = np.where(stats[1:, cv2.CC_STAT_HEIGHT] >= tall, 255, 0)
    return np.asarray(keep[labels], np.uint8)
