"""Tables written as text, for tests: cells parted by "|", "<" joins the cell to its left, "^" to the one above.

A line "---" ends a page (the next lines are the next piece of the table); "\\n" in a cell is a line break.
"""

from __future__ import annotations

from extract.document import Block, Cell, Document, Paragraph, Table
from extract.tables import LogicalTable, TaskRow
from extract.tasks import task_rows
from extract.understand import understand_tables


def piece(lines: list[str], page: int | None = None, *, spans_known: bool = True) -> Table:
    """Give the table drawn by `lines`."""
    grid = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in lines]
    width = max(len(row) for row in grid)
    for row in grid:
        row.extend([""] * (width - len(row)))
    cells: list[Cell] = []
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            across = down = 1
            while c + across < width and row[c + across] == "<":
                across += 1
            while r + down < len(grid) and grid[r + down][c] == "^":
                down += 1
            cells.append(Cell(r, c, text, down, across))
    method = "markup" if spans_known else "text"
    return Table(tuple(cells), len(grid), width, method, page, spans_known=spans_known)


def document(drawing: str, *, spans_known: bool = True) -> Document:
    """Give a document of one drawing; lines without "|" are paragraphs, blank lines part two tables."""
    blocks: list[Block] = []
    lines: list[str] = []
    page = 1

    def end() -> None:
        if lines:
            blocks.append(piece(lines.copy(), page, spans_known=spans_known))
            lines.clear()

    for line in drawing.strip("\n").split("\n"):
        stripped = line.strip()
        if "|" in stripped:
            lines.append(stripped)
            continue
        end()
        if stripped == "---":
            page += 1
        elif stripped:
            blocks.append(Paragraph(stripped, page))
    end()
    return Document("docx", tuple(blocks))


def tables(drawing: str, *, spans_known: bool = True) -> list[LogicalTable]:
    """Give the understood tables of a drawing."""
    return understand_tables(document(drawing, spans_known=spans_known))


def tasks(drawing: str, *, spans_known: bool = True) -> list[TaskRow]:
    """Give the task rows of all task tables of a drawing."""
    found = tables(drawing, spans_known=spans_known)
    return [row for table in found if table.kind == "task" for row in task_rows(table)]
