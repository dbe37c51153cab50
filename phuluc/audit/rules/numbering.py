"""Running numbers of rows and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.work import TaskRecord


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described("numbering", {"stt_repeated": stt_repeated})


def stt_repeated(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two rows of one section with the same number."""
    del thresholds
    first: dict[tuple[object, ...], TaskRecord] = {}
    for task in dossier.tasks:
        if task.stt is None:
            continue
        place = (task.table_id, task.section_label, task.section_title, task.stt)
        other = first.setdefault(place, task)
        if other is not task and other.task != task.task:
            yield Sighting(
                values={"stt": task.stt},
                doc_id=task.doc_id,
                task_id=task.task_id,
                related=[other.task_id],
                page=task.page,
                text=f"{task.stt} {task.task or ''}",
            )
