"""Word tables: rows and cells of `w:tbl` to a grid with the spans its author drew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.document import Cell, Paragraph, Table
from extract.docx.names import VAL, W, child_int, switched_on
from extract.nesting import flat_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extract.document import Block
    from extract.docx.body import BodyReader

_MAX_SPAN = 500
_SLIVER = 110  # twips (5.5 points): a grid column this narrow comes from an edge dragged by hand


@dataclass(slots=True)
class _Draft:
    """A cell while its spans are still growing; `start` and `end` are grid edges."""

    row: int
    start: int
    end: int
    blocks: tuple[Block, ...]
    rows: int = 1
    key: tuple[int, int] = field(default=(0, 0))


def read_table(
    element: etree._Element, reader: BodyReader
) -> tuple[Table, dict[tuple[int, int], tuple[Block, ...]]]:
    """Give the table, and the blocks of each cell by its anchor (row, column)."""
    drafts: list[_Draft] = []
    open_above: dict[int, _Draft] = {}
    header_rows, row_count, in_header = 0, 0, True
    for row in _rows(element):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue  # a row deleted in a tracked change
        in_header = in_header and bool(switched_on(properties, "tblHeader"))
        header_rows += in_header
        open_above = _row(row, row_count, open_above, drafts, reader)
        row_count += 1
    edges = _edges(element, drafts)
    contents = {}
    cells = []
    for draft in drafts:
        start, end = edges[draft.start], edges[draft.end]
        contents[(draft.row, start)] = draft.blocks
        cells.append(
            Cell(
                draft.row,
                start,
                flat_text(draft.blocks),
                row_span=draft.rows,
                column_span=max(1, end - start),
                bold=_is_bold(draft.blocks),
                nested=tuple(block for block in draft.blocks if isinstance(block, Table)),
            )
        )
    columns = max(edges.values(), default=0)
    return Table(tuple(cells), row_count, columns, "markup", header_rows=header_rows), contents


def _row(
    row: etree._Element, number: int, open_above: dict[int, _Draft], drafts: list[_Draft], reader: BodyReader
) -> dict[int, _Draft]:
    """Add one row's cells to `drafts`; give the cells that a `w:vMerge` below may still lengthen."""
    position = min(_MAX_SPAN, max(0, child_int(row.find(W + "trPr"), "gridBefore", 0)))
    still_open: dict[int, _Draft] = {}
    for cell in _cells(row):
        properties = cell.find(W + "tcPr")
        span = min(_MAX_SPAN, max(1, child_int(properties, "gridSpan", 1)))
        start, end = position, position + span
        position = end
        across, down = _merge(properties, "hMerge"), _merge(properties, "vMerge")
        blocks = tuple(reader.blocks(cell))
        if across == "continue" and drafts and drafts[-1].row == number and drafts[-1].end == start:
            drafts[-1].end = end
            drafts[-1].blocks += blocks
            continue
        above = open_above.get(start)
        if down == "continue" and above is not None and (above.end == end or not blocks):
            above.rows += 1
            above.blocks += blocks
            still_open[start] = above
            continue
        draft = _Draft(number, start, end, blocks)
        drafts.append(draft)
        if down is not None:
            still_open[start] = draft
    return still_open


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """`w:vMerge` and `w:hMerge` without a value mean "continue"."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL, "continue")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _through(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _through(row, "tc")


def _through(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of a kind, also those that content controls and insertions wrap."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif element.tag in {
            W + "sdt",
            W + "sdtContent",
            W + "ins",
            W + "customXml",
            W + "smartTag",
            W + "moveTo",
        }:
            yield from _through(element, name)


def _edges(table: etree._Element, drafts: list[_Draft]) -> dict[int, int]:
    """Give a number to each grid edge that cells really have, but not to slivers between dragged edges.

    A table whose rows were drawn with edges a hair apart has far more grid columns than columns ("phantom
    columns"); an edge is dropped when no cell stands between it and its neighbour.
    """
    used = sorted(
        {edge for draft in drafts for edge in (draft.start, draft.end)} | ({0} if drafts else set())
    )
    widths = [_width(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    alone = {(draft.start, draft.end) for draft in drafts}
    numbers: dict[int, int] = {}
    for index, edge in enumerate(used):
        if index == 0:
            numbers[edge] = 0
            continue
        before = used[index - 1]
        gap = sum(widths[before:edge]) if edge <= len(widths) else _SLIVER
        sliver = gap < _SLIVER and (before, edge) not in alone
        numbers[edge] = numbers[before] + (0 if sliver else 1)
    return numbers


def _width(column: etree._Element) -> int:
    try:
        return int(float(column.get(W + "w", "")))
    except ValueError:
        return _SLIVER


def _is_bold(blocks: tuple[Block, ...]) -> bool:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    return bool(paragraphs) and all(paragraph.bold for paragraph in paragraphs)
