"""Text of a page as runs, asked from pdfium in bulk.

pdfium is asked one question about all runs at a time: `map` over the C function with the addresses of the
answers in one array runs without a line of Python per call (three times as fast as a loop on a page of 320
runs). Its rectangles (`FPDFText_GetRect`) are one per stretch of letters of the same text object, in the order
of the page's text. Where the stretches found here are not as many (letters without area), every letter's box
is asked for instead: slower, never wrong.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import deque
from itertools import accumulate, chain, compress, count, islice, pairwise, repeat
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf import pdfium
from extract.pdf.content import Font, Letter, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.document import BBox
    from extract.pdf.geometry import View

BEARING = 0.5  # of the letter size: the most room between a letter's origin and its ink
MADE_UP = 0.01  # points: blanks that pdfium puts in where it sees a gap have no width

_FORCE_BOLD = 1 << 18  # ISO 32000-1, table 123
_RENDER_INVISIBLE = 3
_RENDER_FILL_AND_STROKE = 2  # how typesetters fake a bold face
_BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")
_HYPHEN_SIGNS = ("\x02", "\ufffe", "\uffff")  # what pdfium makes of a hyphen at a line's end
_HYPHENS = str.maketrans(dict.fromkeys(_HYPHEN_SIGNS, "-"))


class Stretch(NamedTuple):
    """Letters `start` to `end` of the page's text that one text object (`owner`) drew."""

    start: int
    end: int
    owner: int


