"""The text around tables parted into blocks of one column each, by the white between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from extract.scan.sheet import Members, Sheet

_GUTTER = 2.6  # heights of an x: blanks between words are narrower, halves of a letterhead are wider apart
_LEADING = 0.6  # heights of an x: the white between a capital and its marks is lower
_LARGEST = 12.0  # heights of an x: a drawing, a signature, the shadow of an edge


def blocks(sheet: Sheet, members: Members) -> Iterator[Members]:
    """Part ink into blocks, from top to bottom, then from left to right.

    The halves of a letterhead have lines at different heights: whole lines of the sheet would mix them.
    """
    parts = sheet.parts
    large = np.maximum(parts.height[members], parts.width[members] / 2) > _LARGEST * sheet.letter
    yield from _rows(sheet, members[~large])


def _rows(sheet: Sheet, members: Members) -> Iterator[Members]:
    parts = sheet.parts
    for band in _apart(members, parts.top, parts.bottom, _LEADING * sheet.letter):
        columns = list(_apart(band, parts.left, parts.right, _GUTTER * sheet.letter))
        if len(columns) == 1:
            yield band
        else:
            for column in columns:
                yield from _rows(sheet, column)


def _apart(
    members: Members, start: NDArray[np.int32], end: NDArray[np.int32], gap: float
) -> Iterator[Members]:
    """Part ink where white wider than a gap goes through all of it along one axis."""
    if not len(members):
        return
    ordered = members[np.argsort(start[members], kind="stable")]
    reached = np.maximum.accumulate(end[ordered])
    cuts = np.nonzero(start[ordered][1:] > reached[:-1] + gap)[0] + 1
    yield from np.split(ordered, cuts)
