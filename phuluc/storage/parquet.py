"""Parquet files of the store, read and written; imports pyarrow, so import it where files are touched."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_GROUP_ROWS = 1 << 16
"""Rows of a row group: what is held in memory when a file is written, and what a reader can skip or share out."""
_GROUPS_HELD = 2
"""Row groups kept decoded: documents are asked for in about the order in which they stand."""


def write_table(name: str, rows: Iterable[pa.Table], path: Path) -> int:
    """Write one file of the table `name` and give its number of rows.

    The same rows give the same bytes, in whatever pieces they come.
    """
    written = 0
    with pq.ParquetWriter(path, arrow_schema(name), compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(group)
            written += group.num_rows
    return written


def _groups(rows: Iterable[pa.Table]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    held = 0
    for part in rows:
        waiting.append(part)
        held += part.num_rows
        while held >= _GROUP_ROWS:
            # In one chunk: where a page ends would else depend on the pieces.
            table = pa.concat_tables(waiting).combine_chunks()
            yield table.slice(0, _GROUP_ROWS)
            waiting, held = [table.slice(_GROUP_ROWS)], held - _GROUP_ROWS
    if held:
        yield pa.concat_tables(waiting).combine_chunks()


class DamagedTableError(Exception):
    """A Parquet file that cannot be read: cut short by a crash of the machine, or changed by hand."""


def read_table(name: str, path: Path) -> pa.Table:
    """Read one file of the table `name`; raises DamagedTableError."""
    try:
        # Not pq.read_table: it starts the dataset machinery, 50 ms.
        return pq.ParquetFile(path).read().cast(arrow_schema(name))
    except (pa.ArrowException, ValueError, OSError) as error:
        raise _damaged(path) from error


class _Run(NamedTuple):
    """Rows of one document that stand together: which file and row group, from where, how many."""

    file: int
    group: int
    start: int
    length: int


class StandingRows:
    """The rows of a table in some files, document by document, a few row groups in memory at a time.

    Raises DamagedTableError, when made and when asked.
    """

    def __init__(self, name: str, paths: Sequence[Path]) -> None:
        self._name, self._paths = name, paths
        self._files = [self._opened(path) for path in paths]
        self._runs: defaultdict[str, list[_Run]] = defaultdict(list)
        for number, file in enumerate(self._files):
            for group in range(file.num_row_groups):
                start = 0
                for doc_id, same in groupby(self._read(number, group, ["doc_id"]).column(0).to_pylist()):
                    length = sum(1 for _ in same)
                    self._runs[doc_id].append(_Run(number, group, start, length))
                    start += length
        self._group = lru_cache(maxsize=_GROUPS_HELD)(self._load)

    def of(self, doc_id: str) -> Iterator[pa.Table]:
        """Give the rows of a document, in order."""
        for run in self._runs.get(doc_id, ()):
            yield self._group(run.file, run.group).slice(run.start, run.length)

    def all(self) -> Iterator[pa.Table]:
        """Give all rows."""
        for number, file in enumerate(self._files):
            for group in range(file.num_row_groups):
                yield self._load(number, group)

    def _load(self, number: int, group: int) -> pa.Table:
        try:
            return self._read(number, group, None).cast(arrow_schema(self._name))
        except (pa.ArrowException, ValueError) as error:
            raise _damaged(self._paths[number]) from error

    def _read(self, number: int, group: int, columns: list[str] | None) -> pa.Table:
        try:
            return self._files[number].read_row_group(group, columns=columns)
        except (pa.ArrowException, ValueError, OSError) as error:
            raise _damaged(self._paths[number]) from error

    @staticmethod
    def _opened(path: Path) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(path)
        except (pa.ArrowException, ValueError, OSError) as error:
            raise _damaged(path) from error


def _damaged(path: Path) -> DamagedTableError:
    return DamagedTableError(f"{path} is no readable Parquet file of this version")
