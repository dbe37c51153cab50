"""Records that audit writes: `findings` and `task_groups`."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "info"]


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Where a finding can be seen."""

    file: Annotated[str, "source_path of the document"]
    page: Annotated[int | None, "page, counted from 1"] = None
    text: Annotated[str | None, "the words it rests on"] = None


@dataclass(slots=True, kw_only=True)
class FindingRecord:
    """Something a person should look at."""

    finding_id: Annotated[str, "hash of the rule and of what it points to"]
    rule: Annotated[str, "code of the rule that found it"]
    severity: Annotated[Severity, "error: wrong as it stands; warning: doubtful; info: worth knowing"]
    doc_id: Annotated[str | None, "document it is about"] = None
    task_id: Annotated[str | None, "task it is about"] = None
    related_ids: Annotated[list[str], "other records it compares with"] = field(default_factory=list)
    message: Annotated[str, "what is wrong, in plain words"]
    evidence: Annotated[Evidence | None, "file, page and text it can be seen in"] = None


@dataclass(slots=True, kw_only=True)
class TaskGroupRecord:
    """Membership of a task in a group of like tasks across documents."""

    group_id: Annotated[str, "hash of the group's members"]
    task_id: Annotated[str, "member"]
    doc_id: Annotated[str, "document of the member"]
    theme: Annotated[str | None, "what the group is about"] = None
    score: Annotated[float, "0 to 1: how alike the member and the representative are"]
    representative: Annotated[bool, "whether this member stands for the group"] = False
