"""From the tables of pages to the tables of the document: which pieces are one, under which header and title.

A table that goes on overleaf is joined when the next piece repeats its header or has none, and nothing but
page furniture stands between. Rows are kept as read; a repeated header stays a row of kind "header".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract import headers
from extract.document import Paragraph, Table
from extract.pieces import EDGE_TOLERANCE, align, drop_phantom_columns, read_rows
from extract.tables import Column, LogicalTable, Row, RowKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.document import Document

# Between two pieces of one table these do not count: page numbers, footnotes, "(tiếp theo)".
_FURNITURE = regex.compile(
    r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–]?|[¹²³⁴⁵⁶⁷⁸⁹⁰*]+.*|\(?tiếp (?:theo|trang.*)\)?\.?",
    regex.IGNORECASE | regex.DOTALL,
)
_TITLE = regex.compile(
    r"(?:phụ lục|biểu|bảng|mẫu|danh mục|kế hoạch|chương trình|thống kê|tổng hợp|báo cáo|nội dung|phân công|lịch)\b"
    r"|\((?:ban hành )?k[eè]m theo|\(số liệu|\(đính kèm",
    regex.IGNORECASE,
)
_TITLE_START = regex.compile(r"(?:phụ lục|biểu|bảng|mẫu)\b", regex.IGNORECASE)
_NUMBERED = regex.compile(r"(?:[IVX]+|\d+|[a-zđ])[.)]\s")
_TITLE_PARAGRAPHS = 5
_LONGEST_TITLE = 300
# Two pieces whose outer rulings differ by more than this (points) are two tables.
_OUTER_TOLERANCE = 12.0
# Borders found in the white between words differ by less than this part of their column's width.
_NEAR_BORDER = 0.6


@dataclass(slots=True)
class _Group:
    """The pieces of one table while they are collected: as drawn, their rows, the header of the first."""

    title: str
    pieces: list[Table]
    rows: list[list[Row]]
    header: headers.Header | None
    block: int

    @property
    def header_rows(self) -> list[Row]:
        return self.rows[0][self.header.start : self.header.end] if self.header else []


def assemble(document: Document) -> list[LogicalTable]:
    """Give the tables of a document in reading order, nested ones after the table that holds them."""
    groups: list[_Group] = []
    current: _Group | None = None
    between: list[Paragraph] = []
    for position, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        if not block.cells:
            continue
        if current is None or not _take(current, block, between):
            current = _begin(_title(between), block, position)
            groups.append(current)
        between = []
    tables: list[LogicalTable] = []
    for group in groups:
        tables.append(_build(group, len(tables)))
        for nested in _nested(group.pieces):
            tables.append(_build(_begin("", nested, group.block), len(tables)))
    return tables


def _begin(title: str, table: Table, block: int) -> _Group:
    rows = read_rows(table, 0)
    header = headers.find_header(rows, table.header_rows, table.spans_known)
    return _Group(title, [table], [rows], header, block)


def _take(group: _Group, table: Table, between: Sequence[Paragraph]) -> bool:
    """Add a piece to the group if it goes on with it."""
    last = group.pieces[-1]
    if table.name != last.name or any(not _FURNITURE.fullmatch(p.text) for p in between):
        return False
    rows = read_rows(table, len(group.pieces))
    header = group.header_rows
    wanted = headers.header_key(header)
    if not headers.repeats(rows[: len(header)], wanted, recognised=table.method == "ocr"):
        own = headers.find_header(rows, table.header_rows, table.spans_known)
        if (own and own.named) or not _same_columns(last, table):
            return False
    group.pieces.append(table)
    group.rows.append(rows)
    return True


def _nested(pieces: Iterable[Table]) -> Iterable[Table]:
    for piece in pieces:
        for cell in piece.cells:
            for inner in cell.nested:
                yield inner
                yield from _nested([inner])


def _same_columns(before: Table, after: Table) -> bool:
    if before.method != after.method:
        return False
    if before.column_edges and after.column_edges:
        if after.page is not None and before.page is not None and after.page - before.page > 1:
            return False
        a, b = before.column_edges, after.column_edges
        if before.method == "stream":
            return len(a) == len(b) and all(
                abs(left - right) < _NEAR_BORDER * min(a[i + 1] - a[i], b[i + 1] - b[i])
                for i, (left, right) in enumerate(zip(a[:-1], b[:-1], strict=True))
            )
        if abs(a[0] - b[0]) > _OUTER_TOLERANCE or abs(a[-1] - b[-1]) > _OUTER_TOLERANCE:
            return False
        few, many = sorted((a, b), key=len)
        shared = sum(any(abs(edge - other) <= EDGE_TOLERANCE for other in many) for edge in few)
        return shared >= 0.7 * len(few)
    if not after.spans_known:
        return abs(before.column_count - after.column_count) <= 3
    return before.column_count == after.column_count


def _build(group: _Group, index: int) -> LogicalTable:
    pieces = align(group.pieces)
    width = max(piece.column_count for piece in pieces)
    first, found = pieces[0], group.header
    kinds: list[RowKind] = []
    rows: list[Row] = []
    for number, piece in enumerate(pieces):
        piece_rows = group.rows[number]
        if piece is not group.pieces[number] or piece.column_count != width:
            piece_rows = read_rows(replace(piece, column_count=width), number)
        body = found.body if found and number == 0 else 0
        piece_kinds: list[RowKind] = ["header"] * body + ["body"] * (len(piece_rows) - body)  # type: ignore[assignment] # literals
        if found and number == 0 and found.numbered:
            piece_kinds[body - 1] = "numbering"
        if found:
            _mark_repetitions(piece_rows, piece_kinds, group.header_rows, recognised=piece.method == "ocr")
        rows += piece_rows
        kinds += piece_kinds
    rows = drop_phantom_columns(rows, found.end if found else 0)
    rows = [row if kind == "body" else replace(row, kind=kind) for row, kind in zip(rows, kinds, strict=True)]
    heading_rows = rows[found.start : found.end] if found else []
    columns = tuple(
        Column(headers.flatten(heading_rows, column, first.spans_known))
        for column in range(len(rows[0].slots) if rows else 0)
    )
    return LogicalTable(
        index=index,
        rows=tuple(rows),
        columns=columns,
        method=first.method,
        title=group.title or first.name,
        spans_known=first.spans_known,
        confidence=min(piece.confidence for piece in pieces),
        block=group.block,
    )


def _mark_repetitions(
    rows: Sequence[Row], kinds: list[RowKind], header: Sequence[Row], *, recognised: bool
) -> None:
    """Mark in place the rows that print the header again, and the numbering rows under them."""
    height, wanted = len(header), headers.header_key(header)
    number = 0
    while number < len(rows):
        again = kinds[number] == "body" and headers.repeats(
            rows[number : number + height], wanted, recognised=recognised
        )
        if again:
            kinds[number : number + height] = ["header"] * len(rows[number : number + height])
            number += height
            if number < len(rows) and headers.is_numbering(rows[number]):
                kinds[number] = "numbering"
        number += 1


def _title(paragraphs: Sequence[Paragraph]) -> str:
    """Join the lines above a table that read as its title, from the last "Phụ lục" or "Biểu" on."""
    lines: list[str] = []
    for paragraph in reversed(paragraphs[-_TITLE_PARAGRAPHS:]):
        if len(paragraph.text) > _LONGEST_TITLE or not _titular(paragraph):
            break
        lines.append(paragraph.text)
        if _TITLE_START.match(paragraph.text):
            break
    return "\n".join(reversed(lines))


def _titular(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if _TITLE.match(text) or text.endswith(":"):
        return True
    if _NUMBERED.match(text):
        return text[-1] not in ".;,"  # an item of a list is a sentence, a heading is none
    return paragraph.alignment == "center" or paragraph.bold or text.isupper()
