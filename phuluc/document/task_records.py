"""Task records of a document: the rows of its task tables and the assignments of its prose, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from phuluc.document.context import plan_year_of
from schemas.ids import stable_id
from schemas.work import TaskRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.prose import ProseTask
    from extract.tables import LogicalTable, Role, TaskRow
    from normalize.deadlines import PlanYear
    from phuluc.document.records import Source
    from phuluc.document.understanding import TableContent, Understanding


@dataclass(slots=True)
class Tasks:
    """The tasks of a document.

    Attributes:
        records: in document order, `task_index` counting from 0.
        plan_years: the year of a deadline without one and where it was read, parallel to `records`.
        of_row: the task that (table index, row index) belongs to.
    """

    records: list[TaskRecord] = field(default_factory=list)
    plan_years: list[PlanYear] = field(default_factory=list)
    of_row: dict[tuple[int, int], str] = field(default_factory=dict)


def task_records(source: Source, understood: Understanding) -> Tasks:
    """Give the tasks of a document; a paragraph's come before those of a table that begins after it."""
    tasks = Tasks()
    waiting = list(understood.prose)
    said: dict[int, str] = {}
    prose_year = plan_year_of(None, understood)
    for found in understood.tables:
        while waiting and (waiting[0].passage.block or 0) < found.table.block:
            _add_prose(tasks, source, waiting.pop(0), said, prose_year)
        _add_table(tasks, source, found, plan_year_of(found, understood))
    for assignment in waiting:
        _add_prose(tasks, source, assignment, said, prose_year)
    return tasks


def _add_table(tasks: Tasks, source: Source, found: TableContent, year: PlanYear) -> None:
    ids = [
        stable_id(source.doc_id, "task", len(tasks.records) + number) for number in range(len(found.tasks))
    ]
    for task in found.tasks:
        record = _of_row(source, found.table, task, len(tasks.records), ids)
        tasks.of_row.update({(found.table.index, row): record.task_id for row in task.rows})
        tasks.records.append(record)
        tasks.plan_years.append(year)


def _of_row(source: Source, table: LogicalTable, task: TaskRow, index: int, ids: Sequence[str]) -> TaskRecord:
    def value(role: Role) -> str | None:
        return task.values.get(role) or None

    return TaskRecord(
        task_id=stable_id(source.doc_id, "task", index),
        doc_id=source.doc_id,
        table_id=stable_id(source.doc_id, "table", table.index),
        row_id=stable_id(source.doc_id, "row", table.index, task.row),
        task_index=index,
        page=table.rows[task.row].page,
        source="text" if table.method == "text" else "table",
        section_label=task.section_label,
        section_title=task.section_title,
        stt=value("stt"),
        parent_task_id=None if task.parent is None else ids[task.parent],
        level=task.level,
        has_children=task.has_children,
        objective=value("objective"),
        task=value("task"),
        activity=value("activity"),
        product=value("product"),
        lead=value("lead"),
        support=value("support"),
        oversight=value("oversight"),
        start=value("start"),
        deadline=value("deadline"),
        status=value("status"),
        funding=value("funding"),
        note=value("note"),
        extra=task.extra,
        confidence=task.confidence,
        flags=list(task.flags),
    )


def _add_prose(
    tasks: Tasks, source: Source, assignment: ProseTask, said: dict[int, str], year: PlanYear
) -> None:
    """Add one assignment; `said` holds the ids of those before it, by their place in `Understanding.prose`."""
    index = len(tasks.records)
    passage = assignment.passage
    section = passage.sections[-1] if passage.sections else None
    parent = None if assignment.parent is None else said[assignment.parent]
    record = TaskRecord(
        task_id=stable_id(source.doc_id, "task", index),
        doc_id=source.doc_id,
        task_index=index,
        page=passage.page,
        source="prose",
        section_label=section.label if section else None,
        section_title=section.title if section else None,
        parent_task_id=parent,
        level=1 if parent is None else 2,
        has_children=assignment.has_children,
        task=assignment.task,
        lead=assignment.lead,
        support=assignment.support,
        deadline=assignment.deadline,
        confidence=assignment.confidence,
    )
    said[len(said)] = record.task_id
    tasks.records.append(record)
    tasks.plan_years.append(year)
