"""Where the rows of a flattened table begin: the cheapest way to cut its lines, of all ways.

Every row costs something, and more when its cells do not fit it: when a cell goes on over its end, when its
texts stand neither at its top nor in its middle, when it has two running numbers or none. Rows under one number
("1" with three activities) form a *group*, in which the leading columns may be merged. The whole table is
weighed at once by dynamic programming, first with all cells drawn from the top, then centred; whichever is
cheaper tells how each column is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from extract.plaintext.column_costs import column_costs
from extract.plaintext.wrapped_cells import flow_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.plaintext.column_costs import ColumnCosts
    from extract.plaintext.cutting import CutLine

Drawn: TypeAlias = Literal["top", "middle"]

_INFINITE = float("inf")
_LONGEST_ROW = 70  # lines
_LONGEST_GROUP = 110
_MOST_CUTS = 40  # places at which a group may end
_WORST_CUT = 9.0  # nowhere is cut where cells go on so clearly
# What a reading costs.
_ROW = 1.2
_FURTHER_ROW = 1.6  # a row more under the same number
_WITHOUT_NUMBER = 3.0  # in a table with running numbers
_MERGED = 0.6  # a column merged over the rows of a group
_TURNS = 6.0
_OFF_TOP = 1.6  # a cell drawn from the top that begins later
_OFF_MIDDLE = 0.8  # each line by which a centred cell is off
_MOST_OFF = 4.0
_HOLE = 1.5  # each line but one without text inside a cell
_GAP = 0.8  # one line without text inside a cell drawn from the top; centred cells stand between the lines of others
_OVER_PAGE = 0.4  # a row that goes on overleaf
_MOST_MERGED = 4  # leading columns that may be merged in a group
_SPANS = 1.5  # a leading cell that goes on over a cut inside a group
_GOES_ON = 2.5  # what a line says against a beginning when it surely goes on
_SURELY_GOES_ON = 4.5
_BARE = 0.5  # a row of a group without text in a leading column


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together: line ranges, and how many leading columns are one cell for all of them."""

    rows: tuple[tuple[int, int], ...]
    merged: int = 0
    across: bool = False


@dataclass(slots=True)
class _Table:
    """What the weighing needs to know."""

    lines: Sequence[CutLine]
    columns: list[ColumnCosts]
    numbers: list[int] | None  # accumulated: numbered lines before line j; None without running numbers
    pages: list[int]
    drawn: list[Drawn] = field(default_factory=list)
    rows: dict[tuple[int, int, int, bool], float] = field(default_factory=dict)


class Cells(NamedTuple):
    """The rows of a table, and for each column its cells: first row, last row, the lines of its text."""

    groups: list[Group]
    cells: list[list[tuple[int, int, int, int]]]


def find_cells(
    lines: Sequence[CutLine], numbered: Sequence[bool] | None, across: Sequence[bool], head: int
) -> Cells:
    """Give the rows and cells of a table, all its lines in one.

    Args:
        lines: the lines of the table, its pages one after the other.
        numbered: which lines have a running number; None for a table without any.
        across: which lines are a row by themselves (titles over the columns).
        head: how many lines from the first are the heading, 0 when that is not known.
    """
    count = len(lines[0].cells) if lines else 0
    columns = [column_costs(flow_of(lines, column), len(lines)) for column in range(count)]
    counted = [0, *accumulate(int(flag) for flag in numbered)] if numbered is not None else None
    table = _Table(lines, columns, counted, [line.line.page for line in lines])
    best: tuple[float, list[Group]] = (_INFINITE, [])
    for drawn in ("top", "middle"):
        table.drawn = [drawn] * count
        for _ in range(2):
            found = _weigh_all(table, across, head)
            best = min(best, found, key=lambda way: way[0])
            again = _drawn_by(table, found[1])
            if again == table.drawn:
                break
            table.drawn = again
    groups = best[1]
    table.drawn = _drawn_by(table, groups)
    return Cells(groups, [_cells(table, k, groups) for k in range(count)])


def _cells(table: _Table, k: int, groups: Sequence[Group]) -> list[tuple[int, int, int, int]]:
    """Give the cells of one column: rows are put together where a text goes on, or where it is merged over a group."""
    column = table.columns[k]
    cells: list[tuple[int, int, int, int]] = []
    number = 0
    for place, group in enumerate(groups):
        # Neither the heading nor a title goes on in the rows below it.
        alone = place < 2 or group.across or groups[place - 1].across
        for first, last, begin, end in _spans(table, k, group):
            at = column.following[begin]
            goes_on = at < end and column.parted[at] >= (_GOES_ON if first else _SURELY_GOES_ON)
            if alone and not first:
                goes_on = False
            if goes_on and column.before[begin] >= cells[-1][2] and (k or len(group.rows) > 1):
                cells[-1] = (cells[-1][0], number + last, cells[-1][2], end)
            else:
                cells.append((number + first, number + last, begin, end))
        number += len(group.rows)
    return cells


