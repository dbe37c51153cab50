"""Documents drawn in a few lines for the tests of frame and prose: paragraphs, and tables as rows of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Cell, Document, Paragraph, Table

if TYPE_CHECKING:
    from extract.document import Block

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def table(*rows: tuple[str, ...]) -> Table:
    """A table of single cells; "" is an empty one."""
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(cells, len(rows), max(len(row) for row in rows), "markup")


def title(text: str) -> Paragraph:
    """A centred, bold paragraph."""
    return Paragraph(text, alignment="center", bold=True)


def document(*blocks: Block | str) -> Document:
    """A document of blocks; a string is a plain paragraph."""
    return Document("docx", tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks))
