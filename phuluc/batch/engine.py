"""Where documents are converted: in children of this process, or on the machines of a Dask cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Timer, get_ident
from typing import TYPE_CHECKING, Literal, Protocol, Self, TypeAlias

from phuluc.batch.isolate import LocalEngine
from phuluc.document.records import Documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from phuluc.batch.isolate import Limits
    from phuluc.batch.outcome import Convert, Outcome
    from phuluc.document.records import Options, Source

_IDLE_SECONDS = 60.0
"""How long a child is kept for the next shard: the run that sent the last one may be dead."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An engine that waits for the next shard of the same work, and what ends it when none comes."""

    work: tuple[Convert, Options, Limits]
    engine: LocalEngine
    end: Timer


_KEPT: dict[int, _Kept] = {}  # by thread, of which a worker of a cluster may have several

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
    """Convert a shard on this machine, each document in a child: what a worker of a cluster runs.

    The child is kept for the next shard of the same work, for it has loaded readers and word lists by then (0.4 s).
    """
    if url := next((source.url for source in shard if source.url), ""):
        from phuluc.storage.remote import get_ready  # noqa: PLC0415 - fsspec, for URLs alone

        get_ready(url)
    work = (convert, options, limits)
    engine = (
        _kept_engine(work)
        or LocalEngine(convert, options, replace(limits, workers=1), Documents(())).__enter__()
    )
    try:
        engine.take(Documents(shard))
        outcomes = list(engine.outcomes())
    except BaseException:
        engine.__exit__()
        raise
    end = Timer(_IDLE_SECONDS, _let_go_of, [get_ident()])
    end.daemon = True
    _KEPT[get_ident()] = _Kept(work, engine, end)
    end.start()
    return outcomes


def _kept_engine(work: tuple[Convert, Options, Limits]) -> LocalEngine | None:
    kept = _KEPT.pop(get_ident(), None)
    if kept is None:
        return None
    kept.end.cancel()
    if kept.work == work:
        return kept.engine
    kept.engine.__exit__()
    return None


def _let_go_of(thread: int) -> None:
    kept = _KEPT.pop(thread, None)
    if kept is not None:
        kept.engine.__exit__()


def let_go() -> None:
    """End the children that are kept for further shards, with all they have made."""
    for thread in list(_KEPT):
        _let_go_of(thread)
