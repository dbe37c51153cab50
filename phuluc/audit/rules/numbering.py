"""Running numbers of rows and sections."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from extract.labels import parse_label, split_label
from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.sequence import Step, faults

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from phuluc.audit.sequence import Fault
    from schemas.work import TaskRecord


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "numbering",
        {
            "stt_repeated": stt_repeated,
            "stt_missing": stt_missing,
            "stt_order": stt_order,
            "section_repeated": section_repeated,
            "section_missing": section_missing,
        },
    )


def stt_repeated(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two rows with the same number."""
    del thresholds
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "repeated" and fault.other is not None:
            yield _at(
                tasks[fault.at],
                values={"stt": tasks[fault.at].stt},
                related=[tasks[fault.other].task_id],
                severity=None if fault.sure else "warning",
            )


def stt_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find rows without a number among numbered ones, and numbers left out."""
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "missing":
            left_out = ", ".join(map(str, fault.numbers[:5]))
            yield _at(tasks[fault.at], values={"left_out": left_out, "stt": tasks[fault.at].stt})
        elif fault.kind == "blank" and _share_numbered(tasks) >= thresholds["numbered_share"]:
            yield _at(tasks[fault.at], message="blank")


def stt_order(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find numbers out of order."""
    del thresholds
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "order" and fault.other is not None:
            before = tasks[fault.other]
            yield _at(
                tasks[fault.at],
                values={"stt": tasks[fault.at].stt, "before": before.stt},
                related=[before.task_id],
            )


def _at(task: TaskRecord, **said: object) -> Sighting:
    words = task.task or task.activity or task.objective or ""
    return Sighting(
        doc_id=task.doc_id,
        task_id=task.task_id,
        page=task.page,
        text=f"{task.stt or ''} {words}".strip(),
        **said,  # type: ignore[arg-type] # the fields of Sighting
    )


def _share_numbered(tasks: Sequence[TaskRecord]) -> float:
    return sum(task.stt is not None for task in tasks) / len(tasks)


def _row_faults(dossier: Dossier) -> Iterator[tuple[Sequence[TaskRecord], Fault]]:
    for table_id, tasks in dossier.tasks_of.items():
        if table_id is None:
            continue
        for series in _series(tasks):
            yield from ((series, fault) for fault in faults([_step(task) for task in series]))


def _series(tasks: Sequence[TaskRecord]) -> Iterator[list[TaskRecord]]:
    """Split the rows of a table by kind of number: 1 2 3 is one, 12a 12b another, and 2.1 2.2; letters are let be."""
    series: defaultdict[Hashable, list[TaskRecord]] = defaultdict(list)
    for before, task in pairwise([None, *tasks]):
        if task is None or (before is not None and _same_row(before, task)):
            continue
        if task.stt is None:
            if task.parent_task_id is None and (task.lead or task.deadline) and task.task:
                series["arabic", ()].append(task)
            continue
        label = parse_label(task.stt)
        if label is not None and label.kind == "arabic" and label.path[-1].isdigit():
            series["arabic", label.path[:-1]].append(task)
    for name, rows in series.items():
        if any(task.stt for task in rows):
            yield rows if name == ("arabic", ()) else [task for task in rows if task.stt]


def _same_row(before: TaskRecord, task: TaskRecord) -> bool:
    """Tell whether two records are one numbered row: a task with several activities or products has one each."""
    if before.stt != task.stt:
        return task.stt is None and bool(task.task) and before.task == task.task
    return "cells_shared" in task.flags or (
        (before.task, before.objective) == (task.task, task.objective) and before.activity != task.activity
    )


def _step(task: TaskRecord) -> Step:
    label = parse_label(task.stt) if task.stt else None
    number = int(label.path[-1]) if label and label.path[-1].isdigit() else None
    return Step(number, (task.section_label, task.section_title), key(task.task or task.activity or ""))


class _Heading(NamedTuple):
    label: str
    title: str
    page: int | None
    record: str
    outer: str


_NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMANS = {numeral: number for number, numeral in enumerate(_NUMERALS.split(), start=1)}


def section_repeated(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two sections of a table with one number and different titles."""
    del thresholds
    for headings, fault in _heading_faults(dossier):
        if fault.kind == "repeated" and fault.other is not None:
            here, there = headings[fault.at], headings[fault.other]
            yield Sighting(
                values={"label": here.label, "title": here.title, "other": there.title},
                doc_id=dossier.doc_id,
                related=[there.record, here.record],
                page=here.page,
                text=f"{here.label}. {here.title}",
                severity=None if fault.sure else "warning",
            )


def section_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find numbers of sections left out, or out of order."""
    del thresholds
    for headings, fault in _heading_faults(dossier):
        if fault.kind in ("missing", "order") and fault.other is not None:
            here, there = headings[fault.at], headings[fault.other]
            yield Sighting(
                values={"label": here.label, "before": there.label},
                doc_id=dossier.doc_id,
                related=[there.record, here.record],
                page=here.page,
                text=f"{here.label}. {here.title}",
            )


def _heading_faults(dossier: Dossier) -> Iterator[tuple[Sequence[_Heading], Fault]]:
    found = [_sections_of(dossier, table.table_id) for table in dossier.tables if table.kind == "task"]
    for headings in (*found, _titles(dossier), *_prose_headings(dossier)):
        steps = [Step(_ordinal(each.label), each.outer, key(each.title)) for each in headings]
        yield from ((headings, fault) for fault in faults(steps) if fault.kind != "blank")


def _ordinal(label: str) -> int | None:
    if label in _ROMANS:
        return _ROMANS[label]
    return int(label) if label.isdigit() else None


def _sections_of(dossier: Dossier, table_id: str) -> list[_Heading]:
    """Give the sections of a task table that have Roman numbers, each once (they are repeated over page ends)."""
    found: list[_Heading] = []
    outer = ""
    for row in dossier.rows_of[table_id]:
        if row.row_kind != "section":
            continue
        cells = [cell for cell in row.cells if cell]
        label, title = (cells[0], cells[1]) if len(cells) > 1 else split_label(cells[0] if cells else "")
        parsed = parse_label(label) if label else None
        if parsed is None:
            continue
        if parsed.kind == "upper":
            outer = title
        elif parsed.kind == "roman":
            heading = _Heading(parsed.path[0], title, row.page_first, row.row_id, outer)
            if not any((each.label, key(each.title)) == (heading.label, key(title)) for each in found):
                found.append(heading)
    return found or _sections_of_tasks(dossier, table_id)


def _sections_of_tasks(dossier: Dossier, table_id: str) -> list[_Heading]:
    """Give the sections that stand in a column of their own."""
    found: dict[tuple[str, str], _Heading] = {}
    for task in dossier.tasks_of.get(table_id, ()):
        parsed = parse_label(task.section_label) if task.section_label else None
        if parsed is not None and parsed.kind == "roman":
            place = (parsed.path[0], key(task.section_title or ""))
            found.setdefault(place, _Heading(place[0], task.section_title or "", task.page, task.task_id, ""))
    return list(found.values())


def _titles(dossier: Dossier) -> list[_Heading]:
    """Give the numbered headings that stand above tables: "1. Kết quả …", "3. Về cải cách …"."""
    found: list[_Heading] = []
    appendix = ""
    for table in dossier.tables:
        for line in (table.title or "").splitlines():
            if key(line).startswith("phụ lục"):
                appendix = table.table_id
            label, title = split_label(line)
            if label and label.isdigit() and title != line:
                found.append(_Heading(label, title, table.page_first, table.table_id, appendix))
    return found


def _prose_headings(dossier: Dossier) -> Iterator[list[_Heading]]:
    """Give the headings outside tables that have Roman numbers."""
    yield [
        _Heading(heading.label, heading.title, heading.page, dossier.doc_id, "")
        for heading in dossier.headings
        if heading.label in _ROMANS
    ]
