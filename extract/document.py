"""The nouns of reading: every format becomes one `Document` of paragraphs and tables.

A `Document` says what stands in the file, never what it means: no roles, no joins over pages, no repairs.
Coordinates are points (1/72 inch) from the top left corner of the page *as displayed* (rotation applied),
boxes are `(x0, top, x1, bottom)`. Pages count from 1. Formats without pages leave `page` and `bbox` None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

BBox: TypeAlias = tuple[float, float, float, float]
Method: TypeAlias = Literal["lattice", "stream", "markup", "text", "ocr"]
TextSource: TypeAlias = Literal["digital", "ocr"]
Alignment: TypeAlias = Literal["left", "center", "right"]
SourceFormat: TypeAlias = Literal["pdf", "docx", "doc", "xlsx", "xls", "html", "rtf", "odt", "text", "image"]


class Cell(NamedTuple):
    r"""One cell as drawn: its anchor (0-based row and column), what it spans, what it says.

    `text` is tidy (see `normalize.text.tidy`): NFC, runs of blanks folded, "\n" only between paragraphs or
    bullets (a line that a narrow column broke is joined with a blank). A named tuple: a long plan has ten
    thousand of them, and a frozen dataclass takes three times as long to make.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bbox: BBox | None = None
    bold: bool = False
    confidence: float = 1.0
    nested: tuple[Table, ...] = ()
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table as one page, sheet or element shows it; a table that goes on overleaf is two of these.

    Attributes:
        cells: anchors only, in row-major order; a position no cell covers is an empty cell.
        spans_known: True where the format draws merged cells (rulings, colspan, vMerge); False where a
            conversion lost them (tab-separated text), so that an empty cell may be one covered from above.
        header_rows: how many leading rows the markup itself calls a heading (`w:tblHeader`, `<thead>`).
        column_edges: `column_count + 1` ascending x positions where the format has a page, else empty.
        name: what the container calls it (a sheet's name), else "".
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    method: Method
    page: int | None = None
    bbox: BBox | None = None
    column_edges: tuple[float, ...] = ()
    spans_known: bool = True
    header_rows: int = 0
    confidence: float = 1.0
    name: str = ""

    def grid(self) -> list[list[Cell | None]]:
        """Every position with the cell that covers it: `row_count` lists of `column_count` entries."""
        rows: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.row_count)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.column_count)):
                    rows[row][column] = cell
        return rows


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph outside tables, wrapped lines joined; `text` is tidy and never empty."""

    text: str
    page: int | None = None
    bbox: BBox | None = None
    alignment: Alignment | None = None
    bold: bool = False


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page as displayed; `width` and `height` in points."""

    number: int
    width: float
    height: float
    text_source: TextSource = "digital"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong while reading; the rest of the document stands. Codes: `extract.errors`."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says, in reading order."""

    source_format: SourceFormat
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    legacy_encoding: Literal["tcvn3", "vni", "mixed"] | None = None
    problems: tuple[Problem, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Give the paragraphs outside tables, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """Give the tables as drawn, in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))
