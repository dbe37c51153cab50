"""Image files and pages of PDF files to what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from extract.document import Document, Problem
from extract.errors import NeedsOcrError, NoPagesError
from extract.scan.page import MOST_DPI, Recognised, recognise_page
from extract.scan.picture import POINTS, Picture, pages
from extract.scan.register import same_columns

if TYPE_CHECKING:
    from pathlib import Path

    import pypdfium2

    from extract.document import Block, Page
    from extract.readers import Ocr

_LEAST_DPI = 150.0
_MOST_PIXELS = 60_000_000  # a page of three metres is drawn smaller


def read_image(path: Path, *, ocr: Ocr = "auto") -> Document:
    """Recognise every page of an image file.

    Raises:
        NeedsOcrError: recognition is switched off, or it found no word.
        MissingHelperError: Tesseract or its Vietnamese data is not installed.
        DamagedFileError, TooLargeError, NoPagesError: see `extract.scan.picture`.
    """
    if ocr == "never":
        message = "a picture, and recognition is switched off"
        raise NeedsOcrError(message)
    blocks: list[Block] = []
    found: list[Page] = []
    problems: list[Problem] = []
    for number, picture in enumerate(pages(path), 1):
        page, on_page, problem = recognise_page(picture, number)
        found.append(page)
        blocks += on_page
        if problem is not None:
            problems.append(problem)
    if not found:
        message = "the picture has no frame"
        raise NoPagesError(message)
    if not blocks:
        message = "no word was recognised in the picture"
        raise NeedsOcrError(message)
    return Document("image", tuple(same_columns(blocks)), tuple(found), problems=tuple(problems))


def recognise_pdf_page(document: pypdfium2.PdfDocument, index: int) -> Recognised:
    """Recognise a page of an open PDF from its picture.

    Raises:
        MissingHelperError: Tesseract or its Vietnamese data is not installed.
    """
    page = document[index]
    try:
        return recognise_page(drawn(page), index + 1)
    finally:
        page.close()


def drawn(page: pypdfium2.PdfPage) -> Picture:
    """Draw a page as finely as it was scanned, within reason."""
    from pypdfium2 import raw  # noqa: PLC0415 - image files need no pdfium

    width, height = page.get_size()
    finest = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * width * height:
            finest = max(finest, max(picture.get_px_size()) / max(right - left, top - bottom) * POINTS)
    dpi = min(max(finest, _LEAST_DPI), MOST_DPI) if finest else MOST_DPI
    scale = min(dpi / POINTS, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
    return Picture(np.ascontiguousarray(pixels[..., :3]), scale * POINTS)
