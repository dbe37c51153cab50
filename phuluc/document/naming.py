"""The normal forms beside the raw cells: deadlines and organisations of task records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalize.deadlines import parse_deadline
from normalize.organisations import UnitContext, parse_units
from schemas.ids import stable_id
from schemas.work import DeadlineRecord, UnitRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from normalize.deadlines import Deadline, DeadlinePart, PlanYear
    from schemas.work import TaskRecord, UnitRole

_ROLES: tuple[UnitRole, ...] = ("lead", "support", "oversight")
# Offsets in hours have no column; they stand in the text.
_UNITS_OF_COLUMN = ("day", "working_day", "week", "month", "year")


def deadline_records(tasks: Sequence[TaskRecord], plan_years: Sequence[PlanYear]) -> Iterator[DeadlineRecord]:
    """Give the parts of every task's deadline, at least one each; `plan_years` is parallel to `tasks`.

    A task whose deadline took its year from elsewhere gets the flag `year_from_…`, and `plan_year_conflict`
    where the texts of the document name different years.
    """
    for task, year in zip(tasks, plan_years, strict=True):
        parsed = parse_deadline(task.deadline or "", year.year, task_text=task.task)
        opened = parse_deadline(task.start, year.year) if task.start else None
        if year.source and any(part.year_inferred for part in parsed.parts):
            task.flags.append(f"year_from_{year.source}")
            if year.conflict:
                task.flags.append("plan_year_conflict")
        interval = _interval(opened, parsed) if opened else None
        for index, part in enumerate(parsed.parts):
            yield _deadline(task, index, parsed, part, interval)


def _interval(opened: Deadline, closed: Deadline) -> tuple[date, date] | None:
    """Join a start cell and an end cell of one date each; None where either says more or less."""
    if len(opened.parts) != 1 or len(closed.parts) != 1:
        return None
    start = opened.parts[0].start or opened.parts[0].end
    end = closed.parts[0].end or closed.parts[0].start
    return (start, end) if start and end and start <= end else None


def _deadline(
    task: TaskRecord, index: int, parsed: Deadline, part: DeadlinePart, interval: tuple[date, date] | None
) -> DeadlineRecord:
    first, last = part.span
    offset = part.offset
    return DeadlineRecord(
        deadline_id=stable_id(task.doc_id, "deadline", task.task_index, index),
        task_id=task.task_id,
        doc_id=task.doc_id,
        part_index=index,
        text=(task.deadline[first:last] or task.deadline) if task.deadline else None,
        label=part.label or part.extension.label_hint,
        type="interval" if interval else part.type,
        comparator=None if interval else part.comparator,
        start_date=interval[0] if interval else part.start,
        end_date=interval[1] if interval else part.end,
        recurrence=part.recurrence,
        offset_n=offset.n if offset else None,
        offset_unit=offset.unit if offset and offset.unit in _UNITS_OF_COLUMN else None,  # type: ignore[arg-type] # hours are ruled out
        anchor_event=offset.anchor_event if offset else None,
        reference=part.extension.reference,
        precision=part.precision,
        year_inferred=part.year_inferred,
        status=parsed.status,
        reason=part.extension.reason or parsed.reason,
        confidence=round(part.confidence, 3),
    )


def unit_records(tasks: Sequence[TaskRecord], context: UnitContext) -> Iterator[UnitRecord]:
    """Give the organisations every task names, cell by cell, in the order of the text."""
    for task in tasks:
        for role in _ROLES:
            cell: str | None = getattr(task, role)
            if not cell:
                continue
            for index, unit in enumerate(parse_units(cell, context)):
                yield UnitRecord(
                    unit_mention_id=stable_id(task.doc_id, "unit", task.task_index, role, index),
                    task_id=task.task_id,
                    doc_id=task.doc_id,
                    role=role,
                    part_index=index,
                    text=unit.surface,
                    start=unit.start,
                    end=unit.end,
                    kind=unit.kind,
                    class_id=unit.class_id,
                    canonical_name=unit.canonical,
                    entity_id=unit.entity_id,
                    scope=unit.table_scope,
                    position=unit.position,
                    member_count=unit.count,
                    basis=unit.basis,
                    confidence=round(unit.confidence, 3),
                )
