"""One document, one killable child: a hang, a crash or a memory blow-up costs that document and no other.

Workers compute and hand over plain columns; only the parent writes. Every worker has pipes of its own: pools that
share a pipe and its locks among workers (pebble, concurrent.futures) break as a whole when one worker is killed
while it holds a lock, which happened in one of two trials of bench/torture.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import pickle
import selectors
import shutil
import signal
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from phuluc.batch.failures import DocumentTimeoutError, ProcessDiedError
from phuluc.batch.outcome import Outcome, convert_one, failed
from phuluc.batch.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from phuluc.batch.outcome import Convert
    from phuluc.document.records import Documents, Options, Source

_ATTEMPTS = 3
"""A child that dies may have been killed from outside (the kernel, an operator): try again in a new one."""
_DOCUMENTS_PER_CHILD = 2000
"""Recycle children, so that what a library leaks stays small; a new one loads readers and word lists for 0.4 s."""
_AHEAD = 2
"""Documents handed to a worker at a time at least: the one it works on and the next, so that it never waits for us."""
_MOST_AHEAD = 32
_AHEAD_BYTES = 256_000
"""Of small documents it gets more, up to so many or so large together: writing a bucket takes us a second."""
_FAREWELL = 5.0
"""Seconds an idle worker has to end by itself."""
_OBJECTS_BETWEEN_COLLECTIONS = 200_000
_PIPE_BYTES = 1 << 20
"""Room for finished rows while the parent writes a bucket; what Linux allows without privilege."""
_SMALL_PIPE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How many documents at once, and what each may cost: seconds, megabytes of memory of its process."""

    workers: int = 1
    timeout: float = 600.0
    memory_mb: int = 3072


@dataclass(slots=True)
class _Task:
    source: Source
    order: bytes
    attempts: int = 0


@dataclass(slots=True)
class _Worker:
    """A child, the ends of its pipes that are ours, and the tasks it has, in order; the first is under way.

    `room`: bytes of orders that may wait for it. Beyond, we could wait for it to read while it waits for us.
    """

    process: BaseProcess
    scratch: Path
    orders: Connection
    results: Connection
    room: int
    deadline: float
    tasks: deque[_Task] = field(default_factory=deque)
    taken: int = 0

    def takes(self, task: _Task, most: int) -> bool:
        """Tell whether one more task may be handed over now, where it may have `most`."""
        if not self.tasks:
            return True
        waiting = sum(len(each.order) for each in self.tasks) - len(self.tasks[0].order)
        if waiting + len(task.order) > self.room:
            return False
        size = sum(each.source.byte_size for each in self.tasks) + task.source.byte_size
        return len(self.tasks) < _AHEAD or (len(self.tasks) < most and size <= _AHEAD_BYTES)


class _Birth(NamedTuple):
    """What a child needs to know: its parent, its folder, its ends of the pipes, and the ends to close."""

    parent: int
    scratch: Path
    orders: Connection
    results: Connection
    theirs: list[Connection]


