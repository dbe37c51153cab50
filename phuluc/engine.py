"""Where documents are converted: in children of this process, or on the machines of a Dask cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol, Self, TypeAlias

from phuluc.isolate import LocalEngine
from phuluc.records import Documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from phuluc.isolate import Limits
    from phuluc.outcome import Convert, Outcome
    from phuluc.records import Options, Source

EngineName: TypeAlias = Literal["local", "dask"]


class Engine(Protocol):
    """A context that starts converting when it is entered and kills what runs when it is left."""

    def __enter__(self) -> Self:
        """Start the first documents."""

    def __exit__(self, *_: object) -> None:
        """Stop everything."""

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcome of every document as it comes, in any order."""


def convert_shard(
    convert: Convert, shard: Sequence[Source], options: Options, limits: Limits
) -> list[Outcome]:
    """Convert a shard on this machine, each document in a child: what a worker of a cluster runs."""
    if url := next((source.url for source in shard if source.url), ""):
        from phuluc.remote import get_ready  # noqa: PLC0415 - fsspec, for URLs alone

        get_ready(url)
    with LocalEngine(convert, options, replace(limits, workers=1), Documents(shard)) as engine:
        return list(engine.outcomes())
