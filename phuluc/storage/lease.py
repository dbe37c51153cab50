"""The lock of an output folder in an object store: an object that its holder renews and others respect."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import threading
import time
from typing import TYPE_CHECKING, TypedDict

from phuluc.exits import TargetError
from phuluc.language import say

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SECONDS = 300.0
"""After so long without a sign of life a run counts as dead; clocks of machines may differ by less than that."""
_RENEW = 60.0


class _Mark(TypedDict):
    """What the lock object says: who holds it and until when (seconds of the epoch)."""

    token: str
    host: str
    pid: int
    until: float


class Lease:
    """Held from `take` to `give_back`; a thread renews it. Raises TargetError where another run holds it."""

    def __init__(self, files: AbstractFileSystem, path: str, shown: str) -> None:
        self._files, self._path, self._shown = files, path, shown
        self._token = secrets.token_hex(8)
        self._done = threading.Event()
        self._lost = False
        self._thread: threading.Thread | None = None

    def take(self) -> None:
        """Make the object, or take over one whose holder is dead."""
        try:
            self._create()
        except FileExistsError as error:
            mark = self._read()
            if mark is not None and _alive(mark):
                until = time.strftime("%H:%M:%S", time.localtime(mark["until"]))
                message = say(
                    "store.leased", out=self._shown, host=mark["host"], pid=mark["pid"], until=until
                )
                raise TargetError(message) from error
            self._files.rm_file(self._path)
            try:
                self._create()
            except FileExistsError:  # another one was quicker
                raise TargetError(say("store.busy", out=self._shown)) from error
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def held(self) -> bool:
        """Tell whether a living run holds it."""
        mark = self._read()
        return mark is not None and _alive(mark)

    def check(self) -> None:
        """See that nobody has taken over, as happens to a machine that slept."""
        held = self._read()
        if self._lost or held is None or held["token"] != self._token:
            raise TargetError(say("store.lost", out=self._shown))

    def give_back(self) -> None:
        """Stop renewing; remove the object if it is ours."""
        if self._thread is None:
            return
        self._done.set()
        self._thread.join()
        self._thread = None
        held = self._read()
        if held is not None and held["token"] == self._token:
            self._files.rm_file(self._path)

    def _create(self) -> None:
        # Exclusive where the store knows conditional writes (S3 does); elsewhere two that start at the same moment
        # could both believe to be first, and the second finds out at its first commit.
        self._files.pipe_file(self._path, self._mark(), mode="create")

    def _mark(self) -> bytes:
        mark = _Mark(
            token=self._token, host=socket.gethostname(), pid=os.getpid(), until=time.time() + _SECONDS
        )
        return json.dumps(mark).encode()

    def _read(self) -> _Mark | None:
        self._files.invalidate_cache()
        try:
            mark: _Mark = json.loads(self._files.cat_file(self._path))
        except (FileNotFoundError, ValueError):
            return None
        return mark

    def _renew(self) -> None:
        while not self._done.wait(_RENEW):
            with contextlib.suppress(Exception):  # a store that does not answer now may do so in a minute
                held = self._read()
                self._lost = held is None or held["token"] != self._token
                if self._lost:
                    return
                self._files.pipe_file(self._path, self._mark())


def _alive(mark: _Mark) -> bool:
    if mark["host"] == socket.gethostname():
        try:
            os.kill(mark["pid"], 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
    return mark["until"] > time.time()
