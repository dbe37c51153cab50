"""Writing `findings` and `task_groups`: both tables at once, and the same input gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.arrow import to_arrow
from schemas.review import TaskGroupRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from phuluc.audit.grouping.model import TaskGroup
    from phuluc.storage.store import Store
    from schemas.review import FindingRecord


def write_tables(store: Store, findings: Sequence[FindingRecord], groups: Iterable[TaskGroup]) -> None:
    """Replace both tables in one step; raises TargetError."""
    tables = {
        "findings": to_arrow("findings", findings),
        "task_groups": to_arrow("task_groups", _rows(groups)),
    }
    store.write_audit(tables)
    store.describe()


def _rows(groups: Iterable[TaskGroup]) -> list[TaskGroupRecord]:
    return [
        TaskGroupRecord(
            group_id=group.group_id,
            task_id=member.task_id,
            doc_id=member.doc_id,
            theme=group.theme,
            score=member.score,
            representative=member.representative,
        )
        for group in groups
        for member in group.members
    ]