def _spans(table: _Table, k: int, group: Group) -> list[tuple[int, int, int, int]]:
    """Give the cells of one column in a group: first row, last row (of the group), lines."""
    rows, column = group.rows, table.columns[k]
    if k < group.merged:
        return [(0, len(rows) - 1, rows[0][0], rows[-1][1])]
    plain = [(number, number, first, last) for number, (first, last) in enumerate(rows)]
    bare = [column.following[first] >= last for first, last in rows]
    if len(rows) == 1 or not any(bare) or all(bare) or k >= _MOST_MERGED:
        return plain
    # best[n]: the cheapest cells for the first n rows, each with one text
    best: list[tuple[float, list[tuple[int, int, int, int]]]] = [(0.0, [])]
    for end in range(1, len(rows) + 1):
        ways = []
        for begin in range(end):
            if sum(not bare[n] for n in range(begin, end)) > 1:
                continue
            cost, cells = best[begin]
            first, last = rows[begin][0], rows[end - 1][1]
            at, stop = column.following[first], column.before[last]
            off = _place(table.drawn[k], at - first, last - 1 - stop) if at < last else _MOST_OFF
            ways.append((cost + off, [*cells, (begin, end - 1, first, last)]))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _weigh_all(table: _Table, across: Sequence[bool], head: int) -> tuple[float, list[Group]]:
    total, groups = 0.0, []
    begin = 0
    table.rows.clear()
    if head:
        groups.append(Group(((0, head),)))
        begin = head
    while begin < len(table.lines):
        if across[begin]:
            groups.append(Group(((begin, begin + 1),), across=True))
            begin += 1
            continue
        end = begin
        while end < len(table.lines) and not across[end]:
            end += 1
        cost, found = _weigh(table, begin, end, exempt=not head and begin == 0)
        total += cost
        groups += found
        begin = end
    return total, groups


def _weigh(table: _Table, begin: int, end: int, *, exempt: bool) -> tuple[float, list[Group]]:
    """Find the cheapest groups for the lines from `begin` to `end`; `exempt`: the first row is the heading."""
    parted = {cut: sum(column.parted[cut] for column in table.columns) for cut in range(begin + 1, end)}
    cuts = _possible(table, parted, begin, end)
    inner = [
        cut
        for cut in range(begin, end)
        if sum(c.parted[cut] for c in table.columns[_MOST_MERGED:]) <= _WORST_CUT / 2
    ]
    best: dict[int, float] = dict.fromkeys(cuts, _INFINITE)
    best[begin] = 0.0
    came: dict[int, tuple[int, Group]] = {}
    for index, first in enumerate(cuts[:-1]):
        ends = _ends(table, cuts, index)
        within = inner[bisect_right(inner, first) : bisect_right(inner, ends[-1])]
        several = {} if exempt and first == begin else _several(table, first, ends, within)
        for last in ends:
            price, group = _one(table, first, last, exempt=exempt and first == begin), Group(((first, last),))
            if last in several and several[last][0] < price:
                price, group = several[last]
            price += best[first] + parted.get(last, 0.0)
            if price < best[last]:
                best[last], came[last] = price, (first, group)
    groups: list[Group] = []
    at = end
    while at > begin:
        at, group = came[at]
        groups.append(group)
    return best[end], groups[::-1]


def _ends(table: _Table, cuts: Sequence[int], index: int) -> list[int]:
    """Give where a group may end that begins at a cut: before a second number, and not too far down."""
    first = cuts[index]
    ends = [cuts[index + 1]]
    for last in cuts[index + 2 :]:
        if last - first > _LONGEST_GROUP or len(ends) > _MOST_CUTS or _numbers(table, first, last) > 1:
            break
        ends.append(last)
    return ends


def _one(table: _Table, first: int, last: int, *, exempt: bool) -> float:
    """Weigh lines read as one row."""
    columns = range(len(table.columns))
    if exempt:
        return _ROW + sum(_fits(table, k, first, last, free=True) for k in columns)
    lacking = _WITHOUT_NUMBER if table.numbers is not None and not _numbers(table, first, last) else 0.0
    far = _TURNS * max(0, last - first - _LONGEST_ROW)
    return (
        _ROW
        + lacking
        + far
        + _over_page(table, first, last)
        + sum(_fits(table, k, first, last) for k in columns)
    )


def _several(
    table: _Table, first: int, ends: Sequence[int], within: Sequence[int]
) -> dict[int, tuple[float, Group]]:
    """Weigh lines read as several rows with merged leading columns, for each end with exactly one number."""
    found: dict[int, tuple[float, Group]] = {}
    if table.numbers is None:
        return found
    wanted = [last for last in ends if _numbers(table, first, last) == 1]
    for leading in range(1, min(_MOST_MERGED, len(table.columns) - 1) + 1) if wanted else ():
        costs, came = _rows(table, sorted({first, *ends, *within}), leading)
        for last in wanted:
            if came[last] == first:
                continue  # one row
            cost = costs[last] + leading * _MERGED + sum(_fits(table, k, first, last) for k in range(leading))
            rows: list[tuple[int, int]] = []
            at = last
            while at > first:
                rows.append((came[at], at))
                at = came[at]
            cost += _BARE * _bare(table, leading, rows)
            if last not in found or cost < found[last][0]:
                found[last] = (cost, Group(tuple(rows[::-1]), leading))
    return found


