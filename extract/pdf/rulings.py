"""Ruling lines of a page from its path objects: strokes, thin filled boxes, stroked boxes, also inside forms.

What counts is what the eye sees as a line: thin, straight along an axis, of another colour than the paper.
Filled areas (a coloured heading cell) are no rulings; neither is white on white.
"""

from __future__ import annotations

import ctypes
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf import pdfium
from extract.pdf.content import Ruling, Rulings

if TYPE_CHECKING:
    from extract.document import BBox
    from extract.pdf.geometry import View

LINE_THICKNESS = 4.0  # points; anything thicker is an area
JOINT = 1.0  # points: a mark hardly longer than thick is where two rules meet, or a bullet
BESIDE = 2.0  # points: a white line this near a coloured area is seen
_NEARLY_WHITE = 250  # of 255, each of red, green, blue
_SEGMENT_LINE, _SEGMENT_BEZIER, _SEGMENT_MOVE = 0, 1, 2
_MOST_SEGMENTS = 5000  # a path with more is a picture (a map, a seal)
_MOST_FORM_LEVELS = 8

_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Matrix = tuple[float, float, float, float, float, float]


class Drawings(NamedTuple):
    """The lines and the pictures drawn on a page (see `PageContent`)."""

    rulings: Rulings
    pictures: list[BBox]
    text_under_picture: bool
    paths: int


def read_drawings(page: int, view: View) -> Drawings:
    """All rulings and picture boxes of an open page, clipped to what is displayed."""
    reader = _DrawingReader(view)
    ask = pdfium.functions()
    reader.read(list(map(ask.object, repeat(page), range(ask.count_objects(page)))), _IDENTITY, 0)
    reader.add_white_on_colour()
    under = reader.last_text < reader.last_picture
    return Drawings(reader.rulings, reader.pictures, under, reader.paths)


