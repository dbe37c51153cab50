"""The heading of a table without rulings: its levels, and headings over several columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from extract.pdf.columns import is_value
from extract.pdf.placed import LaidCell, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.columns import Columns
    from extract.pdf.content import Ruling, Run
    from extract.pdf.placed import Piecewise

HIGHEST = 8  # lines that a heading has at most
WITHIN_HEAD = 0.5  # of the letter size: white between two lines of one heading in a table of words
STACKED = 0.75  # of the letter size: white between two lines of one heading
CENTRED = 0.22  # of the width of the columns under a common heading: how far it may stand from their middle
OWN = 0.3  # of a column's width: a heading so near its middle is its own
EXACTLY = 0.1  # of that width: so near, that it stands flush with one column's figures is chance
ALIGNED = 2.0  # points

_NUMBER = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5}|[A-Z])[.)]?")
_PERIOD = re.compile(
    r"\W*(?:(?:FY|CY)?\s?(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?(?:\s?[a-z*]{1,2})?|Q[1-4]|I{1,3}V?|[1-4]Q|\(\d\))\W*"
)


def height(table: Piecewise, figures: set[int]) -> int:
    """Give how many lines are the heading: down to the first rule below a text, else to the first line of figures."""
    lines = _lines_above(table, figures)
    while lines > 1 and _is_section(table.pieces[lines - 1]) and not table.ruled(lines):
        lines -= 1
    return lines


def _is_section(pieces: Sequence[Piece]) -> bool:
    """Whether a line is a label alone, below the headings of the other columns: the first section of the body."""
    return len(pieces) == 1 and pieces[0].first == pieces[0].last == 0


def _lines_above(table: Piecewise, figures: set[int]) -> int:
    limit = min(HIGHEST, len(table.lines) - 1)
    first = next((i for i in range(len(table.lines)) if _has_figures(table.pieces[i], figures)), None)
    for below in range(1, limit + 1):
        if table.ruled(below):
            if first is not None and first < below - 1:
                break  # the rule parts rows of figures
            return below
    if not figures or first is None or first > limit:
        return _above_numbers(table, limit)
    return first


def _above_numbers(table: Piecewise, limit: int) -> int:
    """Give how many lines head a table of words with running numbers: until every column has its heading."""
    labels = [
        (i, pieces[0].text.strip())
        for i, pieces in enumerate(table.pieces)
        if pieces and pieces[0].first == 0
    ]
    numbers = [i for i, text in labels if _NUMBER.fullmatch(text)]
    if not numbers or 2 * len(numbers) < len(labels) or not any(i < numbers[0] for i, _ in labels):
        return 0
    headed: set[int] = set()
    for index in range(min(numbers[0], limit + 1)):
        close = (
            index > 0
            and table.lines[index].top - table.lines[index - 1].bottom < WITHIN_HEAD * table.lines[index].size
        )
        if len(headed) == len(table.columns.cores) and not close:
            return index
        headed.update(
            column for piece in table.pieces[index] for column in range(piece.first, piece.last + 1)
        )
    return numbers[0] if numbers[0] <= limit else 0


def _has_figures(pieces: Sequence[Piece], figures: set[int]) -> bool:
    """Whether a line has figures that are no years ("2004 2005 2006" is a heading)."""
    values = [piece for piece in pieces if piece.first in figures and is_value(piece.text)]
    if not values or 2 * len(values) < len([piece for piece in pieces if piece.first > 0]):
        return False
    if pieces[0].first > 0:
        return False  # "20 20 20" is the second line of "Lowest 20 percent"
    return not all(_PERIOD.fullmatch(piece.text) for piece in values) or (
        len(values) < 2 and not is_value(pieces[0].text)
    )


def head_cells(table: Piecewise, rules: Sequence[Ruling], *, tall: bool) -> tuple[list[LaidCell], int]:
    """Give the cells of the heading and how many rows they take.

    `tall`: headings with nothing above them reach up beside the common headings, as they do where rules show it.
    """
    spans = [_spread(pieces, table, index, rules) for index, pieces in enumerate(table.pieces)]
    lowest = len(spans)  # lines from here on are the columns' own headings
    while lowest > 0 and all(piece.first == piece.last for piece in spans[lowest - 1]):
        lowest -= 1
    levels = _levels(table, spans[:lowest])
    if lowest == len(spans):  # a common heading alone
        levels.append([])
    own: dict[int, list[Run]] = {}
    for pieces in spans[lowest:]:
        for piece in pieces:
            own.setdefault(piece.first, []).extend(piece.runs)
    cells: list[LaidCell] = []
    bottom = len(levels) if own else len(levels) - 1
    for row, level in enumerate(levels):
        for piece in level:
            if piece.first == piece.last and piece.first in own:
                own[piece.first] = [*piece.runs, *own[piece.first]]
            elif piece.first == piece.last and row < bottom and own:
                own[piece.first] = list(piece.runs)
            else:
                cells.append(LaidCell(row, row, piece.first, piece.last, list(piece.runs)))
    cells += [LaidCell(bottom, bottom, column, column, runs) for column, runs in own.items()]
    cells = [cell for cell in cells if cell.runs]
    rows = sorted({cell.row for cell in cells})
    place = {row: index for index, row in enumerate(rows)}
    cells = [cell._replace(row=place[cell.row], last_row=place[cell.row]) for cell in cells]
    return [_tall(cell, cells) for cell in cells] if tall else cells, len(rows)


def _tall(cell: LaidCell, cells: Sequence[LaidCell]) -> LaidCell:
    above = [
        other.row
        for other in cells
        if other.row < cell.row and other.first <= cell.last and cell.first <= other.last
    ]
    return cell._replace(row=max(above, default=-1) + 1)


def _levels(table: Piecewise, spans: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Put lines of common headings into levels: lines close under another over the same columns are one."""
    levels: list[list[Piece]] = []
    for index, pieces in enumerate(spans):
        over = {(piece.first, piece.last) for piece in pieces if piece.first < piece.last}
        close = (
            index > 0
            and table.lines[index].top - table.lines[index - 1].bottom < STACKED * table.lines[index].size
        )
        before = (
            {(piece.first, piece.last) for piece in levels[-1] if piece.first < piece.last}
            if levels
            else set()
        )
        if levels and close and (not over or not before or over <= before) and not table.ruled(index):
            levels[-1] = _stacked(levels[-1], pieces)
        else:
            levels.append(list(pieces))
    return levels


