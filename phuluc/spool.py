"""Finished documents of a bucket that is not yet written: appended as they come, read back after a kill.

A frame is a line of JSON (doc_id, fingerprint, code, bytes per table, checksum), then one Arrow record batch
per table. A frame cut short by a kill or a full disk is ignored.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, TypeAlias

import pyarrow as pa

from schemas.arrow import arrow_schema, to_batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from schemas.columnar import Columns

Batches: TypeAlias = dict[str, pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class Finished:
    """The rows of one document, and the error code when it failed."""

    doc_id: str
    code: str
    batches: Batches


class Spool:
    """The spool files under one folder, one per bucket; only documents made by `made_by` are given back."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self._folder = folder
        self._made_by = made_by
        self._open: dict[int, IO[bytes]] = {}

    def path(self, bucket: int) -> Path:
        """Give the file of a bucket."""
        return self._folder / f"{bucket:04x}.spool"

    def add(self, bucket: int, finished: Finished) -> None:
        """Append one document; after return a kill of this process does not lose it."""
        if bucket not in self._open:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._open[bucket] = self.path(bucket).open("ab")
        bodies = {table: batch.serialize().to_pybytes() for table, batch in finished.batches.items()}
        body = b"".join(bodies.values())
        head = {
            "doc_id": finished.doc_id,
            "made_by": self._made_by,
            "code": finished.code,
            "sizes": {table: len(each) for table, each in bodies.items()},
            "crc": zlib.crc32(body),
        }
        stream = self._open[bucket]
        # A leading line break ends whatever an earlier kill cut short.
        stream.write(b"\n" + json.dumps(head).encode() + b"\n" + body)
        stream.flush()

    def close(self, bucket: int) -> None:
        """Close the file of a bucket that is about to be written."""
        if stream := self._open.pop(bucket, None):
            stream.close()

    def read(self, bucket: int) -> dict[str, Finished]:
        """Give the finished documents of a bucket by doc_id."""
        path = self.path(bucket)
        if not path.exists():
            return {}
        return {finished.doc_id: finished for finished in _frames(path.read_bytes(), self._made_by)}


def batches_of(columns: dict[str, Columns]) -> Batches:
    """Turn what a worker handed over into record batches."""
    return {table: to_batch(table, values) for table, values in columns.items()}


def _frames(content: bytes, made_by: str) -> Iterator[Finished]:
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
        sizes: dict[str, int] = head["sizes"]
        body = content[end + 1 : end + 1 + sum(sizes.values())]
        if zlib.crc32(body) != head["crc"]:
            continue
        position = end + 1 + len(body)
        if head["made_by"] == made_by:
            yield Finished(head["doc_id"], head["code"], _batches(body, sizes))


def _batches(body: bytes, sizes: dict[str, int]) -> Batches:
    batches, offset = {}, 0
    for table, size in sizes.items():
        part = pa.py_buffer(body[offset : offset + size])
        batches[table] = pa.ipc.read_record_batch(part, arrow_schema(table))
        offset += size
    return batches
