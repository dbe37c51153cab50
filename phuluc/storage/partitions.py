"""The tables as Parquet in folders by code: `tasks/by_province=p79/by_year=2024/…`, for readers that skip folders.

OUT itself is cut by doc_id: a document stays in its file whatever is understood of it later, and no table needs a
column from its path. Here the path does give columns, `by_…`, which clash with none of the tables'. Codes are ASCII
and never numbers with a leading zero, which readers of paths would take for numbers.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Literal, TypeAlias

import duckdb

from phuluc.exits import UsageError
from phuluc.export import Written
from phuluc.language import say
from phuluc.storage.folder import writing_to
from phuluc.warehouse.shape import literal
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

By: TypeAlias = Literal["province", "year", "type"]

_NONE = "none"
_MARK = ".phuluc-export"
_CODES: dict[By, str] = {
    # Of today's 34 where that is known, so that papers of both eras of a province lie together.
    "province": "'p' || coalesce(province_code_34, province_code)",
    "year": "coalesce(issue_year, period_start_year)::VARCHAR",
    "type": "replace(doc_type, 'Đ', 'D')",  # QĐ, NĐ
}


def write_partitions(out: Path, by: Sequence[By], target: Path) -> Written:
    """Write every table of `out` below `target`, a folder for each code.

    The same tables give the same bytes. Raises UsageError where `out` holds no tables, or `target` what no earlier
    export wrote; TargetError where it cannot be written.
    """
    names = [name for name in TABLES if any((out / name).glob("**/*.parquet"))]
    if "documents" not in names:
        raise UsageError(say("not_an_output", out=out))
    if target.exists() and any(target.iterdir()) and not (target / _MARK).exists():
        raise UsageError(say("export.not_empty", path=target))
    rows = 0
    with writing_to(target), duckdb.connect(config={"threads": 1}) as duck:
        target.mkdir(parents=True, exist_ok=True)
        (target / _MARK).touch()
        duck.execute("SET enable_progress_bar = false")
        codes = ", ".join(f"coalesce({_CODES[each]}, '{_NONE}') AS by_{each}" for each in by)
        duck.execute(
            f"CREATE TABLE codes AS SELECT doc_id, {codes} FROM {_files(out, 'documents')} "  # noqa: S608 - names of ours
            "QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY status = 'duplicate', source_path) = 1"
        )
        for name in names:
            shutil.rmtree(target / name, ignore_errors=True)
            rows += _write(duck, out, name, by, target / name)
    return Written(target, len(names), rows)


def _write(duck: duckdb.DuckDBPyConnection, out: Path, table: str, by: Sequence[By], target: Path) -> int:
    folders = ", ".join(f"by_{each}" for each in by)
    codes = ", ".join(f"coalesce(by_{each}, '{_NONE}') AS by_{each}" for each in by)
    found = duck.execute(
        f"COPY (SELECT rows.*, {codes} FROM {_files(out, table)} rows LEFT JOIN codes USING (doc_id)) "  # noqa: S608
        f"TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({folders}))"
    ).fetchone()
    return int(found[0]) if found else 0


def _files(out: Path, table: str) -> str:
    return f"read_parquet({literal(str(out / table))} || '/**/*.parquet', hive_partitioning = false)"
