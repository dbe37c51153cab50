"""Arrays of pixels: what they are called here, and image files to pages of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extract.errors import DamagedFileError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Pixels: TypeAlias = NDArray[np.uint8]
"""Rows of columns, and of red, green, blue where there is colour."""

POINTS = 72.0  # an inch
MOST_PIXELS = 120_000_000  # A2 at 600 dpi
_USUAL_DPI = (90.0, 1300.0)  # what scanners write; a camera writes 72, a screen 96 or nothing
_USUAL_SIDES = (150.0, 1700.0)  # points: from a cut-out to A2
_A4_HEIGHT = 842.0
_SCREEN_DPI = 96.0
_PAGE_PIXELS = 1000  # a picture with a longer side is of a whole page, not a cut-out


class Picture(NamedTuple):
    """One page as pixels; `dpi` is how many of them stand for an inch of paper."""

    pixels: Pixels
    dpi: float


def pages(path: Path) -> Iterator[Picture]:
    """Give the pages of an image file (a TIFF may hold many), turned as the camera's note says.

    Raises:
        DamagedFileError: Pillow cannot read it.
        TooLargeError: a page has more pixels than any sheet of paper.
    """
    try:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > MOST_PIXELS:
                    message = f"{frame.width} × {frame.height} pixels"
                    raise TooLargeError(message)
                yield _picture(frame)
    except Image.DecompressionBombError as error:
        raise TooLargeError(str(error)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        message = f"not a readable picture ({error})"
        raise DamagedFileError(message) from error


def _picture(frame: Image.Image) -> Picture:
    stated = frame.info.get("dpi", (0.0, 0.0))[0]
    upright = ImageOps.exif_transpose(frame)
    if "A" in upright.getbands() or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright.convert("RGBA"))
    pixels = np.asarray(upright.convert("L" if upright.mode in ("1", "L", "I;16", "I", "F") else "RGB"))
    return Picture(pixels, resolution(upright.width, upright.height, float(stated)))


def resolution(width: int, height: int, stated: float) -> float:
    """Give the dots per inch: as the file states if that makes a sheet of paper, else as if it were A4."""
    longer = max(width, height)
    if _USUAL_DPI[0] <= stated <= _USUAL_DPI[1] and (
        _USUAL_SIDES[0] <= longer / stated * POINTS <= _USUAL_SIDES[1]
    ):
        return stated
    return longer / _A4_HEIGHT * POINTS if longer >= _PAGE_PIXELS else _SCREEN_DPI
