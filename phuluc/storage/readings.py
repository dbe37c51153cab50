"""What was read of every document of a bucket, kept to be understood again: one ZIP, an entry a document.

The entry's name is the doc_id, its comment says what read it, its content is `phuluc.document.reading`'s.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    Kept = tuple[str, str, bytes]


def write_readings(path: Path, kept: Iterable[Kept]) -> int:
    """Write (doc_id, read_by, content) of every document; gives their number."""
    number = 0
    with ZipFile(path, "w") as bundle:  # stored: the contents are compressed
        for doc_id, read_by, content in kept:
            entry = ZipInfo(doc_id)
            entry.comment = read_by.encode()
            bundle.writestr(entry, content)
            number += 1
    return number


class Readings:
    """The kept readings in some files; a damaged or missing file keeps nothing, its documents are read again."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._bundles = []
        for path in paths:
            with suppress(OSError, BadZipFile):
                self._bundles.append(ZipFile(path))

    def of(self, doc_id: str, read_by: str) -> bytes:
        """Give the reading that `read_by` made; b"" where there is none."""
        for bundle in self._bundles:
            # zlib.error cannot come: entries are stored.
            with suppress(KeyError, OSError, BadZipFile):
                if bundle.getinfo(doc_id).comment == read_by.encode():
                    return bundle.read(doc_id)
        return b""
