"""Shards on a Dask cluster. Imports distributed (the extra `dask`): import it only for `--engine dask`."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed

from phuluc.batch.engine import convert_shard, let_go
from phuluc.batch.failures import ProcessDiedError
from phuluc.batch.outcome import failed
from phuluc.batch.shards import cut_shards
from phuluc.exits import TargetError
from phuluc.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Future

    from phuluc.batch.isolate import Limits
    from phuluc.batch.outcome import Convert, Outcome
    from phuluc.document.records import Documents, Options, Source

_AHEAD = 2
"""Shards queued per worker beside the one it works on, so that none waits for this process."""


@dataclass(frozen=True, slots=True)
class DaskJob:
    """What every worker has to know, and where they are: `scheduler` as "tcp://host:8786", "" for this machine."""

    convert: Convert
    options: Options
    limits: Limits
    scheduler: str = ""


class DaskEngine:
    """Converts shards on the workers of `scheduler`, or of a cluster on this machine where that is "".

    The workers must see the input files under the same paths, and run the same version of this program. Each
    document is isolated on its worker as it is locally. A worker that dies has its shard done by another one.
    """

    def __init__(self, job: DaskJob, documents: Documents) -> None:
        self._job = job
        self._documents = documents
        self._cluster: LocalCluster | None = None

    def __enter__(self) -> Self:
        # A worker is a daemon by default, and daemons may have no children: those that isolate documents.
        dask.config.set({"distributed.worker.daemon": False})
        if not self._job.scheduler:
            self._cluster = LocalCluster(
                n_workers=self._job.limits.workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                silence_logs=50,
            )
        try:
            self._client = Client(self._cluster or self._job.scheduler)
        except (OSError, ValueError) as error:  # nobody answers; no address
            raise TargetError(say("no_scheduler", address=self._job.scheduler, error=error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        # Workers that do not answer are dead, or have a shard that nobody waits for any more.
        with contextlib.suppress(Exception):
            self._client.run(let_go, on_error="ignore")
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcomes of finished shards; a bounded number of shards is on the way at a time."""
        threads = sum(self._client.nthreads().values()) or self._job.limits.workers
        waiting = cut_shards(self._documents.sources, threads)
        shards: dict[str, list[Source]] = {}
        finished = as_completed()
        for future, shard in self._submit(waiting, threads * (1 + _AHEAD)):
            shards[future.key] = shard
            finished.add(future)
        for future in finished:
            for following, shard in self._submit(waiting, 1):
                shards[following.key] = shard
                finished.add(following)
            yield from _outcomes(future, shards.pop(future.key))

    def _submit(self, waiting: Iterator[list[Source]], number: int) -> Iterator[tuple[Future, list[Source]]]:
        for _, shard in zip(range(number), waiting, strict=False):
            job, ready = self._job, [self._documents.ready(source) for source in shard]
            yield (
                self._client.submit(convert_shard, job.convert, ready, job.options, job.limits, pure=False),
                shard,
            )


def _outcomes(future: Future, shard: list[Source]) -> list[Outcome]:
    try:
        found: list[Outcome] = future.result()
    except KilledWorker as error:
        # Three workers died over it although documents are isolated: the machines are at fault, not one file.
        return [failed(source, ProcessDiedError(f"workers died: {error}")) for source in shard]
    finally:
        future.release()
    return found
