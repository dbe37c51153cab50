"""A DuckDB file: the embedded target. DuckDB itself reads the Parquet, nothing passes through Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    comments,
    create_table,
    literal,
    primary_key,
)
from phuluc.warehouse.source import document
from phuluc.warehouse.views import views
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from phuluc.warehouse.address import Address
    from phuluc.warehouse.targets import Work

DECLARED_ROWS = 250_000
"""The tasks of some ten thousand plans. DuckDB's index of a million keys takes a third of the load's time and more than
half of the file, and every later load pays for it; the query that checks as many keys takes 0.1 s."""


class DuckDBTarget:
    """One file. DuckDB gives it to one writing process at a time; a second one is refused when it opens it.

    Primary keys are declared on tables that begin with at most `DECLARED_ROWS` rows; the others are checked by a query
    in every load. Foreign keys stand in the comments: DuckDB checks them at every statement, also against rows that the
    same transaction has deleted, so documents could not be replaced.
    """

    def __init__(self, address: Address) -> None:
        self._path = address.path
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self.duck = duckdb.connect(str(self._path))
            # SQL knows no order of rows, and a tenth of the time goes into keeping one.
            self.duck.execute("SET preserve_insertion_order = false")
        except (duckdb.Error, OSError) as error:
            key = "load.busy" if "lock" in str(error) else "load.unreachable"
            raise TargetError(say(key, target=address.shown, error=_first_line(error))) from None

    def additions(self) -> Additions:
        """Give what it lacks; raises TargetError where a migration must come first."""
        standing: dict[str, list[Shape]] = {}
        for table, name, kind, nullable in self._rows(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = current_database() AND schema_name = current_schema() "
            "ORDER BY table_oid, column_index"
        ):
            if table in TABLES:
                standing.setdefault(table, []).append(Shape(name, kind, nullable))
        return additions(standing, "duckdb")

    def digests(self) -> dict[str, str]:
        """Give what was remembered of the files of the last load."""
        tables = {row[0] for row in self._rows("SHOW TABLES")}
        if not tables >= {FILES_LOADED, PARTS_LOADED}:
            return {}
        return dict(self._rows(f"SELECT file, digest FROM {FILES_LOADED}"))

    def parts(self) -> pa.Table:
        """Give what was remembered of the documents in the files."""
        return self.duck.sql(f"FROM {PARTS_LOADED}").to_arrow_table()

    def apply(self, work: Work) -> int:
        """Make it equal to the source in one transaction; gives the number of rows sent."""
        try:
            self.duck.execute("BEGIN")
            self._shape(work)
            sent = {table: self._replace(table, work) for table in TABLES}
            self._keys(work, sent)
            self._remember(work)
            for statement in views():
                self.duck.execute(statement)
            self.duck.execute("COMMIT")
        except duckdb.Error as error:
            raise TargetError(say("load.failed", error=_first_line(error))) from None
        return sum(sent.values())

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.duck.close()

    def _keys(self, work: Work, sent: Mapping[str, int]) -> None:
        for table in work.additions.tables:
            if sent[table] <= DECLARED_ROWS:
                # After the rows: a third faster than with every row.
                self.duck.execute(f"ALTER TABLE {quote(table)} ADD {primary_key(table)}")
        declared = self._rows(
            "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' "
            "AND database_name = current_database() AND schema_name = current_schema()"
        )
        for table in sent.keys() - {row[0] for row in declared}:
            if sent[table]:
                self._check_key(table, work)

    def _check_key(self, table: str, work: Work) -> None:
        key = ", ".join(map(quote, TABLES[table].key))
        which = ""
        if table not in work.difference.whole:
            sent = f"{document(table)} IN ({work.difference.documents(table)})"
            which = f"WHERE ({key}) IN (SELECT {key} FROM {quote(table)} WHERE {sent})"
        twice = f"SELECT {key} FROM {quote(table)} {which} GROUP BY ALL HAVING count(*) > 1 LIMIT 1"
        if found := self._rows(twice):
            raise duckdb.ConstraintException(f"Duplicate key {found[0]} in {table} ({key})")

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.duck.execute(query).fetchall()

    def _shape(self, work: Work) -> None:
        lacking = work.additions
        for table in lacking.tables:
            self.duck.execute(create_table(table, "duckdb", keyed=False))
        for table, columns in lacking.columns.items():
            for column in columns:
                self.duck.execute(add_column(table, column))
        if work.described_anew:
            for table in TABLES:
                for statement in comments(table):
                    self.duck.execute(statement)
        for name, definition in (
            (DOCUMENTS_LOADED, "doc_id VARCHAR PRIMARY KEY"),
            (FILES_LOADED, "file VARCHAR PRIMARY KEY, digest VARCHAR"),
            (PARTS_LOADED, "file VARCHAR, doc_id VARCHAR, fingerprint BIGINT"),
        ):
            self.duck.execute(f"CREATE TABLE IF NOT EXISTS {name} ({definition})")

    def _replace(self, table: str, work: Work) -> int:
        name, difference = quote(table), work.difference
        if table not in work.additions.tables:
            which = (
                ""
                if table in difference.whole
                else f" WHERE {document(table)} IN ({difference.documents(table)})"
            )
            self.duck.execute(f"DELETE FROM {name}{which}")
        query = difference.rows(table)
        if query is None:
            return 0
        return int(self.duck.execute(f"INSERT INTO {name} BY NAME {query}").fetchall()[0][0])

    def _remember(self, work: Work) -> None:
        for name, key, old in (
            (DOCUMENTS_LOADED, "doc_id", "FROM phuluc_documents_old"),
            (PARTS_LOADED, "(file, doc_id)", "SELECT file, doc_id FROM phuluc_parts_old"),
        ):
            self.duck.execute(f"DELETE FROM {name}" + ("" if work.every else f" WHERE {key} IN ({old})"))
        which = "SELECT DISTINCT doc_id FROM phuluc_parts_now" if work.every else "FROM phuluc_documents_new"
        self.duck.execute(f"INSERT INTO {DOCUMENTS_LOADED} BY NAME {which}")
        which = "phuluc_parts_now" if work.every else "phuluc_parts_new"
        self.duck.execute(f"INSERT INTO {PARTS_LOADED} FROM {which}")
        self.duck.execute(f"DELETE FROM {FILES_LOADED}")
        values = ", ".join(f"({literal(file)}, {literal(digest)})" for file, digest in work.digests.items())
        self.duck.execute(f"INSERT INTO {FILES_LOADED} VALUES {values}")


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
