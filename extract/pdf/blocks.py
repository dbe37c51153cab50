"""Rows of a table of words: lines close under another in one column are a cell, cells that begin together a row."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.columns import is_value
from extract.pdf.placed import LaidCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.placed import Piece, Piecewise

WITHIN = 1.1  # times the usual distance of lines: lines nearer are of one cell
FARTHEST = 3.0  # of the letter size: lines further apart tell nothing about the distance of lines
RAGGED = 0.7  # part of the lines close under another that fill fewer columns, where cells are wrapped
LEAST_PITCH = 0.9  # of the letter size: lines nearer are no lines of one text
MANY = 0.5  # part of the cells of a usual row that begin where a row begins beside a cell that goes on
OFF = 0.7  # of the letter size: how far from the middle of its rows the text of a merged cell may stand
WHITE = 1.5  # of the letter size: the most white between two rows
DOUBLE = 1.6  # of the letter size: lines this far apart are no wrapped lines where all are


class _Block(NamedTuple):
    """A cell's text: the lines it takes and the columns it stands over."""

    lines: tuple[int, ...]
    first: int
    last: int
    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        return self.lines[0]

    @property
    def end(self) -> int:
        return self.lines[-1]


def block_cells(table: Piecewise) -> tuple[list[LaidCell], int]:
    """Give the cells of lines whose rows only white parts, and how many rows they make."""
    pitch = _pitch(table)
    blocks = list(_blocks(table, pitch))
    starts = _row_starts(table, blocks, by_line=pitch is None)
    rows = _rows(blocks, starts)
    reached: list[tuple[_Block, tuple[int, int]]] = []
    for row, of_row in enumerate(rows):
        for block in of_row:
            floats = block.start not in starts or block.end >= _next(starts, row)
            reached.append((block, _reach(table, block, row, rows) if floats else (row, row)))
    cells = []
    for block, (top, bottom) in reached:
        if top == bottom and block.start not in starts:
            top, bottom = _beside(table, block, (top, bottom), reached, rows)  # noqa: PLW2901 - what it shares
        runs = [run for piece in block.pieces for run in piece.runs]
        cells.append(LaidCell(top, bottom, block.first, block.last, runs))
    return _apart(cells), len(starts)


def _rows(blocks: Sequence[_Block], starts: Sequence[int]) -> list[list[_Block]]:
    """Put blocks into the rows they begin in; the text of a merged cell may begin in the white above its first row."""
    rows: list[list[_Block]] = [[] for _ in starts]
    for block in sorted(blocks, key=lambda block: (block.start, block.first)):
        row = _row_of(block.start, starts)
        if block.start not in starts and block.end >= _next(starts, row) and not _is_free(rows[row], block):
            row += 1
        rows[row].append(block)
    return rows


def _beside(
    table: Piecewise,
    block: _Block,
    own: tuple[int, int],
    reached: Sequence[tuple[_Block, tuple[int, int]]],
    rows: Sequence[Sequence[_Block]],
) -> tuple[int, int]:
    """Give the rows of a merged cell whose text stands at the same height: the number of a task is merged with it."""
    for other, (top, bottom) in reached:
        if top < bottom and top <= own[0] <= bottom and other.first == block.last + 1:
            apart = abs(_middle(table, other) - _middle(table, block)) / table.lines[block.start].size
            if apart < OFF and all(_is_free(rows[row], block) for row in range(top, bottom + 1)):
                return top, bottom
    return own


def _middle(table: Piecewise, block: _Block) -> float:
    return (table.lines[block.start].top + table.lines[block.end].bottom) / 2


def _is_free(of_row: Sequence[_Block], block: _Block) -> bool:
    """Whether a row has no cell of its own in the columns of a block, and is no section's number and title."""
    if any(
        other is not block and other.first <= block.last and block.first <= other.last for other in of_row
    ):
        return False
    title = all(piece.text.isupper() for other in of_row for piece in other.pieces)
    return not of_row or block in of_row or len(of_row) > 2 or not title


