"""From coloured pixels to grey ones without seals, and to ink: what is darker than the paper around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

INK = 255
# A pixel is red whose red exceeds green and blue by this much (of 255); a faded stamp has 40, brown paper 15.
_RED = 28
# In red light a seal is as bright as paper; what is darker than so much of it is print under or over it, and
# printing inks let some of that through (137 of 255 where paper has 222): it is darkened as much again.
_PALE, _GAIN = 0.92, 2.2
_SMALLEST_SEAL, _LARGEST_SEAL = (
    30.0,
    170.0,
)  # points: a reduced stamp of an electronic signature; 36 mm is usual
_SHAPE = 2.2  # a seal is about as high as wide; a stamp cut by the page edge is half of that
_GAP = 3.0  # points between the parts of a seal
_MARGIN = 8.0  # points around it: the rim may be paler
_COARSE = 4  # seals are looked for in a picture so many times smaller
_SPREAD = 15.0  # points around a pixel that say how bright the paper is there
_DARKER = 12  # grey levels
_NOISY, _ABOVE_NOISE = 3.0, 3.0  # grey levels; a sensor's noise must not become ink
_SAMPLE = 8  # every eighth row, column or pixel is enough to measure
# Print of the back that shines through has so much of the contrast at most; so much of a page is print.
_THROUGH, _PRINTED = 0.12, 1.5
_DARKEST = 10.0  # percent of the print are as dark as print gets
_UNEVEN, _LEAST_CONTRAST = 10.0, 40.0  # grey levels
_DUST_DPI = 100.0
_SPECK = 2.2  # points: the largest speck, blurred
_ALONE = 4.0  # points from anything larger


def to_grey(pixels: Pixels, dpi: float) -> Pixels:
    """Give the page in grey, red seals taken off the text they stand on."""
    if pixels.ndim == 2:
        return pixels
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    for x0, top, x1, bottom in seals(pixels, dpi):
        part = pixels[top:bottom, x0:x1].astype(np.int16)
        red = part[..., 0]
        excess = red - np.maximum(part[..., 1], part[..., 2])
        if not (excess > _RED).any():
            continue
        here = grey[top:bottom, x0:x1]
        paper, stamp = np.percentile(here, 90), np.percentile(red[excess > _RED], 70)
        under = paper - _GAIN * np.maximum(_PALE * stamp - red, 0)
        grey[top:bottom, x0:x1] = np.where(excess > _RED // 2, np.clip(under, 0, 255), here).astype(np.uint8)
    return grey


def seals(pixels: Pixels, dpi: float) -> list[tuple[int, int, int, int]]:
    """Find what is red and as large and round as a seal (red words stay); boxes in pixels."""
    small = cv2.resize(pixels, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    red, green, blue = cv2.split(small)
    excess = cv2.subtract(red, cv2.max(green, blue))
    if int(np.count_nonzero(excess > _RED)) < _SMALLEST_SEAL:
        return []
    point = dpi / 72 / _COARSE
    gap = max(round(_GAP * point), 1) | 1
    mask = cv2.morphologyEx(
        (excess > _RED).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((2 * gap + 1, 2 * gap + 1), np.uint8)
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    margin = _MARGIN * point
    found = []
    for x, y, width, height, _ in stats[1:count].tolist():
        longer, shorter = max(width, height) / point, min(width, height) / point
        if shorter >= _SMALLEST_SEAL and longer <= _LARGEST_SEAL and longer <= _SHAPE * shorter:
            found.append((
                max(int((x - margin) * _COARSE), 0), max(int((y - margin) * _COARSE), 0),
                int((x + width + margin) * _COARSE), int((y + height + margin) * _COARSE),
            ))  # fmt: skip
    return found


def ink_of(grey: Pixels, dpi: float) -> Pixels:
    """Give INK where a pixel is darker than its surroundings, 0 elsewhere (shaded cells are paper)."""
    spread = max(round(_SPREAD * dpi / 72), 3) | 1
    noise = noise_of(grey)
    smooth = cv2.GaussianBlur(grey, (3, 3), 0) if noise > _NOISY else grey
    darker = max(_DARKER, round(_ABOVE_NOISE * noise), round(_THROUGH * contrast_of(grey)))
    return np.asarray(
        cv2.adaptiveThreshold(smooth, INK, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, spread, darker),
        np.uint8,
    )


def noise_of(grey: Pixels) -> float:
    """Estimate how much the paper's grey varies from pixel to pixel (its standard deviation)."""
    some = grey[:: _SAMPLE * 2].astype(np.int16)
    return float(np.median(np.abs(np.diff(some, axis=1)))) / (2**0.5 * 0.6745)


def contrast_of(grey: Pixels) -> float:
    """Estimate how much darker print is than paper; 0 where a page has hardly any print."""
    some = grey[::_SAMPLE, ::_SAMPLE]
    dark, paper = np.percentile(some, (_PRINTED, 50))
    return float(paper - dark)


def whitened(grey: Pixels, ink: Pixels) -> Pixels:
    """Give the page with white paper and black print; what is not ink nor the soft edge of it says nothing."""
    print_ = grey[ink > 0][::_SAMPLE]
    if not len(print_):
        return np.full_like(grey, 255)
    dark, paper = float(np.percentile(print_, _DARKEST)), float(np.median(grey[::_SAMPLE, ::_SAMPLE]))
    slope = 255 / max(paper - _UNEVEN - dark, _LEAST_CONTRAST)
    levels = np.clip((np.arange(256) - dark) * slope, 0, 255).astype(np.uint8)
    edge = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_or(cv2.LUT(grey, levels), cv2.bitwise_not(edge)), np.uint8)


def erase_dust(grey: Pixels, ink: Pixels, dpi: float) -> None:
    """Paint paper over specks that stand alone, in both arrays; a dot near a letter is its mark or a stop."""
    scale = _DUST_DPI / dpi
    small = np.asarray(cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) > 0, np.uint8)
    point = _DUST_DPI / 72
    count, labels, stats, _ = cv2.connectedComponentsWithStats(small)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) > _SPECK * point
    large[0] = False
    reach = round(2 * _ALONE * point) | 1
    near = cv2.dilate(large.astype(np.uint8)[labels], np.ones((reach, reach), np.uint8))
    for index in np.nonzero(~large)[0].tolist():
        x, y, width, height, _ = stats[index].tolist()
        if index and index < count and not near[y, x]:
            x0, x1 = int((x - 1) / scale), int((x + width + 1) / scale) + 1
            top, bottom = int((y - 1) / scale), int((y + height + 1) / scale) + 1
            ink[max(top, 0) : bottom, max(x0, 0) : x1] = 0
            grey[max(top, 0) : bottom, max(x0, 0) : x1] = 255
