"""A folder of Delta tables, one a table of ours: every change of a table is one version of it."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.warehouse.evolution import Additions
from phuluc.warehouse.shape import DOCUMENTS_LOADED, FILES_LOADED, Shape, literal
from phuluc.warehouse.source import DOCUMENT
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

_LOADED = pa.schema([pa.field("doc_id", pa.string()), pa.field("fingerprint", pa.string())])
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
        if not self._there(FILES_LOADED):
            return {}
        rows = pa.table(self._table(FILES_LOADED).to_pyarrow_table()).to_pylist()
        return {row["file"]: row["digest"] for row in rows}

    def loaded(self) -> pa.Table:
        """Give doc_id and fingerprint of every document it holds."""
        if not self._there(DOCUMENTS_LOADED):
            return _LOADED.empty_table()
        return self._table(DOCUMENTS_LOADED).to_pyarrow_table()

    def apply(self, work: Work) -> int:
        """Make it equal to the source; on a failure every table goes back to the version it had."""
        before: dict[str, int] = {}
        try:
            for name in (*TABLES, DOCUMENTS_LOADED, FILES_LOADED):
                schema = (
                    arrow_schema(name) if name in TABLES else _LOADED if name == DOCUMENTS_LOADED else _FILES
                )
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
        named = [] if work.every else self._named()
        if not work.every and not named:
            return 0
        few = bool(named) and len(named) <= _MOST_NAMED
        query = work.source.changed_rows(table, every=not few)
        schema = arrow_schema(table)
        batches = work.source.batches(query) if query else iter(())
        counted = _Counted(batches, schema)
        predicate = f"{DOCUMENT} IN ({', '.join(map(literal, named))})" if few else None
        self._write(table, pa.RecordBatchReader.from_batches(schema, iter(counted)), predicate)
        return counted.rows

    def _named(self) -> list[str]:
        query = "SELECT doc_id FROM phuluc_changed UNION ALL SELECT doc_id FROM phuluc_removed"
        rows = self.duck.execute(f"{query} LIMIT {_MOST_NAMED + 1}").fetchall()
        return [row[0] for row in rows]

    def _remember(self, work: Work) -> None:
        loaded = self.duck.sql("SELECT doc_id, fingerprint FROM phuluc_found").to_arrow_table()
        self._write(DOCUMENTS_LOADED, loaded.cast(_LOADED).to_reader(), None)
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


def _same(one: pa.DataType, other: pa.DataType) -> bool:
    """Compare types but for the names and nullability inside lists, which Delta chooses itself."""
    if pa.types.is_map(one) and pa.types.is_map(other):
        return True
    if pa.types.is_list(one) and pa.types.is_list(other):
        return _same(one.value_type, other.value_type)
    if pa.types.is_struct(one) and pa.types.is_struct(other):
        return {field.name for field in one} == {field.name for field in other}
    return bool(one == other)
