"""Lines of text from the connected parts of ink: which parts are one line, and its picture for the engine.

The engine finds lines itself, but takes rows of Vietnamese marks for lines of their own ("toàn tổ chức" below
"thực hiện" lost its marks to a line of nonsense between them) and judges the size of letters line by line, so
that "CCVC." alone becomes small letters. Here both come from the parts of the whole cell or page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extract.scan.sheet import letter_height

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.scan.picture import Pixels
    from extract.scan.sheet import Members, Sheet

# All in heights of an x.
_BODY = 0.6, 4.0  # a letter, not a mark; not a drawing
_FLAT = 2.5, 0.35  # as wide and as thin is a line drawn under words
_PITCH = 1.7  # lines are not nearer than this
_WEAK = 0.03  # of the fullest line: the ink of a last line of one word
_CAPITALS = 1.45  # the height of capitals
_TALL = 1.25  # what is higher than so many small letters is a capital or has a stem
_FEW_TALL = 0.1  # part of the letters of a text that have a stem; fewer: the text is all of one height
_AS_CAPITALS = (
    1.28,
    1.55,
)  # of the page's small letters: more likely its capitals than letters of another size
_ENOUGH = 8  # letters that show a height of their own
_OTHER_SIZE = 1.15  # a region whose letters differ so much from the page's has a size of its own
_MIDDLE = 0.62  # of a line's zone (marks over capitals to descenders) above the baseline
_ABOVE, _BELOW, _BESIDE = 2.1, 0.6, 0.17  # the picture of a line around its baseline and its ink
_SPECK, _NEAR = 0.4, 1.0  # a smaller part so far from the letters is dust
_TWO_LINES = 2.6  # a part so high joins letters of two lines


class TextLine(NamedTuple):
    """The parts of a line, its baseline and the height of its small letters in pixels."""

    members: Members
    baseline: float
    letter: float


class Strip(NamedTuple):
    """The picture of a line and where its upper left corner lies on the sheet."""

    pixels: Pixels
    x0: int
    top: int


def find_lines(sheet: Sheet, members: Members) -> list[TextLine]:
    """Give the lines that some parts of one column make, from top to bottom."""
    parts = sheet.parts
    letter = _letter(sheet, members)
    high, wide = parts.height[members], parts.width[members]
    members = members[~((wide > _FLAT[0] * letter) & (high < _FLAT[1] * letter))]
    high = parts.height[members]
    body = members[(high >= _BODY[0] * letter) & (high < _BODY[1] * letter)]
    if not len(body):
        return []
    baselines = _baselines(sheet, body, letter)
    middle = (parts.top[members] + parts.bottom[members]) / 2
    zones = baselines - _MIDDLE * letter
    owner = np.abs(middle[:, None] - zones[None, :]).argmin(axis=1)
    tall = parts.height[members] > _TWO_LINES * letter
    lines = []
    for number, baseline in enumerate(baselines.tolist()):
        crossing = tall & (parts.top[members] < baseline) & (parts.bottom[members] > baseline - letter)
        of_line = members[(owner == number) | crossing]
        of_line = _without_dust(sheet, of_line, letter)
        if len(of_line):
            lines.append(TextLine(of_line, baseline, letter))
    return lines


def _without_dust(sheet: Sheet, members: Members, letter: float) -> Members:
    """Leave out specks at the ends of a line, away from its letters."""
    parts = sheet.parts
    left, right = parts.left[members], parts.right[members]
    letters = np.maximum(parts.height[members], right - left) >= _SPECK * letter
    if not letters.any():
        return np.array([], np.int64)
    x0, x1 = left[letters].min() - _NEAR * letter, right[letters].max() + _NEAR * letter
    kept: Members = members[letters | ((right > x0) & (left < x1))]
    return kept


def _letter(sheet: Sheet, members: Members) -> float:
    """Give the height of small letters in a region: the page's, unless the region clearly shows its own."""
    heights = sheet.parts.height[members]
    letters = heights[(heights > _BODY[0] * sheet.letter) & (heights < _BODY[1] * sheet.letter)]
    if len(letters) < _ENOUGH:
        return sheet.letter
    own = letter_height(letters, float(np.median(letters)))
    few_tall = np.count_nonzero(letters > _TALL * own) < _FEW_TALL * len(letters)
    if few_tall or _AS_CAPITALS[0] < own / sheet.letter < _AS_CAPITALS[1]:
        own /= _CAPITALS
    return own if max(own / sheet.letter, sheet.letter / own) > _OTHER_SIZE else sheet.letter


def _baselines(sheet: Sheet, body: Members, letter: float) -> NDArray[np.float64]:
    """Find the baselines of the lines that letters stand on."""
    parts = sheet.parts
    top, bottom, wide = parts.top[body], parts.bottom[body], parts.width[body]
    start = int(top.min())
    steps = np.zeros(int(bottom.max()) - start + 1)
    np.add.at(steps, top - start, wide)
    np.add.at(steps, bottom - start, -wide)
    window = max(round(letter), 1)
    full = np.convolve(np.cumsum(steps), np.ones(window), "same")
    least = _WEAK * full.max()
    middle = (top + bottom) / 2
    reach = _PITCH * letter
    found = []
    while True:
        peak = int(full.argmax())
        if full[peak] <= least:
            break
        full[max(int(peak - reach), 0) : int(peak + reach) + 1] = 0
        near = np.abs(middle - start - peak) < 0.9 * letter
        if near.any():
            found.append(float(np.median(bottom[near])))
    return np.array(sorted(found))


def strip_of(sheet: Sheet, line: TextLine) -> Strip:
    """Cut the picture of a line out of the sheet, the ink of other lines painted over."""
    parts = sheet.parts
    beside = round(_BESIDE * line.letter) + 1
    x0, x1 = int(parts.left[line.members].min()) - beside, int(parts.right[line.members].max()) + beside
    top, bottom = round(line.baseline - _ABOVE * line.letter), round(line.baseline + _BELOW * line.letter)
    height, width = sheet.grey.shape
    inner = slice(max(top, 0), min(bottom, height)), slice(max(x0, 0), min(x1, width))
    pixels = sheet.grey[inner].copy()
    labels = parts.labels[inner]
    mine = np.zeros(len(parts.left), np.uint8)
    mine[line.members] = 1
    own = mine[labels]
    other = ((labels > 0) & (own == 0)).astype(np.uint8)
    if other.any():
        pixels[(cv2.dilate(other, np.ones((3, 3), np.uint8)) > 0) & (own == 0)] = 255
    around = (
        (inner[0].start - top, bottom - inner[0].stop),
        (inner[1].start - x0, x1 - inner[1].stop),
    )
    if any(side > 0 for pair in around for side in pair):
        pixels = np.pad(pixels, around, constant_values=255)
    return Strip(pixels, x0, top)
