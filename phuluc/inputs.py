"""What the user gave: files, folders and archives become a sorted list of input files."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from phuluc.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 1 << 20
_JUNK = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
"""Files that systems, not people, put into folders."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to convert.

    Attributes:
        location: absolute path, the file's identity from run to run.
        source_path: what the data calls it: relative to the input folder that was given.
        byte_size, modified_ns: as the file system says; unchanged means the bytes are taken as unchanged.
        problem: why it cannot be read, or "".
    """

    location: str
    source_path: str
    byte_size: int
    modified_ns: int
    problem: str = ""

    def doc_id(self) -> str:
        """SHA-256 of the bytes; raises OSError. An unreadable file gets the hash of its name."""
        if self.problem:
            return hashlib.sha256(f"unreadable\0{self.source_path}".encode()).hexdigest()
        digest = hashlib.sha256()
        with Path(self.location).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def unreadable(self, problem: str) -> InputFile:
        """Give this input as one that cannot be read."""
        return InputFile(self.location, self.source_path, 0, 0, problem)

    def source(self, doc_id: str) -> Source:
        """Give the input as the pipeline takes it."""
        return Source(Path(self.location), self.source_path, doc_id, self.byte_size)


def find_inputs(arguments: Iterable[Path], leave_out: Path) -> list[InputFile]:
    """List every file under `arguments` once, in order of `source_path`, without those under `leave_out`.

    A folder that may not be read is an input with a problem, so that it is not lost silently.
    """
    found: dict[str, InputFile] = {}
    names: set[str] = set()
    for argument in arguments:
        for path, source_path, problem in _walk(argument, leave_out.absolute()):
            location = os.path.abspath(path)  # noqa: PTH100 - keeps symbolic links as the user sees them
            if location in found:
                continue
            name = source_path
            if name in names:  # "a/plan.pdf" and "b/plan.pdf", given as two folders
                name = path.as_posix()
            names.add(name)
            found[location] = _describe(location, name, problem)
    return sorted(found.values(), key=lambda each: each.source_path)


def _walk(argument: Path, leave_out: Path) -> Iterator[tuple[Path, str, str]]:
    if not argument.is_dir():
        yield argument, argument.name, ""
        return
    problems: list[tuple[Path, str, str]] = []

    def note(error: OSError) -> None:
        folder = Path(error.filename)
        problems.append((folder, folder.relative_to(argument).as_posix(), error.strerror or str(error)))

    for folder, folders, files in os.walk(argument, onerror=note):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (here / name).absolute() != leave_out
        )
        for name in sorted(files):
            if name not in _JUNK and not name.startswith((".", "~$")):
                path = here / name
                yield path, path.relative_to(argument).as_posix(), ""
    yield from problems


def _describe(location: str, source_path: str, problem: str) -> InputFile:
    # A name that is no UTF-8 cannot stand in a text column: show the strange bytes as \xNN.
    source_path = os.fsencode(source_path).decode("utf-8", "backslashreplace")
    if problem:
        return InputFile(location, source_path, 0, 0, problem)
    try:
        status = os.stat(location)  # noqa: PTH116 - one call for both figures
        if not os.path.isfile(location):  # noqa: PTH113 - a pipe or device would block when opened
            return InputFile(location, source_path, 0, 0, "not a regular file")
        with open(location, "rb"):  # noqa: PTH123 - the only sure test of the right to read
            pass
    except OSError as error:
        return InputFile(location, source_path, 0, 0, error.strerror or str(error))
    return InputFile(location, source_path, status.st_size, status.st_mtime_ns)
