"""Which way up a page lies, and how much it is skewed: decided on its ink, before anything is read."""

from __future__ import annotations

from math import cos, radians, sin, tan
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extract.scan.ink import INK, ink_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.scan.picture import Pixels

LOOK_DPI = 120.0  # enough to see letters as letters
_TILE = 110  # pixels: a tile holds a few lines of one column
_TILE_INK = 0.015, 0.5  # part of a tile that is ink where there is text
_LONG = 40  # pixels: straight ink longer than this is a rule, not a letter
_MOST_SKEW = 7.0  # degrees
_STEPS = (0.5, 0.1, 0.02)
_AS_GOOD = 0.998  # angles that part rows as well as the best; the middle of them is taken
_MOST_POINTS = 40_000
_WORD = 9  # pixels that join letters to words
_LINE = (5, 40)  # pixels a line of text is high
_CORE = 0.45  # of the fullest row: a row with more is between baseline and the height of an x


class Posture(NamedTuple):
    """How a page lies: `turn` it so many degrees clockwise, then by `skew` (small, clockwise) to read it.

    `sure` is from 0 (it may as well stand on its head) to 1; `small` is the height of an x in points, 0 where
    there is no text.
    """

    turn: int
    skew: float
    sure: float
    small: float


def posture(grey: Pixels, dpi: float) -> Posture:
    """Find how a page lies."""
    scale = LOOK_DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.asarray(small, np.uint8), LOOK_DPI)
    letters = without_rules(ink)
    turn = 90 if lies_sideways(letters) else 0
    if turn:
        ink, letters = _turned(ink, 90), _turned(letters, 90)
    skew = skew_of(ink)
    lean, small_letters = lean_of(straightened(letters, skew))
    if lean < 0:
        turn += 180
    return Posture(turn, skew, min(abs(lean) * 4, 1.0), small_letters / LOOK_DPI * 72)


def without_rules(ink: Pixels) -> Pixels:
    """Take long straight ink away."""
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LONG), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_LONG, 1), np.uint8))
    return np.asarray(
        cv2.subtract(ink, cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))), np.uint8
    )


def lies_sideways(letters: Pixels) -> bool:
    """Tell whether lines of text run down the page: its ink then varies more from column to column."""
    height, width = (side // _TILE * _TILE for side in letters.shape)
    if not height or not width:
        return False
    tiles = (letters[:height, :width] > 0).reshape(height // _TILE, _TILE, width // _TILE, _TILE)
    rows = tiles.mean(axis=3).transpose(0, 2, 1).reshape(-1, _TILE)
    columns = tiles.mean(axis=1).reshape(-1, _TILE)
    inked = rows.mean(axis=1)
    texts = (inked > _TILE_INK[0]) & (inked < _TILE_INK[1])
    return bool(columns[texts].var(axis=1).sum() > rows[texts].var(axis=1).sum())


def skew_of(ink: Pixels) -> float:
    """Give the angle (degrees, clockwise) that lays the lines of text and the rules level."""
    edges = ink[1:] & ~ink[:-1]  # upper edges: sharper than the ink itself
    y, x = np.nonzero(edges)
    if len(y) == 0:
        return 0.0
    if len(y) > _MOST_POINTS:
        chosen = np.linspace(0, len(y) - 1, _MOST_POINTS).astype(np.int64)
        y, x = y[chosen], x[chosen]
    best, reach = 0.0, _MOST_SKEW
    for step in _STEPS:
        angles = np.arange(best - reach, best + reach + step / 2, step)
        levels = np.array([_level(x, y, angle) for angle in angles])
        best = float(angles[levels >= _AS_GOOD * levels.max()].mean())
        reach = step
    return best


def _level(x: NDArray[np.int64], y: NDArray[np.int64], angle: float) -> float:
    """Tell how well rows part ink from paper when the page is turned clockwise by an angle."""
    rows = np.bincount((y + x * tan(radians(angle)) + 4096).astype(np.int64)).astype(np.float64)
    return float((rows * rows).sum())


def lean_of(letters: Pixels) -> tuple[float, float]:
    """Tell by how much more ink stands over the small letters of level lines than hangs below (-1 to 1).

    Vietnamese has its marks, capitals and most long letters above; a page on its head has them below. The
    second value is how high the small letters are, in pixels.
    """
    words = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, _WORD), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(words)
    above = below = high = wide = 0.0
    for x, y, width, height, _ in stats[1:count].tolist():
        if not (_LINE[0] <= height <= _LINE[1] and width >= 2 * height):
            continue
        profile = letters[y : y + height, x : x + width].sum(axis=1, dtype=np.int64) / INK
        core = np.nonzero(profile >= _CORE * profile.max())[0]
        above += float(profile[: core[0]].sum())
        below += float(profile[core[-1] + 1 :].sum())
        high += float(core[-1] - core[0] + 1) * width
        wide += width
    if not wide:
        return 0.0, 0.0
    return (above - below) / (above + below) if above + below else 0.0, high / wide


def _turned(pixels: Pixels, clockwise: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -clockwise // 90))


def straightened(pixels: Pixels, skew: float, scale: float = 1.0, turn: int = 0, paper: int = 0) -> Pixels:
    """Turn pixels clockwise by `turn` (a multiple of 90) and `skew`, and scale them, all in one drawing."""
    height, width = pixels.shape[:2]
    angle = radians(turn + skew)
    across, down = (height, width) if turn % 180 else (width, height)
    wide, high = round(across * scale), round(down * scale)
    c, s = cos(angle) * scale, sin(angle) * scale
    matrix = np.array([
        [c, -s, wide / 2 - c * width / 2 + s * height / 2],
        [s, c, high / 2 - s * width / 2 - c * height / 2],
    ])  # fmt: skip
    interpolation = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    drawn = cv2.warpAffine(pixels, matrix, (wide, high), flags=interpolation, borderValue=(paper,))
    return np.asarray(drawn, np.uint8)
