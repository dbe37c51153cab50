"""What joining and parting the lines of one column of a flattened table costs, summed for quick weighing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.plaintext.wrapped_cells import Flow

# The most that one column can say for a cut, and against one.
_MOST_LIKELY = 3.0
_LEAST_LIKELY = 6.0


@dataclass(frozen=True, slots=True)
class ColumnCosts:
    """One column ready for weighing; all lists are by line number.

    Attributes:
        joined: what the beginnings up to a line cost if all are joined to the cells above them.
        parted: what a cut before a line costs.
        holes: how many lines without text, but one each, stand above the texts up to a line.
        gaps: how many texts up to a line have just one line without text above them.
        following: the first line with text from a line on.
        before: the last line with text before a line.
    """

    joined: list[float]
    parted: list[float]
    holes: list[int]
    gaps: list[int]
    following: list[int]
    before: list[int]


def column_costs(flow: Flow, count: int) -> ColumnCosts:
    """Prepare the lines of one column of a table of `count` lines for weighing."""
    joined, parted, holes, gaps = [0.0] * count, [0.0] * (count + 1), [0] * count, [0] * count
    following, before = [count] * (count + 1), [-1] * (count + 1)
    for index, (at, begins) in enumerate(zip(flow.at, flow.begins, strict=True)):
        joined[at] = min(_MOST_LIKELY, max(0.0, begins))
        if index:
            previous = flow.at[index - 1]
            holes[at] = max(0, at - previous - 2)
            gaps[at] = int(at - previous == 2)
            for cut in range(previous + 1, at + 1):
                parted[cut] = min(_LEAST_LIKELY, max(0.0, -begins))
    for at in flow.at:
        following[at] = before[at + 1] = at
    for number in range(count - 1, -1, -1):
        following[number] = min(following[number], following[number + 1])
    for number in range(1, count + 1):
        before[number] = max(before[number], before[number - 1])
    return ColumnCosts(
        list(accumulate(joined)), parted, list(accumulate(holes)), list(accumulate(gaps)), following, before
    )
