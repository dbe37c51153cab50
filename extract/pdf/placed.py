"""Texts of a table without rulings in their columns, line by line, and the cells they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.columns import is_value
from extract.pdf.lines import BLANK_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.columns import Columns, TextLine
    from extract.pdf.content import Run

FIGURES = 0.6  # part of the texts below the heading that are figures in a column of figures


class Piece(NamedTuple):
    """A text of one line and the columns it stands over."""

    first: int
    last: int
    runs: tuple[Run, ...]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(run.x1 for run in self.runs)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(run.text for run in self.runs)


class Piecewise(NamedTuple):
    """Lines of a table with their pieces (parallel), and the places of rules across the table."""

    lines: Sequence[TextLine]
    pieces: Sequence[Sequence[Piece]]
    columns: Columns
    rules: Sequence[float]

    def part(self, first: int, last: int) -> Piecewise:
        """Give the lines `first` to `last` (exclusive)."""
        return self._replace(lines=self.lines[first:last], pieces=self.pieces[first:last])

    def ruled(self, below: int) -> bool:
        """Whether a rule parts line `below` from the line above it."""
        above, line = self.lines[below - 1], self.lines[below]
        return any(above.bottom - 1.5 <= rule <= line.top + 1.5 for rule in self.rules)


class LaidCell(NamedTuple):
    """A cell by its rows and columns (inclusive) and what stands in it."""

    row: int
    last_row: int
    first: int
    last: int
    runs: list[Run]


def pieces_of(line: TextLine, columns: Columns) -> list[Piece]:
    """Put the runs of a line under columns; runs side by side over the same columns are one piece."""
    placed: list[Piece] = []
    for segment in line.segments:
        begun = len(placed)
        for phrase in _phrases(segment.runs):
            first, last = columns.covered(phrase[0].x0, max(run.x1 for run in phrase))
            if len(placed) > begun and first <= placed[-1].last:
                before = placed[-1]
                placed[-1] = Piece(before.first, max(before.last, last), (*before.runs, *phrase))
            else:
                placed.append(Piece(first, last, tuple(phrase)))
    merged: list[Piece] = []
    for piece in placed:  # two texts of one line under one column are one cell
        if merged and piece.first <= merged[-1].last:
            before = merged[-1]
            merged[-1] = Piece(before.first, max(before.last, piece.last), (*before.runs, *piece.runs))
        else:
            merged.append(piece)
    return merged


def _phrases(runs: Sequence[Run]) -> list[list[Run]]:
    """Put together runs with no more than a blank between them: some programs draw every word by itself."""
    phrases: list[list[Run]] = []
    for run in runs:
        if phrases and run.x0 - phrases[-1][-1].x1 <= BLANK_WIDTH * run.size:
            phrases[-1].append(run)
        else:
            phrases.append([run])
    return phrases


def figure_columns(pieces: Sequence[Sequence[Piece]], count: int) -> set[int]:
    """Give the columns, the first aside, that mostly hold figures."""
    texts, figures = [0] * count, [0] * count
    for line in pieces:
        for piece in line:
            if piece.first == piece.last:
                texts[piece.first] += 1
                figures[piece.first] += is_value(piece.text)
    return {column for column in range(1, count) if figures[column] >= max(2, FIGURES * texts[column])}