def _bare(table: _Table, leading: int, rows: Sequence[tuple[int, int]]) -> int:
    """Count the rows without text in a leading column that has text in other rows of the group."""
    counts = [
        sum(table.columns[k].following[first] >= last for first, last in rows)
        for k in range(leading, min(_MOST_MERGED, len(table.columns)))
    ]
    return sum(count for count in counts if count < len(rows))


def _rows(table: _Table, cuts: Sequence[int], leading: int) -> tuple[dict[int, float], dict[int, int]]:
    """Cut the lines of a group to rows by the columns that are not merged: what it costs up to each cut, and how."""
    first = cuts[0]
    rest = range(leading, len(table.columns))
    costs: dict[int, float] = {first: 0.0}
    came: dict[int, int] = {}
    parted = {
        cut: sum(
            min(table.columns[k].parted[cut], _SPANS) if k < _MOST_MERGED else table.columns[k].parted[cut]
            for k in rest
        )
        for cut in cuts
    }
    for end in range(1, len(cuts)):
        last = cuts[end]
        costs[last] = _INFINITE
        for begin in range(end - 1, -1, -1):
            at = cuts[begin]
            if last - at > _LONGEST_ROW and begin + 1 < end:
                break
            price = costs[at] + (parted[at] + _FURTHER_ROW if begin else _ROW)
            if price < costs[last]:
                price += _row(table, leading, at, last, begin > 0)
                if price < costs[last]:
                    costs[last], came[last] = price, at
    return costs, came


def _row(table: _Table, leading: int, first: int, last: int, further: bool) -> float:
    """Weigh one row of a group by the columns that are not merged."""
    known = table.rows.get((leading, first, last, further))
    if known is not None:
        return known
    price, filled = _over_page(table, first, last), 0
    for k in range(leading, len(table.columns)):
        column = table.columns[k]
        at = column.following[first]
        filled += at < last
        goes_on = k < _MOST_MERGED and further and at < last and column.parted[at] >= _GOES_ON
        price += _fits(table, k, first, last, free=goes_on)
    price += _WITHOUT_NUMBER if filled < 2 else 0.0
    table.rows[leading, first, last, further] = price
    return price


def _possible(table: _Table, prices: dict[int, float], begin: int, end: int) -> list[int]:
    """Give the lines before which a cut is not absurd, and between two numbers the least absurd one."""
    cuts = {begin, end, *(cut for cut, price in prices.items() if price <= _WORST_CUT)}
    numbered = [line for line in range(begin, end) if _numbers(table, line, line + 1)]
    for one, other in pairwise(numbered):
        if not any(cut in cuts for cut in range(one + 1, other + 1)):
            cuts.add(min(range(one + 1, other + 1), key=lambda cut: (prices[cut], -cut)))
    return sorted(cuts)


def _numbers(table: _Table, first: int, last: int) -> int:
    return table.numbers[last] - table.numbers[first] if table.numbers is not None else 0


def _over_page(table: _Table, first: int, last: int) -> float:
    return _OVER_PAGE if table.pages[first] != table.pages[last - 1] else 0.0


def _fits(table: _Table, k: int, first: int, last: int, *, free: bool = False) -> float:
    """Weigh one cell that has the lines `first` to `last` to itself: its joins, its holes, its place."""
    column = table.columns[k]
    begin = column.following[first]
    if begin >= last:
        return 0.0
    end = column.before[last]
    cost = column.joined[end] - column.joined[begin]
    if free:
        return cost
    if table.pages[first] != table.pages[last - 1]:
        return cost + (_OFF_TOP if begin > first and table.drawn[k] == "top" else 0.0)
    cost += _HOLE * (column.holes[end] - column.holes[begin])
    if table.drawn[k] == "top":
        cost += _GAP * (column.gaps[end] - column.gaps[begin])
    return cost + _place(table.drawn[k], begin - first, last - 1 - end)


def _place(drawn: Drawn, above: int, below: int) -> float:
    if drawn == "top":
        return min(_MOST_OFF, _OFF_TOP * above)
    return min(_MOST_OFF, _OFF_MIDDLE * max(0, abs(above - below) - 1))


def _drawn_by(table: _Table, groups: Sequence[Group]) -> list[Drawn]:
    """Tell how the cells of each column are drawn, by the rows found so far."""
    drawn: list[Drawn] = []
    for k, column in enumerate(table.columns):
        cost = {"top": 0.0, "middle": 0.0}
        for group in groups[1:]:
            spans = [(group.rows[0][0], group.rows[-1][1])] if k < group.merged else group.rows
            for first, last in spans:
                begin, end = column.following[first], column.before[last]
                if begin < last and table.pages[first] == table.pages[last - 1]:
                    cost["top"] += _place("top", begin - first, last - 1 - end)
                    cost["middle"] += _place("middle", begin - first, last - 1 - end)
        drawn.append("top" if cost["top"] <= cost["middle"] else "middle")
    return drawn
