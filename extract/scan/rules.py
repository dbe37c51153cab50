"""Ruling lines in the picture of a straightened page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.pdf.content import Ruling, Rulings
from extract.scan.ink import ink_of

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
_BREAK = 4.0  # points: a hole in a faint rule; larger ones are judged field by field (extract.pdf.lattice)
_APART = 1.5  # points: parts of one rule may lie so far off each other
_EDGE = 3.0  # points from the edge of the sheet: its own shadow
_CERTAIN = 90.0  # points: the feet of no word reach so far
_STRIP = 2.0  # points on either side in which the ink of a rule lies
_ERASED = 7.0  # points of straight ink that are erased
_BESIDE = 1.4  # points from a rule there is paper, from the foot of a row of letters there is not
_BESIDE_INK = 0.35  # part of that which may be ink


def find_rules(grey: Pixels, dpi: float) -> Rulings:
    """Find the straight lines, level and upright, thin and long, in points; broken ones are one."""
    scale = LOOK_DPI / dpi
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    ink = ink_of(small, LOOK_DPI)
    level = [r for r in join_parts(_lines(ink, _PART_ACROSS)) if r.hi - r.lo >= _SHORTEST_ACROSS]
    upright = _lines(np.ascontiguousarray(ink.T), _PART_DOWN)
    whole = [r for r in upright if r.hi - r.lo >= _SHORTEST_DOWN or _stands_between(r, level)]
    return Rulings(level, join_parts(whole))


def _stands_between(rule: Ruling, level: Sequence[Ruling]) -> bool:
    """Tell whether an upright line reaches from one level rule to another."""
    crossed = [r.at for r in level if r.lo - _MEETS <= rule.at <= r.hi + _MEETS]
    return all(any(abs(at - end) <= _MEETS for at in crossed) for end in (rule.lo, rule.hi))


def rules_of(grids: Sequence[Grid], rulings: Rulings) -> Rulings:
    """Give the rules that draw some grids; others may be parts of letters."""
    level = [r for r in rulings.horizontal if any(_draws(r, grid.ys, grid.xs) for grid in grids)]
    upright = [r for r in rulings.vertical if any(_draws(r, grid.xs, grid.ys) for grid in grids)]
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


def _lines(ink: Pixels, part: float) -> list[Ruling]:
    """Give the level lines in points, broken as they are."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(_straight(ink, round(part * _POINT)))
    return [
        Ruling((y + height / 2) / _POINT, x / _POINT, (x + width) / _POINT)
        for x, y, width, height, area in stats[1:count].tolist()
        if _is_rule(ink, (x, y, width, height), area)
    ]


def _straight(ink: Pixels, length: int) -> Pixels:
    """Keep the ink that goes on across for `length` pixels, also where it drifts to the next row."""
    either = cv2.max(ink, cv2.copyMakeBorder(ink[1:], 0, 1, 0, 0, cv2.BORDER_REPLICATE))
    kept = cv2.morphologyEx(either, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    return np.asarray(
        cv2.min(cv2.max(kept, cv2.copyMakeBorder(kept[:-1], 1, 0, 0, 0, cv2.BORDER_CONSTANT)), ink), np.uint8
    )


def _is_rule(ink: Pixels, box: tuple[int, int, int, int], area: int) -> bool:
    """Tell a rule from the feet of letters, from shaded areas and from the shadow of the sheet's edge."""
    x, y, width, height = box
    if area / width > _THICKEST * _POINT or height > _ASLANT * width + _THICKEST * _POINT:
        return False
    if y < _EDGE * _POINT or y + height > len(ink) - _EDGE * _POINT:
        return False
    if width > _CERTAIN * _POINT:
        return True
    away = round(_BESIDE * _POINT)
    above, below = max(y - away, 0), min(y + height + away, len(ink) - 1)
    return all(
        cv2.countNonZero(ink[row : row + 1, x : x + width]) <= _BESIDE_INK * width for row in (above, below)
    )


def join_parts(rulings: list[Ruling]) -> list[Ruling]:
    """Join the parts of broken rules."""
    joined: list[Ruling] = []
    for rule in sorted(rulings, key=lambda rule: rule.lo):
        for index, other in enumerate(joined):
            if abs(rule.at - other.at) <= _APART and rule.lo - other.hi <= _BREAK:
                lengths = (rule.hi - rule.lo, other.hi - other.lo)
                at = (rule.at * lengths[0] + other.at * lengths[1]) / sum(lengths)
                joined[index] = Ruling(at, other.lo, max(other.hi, rule.hi))
                break
        else:
            joined.append(rule)
    return joined
