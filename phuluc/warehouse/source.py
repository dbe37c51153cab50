"""The converted tables as a loader sees them, through DuckDB: files, fingerprints of documents, rows as Arrow.

Nothing is held whole in memory: fingerprints and the comparison stay in DuckDB, rows come by the batch.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING

from phuluc.exits import TargetError, UsageError
from phuluc.language import say
from phuluc.warehouse.shape import literal
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from schemas.columns import Column

BATCH_ROWS = 20_000
"""Rows a batch: some 20 MB of long task rows."""


class Source:
    """The tables of one output folder, read through a DuckDB connection (the target's own, or one in memory).

    Raises UsageError where the folder holds no tables.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._paths = {table: sorted((out / table).glob("**/*.parquet")) for table in TABLES}
        if not self._paths["documents"]:
            raise UsageError(say("not_an_output", out=out))

    def read_through(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Say which connection reads; everything but `digests` needs one."""
        self._duck = connection
        # DuckDB would draw one on any terminal, also into our own messages.
        connection.execute("SET enable_progress_bar = false")

    def digests(self) -> dict[str, str]:
        """Give a hash of the bytes of every file, by path in the folder."""
        found = {}
        for path in (path for paths in self._paths.values() for path in paths):
            with path.open("rb") as stream:
                digest = blake2b(digest_size=16)
                while block := stream.read(1 << 20):
                    digest.update(block)
            found[str(path.relative_to(self.out))] = digest.hexdigest()
        return found

    def compare(self, loaded: pa.Table | None) -> tuple[int, int]:
        """Fill the temporary tables `phuluc_changed` and `phuluc_removed`; give their numbers of rows.

        Args:
            loaded: doc_id and fingerprint of what the target holds; None: all documents are to be sent.
        """
        self._duck.execute(
            "CREATE OR REPLACE TEMP TABLE phuluc_found AS "
            "SELECT doc_id, sum(part)::VARCHAR AS fingerprint FROM ("
            + " UNION ALL ".join(self._hashes(table) for table in TABLES if self._paths[table])
            + ") GROUP BY doc_id"
        )
        if loaded is None:
            self._duck.execute(
                "CREATE OR REPLACE TEMP TABLE phuluc_loaded (doc_id VARCHAR, fingerprint VARCHAR)"
            )
        else:
            self._duck.register("phuluc_arrived", loaded)
            self._duck.execute("CREATE OR REPLACE TEMP TABLE phuluc_loaded AS FROM phuluc_arrived")
            self._duck.unregister("phuluc_arrived")
        changed = self._duck.execute(
            "CREATE OR REPLACE TEMP TABLE phuluc_changed AS "
            "SELECT found.* FROM phuluc_found found LEFT JOIN phuluc_loaded loaded USING (doc_id) "
            "WHERE loaded.fingerprint IS DISTINCT FROM found.fingerprint"
        ).fetchall()[0][0]
        removed = self._duck.execute(
            "CREATE OR REPLACE TEMP TABLE phuluc_removed AS "
            "SELECT doc_id FROM phuluc_loaded WHERE doc_id NOT IN (SELECT doc_id FROM phuluc_found)"
        ).fetchall()[0][0]
        return int(changed), int(removed)

    def batches(self, query: str) -> pa.RecordBatchReader:
        """Run a query and give its rows as Arrow, batch by batch."""
        return self._duck.sql(query).to_arrow_reader(BATCH_ROWS)

    def changed_rows(
        self, table: str, *, every: bool, form: Callable[[Column], str] | None = None
    ) -> str | None:
        """Give the query for the rows of the changed documents; None where the folder has no such file.

        Args:
            every: all documents are changed, no need to look at each row.
            form: writes a column in the target's form; None: as it is.
        """
        if not self._paths[table]:
            return None
        from schemas.columnar import table_columns  # noqa: PLC0415

        columns = ", ".join(
            f"{form(column)} AS {quote(column.name)}" if form else quote(column.name)
            for column in table_columns(table)
        )
        where = "" if every else f" WHERE {DOCUMENT} IN (SELECT doc_id FROM phuluc_changed)"
        return f"SELECT {columns} FROM {self._files(table)}{where}"

    def _files(self, table: str) -> str:
        paths = ", ".join(literal(str(path)) for path in self._paths[table])
        return f"read_parquet([{paths}], hive_partitioning = false)"

    def _hashes(self, table: str) -> str:
        """Give the query for one number per document: of its rows in this table, whatever their order."""
        columns = ", ".join(map(quote, TABLES[table].column_names))
        return (
            f"SELECT {DOCUMENT} AS doc_id, sum(hash({literal(table)}, {columns})::HUGEINT) AS part "
            f"FROM {self._files(table)} GROUP BY ALL"
        )


DOCUMENT = "coalesce(doc_id, '')"
"""The document of a row; findings about no document in particular stand under ''."""


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