class TextReader:
    """The text of one open page of pdfium."""

    def __init__(self, text_page: int) -> None:
        self._text_page = text_page
        self._typed_page = ctypes.c_void_p(text_page)
        self._ask = pdfium.functions()
        self._fonts: dict[tuple[int, int], Font] = {}
        self.text = self._read_text(self._ask.count_chars(text_page))

    def _read_text(self, count: int) -> str:
        """Give one letter per pdfium character, so that indices into it are pdfium's."""
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(2 * count + 2)
        written = self._ask.text(self._text_page, 0, count, ctypes.addressof(buffer))
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) != count:  # letters that have no Unicode are not in the text
            codes = map(self._ask.unicode, repeat(self._text_page), range(count))
            text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
        return text.translate(_HYPHENS) if any(map(text.__contains__, _HYPHEN_SIGNS)) else text

    def runs(self, view: View) -> list[Run]:
        """Give all runs of the page that hold more than blanks, in pdfium's reading order."""
        stretches, boxes = self._stretches()
        kept = [
            (stretch.start, stretch.owner, box, text)
            for stretch, box in zip(stretches, boxes, strict=True)
            if box is not None and (text := self.text[stretch.start : stretch.end].rstrip())
        ]
        starts = [start for start, _, _, _ in kept]
        lasts = [start + len(text) - 1 for start, _, _, text in kept]
        words = [start + (text.find(" ") if " " in text else len(text)) - 1 for start, _, _, text in kept]
        numbers = iter(self._floats(self._ask.matrix, 6, starts))
        answers = zip(
            kept,
            zip(numbers, numbers, numbers, numbers, numbers, numbers, strict=True),
            self._floats(self._ask.loose_box, 4, lasts)[2::4],
            self._floats(self._ask.loose_box, 4, words)[2::4],
            map(self._ask.font_size, repeat(self._typed_page), starts),
            self._fonts_of([owner for _, owner, _, _ in kept]),
            strict=True,
        )
        page_left, _, _, page_top, page_turn = view
        runs = []
        for (start, _, (left, right, bottom, top), text), matrix, end, word_end, size, font in answers:
            a, b, c, d, e, f = matrix
            scaled = size * (abs(d) if c == 0 else math.hypot(c, d))
            stop = start + len(text)
            if b == 0 and a > 0 and page_turn == 0:
                # from the first letter's origin to where the pen goes after the last: gaps between runs are
                # then blanks alone, without the room around the letters
                x0 = e if -BEARING * scaled < e - left < BEARING * scaled else left
                x1 = end if end > x0 else right  # `right` would include blanks at the end
                runs.append(
                    Run(text, x0 - page_left, page_top - top, x1 - page_left, page_top - bottom, page_top - f,
                        scaled, font, start, stop, 0, word_end - x0)
                )  # fmt: skip
            else:
                angle = round(math.degrees(math.atan2(b, a)) / 90) * 90
                turn = (page_turn - angle) % 360
                sideways = turn in (90, 270)
                box = view.box(left, top, right, bottom)
                baseline = view.point(e, f)[0 if sideways else 1]
                word = (
                    (box[3] - box[1] if sideways else box[2] - box[0])
                    * len(text.split(None, 1)[0])
                    / len(text)
                )
                runs.append(Run(text, *box, baseline, scaled, font, start, stop, turn, word))
        return runs

    def letters(self, runs: Sequence[Run], view: View) -> list[list[Letter]]:
        """Give the letters of each run with the room they take along its line (see `geometry.set_upright`).

        Blanks that pdfium made up are left out.
        """
        ranges = [range(run.start, run.end) for run in runs]
        boxes = self._floats(self._ask.loose_box, 4, list(chain.from_iterable(ranges)))
        if view.turn or any(run.turn for run in runs):
            turns = chain.from_iterable(repeat(run.turn, len(run.text)) for run in runs)
            places = [_along(turn, view.box(*boxes[4 * i : 4 * i + 4])) for i, turn in enumerate(turns)]
            lefts, rights = [left for left, _ in places], [right for _, right in places]
        else:
            lefts, rights = boxes[0::4], boxes[2::4]
            if view.left:
                lefts, rights = [x - view.left for x in lefts], [x - view.left for x in rights]
        letters = zip(lefts, rights, chain.from_iterable(run.text for run in runs), strict=True)
        return [
            [letter for letter in islice(letters, len(indices)) if letter[1] - letter[0] > MADE_UP]
            for indices in ranges
        ]

    def _floats(self, function: pdfium.Function, width: int, indices: list[int]) -> list[float]:
        """Ask for `width` numbers about each character: all answers in one flat list."""
        answers = array("f", bytes(4 * width * len(indices)))
        address = answers.buffer_info()[0]
        addresses = range(address, address + 4 * width * len(indices), 4 * width)
        _run_all(map(function, repeat(self._text_page), indices, addresses))
        return answers.tolist()

    def _stretches(self) -> tuple[list[Stretch], list[BBox | None]]:
        """Part the text by the text objects that drew it, and give the box of each part.

        Letters are asked for their object where words and blanks start, and within words where these differ.
        pdfium tells how many parts there are: if that misses some, every letter is asked.
        """
        count = self._ask.count_rects(self._text_page, 0, -1)
        stretches = self._parted(by_letter=False)
        if len(stretches) != count:
            stretches = self._parted(by_letter=True)
        if len(stretches) == count:
            return stretches, self._boxes(count)
        return stretches, [self._box_from_letters(stretch) for stretch in stretches]

    def _parted(self, *, by_letter: bool) -> list[Stretch]:
        """Part the text where neighbouring places (letters, or the starts of words and blanks) change objects."""
        text, text_page, owner_of = self.text, self._typed_page, self._ask.text_object
        if not text:
            return []
        places = list(range(len(text))) if by_letter else _word_borders(text)
        owners = list(map(owner_of, repeat(text_page), places))
        places = list(compress(places, owners))  # line breaks have no owner
        owners = list(filter(None, owners))
        if not owners:
            return []
        begin, owner = places[0], owners[0]
        stretches: list[Stretch] = []
        for i in [i for i, (a, b) in enumerate(pairwise(owners)) if a != b]:
            place, other = places[i + 1], owners[i + 1]
            while other != owner:
                if owner_of(text_page, place - 1) in (owner, 0):
                    change = place
                else:  # within the word before
                    change = next(
                        j
                        for j in range(max(places[i], begin), place + 1)
                        if owner_of(text_page, j) not in (owner, 0)
                    )
                stretches.append(Stretch(begin, change, owner))
                begin, owner = change, owner_of(text_page, change)
        stretches.append(Stretch(begin, len(text), owner))
        return stretches

    def _boxes(self, count: int) -> list[BBox | None]:
        """Give pdfium's box `(left, right, bottom, top)` of each of `count` stretches."""
        # FPDFText_GetRect writes left, top, right, bottom: put down as left, right, bottom, top
        answers = array("d", bytes(32 * count))
        at = answers.buffer_info()[0]
        end = at + 32 * count
        left, right, bottom, top = (range(at + 8 * k, end, 32) for k in range(4))
        _run_all(map(self._ask.rect, repeat(self._text_page), range(count), left, top, right, bottom))
        numbers = iter(answers.tolist())
        return list(zip(numbers, numbers, numbers, numbers, strict=True))

    def _box_from_letters(self, stretch: Stretch) -> BBox | None:
        indices = [i for i in range(stretch.start, stretch.end) if not self.text[i].isspace()]
        if not indices:
            return None
        boxes = self._floats(self._ask.loose_box, 4, indices)  # left, top, right, bottom
        return min(boxes[0::4]), max(boxes[2::4]), min(boxes[3::4]), max(boxes[1::4])

    def _fonts_of(self, owners: list[int]) -> list[Font]:
        fonts = map(self._ask.font, owners)
        modes = map(self._ask.render_mode, owners)
        known = self._fonts
        return [known.get(pair) or self._font(pair) for pair in zip(fonts, modes, strict=True)]

    def _font(self, pair: tuple[int, int]) -> Font:
        handle, mode = pair
        buffer = ctypes.create_string_buffer(256)
        length = self._ask.font_name(handle, ctypes.addressof(buffer), 256) if handle else 0
        name = _SUBSET_TAG.sub("", buffer.raw[: max(min(length, 256) - 1, 0)].decode("utf-8", "replace"))
        flags = max(self._ask.font_flags(handle), 0) if handle else 0
        bold = bool(_BOLD_NAME.search(name)) or mode == _RENDER_FILL_AND_STROKE or bool(flags & _FORCE_BOLD)
        self._fonts[pair] = Font(name, bold, hidden=mode == _RENDER_INVISIBLE)
        return self._fonts[pair]


def _run_all(calls: Iterable[object]) -> None:
    """Make all calls of a map, in C; one that fails leaves zeros."""
    deque(calls, maxlen=0)


def _word_borders(text: str) -> list[int]:
    """Give where words and the blanks between them start: an object may begin with either; and the last letter."""
    words = map(len, text.replace("\r\n", "  ").split(" "))
    blanks = list(map(add, accumulate(words), count()))[:-1]
    places = [0, *chain.from_iterable((blank, blank + 1) for blank in blanks), len(text) - 1]
    return places if places[-2] < len(text) else [*places[:-2], len(text) - 1]


def _along(turn: int, box: BBox) -> tuple[float, float]:
    """Give where a letter of turned text begins and ends along its line."""
    x0, top, x1, bottom = box
    if turn == 90:
        return top, bottom
    if turn == 270:
        return -bottom, -top
    return (-x1, -x0) if turn == 180 else (x0, x1)
