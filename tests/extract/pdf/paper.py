"""Pages drawn for a test: coordinates in points from the top left corner, as the reader gives them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from pathlib import Path

A4 = (595.0, 842.0)


@cache
def _fonts() -> None:
    folder = files("font_roboto") / "files"  # the standard PDF fonts lack Vietnamese letters
    pdfmetrics.registerFont(TTFont("Body", str(folder / "Roboto-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Body-Bold", str(folder / "Roboto-Bold.ttf")))


class Paper:
    """A PDF being drawn."""

    def __init__(self, path: Path, size: tuple[float, float] = A4, turn: int = 0) -> None:
        _fonts()
        self.path = path
        self.width, self.height = size
        self.canvas = Canvas(str(path), pagesize=size, invariant=True)
        self.turn = turn
        self._start()

    def _start(self) -> None:
        if self.turn:  # `size` is the page as displayed; reportlab wants it so, the content is turned back
            self.canvas.setPageRotation(self.turn)
            if self.turn == 90:
                self.canvas.translate(self.height, 0)
            elif self.turn == 180:
                self.canvas.translate(self.width, self.height)
            else:
                self.canvas.translate(0, self.width)
            self.canvas.rotate(self.turn)

    def text(self, x: float, baseline: float, text: str, size: float = 10, bold: bool = False) -> float:
        """Draw one run and give where it ends."""
        font = "Body-Bold" if bold else "Body"
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - baseline, text)
        return x + pdfmetrics.stringWidth(text, font, size)

    def centred(self, x: float, baseline: float, text: str, size: float = 10, bold: bool = False) -> None:
        width = pdfmetrics.stringWidth(text, "Body-Bold" if bold else "Body", size)
        self.text(x - width / 2, baseline, text, size, bold)

    def wrapped(self, x: float, baseline: float, text: str, width: float, size: float = 10) -> float:
        """Draw a paragraph broken at blanks and give the baseline of its last line."""
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and pdfmetrics.stringWidth(longer, "Body", size) > width:
                self.text(x, baseline, line, size)
                baseline, longer = baseline + 1.3 * size, word
            line = longer
        self.text(x, baseline, line, size)
        return baseline

    def line(self, x0: float, top0: float, x1: float, top1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - top0, x1, self.height - top1)

    def box(self, x0: float, top: float, x1: float, bottom: float, *, fill: int = 0, stroke: int = 1) -> None:
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=stroke, fill=fill)

    def grid(self, xs: list[float], ys: list[float], texts: list[list[str]] | None = None) -> None:
        """Draw a full grid of rulings and its cells' texts."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        self.fill(xs, ys, texts or [])

    def fill(self, xs: list[float], ys: list[float], texts: list[list[str]]) -> None:
        for top, row in zip(ys, texts, strict=False):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.text(x + 4, top + 14, text)

    def picture(self, x0: float, top: float, x1: float, bottom: float) -> None:
        from PIL import Image

        image = ImageReader(Image.new("L", (20, 20), 200))
        self.canvas.drawImage(image, x0, self.height - bottom, x1 - x0, bottom - top)

    def new_page(self) -> None:
        self.canvas.showPage()
        self._start()

    def save(self) -> Path:
        self.canvas.showPage()
        self.canvas.save()
        return self.path
