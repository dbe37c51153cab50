"""Folders for what is needed a moment: swept at the end, and by the next run when an end never came.

Whoever makes a scratch folder holds a lock in it. After a kill -9 nobody does, and what lies there, with the programs
that still work in it, is taken away by the next run of the same user.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "phuluc-scratch-"
_LOCK = "lock"
_GRACE = 2.0
"""Seconds that helper programs have to end by themselves."""
_BEING_MADE = 60.0
"""Seconds after which a folder without a lock is one whose maker was killed at once."""


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a new folder that is gone afterwards, whatever lies in it; those of dead runs go first."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    with (folder / _LOCK).open("w") as lock:
        # Of the process, not of the open file: children that outlive a killed parent do not inherit it.
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield folder
        finally:
            _take_away(folder)


def sweep() -> None:
    """Take away the scratch folders of this user whose makers are dead, and the programs at work in them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or just going
            # To open and close a lock of one's own would give it up.
            ours = folder.name.startswith(f"{_PREFIX}{os.getpid()}-")
            if not ours and folder.stat().st_uid == os.getuid() and _is_dead(folder):
                _take_away(folder)


def _is_dead(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("r+") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        # Being made at this moment, or left by a maker killed between two lines.
        return time.time() - folder.stat().st_mtime > _BEING_MADE
    except OSError:
        return False
    return True


def _take_away(folder: Path) -> None:
    """Remove a scratch folder. Helpers sweep up by themselves when their worker is gone; who stays is killed."""
    until = time.monotonic() + _GRACE
    while (programs := _programs(folder)) and time.monotonic() < until:
        time.sleep(0.02)
    for program in programs:  # a LibreOffice whose keeper was killed, too
        with contextlib.suppress(OSError):
            os.kill(program, signal.SIGKILL)
    while programs and _programs(folder):
        time.sleep(0.02)
    if programs:
        time.sleep(0.1)  # the kernel closes their sockets a little later
        _remove_dead_sockets()
    shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> list[int]:
    """Give the processes that were started to work in a folder; [] on a system without /proc."""
    mark = b"TMPDIR=" + os.fsencode(folder)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # ended, or another user's
            if mark in (process / "environ").read_bytes():
                found.append(int(process.name))
    return found


def _remove_dead_sockets() -> None:
    """Remove the sockets of killed LibreOffices: they lie in /tmp whatever TMPDIR says."""
    open_sockets = Path("/proc/net/unix").read_text("utf-8", "replace")
    for socket in Path("/tmp").glob(f"OSL_PIPE_{os.getuid()}_*"):  # noqa: S108 - where LibreOffice puts them
        if str(socket) not in open_sockets:
            socket.unlink(missing_ok=True)
