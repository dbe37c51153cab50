"""Text of a page as runs: one text call, one box per run, a handful of calls per run and none per letter.

pdfium's rectangles (`FPDFText_GetRect`) are one per stretch of letters of the same text object, in the order
of the page's text. Where the stretches found here are not as many (a font without widths, letters without
area), every letter's box is asked for instead: slower, never wrong.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import TYPE_CHECKING

from extract.pdf import pdfium
from extract.pdf.content import Font, Run

if TYPE_CHECKING:
    from extract.document import BBox
    from extract.pdf.geometry import View

MADE_UP = 0.01  # points: blanks that pdfium puts in where it sees a gap have no width
BEARING = 0.5  # of the letter size: the most room between a letter's origin and its ink

_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123
_RENDER_FILL_AND_STROKE = 2  # how typesetters fake a bold face
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
# pdfium writes a hyphen at a line's end as U+0002 or a non-character; NUL is a letter the font does not name
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\uffff": "-", "\r": " ", "\n": " "})


class TextReader:
    """The text of one open page; holds pdfium's handle and the buffers of its calls."""

    def __init__(self, text_page: int) -> None:
        self._text_page = text_page
        self._count = pdfium.function("FPDFText_CountChars")(text_page)
        self._box = pdfium.Numbers(ctypes.c_double, 4)
        self._loose = pdfium.Numbers(ctypes.c_float, 4)
        self._matrix = pdfium.Numbers(ctypes.c_float, 6)
        self._text_object = pdfium.function("FPDFText_GetTextObject")
        self._fonts: dict[tuple[int, int], Font] = {}
        self.text = self._read_text()

    def _read_text(self) -> str:
        """One letter per pdfium character, so that indices into it are pdfium's."""
        count = self._count
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(2 * count + 2)
        written = pdfium.function("FPDFText_GetText")(self._text_page, 0, count, buffer)
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        unicode_of = pdfium.function("FPDFText_GetUnicode")  # letters without Unicode are not in the text
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in
                       (unicode_of(self._text_page, i) for i in range(count)))  # fmt: skip

    def runs(self, view: View) -> list[Run]:
        """All runs of the page that hold more than blanks, in pdfium's reading order."""
        stretches = self._stretches()
        boxes = self._boxes(stretches)
        read_matrix = pdfium.function("FPDFText_GetMatrix")
        font_size = pdfium.function("FPDFText_GetFontSize")
        loose_box = pdfium.function("FPDFText_GetLooseCharBox")
        matrix, matrix_at, text_page = self._matrix.values, self._matrix.base, self._text_page
        loose, loose_at = self._loose.values, self._loose.base
        runs = []
        for (start, end, owner), box in zip(stretches, boxes, strict=True):
            text = self.text[start:end]
            letters = text.rstrip()
            if box is None or not letters:
                continue
            read_matrix(text_page, start, matrix_at)
            a, b, c, d, e, f = matrix
            size = font_size(text_page, start) * (abs(d) if c == 0 else math.hypot(c, d))
            if b == 0 and a > 0 and view.turn == 0:
                # from the first letter's origin to where the pen goes after the last: gaps between runs are
                # then blanks alone, without the room around the letters
                left, top, right, bottom = box
                if abs(e - left) < BEARING * size:
                    left = e
                last = start + len(letters)
                if end > last:
                    loose_box(text_page, last, loose_at)
                if end > last and loose[2] - loose[0] > MADE_UP:  # a blank of the file: its left is the pen
                    letters += " "
                    right = max(loose[0], right)
                else:
                    loose_box(text_page, last - 1, loose_at)
                    right = max(loose[2], right)
                blank = letters.find(" ")
                word = right - left
                if 0 < blank < len(letters) - 1:
                    loose_box(text_page, start + blank - 1, loose_at)
                    word = loose[2] - left
                turn, baseline = 0, view.top - f
                x0, top, x1, bottom = left - view.left, view.top - top, right - view.left, view.top - bottom
            else:
                angle = round(math.degrees(math.atan2(b, a)) / 90) * 90
                turn = (view.turn - angle) % 360
                x0, top, x1, bottom = view.box(*box)
                baseline = view.point(e, f)[0 if turn in (90, 270) else 1]
                word = _first_word_width(letters, bottom - top if turn in (90, 270) else x1 - x0)
            text = letters.translate(_HYPHENS)
            stop = start + len(text)
            runs.append(
                Run(text, x0, top, x1, bottom, baseline, size, self._font(owner), start, stop, turn, word)
            )
        return runs

    def letters(self, run: Run, view: View) -> list[tuple[str, BBox]]:
        """Give the letters of a run with the boxes they take up; blanks that pdfium made up have no width."""
        boxes = (view.box(*self._loose_box(i)) for i in range(run.start, run.end))
        return list(zip(run.text, boxes, strict=True))

    def _loose_box(self, index: int) -> BBox:
        pdfium.function("FPDFText_GetLooseCharBox")(self._text_page, index, self._loose.base)
        return tuple(self._loose.values)

    def _letter_box(self, index: int) -> BBox:
        pdfium.function("FPDFText_GetCharBox")(self._text_page, index, *self._box.addresses)
        left, right, bottom, top = self._box.values
        return left, top, right, bottom

    def _stretches(self) -> list[tuple[int, int, int]]:
        """`(start, end, text object)` for each stretch of letters of one text object.

        Line breaks in pdfium's text are where objects change, mostly; only where the first and the last
        letter of a line differ in their object, the change is searched for by halves.
        """
        text, text_page, text_object = self.text, self._text_page, self._text_object
        stretches: list[tuple[int, int, int]] = []
        start, count = 0, self._count
        while start < count:
            stop = text.find("\r", start)
            stop = count if stop < 0 else stop
            last = stop - 1
            while start < stop:
                owner = text_object(text_page, start)
                if owner is None:  # a blank or break that pdfium made up
                    start += 1
                    continue
                while last > start and text_object(text_page, last) is None:
                    last -= 1
                end = stop
                if last >= start and text_object(text_page, last) != owner:
                    end = self._first_other(start, last, owner)
                if stretches and stretches[-1][2] == owner:
                    stretches[-1] = (stretches[-1][0], end, owner)
                else:
                    stretches.append((start, end, owner))
                start = end
            start = stop
            while start < count and text[start] in "\r\n":
                start += 1
        return stretches

    def _first_other(self, low: int, high: int, owner: int) -> int:
        """Give the first index above `low` whose letter is not of `owner`; the letter at `high` is not."""
        text_page, text_object = self._text_page, self._text_object
        while high - low > 1:
            middle = (low + high) // 2
            at = middle
            while at > low and (found := text_object(text_page, at)) is None:
                at -= 1
            if at == low or found == owner:
                low = middle
            else:
                high = at
        return high

    def _boxes(self, stretches: list[tuple[int, int, int]]) -> list[BBox | None]:
        """Give a box `(left, top, right, bottom)` in the file's coordinates for each stretch."""
        count = pdfium.function("FPDFText_CountRects")(self._text_page, 0, -1)
        if count != len(stretches):
            return [self._box_from_letters(start, end) for start, end, _ in stretches]
        read, text_page, addresses, values = (
            pdfium.function("FPDFText_GetRect"), self._text_page, self._box.addresses, self._box.values
        )  # fmt: skip
        boxes: list[BBox | None] = []
        for i in range(count):
            read(text_page, i, *addresses)
            boxes.append(tuple(values))
        return boxes

    def _box_from_letters(self, start: int, end: int) -> BBox | None:
        boxes = [self._letter_box(i) for i in range(start, end) if not self.text[i].isspace()]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), max(top), max(right), min(bottom)

    def _font(self, text_object: int) -> Font:
        font = pdfium.function("FPDFTextObj_GetFont")(text_object)
        mode = pdfium.function("FPDFTextObj_GetTextRenderMode")(text_object)
        known = self._fonts.get((font, mode))
        if known is None:
            buffer = ctypes.create_string_buffer(256)
            length = pdfium.function("FPDFFont_GetBaseFontName")(font, buffer, 256) if font else 0
            name = _SUBSET_TAG.sub("", buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace"))
            flags = pdfium.function("FPDFFont_GetFlags")(font) if font else 0
            bold = bool(_BOLD_NAME.search(name)) or mode == _RENDER_FILL_AND_STROKE or (
                flags > 0 and bool(flags & _FORCE_BOLD)
            )  # fmt: skip
            known = self._fonts[font, mode] = Font(name, bold)
        return known


def _first_word_width(text: str, width: float) -> float:
    return width * len(text.split(None, 1)[0]) / len(text)
