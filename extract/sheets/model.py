"""A sheet as read, before it is cut into tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from normalize.legacy import LegacyState, decide
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of a cell's text in one font (legacy fonts carry the encoding)."""

    text: str
    font: str | None = None


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell that shows something: anchor (0-based), spans of its merged range, its runs as stored."""

    row: int
    column: int
    runs: tuple[TextRun, ...]
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as stored: cells in row-major order, and the rows whose cells have drawn borders."""

    name: str
    cells: tuple[RawCell, ...]
    bordered_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with text: anchor (0-based), spans of its merged range, what it shows."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its texts decoded and tidy."""

    name: str
    cells: tuple[SheetCell, ...]
    bordered_rows: frozenset[int] = frozenset()


def decode_sheets(raw: Iterable[RawSheet]) -> tuple[list[Sheet], LegacyState]:
    """Decide once for the workbook which fonts are legacy ones, then decode every cell."""
    sheets = list(raw)
    samples: dict[str | None, list[str]] = {}
    for sheet in sheets:
        for cell in sheet.cells:
            for run in cell.runs:
                samples.setdefault(run.font, []).append(run.text)
    state = decide({font: " ".join(texts) for font, texts in samples.items()})
    return [_decoded(sheet, state) for sheet in sheets], state


def _decoded(sheet: RawSheet, state: LegacyState) -> Sheet:
    cells = []
    for cell in sheet.cells:
        text = tidy(_text(cell.runs, state))
        if text:
            cells.append(
                SheetCell(
                    cell.row,
                    cell.column,
                    text,
                    cell.row_span,
                    cell.column_span,
                    bold=cell.bold,
                    centered=cell.centered,
                )
            )
    return Sheet(sheet.name, tuple(cells), sheet.bordered_rows)


def _text(runs: tuple[TextRun, ...], state: LegacyState) -> str:
    if not state.fonts:
        return "".join(run.text for run in runs)
    groups = groupby(runs, key=lambda run: state.key(run.font))
    return "".join(state.decode("".join(run.text for run in group), key) for key, group in groups)