def _stacked(level: Sequence[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    result = list(level)
    for piece in pieces:
        at = next((i for i, other in enumerate(result) if (other.first, other.last) == piece[:2]), None)
        if at is None:
            result.append(piece)
        else:
            result[at] = result[at]._replace(runs=(*result[at].runs, *piece.runs))
    return result


def _spread(pieces: Sequence[Piece], table: Piecewise, index: int, rules: Sequence[Ruling]) -> list[Piece]:
    """Stretch the headings of one line over the columns they are centred above."""
    columns = table.columns
    beneath = {piece.first for line in table.pieces[index + 1 :] for piece in line}
    shared = _shared_out(pieces, table, index)
    if shared:
        return shared
    result: list[Piece] = []
    for at, piece in enumerate(pieces):
        low = result[-1].last + 1 if result else 0
        high = pieces[at + 1].first - 1 if at + 1 < len(pieces) else len(columns.cores) - 1
        ruled = _ruled_span(piece, table, index, rules)
        if ruled is not None:
            spread = piece._replace(first=max(ruled[0], low), last=max(min(ruled[1], high), ruled[0]))
        else:
            lower = table.pieces[index + 1] if index + 1 < len(table.pieces) else ()
            spread = _centred(piece, columns, (max(low, 1), high), lower)
            if spread[:2] == piece[:2]:
                spread = _over_lower(piece, table, index, high)
        if spread.first < spread.last and not beneath.issuperset(range(spread.first, spread.last + 1)):
            spread = _narrowed(piece, columns) if piece.first < piece.last else piece
        result.append(spread)
    return result


def _shared_out(pieces: Sequence[Piece], table: Piecewise, index: int) -> list[Piece]:
    """Share the columns below a line of headings out among them, each to the nearest.

    Gives nothing where the headings do not stand in the middle of what they get.
    """
    columns = table.columns
    lower = table.pieces[index + 1] if index + 1 < len(table.pieces) else ()
    below = sorted({piece.first for piece in lower if piece.first == piece.last and piece.first > 0})
    over = [piece for piece in pieces if piece.first > 0]
    if len(over) < 2 or len(below) <= len(over):
        return []
    spans: dict[int, list[int]] = {}
    for column in below:
        middle = (columns.cores[column][0] + columns.cores[column][1]) / 2
        nearest = min(range(len(over)), key=lambda i: abs(over[i].x0 + over[i].x1 - 2 * middle))
        spans.setdefault(nearest, []).append(column)
    if len(spans) < len(over):
        return []
    for at, span in spans.items():
        middle = (over[at].x0 + over[at].x1) / 2
        if span[-1] - span[0] + 1 != len(span) or _off_centre(middle, columns, span[0], span[-1]) > CENTRED:
            return []
    spread = [piece._replace(first=spans[at][0], last=spans[at][-1]) for at, piece in enumerate(over)]
    return [piece for piece in pieces if piece.first == 0] + spread


def _over_lower(piece: Piece, table: Piecewise, index: int, high: int) -> Piece:
    """Stretch a heading to the right over columns whose own headings stand lower, beside one under it."""
    line = table.lines[index]
    headed = {
        column
        for pieces in table.pieces[: index + 1]
        for each in pieces
        for column in range(each.first, each.last + 1)
    }
    for lower, pieces in enumerate(table.pieces[index + 1 :], index + 1):
        under = {each.first for each in pieces if each.first == each.last}
        if piece.first not in under:
            continue
        if table.lines[lower].top - line.bottom < WITHIN_HEAD * line.size:
            return piece  # its own second line
        last = piece.last
        while last + 1 <= high and last + 1 in under and last + 1 not in headed:
            last += 1
        return piece._replace(last=last)
    return piece


def _narrowed(piece: Piece, columns: Columns) -> Piece:
    """Give a heading with nothing under it to the column in whose room its middle stands."""
    middle = (piece.x0 + piece.x1) / 2
    column = next(
        (i for i in range(piece.first, piece.last + 1) if columns.xs[i] <= middle <= columns.xs[i + 1]),
        piece.first,
    )
    wide = piece.x1 - piece.x0 > 1.6 * (columns.xs[column + 1] - columns.xs[column])
    return piece if wide else piece._replace(first=column, last=column)


def _ruled_span(
    piece: Piece, table: Piecewise, index: int, rules: Sequence[Ruling]
) -> tuple[int, int] | None:
    """Give the columns under which a rule of its own underlines the heading."""
    line, columns = table.lines[index], table.columns
    below = [
        rule
        for rule in rules
        if line.bottom - ALIGNED <= rule.at <= line.bottom + 0.9 * line.size
        and rule.lo <= piece.x0 + 2 * ALIGNED
        and piece.x1 - 2 * ALIGNED <= rule.hi
        and sum(rule.lo < each.x1 and each.x0 < rule.hi for each in table.pieces[index]) == 1
    ]
    if not below:
        return None
    rule = min(below, key=lambda rule: rule.hi - rule.lo)
    if rule.lo <= columns.cores[0][1] and rule.hi >= columns.cores[-1][0]:
        return None  # across the table
    under = [i for i, (lo, hi) in enumerate(columns.cores) if rule.lo - 2 <= (lo + hi) / 2 <= rule.hi + 2]
    return (under[0], under[-1]) if under else None


def _off_centre(middle: float, columns: Columns, first: int, last: int) -> float:
    """Give how far a place is from the middle of columns, as part of their width.

    Figures set flush right fill the right part of their columns only: the room of the first counts too.
    """
    left, right = columns.cores[first][0], columns.cores[last][1]
    middles = [(left + right) / 2]
    if first < last:
        before = columns.cores[first][1] - (right - columns.cores[first][1]) / (last - first)
        middles.append((min(left, before) + right) / 2)
    return min(abs(each - middle) for each in middles) / max(right - left, 1.0)


def _centred(piece: Piece, columns: Columns, reach: tuple[int, int], beneath: Sequence[Piece]) -> Piece:
    """Stretch a heading over the columns around it whose middle is its own."""
    low, high = reach
    if piece.first < low or piece.last == 0:
        return piece
    middle = (piece.x0 + piece.x1) / 2
    best, off = None, 0.0
    for first in range(low, piece.first + 1):
        for last in range(piece.last, high + 1):
            apart = _off_centre(middle, columns, first, last)
            if best is None or apart < off - 0.02:
                best, off = (first, last), apart
    if best is None or best == (piece.first, piece.last):
        return piece
    core = columns.cores[piece.first]
    if piece.first == piece.last and not _repeating(beneath, *best):
        own = abs((core[0] + core[1]) / 2 - middle) < OWN * (core[1] - core[0])
        flush = abs(core[0] - piece.x0) < ALIGNED or (off > EXACTLY and abs(core[1] - piece.x1) < ALIGNED)
        if own or flush:
            return piece
    return piece._replace(first=best[0], last=best[1]) if off < CENTRED else piece


def _repeating(beneath: Sequence[Piece], first: int, last: int) -> bool:
    """Whether the headings under a range of columns are periods, or stand again under another range."""
    texts = Counter(piece.text for piece in beneath)
    inside = [piece.text for piece in beneath if first <= piece.first <= last]
    return bool(inside) and all(texts[text] > 1 or _PERIOD.fullmatch(text) for text in inside)
