"""Who does it: cells left empty, bodies named twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from normalize.organisations.gazetteer import standard
from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.work import TaskRecord, UnitRecord

Field: TypeAlias = Literal["lead", "deadline", "product"]
_OTHERS = regex.compile(r"\b(?:khác|còn lại|liên quan)\b")
_PLACEHOLDERS = frozenset({"", "-", "–", "—", "…", "...", "x", "//", "nt", "?"})


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "assignments",
        {
            "lead_missing": lead_missing,
            "deadline_missing": deadline_missing,
            "product_missing": product_missing,
            "lead_also_support": lead_also_support,
            "unit_twice": unit_twice,
        },
    )


def lead_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find tasks for which nobody is responsible in a table that names who is."""
    return _missing(dossier, "lead", thresholds)


def deadline_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find tasks without a time in a table that gives times."""
    return _missing(dossier, "deadline", thresholds)


def product_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find tasks without a product in a table that names products."""
    return _missing(dossier, "product", thresholds)


def is_empty(text: str | None) -> bool:
    """Tell whether a cell says nothing: empty, or a dash."""
    return text is None or text.strip().casefold() in _PLACEHOLDERS


def _missing(dossier: Dossier, field: Field, thresholds: Thresholds) -> Iterator[Sighting]:
    for table in dossier.tables:
        if table.kind != "task" or field not in table.column_roles:
            continue
        tasks = [task for task in dossier.tasks_of.get(table.table_id, ()) if _is_work(task)]
        lacking = [task for task in tasks if is_empty(getattr(task, field))]
        # Where most rows lack it the column is empty as a whole: `column_empty` says so once.
        if not lacking or len(lacking) > thresholds["share"] * len(tasks):
            continue
        for task in lacking:
            yield Sighting(
                doc_id=task.doc_id,
                task_id=task.task_id,
                related=[task.row_id] if task.row_id else [],
                page=task.page,
                text=_name(task),
            )


def _is_work(task: TaskRecord) -> bool:
    """Tell a task from a heading: a row with nothing but words, or whose work stands in its children."""
    said = [task.lead, task.support, task.deadline, task.product]
    return not task.has_children and sum(not is_empty(cell) for cell in said) >= 1


def _name(task: TaskRecord) -> str:
    words = task.activity or task.task or task.objective or ""
    return f"{task.stt}. {words}" if task.stt else words


def lead_also_support(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a body that leads a task and supports itself."""
    del thresholds
    for task in dossier.tasks:
        if task.lead is None or task.support is None or task.table_id is None:
            continue
        if "lead_support_merged" in task.flags:  # one cell over both columns: its author did not part them
            continue
        if key(task.lead).strip(" .;") == key(task.support).strip(" .;") and not is_empty(task.lead):
            groups = all(unit.kind == "group" for unit in dossier.units_of[task.task_id])
            yield _sighted(task, task.lead, "same_cell", "warning" if groups else None)
            continue
        leads: defaultdict[str, list[UnitRecord]] = defaultdict(list)
        for unit in dossier.units_of[task.task_id]:
            if unit.role == "lead" and (name := _identity(unit)):
                leads[name].append(unit)
        told: set[str] = set()
        for unit in dossier.units_of[task.task_id]:
            name = _identity(unit)
            if unit.role == "support" and name in leads and name not in told:
                told.add(name or "")
                other = leads[name or ""][0]
                sure = unit.kind == "unit" and unit.position is None and other.position is None
                yield _sighted(task, unit.text, "message", None if sure else "warning")


def _sighted(task: TaskRecord, unit: str, message: str, severity: Literal["warning"] | None) -> Sighting:
    return Sighting(
        message=message,
        values={"unit": unit},
        doc_id=task.doc_id,
        task_id=task.task_id,
        related=[task.row_id] if task.row_id else [],
        page=task.page,
        text=f"{task.lead} | {task.support}",
        severity=severity,
    )


def _identity(unit: UnitRecord) -> str | None:
    """Name the one body a mention stands for; None for groups and for what may be several bodies.

    "Các phòng, đơn vị" beside "Văn phòng" is how plans say "all others". A name with a place ("UBND xã An Hòa") is
    known by its words, a class alone would make one of two communes.
    """
    if unit.kind != "unit" or unit.class_id is None or unit.basis in (None, "fuzzy", "initials"):
        return None
    if _OTHERS.search(key(unit.text)):
        return None
    # "bo.cuc*" stands for every department of that kind.
    named = not unit.class_id.endswith("*") and unit.class_id.startswith(
        ("sub.", "so.", "bo.", "tinh.", "dang.")
    )
    if named and unit.class_id in standard().by_class:
        return unit.entity_id or unit.class_id
    return f"{unit.class_id} {key(unit.text)}"


def unit_twice(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a body named twice in one cell."""
    del thresholds
    for task in dossier.tasks:
        seen: dict[tuple[str, str], UnitRecord] = {}
        for unit in dossier.units_of[task.task_id]:
            name = _identity(unit)
            if name is None or unit.position is not None:
                continue
            other = seen.setdefault((unit.role, name), unit)
            if other is not unit:
                yield Sighting(
                    values={"unit": unit.text},
                    doc_id=task.doc_id,
                    task_id=task.task_id,
                    related=[other.unit_mention_id, unit.unit_mention_id],
                    page=task.page,
                    text=task.lead if unit.role == "lead" else task.support,
                )
