"""What the ready-made views answer, against pandas over the Parquet: another way to the same numbers."""

import pandas as pd
import pytest
from warehouses import DuckDBWarehouse, PostgreSQLWarehouse

from phuluc.export import read_rows
from phuluc.warehouse.load import load


@pytest.fixture(params=["duckdb", "postgresql"])
def database(request, tmp_path, samples):
    found = (
        PostgreSQLWarehouse(request.getfixturevalue("server"))
        if request.param == "postgresql"
        else DuckDBWarehouse(tmp_path)
    )
    load(samples, found.url)
    return found


@pytest.fixture(scope="module")
def frames(samples):
    tables = {
        table: pd.DataFrame(list(read_rows(samples, table)))
        for table in ("documents", "tasks", "deadlines", "units")
    }
    tables["documents"] = tables["documents"].query("status != 'duplicate'")
    tables["deadlines"]["end_date"] = pd.to_datetime(tables["deadlines"]["end_date"])
    assert len(tables["documents"]) == tables["documents"]["doc_id"].nunique()
    return tables


def _rows(frame, *columns):
    plain = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return sorted((tuple(row) for row in plain.itertuples(index=False)), key=str)


def _asked(database, view, *columns):
    return sorted(database.query(f"SELECT {', '.join(columns)} FROM {view}"), key=str)  # noqa: S608


def test_tasks_by_month(database, frames):
    dated = frames["deadlines"].dropna(subset=["end_date"])[["task_id", "end_date"]]
    leads = frames["units"].query("role == 'lead'")[["task_id", "class_id"]]
    found = dated.merge(frames["tasks"][["task_id", "doc_id"]], on="task_id").merge(
        leads, on="task_id", how="left"
    )
    found = found.merge(frames["documents"][["doc_id", "province_name"]], on="doc_id")
    found["due_month"] = found["end_date"].dt.strftime("%Y-%m-01")
    expected = _rows(found, "due_month", "class_id", "province_name", "task_id")
    assert len(expected) > 100
    columns = ("CAST(due_month AS VARCHAR)", "unit_class_id", "province_name", "task_id")
    assert _asked(database, "tasks_by_month", *columns) == expected


def test_tasks_overdue(database, frames):
    deadlines = frames["deadlines"]
    by_task = deadlines.groupby("task_id")
    whole = by_task["end_date"].apply(lambda dates: dates.notna().all()) & by_task["recurrence"].apply(
        lambda rules: rules.isna().all()
    )
    last = by_task["end_date"].max()[whole]
    late = last[last < pd.Timestamp.today().normalize()]
    found = frames["tasks"].merge(late.rename("last"), left_on="task_id", right_index=True)
    done = found["status"].fillna("").str.casefold().str.match("hoàn thành|đã |xong")
    undone = found["status"].fillna("").str.casefold().str.contains("chưa|một phần|^đã quá hạn")
    expected = _rows(found[~(done & ~undone)], "task_id")
    assert len(expected) > 50
    assert _asked(database, "tasks_overdue", "task_id") == expected


def test_tasks_incomplete(database, frames):
    tasks = frames["tasks"][["task_id", "lead", "deadline"]]
    lacks = tasks[["lead", "deadline"]].isna().apply(lambda row: ", ".join(row.index[row]), axis=1)
    expected = _rows(tasks.assign(lacks=lacks)[lacks != ""], "lacks", "task_id")
    assert expected
    assert _asked(database, "tasks_incomplete", "lacks", "task_id") == expected


def test_unit_workload(database, frames):
    units = frames["units"].merge(frames["documents"][["doc_id", "province_name"]], on="doc_id")
    units["unit"] = units["entity_id"].fillna(units["class_id"]).fillna(units["text"])
    found = units.merge(frames["deadlines"][["task_id", "end_date"]], on="task_id", how="left")
    found["due_year"], found["due_month"] = found["end_date"].dt.year, found["end_date"].dt.month
    keys = ["due_year", "due_month", "unit", "role", "province_name"]
    counted = found.groupby(keys, dropna=False)["task_id"].nunique().rename("tasks").reset_index()
    expected = _rows(counted, *keys, "tasks")
    assert len(expected) > 100
    assert _asked(database, "unit_workload", *keys, "tasks") == expected
