"""The rows of one bucket, put together from what stands and what is new: the same whatever the history."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.arrow import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from phuluc.storage.ledger import Entry
    from phuluc.storage.parquet import StandingRows
    from phuluc.storage.readings import Kept, Readings
    from phuluc.storage.spool import Parts

_IDENTITY = ("doc_id", "source_path", "byte_size", "converter_version")
"""What a duplicate's row says itself; everything else stands once, in the row of the first input."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A bucket as written before: rows by table (may lack tables), and what was read."""

    rows: Mapping[str, StandingRows]
    readings: Readings


@dataclass(frozen=True, slots=True)
class Content:
    """What a bucket is to hold: rows by table, and what was read; each made while it is written."""

    rows: Mapping[str, Iterable[pa.Table]]
    readings: Iterable[Kept]


def assemble(entries: Iterable[Entry], standing: Standing, fresh: Parts) -> Content:
    """Give the content of a bucket.

    Documents stand in order of their first source_path, their rows in reading order, so the bytes written do
    not depend on the order in which documents were finished. Rows of documents without an entry go.

    Args:
        entries: all inputs of the bucket.
        standing: the bucket as written before.
        fresh: documents converted since, which replace standing ones.
    """
    inputs: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.source_path, each.location)):
        inputs.setdefault(entry.doc_id, []).append(entry)
    rows: dict[str, Iterable[pa.Table]] = {
        table: _in_order(table, inputs, standing.rows.get(table), fresh)
        for table in standing.rows.keys() | fresh.tables()
    }
    rows["documents"] = _documents(inputs, standing, fresh)
    return Content(rows, _readings(inputs, standing, fresh))


def _in_order(
    table: str, order: Iterable[str], standing: StandingRows | None, fresh: Parts
) -> Iterator[pa.Table]:
    for is_fresh, doc_ids in groupby(order, key=fresh.__contains__):
        if is_fresh:
            yield from fresh.rows(doc_ids, table)
        elif standing is not None:
            for doc_id in doc_ids:
                yield from standing.of(doc_id)


def _readings(inputs: Mapping[str, list[Entry]], standing: Standing, fresh: Parts) -> Iterator[Kept]:
    for doc_id, entries in inputs.items():
        read_by = entries[0].read_by
        if doc_id in fresh:
            read_by, content = fresh.reading(doc_id)
        else:
            content = standing.readings.of(doc_id, read_by) if read_by else b""
        if content:
            yield doc_id, read_by, content


def _documents(inputs: Mapping[str, list[Entry]], standing: Standing, fresh: Parts) -> Iterator[pa.Table]:
    known: dict[str, dict[str, object]] = {}
    for part in standing.rows["documents"].all() if "documents" in standing.rows else ():
        for row in part.to_pylist():
            if row["status"] != "duplicate":
                known[row["doc_id"]] = row
    for part in fresh.rows(filter(fresh.__contains__, inputs), "documents"):
        known |= {row["doc_id"]: row for row in part.to_pylist()}
    rows = []
    for doc_id, entries in inputs.items():
        for number, entry in enumerate(entries):
            row = known[doc_id] | {"source_path": entry.source_path}
            # Two empty files share a hash but are no copies of one document: each has failed by itself.
            if number and entry.byte_size:
                row = _duplicate(row)
            rows.append(row)
    rows.sort(key=lambda row: str(row["source_path"]))
    if rows:
        yield pa.Table.from_pylist(rows, schema=arrow_schema("documents"))


def _duplicate(row: dict[str, object]) -> dict[str, object]:
    identity = {name: row[name] for name in _IDENTITY}
    return (
        dict.fromkeys(row)
        | identity
        | {"status": "duplicate", "errors": [], "table_count": 0, "task_count": 0}
    )
