"""A bug in a normaliser costs its own table, never the tasks that were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from phuluc import recording
from phuluc.pipeline import convert_document
from phuluc.records import Options, Source

PLAN = Path(__file__).parent.parent.parent / "samples" / "so-khcn-tien-giang-ke-hoach-cchc-2020.txt"


def _source() -> Source:
    return Source(PLAN, PLAN.name, "0" * 64, PLAN.stat().st_size)


def test_a_bug_in_one_table_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[object]:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr(recording, "unit_records", broken)
    records = convert_document(_source(), Options())
    assert (len(records.tasks), records.units) == (24, [])
    assert len(records.deadlines) >= 24
    (document,) = records.documents
    assert (document.status, [error.code for error in document.errors]) == ("partial", ["internal_error"])
    assert document.errors[0].message.startswith("units are missing: IndexError: tuple index out of range")


def test_ids_are_the_same_on_a_second_run() -> None:
    first, second = (convert_document(_source(), Options()) for _ in range(2))
    assert first == second
    ids = [row.row_id for row in first.rows] + [task.task_id for task in first.tasks]
    assert len(set(ids)) == len(ids)


def test_every_task_points_to_its_row_and_has_a_deadline() -> None:
    records = convert_document(_source(), Options())
    rows = {row.row_id: row for row in records.rows}
    assert all(task.row_id in rows and rows[task.row_id].row_kind == "body" for task in records.tasks)
    assert {deadline.task_id for deadline in records.deadlines} == {task.task_id for task in records.tasks}