class LocalEngine:
    """Converts documents in child processes of this one; a context manager that starts and kills them.

    Entering starts the first documents, so that the caller can load what it needs to write meanwhile.
    """

    def __init__(self, convert: Convert, options: Options, limits: Limits, documents: Documents) -> None:
        self._convert = convert
        self._options = options
        self._limits = limits
        self._left = len(documents.sources)
        self._waiting = map(documents.ready, documents.sources)
        self._again: deque[_Task] = deque()
        self._workers: list[_Worker] = []
        self._employed = 0
        self._results = selectors.PollSelector()

    def __enter__(self) -> Self:
        self._ending = contextlib.ExitStack()
        self._scratch = self._ending.enter_context(scratch_folder())
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        idle = [worker for worker in self._workers if not worker.tasks]
        for worker in idle:  # they end by themselves, and what they keep beside them (LibreOffice) with them
            worker.orders.close()
        for worker in idle:
            worker.process.join(_FAREWELL)
        for worker in list(self._workers):
            self._dismiss(worker)
        self._ending.close()

    def take(self, documents: Documents) -> None:
        """Take more documents, after the outcomes of all earlier ones: children stay what they have loaded."""
        self._left = len(documents.sources)
        self._waiting = map(documents.ready, documents.sources)
        self._begin()

    def _begin(self) -> None:
        """Hand out the first documents, one to each worker first."""
        for worker in self._workers:
            if (task := self._next()) is not None:
                self._give(worker, task)
        for _ in range(self._limits.workers - len(self._workers)):
            self._employ()
        for worker in self._workers:
            self._feed(worker)

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcome of every document as it comes."""
        while busy := [worker for worker in self._workers if worker.tasks]:
            patience = min(worker.deadline for worker in busy) - time.monotonic()
            ready = [key.data for key, _ in self._results.select(max(0.0, patience))]
            for worker in busy:
                if worker in ready:
                    yield from self._receive(worker)
                elif worker.deadline <= time.monotonic():
                    yield self._time_out(worker)

    def _receive(self, worker: _Worker) -> Iterator[Outcome]:
        try:
            outcome: Outcome = pickle.loads(worker.results.recv_bytes())  # noqa: S301 - from our own child
        except (EOFError, OSError):  # the child is dead
            yield from self._mourn(worker)
            return
        worker.tasks.popleft()
        worker.deadline = time.monotonic() + self._limits.timeout
        if worker.taken >= _DOCUMENTS_PER_CHILD and not worker.tasks:
            self._dismiss(worker)
            self._employ()
        else:
            self._feed(worker)
        yield outcome

    def _mourn(self, worker: _Worker) -> Iterator[Outcome]:
        culprit, *others = worker.tasks
        self._dismiss(worker)
        culprit.attempts += 1
        self._again.extend(others)
        if culprit.attempts < _ATTEMPTS:
            self._again.append(culprit)
        else:
            code = worker.process.exitcode
            yield failed(culprit.source, ProcessDiedError(f"the process ended with code {code}"))
        self._employ()

    def _time_out(self, worker: _Worker) -> Outcome:
        culprit, *others = worker.tasks
        self._dismiss(worker)
        self._again.extend(others)
        self._employ()
        return failed(culprit.source, DocumentTimeoutError(f"took longer than {self._limits.timeout:g} s"))

    def _employ(self) -> None:
        """Start a worker and give it its first documents, if there are any."""
        task = self._next()
        if task is None:
            return
        context = get_context("fork")  # children inherit what is imported; a spawn would import for 0.5 s
        orders_out, orders = context.Pipe(duplex=False)
        results, results_in = context.Pipe(duplex=False)
        room = _SMALL_PIPE_BYTES
        with contextlib.suppress(OSError):  # more pipe than the system gives: slower, no less right
            fcntl.fcntl(results.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            room = fcntl.fcntl(orders.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        # The child must hold no end of another pipe, or nobody would ever see it closed.
        ours = [orders, results]
        for worker in self._workers:
            ours += [worker.orders, worker.results]
        self._employed += 1
        scratch = self._scratch / str(self._employed)
        birth = _Birth(os.getpid(), scratch, orders_out, results_in, ours)
        process = context.Process(target=self._work, args=(birth,))
        process.start()
        orders_out.close()
        results_in.close()
        # A pipe holds pages, a message may leave most of one empty: count on a quarter.
        worker = _Worker(
            process, scratch, orders, results, room // 4, time.monotonic() + self._limits.timeout
        )
        self._workers.append(worker)
        self._results.register(results, selectors.EVENT_READ, worker)
        self._give(worker, task)

    def _feed(self, worker: _Worker) -> None:
        while worker.taken < _DOCUMENTS_PER_CHILD:
            # Towards the end less at a time, or one would have them all and the others nothing.
            most = min(_MOST_AHEAD, self._left // (2 * self._limits.workers))
            task = self._next()
            if task is None:
                return
            if not worker.takes(task, most):
                self._again.appendleft(task)
                return
            self._give(worker, task)

    def _give(self, worker: _Worker, task: _Task) -> None:
        if not worker.tasks:
            worker.deadline = time.monotonic() + self._limits.timeout
        worker.tasks.append(task)
        worker.taken += 1
        with contextlib.suppress(OSError):  # it has just died: its results end, and that is where we notice
            worker.orders.send_bytes(task.order)

    def _next(self) -> _Task | None:
        if self._again:
            return self._again.popleft()
        source = next(self._waiting, None)
        if source is None:
            return None
        self._left -= 1
        return _Task(source, pickle.dumps(source))

    def _dismiss(self, worker: _Worker) -> None:
        """End a worker at once, with every program it has started."""
        self._workers.remove(worker)
        self._results.unregister(worker.results)
        with contextlib.suppress(OSError):  # gone already
            os.killpg(worker.process.pid or 0, signal.SIGKILL)
        with contextlib.suppress(OSError):  # dead before it had a group of its own
            worker.process.kill()
        worker.process.join()
        worker.orders.close()
        worker.results.close()
        shutil.rmtree(worker.scratch, ignore_errors=True)

    def _work(self, birth: _Birth) -> None:
        """Convert what comes until nothing comes: the life of a child."""
        for connection in birth.theirs:
            connection.close()
        _settle(birth, self._limits.memory_mb)
        orders, results = birth.orders, birth.results
        with contextlib.suppress(EOFError, OSError):  # the parent is gone, or wants no more
            while True:
                source: Source = pickle.loads(orders.recv_bytes())  # noqa: S301 - from our own parent
                outcome = convert_one(self._convert, source, self._options)
                results.send_bytes(pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL))


def _settle(birth: _Birth, memory_mb: int) -> None:
    """Set up a child: Ctrl-C is the parent's business, memory has a limit, an orphan ends itself."""
    os.setpgid(0, 0)
    # What libraries and helper programs write for a moment goes when the child goes, however it goes.
    birth.scratch.mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(birth.scratch)
    if not os.environ.get("PHULUC_TRACEBACK"):
        # What C libraries and helper programs print about strange files belongs into no progress bar.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    # A document is a hundred thousand objects without a cycle among them: looking for cycles cost a tenth of the
    # time. What the parent imported is left alone for good, what libraries leak is looked for now and then.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, 10, 10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(birth.parent,), daemon=True).start()
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
    # A parent killed with -9 cannot stop its children; without this a long document would go on for nothing.
    while os.getppid() == parent:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)
