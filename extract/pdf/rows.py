"""Which lines of a table without rulings are one row: by its figures, else by the white between cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.blocks import block_cells
from extract.pdf.columns import Columns, is_value
from extract.pdf.heads import head_cells, height
from extract.pdf.placed import LaidCell, figure_columns, pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Ruling
    from extract.pdf.placed import Piece, Piecewise

ANCHORED = 0.55  # part of the lines that have figures in a table of figures
WRAPPED = 0.85  # of the letter size: white between lines of one label
FULL = 1.0  # of the letter size: the room at a line's end in which the next word did not fit

_OPEN = re.compile(
    r"(?:[,(/–&-]|\b(?:and|or|of|the|in|for|to|by|with|per|from|on|at|a|và|của|các|cho|theo))$", re.IGNORECASE
)


class Laid(NamedTuple):
    """The cells of a table, how many rows they make, and how many of these are the heading."""

    cells: list[LaidCell]
    rows: int
    head: int


def lay(table: Piecewise, rules: Sequence[Ruling]) -> Laid:
    """Give the cells of a table; `rules` are all rules among its lines."""
    figures = figure_columns(table.pieces, len(table.columns.cores))
    head = height(table, figures)
    body = table.part(head, len(table.lines))
    figures = figure_columns(body.pieces, len(table.columns.cores)) if head else figures
    anchors = [any(piece.first in figures and is_value(piece.text) for piece in line) for line in body.pieces]
    by_figures = bool(figures) and sum(anchors) >= ANCHORED * len(anchors)
    cells, rows = (
        head_cells(_above(body, table.part(0, head)), rules, tall=not by_figures) if head else ([], 0)
    )
    below, count = _joined(body, figure_rows(body, anchors)) if by_figures else block_cells(body)
    cells += [cell._replace(row=cell.row + rows, last_row=cell.last_row + rows) for cell in below]
    return Laid(cells, rows + count, rows)


def _above(body: Piecewise, head: Piecewise) -> Piecewise:
    """Place the lines of a heading over what stands in the columns below it."""
    cores = list(head.columns.cores)
    for column in range(len(cores)):
        own = [piece for line in body.pieces for piece in line if piece.first == piece.last == column]
        if own:
            cores[column] = min(piece.x0 for piece in own), max(piece.x1 for piece in own)
    columns = Columns(cores, head.columns.xs)
    return head._replace(columns=columns, pieces=[pieces_of(line, columns) for line in head.lines])


def figure_rows(body: Piecewise, anchors: Sequence[bool]) -> list[list[int]]:
    """Group lines into rows: each line of figures is one; lines of words alone belong to it, or are headings."""
    rows: list[list[int]] = []
    waiting: list[int] = []  # lines of a label whose figures come below
    for index, anchored in enumerate(anchors):
        if anchored:
            rows.append([*waiting, index])
            waiting = []
        elif waiting and not _follows(body, index - 1, index):
            rows.append(waiting)
            waiting = [index]
        elif not waiting and rows and _goes_on(body, rows[-1][-1], index):
            rows[-1].append(index)
        elif _leads(body, index, anchors):
            waiting.append(index)
        else:
            rows += [waiting] if waiting else []
            waiting = []
            rows.append([index])
    return rows + ([waiting] if waiting else [])


def _goes_on(body: Piecewise, above: int, index: int) -> bool:
    """Whether a line of words goes on with the row above it."""
    if not _close(body, above, index):
        return False
    pieces = body.pieces[index]
    label = _label(body.pieces[index])
    if label is None:
        return all(piece.first > 0 for piece in pieces)
    before = _label(body.pieces[above])
    return before is not None and (label.text[:1].islower() or bool(_OPEN.search(before.text)))


def _leads(body: Piecewise, index: int, anchors: Sequence[bool]) -> bool:
    """Whether a line of words is the beginning of the label of the line below."""
    below = index + 1
    return below < len(anchors) and _label(body.pieces[index]) is not None and _follows(body, index, below)


def _follows(body: Piecewise, above: int, below: int) -> bool:
    """Whether the label of a line goes on with that of the line above it."""
    if not _close(body, above, below):
        return False
    upper, lower = _label(body.pieces[above]), _label(body.pieces[below])
    if upper is None or upper.text.rstrip().endswith(":"):
        return False
    if lower is None:
        return (
            len(body.pieces[above]) == 1
            and upper.runs[0].font.bold == body.pieces[below][0].runs[0].font.bold
        )
    if upper.runs[0].font.bold != lower.runs[0].font.bold:
        return False
    if lower.text[:1].islower() or _OPEN.search(upper.text):
        return True
    if " " not in upper.text or len(body.pieces[above]) > 1 or lower.x0 < upper.x0 - 1:
        return False
    return lower.runs[0].word > _room(body) - upper.x1 + FULL


def _room(body: Piecewise) -> float:
    """Give where the labels of the first column end at most."""
    return max(
        (piece.x1 for line in body.pieces for piece in line[:1] if piece.first == piece.last == 0),
        default=0.0,
    )


def _label(pieces: Sequence[Piece]) -> Piece | None:
    return pieces[0] if pieces and pieces[0].first == 0 else None


def _close(body: Piecewise, above: int, below: int) -> bool:
    upper, lower = body.lines[above], body.lines[below]
    if body.ruled(below):
        return False
    return lower.top - upper.bottom < WRAPPED * lower.size and abs(lower.size - upper.size) < 0.2 * upper.size


def _joined(body: Piecewise, rows: Sequence[Sequence[int]]) -> tuple[list[LaidCell], int]:
    """Put the pieces of each row into cells."""
    cells = []
    for row, indices in enumerate(rows):
        spans: list[LaidCell] = []
        for piece in sorted(piece for index in indices for piece in body.pieces[index]):
            if spans and piece.first <= spans[-1].last:
                before = spans[-1]
                spans[-1] = before._replace(
                    last=max(before.last, piece.last), runs=[*before.runs, *piece.runs]
                )
            else:
                spans.append(LaidCell(row, row, piece.first, piece.last, list(piece.runs)))
        cells += spans
    return cells, len(rows)
