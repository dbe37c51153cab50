"""Ruling lines in the picture of a straightened page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.pdf.content import Ruling, Rulings
from extract.pdf.lattice import grids
from extract.scan.ink import INK, contrast_of, ink_of, noise_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.lattice import Grid
    from extract.scan.picture import Pixels

LOOK_DPI = 150.0
_POINT = LOOK_DPI / 72  # pixels
# Points: straight ink this long may be part of a rule. Down, rows of one small line have 10; what is shorter
# than `_SHORTEST_DOWN` must stand between two level rules (a letter does not).
_PART_ACROSS, _PART_DOWN = 12.0, 8.0
_MEETS = 1.2  # points
# Points: wider than the joined bars of "TTT" in a title, higher than the strokes of its capitals.
_SHORTEST_ACROSS, _SHORTEST_DOWN = 28.0, 13.0
_NEAR = 3.0  # points between a rule and the line of a grid that it draws
_THICKEST = 4.0  # points
_ASLANT = 0.03  # of its length by which a rule may rise on a sheet that did not lie flat
_FAINTEST, _ABOVE_NOISE = 12.0, 2.5  # grey levels by which a rule is darker than the paper beside it
_THROUGH = 0.1  # of the contrast of the print: rules of the back, seen through the paper, are fainter
_ITSELF = 0.5  # of that, each pixel
_ALONG = 2.0  # points along a rule that are taken together
_BREAK = (
    7.0  # points: a hole in a faint or worn rule; larger ones are judged field by field (extract.pdf.lattice)
)
_IN_LINE = 0.8  # points by which a doubtful part may lie off the rule that it goes on with
_APART = 1.5  # points: parts of one rule may lie so far off each other
_EDGE = 3.0  # points from the edge of the sheet: its own shadow
_CERTAIN = 90.0  # points: the feet of no word reach so far
_STRIP = 2.0  # points on either side in which the ink of a rule lies
_ERASED = 7.0  # points of straight ink that are erased
# Part of a stretch (more where it may be the stem of a letter), points of straight ink, pixels off the line.
_WORN, _WORN_UPRIGHT, _WORN_PART, _WORN_OFF = 0.55, 0.75, 6.0, 2
_BESIDE = 1.4  # points from a rule there is paper, from the foot of a row of letters there is not
_BESIDE_INK = 0.35  # part of that which may be ink


def find_rules(grey: Pixels, dpi: float) -> Rulings:
    """Find the straight lines, level and upright, thin and long, in points; broken ones are one."""
    scale = LOOK_DPI / dpi
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    turned = np.ascontiguousarray(small.T)
    ink = ink_of(small, LOOK_DPI)
    least = max(_FAINTEST + _ABOVE_NOISE * noise_of(small), _THROUGH * contrast_of(small))
    across: Pixels = np.bitwise_or(ink, _thin(small, least))
    down = _thin(turned, least)
    level = [r for r in _lines(across, _PART_ACROSS, _BREAK) if r.hi - r.lo >= _SHORTEST_ACROSS]
    upright_ink = np.ascontiguousarray(ink.T)
    upright = _lines(upright_ink, _PART_DOWN, 0.0)  # stems of letters are not to be joined
    whole = [r for r in upright if r.hi - r.lo >= _SHORTEST_DOWN or _stands_between(r, level)]
    whole += [r for r in _lines(down, _PART_DOWN, 0.0) if r.hi - r.lo >= _SHORTEST_ACROSS]
    rulings = Rulings(level, join_parts(whole))
    down = np.bitwise_or(down, upright_ink)
    for grid in grids(rulings):
        level += _worn(across, grid.ys, grid.xs, _WORN)
        whole += _worn(down, grid.xs, grid.ys, _WORN_UPRIGHT)
    return Rulings(join_parts(level), join_parts(whole))


def _worn(ink: Pixels, places: Sequence[float], along: Sequence[float], enough: float) -> list[Ruling]:
    """Give the stretches between two rules of a grid in which enough of a third one is left to be seen."""
    straight = _straight(ink, round(_WORN_PART * _POINT))
    found = []
    for at in places:
        row = round(at * _POINT)
        band = straight[max(row - _WORN_OFF, 0) : row + _WORN_OFF + 1].max(axis=0) > 0
        away = round(_BESIDE * _POINT) + _WORN_OFF
        sides = [ink[min(max(row + side, 0), len(ink) - 1)] > 0 for side in (-away, away)]
        for lo, hi in pairwise(along):
            stretch = slice(round(lo * _POINT) + _WORN_OFF, round(hi * _POINT) - _WORN_OFF)
            if (
                band[stretch].size
                and band[stretch].mean() >= enough
                and (all(side[stretch].mean() <= _BESIDE_INK for side in sides))
            ):
                found.append(Ruling(at, lo, hi))
    return found


def _thin(grey: Pixels, least: float) -> Pixels:
    """Give what is darker than the paper above and below it, along the level: a faint rule, also beside letters.

    The letters beside it darken its surroundings, so that `ink_of` loses it there.
    """
    high = 2 * round(_THICKEST * _POINT) + 1
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((high, 1), np.uint8))
    along = cv2.blur(hat, (round(_ALONG * _POINT) | 1, 1))
    itself = cv2.threshold(hat, _ITSELF * least, INK, cv2.THRESH_BINARY)[
        1
    ]  # the white between two bars of "TT"
    return np.asarray(
        cv2.bitwise_and(itself, cv2.threshold(along, least, INK, cv2.THRESH_BINARY)[1]), np.uint8
    )


def _stands_between(rule: Ruling, level: Sequence[Ruling]) -> bool:
    """Tell whether an upright line reaches from one level rule to another."""
    crossed = [r.at for r in level if r.lo - _MEETS <= rule.at <= r.hi + _MEETS]
    return all(any(abs(at - end) <= _MEETS for at in crossed) for end in (rule.lo, rule.hi))


def rules_of(drawn: Sequence[Grid], rulings: Rulings) -> Rulings:
    """Give the rules that draw some grids; others may be parts of letters."""
    level = [r for r in rulings.horizontal if any(_draws(r, grid.ys, grid.xs) for grid in drawn)]
    upright = [r for r in rulings.vertical if any(_draws(r, grid.xs, grid.ys) for grid in drawn)]
    return Rulings(level, upright)


def _draws(rule: Ruling, places: Sequence[float], across: Sequence[float]) -> bool:
    inside = across[0] - _NEAR <= rule.lo and rule.hi <= across[-1] + _NEAR
    return inside and any(abs(rule.at - place) <= _NEAR for place in places)


def erase_rules(grey: Pixels, ink: Pixels, dpi: float, rulings: Rulings) -> None:
    """Paint paper over the ink of rules, in both arrays, and over nothing else.

    Word leaves no room under the last line of a cell: the dot of "vị" stands on the rule.
    """
    point = dpi / 72
    for rules, pixels, inked in ((rulings.horizontal, grey, ink), (rulings.vertical, grey.T, ink.T)):
        for at, lo, hi in rules:
            y0, y1 = max(round((at - _STRIP) * point), 0), round((at + _STRIP) * point)
            x0, x1 = max(round((lo - _STRIP) * point), 0), round((hi + _STRIP) * point)
            strip = np.ascontiguousarray(inked[y0:y1, x0:x1])
            if strip.shape[0] < 3 or strip.shape[1] < 3:
                continue
            rule = cv2.dilate(_straight(strip, round(_ERASED * point)), np.ones((3, 3), np.uint8)) > 0
            pixels[y0:y1, x0:x1][rule] = 255
            inked[y0:y1, x0:x1][rule] = 0


def _lines(ink: Pixels, part: float, gap: float) -> list[Ruling]:
    """Give the level lines, parts joined over gaps of so many points.

    A part with letters close by may be the feet of these; it counts where it goes on with a rule that is certain.
    """
    count, _, stats, _ = cv2.connectedComponentsWithStats(_straight(ink, round(part * _POINT)))
    doubtful: list[Ruling] = []
    certain: list[Ruling] = []
    for x, y, width, height, area in stats[1:count].tolist():
        box = (x, y, width, height)
        if _is_thin(ink, box, area):
            sure = width > _CERTAIN * _POINT or _has_paper_beside(ink, box)
            rule = Ruling((y + height / 2) / _POINT, x / _POINT, (x + width) / _POINT)
            (certain if sure else doubtful).append(rule)
    if not gap:
        return certain
    found = join_parts(certain, gap)
    going_on = [rule for rule in doubtful if any(_goes_on(rule, other) for other in found)]
    return join_parts([*found, *going_on], gap)


def _goes_on(rule: Ruling, other: Ruling) -> bool:
    """Tell whether a part lies in the line of a longer rule and near its end."""
    near = rule.lo - other.hi <= _SHORTEST_ACROSS and other.lo - rule.hi <= _SHORTEST_ACROSS
    return near and abs(rule.at - other.at) <= _IN_LINE and other.hi - other.lo >= rule.hi - rule.lo


def _straight(ink: Pixels, length: int) -> Pixels:
    """Keep the ink that goes on across for `length` pixels, also where it drifts to the next row."""
    either = cv2.max(ink, cv2.copyMakeBorder(ink[1:], 0, 1, 0, 0, cv2.BORDER_REPLICATE))
    kept = cv2.morphologyEx(either, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return np.asarray(
        cv2.min(cv2.max(kept, cv2.copyMakeBorder(kept[:-1], 1, 0, 0, 0, cv2.BORDER_CONSTANT)), ink), np.uint8
    )


def _is_thin(ink: Pixels, box: tuple[int, int, int, int], area: int) -> bool:
    """Tell a rule from shaded areas and from the shadow of the sheet's edge."""
    _, y, width, height = box
    if area / width > _THICKEST * _POINT or height > _ASLANT * width + _THICKEST * _POINT:
        return False
    return y >= _EDGE * _POINT and y + height <= len(ink) - _EDGE * _POINT


def _has_paper_beside(ink: Pixels, box: tuple[int, int, int, int]) -> bool:
    """Tell a rule from the feet of letters."""
    x, y, width, height = box
    away = round(_BESIDE * _POINT)
    above, below = max(y - away, 0), min(y + height + away, len(ink) - 1)
    return all(
        cv2.countNonZero(ink[row : row + 1, x : x + width]) <= _BESIDE_INK * width for row in (above, below)
    )


def join_parts(rulings: list[Ruling], gap: float = _BREAK) -> list[Ruling]:
    """Join the parts of broken rules."""
    joined: list[Ruling] = []
    for rule in sorted(rulings, key=lambda rule: rule.lo):
        for index, other in enumerate(joined):
            if abs(rule.at - other.at) <= _APART and rule.lo - other.hi <= gap:
                lengths = (rule.hi - rule.lo, other.hi - other.lo)
                at = (rule.at * lengths[0] + other.at * lengths[1]) / sum(lengths)
                joined[index] = Ruling(at, other.lo, max(other.hi, rule.hi))
                break
        else:
            joined.append(rule)
    return joined
