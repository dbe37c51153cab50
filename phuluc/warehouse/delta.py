"""A folder of Delta tables, one a table of ours: every change of a table is one version of it."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.warehouse.difference import PARTS
from phuluc.warehouse.evolution import Additions
from phuluc.warehouse.shape import FILES_LOADED, PARTS_LOADED, Shape, literal
from phuluc.warehouse.source import document
from schemas.arrow import arrow_schema
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.warehouse.address import Address
    from phuluc.warehouse.targets import Work

try:
    import deltalake
    from deltalake.exceptions import DeltaError
except ImportError:  # pragma: no cover - the extra is not installed
    deltalake = None  # type: ignore[assignment] # tells the constructor

_FILES = pa.schema([pa.field("file", pa.string()), pa.field("digest", pa.string())])
_MOST_NAMED = 1_000
"""Above so many changed documents a table is written anew rather than told which documents to replace."""


class DeltaTarget:
    """One folder. Delta commits each table by itself, so a load that fails puts the tables back to their versions.

    A kill between two tables leaves some new, some old; the next load sends the same documents again, as what is
    remembered of them is written last. Delta has no keys; loads of one machine lock each other out.
    """

    def __init__(self, address: Address) -> None:
        if deltalake is None:
            raise TargetError(say("load.no_driver", target="Delta", install="pip install 'phuluc[delta]'"))
        self._path = address.path
        self.duck = duckdb.connect()
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            self._lock = (self._path / ".phuluc.lock").open("w")
        except OSError as error:
            raise TargetError(say("load.unreachable", target=address.shown, error=error.strerror)) from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.close()
            raise TargetError(say("load.busy", target=address.shown, error=error.strerror)) from None

    def additions(self) -> Additions:
        """Give what it lacks; raises TargetError where a migration must come first."""
        lacking, migrations = Additions(), []
        for table in TABLES:
            if not self._there(table):
                lacking.tables.append(table)
                continue
            found = pa.schema(self._table(table).schema().to_arrow())
            for field in arrow_schema(table):
                if field.name not in found.names:
                    lacking.columns.setdefault(table, []).append(
                        Shape(field.name, str(field.type), nullable=True)
                    )
                elif not _same(field.type, found.field(field.name).type):
                    migrations.append(f"{table}.{field.name}: {found.field(field.name).type} -> {field.type}")
            unknown = set(found.names) - set(arrow_schema(table).names)
            migrations += [f"{table}.{name}: {say('load.unknown_column')}" for name in sorted(unknown)]
        if migrations:
            raise TargetError(say("load.migration", migrations="; ".join(migrations)))
        return lacking

    def digests(self) -> dict[str, str]:
        """Give what was remembered of the files of the last load."""
        if not (self._there(FILES_LOADED) and self._there(PARTS_LOADED)):
            return {}
        return dict(self._read(FILES_LOADED, _FILES).fetchall())

    def parts(self) -> pa.Table:
        """Give what was remembered of the documents in the files."""
        return self._read(PARTS_LOADED, PARTS).to_arrow_table()

    def apply(self, work: Work) -> int:
        """Make it equal to the source; on a failure every table goes back to the version it had."""
        before: dict[str, int] = {}
        try:
            ours = {table: _schema(table) for table in TABLES} | {
                PARTS_LOADED: PARTS,
                FILES_LOADED: _FILES,
            }
            for name, schema in ours.items():
                if not self._there(name):
                    deltalake.DeltaTable.create(str(self._path / name), schema)
                before[name] = self._table(name).version()
            rows = sum(self._replace(table, work) for table in TABLES)
            self._remember(work)
        except (DeltaError, duckdb.Error, pa.ArrowException, OSError, ValueError) as error:
            self._put_back(before)
            raise TargetError(say("load.failed", error=" ".join(str(error).split()))) from None
        except BaseException:  # Ctrl-C
            self._put_back(before)
            raise
        return rows

    def close(self) -> None:
        """Give up the lock."""
        self.duck.close()
        self._lock.close()

    def _replace(self, table: str, work: Work) -> int:
        difference = work.difference
        limited = f"{difference.documents(table)} LIMIT {_MOST_NAMED + 1}"
        named = [row[0] for row in self.duck.execute(limited).fetchall()]
        every = table in difference.whole or len(named) > _MOST_NAMED
        query = difference.rows(table, every=every)
        if not (named or table in work.additions.columns):
            return 0
        schema = _schema(table)
        counted = _Counted(difference.batches(query) if query else iter(()), schema)
        predicate = None if every else f"{document(table)} IN ({', '.join(map(literal, named))})"
        self._write(table, pa.RecordBatchReader.from_batches(schema, iter(counted)), predicate)
        return counted.rows

    def _remember(self, work: Work) -> None:
        parts = self.duck.sql("FROM phuluc_parts_now").to_arrow_table()
        self._write(PARTS_LOADED, parts.cast(PARTS).to_reader(), None)
        rows = [{"file": file, "digest": digest} for file, digest in work.digests.items()]
        self._write(FILES_LOADED, pa.Table.from_pylist(rows, schema=_FILES).to_reader(), None)

    def _write(self, name: str, rows: pa.RecordBatchReader, predicate: str | None) -> None:
        # A column of a later version is added on the way.
        deltalake.write_deltalake(
            str(self._path / name), rows, mode="overwrite", predicate=predicate, schema_mode="merge"
        )

    def _put_back(self, before: dict[str, int]) -> None:
        for name, version in before.items():
            table = self._table(name)
            if table.version() != version:
                table.restore(version)

    def _read(self, name: str, schema: pa.Schema) -> duckdb.DuckDBPyRelation:
        # Not by to_pyarrow_table: that starts the dataset machinery, 50 ms.
        files = self._table(name).file_uris()
        if not files:  # put back to its beginning by a first load that failed
            return self.duck.from_arrow(schema.empty_table())
        listed = ", ".join(map(literal, files))
        return self.duck.sql(
            f"SELECT {', '.join(schema.names)} FROM read_parquet([{listed}], hive_partitioning = false)"
        )

    def _there(self, name: str) -> bool:
        return (self._path / name / "_delta_log").is_dir()

    def _table(self, name: str) -> deltalake.DeltaTable:
        return deltalake.DeltaTable(str(self._path / name))


class _Counted:
    """Batches in the schema of the table, counted as they pass."""

    def __init__(self, batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> None:
        self._batches = batches
        self._schema = schema
        self.rows = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            yield batch.cast(self._schema)


def _schema(table: str) -> pa.Schema:
    """Give the schema of a table; inside records anything may be null.

    Where a whole record is (a finding without evidence), Arrow takes its members for nulls too.
    """
    return pa.schema([field.with_type(_loose(field.type)) for field in arrow_schema(table)])


def _loose(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(member.name, _loose(member.type)) for member in kind])
    return pa.list_(_loose(kind.value_type)) if pa.types.is_list(kind) else kind


def _same(one: pa.DataType, other: pa.DataType) -> bool:
    """Compare types but for the names and nullability inside lists, which Delta chooses itself."""
    if pa.types.is_map(one) and pa.types.is_map(other):
        return True
    if pa.types.is_list(one) and pa.types.is_list(other):
        return _same(one.value_type, other.value_type)
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        return {field.name for field in one} == {field.name for field in other}
    return bool(one == other)
