"""The nouns of the report: what is asked for, what was read from OUT, what was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from phuluc.audit.rule import Words
    from schemas.document import Status
    from schemas.review import Severity

Lang: TypeAlias = Literal["vi", "en"]
LANGS: tuple[Lang, Lang] = ("vi", "en")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
DueKind: TypeAlias = Literal[
    "date", "recurring", "continuous", "relative", "by_reference", "unparsed", "none"
]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a user may choose about the report.

    Attributes:
        lang: the language it opens in; the page has a switch.
        files: doc_id -> its file, where it is at hand, for pictures of the places found.
        as_of: date printed on the report; None: none is printed.
        messages: finding_id -> its message in both languages; a finding without an entry keeps the message of
            the table whatever the switch says.
        themes: code of a theme -> its title; a code without one is shown as it is.
        reasons: (group_id, task_id) -> why the task is in the group, in both languages.
        most_pictures, most_findings, most_groups: bounds of the page; the workbook and the tables hold everything.
    """

    lang: Lang = "vi"
    files: Mapping[str, Path] = field(default_factory=dict)
    as_of: dt.date | None = None
    messages: Mapping[str, Words] = field(default_factory=dict)
    themes: Mapping[str, Words] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], Words] = field(default_factory=dict)
    most_pictures: int = 120
    most_findings: int = 20_000
    most_groups: int = 2_000


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What was written."""

    page: Path
    workbook: Path
    pictures: int


class Document(NamedTuple):
    """A document; `body` is its place in `Corpus.bodies`, `year` and `last_year` the period it plans or reports."""

    doc_id: str
    path: str
    format: str | None
    status: Status
    symbol: str | None
    title: str | None
    body: int
    year: int | None
    last_year: int | None
    issued: dt.date | None
    tasks: int

    @property
    def plan_year(self) -> int | None:
        """The year of an annual plan; None for plans over several years and for undated ones."""
        return self.year if self.year == self.last_year else None


class Body(NamedTuple):
    """An issuing body at one place; two bodies of one name whose places are unknown are told apart by their files.

    A document that names no issuer has a body of its own, called by its file.
    """

    name: str
    place: str | None = None
    file: str | None = None

    @property
    def label(self) -> str:
        """Give the name for people: "Sở Khoa học và Công nghệ, Tiền Giang"."""
        if self.place:
            return f"{self.name}, {self.place}"
        return f"{self.name} ({self.file})" if self.file else self.name


class Fact(NamedTuple):
    """What is compared of a task: small, so that those of a large corpus fit in memory."""

    task_id: str
    doc: int
    lead: str | None  # class of the leading unit, else its words
    lead_name: str | None
    product: str | None  # folded for comparing
    kind: DueKind
    due: dt.date | None  # last day of the last dated part
    whole_year: bool  # due "in 2021", not on a day


class Member(NamedTuple):
    """A task in a group."""

    fact: Fact
    score: float
    representative: bool


class Group(NamedTuple):
    """Tasks of several documents that are the same piece of work, the representative first."""

    group_id: str
    theme: str | None
    members: tuple[Member, ...]


class Task(NamedTuple):
    """A task as its document has it."""

    task_id: str
    doc: int
    page: int | None
    stt: str | None
    section: str | None
    text: str | None
    product: str | None
    lead: str | None
    support: str | None
    deadline: str | None


class Finding(NamedTuple):
    """A row of `findings`; `doc` is a place in `Corpus.documents`."""

    finding_id: str
    rule: str
    severity: Severity
    doc: int | None
    task_id: str | None
    related: tuple[str, ...]
    message: str
    file: str | None
    page: int | None
    text: str | None


class Milestone(NamedTuple):
    """How many deadlines of a body end in a month; month 0: some time in the year."""

    body: int
    year: int
    month: int
    deadlines: int


class Filled(NamedTuple):
    """How many tasks of a document there are, and how many say who, by when, and what comes of it."""

    tasks: int
    lead: int
    deadline: int
    product: int
