"""The tables as a whole: columns nobody fills, codes outside their lists, documents and values unlike the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, get_args

from normalize.places import Era, provinces
from normalize.symbols import type_of
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.rules.assignments import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds

_FIELDS = ("stt", "product", "lead", "support", "deadline", "status", "funding", "note", "oversight", "start")


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "corpus",
        {
            "column_empty": column_empty,
            "column_absent": column_absent,
            "plan_without_tasks": plan_without_tasks,
            "field_mostly_empty": FieldMostlyEmpty,
            "code_unknown": code_unknown,
            "size_unusual": SizeUnusual,
            "deadline_far": deadline_far,
        },
    )


def column_empty(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a column with a heading and next to nothing in it."""
    for table in dossier.tables:
        tasks = dossier.tasks_of.get(table.table_id, [])
        if table.kind != "task" or len(tasks) < thresholds["fewest_rows"]:
            continue
        for heading, role in zip(table.header, table.column_roles, strict=False):
            if role not in _FIELDS or heading is None:
                continue
            filled = sum(not is_empty(getattr(task, role)) for task in tasks)
            if filled < (1 - thresholds["share"]) * len(tasks):
                yield Sighting(
                    values={"heading": heading, "filled": filled, "rows": len(tasks)},
                    doc_id=dossier.doc_id,
                    related=[table.table_id],
                    page=table.page_first,
                    text=heading,
                )


def column_absent(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a plan's table of tasks that has no column for who does it or by when."""
    for table in dossier.tables:
        if table.kind != "task" or not dossier.is_plan or table.row_count < thresholds["fewest_rows"]:
            continue
        for role in ("lead", "deadline"):
            tasks = dossier.tasks_of.get(table.table_id, [])
            if role not in table.column_roles and tasks and not any(getattr(task, role) for task in tasks):
                yield Sighting(
                    message=role,
                    doc_id=dossier.doc_id,
                    related=[table.table_id],
                    page=table.page_first,
                    text=" | ".join(heading or "" for heading in table.header),
                )


def plan_without_tasks(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a plan in which no task was found: it may have been read badly, or its appendix is missing."""
    del thresholds
    if dossier.is_plan and not dossier.tasks:
        yield Sighting(doc_id=dossier.doc_id, text=dossier.document.title)


class FieldMostlyEmpty:
    """Columns of the corpus that hardly any task fills, though tables have them."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._filled: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()

    def see(self, dossier: Dossier) -> None:
        """Count the cells of the columns a document's tables have."""
        for table in dossier.tables:
            if table.kind != "task":
                continue
            tasks = dossier.tasks_of.get(table.table_id, [])
            for role in {role for role in table.column_roles if role in _FIELDS}:
                self._rows[role] += len(tasks)
                self._filled[role] += sum(not is_empty(getattr(task, role)) for task in tasks)

    def conclude(self) -> Iterator[Sighting]:
        """Give the columns below the threshold."""
        for role in _FIELDS:
            rows, filled = self._rows[role], self._filled[role]
            if rows >= self._thresholds["fewest_rows"] and filled < (1 - self._thresholds["share"]) * rows:
                yield Sighting(values={"field": role, "filled": filled, "rows": rows})


def code_unknown(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find codes that stand in no list: tables changed by hand, or written by another version."""
    del thresholds
    document = dossier.document
    codes = {(province.era, province.code) for era in get_args(Era) for province in provinces(era)}
    wrong: list[tuple[str, str]] = []
    if document.doc_type and type_of(document.doc_type) is None:
        wrong.append(("doc_type", document.doc_type))
    place = (document.province_era, document.province_code)
    if document.province_code and document.province_era and place not in codes:
        wrong.append(("province_code", document.province_code))
    if document.province_code_34 and ("34", document.province_code_34) not in codes:
        wrong.append(("province_code_34", document.province_code_34))
    for column, value in wrong:
        yield Sighting(values={"column": column, "value": value}, doc_id=dossier.doc_id, text=value)


class _Size(NamedTuple):
    doc_id: str
    tasks: int


class SizeUnusual:
    """Documents with far more or far fewer tasks than others of their type: often read badly."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._sizes: defaultdict[str, list[_Size]] = defaultdict(list)

    def see(self, dossier: Dossier) -> None:
        """Note how many tasks a document has."""
        if dossier.tasks:
            kind = dossier.document.promulgates or dossier.document.doc_type or ""
            self._sizes[kind].append(_Size(dossier.doc_id, len(dossier.tasks)))

    def conclude(self) -> Iterator[Sighting]:
        """Compare with the median, in medians of the distance from it."""
        for sizes in self._sizes.values():
            if len(sizes) < self._thresholds["fewest_documents"]:
                continue
            middle = median(size.tasks for size in sizes)
            spread = median(abs(size.tasks - middle) for size in sizes) or 1.0
            for size in sizes:
                if abs(size.tasks - middle) > self._thresholds["spreads"] * spread:
                    yield Sighting(values={"tasks": size.tasks, "median": f"{middle:g}"}, doc_id=size.doc_id)


def deadline_far(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find dates decades away from the document: nearly always a digit wrong."""
    year = dossier.document.issue_year or dossier.document.period_start_year
    if year is None:
        return
    pages = {task.task_id: task.page for task in dossier.tasks}
    for part in dossier.deadlines:
        for day in (part.end_date, part.start_date):
            if day is not None and abs(day.year - year) > thresholds["years"]:
                yield Sighting(
                    values={"text": part.text, "year": year},
                    doc_id=dossier.doc_id,
                    task_id=part.task_id,
                    related=[part.deadline_id],
                    page=pages.get(part.task_id),
                    text=part.text,
                )
                break
