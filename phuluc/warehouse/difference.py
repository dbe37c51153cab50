"""What a load must send: the files of OUT against what the target remembers of them.

A file whose bytes are those of the last load is not opened. Of the others the rows of each document are hashed, and
what is compared is the sum of a document's hashes in one table: a document that only moved to another file (an archive
that outgrew its buckets) is not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from phuluc.warehouse.shape import literal
from phuluc.warehouse.source import MODULUS, document, table_of
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Set

    import duckdb

    from phuluc.warehouse.source import Source
    from schemas.columns import Column

BATCH_ROWS = 20_000
"""Rows a batch: some 20 MB of long task rows."""

PARTS = pa.schema(
    [pa.field("file", pa.string()), pa.field("doc_id", pa.string()), pa.field("fingerprint", pa.int64())]
)
"""What a target remembers of each document in each file."""

_TABLE = "split_part(file, '/', 1)"


@dataclass(frozen=True, slots=True)
class Memory:
    """What a target remembers: the digest of every file of the last load, and of their documents (PARTS)."""

    digests: Mapping[str, str]
    parts: pa.Table


class Difference:
    """Temporary tables of one DuckDB connection, and what they come to.

    - `phuluc_changed` (tbl, doc_id): whose rows in a table are to be replaced, or to go;
    - `phuluc_parts_now` (PARTS): what to remember; `phuluc_parts_old`, `phuluc_parts_new`: how that differs from
      what is remembered (not for a new target);
    - `phuluc_documents_old`, `phuluc_documents_new` (doc_id): documents that went and that came (not for a new target).

    Attributes:
        whole: tables of which every row is sent, and nothing stays of what stands in the target.
        changed: number of documents sent, in one table or in all.
        removed: number of documents that went.
    """

    def __init__(
        self,
        source: Source,
        duck: duckdb.DuckDBPyConnection,
        memory: Memory,
        digests: Mapping[str, str],
        whole: Set[str],
    ) -> None:
        self._source = source
        self._duck = duck
        read = [
            file
            for file in source.paths
            if table_of(file) in whole or memory.digests.get(file) != digests[file]
        ]
        # DuckDB would draw one on any terminal, also into our own messages.
        duck.execute("SET enable_progress_bar = false")
        self._register("phuluc_parts", memory.parts)
        self._register(
            "phuluc_kept", pa.table({"file": pa.array(source.paths.keys() - set(read), pa.string())})
        )
        self._find(read)
        self.whole = whole
        self._files: dict[str, list[str]] = {}
        if whole >= TABLES.keys() and not memory.parts.num_rows:
            self._all_is_new()
        else:
            self._compare(whole)
            self.whole |= self._wholly_changed()
            self._files = self._files_of_changed()

    def rows(
        self, table: str, form: Callable[[Column], str] | None = None, *, every: bool = False
    ) -> str | None:
        """Give the query for the rows to send; None where the table stays or shrinks.

        Args:
            form: writes a column in the target's form; None: as it is.
            every: all rows, though the table is not in `whole`.
        """
        if every or table in self.whole:
            files = self._source.files(table)
            return self._source.rows(table, files, form) if files else None
        if not self._files.get(table):
            return None
        which = f"{document(table)} IN ({self.documents(table)})"
        return f"{self._source.rows(table, self._files[table], form)} WHERE {which}"

    def documents(self, table: str) -> str:
        """Give the query for the documents whose rows in a table are to be replaced, or to go."""
        return f"SELECT doc_id FROM phuluc_changed WHERE tbl = {literal(table)}"

    def batches(self, query: str) -> pa.RecordBatchReader:
        """Run a query and give its rows as Arrow, batch by batch."""
        return self._duck.sql(query).to_arrow_reader(BATCH_ROWS)

    def _register(self, name: str, rows: pa.Table) -> None:
        self._duck.register("phuluc_arrived", rows)
        self._make(name, "FROM phuluc_arrived")
        self._duck.unregister("phuluc_arrived")

    def _make(self, name: str, query: str) -> int:
        made = self._duck.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}").fetchall()
        return int(made[0][0])

    def _find(self, read: list[str]) -> None:
        names = {table: [file for file in read if table_of(file) == table] for table in TABLES}
        queries = [self._source.fingerprints(table, files) for table, files in names.items() if files]
        paths = {"file": read, "path": [str(self._source.paths[file]) for file in read]}
        self._register("phuluc_paths", pa.table(paths, pa.schema(dict.fromkeys(paths, pa.string()))))
        if queries:
            rows = " UNION ALL ".join(queries)
            self._make(
                "phuluc_found",
                f"SELECT file, doc_id, fingerprint FROM ({rows}) JOIN phuluc_paths USING (path)",
            )
        else:
            self._register("phuluc_found", PARTS.empty_table())

    def _all_is_new(self) -> None:
        self._make("phuluc_changed", f"SELECT DISTINCT {_TABLE} AS tbl, doc_id FROM phuluc_found")
        self._duck.execute("CREATE OR REPLACE TEMP VIEW phuluc_parts_now AS FROM phuluc_found")
        self.removed = 0
        count = "SELECT count(DISTINCT doc_id) FROM phuluc_changed"
        self.changed = int(self._duck.execute(count).fetchall()[0][0])

    def _compare(self, whole: Set[str]) -> None:
        gone = "SELECT file, doc_id, fingerprint FROM phuluc_parts WHERE file NOT IN (FROM phuluc_kept)"
        self._make("phuluc_parts_old", f"{gone} EXCEPT FROM phuluc_found")
        self._make("phuluc_parts_new", "FROM phuluc_found EXCEPT FROM phuluc_parts")
        self._make(
            "phuluc_parts_now",
            "FROM phuluc_found UNION ALL FROM phuluc_parts WHERE file IN (FROM phuluc_kept)",
        )
        before, now = (f"SELECT doc_id FROM {name}" for name in ("phuluc_parts", "phuluc_parts_now"))
        self.removed = self._make("phuluc_documents_old", f"{before} EXCEPT {now}")
        self._make("phuluc_documents_new", f"{now} EXCEPT {before}")
        self._make(
            "phuluc_changed",
            f"SELECT {_TABLE} AS tbl, doc_id FROM ("
            f"FROM phuluc_parts_new UNION ALL SELECT file, doc_id, -fingerprint FROM phuluc_parts_old"
            f") GROUP BY ALL HAVING sum(fingerprint::HUGEINT) % {MODULUS} <> 0",
        )
        for table in whole:
            self._duck.execute(
                f"INSERT INTO phuluc_changed SELECT {_TABLE}, doc_id FROM ("
                "FROM phuluc_parts UNION ALL FROM phuluc_parts_now"
                f") WHERE {_TABLE} = {literal(table)} EXCEPT FROM phuluc_changed"
            )
        sent = f"SELECT count(*) FROM (SELECT doc_id FROM phuluc_changed INTERSECT {now})"
        self.changed = int(self._duck.execute(sent).fetchall()[0][0])

    def _wholly_changed(self) -> set[str]:
        """Give the tables without a document that stays: after an upgrade of the converter, or another audit."""
        rows = self._duck.execute(
            f"SELECT tbl FROM phuluc_changed EXCEPT SELECT {_TABLE} FROM phuluc_parts_now "
            f"WHERE ({_TABLE}, doc_id) NOT IN (FROM phuluc_changed)"
        ).fetchall()
        return {str(row[0]) for row in rows}

    def _files_of_changed(self) -> dict[str, list[str]]:
        rows = self._duck.execute(
            f"SELECT DISTINCT file FROM phuluc_parts_now WHERE ({_TABLE}, doc_id) IN (FROM phuluc_changed)"
        ).fetchall()
        files: dict[str, list[str]] = {}
        for (file,) in sorted(rows):
            files.setdefault(table_of(file), []).append(file)
        return files
