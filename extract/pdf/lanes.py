"""Pages set in two columns of prose: each is read by itself, so that a table in one is not mixed with the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.pdf.columns import is_value, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.columns import TextLine
    from extract.pdf.content import Run

LEAST_LINES = 8  # lines beside each other that make two columns
LEAST_FULL = 5  # lines of prose that fill a column
FULL = 0.85  # part of a column's width that a line of prose takes
MIDDLE = 0.1  # part of the text's width by which the gutter may stand off its middle
MOSTLY = 0.35  # part of a side's lines that fill it where it is prose
NEAR = 1.5  # of the letter size: how far apart lines of the columns stand
STEP = 3.0  # points between the places that are tried


def lanes(runs: Sequence[Run]) -> list[list[Run]]:
    """Part the runs of a page into those read together, from top to bottom; one list where there are no columns."""
    lines = text_lines(runs)
    gutter = _gutter(lines)
    if gutter is None:
        return [list(runs)]
    parts: list[list[Run]] = []
    start = 0
    for first, last in _stretches(lines, gutter):
        parts.append(_runs(lines[start:first]))
        parts += _sides(lines[first:last], gutter)
        start = last
    parts.append(_runs(lines[start:]))
    return [part for part in parts if part]


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """Give the x in the middle of the page on both sides of which most lines of prose stand."""
    segments = [segment for line in lines for segment in line.segments]
    if len(lines) < LEAST_LINES:
        return None
    left, right = min(each.x0 for each in segments), max(each.x1 for each in segments)
    middle, reach = (left + right) / 2, MIDDLE * (right - left)
    tried = [middle + STEP * step for step in range(-int(reach / STEP), int(reach / STEP) + 1)]
    crossings = [sum(each.x0 < x < each.x1 for each in segments) for x in tried]
    least = min(crossings)
    free = [x for x, count in zip(tried, crossings, strict=True) if count == least]
    gutter = free[len(free) // 2]
    return gutter if any(True for _ in _stretches(lines, gutter)) else None


def _stretches(lines: Sequence[TextLine], gutter: float) -> Iterator[tuple[int, int]]:
    """Give the lines that leave the gutter free, from the first to the last that fills one side with prose."""
    start = 0
    crossing = [any(each.x0 < gutter < each.x1 for each in line.segments) for line in lines]
    for index in range(len(lines) + 1):
        if index < len(lines) and not crossing[index]:
            continue
        if index - start >= LEAST_LINES:
            full = _full(lines[start:index], gutter)
            if len(full) >= LEAST_FULL:
                yield (
                    _upwards(lines, start + full[0], start, gutter),
                    _downwards(lines, start + full[-1], index, gutter) + 1,
                )
        start = index + 1


def _full(lines: Sequence[TextLine], gutter: float) -> list[int]:
    """Give the lines (their indices) that fill one side with prose, if both sides have text and one is mostly prose."""
    full: set[int] = set()
    for on_left in (True, False):
        side = [
            (i, each)
            for i, line in enumerate(lines)
            for each in line.segments
            if (each.x1 <= gutter) is on_left
        ]
        if len({i for i, _ in side}) < LEAST_FULL:
            return []
        left, right = min(each.x0 for _, each in side), max(each.x1 for _, each in side)
        whole = {
            i for i, each in side if each.x1 - each.x0 >= FULL * (right - left) and not is_value(each.text)
        }
        if len(whole) >= max(LEAST_FULL, MOSTLY * len({i for i, _ in side})):
            full |= whole
    return sorted(full)


def _upwards(lines: Sequence[TextLine], index: int, least: int, gutter: float) -> int:
    while index > least and _beside(lines[index - 1], lines[index], gutter):
        index -= 1
    return index


def _downwards(lines: Sequence[TextLine], index: int, end: int, gutter: float) -> int:
    while index + 1 < end and _beside(lines[index + 1], lines[index], gutter):
        index += 1
    return index


def _beside(line: TextLine, next_to: TextLine, gutter: float) -> bool:
    """Whether a line next to one of prose may belong to the columns: on one side, or a text or two without figures."""
    if max(line.top - next_to.bottom, next_to.top - line.bottom) >= NEAR * line.size:
        return False
    if len({each.x1 <= gutter for each in line.segments}) == 1:
        return True
    return len(line.segments) <= 2 and not any(is_value(each.text) for each in line.segments)


def _sides(lines: Sequence[TextLine], gutter: float) -> list[list[Run]]:
    runs = _runs(lines)
    return [[run for run in runs if run.x1 <= gutter], [run for run in runs if run.x1 > gutter]]


def _runs(lines: Sequence[TextLine]) -> list[Run]:
    return [run for line in lines for segment in line.segments for run in segment.runs]
