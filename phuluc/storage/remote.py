"""Object stores through fsspec: output folders and input files at URLs. Imported for URLs alone.

An object store has no rename, no append and no lock. What replaces them: an object appears whole or not at all, a
copy inside the store stands for a rename, the journal says which copies are due (`phuluc.storage.store`), and a lease
that its holder renews stands for the lock (`phuluc.storage.lease`). Finished documents wait on this machine until
their bucket is written, not in the store.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from fsspec import get_filesystem_class
from fsspec.core import url_to_fs

from phuluc.batch.scratch import scratch_folder
from phuluc.exits import TargetError, UsageError
from phuluc.language import say
from phuluc.storage.folder import STATE
from phuluc.storage.lease import Lease
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fsspec import AbstractFileSystem


class Listed(NamedTuple):
    """One file below a URL: its own URL, its name below, bytes, and time of change (ns; 0: not told)."""

    url: str
    name: str
    byte_size: int
    modified_ns: int


def connected(url: str) -> tuple[AbstractFileSystem, str]:
    """Give the file system of a URL and the path in it; raises UsageError for one that nobody knows."""
    try:
        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(say("place.unknown", url=url, error=error)) from error
    return files, path.rstrip("/")


def get_ready(url: str) -> None:
    """Import the client library of a URL (0.6 s), so that children forked from now on need not."""
    get_filesystem_class(url.partition("://")[0])


def canonical(url: str) -> str:
    """Give a URL as the listing of its file system writes it."""
    files, path = connected(url)
    return str(files.unstrip_protocol(path))


@contextmanager
def _as_os_error() -> Iterator[None]:
    """Turn what client libraries raise (no credentials, no route) into the OSError that callers know."""
    try:
        yield
    except (OSError, TargetError):
        raise
    except Exception as error:  # each library has classes of its own
        raise OSError(None, f"{type(error).__name__}: {error}") from error


def listed(url: str) -> list[Listed]:
    """List the files at or below a URL, in order; raises UsageError where there are none."""
    files, root = connected(url)
    try:
        with _as_os_error():
            files.invalidate_cache()
            found = files.find(root, detail=True)
    except OSError as error:
        raise UsageError(say("place.unreachable", url=url, error=error.strerror or error)) from error
    if not found:
        raise UsageError(say("place.empty", url=url))
    return [
        Listed(
            files.unstrip_protocol(path),
            path[len(root) :].lstrip("/"),
            int(about.get("size") or 0),
            _modified(about),
        )
        for path, about in sorted(found.items())
        if about.get("type") != "directory" and not path.endswith("/")
    ]


def _modified(about: dict[str, object]) -> int:
    for name in ("LastModified", "last_modified", "mtime", "updated", "created"):
        when = about.get(name)
        if isinstance(when, datetime):
            return int(when.timestamp() * 1e9)
        if isinstance(when, int | float):
            return int(when * 1e9)
    return 0


@contextmanager
def fetched(url: str, doc_id: str = "") -> Iterator[Path]:
    """Give a copy of a file while the block runs.

    Raises OSError where it cannot be had, also when its bytes are no longer those of `doc_id`.
    """
    files, path = connected(url)
    suffix = Path(path).suffix
    with TemporaryDirectory(prefix="phuluc-") as folder:
        copy = Path(folder) / (f"input{suffix}" if suffix.isascii() and len(suffix) <= 6 else "input")
        with _as_os_error():
            files.get_file(path, str(copy))
        if doc_id and hashlib.sha256(copy.read_bytes()).hexdigest() != doc_id:
            raise OSError(None, "the file has changed since the run began")
        yield copy


class RemoteFolder:
    """An output folder in an object store; see `phuluc.storage.folder.Folder` for the methods."""

    def __init__(self, url: str) -> None:
        self.shown = url
        self._files, self._root = connected(url)
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        self.here = cache / "phuluc" / hashlib.sha256(url.encode()).hexdigest()[:16]
        self._lease = Lease(self._files, self._at(f"{STATE}/lock"), url)

    def hold(self) -> None:
        """Take the lease; what a dead run left on this machine but its finished documents goes."""
        self.here.mkdir(parents=True, exist_ok=True)
        with _as_os_error():
            self._lease.take()
        for left in ("drafts", "fetched"):
            shutil.rmtree(self.here / left, ignore_errors=True)

    def keep(self) -> None:
        """See that the lease is still ours."""
        self._lease.check()

    def release(self) -> None:
        """Give back the lease, and the room on this machine unless finished documents wait there."""
        with _as_os_error():
            self._lease.give_back()
        if not any((self.here / "spool").glob("*")):
            shutil.rmtree(self.here, ignore_errors=True)

    def draft(self, name: str) -> Path:
        """Give a path on this machine."""
        path = self.here / "drafts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def settle(self, names: Sequence[str]) -> None:
        """Upload drafts, many at a time."""
        with _as_os_error():
            self._files.put([str(self.draft(name)) for name in names], [self._at(name) for name in names])

    def local(self, names: Sequence[str]) -> list[Path | None]:
        """Download files, many at a time."""
        with _as_os_error():
            found = self._files.cat([self._at(name) for name in names], on_error="return") if names else {}
        paths: list[Path | None] = []
        for name in names:
            content = found[self._at(name)]
            # Only what is not there may count as not there: a refused request must not look like an empty table.
            if isinstance(content, FileNotFoundError):
                paths.append(None)
                continue
            if isinstance(content, BaseException):
                raise OSError(None, f"{name}: {content}")
            path = self.here / "fetched" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            paths.append(path)
        return paths

    def read(self, name: str) -> bytes:
        """Download one file."""
        with _as_os_error():
            content: bytes = self._files.cat_file(self._at(name))
        return content

    def write(self, name: str, content: bytes) -> None:
        """Upload one file: an object appears whole or not at all."""
        with _as_os_error():
            self._files.pipe_file(self._at(name), content)

    def move(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Copy all, then remove all sources: what is gone has been copied by an earlier try."""
        with _as_os_error():
            there = set(self.names(f"{STATE}/staging", ""))
            due = [(self._at(source), self._at(target)) for source, target in pairs if source in there]
            if due:
                self._files.copy([source for source, _ in due], [target for _, target in due])
                self._files.rm([source for source, _ in due])
        for source, _ in pairs:
            self.draft(source).unlink(missing_ok=True)

    def remove(self, names: Sequence[str]) -> None:
        """Remove files and folders."""
        # Files have a suffix, folders none. Stores delete what is not there without complaint, most of them.
        paths = [self._at(name) for name in names if "." in name.rpartition("/")[2]]
        with _as_os_error():
            self._files.invalidate_cache()
            for name in names:
                if self._at(name) not in paths:
                    paths += self._files.find(self._at(name))
            try:
                if paths:
                    self._files.rm(paths)
            except FileNotFoundError:
                for path in filter(self._files.exists, paths):
                    self._files.rm_file(path)
        for name in names:
            shutil.rmtree(self.here / "drafts" / name, ignore_errors=True)

    def exists(self, name: str) -> bool:
        """Look for a file."""
        with _as_os_error():
            self._files.invalidate_cache()
            return bool(self._files.exists(self._at(name)))

    def names(self, under: str, ending: str) -> list[str]:
        """List files."""
        with _as_os_error():
            self._files.invalidate_cache()
            found = self._files.find(self._at(under))
        return sorted(path[len(self._root) + 1 :] for path in found if path.endswith(ending))

    def tables(self, names: Sequence[str]) -> list[str]:
        """List the files of some tables."""
        return [file for name in names for file in self.names(name, ".parquet")]

    def readings(self) -> list[str]:
        """List what was read of the documents, with the ledger that says by what."""
        return [*self.names(f"{STATE}/readings", ""), *self.names(f"{STATE}/ledger", "")]

    def last_manifest(self) -> list[str]:
        """Name the manifest of the latest run, if there is one."""
        return [name for name in self.names(STATE, "/manifest.json") if name.startswith(f"{STATE}/run-")][-1:]

    def download(self, names: Sequence[str], target: Path) -> None:
        """Copy files to a folder on this machine, many at a time."""
        with _as_os_error():
            self._files.get([self._at(name) for name in names], [str(target / name) for name in names])

    def check_still(self) -> None:
        """Raise TargetError while a run writes here, or when one was cut short amid a commit."""
        with _as_os_error():
            written = self._lease.held()
        if written:
            raise TargetError(say("load.being_written", out=self.shown))
        if self.exists(f"{STATE}/journal.json"):
            raise TargetError(say("load.unfinished", out=self.shown))

    def address(self, name: str) -> str:
        """Give the URL of a file, for another machine to fetch."""
        return str(self._files.unstrip_protocol(self._at(name)))

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root


@contextmanager
def copied(url: str, tables: Sequence[str], *, readings: bool = False) -> Iterator[Path]:
    """Give a copy of an output folder on this machine; see `phuluc.storage.places.on_this_machine`."""
    folder = RemoteFolder(url)
    try:
        with scratch_folder() as scratch:
            names = folder.tables(tables or tuple(TABLES))
            if not any(name.startswith("documents/") for name in names):
                raise UsageError(say("not_an_output", out=url))
            kept = folder.readings() if readings else []
            folder.download([*names, *kept, *folder.last_manifest()], scratch)
            # Looked at afterwards: a run that began meanwhile may have changed what was copied.
            folder.check_still()
            yield scratch
    except OSError as error:
        raise TargetError(say("place.unreachable", url=url, error=error.strerror or error)) from error
