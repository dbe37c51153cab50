"""The cells of ruled tables, each recognised on its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from extract.pdf.cells import Filled, table_of
from extract.scan import labels
from extract.scan.engine import Box
from extract.scan.mending import dash_of, mend, repaired
from extract.scan.reading import read_lines
from extract.scan.recognised import confidence, line_run, lines

if TYPE_CHECKING:
    from extract.document import Table
    from extract.pdf.lattice import Grid
    from extract.scan.engine import Engine, Word
    from extract.scan.sheet import Members, Sheet

_SPECK = 0.7  # points: smaller ink is dust


def read_table(sheet: Sheet, grid: Grid, reader: Engine) -> Table | None:
    """Give the table of a grid, None where no cell holds a word (a form's frame, a drawing)."""
    words = [
        read_cell(sheet, inked(sheet, box), reader, label=cell.column == 0)
        for cell, box in zip(grid.cells, cell_boxes(sheet, grid), strict=True)
    ]
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


def read_cell(sheet: Sheet, members: Members, reader: Engine, *, label: bool = False) -> list[Word]:
    """Read the parts of one cell, line by line; dashes by shape, running numbers as such."""
    if not len(members):
        return []
    dash = dash_of(sheet, members)
    if dash:
        return [dash]
    words = mend(sheet, [word for line in read_lines(sheet, members, reader) for word in line.words])
    if label:
        if labels.doubtful(words):
            words = labels.read(sheet, members, words)
        words = labels.settle(sheet, words)
    return words


def cell_boxes(sheet: Sheet, grid: Grid) -> list[Box]:
    """Give the boxes of a grid's cells in pixels, from the middle of one rule to the next."""
    xs = [round(x * sheet.point) for x in grid.xs]
    ys = [round(y * sheet.point) for y in grid.ys]
    return [
        Box(xs[column], ys[row], xs[column + column_span], ys[row + row_span])
        for row, column, row_span, column_span in grid.cells
    ]


def inked(sheet: Sheet, box: Box) -> Members:
    """Give the parts of ink in a box without dust; none where that is too little for a letter."""
    parts, least = sheet.parts, _SPECK * sheet.point
    members = sheet.within(box)
    members = members[np.maximum(parts.width[members], parts.height[members]) > least]
    return members if parts.area[members].sum() >= (2 * least) ** 2 else members[:0]
