"""Pictures of pages with what was found drawn in, for people to check a reading against the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from PIL import Image, ImageDraw

from extract.document import Paragraph, Table
from extract.pdf import pdfium
from extract.pdf.page import OpenPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from extract.document import Block, Document

SCALE = 1.5  # pixels per point
MOST_PIXELS = 20_000_000  # a page 3 metres tall is drawn smaller rather than not at all

_CELL, _TABLE, _STREAM, _PARAGRAPH = (0, 90, 255), (220, 0, 0), (200, 100, 0), (0, 150, 60)


def draw(path: Path, document: Document, out_dir: Path) -> list[Path]:
    """Write one PNG per page of `document` into `out_dir` and give their paths.

    Cells are outlined in blue, tables in red (lattice) or orange (stream), paragraphs in green.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    by_page: dict[int, list[Block]] = {}
    for block in document.blocks:
        if block.page is not None:
            by_page.setdefault(block.page, []).append(block)
    written = []
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in document.pages:
            image = render(pdf, page.number).image
            _mark(image, by_page.get(page.number, []), image.width / page.width)
            target = out_dir / f"{path.stem}-{page.number:03d}.png"
            image.save(target)
            written.append(target)
    finally:
        pdf.close()
    return written


class Rendered(NamedTuple):
    """A page as a picture.

    Attributes:
        scale: pixels per point.
        turn: degrees, counter-clockwise, by which the page was turned to stand as its text is read.
    """

    image: Image.Image
    scale: float
    turn: int


def render(pdf: pypdfium2.PdfDocument, number: int) -> Rendered:
    """Give the picture of a page, turned as its text is read."""
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        page.close()
    with OpenPage(pdfium.handle(pdf.raw), number - 1) as opened:
        turn = opened.content.turn
    # counter-clockwise, as PIL turns
    return Rendered(picture.rotate(turn, expand=True) if turn else picture, scale, turn)


def _mark(image: Image.Image, blocks: Iterable[Block], scale: float) -> None:
    pen = ImageDraw.Draw(image)
    for block in _all(blocks):
        if isinstance(block, Paragraph):
            _outline(pen, block.bbox, scale, _PARAGRAPH, 1)
            continue
        for cell in block.cells:
            _outline(pen, cell.bbox, scale, _CELL, 2 if cell.text else 1)
        _outline(pen, block.bbox, scale, _TABLE if block.method == "lattice" else _STREAM, 2)


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks and the tables nested in them."""
    for block in blocks:
        yield block
        if isinstance(block, Table):
            for cell in block.cells:
                yield from _all(cell.nested)


def _outline(
    pen: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float] | None,
    scale: float,
    colour: tuple[int, int, int],
    width: int,
) -> None:
    if box is not None:
        x0, top, x1, bottom = (value * scale for value in box)
        pen.rectangle(
            (x0 + 1, top + 1, max(x1 - 1, x0 + 2), max(bottom - 1, top + 2)), outline=colour, width=width
        )
