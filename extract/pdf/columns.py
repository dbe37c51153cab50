"""Lines of text as segments, and the white corridors that run down between them: columns without rulings."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.pdf.lines import SAME_LINE
from extract.pdf.untangle import run_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.pdf.cells import Letters
    from extract.pdf.content import Letter, Run

SEGMENT_GAP = 0.95  # of the letter size: a gap in a line that may part two cells
FIGURE_GAP = 0.42  # of the letter size: a gap that parts two figures; within "12 400" it is 0.28 at most
CORRIDOR = 0.5  # of the letter size: the least width of a white corridor between columns
RULED_GAP = 0.4  # of the letter size: the same between rules
CROSSED = 0.12  # part of the lines that may cross a corridor (headings over several columns), one at least
FEW_LINES = 5  # so few lines must leave a corridor open all
LEAST_DOTS = 4  # so many dots in a row lead from a label to its figures
OVER = 0.5  # part of a corridor that a text of a column may cover, and of the text that may stand in it
DOT_GAP = 0.15  # of the letter size: white between a leading dot and the figure it leads to
NEAR_PARTED = 45.0  # points
LONGEST_VALUE = 40  # letters
LONGEST_LINE = 500  # letters

_VALUE = re.compile(
    r"""[\[(<>≤≥~≈±+\-–—−]*\s?(?:[$€£¥]|US\$|EUR|USD)?\s?[\[(+\-–—−]?\s?
        (?:\d[\d.,'\u2009\u00a0 /:]*|\.\d+)
        \s?(?:%|‰|[a-zA-Z*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\([a-z0-9]{1,2}\))?[\])]*\s?[*†‡§¹²³]*
      | [\-–—−.…*:x]{1,4} | \(?(?:n/?a|nd|n\.a\.|na|ns|x|z|d|s|b)\.?\)?
      | [$€£%]""",
    re.VERBOSE | re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[._·…]\s*){4,}")
_DOTS = "._·…"
_FIGURES = re.compile(r"(?:\d\S*|[-–—$]|\.\.+)\s+[-–—($+]?[\d.]\S*|\s[-–—($+]*[\d.,]+%?\)?\s*$")


class Segment(NamedTuple):
    """Runs side by side without a wide gap."""

    x0: float
    x1: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(run.text for run in self.runs)


class TextLine(NamedTuple):
    """One line of the page: segments from left to right."""

    top: float
    bottom: float
    size: float
    segments: tuple[Segment, ...]


class Columns(NamedTuple):
    """Columns by what stands in them: `cores` are the extents of their texts, `xs` the borders around them."""

    cores: list[tuple[float, float]]
    xs: list[float]

    def covered(self, x0: float, x1: float) -> tuple[int, int]:
        """Give the first and last column whose texts a stretch stands over, or the nearest one."""
        over = []
        for index, (lo, hi) in enumerate(self.cores):
            shared = min(x1, hi) - max(x0, lo)
            if shared > min(0.3 * (hi - lo), 0.6 * (x1 - x0)) or (shared > 0 and shared > 0.8 * (x1 - x0)):
                over.append(index)
        if over:
            return over[0], over[-1]
        middle = (x0 + x1) / 2
        nearest = min(
            range(len(self.cores)), key=lambda i: max(self.cores[i][0] - middle, middle - self.cores[i][1])
        )
        return nearest, nearest


def is_value(text: str) -> bool:
    """Whether a text is a figure, or a sign that stands for one ("1,234.5", "$9", "(12)", "-", "n/a")."""
    return len(text) <= LONGEST_VALUE and bool(_VALUE.fullmatch(text.strip()))


def parted_runs(runs: Sequence[Run], letters: Letters) -> list[tuple[Run, Run]]:
    """Part runs that hold several cells (a line drawn in one go); each part with the run it comes from.

    Looked at letter by letter are runs with figures side by side or at their end, runs with leading dots (which are
    left out), and where such are parted, the runs near them: the heading is drawn like the rows below it.
    """
    asked = [run for run in runs if run.start >= 0 and may_be_cells(run.text)]
    parts = _parts_of(asked, letters)
    places = sorted({run.baseline for run in asked if len(parts[id(run)]) > 1})
    if places:
        near = [
            run
            for run in runs
            if run.start >= 0 and " " in run.text and id(run) not in parts and _is_near(run.baseline, places)
        ]
        parts |= _parts_of(near, letters)
    result: list[tuple[Run, Run]] = []
    for run in runs:
        of_run = parts.get(id(run))
        whole = of_run is None or (len(of_run) == 1 and not _LEADERS.search(run.text))
        result += [(run, run)] if whole or of_run is None else [(run_of(part, run), run) for part in of_run]
    return result


def may_be_cells(text: str) -> bool:
    """Whether a text drawn in one go may be several cells: figures side by side or at its end, or leading dots."""
    if len(text) > LONGEST_LINE:
        return False
    return (" " in text and bool(_FIGURES.search(text))) or bool(_LEADERS.search(text))


def _is_near(baseline: float, places: Sequence[float]) -> bool:
    at = bisect_left(places, baseline)
    return any(abs(place - baseline) < NEAR_PARTED for place in places[max(at - 1, 0) : at + 1])


def _parts_of(runs: Sequence[Run], letters: Letters) -> dict[int, list[list[Letter]]]:
    """Give the parts of runs, by the identity of the run."""
    if not runs:
        return {}
    return {id(run): _parts(of_run, run.size) for run, of_run in zip(runs, letters(runs), strict=True)}


def _parts(letters: list[Letter], size: float) -> list[list[Letter]]:
    """Part the letters of a run at wide gaps, and leave out leading dots."""
    inked = sorted(letter for letter in letters if not letter[2].isspace())
    gap = FIGURE_GAP * size
    parts: list[list[Letter]] = []
    pen = 0.0
    for letter in inked:
        if not parts or letter[0] - pen > gap:
            parts.append([])
        parts[-1].append(letter)
        pen = letter[1]
    kept = []
    for part in parts:
        dots = next((i for i, letter in enumerate(reversed(part)) if letter[2] not in _DOTS), len(part))
        part = part[: len(part) - dots] if dots >= LEAST_DOTS else part  # noqa: PLW2901 - cut at both ends
        lead = next((i for i, letter in enumerate(part) if letter[2] not in _DOTS), 0)
        apart = lead > 0 and part[lead][0] - part[lead - 1][1] > DOT_GAP * size
        kept.append(part[lead:] if apart else part)
    lonely = sum(len(part) == 1 and part[0][2] in _DOTS for part in kept)  # dots set wide apart
    return [
        part
        for part in kept
        if part and not (lonely >= LEAST_DOTS and len(part) == 1 and part[0][2] in _DOTS)
    ]


def text_lines(runs: Sequence[Run]) -> list[TextLine]:
    """Group runs into lines and lines into segments."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=attrgetter("baseline")):
        last = groups[-1][-1] if groups else None
        if last is not None and run.baseline - last.baseline <= SAME_LINE * max(run.size, last.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [line_of_runs(group) for group in groups]


def tightly(line: TextLine) -> TextLine:
    """Give a line between rules with its texts parted at narrow gaps too: there a table is certain."""
    return line_of_runs([run for segment in line.segments for run in segment.runs], RULED_GAP)


def line_of_runs(group: list[Run], most: float = SEGMENT_GAP) -> TextLine:
    """Put the runs of one line into segments; `most` is the widest gap within one, in letter sizes."""
    group.sort(key=attrgetter("x0"))
    size = max(run.size for run in group)
    parts: list[list[Run]] = []
    end = 0.0
    for run in group:
        if parts and (
            run.x0 - end <= min(most, FIGURE_GAP) * size
            or run.x0 - end <= min(most, _least_gap(parts[-1][-1], run)) * size
        ):
            parts[-1].append(run)
        else:
            parts.append([run])
        end = max(end, run.x1) if len(parts[-1]) > 1 else run.x1
    segments = tuple(Segment(part[0].x0, max(run.x1 for run in part), tuple(part)) for part in parts)
    top = min(run.baseline - 0.75 * run.size for run in group)
    return TextLine(top, max(run.baseline + 0.22 * run.size for run in group), size, segments)


def _least_gap(left: Run, right: Run) -> float:
    figures = is_value(left.text.rsplit(None, 1)[-1]) and is_value(right.text.split(None, 1)[0])
    return FIGURE_GAP if figures else SEGMENT_GAP


def corridors_of(lines: Sequence[TextLine], narrowest: float = CORRIDOR) -> list[tuple[float, float]]:
    """Give the white corridors `(left, right)` between columns.

    Texts over several columns (a common heading, a section row) are told by the corridors that nearly all
    other lines leave open, and then left out of account.
    """
    several = [line for line in lines if len(line.segments) > 1]
    if not several:
        return []
    least = narrowest * sorted(line.size for line in several)[len(several) // 2]
    most = max(len(line.segments) for line in several)
    full = [
        line for line in several if 2 * len(line.segments) >= most
    ]  # a section's number and title are not
    of_full = [segment for line in full for segment in line.segments]
    clear = _white(of_full, least, 0)
    rough = [
        inner
        for left, right in _white(of_full, least, _tolerated(len(full)))
        for inner in [each for each in clear if left <= each[0] and each[1] <= right] or [(left, right)]
    ]
    return _white([each for line in several for each in _in_column(line, rough, line in full)], least, 0)


def _in_column(line: TextLine, corridors: Sequence[tuple[float, float]], full: bool) -> Iterator[Segment]:
    """Give the texts of a line that keep to one column.

    A heading over two columns may stand in a part of the white between their figures, or wholly within it.
    """
    for each in line.segments:
        over = [
            (min(each.x1, right) - max(each.x0, left)) / (right - left)
            for left, right in corridors
            if (each.x0 < left and right < each.x1) or (not full and each.x0 < right and left < each.x1)
        ]
        within = not full and any(
            min(each.x1, right) - max(each.x0, left) > OVER * (each.x1 - each.x0) for left, right in corridors
        )
        if max(over, default=0.0) <= OVER and not within:
            yield each


def _tolerated(lines: int) -> float:
    return max(CROSSED * lines, 1.0) if lines >= FEW_LINES else 0.0


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


def columns_between(corridors: Sequence[tuple[float, float]], left: float, right: float) -> Columns:
    """Give the columns that corridors part between two outer borders."""
    edges = [left, *(x for corridor in corridors for x in corridor), right]
    cores = list(zip(edges[0::2], edges[1::2], strict=True))
    return Columns(cores, [left, *((a + b) / 2 for a, b in corridors), right])


def crosses(line: TextLine, corridors: Sequence[tuple[float, float]]) -> bool:
    """Whether the first text of a line stands over one of the corridors."""
    return any(line.segments[0].x0 < left and right < line.segments[0].x1 for left, right in corridors)


def gaps(lines: Sequence[TextLine]) -> list[float]:
    """Give the white between each line and the next."""
    return [below.top - above.bottom for above, below in pairwise(lines)]
