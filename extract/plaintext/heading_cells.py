"""The heading of a flattened table: which lines make one heading cell, and which stand over several columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extract.document import Cell
from extract.plaintext.regions import begins_row, is_number_heading
from extract.plaintext.residue import clean
from extract.plaintext.wrapped_cells import flow_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.plaintext.cutting import CutLine
    from extract.plaintext.page_lines import Span


_LOW = 3.0  # … better counts a heading over columns whose own stand low: "Kinh phí" over three columns
_LONGEST = 9  # lines of a heading
_CLEARLY = 2.0  # characters by which a heading is better centred over several columns than over its own


class _Piece(NamedTuple):
    """One stretch of the heading: its line, its column, its words."""

    line: int
    column: int
    span: Span

    @property
    def middle(self) -> float:
        return (self.span.start + self.span.end) / 2


def heading_cells(lines: Sequence[CutLine]) -> tuple[list[Cell], int]:
    """Give the cells of a heading's lines, and the rows they need: one, or two where headings stand over others."""
    count = len(lines[0].cells) if lines else 0
    pieces = [
        _Piece(number, column, cell)
        for number, line in enumerate(lines)
        for column, cell in enumerate(line.cells)
        if cell is not None
    ]
    pieces, over = _rejoined(lines, _stacked(pieces, count))
    over |= {
        span: own
        for span, own in _common(pieces, count).items()
        if not any(_overlap(span, key) for key in over)
    }
    if not over:
        return [_cell(0, column, [p for p in pieces if p.column == column]) for column in range(count)], 1
    cells: list[Cell] = []
    covered: set[int] = set()
    for (first, last), own in over.items():
        cells.append(_cell(0, first, own, across=last - first + 1))
        covered |= set(range(first, last + 1))
    common = {piece for own in over.values() for piece in own}
    for column in range(count):
        own = [piece for piece in pieces if piece.column == column and piece not in common]
        cells.append(_cell(1, column, own) if column in covered else _cell(0, column, own, down=2))
    return sorted(cells, key=lambda cell: (cell.row, cell.column)), 2


def heading_end(lines: Sequence[CutLine], across: Sequence[bool]) -> int:
    """Give one past the last line of the heading over running numbers; 0 where no "STT" tells where it stands.

    "STT" stands in the middle of its heading, or at its top; no heading goes on over the heading's end.
    """
    named = [n for n, line in enumerate(lines[:_LONGEST]) if is_number_heading(line.texts[0])]
    if not named:
        return 0
    last = next(
        (n for n in range(named[-1] + 1, len(lines)) if across[n] or begins_row(lines[n].texts[0])),
        len(lines),
    )
    middle = (named[0] + named[-1]) / 2
    flows = [flow_of(lines[: last + _LONGEST], column) for column in range(len(lines[0].cells))]

    def price(end: int) -> float:
        goes_on = sum(
            max(0.0, -begins)
            for flow in flows
            for before, at, begins in zip(flow.at, flow.at[1:], flow.begins[1:], strict=False)
            if before < end <= at
        )
        off = abs(end - 1 - 2 * middle) if middle else 0.0
        return goes_on + off

    return min(range(named[-1] + 1, min(last, named[-1] + _LONGEST) + 1), key=price)


def _stacked(pieces: Sequence[_Piece], count: int) -> list[_Piece]:
    """Put the lines of one heading, which stand under each other, into one column: "Đơn vị phối" over "hợp"."""
    placed = list(pieces)
    for number, piece in enumerate(placed):
        beside = [other for other in placed if other.line != piece.line and _shadowed(piece, other)]
        columns = {other.column for other in beside}
        if len(columns) == 1 and piece.column not in columns:
            going_on = min((piece, *beside), key=lambda p: p.line) is not piece or len(beside) == 1
            later = max((piece, *beside), key=lambda p: p.line)
            if going_on and later.span.text[0].islower():
                placed[number] = piece._replace(column=columns.pop())
    for column in range(count - 1):
        own = [piece for piece in placed if piece.column == column]
        if any(piece.column == column + 1 for piece in placed) or len(own) < 2:
            continue
        left = min(own, key=lambda piece: piece.span.start)
        right = [piece for piece in own if piece.span.start > left.span.end]
        if right and all(
            not _shadowed(piece, other) for piece in right for other in own if other not in right
        ):
            placed = [piece._replace(column=column + 1) if piece in right else piece for piece in placed]
    return sorted(placed)


