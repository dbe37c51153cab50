"""Columns of text flattened by a converter: where the white between them runs down the lines."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from extract.labels import parse_label
from extract.plaintext.regions import is_number_heading, is_numbering, names_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from extract.plaintext.page_lines import PageLine, Span

    Costs = npt.NDArray[np.float64]

MOST_COLUMNS = 16
# What a division of a page into columns costs, in lines that contradict it.
_COLUMN = 1.8  # each column must explain more white than this
_TORN = 1.0  # two blanks or more inside a cell
_CROSSED = 1.0  # a column that begins inside a word
_SQUEEZED = 0.5  # a column that begins after one blank
_SQUEEZED_CAPITAL = 0.1  # … with a capital
_ALIGNED = -0.06  # a stretch begins where the column does
_BELOW = 0.5  # white that two lines share, of a line's own
_MOVED = 0.03  # each character by which a column lies elsewhere than on the best known page
_ENOUGH = 10  # lines from which the first page, that with the heading, is the best known
_HEAD_LINES = 6
_NAMING_WEIGHT = 4.0  # the line that names the columns, and the row that numbers them
_HEAD_WEIGHT = 3.0  # white between headings tells more: a heading stands over each column


def seam_costs(lines: Sequence[PageLine], width: int) -> tuple[Costs, Costs]:
    """Give what a column's beginning at each place costs, and what two neighbouring ones leave unexplained.

    Args:
        lines: the lines of one page of a table.
        width: places are counted to here.

    Returns:
        `crossed[x]`, and `torn[x, y]`: white of two blanks or more between columns that begin at x and y.
    """
    weights = _weights(lines)
    crossed = np.zeros(width + 1)
    gaps = np.zeros((width + 1, width + 1))
    numbered = any(is_number_heading(line.segments[0].text) for line in lines[:_HEAD_LINES])
    for number, line in enumerate(lines):
        weight = weights[number]
        words = line.words
        for index, word in enumerate(words):
            crossed[word.start + 1 : word.end] += _CROSSED
            if index == 0:
                continue
            before = words[index - 1]
            # " 1 Bố trí trụ sở": the column of numbers is often no wider than its longest number.
            if numbered and index == 1 and word.start - before.end == 1 and parse_label(before.text):
                gaps[before.end, word.start] += weight
            elif word.start - before.end == 1:
                crossed[before.end : word.start + 1] += (
                    _SQUEEZED_CAPITAL if word.text[0].isupper() else _SQUEEZED
                )
            else:
                gaps[before.end, word.start] += weight
                crossed[word.start] += _ALIGNED
    for number, (line, below) in enumerate(pairwise(lines)):
        weight = _BELOW * min(weights[number : number + 2])
        for (_, end), (start, _) in pairwise(_shadows(line, below)):
            if start - end > 1:
                gaps[end, start] += weight
    # A gap from a to b is explained by a column that begins at a+1 … b: left torn by neighbours x ≤ a, y > b.
    torn = _TORN * _inside(gaps)
    return crossed, torn


def _weights(lines: Sequence[PageLine]) -> list[float]:
    """Tell how much white in each line says: most between headings, and between the numbers of a numbering row."""
    weights = [_HEAD_WEIGHT if number < _HEAD_LINES else 1.0 for number in range(len(lines))]
    head = lines[:_HEAD_LINES]
    for naming in (names_columns, is_numbering):
        first = next((number for number, line in enumerate(head) if naming(line)), None)
        if first is not None:
            weights[first] = _NAMING_WEIGHT
    return weights


def _shadows(line: PageLine, below: PageLine) -> list[tuple[int, int]]:
    """Give what two lines cover together: lines of one cell stand under each other, so white there parts columns."""
    covered: list[tuple[int, int]] = []
    for span in sorted((*line.segments, *below.segments)):
        if covered and span.start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(covered[-1][1], span.end))
        else:
            covered.append((span.start, span.end))
    return covered


def _inside(gaps: Costs) -> Costs:
    """Sum for each pair (x, y) the gaps (a, b) with x <= a and b < y."""
    size = len(gaps)
    total = np.zeros((size, size))
    above = np.cumsum(gaps[::-1], axis=0)[::-1]  # above[x, b]: gaps with a >= x
    total[:, 1:] = np.cumsum(above, axis=1)[:, :-1]
    return total


class Division:
    """The cheapest ways to divide one page of a table into 1, 2, 3 … columns."""

    def __init__(self, lines: Sequence[PageLine], usual: Sequence[int] = ()) -> None:
        self.width = max((len(line.text) for line in lines), default=0) + 1
        crossed, torn = seam_costs(lines, self.width)
        size = self.width + 1
        order = np.triu(np.ones((size, size), dtype=bool), 2)
        torn = np.where(order, torn, np.inf)
        best = [np.full(size, np.inf)]
        best[0][0] = 0.0
        self._back: list[npt.NDArray[np.intp]] = [np.zeros(size, dtype=np.intp)]
        self.costs: list[float] = []
        self._ends: list[int] = []
        end = torn[:, self.width].copy()
        end[self.width] = np.inf
        places = np.arange(size)
        for count in range(min(MOST_COLUMNS, len(usual) + 1) if usual else MOST_COLUMNS):
            finished = best[-1] + end
            self._ends.append(int(np.argmin(finished)))
            self.costs.append(float(np.min(finished)) + _COLUMN * count)
            ways = best[-1][:, None] + torn
            self._back.append(np.argmin(ways, axis=0))
            best.append(np.min(ways, axis=0) + crossed)
            if count < len(usual):
                best[-1] += np.abs(places - usual[count]) * _MOVED

    def seams(self, count: int) -> list[int]:
        """Give where the columns after the first begin, in the cheapest division into `count` columns."""
        places: list[int] = []
        at = self._ends[count - 1]
        for level in range(count - 1, 0, -1):
            places.append(at)
            at = int(self._back[level][at])
        return places[::-1]


def find_seams(pages: Sequence[Sequence[PageLine]]) -> tuple[list[list[int]], float]:
    """Give for each page of a table where its columns begin, the first left out, as many on each; and how sure.

    Sure is by how many contradicted lines any other number of columns is worse: without end where a row numbers them.
    """
    plain = [list(lines) for lines in pages]
    found: list[list[int]] = []
    sure = float("inf")
    told = numbered_columns(pages[0][: 2 * _HEAD_LINES])
    for _ in range(2):
        divisions = [Division(lines) for lines in plain]
        totals = [sum(costs) for costs in zip(*(division.costs for division in divisions), strict=True)]
        if told and totals[told - 1] < np.inf:
            count = told
        else:
            count = 1 + totals.index(min(totals))
            least, second = sorted(totals)[:2]
            sure = second - least
        found = _alike(plain, [division.seams(count) for division in divisions])
        kept = [
            [line for line in lines if not runs_across(line, seams)]
            for lines, seams in zip(pages, found, strict=True)
        ]
        if kept == plain:
            break
        plain = [few or list(lines) for few, lines in zip(kept, pages, strict=True)]
    return found, sure


def numbered_columns(head: Sequence[PageLine]) -> int:
    """Give how many columns the numbering row under a heading counts, "1 2 3 …" or "A B 1 2 …"; 0 without one."""
    for line in head:
        labels = [parse_label(word.text) for word in line.words] if is_numbering(line) else []
        paths = [label.path[0] for label in labels if label]
        figures = [int(path) for path in paths if path.isdecimal()]
        if len(figures) > 1 and figures in (list(range(len(figures))), list(range(1, len(figures) + 1))):
            return len(paths) if len(paths) <= MOST_COLUMNS else 0
    return 0


def _alike(pages: Sequence[Sequence[PageLine]], found: list[list[int]]) -> list[list[int]]:
    """Divide the other pages as the best known one: a column that is empty on one of them moves none of the rest."""
    if len(pages) == 1 or not found[0]:
        return found
    best = 0 if len(pages[0]) >= _ENOUGH else max(range(len(pages)), key=lambda number: len(pages[number]))
    return [
        found[number] if number == best else Division(lines, found[best]).seams(len(found[best]) + 1)
        for number, lines in enumerate(pages)
    ]


def runs_across(line: PageLine, seams: Sequence[int]) -> bool:
    """Tell a title or prose from cells: one stretch, perhaps behind a number, over the beginnings of columns."""
    found = line.segments
    if len(found) > 2:
        return False
    return sum(_straddles(found[-1], seam) for seam in seams) >= min(2, max(1, len(seams) - 1))


def _straddles(span: Span, seam: int) -> bool:
    return span.start < seam - 1 and span.end > seam + 1
