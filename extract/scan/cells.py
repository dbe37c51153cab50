"""The cells of ruled tables, each recognised on its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from extract.pdf.cells import Filled, table_of
from extract.scan import labels
from extract.scan.engine import Box
from extract.scan.mending import dash_of, mend, read_again, repaired
from extract.scan.recognised import confidence, line_run, lines

if TYPE_CHECKING:
    from extract.document import Table
    from extract.pdf.lattice import Grid
    from extract.scan.engine import Engine, Word
    from extract.scan.sheet import Sheet

_INSET = 0.3  # points from the middle of a rule, whose ink is erased, to where the cell can begin
_SPECK = 0.7  # points: smaller ink is dust
_MARGIN = 3.0  # points of paper left around the ink of a cell


def read_table(sheet: Sheet, grid: Grid, reader: Engine) -> Table | None:
    """Give the table of a grid, None where no cell holds a word (a form's frame, a drawing)."""
    inked = [inked_part(sheet, box) for box in cell_boxes(sheet, grid)]
    words = [read_cell(sheet, box, reader) if box else [] for box in inked]
    for index, (cell, box) in enumerate(zip(grid.cells, inked, strict=True)):
        if box and cell.column == 0:
            if labels.doubtful(words[index]):
                words[index] = labels.read(sheet, box, words[index])
            words[index] = labels.settle(sheet, words[index])
    reader.show(sheet.grey, sheet.dpi)
    if not any(words):
        return None
    mended = [repaired(found) for found in words]
    runs = [[line_run(line, sheet.dpi) for line in lines(found)] for found in mended]
    table = table_of(Filled(grid, runs), sheet.number)
    cells = tuple(
        cell._replace(confidence=round(confidence(found), 3))
        for cell, found in zip(table.cells, words, strict=True)
    )
    everything = [word for found in words for word in found]
    return replace(table, cells=cells, method="ocr", confidence=round(confidence(everything), 3))


def read_cell(sheet: Sheet, box: Box, reader: Engine) -> list[Word]:
    """Read one cell: lines of which the engine is unsure once more, each alone; dashes and numerals by shape."""
    dash = dash_of(sheet, box)
    if dash:
        return [dash]
    found = read_again(sheet, lines(reader.read_block(box)), reader)
    return mend(sheet, [word for line in found for word in line])


def cell_boxes(sheet: Sheet, grid: Grid) -> list[Box]:
    """Give the boxes of a grid's cells in pixels, inside their rules."""
    point = sheet.dpi / 72
    boxes = []
    for row, column, row_span, column_span in grid.cells:
        x0, x1 = grid.xs[column] + _INSET, grid.xs[column + column_span] - _INSET
        top, bottom = grid.ys[row] + _INSET, grid.ys[row + row_span] - _INSET
        boxes.append(Box(*(round(at * point) for at in (x0, top, x1, bottom))))
    return boxes


def inked_part(sheet: Sheet, box: Box) -> Box | None:
    """Give the part of a box that holds ink, with some paper around it; None for an empty cell."""
    point = sheet.dpi / 72
    ink = sheet.ink[max(box.top, 0) : box.bottom, max(box.x0, 0) : box.x1]
    if ink.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    parts = stats[1:count]
    parts = parts[np.maximum(parts[:, cv2.CC_STAT_WIDTH], parts[:, cv2.CC_STAT_HEIGHT]) > _SPECK * point]
    if not len(parts) or parts[:, cv2.CC_STAT_AREA].sum() < (2 * _SPECK * point) ** 2:
        return None
    x0, top = parts[:, 0].min(), parts[:, 1].min()
    x1, bottom = (parts[:, 0] + parts[:, 2]).max(), (parts[:, 1] + parts[:, 3]).max()
    margin = round(_MARGIN * point)
    return Box(
        max(box.x0, box.x0 + int(x0) - margin), max(box.top, box.top + int(top) - margin),
        min(box.x1, box.x0 + int(x1) + margin), min(box.bottom, box.top + int(bottom) + margin),
    )  # fmt: skip
