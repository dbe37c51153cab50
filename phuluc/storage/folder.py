"""The output folder as the store sees it: files by name, written whole, moved, removed; here on a disk.

`phuluc.storage.remote` has the same on an object store. Names are relative to the folder, with "/".
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Protocol

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.storage.files import replace_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

STATE = ".phuluc"
"""What of an output folder is no table: see `phuluc.storage.store`."""
_NO_ROOM = {
    errno.ENOSPC: "the disk is full; make room and run the same command again",
    errno.EDQUOT: "your disk quota is used up; make room and run the same command again",
    errno.EROFS: "it is read-only; choose another folder with -o",
    errno.EACCES: "you may not write there; choose another folder with -o",
    errno.EPERM: "you may not write there; choose another folder with -o",
    errno.ENOTDIR: "it is not a folder; choose another with -o",
    errno.EEXIST: "it is not a folder; choose another with -o",
}


class Folder(Protocol):
    """An output folder, on a disk or elsewhere. Methods raise OSError for what the system refuses.

    Attributes:
        shown: its name in messages.
        here: where this machine keeps what no other needs: finished documents of unfinished buckets.
    """

    shown: str
    here: Path

    def hold(self) -> None:
        """Make the folder and keep other runs out; raises TargetError where one is at work."""

    def keep(self) -> None:
        """Go on keeping others out; raises TargetError where one has come in. Called for every document."""

    def release(self) -> None:
        """Let others in."""

    def draft(self, name: str) -> Path:
        """Give the path on this machine where a file is written that `settle` makes part of the folder."""

    def settle(self, names: Sequence[str]) -> None:
        """Make drafts part of the folder, so that neither a kill nor a failure of power loses them."""

    def local(self, names: Sequence[str]) -> list[Path | None]:
        """Give a path on this machine with the content of each file, None for one that is not there."""

    def read(self, name: str) -> bytes:
        """Give the content of a small file; raises FileNotFoundError."""

    def write(self, name: str, content: bytes) -> None:
        """Write a small file: a reader sees the old content or the new, never half of one."""

    def move(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Move files to other names, replacing what stands there; one that is gone has been moved before."""

    def remove(self, names: Sequence[str]) -> None:
        """Remove files, or folders with all that is in them; what is gone is no error."""

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""

    def names(self, under: str, ending: str) -> list[str]:
        """List the files at any depth below a folder, in order."""

    def address(self, name: str) -> str:
        """Give the URL of a file, "" where its path will do."""


class DiskFolder:
    """A folder on a disk that this machine sees."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shown = str(root)
        self.here = root / STATE
        self._lock: IO[str] | None = None

    def hold(self) -> None:
        """Make and lock the folder."""
        self.here.mkdir(parents=True, exist_ok=True)
        self._lock = (self.here / "lock").open("w")
        try:
            # A record lock: unlike flock it is not inherited by children that outlive a killed parent.
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise TargetError(say("store.busy", out=self.shown)) from error

    def keep(self) -> None:
        """Do nothing: the system keeps the lock as long as this process lives."""

    def release(self) -> None:
        """Give up the lock."""
        if self._lock is not None:
            self._lock.close()

    def draft(self, name: str) -> Path:
        """Give the path of the file itself."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def settle(self, names: Sequence[str]) -> None:
        """Write what the system still holds in memory to the disk."""
        paths = [self.root / name for name in names]
        _sync([*paths, *{path.parent for path in paths}])

    def local(self, names: Sequence[str]) -> list[Path | None]:
        """Give the paths of the files themselves."""
        paths = [self.root / name for name in names]
        return [path if path.exists() else None for path in paths]

    def read(self, name: str) -> bytes:
        """Read a file."""
        return (self.root / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Write a file aside, then rename it."""
        replace_bytes(self.draft(name), content)

    def move(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Rename files, and see that the disk knows the new names."""
        touched = set()
        for source, target in pairs:
            if (self.root / source).exists():
                os.replace(self.root / source, self.draft(target))  # noqa: PTH105 - the atomic one, by name
            touched.add((self.root / target).parent)
        _sync([path for path in touched if path.is_dir()])

    def remove(self, names: Sequence[str]) -> None:
        """Remove files and folders."""
        for name in names:
            path = self.root / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def exists(self, name: str) -> bool:
        """Look for a file."""
        return (self.root / name).exists()

    def names(self, under: str, ending: str) -> list[str]:
        """List files."""
        found = (self.root / under).rglob(f"*{ending}")
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def address(self, name: str) -> str:
        """Give no URL: machines that share the disk know the path."""
        del name
        return ""


@contextmanager
def writing_to(shown: object) -> Iterator[None]:
    """Turn what the system refuses about an output folder into a TargetError that says what to do."""
    try:
        yield
    except OSError as error:
        advice = _NO_ROOM.get(error.errno or 0, "check the folder and run the same command again")
        raise TargetError(f"cannot write to {shown}: {error.strerror or error}: {advice}") from error


def _sync(paths: Iterable[Path]) -> None:
    """Have files and folders written to the disk, all at once: one after the other takes 2 ms each."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(_sync_one, paths))


def _sync_one(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
