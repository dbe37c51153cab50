"""The converted tables as a loader sees them: their files, hashes of the files, queries over them for DuckDB.

Nothing is held whole in memory: rows come by the batch.
"""

from __future__ import annotations

import fcntl
import re
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING

from phuluc.exits import TargetError, UsageError
from phuluc.language import say
from phuluc.warehouse.shape import literal
from schemas.columnar import table_columns
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from schemas.columns import Column

MODULUS = (1 << 63) - 25
"""Fingerprints are sums of hashes modulo this prime: they fit a BIGINT of every target and can be added up."""


class Source:
    """The files of one output folder, named by their path in it ("tasks/part-0000.parquet").

    Raises UsageError where the folder holds no tables.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.paths = {
            path.relative_to(out).as_posix(): path
            for table in TABLES
            for path in sorted((out / table).glob("**/*.parquet"))
        }
        if not self.files("documents"):
            raise UsageError(say("not_an_output", out=out))

    def files(self, table: str) -> list[str]:
        """Give the names of the files of a table."""
        return [name for name in self.paths if table_of(name) == table]

    def digests(self) -> dict[str, str]:
        """Give a hash of the bytes of every file."""
        found = {}
        for name, path in self.paths.items():
            with path.open("rb") as stream:
                digest = blake2b(digest_size=16)
                while block := stream.read(1 << 20):
                    digest.update(block)
            found[name] = digest.hexdigest()
        return found

    def rows(self, table: str, files: Iterable[str], form: Callable[[Column], str] | None = None) -> str:
        """Give the query for the rows of some files; `form` writes a column in the target's form."""
        columns = ", ".join(
            f"{form(column)} AS {quote(column.name)}" if form else quote(column.name)
            for column in table_columns(table)
        )
        return f"SELECT {columns} FROM {self._read(files)}"

    def fingerprints(self, table: str, files: Iterable[str]) -> str:
        """Give the query for path, doc_id, fingerprint: one number for a document's rows, whatever their order."""
        columns = ", ".join(_hashed(column) for column in table_columns(table))
        return (
            f"SELECT filename AS path, {document(table)} AS doc_id, "
            f"(sum(hash({columns})::HUGEINT) % {MODULUS})::BIGINT AS fingerprint "
            f"FROM {self._read(files)} GROUP BY ALL"
        )

    def _read(self, files: Iterable[str]) -> str:
        # DuckDB takes "[2020]" in the name of a folder for a pattern.
        paths = (re.sub(r"([*?\[])", r"[\1]", str(self.paths[name])) for name in files)
        return f"read_parquet([{', '.join(map(literal, paths))}], hive_partitioning = false, filename = true)"


def table_of(file: str) -> str:
    """Give the table a file belongs to: the folder it lies in."""
    return file.partition("/")[0]


def document(table: str) -> str:
    """Give the expression for the document of a row; findings about none in particular stand under ''."""
    return "coalesce(doc_id, '')" if TABLES[table].written_by == "audit" else "doc_id"


def _hashed(column: Column) -> str:
    """Give what is hashed of a column.

    DuckDB's hash alone does not tell NULL from [] and [NULL], nor the lists ['a'], ['b'] from ['a', 'b'], [].
    """
    name = quote(column.name)
    if column.kind == "map":
        return f"{name}, cardinality({name})"
    if column.kind == "list":
        return f"{name}, len({name})"
    return f"{name}, {name} IS NULL" if column.kind == "struct" else name


@contextmanager
def held_still(out: Path) -> Iterator[None]:
    """Keep `convert` from writing to the folder meanwhile; raises TargetError where it is at it."""
    lock, journal = out / ".phuluc" / "lock", out / ".phuluc" / "journal.json"
    if not lock.exists():  # a copy of the tables alone
        yield
        return
    with lock.open("r") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            raise TargetError(say("load.being_written", out=out)) from error
        if journal.exists():
            raise TargetError(say("load.unfinished", out=out))
        yield
