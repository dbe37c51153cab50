"""The tables as XLSX, CSV or JSON lines: lists and maps as JSON text, formulas made harmless."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from phuluc.exits import UsageError
from phuluc.language import say
from phuluc.storage.folder import writing_to
from phuluc.storage.light_arrow import import_arrow_without_pandas
from phuluc.table_headings import column_headings
from schemas.columnar import table_columns
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Rows: TypeAlias = Iterator[dict[str, object]]

Format: TypeAlias = Literal["xlsx", "csv", "jsonl"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by spreadsheet programs (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote."""

    path: Path
    tables: int
    rows: int


def export(out: Path, form: Format, target: Path | None) -> Written:
    """Write every table of `out` that has files; raises UsageError where there are none."""
    names = [name for name in TABLES if any((out / name).glob("**/*.parquet"))]
    if "documents" not in names:
        raise UsageError(say("not_an_output", out=out))
    target = target or out / ("export.xlsx" if form == "xlsx" else "export")
    tables = {name: read_rows(out, name) for name in names}
    with writing_to(target):
        if form == "xlsx":
            from phuluc.workbook import write_workbook  # noqa: PLC0415 - openpyxl, 0.2 s

            target.parent.mkdir(parents=True, exist_ok=True)
            rows = write_workbook(target, tables)
        else:
            target.mkdir(parents=True, exist_ok=True)
            write = _write_csv if form == "csv" else _write_jsonl
            rows = sum(write(target, name, each) for name, each in tables.items())
    return Written(target, len(names), rows)


def read_rows(out: Path, table: str) -> Rows:
    """Give the rows of a table, maps as dicts, a bounded number in memory."""
    import_arrow_without_pandas()
    from phuluc.storage.parquet import read_table  # noqa: PLC0415 - pyarrow

    maps = [column.name for column in table_columns(table) if column.kind == "map"]
    for path in sorted((out / table).glob("**/*.parquet")):
        for batch in read_table(table, path).to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                yield row | {name: dict(row[name]) for name in maps}


def flat(value: object) -> object:
    """Give a value as one cell can hold it: lists and maps as JSON text."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_json_value)
    return value


def _write_jsonl(target: Path, table: str, rows: Rows) -> int:
    written = 0
    with (target / f"{table}.jsonl").open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False, default=_json_value) + "\n")
            written += 1
    return written


def _write_csv(target: Path, table: str, rows: Rows) -> int:
    written = 0
    # utf-8-sig: without the mark Excel takes the file for a Windows code page and breaks every accent.
    with (target / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        # Quoted: where the semicolon separates (Excel in Vietnamese), "a; =1+1" would be two cells, one a formula.
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(column_headings(table))
        for row in rows:
            writer.writerow([_harmless(flat(value)) for value in row.values()])
            written += 1
    return written


def _harmless(value: object) -> object:
    # Excel passes over blanks before the sign.
    if isinstance(value, str) and (
        value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
    ):
        return "'" + value
    return value


def _json_value(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