def _pitch(table: Piecewise) -> float | None:
    """Give the largest distance of two lines of one cell, in letter sizes; None where every line is a row."""
    distances = []
    below: dict[int, int] = {}
    ragged = close = 0
    for index, pieces in enumerate(table.pieces):
        for piece in pieces:
            if piece.first in below:
                distance = _distance(table, below[piece.first], index)
                if distance < FARTHEST:
                    distances.append(distance)
            below[piece.first] = index
    if not distances:
        return None
    distances.sort()
    usual = next((distance for distance in distances if distance > LEAST_PITCH), distances[-1])
    limit = WITHIN * usual + 0.05
    for index in range(1, len(table.lines)):
        if _distance(table, index - 1, index) <= limit:
            close += 1
            ragged += len(table.pieces[index]) < len(table.pieces[index - 1]) or not any(
                piece.first == 0 for piece in table.pieces[index]
            )
    if distances[-1] <= limit + 0.12 and (usual > DOUBLE or ragged < (1 - RAGGED) * close):
        return None
    if close and ragged < (1 - RAGGED) * close and _figures_below(table, limit):
        return None
    return limit


def _figures_below(table: Piecewise, limit: float) -> bool:
    """Whether lines close under another mostly hold figures under figures (rows in groups, parted by white)."""
    together = both = 0
    for index in range(1, len(table.lines)):
        if _distance(table, index - 1, index) <= limit:
            together += 1
            both += _figure_under_figure(table.pieces[index - 1], table.pieces[index])
    return both > together / 2


