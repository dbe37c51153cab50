"""Tables that only lay out a page: a table around one table, or around text, is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extract.document import Block, Cell


def unwrap(table: Table, contents: Mapping[tuple[int, int], Sequence[Block]]) -> Iterator[Block]:
    """Give the table, or what stood in it when it is but a frame.

    `contents` maps the anchor (row, column) of each cell to its blocks. "Letterhead left | right" is no frame.
    """
    if not table.cells or not _is_frame(table):
        yield table
        return
    for cell in table.cells:
        yield from contents.get((cell.row, cell.column), ())


def _is_frame(table: Table) -> bool:
    """Tell a box (one cell) or a layout table: one cell a row that says anything, or around a far larger table."""
    if len(table.cells) == 1:
        return True
    nested = [inner for cell in table.cells for inner in cell.nested]
    if not nested:
        return False
    rows: dict[int, int] = {}
    for cell in table.cells:
        if cell.text or cell.nested:
            rows[cell.row] = rows.get(cell.row, 0) + 1
    if all(count == 1 for count in rows.values()):
        return True
    return max(len(inner.cells) for inner in nested) > max(5, 1.5 * len(table.cells))


def flat_text(blocks: Sequence[Block]) -> str:
    """Give the text of a cell's blocks: a line a paragraph, a line each row of a nested table."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += [_row_text(row) for row in block.grid()]
    return "\n".join(line for line in lines if line)


def _row_text(row: list[Cell | None]) -> str:
    texts = [
        cell.text for index, cell in enumerate(row) if cell and (index == 0 or row[index - 1] is not cell)
    ]
    return " ".join(text.replace("\n", " ") for text in texts if text)
