"""A sheet as read, before it is cut into tables."""

from __future__ import annotations

from dataclasses import dataclass


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
    """One sheet: its cells with text in row-major order, and the rows whose cells have drawn borders."""

    name: str
    cells: tuple[SheetCell, ...]
    bordered_rows: frozenset[int] = frozenset()
    hidden: bool = False
