"""A DuckDB file: the embedded target. DuckDB itself reads the Parquet, nothing passes through Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.warehouse.evolution import Additions, additions
from phuluc.warehouse.shape import (
    DOCUMENTS_LOADED,
    FILES_LOADED,
    Shape,
    add_column,
    comments,
    create_table,
    literal,
    primary_key,
)
from phuluc.warehouse.source import DOCUMENT
from phuluc.warehouse.views import views
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from phuluc.warehouse.address import Address
    from phuluc.warehouse.targets import Work


class DuckDBTarget:
    """One file. DuckDB gives it to one writing process at a time; a second one is refused when it opens it.

    Primary keys are enforced. Foreign keys stand in the comments: DuckDB checks them at every statement, also
    against rows that the same transaction has deleted, so documents could not be replaced.
    """

    def __init__(self, address: Address) -> None:
        self._path = address.path
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self.duck = duckdb.connect(str(self._path))
        except (duckdb.Error, OSError) as error:
            key = "load.busy" if "lock" in str(error) else "load.unreachable"
            raise TargetError(say(key, target=address.shown, error=_first_line(error))) from None

    def additions(self) -> Additions:
        """Give what it lacks; raises TargetError where a migration must come first."""
        standing: dict[str, list[Shape]] = {}
        for table, name, kind, nullable in self.duck.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = current_database() AND schema_name = current_schema() "
            "ORDER BY table_oid, column_index"
        ).fetchall():
            if table in TABLES:
                standing.setdefault(table, []).append(Shape(name, kind, nullable))
        return additions(standing, "duckdb")

    def digests(self) -> dict[str, str]:
        """Give what was remembered of the files of the last load."""
        try:
            return dict(self.duck.execute(f"SELECT file, digest FROM {FILES_LOADED}").fetchall())
        except duckdb.CatalogException:
            return {}

    def loaded(self) -> pa.Table:
        """Give doc_id and fingerprint of every document it holds."""
        return self.duck.sql(f"FROM {DOCUMENTS_LOADED}").to_arrow_table()

    def apply(self, work: Work) -> int:
        """Make it equal to the source in one transaction; gives the number of rows sent."""
        try:
            self.duck.execute("BEGIN")
            self._shape(work.additions)
            rows = sum(self._replace(table, work) for table in TABLES)
            for table in work.additions.tables:
                # After the rows: a third faster than with every row.
                self.duck.execute(f"ALTER TABLE {quote(table)} ADD {primary_key(table)}")
            self._remember(work)
            for statement in views():
                self.duck.execute(statement)
            self.duck.execute("COMMIT")
        except duckdb.Error as error:
            raise TargetError(say("load.failed", error=_first_line(error))) from None
        return rows

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.duck.close()

    def _shape(self, lacking: Additions) -> None:
        for table in lacking.tables:
            self.duck.execute(create_table(table, "duckdb", keyed=False))
        for table, columns in lacking.columns.items():
            for column in columns:
                self.duck.execute(add_column(table, column))
        for table in {*lacking.tables, *lacking.columns}:
            for statement in comments(table):
                self.duck.execute(statement)
        self.duck.execute(
            f"CREATE TABLE IF NOT EXISTS {DOCUMENTS_LOADED} (doc_id VARCHAR PRIMARY KEY, fingerprint VARCHAR)"
        )
        self.duck.execute(
            f"CREATE TABLE IF NOT EXISTS {FILES_LOADED} (file VARCHAR PRIMARY KEY, digest VARCHAR)"
        )

    def _replace(self, table: str, work: Work) -> int:
        name = quote(table)
        if work.every:
            self.duck.execute(f"DELETE FROM {name}")
        else:
            self.duck.execute(
                f"DELETE FROM {name} WHERE {DOCUMENT} IN "
                "(SELECT doc_id FROM phuluc_changed UNION ALL SELECT doc_id FROM phuluc_removed)"
            )
        query = work.source.changed_rows(table, every=work.every)
        if query is None:
            return 0
        return int(self.duck.execute(f"INSERT INTO {name} BY NAME {query}").fetchall()[0][0])

    def _remember(self, work: Work) -> None:
        gone = "SELECT doc_id FROM phuluc_changed UNION ALL SELECT doc_id FROM phuluc_removed"
        which = "" if work.every else f" WHERE doc_id IN ({gone})"
        self.duck.execute(f"DELETE FROM {DOCUMENTS_LOADED}{which}")
        self.duck.execute(f"INSERT INTO {DOCUMENTS_LOADED} FROM phuluc_changed")
        self.duck.execute(f"DELETE FROM {FILES_LOADED}")
        values = ", ".join(f"({literal(file)}, {literal(digest)})" for file, digest in work.digests.items())
        self.duck.execute(f"INSERT INTO {FILES_LOADED} VALUES {values}")


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
