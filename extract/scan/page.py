"""One picture of a page to its blocks: the order of the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from extract.document import Page, Problem
from extract.pdf.flow import drop_page_number, paragraphs, text_lines
from extract.pdf.lattice import grids as find_grids
from extract.scan.cells import read_table
from extract.scan.engine import Box, engine
from extract.scan.ink import erase_dust, ink_of, to_grey
from extract.scan.mending import mend, read_again, repaired
from extract.scan.recognised import confidence, lines, word_runs
from extract.scan.rules import erase_rules, find_rules, rules_of
from extract.scan.sheet import Sheet
from extract.scan.upright import posture, straightened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.document import Block, Table
    from extract.pdf.lines import Line
    from extract.scan.picture import Picture, Pixels

# Letters like x are read best some 20 pixels high: 200 dots per inch for type of 12 points, 270 for 9.
_LETTER = 20.0
MOST_DPI, _LEAST_DPI = 300.0, 200.0
_AS_SCANNED = 0.2  # a resolution so near the scanned one is not worth the blur of drawing anew
_PAPER = 255
_READABLE = 0.35  # what is read less surely outside tables is a signature or a stamp
_BLANK = 0.002  # part of a page that is ink on an empty back (dust, the shadow of a fold)


class Recognised(NamedTuple):
    """What a picture of a page says."""

    page: Page
    blocks: list[Block]
    problem: Problem | None


def recognise_page(picture: Picture, number: int) -> Recognised:
    """Read a picture of a page.

    Raises:
        MissingHelperError: see `extract.scan.engine`.
    """
    reader = engine()
    grey, dpi = upright(picture)
    ink = ink_of(grey, dpi)
    rulings = find_rules(grey, dpi)
    grids = find_grids(rulings)
    erase_rules(grey, ink, dpi, rules_of(grids, rulings))
    erase_dust(grey, ink, dpi)
    point = dpi / 72
    page = Page(number, grey.shape[1] / point, grey.shape[0] / point, "ocr")
    inked = float(np.count_nonzero(ink)) / ink.size
    sheet = Sheet(grey, ink, dpi, number)
    reader.show(grey, dpi)
    tables = []
    for grid in grids:
        table = read_table(sheet, grid, reader)
        if table:
            tables.append(table)
            _blank(sheet, table)
    runs = []
    if np.count_nonzero(sheet.ink) > 50:
        reader.show(sheet.grey, dpi)
        whole = Box(0, 0, grey.shape[1], grey.shape[0])
        for line in read_again(sheet, lines(reader.read_page(whole)), reader):
            words = mend(sheet, line)
            if confidence(words) >= _READABLE and any(
                letter.isalnum() for word in words for letter in word.text
            ):
                runs += word_runs(repaired(words), dpi)
    outside = drop_page_number(text_lines(runs), page.height)
    blocks = list(_in_order(tables, outside, number))
    problem = None
    if not blocks and inked > _BLANK:
        problem = Problem("nothing_recognised", "the page is a picture in which no word was found", number)
    return Recognised(page, blocks, problem)


def upright(picture: Picture) -> tuple[Pixels, float]:
    """Give a page in grey, turned upright and straightened, at the resolution that suits its letters."""
    grey = to_grey(picture.pixels, picture.dpi)
    lies = posture(grey, picture.dpi)
    dpi = min(max(_LETTER / max(lies.small, 1.0) * 72, _LEAST_DPI), MOST_DPI) if lies.small else _LEAST_DPI
    if abs(dpi / picture.dpi - 1) < _AS_SCANNED:
        dpi = picture.dpi
    paper = int(np.percentile(grey[::16, ::16], 80))
    return straightened(grey, lies.skew, dpi / picture.dpi, lies.turn, paper), dpi


def _blank(sheet: Sheet, table: Table) -> None:
    """Paint paper over a table that has been read."""
    if table.bbox:
        x0, top, x1, bottom = (round(at * sheet.dpi / 72) for at in table.bbox)
        margin = round(sheet.dpi / 72)
        for pixels, value in ((sheet.grey, _PAPER), (sheet.ink, 0)):
            cv2.rectangle(pixels, (x0 - margin, top - margin), (x1 + margin, bottom + margin), (value,), -1)


def _in_order(tables: list[Table], lines: list[list[Line]], number: int) -> Iterator[Block]:
    """Paragraphs and tables from top to bottom."""
    everything = [line for segments in lines for line in segments]
    body = (
        min((line.x0 for line in everything), default=0.0),
        max((line.x1 for line in everything), default=0.0),
    )
    start = 0
    for table in sorted(tables, key=lambda table: table.bbox or (0.0, 0.0, 0.0, 0.0)):
        top = table.bbox[1] if table.bbox else 0.0
        stop = start
        while stop < len(lines) and lines[stop][0].baseline <= top + lines[stop][0].size / 2:
            stop += 1
        yield from paragraphs(lines[start:stop], number, body)
        yield table
        start = stop
    yield from paragraphs(lines[start:], number, body)
