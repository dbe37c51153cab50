"""One document, one killable child: a hang, a crash or a memory blow-up costs that document and no other.

Workers compute and hand over plain columns; only the parent writes.
"""

from __future__ import annotations

import concurrent.futures
import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self, TypeAlias

from pebble import ProcessExpired, ProcessPool

from phuluc.failures import DocumentTimeoutError, InternalError, ProcessDiedError
from phuluc.outcome import Outcome, convert_one, failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from phuluc.outcome import Convert
    from phuluc.records import Options, Source

    Done: TypeAlias = tuple[Source, int, concurrent.futures.Future[Outcome]]

_ATTEMPTS = 3
"""A child that dies may have been killed from outside (the kernel, an operator): try again in a new one."""
_DOCUMENTS_PER_CHILD = 500
"""Recycle children, so that what a library leaks stays small; a fork costs 15 ms."""
_AHEAD = 8
"""Documents queued per worker, so that workers stay busy while the parent writes a bucket."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many documents at once, and what each may cost: seconds, megabytes of memory of its process."""

    workers: int = 1
    timeout: float = 120.0
    memory_mb: int = 3072


class LocalEngine:
    """Converts documents in child processes of this one; a context manager that starts and kills them.

    Entering starts the first documents, so that the caller can load what it needs to write meanwhile.
    """

    def __init__(self, convert: Convert, options: Options, limits: Limits, sources: Iterable[Source]) -> None:
        self._convert = convert
        self._options = options
        self._limits = limits
        self._waiting = iter(sources)
        self._running = 0
        self._done: SimpleQueue[Done] = SimpleQueue()
        self._pool = ProcessPool(
            max_workers=limits.workers,
            max_tasks=_DOCUMENTS_PER_CHILD,
            initializer=_start_child,
            initargs=(os.getpid(), limits.memory_mb),
            context=get_context("fork"),  # children inherit what is imported; a spawn would import for 0.5 s
        )

    def __enter__(self) -> Self:
        self._refill()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it unannotated
        self._pool.join()

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcome of every document as it comes."""
        while self._running:
            source, attempt, future = self._done.get()
            outcome = _outcome(source, future, self._limits, last=attempt >= _ATTEMPTS)
            if outcome is None:
                self._schedule(source, attempt + 1)
                continue
            self._running -= 1
            self._refill()
            yield outcome

    def _refill(self) -> None:
        while self._running < self._limits.workers * _AHEAD:
            source = next(self._waiting, None)
            if source is None:
                return
            self._schedule(source, 1)
            self._running += 1

    def _schedule(self, source: Source, attempt: int) -> None:
        arguments = (self._convert, source, self._options)
        future = self._pool.schedule(convert_one, args=arguments, timeout=self._limits.timeout)
        future.add_done_callback(lambda finished: self._done.put((source, attempt, finished)))


def _outcome(
    source: Source, future: concurrent.futures.Future[Outcome], limits: Limits, *, last: bool
) -> Outcome | None:
    """Turn a finished future into an outcome; None asks for another attempt."""
    try:
        return future.result()
    except concurrent.futures.TimeoutError:
        return failed(source, DocumentTimeoutError(f"took longer than {limits.timeout:g} s"))
    except ProcessExpired as expired:
        if not last:
            return None
        return failed(source, ProcessDiedError(f"the process ended with code {expired.exitcode}"))
    except Exception as error:  # whatever comes out of a child, the run goes on
        return failed(source, InternalError(f"{type(error).__name__}: {error}"), traceback.format_exc())


def _start_child(parent: int, memory_mb: int) -> None:
    """Set up a child: Ctrl-C is the parent's business, memory has a limit, an orphan ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    limit_memory(memory_mb)


def limit_memory(megabytes: int) -> None:
    """Allow this process `megabytes` more than it has now; beyond, Python raises MemoryError."""
    import resource  # noqa: PLC0415 - not on every system; only children need it

    try:
        # Counted from what is mapped now: a fork of a parent with pyarrow inherits a gigabyte of reserved
        # addresses, and a thread could not even start under an absolute limit.
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except OSError:
        return  # no /proc (macOS): its kernel does not keep such limits either
    limit = pages * resource.getpagesize() + (megabytes << 20)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _end_with(parent: int) -> None:
    # A parent killed with -9 cannot stop its children; without this they would wait for work for ever.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
