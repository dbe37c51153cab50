"""Ruled tables whose rules leave out rows or columns: a frame around figures, verticals without lines between rows.

A field of such a grid holds many rows of figures. It is parted as a table without rulings is, the rules there are
kept as borders. Fields of words stay whole: nobody can tell their lines from rows.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.pdf.cells import Filled
from extract.pdf.columns import Columns, corridors_of, is_value, parted_runs, text_lines
from extract.pdf.lattice import Grid, GridCell
from extract.pdf.placed import Piecewise, figure_columns, pieces_of
from extract.pdf.rows import ANCHORED, figure_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.cells import Letters
    from extract.pdf.columns import TextLine
    from extract.pdf.content import Run
    from extract.pdf.placed import Piece

LEAST_LINES = 3
SHORT = 16  # letters; no figure is longer
FIGURES = 0.4  # part of the runs that are figures in a field that may hold rows of them
LABELLED = 0.6  # part of the lines of figures that have a label in the first column
IN_TWO = 0.6  # part of a column's lines in which a corridor parts two texts


def parted_rows(table: Filled, letters: Letters) -> Filled:
    """Part the fields that hold rows of figures; a table without such comes back as it is."""
    suspects = _suspects(table)
    if not suspects:
        return table
    bands = {row: text_lines(_runs_of(table, row, letters)) for row in suspects}
    columns = _columns(table.grid.xs, [line for lines in bands.values() for line in lines])
    parted = {}
    for row, lines in bands.items():
        band = Piecewise(lines, [pieces_of(line, columns) for line in lines], columns, ())
        rows = _rows(band)
        if rows:
            parted[row] = band, rows
    return _rebuilt(table, columns, parted) if parted else table


def _suspects(table: Filled) -> list[int]:
    """Give the rows of the grid with a field of many figures and no cell that reaches beyond the row."""
    grid = table.grid
    suspects: set[int] = set()
    tall: set[int] = set()
    for cell, runs in zip(grid.cells, table.runs, strict=True):
        if cell.row_span > 1:
            tall.update(range(cell.row, cell.row + cell.row_span))
        if len(runs) < LEAST_LINES or cell.row in suspects:
            continue
        short = [run.text for run in runs if len(run.text) <= SHORT]
        if len(short) >= FIGURES * len(runs) and sum(map(is_value, short)) >= FIGURES * len(runs):
            suspects.add(cell.row)
    return sorted(suspects - tall)


def _runs_of(table: Filled, row: int, letters: Letters) -> list[Run]:
    runs = [
        run
        for cell, of_cell in zip(table.grid.cells, table.runs, strict=True)
        if cell.row == row
        for run in of_cell
    ]
    return [part for part, _ in parted_runs([run for run in runs if not run.turn], letters)]


def _columns(xs: Sequence[float], lines: Sequence[TextLine]) -> Columns:
    """Give the columns of the grid, those parted further that hold two texts in most lines."""
    borders = [xs[0]]
    for left, right in pairwise(xs):
        inside = [
            line._replace(segments=segments)
            for line in lines
            if (segments := tuple(each for each in line.segments if left <= (each.x0 + each.x1) / 2 < right))
        ]
        several = sum(len(line.segments) > 1 for line in inside)
        if len(inside) >= LEAST_LINES and several >= IN_TWO * len(inside):
            borders += [(a + b) / 2 for a, b in corridors_of(inside)]
        borders.append(right)
    return Columns(list(pairwise(borders)), borders)


def _rows(band: Piecewise) -> list[list[int]]:
    """Group the lines of a band into rows; none where it is one row of words."""
    figures = figure_columns(band.pieces, len(band.columns.cores))
    anchors = [any(piece.first in figures and is_value(piece.text) for piece in line) for line in band.pieces]
    labels = sum(anchored and line[0].first == 0 for anchored, line in zip(anchors, band.pieces, strict=True))
    if (
        sum(anchors) < LEAST_LINES
        or sum(anchors) < ANCHORED * len(anchors)
        or labels < LABELLED * sum(anchors)
    ):
        return []
    return figure_rows(band, anchors)


def _rebuilt(table: Filled, columns: Columns, parted: dict[int, tuple[Piecewise, list[list[int]]]]) -> Filled:
    """Put the parted rows in the place of the fields they stood in."""
    grid = table.grid
    first_row: list[int] = []
    ys: list[float] = []
    for row, top in enumerate(grid.ys[:-1]):
        first_row.append(len(ys))
        ys.append(top)
        if row in parted:
            band, rows = parted[row]
            ys += [band.lines[indices[0]].top for indices in rows[1:]]
    first_row.append(len(ys))
    ys.append(grid.ys[-1])
    places = [bisect_right(columns.xs, x + 0.01) - 1 for x in grid.xs]
    cells: list[tuple[GridCell, list[Run]]] = []
    for cell, runs in zip(grid.cells, table.runs, strict=True):
        if cell.row in parted:
            continue
        row, last = first_row[cell.row], first_row[cell.row + cell.row_span]
        left, right = places[cell.column], places[cell.column + cell.column_span]
        if (
            right - left > cell.column_span and last - row == 1
        ):  # a heading over columns that only figures part
            pieces = [piece for line in text_lines(runs) for piece in pieces_of(line, columns)]
            inside = [pair for pair in _cells(row, pieces, right) if pair[0].column >= left]
            if sum(bool(of_cell) for _, of_cell in inside) > 1:
                cells += inside
                continue
        cells.append((GridCell(row, left, last - row, right - left), runs))
    for row, (band, rows) in parted.items():
        for offset, indices in enumerate(rows):
            pieces = [piece for index in indices for piece in band.pieces[index]]
            cells += _cells(first_row[row] + offset, pieces, len(columns.cores))
    cells.sort(key=lambda pair: pair[0])
    return Filled(Grid(list(columns.xs), ys, [cell for cell, _ in cells]), [runs for _, runs in cells])


def _cells(row: int, pieces: Sequence[Piece], count: int) -> Iterator[tuple[GridCell, list[Run]]]:
    """Give the cells of one row, empty ones too."""
    free = 0
    spans: list[tuple[int, int, list[Run]]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.first, piece.last)):
        if spans and piece.first <= spans[-1][1]:
            first, last, runs = spans[-1]
            spans[-1] = first, max(last, piece.last), [*runs, *piece.runs]
        else:
            spans.append((piece.first, piece.last, list(piece.runs)))
    for first, last, runs in spans:
        yield from ((GridCell(row, column, 1, 1), []) for column in range(free, first))
        yield GridCell(row, first, 1, last - first + 1), runs
        free = last + 1
    yield from ((GridCell(row, column, 1, 1), []) for column in range(free, count))
