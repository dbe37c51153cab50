"""One picture of a page to its blocks: the order of the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extract.document import Page, Problem
from extract.pdf.flow import drop_page_number, paragraphs, text_lines
from extract.pdf.lattice import grids as find_grids
from extract.scan.cells import read_table
from extract.scan.columns import blocks
from extract.scan.engine import Box, engine
from extract.scan.ink import erase_dust, ink_of, to_grey, whitened
from extract.scan.mending import mend, repaired
from extract.scan.reading import read_lines
from extract.scan.recognised import confidence, word_runs
from extract.scan.rules import erase_rules, find_rules, rules_of
from extract.scan.sheet import Sheet, letter_height, parts_of
from extract.scan.upright import posture, straightened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.document import BBox, Block, Table
    from extract.pdf.lattice import Grid
    from extract.pdf.lines import Line
    from extract.scan.picture import Picture, Pixels
    from extract.scan.sheet import Members

# Letters like x are read best some 20 pixels high: 200 dots per inch for type of 12 points, 270 for 9.
_LETTER = 20.0
MOST_DPI, _LEAST_DPI = 300.0, 200.0
_AS_SCANNED = 0.2  # a resolution so near the scanned one is not worth the blur of drawing anew
_USUAL_LETTER = 5.4  # points: an x of 12 points
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
    sheet, grids = straight(picture, number)
    page = Page(number, sheet.grey.shape[1] / sheet.point, sheet.grey.shape[0] / sheet.point, "ocr")
    tables = [table for grid in grids if (table := read_table(sheet, grid, reader))]
    runs = []
    for block in blocks(sheet, around(sheet, [table.bbox for table in tables if table.bbox])):
        for line in read_lines(sheet, block, reader):
            words = mend(sheet, line.words)
            if confidence(words) >= _READABLE and any(
                letter.isalnum() for word in words for letter in word.text
            ):
                runs += word_runs(repaired(words), sheet.dpi)
    outside = drop_page_number(text_lines(runs), page.height)
    found = list(_in_order(tables, outside, number))
    problem = None
    if not found and np.count_nonzero(sheet.ink) > _BLANK * sheet.ink.size:
        problem = Problem("nothing_recognised", "the page is a picture in which no word was found", number)
    return Recognised(page, found, problem)


def straight(picture: Picture, number: int) -> tuple[Sheet, list[Grid]]:
    """Give a page upright and straight, without its rules, and the grids that these drew."""
    grey, dpi, about = upright(picture)
    ink = ink_of(grey, dpi)
    rulings = find_rules(grey, dpi)
    grids = find_grids(rulings)
    erase_rules(grey, ink, dpi, rules_of(grids, rulings))
    erase_dust(grey, ink, dpi)
    parts = parts_of(ink)
    letter = letter_height(parts.height[1:], about * dpi / 72)
    return Sheet(whitened(grey, ink), ink, parts, letter, dpi, number), grids


def upright(picture: Picture) -> tuple[Pixels, float, float]:
    """Give a page in grey, turned upright and straightened, at the resolution that suits its letters.

    With it come that resolution and about how high its small letters are, in points.
    """
    grey = to_grey(picture.pixels, picture.dpi)
    lies = posture(grey, picture.dpi)
    dpi = min(max(_LETTER / max(lies.small, 1.0) * 72, _LEAST_DPI), MOST_DPI) if lies.small else _LEAST_DPI
    if abs(dpi / picture.dpi - 1) < _AS_SCANNED:
        dpi = picture.dpi
    paper = int(np.percentile(grey[::16, ::16], 80))
    scale = dpi / picture.dpi
    return straightened(grey, lies.skew, scale, lies.turn, paper), dpi, lies.small or _USUAL_LETTER


def around(sheet: Sheet, boxes: Sequence[BBox]) -> Members:
    """Give the ink outside the tables, whose boxes are in points."""
    height, width = sheet.ink.shape
    free = sheet.within(Box(0, 0, width, height))
    margin = sheet.point
    for box in boxes:
        x0, top, x1, bottom = (at * sheet.point for at in box)
        inside = sheet.within(
            Box(int(x0 - margin), int(top - margin), int(x1 + margin) + 1, int(bottom + margin) + 1)
        )
        free = np.setdiff1d(free, inside, assume_unique=True)
    return free


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
