"""A page that lies straight, as the steps that read it share it: its pixels, and the connected parts of its ink."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from extract.scan.engine import Box
    from extract.scan.picture import Pixels

Members: TypeAlias = NDArray[np.int64]
"""Numbers of some parts of a sheet."""

_HALF = 0.5  # as many parts as this of the commonest height make a height of letters
_SMALL_LETTERS = 0.5, 1.3  # times the first estimate: where the height of an x is looked for


class Parts(NamedTuple):
    """The connected parts of a sheet's ink: a number for every pixel (0 is paper), edges in pixels by number."""

    labels: NDArray[np.int32]
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    right: NDArray[np.int32]
    bottom: NDArray[np.int32]
    area: NDArray[np.int32]

    @property
    def height(self) -> NDArray[np.int32]:
        """How high each part is."""
        return np.subtract(self.bottom, self.top)

    @property
    def width(self) -> NDArray[np.int32]:
        """How wide each part is."""
        return np.subtract(self.right, self.left)


class Sheet(NamedTuple):
    """A straightened page without rules.

    `grey` is white where there is no ink near; `letter` is the height of an x in pixels.
    """

    grey: Pixels
    ink: Pixels
    parts: Parts
    letter: float
    dpi: float
    number: int

    @property
    def point(self) -> float:
        """Pixels in a point."""
        return self.dpi / 72

    def within(self, box: Box) -> Members:
        """Give the parts whose middle lies in a box."""
        parts = self.parts
        across, down = parts.left + parts.right, parts.top + parts.bottom
        inside = (
            (across >= 2 * box.x0) & (across < 2 * box.x1) & (down >= 2 * box.top) & (down < 2 * box.bottom)
        )
        inside[0] = False
        return np.asarray(np.nonzero(inside)[0], np.int64)


def parts_of(ink: Pixels) -> Parts:
    """Find the connected parts of ink."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    left, top, width, height, area = np.ascontiguousarray(stats.T)
    return Parts(np.asarray(labels, np.int32), left, top, left + width, top + height, area)


def letter_height(heights: NDArray[np.int32], about: float) -> float:
    """Give the height of small letters among the heights of parts: the lowest of those that are common.

    Capitals and letters with a stem are 1.4 times as high and may be as many.
    """
    near = heights[(heights > _SMALL_LETTERS[0] * about) & (heights < _SMALL_LETTERS[1] * about)]
    if not len(near):
        return about
    counts = np.convolve(np.bincount(near, minlength=int(near.max()) + 3), [1, 1, 1], "same")
    common = (
        (counts >= _HALF * counts.max()) & (counts >= np.roll(counts, 1)) & (counts >= np.roll(counts, -1))
    )
    return float(np.argmax(common))
