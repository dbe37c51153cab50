"""Shards: runs of documents of about equal cost, the unit of work handed to another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from phuluc.document.records import Source

_DOCUMENT_COST = 50_000
"""Bytes that cost as much as opening a document: an empty one takes time, too."""
_SHARD_COST = 16_000_000
"""Cost of a shard: 64 plans of 200 KB, some seconds of work, so that handing it over costs little beside it."""


def cut_shards(sources: Iterable[Source], workers: int) -> Iterator[list[Source]]:
    """Cut sources, in their order, into shards of about equal cost, at least four for each worker if possible."""
    waiting = list(sources)
    total = sum(_cost(source) for source in waiting)
    limit = min(_SHARD_COST, total / (4 * workers))
    shard: list[Source] = []
    cost = 0
    for source in waiting:
        shard.append(source)
        cost += _cost(source)
        if cost >= limit:
            yield shard
            shard, cost = [], 0
    if shard:
        yield shard


def _cost(source: Source) -> int:
    return source.byte_size + _DOCUMENT_COST
