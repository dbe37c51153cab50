"""One document as a rule sees it: every record of it, with the ways from one to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from normalize.symbols import parse_symbol
from phuluc.audit.abbreviations import Usage, usages
from phuluc.audit.years import years_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extract.passages import Passage, Section
    from schemas.content import CitationRecord, IndicatorRecord, TargetRecord
    from schemas.document import DocumentRecord
    from schemas.layout import RowRecord, TableRecord
    from schemas.work import DeadlineRecord, TaskRecord, UnitRecord


_PLANS = frozenset({"KH", "CTr", "ĐA", "PA"})


class Heading(NamedTuple):
    """A heading outside tables: "II", "Nhiệm vụ", its level (1 = outermost), its page."""

    label: str
    title: str
    level: int
    page: int | None
    outer: str  # the headings above it


def _path(sections: Sequence[Section]) -> str:
    return " / ".join(f"{section.label or ''} {section.title}" for section in sections)


@dataclass(frozen=True)
class Dossier:
    """All records of one document, each list in reading order."""

    document: DocumentRecord
    tables: Sequence[TableRecord] = ()
    rows: Sequence[RowRecord] = ()
    tasks: Sequence[TaskRecord] = ()
    deadlines: Sequence[DeadlineRecord] = ()
    units: Sequence[UnitRecord] = ()
    indicators: Sequence[IndicatorRecord] = ()
    targets: Sequence[TargetRecord] = ()
    citations: Sequence[CitationRecord] = ()
    passages: Sequence[Passage] = ()  # its paragraphs, where its file is at hand

    @property
    def doc_id(self) -> str:
        """The document's id."""
        return self.document.doc_id

    @cached_property
    def is_plan(self) -> bool:
        """Whether it sets work to be done, promulgates an act that does, or is the appendix of one."""
        kind = self.document.promulgates or self.document.doc_type
        if kind is None and (act := parse_symbol(self.document.attached_to or "")):
            kind = act.doc_type
        return kind in _PLANS

    @cached_property
    def plan_year(self) -> int | None:
        """The year it is for; None where it is for several or does not say."""
        first, last = self.document.period_start_year, self.document.period_end_year
        named = years_of(self.document.title)
        if named.single or named.spans:
            return named.only()
        return first if first == last else None

    @cached_property
    def headings(self) -> Sequence[Heading]:
        """The numbered headings among the paragraphs."""
        return [
            Heading(section.label, section.title, section.level, passage.page, _path(passage.sections[:-1]))
            for passage in self.passages
            if passage.heading and (section := passage.sections[-1]).label
        ]

    @cached_property
    def texts(self) -> Sequence[tuple[str, int | None]]:
        """Its paragraphs, and then its cells without headings of columns, each text once, with their pages."""
        cells: dict[str, int | None] = {}
        for row in self.rows:
            if row.row_kind != "header":
                for cell in row.cells:
                    if cell:
                        cells.setdefault(cell, row.page_first)
        prose = [(passage.text, passage.page) for passage in self.passages if passage.block is not None]
        return [*prose, *cells.items()]

    @cached_property
    def abbreviations(self) -> Sequence[Usage]:
        """Every use of an abbreviation in its texts."""
        return list(usages(text for text, _ in self.texts))

    @cached_property
    def deadlines_of(self) -> Mapping[str, list[DeadlineRecord]]:
        """The parts of each task's deadline."""
        found: dict[str, list[DeadlineRecord]] = {task.task_id: [] for task in self.tasks}
        for deadline in self.deadlines:
            found.setdefault(deadline.task_id, []).append(deadline)
        return found

    @cached_property
    def units_of(self) -> Mapping[str, list[UnitRecord]]:
        """The organisations named for each task."""
        found: dict[str, list[UnitRecord]] = {task.task_id: [] for task in self.tasks}
        for unit in self.units:
            found.setdefault(unit.task_id, []).append(unit)
        return found

    @cached_property
    def rows_of(self) -> Mapping[str, list[RowRecord]]:
        """The rows of each table."""
        found: dict[str, list[RowRecord]] = {table.table_id: [] for table in self.tables}
        for row in self.rows:
            found.setdefault(row.table_id, []).append(row)
        return found

    @cached_property
    def tasks_of(self) -> Mapping[str | None, list[TaskRecord]]:
        """The tasks of each table; under None those from prose."""
        found: dict[str | None, list[TaskRecord]] = {}
        for task in self.tasks:
            found.setdefault(task.table_id, []).append(task)
        return found


class TaskBrief(NamedTuple):
    """What rules over groups need of a task: little enough to hold those of the whole corpus."""

    task_id: str
    doc_id: str
    issuer_class: str | None
    body: str | None  # issuing body with its province; None where either is unknown
    issued: str | None  # day of issue in ISO form
    doc_type: str | None
    year: int | None
    page: int | None
    text: str
    lead: str | None
    lead_classes: tuple[str, ...]
    product: str | None
    deadline: str | None
    ends: tuple[str, ...]  # last days in ISO form, of the parts that have one
    status: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of like tasks, as a rule sees it; the representative first."""

    group_id: str
    theme: str | None
    members: Sequence[TaskBrief] = field(default_factory=tuple)
