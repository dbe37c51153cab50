"""Lines of text as segments, and the white corridors that run down between them: columns without rulings."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.lines import SAME_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Run

SEGMENT_GAP = 0.95  # of the letter size: a gap in a line that may part two cells
CORRIDOR = 0.5  # of the letter size: the least width of a white corridor between columns
CROSSED = 0.12  # part of the lines that may cross a corridor (headings over several columns)


class Segment(NamedTuple):
    """Runs side by side without a wide gap."""

    x0: float
    x1: float
    runs: tuple[Run, ...]


class TextLine(NamedTuple):
    """One line of the page: segments from left to right."""

    top: float
    bottom: float
    size: float
    segments: tuple[Segment, ...]


def text_lines(runs: Sequence[Run]) -> list[TextLine]:
    """Group runs into lines and lines into segments."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=attrgetter("baseline")):
        last = groups[-1][-1] if groups else None
        if last is not None and run.baseline - last.baseline <= SAME_LINE * max(run.size, last.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_line(group) for group in groups]


def _line(group: list[Run]) -> TextLine:
    group.sort(key=attrgetter("x0"))
    size = max(run.size for run in group)
    parts: list[list[Run]] = []
    end = 0.0
    for run in group:
        if parts and run.x0 - end <= SEGMENT_GAP * size:
            parts[-1].append(run)
        else:
            parts.append([run])
        end = max(end, run.x1) if len(parts[-1]) > 1 else run.x1
    segments = tuple(Segment(part[0].x0, max(run.x1 for run in part), tuple(part)) for part in parts)
    top = min(run.baseline - 0.75 * run.size for run in group)
    return TextLine(top, max(run.baseline + 0.22 * run.size for run in group), size, segments)


def corridors_of(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Give the white corridors `(left, right)` between columns.

    Texts over several columns (a common heading, a section row) are told by the corridors that nearly all
    other lines leave open, and then left out of account.
    """
    several = [line for line in lines if len(line.segments) > 1]
    if not several:
        return []
    least = CORRIDOR * sorted(line.size for line in several)[len(several) // 2]
    segments = [segment for line in several for segment in line.segments]
    rough = _white(segments, least, CROSSED * len(several))
    return _white(
        [each for each in segments if not any(each.x0 < left and right < each.x1 for left, right in rough)],
        least,
        0,
    )


def _white(segments: Sequence[Segment], least: float, allowed: float) -> list[tuple[float, float]]:
    """Give the stretches of x between texts that at most `allowed` segments cover."""
    events = sorted([(each.x0, 1) for each in segments] + [(each.x1, -1) for each in segments])
    white: list[tuple[float, float]] = []
    depth = 0
    since: float | None = None
    for x, step in events:
        depth += step
        if depth > allowed:
            if since is not None and x - since >= least and since > events[0][0]:
                white.append((since, x))
            since = None
        elif since is None:
            since = x
    return white


def crosses(line: TextLine, corridors: Sequence[tuple[float, float]]) -> bool:
    """Whether the first text of a line stands over one of the corridors."""
    return any(line.segments[0].x0 < left and right < line.segments[0].x1 for left, right in corridors)
