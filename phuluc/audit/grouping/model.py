"""What grouping takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class TaskText(NamedTuple):
    """One task row, as far as grouping looks at it: texts verbatim, empty cells None."""

    task_id: str
    doc_id: str
    task: str | None
    activity: str | None = None
    objective: str | None = None
    section_title: str | None = None
    product: str | None = None
    issuer: str | None = None  # documents.issuer: its words tell bodies apart, not pieces of work
    parent: str | None = None  # the text of the task it is part of
    title: str | None = None  # documents.title: says of what a bare "Báo cáo định kỳ" reports
    has_children: bool = False  # a heading whose work is in its children is not compared
    source: str = "table"  # tasks.source: table, text or prose


class Weight(NamedTuple):
    """A term and what it counts for."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two tasks are, or are not, taken for the same piece of work."""

    score: float  # 0 to 1
    action: str  # code of the shared action ("plan", "inspect"); "" where they differ
    actions: tuple[str, str]  # what each asks for
    shared: tuple[Weight, ...]  # terms both have, heaviest first
    left: tuple[Weight, ...]  # terms only the first has
    right: tuple[Weight, ...]  # terms only the second has
    parts: tuple[str, str]  # the clause of each that was compared (a cell may ask for several things)
    notes: tuple[str, ...] = ()  # codes of what raised or lowered the score: see data/notes.csv

    def text(self, lang: str = "vi") -> str:
        """Give the reason as a sentence in Vietnamese ("vi") or English ("en")."""
        from phuluc.audit.grouping.reasons import sentence  # noqa: PLC0415 - reasons are made of this class

        return sentence(self, lang)


class Member(NamedTuple):
    """A task in a group."""

    task_id: str
    doc_id: str
    score: float  # how alike it and the representative are; 1 for the representative
    representative: bool
    reason: Reason | None  # against the representative; None for the representative itself


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of at least two documents that are the same piece of work."""

    group_id: str  # hash of the members' ids
    theme: str | None  # code of data/themes.csv
    members: tuple[Member, ...]  # representative first, then in the order given


@dataclass(frozen=True, slots=True)
class GroupingSettings:
    """What a user may set."""

    threshold: float = 0.55  # least score of a pair in a group
