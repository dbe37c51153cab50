"""What a test asks of a target, the same for each kind."""

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import deltalake
import duckdb

from schemas.columnar import table_columns
from schemas.tables import TABLES


def expected_rows(out, table):
    """Give what stands in the Parquet, maps as dicts, in order of the key."""
    from phuluc.export import read_rows

    return sorted(read_rows(out, table), key=lambda row: [str(row[name]) for name in TABLES[table].key])


def assert_equal(warehouse, out):
    """Compare a target with the Parquet, every table, row and value."""
    for table in TABLES:
        assert warehouse.rows(table) == expected_rows(out, table), table


class _Warehouse:
    def rows(self, table):
        """Give the rows of a table as dicts, maps as dicts, in order of the key."""
        rows = [self._plain(table, row) for row in self._raw(table)]
        return sorted(rows, key=lambda row: [str(row[name]) for name in TABLES[table].key])

    def contents(self):
        """Give everything a reader sees; {} where there is nothing."""
        return {table: rows for table in TABLES if (rows := self.rows(table))}

    def _plain(self, table, row):
        kinds = {column.name: column for column in table_columns(table)}
        return {name: _value(kinds[name], value) for name, value in row.items() if name in kinds}


def _value(column, value):
    if column.kind == "map" and isinstance(value, list):
        return dict(value)
    nested = column.kind in ("map", "struct") or (column.item is not None and column.item.members)
    return json.loads(value) if nested and isinstance(value, str) else value


class DuckDBWarehouse(_Warehouse):
    def __init__(self, folder):
        self.path = folder / "warehouse.duckdb"
        self.url = f"duckdb://{self.path}"

    def query(self, sql):
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def run(self, sql):
        self.query(sql)

    def state(self):
        return self.path.read_bytes()

    def _raw(self, table):
        if not self.path.exists():
            return []
        with duckdb.connect(str(self.path)) as connection:
            try:
                return connection.sql(f"FROM {table}").to_arrow_table().to_pylist()
            except duckdb.CatalogException:
                return []

    @contextmanager
    def busy(self):
        code = (
            f"import duckdb, sys; c = duckdb.connect({str(self.path)!r}); "
            "print('held', flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout.readline() == "held\n"
            yield
            process.stdin.close()


class PostgreSQLWarehouse(_Warehouse):
    """A schema of its own on the tests' server."""

    _number = 0

    def __init__(self, server):
        PostgreSQLWarehouse._number += 1
        self.name = f"w{PostgreSQLWarehouse._number}"
        with adbc.connect(server) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {self.name}")
            connection.commit()
        self.url = f"{server}&options=-csearch_path%3D{self.name}"

    def query(self, sql):
        with adbc.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def run(self, sql):
        with adbc.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            connection.commit()

    def state(self):
        return self.query(
            "SELECT relname::text, relfilenode::bigint FROM pg_class ORDER BY 1"
        ), self.contents()

    def _raw(self, table):
        with adbc.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(f"SELECT to_regclass('{table}')::text")
            if cursor.fetchone()[0] is None:
                return []
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table of ours
            return cursor.fetch_arrow_table().to_pylist()

    @contextmanager
    def busy(self):
        from phuluc.warehouse.address import parse_address
        from phuluc.warehouse.postgresql import PostgreSQLTarget

        target = PostgreSQLTarget(parse_address(self.url))
        yield
        target.close()


class DeltaWarehouse(_Warehouse):
    def __init__(self, folder):
        self.path = folder / "delta"
        self.url = f"delta://{self.path}"

    def state(self):
        return sorted(str(path) for path in self.path.rglob("*")), self.contents()

    def _raw(self, table):
        if not (Path(self.path) / table).exists():
            return []
        return deltalake.DeltaTable(str(self.path / table)).to_pyarrow_table().to_pylist()

    @contextmanager
    def busy(self):
        from phuluc.warehouse.address import parse_address
        from phuluc.warehouse.delta import DeltaTarget

        target = DeltaTarget(parse_address(self.url))
        yield
        target.close()
