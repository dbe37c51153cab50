"""Centres: every piece of work goes to the one it is most like, so that no chain of small steps joins unlike work.

Parts that compare alike are one *point*. Points are taken in batches: first to the centres there are, the rest are
joined by average linkage, and the point in the middle of a cluster is a new centre. The cost of a batch depends on the
number of kinds of work in the corpus, not on its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from phuluc.audit.grouping.lexicon import WEIGHTS, work_functions
from phuluc.audit.grouping.linkage import linked, medoid
from phuluc.audit.grouping.scoring import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from phuluc.audit.grouping.parts import Part

BATCH = 1_000
MOST_CANDIDATES = 24  # centres compared word by word; the nearest by weight of shared words
LEAST_COUNTED = 0.2  # pairs less alike than this count as 0 in the averages
LEAST_SHARED = 0.4  # of the lighter side's weight: below, no score reaches a threshold worth setting


class Near(NamedTuple):
    """The centre a point belongs to, and how alike they are."""

    centre: int
    score: float


def around_centres(points: Sequence[Part], sizes: Sequence[int], threshold: float) -> dict[int, Near]:
    """Give each point its centre; a point that is like no other is its own.

    `sizes` counts the documents of each point; the most frequent come first, ties in the order of `points`.
    """
    terms = _Terms(points)
    belongs: dict[int, Near] = {}
    centres: list[int] = []
    order = sorted(range(len(points)), key=lambda point: -sizes[point])
    for begin in range(0, len(order), BATCH):
        batch = order[begin : begin + BATCH]
        rest: list[int] = []
        for point, near in zip(batch, _nearest(terms, batch, centres, threshold), strict=True):
            if near is None:
                rest.append(point)
            else:
                belongs[point] = near
        new = _centres(terms, rest, sizes, threshold)
        for point, near in zip(rest, _nearest(terms, rest, new, threshold), strict=True):
            belongs[point] = near or Near(point, 1.0)
        centres.extend(new)
    return belongs


def _nearest(
    terms: _Terms, points: Sequence[int], centres: Sequence[int], threshold: float
) -> Iterator[Near | None]:
    """Give for each point the centre it is most like, None where none reaches the threshold."""
    known = set(centres)
    candidates = terms.candidates(points, centres, MOST_CANDIDATES)
    for point, near in zip(points, candidates, strict=True):
        if point in known:
            yield Near(point, 1.0)
            continue
        best = max(
            (Near(centre, compare(terms.points[point], terms.points[centre]).score) for centre in near),
            key=lambda found: found.score,
            default=None,
        )
        yield best if best is not None and best.score >= threshold else None


def _centres(terms: _Terms, points: Sequence[int], sizes: Sequence[int], threshold: float) -> list[int]:
    """Choose centres among points that are like no centre yet."""
    scores: dict[int, dict[int, float]] = {point: {} for point in points}
    for point, near in zip(points, terms.candidates(points, points, len(points)), strict=True):
        for other in near:
            if other not in scores[point] and other != point:
                score = compare(terms.points[point], terms.points[other]).score
                if score >= LEAST_COUNTED:
                    scores[point][other] = scores[other][point] = score
    return [medoid(cluster, scores, sizes) for cluster in linked(points, scores, threshold)]


class _Terms:
    """The points as rows of weights of terms."""

    def __init__(self, points: Sequence[Part]) -> None:
        self.points = points
        codes: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        totals = np.zeros(len(points))
        for row, part in enumerate(points):
            weights = dict(part.core) | dict.fromkeys(part.functions & work_functions(), WEIGHTS["work"])
            totals[row] = sum(weights.values())
            for term, weight in (part.context | weights).items():
                rows.append(row)
                columns.append(codes.setdefault(term, len(codes)))
                values.append(weight**0.5)
        self._matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(points), max(len(codes), 1)))
        self._totals = totals

    def candidates(self, points: Sequence[int], among: Sequence[int], most: int) -> Iterator[list[int]]:
        """Give for each point the ones among `among` that share most weight with it, nearest first."""
        if not points or not among:
            yield from ([] for _ in points)
            return
        others = np.asarray(among)
        products = (self._matrix[list(points)] @ self._matrix[others].T).tocsr()
        for row, point in enumerate(points):
            begin, end = products.indptr[row], products.indptr[row + 1]
            near = others[products.indices[begin:end]]
            share = products.data[begin:end] / np.minimum(self._totals[near], self._totals[point])
            kept = share >= LEAST_SHARED
            near, share = near[kept], share[kept]
            order = np.lexsort((near, -share))[:most]
            yield [int(other) for other in near[order]]
