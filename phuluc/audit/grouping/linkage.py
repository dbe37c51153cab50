"""Average linkage: two clusters join while their members are, on average, alike enough; no chain can form."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Scores = dict[int, dict[int, float]]  # symmetric; pairs that are not there score 0


def linked(
    points: Sequence[int], scores: Mapping[int, Mapping[int, float]], threshold: float
) -> list[list[int]]:
    """Give the clusters of `points`, closest pair first; ties go to the points that come first."""
    members = {point: [point] for point in points}
    sums = {point: dict(scores.get(point, {})) for point in points}
    rank = {point: n for n, point in enumerate(points)}
    heap = [
        (-score, rank[a], rank[b], a, b) for a in points for b, score in sums[a].items() if rank[a] < rank[b]
    ]
    heapq.heapify(heap)
    while heap:
        negative, _, _, a, b = heapq.heappop(heap)
        if a not in members or b not in members or -negative != _average(a, b, sums, members):
            continue
        if -negative < threshold:
            break
        members[a] += members.pop(b)
        for other, total in sums.pop(b).items():
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0.0) + total
                del sums[other][b]
        del sums[a][b]
        for other in sums[a]:
            first, second = sorted((a, other), key=rank.__getitem__)
            average = _average(first, second, sums, members)
            heapq.heappush(heap, (-average, rank[first], rank[second], first, second))
    return list(members.values())


def _average(a: int, b: int, sums: Scores, members: dict[int, list[int]]) -> float:
    return sums[a].get(b, 0.0) / (len(members[a]) * len(members[b]))


def medoid(cluster: Sequence[int], scores: Mapping[int, Mapping[int, float]], sizes: Sequence[int]) -> int:
    """Give the member that is most like the others, each counted with the documents it stands for."""
    return max(
        cluster,
        key=lambda point: (
            sizes[point] + sum(scores[point].get(other, 0.0) * sizes[other] for other in cluster)
        ),
    )
