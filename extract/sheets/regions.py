"""One sheet to blocks: where its tables lie, and which lines are titles, letterhead or notes around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Cell, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.document import Block
    from extract.sheets.model import Sheet, SheetCell


def sheet_blocks(sheet: Sheet) -> Iterator[Block]:
    """Give the tables and paragraphs of a sheet in order. Every cell with text comes out exactly once."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, []).append(cell)
    for band in _bands(rows, sheet.bordered_rows):
        in_table = _table_rows(band, rows, sheet.bordered_rows)
        outside: list[list[SheetCell]] = []
        inside: list[int] = []
        for row in band:
            if row in in_table:
                yield from _lines(outside)
                outside = []
                inside.append(row)
            else:
                yield from _tables(inside, rows, sheet.name)
                inside = []
                if row in rows:
                    outside.append(rows[row])
        yield from _tables(inside, rows, sheet.name)
        yield from _lines(outside)


def _bands(rows: dict[int, list[SheetCell]], bordered: frozenset[int]) -> Iterator[list[int]]:
    """Give runs of rows without a blank one between; merged cells and borders carry on over blank rows."""
    band: list[int] = []
    reach = -1
    last = max(rows, default=-1)
    for row in sorted({*rows, *(row for row in bordered if row <= last)}):
        if band and row > reach + 1:
            yield band
            band = []
        band.append(row)
        reach = max(
            reach, row, *(cell.row + cell.row_span - 1 for cell in rows.get(row, ()) if cell.row_span < 500)
        )
    if band:
        yield band


def _table_rows(band: list[int], rows: dict[int, list[SheetCell]], bordered: frozenset[int]) -> set[int]:
    """Tell which rows of a band are table rows: the bordered ones, or without borders the wide middle."""
    drawn = {row for row in band if row in bordered}
    if len(drawn) > 1 and any(len(rows.get(row, ())) > 1 for row in drawn):
        widest = max(len(rows.get(row, ())) for row in drawn)
        first, last = min(drawn), max(drawn)
        within = {row for row in band if first <= row <= last}
        # A total or a last row typed below the drawn frame still belongs to it when it is as wide.
        tail = [row for row in band if row > last]
        for row in tail:
            if len(rows.get(row, ())) < max(3, widest - 1):
                break
            within.add(row)
        return within
    wide = max((len(rows.get(row, ())) for row in band), default=0)
    if wide < 2:
        return set()
    enough = 2 if wide < 4 else max(3, (wide + 1) // 2)
    filled = [row for row in band if len(rows.get(row, ())) >= enough]
    if len(filled) < (2 if wide > 2 else 5):  # two texts side by side: a letterhead, unless it goes on
        return set()
    return {row for row in band if filled[0] <= row <= filled[-1]}


def _tables(numbers: list[int], rows: dict[int, list[SheetCell]], name: str) -> Iterator[Table]:
    """Give the table of consecutive rows; columns in which no cell begins are phantoms and go."""
    while numbers and numbers[-1] not in rows:
        numbers.pop()  # bordered rows without a word below the table: an empty form goes on for pages
    cells = [cell for number in numbers for cell in rows.get(number, ())]
    if not cells:
        return
    top, bottom = numbers[0], numbers[-1]
    starts = sorted({cell.column for cell in cells})
    columns = {column: index for index, column in enumerate(starts)}
    placed = []
    for cell in cells:
        covered = sum(cell.column <= start < cell.column + cell.column_span for start in starts)
        placed.append(
            Cell(
                cell.row - top,
                columns[cell.column],
                cell.text,
                row_span=min(cell.row_span, bottom - cell.row + 1),
                column_span=max(1, covered),
                bold=cell.bold,
            )
        )
    yield Table(tuple(placed), bottom - top + 1, len(starts), "markup", name=name)


def _lines(rows: list[list[SheetCell]]) -> Iterator[Paragraph]:
    """Lines outside tables. Two texts side by side (letterhead, signatures) are read left, then right."""
    index = 0
    while index < len(rows):
        pair = rows[index]
        if len(pair) != 2:
            yield from map(_paragraph, pair)
            index += 1
            continue
        split = pair[1].column
        left, right = [pair[0]], [pair[1]]
        index += 1
        while index < len(rows) and _fits_pair(rows[index], split):
            for cell in rows[index]:
                (left if cell.column < split else right).append(cell)
            index += 1
        yield from map(_paragraph, [*left, *right])


def _fits_pair(row: list[SheetCell], split: int) -> bool:
    """Tell a row that goes on with both halves, or with the right one alone."""
    if len(row) == 2:
        return row[0].column < split <= row[1].column + 2
    return (
        len(row) == 1
        and not (row[0].column < split < row[0].column + row[0].column_span)
        and row[0].column >= split
    )


def _paragraph(cell: SheetCell) -> Paragraph:
    return Paragraph(cell.text, bold=cell.bold, alignment="center" if cell.centered else None)