def _figure_under_figure(above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    values = {piece.first for piece in above if is_value(piece.text)}
    return any(piece.first in values and is_value(piece.text) for piece in below)


def _distance(table: Piecewise, above: int, below: int) -> float:
    upper, lower = table.lines[above], table.lines[below]
    return (lower.bottom - upper.bottom) / max(upper.size, lower.size, 1.0)


def _blocks(table: Piecewise, pitch: float | None) -> Iterator[_Block]:
    """Give the cells' texts column by column."""
    open_blocks: dict[tuple[int, int], _Block] = {}
    for index, pieces in enumerate(table.pieces):
        for piece in pieces:
            key = piece.first, piece.last
            before = open_blocks.get(key)
            if before is not None and _same_cell(table, before, index, piece, pitch):
                open_blocks[key] = before._replace(
                    lines=(*before.lines, index), pieces=(*before.pieces, piece)
                )
                continue
            if before is not None:
                yield before
            open_blocks[key] = _Block((index,), *key, (piece,))
    yield from open_blocks.values()


def _same_cell(table: Piecewise, block: _Block, index: int, piece: Piece, pitch: float | None) -> bool:
    if any(table.ruled(below) for below in range(block.end + 1, index + 1)):
        return False
    if pitch is None:
        lower = table.pieces[index]
        return (
            block.end == index - 1 and len(lower) < len(table.pieces[index - 1])
            and lower[0].first > 0 and any(each.text[:1].islower() for each in lower)
        )  # fmt: skip
    if _distance(table, block.end, index) > pitch:
        return False
    if _is_title(table.pieces[block.end]) and not piece.runs[0].font.bold:
        return False
    if block.first and is_value(block.pieces[-1].text) and is_value(piece.text):
        return False
    return abs(table.lines[index].size - table.lines[block.end].size) < 0.25 * table.lines[index].size


def _is_title(pieces: Sequence[Piece]) -> bool:
    """Whether a line is a section's number and title: bold, and nothing beside them."""
    return (
        pieces[0].first == 0
        and len(pieces) <= 2
        and all(run.font.bold for piece in pieces for run in piece.runs)
    )


def _row_starts(table: Piecewise, blocks: Sequence[_Block], *, by_line: bool) -> list[int]:
    """Give the lines at which rows begin: where cells begin and none goes on, or many begin and few go on."""
    begun = Counter(block.start for block in blocks)
    crossing = [
        sum(block.start < index <= block.end for block in blocks) for index in range(len(table.lines))
    ]
    clear = sorted(count for index, count in begun.items() if not crossing[index] and count > 1)
    usual = clear[len(clear) // 2] if clear else 2
    starts = [
        index
        for index in range(len(table.lines))
        if begun[index]
        and (not crossing[index] or (begun[index] > crossing[index] and begun[index] >= max(2, MANY * usual)))
    ]
    return starts if by_line else _without_floating(table, blocks, starts)


def _without_floating(table: Piecewise, blocks: Sequence[_Block], starts: list[int]) -> list[int]:
    """Leave out starts where only the text of a merged cell begins, set in the middle of its rows."""
    rows: list[list[_Block]] = [[] for _ in starts]
    for block in blocks:
        rows[_row_of(block.start, starts)].append(block)
    kept = starts[:1]
    for row in range(1, len(starts)):
        ahead = row + 1 < len(starts)
        goes_on = ahead and all(block.end >= starts[row + 1] for block in rows[row])
        if not goes_on and not (ahead and _between_rows(table, rows, starts, row)):
            kept.append(starts[row])
    return kept


def _between_rows(
    table: Piecewise, rows: Sequence[Sequence[_Block]], starts: Sequence[int], row: int
) -> bool:
    """Whether texts stand in the white between the rows above and below, which leave their columns free."""
    own = rows[row]
    above, line, below = (table.lines[i] for i in (starts[row] - 1, starts[row], starts[row + 1]))
    overlaps = line.top < above.bottom or line.bottom > below.top  # no row has room there
    if any(block.last > block.first or (not overlaps and block.first == 0) for block in own):
        return False
    columns = {block.first for block in own}
    beside = [*rows[row - 1], *rows[row + 1]]
    if any(other.first <= column <= other.last for other in beside for column in columns):
        return False
    return below.top - above.bottom < WHITE * below.size


def _row_of(line: int, starts: Sequence[int]) -> int:
    return max(bisect_right(starts, line) - 1, 0)


def _next(starts: Sequence[int], row: int) -> int:
    return starts[row + 1] if row + 1 < len(starts) else 10**9


def _reach(table: Piecewise, block: _Block, row: int, rows: Sequence[Sequence[_Block]]) -> tuple[int, int]:
    """Give the rows that a text in the middle of a merged cell belongs to: those whose middle is its own."""
    free = [_is_free(of_row, block) for of_row in rows]
    touched = [row]
    end = table.lines[block.end].bottom
    while (
        touched[-1] + 1 < len(rows)
        and free[touched[-1] + 1]
        and _top(table, rows[touched[-1] + 1], block) < end
    ):
        touched.append(touched[-1] + 1)
    middle = _middle(table, block)
    best, rank = (touched[0], touched[-1]), (10**9, 0)
    for top in range(touched[0], -1, -1):
        if not free[top]:
            break
        for bottom in range(touched[-1], len(rows)):
            if not free[bottom]:
                break
            extent = _top(table, rows[top], block), _bottom(table, rows[bottom], block)
            apart = abs((extent[0] + extent[1]) / 2 - middle) / table.lines[block.start].size
            if (round(apart / OFF), top - bottom) < rank:
                best, rank = (top, bottom), (round(apart / OFF), top - bottom)
    return best


def _top(table: Piecewise, of_row: Sequence[_Block], block: _Block) -> float:
    own = [other for other in of_row if other is not block] or of_row
    return min(table.lines[other.start].top for other in own)


def _bottom(table: Piecewise, of_row: Sequence[_Block], block: _Block) -> float:
    own = [other for other in of_row if other is not block] or of_row
    return max(table.lines[other.end].bottom for other in own)


def _apart(cells: list[LaidCell]) -> list[LaidCell]:
    """Join cells that came to cover the same field."""
    owners: dict[tuple[int, int], int] = {}
    kept: list[LaidCell] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.first)):
        fields = [
            (row, column)
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.first, cell.last + 1)
        ]
        taken = next((owners[field] for field in fields if field in owners), None)
        if taken is None:
            owners.update(dict.fromkeys(fields, len(kept)))
            kept.append(cell)
        else:
            kept[taken].runs.extend(cell.runs)
    return kept
