"""PDFs drawn directly: the table is one long strip of cells and lines that the pages cut.

No office suite is needed, every ruling, cut and rotation is decided here, and the text stands in the order
in which it is drawn. The font comes from a package, since the standard PDF fonts lack Vietnamese letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.layouts.sheet import Box, Sheet, lay_out
from tests.layouts.writing import column_widths, letterhead, signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.layouts.layout import Layout
    from tests.layouts.plan import Plan

MARGIN = 36.0
PAD = 3.0
DOUBLE = 2.4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on the strip: `top` from the strip's beginning, `x` from its left edge."""

    box: Box
    top: float
    x: float
    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A sheet measured out: row edges and column edges, boxes, lines.

    A page may end at `ends` (below a row) or at `steps` (between two lines of a row).
    """

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ends: tuple[float, ...]
    steps: tuple[float, ...]
    header_end: float


@cache
def _fonts() -> None:
    folder = files("font_roboto") / "files"
    pdfmetrics.registerFont(TTFont("Body", str(folder / "Roboto-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Body-Bold", str(folder / "Roboto-Bold.ttf")))


def draw(plan: Plan, layout: Layout, path: Path) -> None:
    _fonts()
    pen = _Pen(path, layout)
    pen.pair(letterhead(plan), bold=True)
    for line in (plan.of("kind"), plan.of("title")):
        pen.paragraph(line, bold=True, centred=True)
    for line in plan.text:
        pen.paragraph(line)
    for table in plan.tables:
        if table.title:
            pen.paragraph(table.title, bold=True, centred=True)
        for sheet in lay_out(table, layout):
            pen.table(measure(sheet, pen.width - 2 * MARGIN, layout))
    pen.pair(signature(plan))
    pen.close()


def measure(sheet: Sheet, total: float, layout: Layout) -> Strip:
    size = layout.font_size
    leading = size * 1.25
    widths = column_widths(sheet, total)
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    gutter = 6.0 if layout.rulings in ("none", "horizontal") else 0.0
    wrapped: dict[Box, list[str]] = {}
    heights = [leading + 2 * PAD] * sheet.row_count
    for box in sorted(sheet.boxes, key=lambda box: box.row_span):
        width = edges[box.column + box.column_span] - edges[box.column] - 2 * PAD - gutter
        wrapped[box] = wrap(box.text, width, size, box.bold)
        need = len(wrapped[box]) * leading + 2 * PAD
        have = sum(heights[box.row : box.row + box.row_span])
        heights[box.row + box.row_span - 1] += max(0.0, need - have)
    rows = [0.0]
    for height in heights:
        rows.append(rows[-1] + height)
    lines: list[Line] = []
    for box, texts in wrapped.items():
        top = rows[box.row] + PAD
        if box.row_span > 1:  # a merged cell's text stands in its middle, as Word's users like it
            spare = rows[box.row + box.row_span] - rows[box.row] - 2 * PAD - len(texts) * leading
            top += leading * int(spare / 2 / leading)
        x = edges[box.column] + PAD
        lines += [Line(box, top + n * leading, x, text, box.bold) for n, text in enumerate(texts) if text]
    steps = {
        rows[row] + PAD + step * leading
        for row in range(sheet.header_rows, sheet.row_count)
        for step in range(1, int((heights[row] - 2 * PAD) / leading + 0.5))
    }
    header_end = rows[sheet.header_rows]
    ends = tuple(rows[sheet.header_rows :])
    return Strip(tuple(rows), tuple(edges), sheet.boxes, tuple(lines), ends, tuple(sorted(steps)), header_end)


def wrap(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Break a cell's paragraphs into lines as a typesetter does: at blanks, never inside a word."""
    font = "Body-Bold" if bold else "Body"
    lines: list[str] = []
    for part in text.split("\n"):
        current = ""
        for word in part.split():
            longer = f"{current} {word}".strip()
            if current and pdfmetrics.stringWidth(longer, font, size) > width:
                lines.append(current)
                longer = word
            current = longer
        lines.append(current)
    return lines


