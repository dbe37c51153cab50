"""Every input gets its doc_id: from the ledger where the file is unchanged, else from its bytes.

Archives and mails are opened here; their members are inputs of their own.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from extract.errors import EmptyFileError, ReadError
from phuluc.batch.failures import NotAccessibleError
from phuluc.batch.inputs import InputFile
from phuluc.batch.plan import is_kept, stands
from phuluc.storage.places import Url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from phuluc.batch.plan import Request
    from phuluc.storage.ledger import Entry
    from phuluc.storage.places import Place

Identified: TypeAlias = tuple[InputFile, str]

_CHUNK = 1 << 20
_DOWNLOADS = 16
"""Files fetched at once from an object store, which answers many as fast as one."""
_BETWEEN = "!/"
"""Stands between an archive and its member in a location."""
_ZIP_START = b"PK\x03\x04"
_MAIL_STARTS = (b"received:", b"return-path:", b"delivered-to:", b"from:", b"message-id:", b"mime-version:", b"date:",
                b"subject:", b"to:", b"x-")  # fmt: skip
"""What a mail begins with; only a file that begins so is asked whether it holds others."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where members of archives are written, and what makes them known to other machines by a URL, if need be."""

    folder: Path
    publish: Callable[[Path], str] | None = None


def identify(
    inputs: Iterable[InputFile], ledger: Mapping[str, Entry], request: Request, shelf: Shelf
) -> list[Identified]:
    """Give every input with its doc_id, members of archives (put on the shelf) in place of the archive.

    Raises OSError when the shelf cannot be written.
    """
    inside: dict[str, list[Entry]] = defaultdict(list)
    for entry in ledger.values():
        if _BETWEEN in entry.location:
            inside[container_of(entry.location)].append(entry)
    found: list[Identified] = []
    far: list[InputFile] = []
    for each in inputs:
        known = ledger.get(each.location)
        members = inside[each.location]
        if each.problem is not None:
            found.append((each, _hash_of_name(each)))
        elif known and (known.byte_size, known.modified_ns) == (each.byte_size, each.modified_ns):
            found.append((each, known.doc_id))
        elif members and all(_unchanged(entry, each, request) for entry in members):
            found += (_known_member(entry, each) for entry in members)
        elif each.url:
            far.append(each)
        else:
            found += _look_into(each, each.path, shelf)
    if far:
        with ThreadPoolExecutor(_DOWNLOADS) as pool:
            for identified in pool.map(lambda each: _look_far(each, shelf), far):
                found += identified
    return sorted(found, key=lambda identified: identified[0].source_path)


def container_of(location: str) -> str:
    """Give the file that must exist for `location` to exist."""
    return location.split(_BETWEEN, 1)[0]


def gone_inputs(ledger: Mapping[str, Entry], given: set[str], arguments: Iterable[Place]) -> set[str]:
    """Give the locations of the ledger where nothing is any more.

    Of an object store only what was given is looked at: what is not listed there is gone.
    """
    listings = tuple(f"{argument}/" for argument in arguments if isinstance(argument, Url))
    return {
        location
        for location in ledger.keys() - given
        if (location.startswith(listings) if "://" in location else not Path(container_of(location)).exists())
    }


def _unchanged(member: Entry, container: InputFile, request: Request) -> bool:
    return member.modified_ns == container.modified_ns and (
        stands(member, request) or is_kept(member, request)
    )


def _known_member(entry: Entry, container: InputFile) -> Identified:
    name = entry.location.split(_BETWEEN, 1)[1]
    source_path = f"{container.source_path}/{name}"
    # Nothing is unpacked there: what is not understood anew from its kept reading stands as it is.
    path = container.path / name
    member = InputFile(entry.location, path, source_path, entry.byte_size, entry.modified_ns)
    return member, entry.doc_id


def _look_far(each: InputFile, shelf: Shelf) -> list[Identified]:
    from phuluc.storage.remote import fetched  # noqa: PLC0415 - fsspec, for URLs alone

    try:
        with fetched(each.url) as path:
            return list(_look_into(each, path, shelf))
    except OSError as error:
        each = _with_problem(each, NotAccessibleError(error.strerror or str(error)))
        return [(each, _hash_of_name(each))]


def _look_into(each: InputFile, path: Path, shelf: Shelf) -> Iterator[Identified]:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            head = chunk = stream.read(_CHUNK)
            while chunk:
                digest.update(chunk)
                chunk = stream.read(_CHUNK)
    except OSError as error:  # gone or failing since it was listed
        each = _with_problem(each, NotAccessibleError(error.strerror or str(error)))
        yield each, _hash_of_name(each)
        return
    if head.startswith(_ZIP_START) or head[:40].lower().startswith(_MAIL_STARTS):
        # Loads the format detection (30 ms), which the parent needs for such files alone.
        from extract.containers import is_container  # noqa: PLC0415

        if is_container(path):
            yield from _members(each, path, Shelf(shelf.folder / digest.hexdigest()[:16], shelf.publish))
            return
    yield each, digest.hexdigest()


def _members(container: InputFile, opened: Path, shelf: Shelf) -> Iterator[Identified]:
    from extract.containers import members  # noqa: PLC0415 - see above

    names: set[str] = set()
    number = 0
    try:
        for number, member in enumerate(members(opened), 1):
            name = member.name
            if name in names:  # an archive may hold two files of one name
                name = f"{name}#{number}"
            names.add(name)
            path = shelf.folder / f"{number}{_suffix(name)}"
            found = InputFile(
                f"{container.location}{_BETWEEN}{name}",
                path,
                f"{container.source_path}/{name}",
                len(member.data or b""),
                container.modified_ns,
                member.error,
            )
            if member.data is None:
                yield found, _hash_of_name(found)
                continue
            shelf.folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.data)
            found = replace(found, url=shelf.publish(path) if shelf.publish else "")
            yield found, hashlib.sha256(member.data).hexdigest()
    except ReadError as error:
        container = _with_problem(container, error)
        yield container, _hash_of_name(container)
        return
    if not number:
        container = _with_problem(container, EmptyFileError("the archive holds no files"))
        yield container, _hash_of_name(container)


def _suffix(name: str) -> str:
    # Formats are told by content, but LibreOffice likes a name that fits; a strange suffix is no use to it.
    suffix = os.path.splitext(name)[1]  # noqa: PTH122 - a name, not a path
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 6 else ""


def _with_problem(each: InputFile, problem: ReadError) -> InputFile:
    return replace(each, problem=problem)


def _hash_of_name(each: InputFile) -> str:
    """Stand in for the hash of bytes that nobody can read: two such files are not one document."""
    return hashlib.sha256(f"unreadable\0{each.source_path}".encode()).hexdigest()
