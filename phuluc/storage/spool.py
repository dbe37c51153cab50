"""Finished documents of a bucket that is not yet written: appended as they come, read back after a kill.

A frame is a line of JSON (doc_id, fingerprints, code, bytes per part, checksum), then the rows of every table as they
came from the worker and the packed reading. A frame cut short by a kill or a full disk is ignored. In memory is only
where frames lie. Rows become Arrow many documents at a time: the columns of one document cost as much as of twenty.
"""

from __future__ import annotations

import json
import marshal
import mmap
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pyarrow as pa

from schemas.arrow import arrow_schema, to_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from phuluc.batch.outcome import Outcome
    from schemas.columnar import Columns

_READING = "reading"
_ARROW_BYTES = 4 << 20
"""Rows that become Arrow together, in bytes as they came: some thousand short documents of one table."""
_NAMES = ("code", "status", "read_by", "sizes")


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished document: error code and status (see `Outcome`), what read it ("": not kept), where its parts lie.

    Attributes:
        start: offset of the first part in the spool file.
        sizes: bytes of every part, in order: tables by name, and "reading".
    """

    doc_id: str
    code: str
    status: str
    read_by: str
    start: int
    sizes: dict[str, int]


class Spool:
    """The spool files under one folder, one per bucket; only documents made by `made_by` are given back."""

    def __init__(self, folder: Path, made_by: str, read_by: str) -> None:
        self._folder = folder
        self._made_by = made_by
        self._read_by = read_by
        self._open: dict[int, IO[bytes]] = {}

    def path(self, bucket: int) -> Path:
        """Give the file of a bucket."""
        return self._folder / f"{bucket:04x}.spool"

    def add(self, bucket: int, outcome: Outcome) -> Finished:
        """Append one document; after return a kill of this process does not lose it."""
        if bucket not in self._open:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open[bucket] = self.path(bucket).open("ab")
        doc_id, parts = outcome.source.doc_id, outcome.rows
        read_by = self._read_by if outcome.reading else ""
        if read_by:
            parts = parts | {_READING: outcome.reading}
        body = b"".join(parts.values())
        sizes = {name: len(part) for name, part in parts.items()}
        head = {
            "doc_id": doc_id,
            "made_by": self._made_by,
            "read_by": read_by,
            "code": outcome.code,
            "status": outcome.status,
            "sizes": sizes,
            "crc": zlib.crc32(body),
        }
        stream = self._open[bucket]
        # A leading line break ends whatever an earlier kill cut short.
        line = b"\n" + json.dumps(head).encode() + b"\n"
        start = stream.tell() + len(line)
        stream.write(line + body)
        stream.flush()
        return Finished(doc_id, outcome.code, outcome.status, read_by, start, sizes)

    def close(self, bucket: int) -> None:
        """Close the file of a bucket that is about to be written."""
        if stream := self._open.pop(bucket, None):
            stream.close()

    def drop(self, bucket: int) -> None:
        """Remove the file of a bucket that has been written."""
        self.path(bucket).unlink(missing_ok=True)

    def read(self, bucket: int) -> dict[str, Finished]:
        """Give the finished documents of a bucket by doc_id."""
        path = self.path(bucket)
        if not path.exists() or not path.stat().st_size:
            return {}
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return {finished.doc_id: finished for finished in _frames(content, self._made_by)}

    def parts(self, bucket: int, finished: Mapping[str, Finished]) -> Parts:
        """Give the parts of finished documents of a bucket."""
        path = self.path(bucket)
        if not finished or not path.exists():
            return Parts(b"", {})
        with path.open("rb") as stream:
            return Parts(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ), finished)


class Parts:
    """What lies in a spool file, without copying it into memory."""

    def __init__(self, content: mmap.mmap | bytes, finished: Mapping[str, Finished]) -> None:
        self._content = content
        self._finished = finished

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._finished

    def tables(self) -> set[str]:
        """Name the tables of which any document has rows."""
        return {name for each in self._finished.values() for name in each.sizes} - {_READING}

    def rows(self, doc_ids: Iterable[str], table: str) -> Iterator[pa.Table]:
        """Give the rows of documents in one table, in order."""
        together: Columns = [[] for _ in arrow_schema(table)]
        size = 0
        for doc_id in doc_ids:
            if part := self._part(doc_id, table):
                size += len(part)
                columns: Columns = marshal.loads(part)  # noqa: S302 - builds plain values, runs nothing
                for column, values in zip(together, columns, strict=True):
                    column.extend(values)
            if size >= _ARROW_BYTES:
                yield pa.Table.from_batches([to_batch(table, together)])
                together, size = [[] for _ in arrow_schema(table)], 0
        if size:
            yield pa.Table.from_batches([to_batch(table, together)])

    def reading(self, doc_id: str) -> tuple[str, bytes]:
        """Give what read a document and its packed reading."""
        return self._finished[doc_id].read_by, self._part(doc_id, _READING)

    def _part(self, doc_id: str, name: str) -> bytes:
        finished = self._finished[doc_id]
        offset = finished.start
        for each, size in finished.sizes.items():
            if each == name:
                return self._content[offset : offset + size]
            offset += size
        return b""


def _frames(content: mmap.mmap, made_by: str) -> Iterator[Finished]:
    position = 0
    while (start := content.find(b'\n{"doc_id"', position)) >= 0:
        position = start + 1  # when this frame is no good, look for the next behind its first byte
        end = content.find(b"\n", position)
        if end < 0:
            return
        try:
            head = json.loads(content[position:end])
        except ValueError:
            continue
        if not head.keys() >= {"doc_id", "made_by", "crc", *_NAMES}:  # of an earlier version
            continue
        size = sum(head["sizes"].values())
        if zlib.crc32(content[end + 1 : end + 1 + size]) != head["crc"]:
            continue
        position = end + 1 + size
        if head["made_by"] == made_by:
            yield Finished(
                head["doc_id"], head["code"], head["status"], head["read_by"], end + 1, head["sizes"]
            )
