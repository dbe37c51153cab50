"""What is kept of every task of the corpus: its words for grouping, its brief for rules over groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.dossier import GroupView, TaskBrief
from phuluc.audit.grouping import GroupingSettings, TaskText, group_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.grouping import TaskGroup
    from schemas.work import TaskRecord


class TaskStore:
    """The tasks of all documents, small."""

    def __init__(self) -> None:
        self._texts: list[TaskText] = []
        self._briefs: dict[str, TaskBrief] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def keep(self, dossier: Dossier) -> None:
        """Keep the tasks of a document."""
        parents = {task.task_id: task.activity or task.task for task in dossier.tasks if task.has_children}
        for task in dossier.tasks:
            self._texts.append(_text(task, dossier, parents.get(task.parent_task_id or "")))
            self._briefs[task.task_id] = _brief(task, dossier)

    def group(self) -> list[TaskGroup]:
        """Group like tasks across documents."""
        return group_tasks(self._texts, GroupingSettings())

    def views(self, groups: Iterable[TaskGroup]) -> Iterator[GroupView]:
        """Give each group as rules see it."""
        for group in groups:
            members = tuple(self._briefs[member.task_id] for member in group.members)
            yield GroupView(group.group_id, group.theme, members)


def _text(task: TaskRecord, dossier: Dossier, parent: str | None) -> TaskText:
    return TaskText(
        task_id=task.task_id,
        doc_id=task.doc_id,
        task=task.task,
        activity=task.activity,
        objective=task.objective,
        section_title=task.section_title,
        product=task.product,
        issuer=dossier.document.issuer,
        parent=parent,
        title=dossier.document.title,
        has_children=task.has_children,
        source=task.source,
    )


def _brief(task: TaskRecord, dossier: Dossier) -> TaskBrief:
    document = dossier.document
    ends = (part.end_date.isoformat() for part in dossier.deadlines_of[task.task_id] if part.end_date)
    leads = (
        unit.class_id for unit in dossier.units_of[task.task_id] if unit.role == "lead" and unit.class_id
    )
    return TaskBrief(
        task_id=task.task_id,
        doc_id=task.doc_id,
        issuer_class=document.issuer_class_id,
        body=f"{document.issuer}@{document.province_code_34}"
        if document.issuer and document.province_code_34
        else None,
        issued=document.issue_date.isoformat() if document.issue_date else None,
        doc_type=document.promulgates or document.doc_type,
        year=document.period_start_year or document.issue_year,
        page=task.page,
        text=task.activity or task.task or task.objective or "",
        lead=task.lead,
        lead_classes=tuple(dict.fromkeys(leads)),
        product=task.product,
        deadline=task.deadline,
        ends=tuple(ends),
        status=task.status,
    )
