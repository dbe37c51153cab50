"""The rows of one bucket, put together from what stands and what is new: the same whatever the history."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from schemas.arrow import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from phuluc.ledger import Entry
    from phuluc.spool import Finished

    Tables: TypeAlias = Mapping[str, pa.Table]

_IDENTITY = ("doc_id", "source_path", "byte_size", "converter_version")
"""What a duplicate's row says itself; everything else stands once, in the row of the first input."""


def assemble(
    entries: Iterable[Entry], standing: Tables, fresh: Mapping[str, Finished]
) -> dict[str, pa.Table]:
    """Give the tables of a bucket.

    Documents stand in order of their first source_path, their rows in reading order, so the bytes written do
    not depend on the order in which documents were finished. Rows of documents without an entry go.

    Args:
        entries: all inputs of the bucket.
        standing: its tables as written before (may lack tables).
        fresh: documents converted since, which replace standing ones.
    """
    inputs: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.source_path, each.location)):
        inputs.setdefault(entry.doc_id, []).append(entry)
    tables = {"documents": _documents(inputs, standing, fresh)}
    for table in standing.keys() | {name for each in fresh.values() for name in each.batches}:
        if table != "documents":
            tables[table] = _in_order(table, list(inputs), standing.get(table), fresh)
    return tables


def _in_order(
    table: str, order: list[str], standing: pa.Table | None, fresh: Mapping[str, Finished]
) -> pa.Table:
    slices = {} if standing is None else _by_document(standing)
    parts = []
    for doc_id in order:
        if doc_id in fresh:
            if batch := fresh[doc_id].batches.get(table):
                parts.append(pa.Table.from_batches([batch]))
        elif doc_id in slices:
            parts.append(slices[doc_id])
    return pa.concat_tables(parts) if parts else arrow_schema(table).empty_table()


def _by_document(table: pa.Table) -> dict[str, pa.Table]:
    slices, start = {}, 0
    for doc_id, run in groupby(table.column("doc_id").to_pylist()):
        length = sum(1 for _ in run)
        slices[doc_id] = table.slice(start, length)
        start += length
    return slices


def _documents(
    inputs: Mapping[str, list[Entry]], standing: Tables, fresh: Mapping[str, Finished]
) -> pa.Table:
    known: dict[str, dict[str, object]] = {}
    if "documents" in standing:
        for row in standing["documents"].to_pylist():
            if row["status"] != "duplicate":
                known[row["doc_id"]] = row
    for doc_id, finished in fresh.items():
        known[doc_id] = finished.batches["documents"].to_pylist()[0]
    rows = []
    for doc_id, entries in inputs.items():
        for number, entry in enumerate(entries):
            row = known[doc_id] | {"source_path": entry.source_path}
            # Two empty files share a hash but are no copies of one document: each has failed by itself.
            if number and entry.byte_size:
                row = _duplicate(row)
            rows.append(row)
    rows.sort(key=lambda row: str(row["source_path"]))
    return pa.Table.from_pylist(rows, schema=arrow_schema("documents"))


def _duplicate(row: dict[str, object]) -> dict[str, object]:
    identity = {name: row[name] for name in _IDENTITY}
    return (
        dict.fromkeys(row)
        | identity
        | {"status": "duplicate", "errors": [], "table_count": 0, "task_count": 0}
    )
