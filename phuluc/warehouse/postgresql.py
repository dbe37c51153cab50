"""A PostgreSQL database, through ADBC: rows go by binary COPY, straight from Arrow, in one transaction."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.warehouse.evolution import Additions, additions
from phuluc.warehouse.shape import (
    DOCUMENTS_LOADED,
    FILES_LOADED,
    PARTS_LOADED,
    Shape,
    add_column,
    column_type,
    comments,
    create_table,
    foreign_keys,
    indexed,
    literal,
    primary_key,
)
from phuluc.warehouse.source import document
from phuluc.warehouse.views import views
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from phuluc.warehouse.address import Address
    from phuluc.warehouse.targets import Work
    from schemas.columns import Column

try:
    import adbc_driver_postgresql.dbapi as adbc
except ImportError:  # pragma: no cover - the extra is not installed
    adbc = None

_LOCK = 1_751_344
"""First half of our advisory lock, any number nobody else uses; the other half is the schema's name."""
_COLUMNS = """
SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""


class PostgreSQLTarget:
    """The first schema of the search path of one database. All of a load is one transaction.

    A second load is refused by an advisory lock, which ends with the transaction. Lists are arrays, maps and lists
    of records jsonb. Keys and indexes of new tables are made after their rows: that is several times faster.
    """

    def __init__(self, address: Address) -> None:
        if adbc is None:
            raise TargetError(
                say("load.no_driver", target="PostgreSQL", install="pip install 'phuluc[postgresql]'")
            )
        self._address = address
        self.duck = duckdb.connect()
        with self._told("load.unreachable"):
            self._connection = adbc.connect(_with_timeout(address.url))
        with self._told("load.unreachable"):
            self._cursor = self._connection.cursor()
            free = self._rows(f"SELECT pg_try_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")[0][0]
        if not free:
            self.close()
            raise TargetError(say("load.busy", target=address.shown, error="advisory lock"))

    def additions(self) -> Additions:
        """Give what it lacks; raises TargetError where a migration must come first."""
        standing: dict[str, list[Shape]] = {}
        with self._told("load.failed"):
            for table, name, kind, nullable in self._rows(_COLUMNS):
                if table in TABLES:
                    standing.setdefault(str(table), []).append(Shape(str(name), str(kind), bool(nullable)))
        return additions(standing, "postgresql")

    def digests(self) -> dict[str, str]:
        """Give what was remembered of the files of the last load."""
        with self._told("load.failed"):
            names = ", ".join(f"to_regclass({literal(name)})::text" for name in (FILES_LOADED, PARTS_LOADED))
            if None in self._rows(f"SELECT {names}")[0]:
                return {}
            found = self._rows(f"SELECT file, digest FROM {FILES_LOADED}")
            return {str(file): str(digest) for file, digest in found}

    def parts(self) -> pa.Table:
        """Give what was remembered of the documents in the files."""
        with self._told("load.failed"):
            self._cursor.execute(f"SELECT file, doc_id, fingerprint FROM {PARTS_LOADED}")
            return self._cursor.fetch_arrow_table()

    def apply(self, work: Work) -> int:
        """Make it equal to the source in one transaction; gives the number of rows sent."""
        with self._told("load.failed"):
            self._shape(work.additions)
            self._delete(work)
            rows = sum(self._insert(table, work) for table in TABLES)
            self._remember(work)
            self._keys(work.additions.tables)
            # Without statistics the next load reads whole tables to find the documents it replaces.
            self._run(*(f"ANALYZE {quote(table)}" for table in work.difference.whole))
            if work.every:
                self._run(f"ANALYZE {DOCUMENTS_LOADED}", f"ANALYZE {PARTS_LOADED}")
            if work.described_anew:
                self._run(*(comment for table in TABLES for comment in comments(table)))
            self._run(*views())
            self._connection.commit()
        return rows

    def close(self) -> None:
        """Close the connection; what was not committed is undone."""
        self.duck.close()
        with self._told("load.failed"):
            self._cursor.close()
            self._connection.close()

    def _shape(self, lacking: Additions) -> None:
        self._run(*(create_table(table, "postgresql", keyed=False) for table in lacking.tables))
        for table, columns in lacking.columns.items():
            self._run(*(add_column(table, column) for column in columns))
        for name, definition in (
            (DOCUMENTS_LOADED, "doc_id text PRIMARY KEY"),
            (FILES_LOADED, "file text PRIMARY KEY, digest text"),
            (PARTS_LOADED, "file text, doc_id text, fingerprint bigint, PRIMARY KEY (doc_id, file)"),
        ):
            self._run(f"CREATE TABLE IF NOT EXISTS {name} ({definition})")

    def _delete(self, work: Work) -> None:
        difference = work.difference
        if work.every:
            self._run(f"TRUNCATE {', '.join([*map(quote, TABLES), DOCUMENTS_LOADED, PARTS_LOADED])}")
            return
        for name in ("phuluc_changed", "phuluc_documents_old", "phuluc_parts_old"):
            self._cursor.adbc_ingest(name, difference.batches(f"FROM {name}"), mode="create", temporary=True)
            self._run(f"ANALYZE {name}")
        for table in TABLES:
            which = (
                ""
                if table in difference.whole
                else f" WHERE {document(table)} IN ({difference.documents(table)})"
            )
            self._run(f"DELETE FROM {quote(table)}{which}")
        self._run(
            f"DELETE FROM {DOCUMENTS_LOADED} WHERE doc_id IN (SELECT doc_id FROM phuluc_documents_old)",
            f"DELETE FROM {PARTS_LOADED} WHERE (doc_id, file) IN (SELECT doc_id, file FROM phuluc_parts_old)",
        )

    def _insert(self, table: str, work: Work) -> int:
        query = work.difference.rows(table, _form)
        return 0 if query is None else self._copy(table, work.difference.batches(query))

    def _copy(self, table: str, rows: pa.RecordBatchReader) -> int:
        return int(self._cursor.adbc_ingest(table, rows, mode="append"))

    def _remember(self, work: Work) -> None:
        batches = work.difference.batches
        documents = (
            "SELECT DISTINCT doc_id FROM phuluc_parts_now" if work.every else "FROM phuluc_documents_new"
        )
        self._copy(DOCUMENTS_LOADED, batches(documents))
        self._copy(PARTS_LOADED, batches(f"FROM {'phuluc_parts_now' if work.every else 'phuluc_parts_new'}"))
        values = ", ".join(f"({literal(file)}, {literal(digest)})" for file, digest in work.digests.items())
        self._run(f"DELETE FROM {FILES_LOADED}", f"INSERT INTO {FILES_LOADED} VALUES {values}")

    def _keys(self, tables: list[str]) -> None:
        for table in tables:
            self._run(f"ALTER TABLE {quote(table)} ADD {primary_key(table)}")
            self._run(*(f"CREATE INDEX ON {quote(table)} ({quote(column)})" for column in indexed(table)))
        for table in tables:
            for column, (other, name) in foreign_keys(table).items():
                # Checked at the commit: documents are replaced table by table.
                self._run(
                    f"ALTER TABLE {quote(table)} ADD FOREIGN KEY ({quote(column)}) "
                    f"REFERENCES {quote(other)} ({quote(name)}) DEFERRABLE INITIALLY DEFERRED"
                )

    def _run(self, *statements: str) -> None:
        for statement in statements:
            self._cursor.execute(statement)

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        self._cursor.execute(query)
        return list(self._cursor.fetchall())

    @contextmanager
    def _told(self, key: str) -> Iterator[None]:
        """Turn an error of the driver into a TargetError without the password, also in a traceback."""
        try:
            yield
        except (adbc.Error, duckdb.Error) as error:
            text = self._address.masked(" ".join(str(error).split()))
            raise TargetError(say(key, target=self._address.shown, error=text)) from None


def _form(column: Column) -> str:
    """Write a column as COPY takes it; PostgreSQL holds no NUL character, U+FFFD stands for one."""
    name = quote(column.name)
    if column_type(column, "postgresql") == "jsonb":
        # The binary form of jsonb is its text behind the number of the form's version, 1.
        return f"chr(1) || replace(to_json({name})::VARCHAR, '\\u0000', '\\ufffd')"
    if column.kind == "text":
        return f"replace({name}, chr(0), chr(65533))"
    if column.item is not None and column.item.kind == "text":
        return f"[replace(each, chr(0), chr(65533)) FOR each IN {name}]"
    return name


def _with_timeout(url: str) -> str:
    """Give up after 15 s where nobody answers, unless the user says otherwise; libpq waits for minutes."""
    if "connect_timeout" in url or os.environ.get("PGCONNECT_TIMEOUT"):
        return url
    return f"{url}{'&' if '?' in url else '?'}connect_timeout=15"
