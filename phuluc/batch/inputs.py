"""What the user gave: files, folders and archives become a sorted list of input files."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from phuluc.batch.failures import NotAccessibleError
from phuluc.document.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.errors import ReadError
    from phuluc.storage.places import Place, Url

_JUNK = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
"""Files that systems, not people, put into folders."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to convert.

    Attributes:
        location: its identity from run to run: the absolute path, for a member of an archive "archive!/member".
        path: where its bytes are.
        source_path: what the data calls it: relative to the input folder that was given.
        byte_size, modified_ns: as the file system says; unchanged means the bytes are taken as unchanged.
        problem: why it cannot be read, or None.
        url: where its bytes are when `path` leads nowhere.
    """

    location: str
    path: Path
    source_path: str
    byte_size: int
    modified_ns: int
    problem: ReadError | None = None
    url: str = ""

    def source(self, doc_id: str) -> Source:
        """Give the input as the pipeline takes it."""
        return Source(self.path, self.source_path, doc_id, self.byte_size, self.url)


def find_inputs(arguments: Iterable[Place], leave_out: Place) -> list[InputFile]:
    """List every file under `arguments` once, in order of `source_path`, without those under `leave_out`.

    A folder that may not be read is an input with a problem, so that it is not lost silently. Raises UsageError for a
    URL with nothing behind it.
    """
    found: dict[str, InputFile] = {}
    names: set[str] = set()
    for argument in arguments:
        files = _on_disk(argument, leave_out) if isinstance(argument, Path) else _at_url(argument, leave_out)
        for each, longer_name in files:
            if each.location in found:
                continue
            # "a/plan.pdf" and "b/plan.pdf", given as two folders
            name = longer_name if each.source_path in names else each.source_path
            names.add(name)
            found[each.location] = replace(each, source_path=name)
    return sorted(found.values(), key=lambda each: each.source_path)


def _on_disk(argument: Path, leave_out: Place) -> Iterator[tuple[InputFile, str]]:
    """Give every file with the name it has where its short one is taken."""
    for path, source_path, problem in _walk(argument, Path(leave_out).absolute()):
        location = os.path.abspath(path)  # noqa: PTH100 - keeps symbolic links as the user sees them
        yield _describe(location, _shown(source_path), problem), _shown(path.as_posix())


def _at_url(argument: Url, leave_out: Place) -> Iterator[tuple[InputFile, str]]:
    from phuluc.storage.remote import canonical, listed  # noqa: PLC0415 - fsspec, for URLs alone

    output = "" if isinstance(leave_out, Path) else canonical(leave_out) + "/"
    for url, name, byte_size, modified_ns in listed(argument):
        parts = name.split("/")
        junk = parts[-1] in _JUNK or any(part.startswith((".", "~$")) for part in parts)
        if not junk and not (output and url.startswith(output)):
            shown = _shown(name or url.rpartition("/")[2])
            yield InputFile(url, Path(shown), shown, byte_size, modified_ns, url=url), url


def _walk(argument: Path, leave_out: Path) -> Iterator[tuple[Path, str, str]]:
    if not argument.is_dir():
        yield argument, argument.name, ""
        return
    problems: list[tuple[Path, str, str]] = []

    def note(error: OSError) -> None:
        folder = Path(error.filename)
        problems.append((folder, folder.relative_to(argument).as_posix(), error.strerror or str(error)))

    # Links to folders are followed, each folder once: a link to its own parent must not go on for ever.
    seen = {os.path.realpath(argument)}
    for folder, folders, files in os.walk(argument, onerror=note, followlinks=True):
        here = Path(folder)
        wanted = []
        for name in sorted(folders):
            real = os.path.realpath(here / name)
            if not name.startswith(".") and (here / name).absolute() != leave_out and real not in seen:
                seen.add(real)
                wanted.append(name)
        folders[:] = wanted
        for name in sorted(files):
            if name not in _JUNK and not name.startswith((".", "~$")):
                path = here / name
                yield path, path.relative_to(argument).as_posix(), ""
    yield from problems


def _shown(source_path: str) -> str:
    # A name that is no UTF-8 cannot stand in a text column: show the strange bytes as \xNN.
    return os.fsencode(source_path).decode("utf-8", "backslashreplace")


def _describe(location: str, source_path: str, problem: str) -> InputFile:
    if problem:
        return _refused(location, source_path, problem)
    try:
        status = os.stat(location)  # noqa: PTH116 - one call for both figures
        if not os.path.isfile(location):  # noqa: PTH113 - a pipe or device would block when opened
            return _refused(location, source_path, "not a regular file")
        with open(location, "rb"):  # noqa: PTH123 - the only sure test of the right to read
            pass
    except OSError as error:
        return _refused(location, source_path, error.strerror or str(error))
    return InputFile(location, Path(location), source_path, status.st_size, status.st_mtime_ns)


def _refused(location: str, source_path: str, problem: str) -> InputFile:
    return InputFile(location, Path(location), source_path, 0, 0, NotAccessibleError(problem))