class _Pen:
    """Where the next thing is drawn; begins pages, turned as the layout says."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.layout = layout
        turned = layout.rotate in (90, 270)
        self.width, self.height = layout.size[::-1] if turned else layout.size
        # reportlab swaps the sides of a page with /Rotate: it wants the size as shown.
        self.canvas = Canvas(str(path), pagesize=(self.width, self.height), invariant=True)
        self.y = MARGIN
        self._turn()

    def _turn(self) -> None:
        width, height = self.layout.size
        if self.layout.rotate == 90:
            self.canvas.setPageRotation(90)
            self.canvas.translate(width, 0)
            self.canvas.rotate(90)
        elif self.layout.rotate == 270:
            self.canvas.setPageRotation(270)
            self.canvas.translate(0, height)
            self.canvas.rotate(-90)

    def new_page(self) -> None:
        self.canvas.showPage()
        self._turn()
        self.y = MARGIN

    def close(self) -> None:
        self.canvas.showPage()
        self.canvas.save()

    def text(self, x: float, top: float, text: str, bold: bool = False) -> None:
        size = self.layout.font_size
        self.canvas.setFont("Body-Bold" if bold else "Body", size)
        self.canvas.drawString(x, self.height - top - size, text)

    def paragraph(self, text: str, bold: bool = False, centred: bool = False) -> None:
        size = self.layout.font_size
        for line in wrap(text, self.width - 2 * MARGIN, size, bold):
            if self.y + 2 * size > self.height - MARGIN:
                self.new_page()
            width = pdfmetrics.stringWidth(line, "Body-Bold" if bold else "Body", size)
            self.text((self.width - width) / 2 if centred else MARGIN, self.y, line, bold)
            self.y += size * 1.35
        self.y += size * 0.6

    def pair(self, halves: tuple[list[str], list[str]], bold: bool = False) -> None:
        step = self.layout.font_size * 1.35
        needed = step * max(map(len, halves))
        if self.y + needed > self.height - MARGIN:
            self.new_page()
        for lines, centre in zip(halves, (0.25, 0.72), strict=True):
            for number, line in enumerate(lines):
                width = pdfmetrics.stringWidth(line, "Body-Bold" if bold else "Body", self.layout.font_size)
                self.text(self.width * centre - width / 2, self.y + number * step, line, bold)
        self.y += needed + step

    def table(self, strip: Strip) -> None:
        bottom = self.height - MARGIN
        start, end = 0.0, strip.rows[-1]
        first = True
        while start < end:
            again = not first and self.layout.header_again
            head = strip.header_end if again else 0.0
            room = bottom - self.y - head
            least = strip.header_end if first else start
            cuts = (*strip.ends, *strip.steps) if self.layout.split_rows else strip.ends
            stops = [cut for cut in cuts if least < cut <= start + room + 0.01 and cut > start]
            if not stops and self.y > MARGIN + 1:
                self.new_page()
                continue
            # A row higher than the page is cut even where rows stay whole.
            fitting = [cut for cut in (*strip.ends, *strip.steps) if start < cut <= start + room + 0.01]
            stop = max(stops or fitting)
            if again:
                self._piece(strip, 0.0, strip.header_end)
            self._piece(strip, start, stop)
            start, first = stop, False
            if start < end:
                self.new_page()
        self.y += self.layout.font_size * 1.5

    def _piece(self, strip: Strip, start: float, stop: float) -> None:
        """Draw the part of the strip between two heights at the pen's place; a cut row gets a closing line."""
        shift = self.y - start
        shown = [line for line in strip.lines if start <= line.top + 1 < stop]
        last = {line.box: line.top + self.layout.font_size * 1.25 for line in shown}
        for line in shown:
            # A merged cell's lines stand where its middle is: those that hang over the page's end move up.
            up = max(0.0, last[line.box] - stop)
            self.text(MARGIN + line.x, line.top - up + shift, line.text, line.bold)
        rule = _ruler(self.canvas, self.height)
        for box in strip.boxes:
            top = max(strip.rows[box.row], start)
            bottom = min(strip.rows[box.row + box.row_span], stop)
            if bottom - top < 0.5:
                continue
            left = MARGIN + strip.columns[box.column]
            right = MARGIN + strip.columns[box.column + box.column_span]
            self._outline((left, top + shift, right, bottom + shift), rule)
        self.y += stop - start

    def _outline(
        self, box: tuple[float, float, float, float], rule: Callable[[float, float, float, float], None]
    ) -> None:
        left, top, right, bottom = box
        if self.layout.rulings in ("all", "double", "horizontal"):
            rule(left, top, right, top)
            rule(left, bottom, right, bottom)
        if self.layout.rulings in ("all", "double"):
            rule(left, top, left, bottom)
            rule(right, top, right, bottom)
        if self.layout.rulings == "double":
            rule(left + DOUBLE, top, left + DOUBLE, bottom)


def _ruler(canvas: Canvas, height: float) -> Callable[[float, float, float, float], None]:
    canvas.setLineWidth(0.5)

    def rule(x0: float, top0: float, x1: float, top1: float) -> None:
        canvas.line(x0, height - top0, x1, height - top1)

    return rule
