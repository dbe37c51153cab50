"""Parquet files of the store, read and written; imports pyarrow, so import it where files are touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import arrow_schema

if TYPE_CHECKING:
    from pathlib import Path


def write_table(table: pa.Table, path: Path) -> None:
    """Write one file; the same rows give the same bytes."""
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        writer.write_table(table)


def write_empty(name: str, path: Path) -> None:
    """Write a file of the table `name` without rows."""
    write_table(arrow_schema(name).empty_table(), path)


class DamagedTableError(Exception):
    """A Parquet file that cannot be read: cut short by a crash of the machine, or changed by hand."""


def read_table(name: str, path: Path) -> pa.Table:
    """Read one file of the table `name`; raises DamagedTableError."""
    try:
        # Not pq.read_table: it starts the dataset machinery, 50 ms.
        return pq.ParquetFile(path).read().cast(arrow_schema(name))
    except (pa.ArrowException, ValueError) as error:
        raise DamagedTableError(f"{path} is no readable Parquet file of this version") from error