class _DrawingReader:
    def __init__(self, view: View) -> None:
        self._view = view
        self._width, self._height = view.width, view.height
        self._ask = pdfium.functions()
        self._floats = pdfium.Numbers(ctypes.c_float, 6)
        self._white = Rulings([], [])
        self._areas: list[BBox] = []
        self.rulings = Rulings([], [])
        self.pictures: list[BBox] = []
        self.paths = 0
        self.last_text = self.last_picture = -1  # by order of drawing

    def read(self, objects: list[int], matrix: _Matrix, level: int) -> None:
        """Take in the paths and pictures among `objects`, and those of forms among them."""
        paths = []
        for order, (item, kind) in enumerate(zip(objects, map(self._ask.kind, objects), strict=True)):
            if kind == pdfium.OBJECT_TEXT:
                self.last_text = order if level == 0 else self.last_text
            elif kind == pdfium.OBJECT_PATH:
                paths.append(item)
            elif kind == pdfium.OBJECT_IMAGE:
                box = self._bounds(item, matrix)
                if box:
                    self.pictures.append(box)
                    self.last_picture = order if level == 0 else self.last_picture
            elif kind == pdfium.OBJECT_FORM and level < _MOST_FORM_LEVELS:
                self._form(item, matrix, level)
        self.paths += len(paths)
        self._read_paths(paths, matrix)

    def _form(self, item: int, matrix: _Matrix, level: int) -> None:
        self._ask.object_matrix(item, self._floats.base)
        inner = _multiply(tuple(self._floats.values), matrix)
        count = self._ask.count_form_objects(item)
        self.read(list(map(self._ask.form_object, repeat(item), range(max(count, 0)))), inner, level + 1)

    def _bounds(self, item: int, matrix: _Matrix) -> BBox | None:
        addresses = self._floats.addresses[:4]
        if not self._ask.bounds(item, *addresses):
            return None
        left, bottom, right, top, _, _ = self._floats.values
        if matrix is _IDENTITY:
            return self._view.box(left, bottom, right, top)
        return self._view.box(*_apply(matrix, left, bottom), *_apply(matrix, right, top))

    def _read_paths(self, paths: list[int], matrix: _Matrix) -> None:
        """Ask about all paths at once, then keep each that is a visible line.

        A border that two cells share is mostly drawn twice, by each of them: the second drawing is enough.
        """
        plain = matrix is _IDENTITY and self._view.turn == 0
        page_left, page_top = self._view.left, self._view.top
        bounds = pdfium.ask_each(self._ask.bounds, paths, "f", 4)
        modes = pdfium.ask_each(self._ask.draw_mode, paths, "i", 2)
        drawn = zip(
            bounds[0::4], bounds[1::4], bounds[2::4], bounds[3::4], modes[0::2], modes[1::2], strict=True
        )
        once = dict(zip(drawn, paths, strict=True))
        paths = list(once.values())
        filled_ones = iter(self._seen(self._ask.fill_colour, [path for key, path in once.items() if key[4]]))
        stroked_ones = iter(
            self._seen(self._ask.stroke_colour, [path for key, path in once.items() if key[5]])
        )
        for (x0, y0, x1, y1, fill, stroke), item, segments in zip(
            once, paths, map(self._ask.count_segments, paths), strict=True
        ):
            filled = fill != 0 and next(filled_ones)
            stroked = stroke != 0 and next(stroked_ones)
            if plain:
                left, right, top, bottom = x0 - page_left, x1 - page_left, page_top - y1, page_top - y0
            else:
                left, top, right, bottom = self._view.box(*_apply(matrix, x0, y0), *_apply(matrix, x1, y1))
            thin = right - left <= LINE_THICKNESS or bottom - top <= LINE_THICKNESS
            if thin and segments <= 5:  # one line or one box: its bounds say all
                self._add(left, top, right, bottom, self.rulings if filled or stroked else self._white)
                continue
            if filled and not thin:
                self._areas.append((left, top, right, bottom))
            if (filled or stroked) and segments <= _MOST_SEGMENTS:
                self._trace(item, matrix, segments, stroke=stroked)

    def _seen(self, colour: pdfium.Function, paths: list[int]) -> list[bool]:
        """Tell of each path whether its colour is neither transparent nor nearly white."""
        parts = pdfium.ask_each(colour, paths, "I", 4)
        return [
            alpha > 0 and (red < _NEARLY_WHITE or green < _NEARLY_WHITE or blue < _NEARLY_WHITE)
            for red, green, blue, alpha in zip(
                parts[0::4], parts[1::4], parts[2::4], parts[3::4], strict=True
            )
        ]

    def _trace(self, item: int, matrix: _Matrix, segments: int, *, stroke: bool) -> None:
        """Follow a path of several lines or boxes: strokes give their lines, fills only thin boxes."""
        for points, closed in self._subpaths(item, matrix, segments):
            if stroke:
                pairs = list(pairwise(points))
                if closed:
                    pairs.append((points[-1], points[0]))
                for (ax, ay), (bx, by) in pairs:
                    self._add(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), self.rulings)
            else:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self._add(min(xs), min(ys), max(xs), max(ys), self.rulings)

    def _subpaths(
        self, item: int, matrix: _Matrix, segments: int
    ) -> list[tuple[list[tuple[float, float]], bool]]:
        get = self._ask.segment
        kind_of = self._ask.segment_kind
        point_of = self._ask.segment_point
        closes = self._ask.segment_closes
        self._ask.object_matrix(item, self._floats.base)
        full = _multiply(tuple(self._floats.values), matrix)
        subpaths: list[tuple[list[tuple[float, float]], bool]] = []
        curved = False
        for i in range(segments):
            segment = get(item, i)
            kind = kind_of(segment)
            if kind == _SEGMENT_BEZIER:
                curved = True
            point_of(segment, *self._floats.addresses[:2])
            point = self._view.point(*_apply(full, self._floats.values[0], self._floats.values[1]))
            if kind == _SEGMENT_MOVE or not subpaths:
                if curved and subpaths:
                    subpaths.pop()
                curved = False
                subpaths.append(([point], False))
            else:
                subpaths[-1][0].append(point)
            if closes(segment):
                subpaths[-1] = (subpaths[-1][0], True)
        if curved:
            subpaths.pop()
        return subpaths

    def add_white_on_colour(self) -> None:
        """Count white lines where they part coloured areas; on white paper nobody sees them."""
        for white, rulings, horizontal in (
            (self._white.horizontal, self.rulings.horizontal, True),
            (self._white.vertical, self.rulings.vertical, False),
        ):
            for at, lo, hi in white:
                middle = (lo + hi) / 2
                x, y = (middle, at) if horizontal else (at, middle)
                if any(
                    x0 - BESIDE <= x <= x1 + BESIDE and top - BESIDE <= y <= bottom + BESIDE
                    for x0, top, x1, bottom in self._areas
                ):
                    rulings.append(Ruling(at, lo, hi))

    def _add(self, x0: float, top: float, x1: float, bottom: float, to: Rulings) -> None:
        """Keep a thin box as the ruling along its longer side, cut off at the page's edge."""
        width, height = x1 - x0, bottom - top
        if width > height:
            if height <= LINE_THICKNESS and 0 <= (at := (top + bottom) / 2) <= self._height:
                lo, hi = (x0 if x0 > 0 else 0.0), min(x1, self._width)
                if hi > lo and width - height >= JOINT:
                    to.horizontal.append(Ruling(at, lo, hi))
        elif width <= LINE_THICKNESS and 0 <= (at := (x0 + x1) / 2) <= self._width:
            lo, hi = (top if top > 0 else 0.0), min(bottom, self._height)
            if hi > lo and height - width >= JOINT:
                to.vertical.append(Ruling(at, lo, hi))


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = then
    return (
        a * a2 + b * c2, a * b2 + b * d2, c * a2 + d * c2, c * b2 + d * d2,
        e * a2 + f * c2 + e2, e * b2 + f * d2 + f2,
    )  # fmt: skip
