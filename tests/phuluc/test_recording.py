"""A bug in a normaliser costs its own table, never the tasks that were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from phuluc.document import recording
from phuluc.document.pipeline import convert_document
from phuluc.document.records import Options, Source

PLAN = Path(__file__).parent.parent.parent / "samples" / "so-khcn-tien-giang-ke-hoach-cchc-2020.txt"


def _source() -> Source:
    return Source(PLAN, PLAN.name, "0" * 64, PLAN.stat().st_size)


def test_a_bug_in_one_table_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[object]:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr(recording, "unit_records", broken)
    records = convert_document(_source(), Options())
    assert (sum(task.source == "text" for task in records.tasks), records.units) == (24, [])
    assert len(records.deadlines) >= 24
    (document,) = records.documents
    assert (document.status, [error.code for error in document.errors]) == ("partial", ["internal_error"])
    assert document.errors[0].message.startswith("units are missing: IndexError: tuple index out of range")


def test_ids_are_the_same_on_a_second_run() -> None:
    first, second = (convert_document(_source(), Options()) for _ in range(2))
    assert first == second
    ids = [row.row_id for row in first.rows] + [task.task_id for task in first.tasks]
    assert len(set(ids)) == len(ids)


def test_prose_tasks_stand_in_document_order() -> None:
    records = convert_document(_source(), Options())
    assert [task.task_index for task in records.tasks] == list(range(len(records.tasks)))
    reporting = [
        task for task in records.tasks if task.source == "prose" and "quý 1" in (task.deadline or "")
    ]
    (task,) = reporting
    parts = [part for part in records.deadlines if part.task_id == task.task_id]
    assert [str(part.end_date) for part in parts] == ["2020-02-26", "2020-05-26", "2020-08-26", "2020-11-20"]
    assert records.tasks.index(task) < next(i for i, t in enumerate(records.tasks) if t.source == "text")


def test_every_task_points_to_its_row_and_has_a_deadline() -> None:
    records = convert_document(_source(), Options())
    rows = {row.row_id: row for row in records.rows}
    from_tables = [task for task in records.tasks if task.source != "prose"]
    assert all(rows[task.row_id or ""].row_kind == "body" for task in from_tables)
    assert {deadline.task_id for deadline in records.deadlines} == {task.task_id for task in records.tasks}


def test_bodies_of_ones_own_are_known(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text(
        "name,class_id,canonical\nPhòng QLCN&ChN,sub.p_rieng,Phòng của chúng tôi\n", encoding="utf-8"
    )
    records = convert_document(_source(), Options(gazetteer=str(file)))
    (unit,) = (unit for unit in records.units if unit.text == "Phòng QLCN&ChN")
    assert (unit.class_id, unit.canonical_name) == ("sub.p_rieng", "Phòng của chúng tôi")