def _shadowed(one: _Piece, other: _Piece) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _rejoined(
    lines: Sequence[CutLine], pieces: Sequence[_Piece]
) -> tuple[list[_Piece], dict[tuple[int, int], list[_Piece]]]:
    """Take headings over several columns out that were cut where a column begins: "Tổ chức | thực hiện"."""
    over: dict[tuple[int, int], list[_Piece]] = {}
    kept = list(pieces)
    for number, line in enumerate(lines):
        for segment in line.line.segments:
            parts = [p for p in kept if p.line == number and _holds(segment, p.span)]
            if len(parts) < 2:
                continue
            below = [_below(pieces, part) for part in parts]
            if all(under and under.span.text[0].isupper() for under in below) and all(
                _free(pieces, part.column, part) for part in parts
            ):
                over[parts[0].column, parts[-1].column] = [_Piece(number, parts[0].column, segment)]
                kept = [piece for piece in kept if piece not in parts]
    return kept, over


def _holds(segment: Span, span: Span) -> bool:
    return segment.start <= span.start and span.end <= segment.end


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _below(pieces: Sequence[_Piece], piece: _Piece) -> _Piece | None:
    return min((p for p in pieces if p.column == piece.column and p.line > piece.line), default=None)


def _cell(row: int, column: int, pieces: Sequence[_Piece], across: int = 1, down: int = 1) -> Cell:
    piece = clean(" ".join(piece.span.text for piece in pieces))
    return Cell(row, column, piece.text, row_span=down, column_span=across, bold=piece.bold)


def _common(pieces: Sequence[_Piece], count: int) -> dict[tuple[int, int], list[_Piece]]:
    """Find headings over several columns: centred over them, not over the column they were cut to.

    "Đơn vị thực hiện" over "Chủ trì" and "Phối hợp": no line of either stands beside it or above.
    """
    found: dict[tuple[int, int], list[_Piece]] = {}
    low = _low_columns(pieces, count)
    for piece in pieces:
        below = [_middle_below(pieces, column, piece.line) for column in range(count)]
        own = below[piece.column]
        if own is None or _goes_on(pieces, piece):
            continue
        best, span = abs(piece.middle - own) - _CLEARLY, None
        for first in range(max(0, piece.column - 3), piece.column + 1):
            for last in range(piece.column, min(count - 1, piece.column + 3) + 1):
                left, right = below[first], below[last]
                if first == last or left is None or right is None:
                    continue
                if not all(_free(pieces, column, piece) for column in range(first, last + 1)):
                    continue
                off = abs(piece.middle - (left + right) / 2)
                if all(column in low or column == piece.column for column in range(first, last + 1)):
                    off -= _LOW
                if off < best:
                    best, span = off, (first, last)
        if span is not None:
            home = next((key for key in found if key[0] <= span[1] and span[0] <= key[1]), span)
            found.setdefault(home, []).append(piece)
    return found


def _middle_below(pieces: Sequence[_Piece], column: int, line: int) -> float | None:
    """Give the middle of what stands in a column below a line, None where that is nothing."""
    own = [piece for piece in pieces if piece.column == column and piece.line > line]
    if not own:
        return None
    return (min(piece.span.start for piece in own) + max(piece.span.end for piece in own)) / 2


def _low_columns(pieces: Sequence[_Piece], count: int) -> set[int]:
    """Find the columns whose headings stand in the lower half: something else must stand over them."""
    middle = max((piece.line for piece in pieces), default=0) / 2
    low: set[int] = set()
    for column in range(count):
        lines = [piece.line for piece in pieces if piece.column == column]
        if lines and (min(lines) + max(lines)) / 2 > middle:
            low.add(column)
    return low


def _goes_on(pieces: Sequence[_Piece], piece: _Piece) -> bool:
    """Tell a heading that goes on below: "Vụ," above "Cục", "Kết quả" above "sản phẩm"."""
    under = _below(pieces, piece)
    return piece.span.text.endswith(",") or (under is not None and not under.span.text[0].isupper())


def _free(pieces: Sequence[_Piece], column: int, piece: _Piece) -> bool:
    """Tell a column with nothing beside a stretch or above it."""
    return not any(other.column == column and other.line <= piece.line and other != piece for other in pieces)
