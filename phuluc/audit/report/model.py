"""The nouns of the report: what is asked for, what was read from OUT, what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from schemas.review import Severity

Lang: TypeAlias = Literal["vi", "en"]
LANGS: tuple[Lang, Lang] = ("vi", "en")
Scope: TypeAlias = Literal["document", "documents", "groups", "corpus"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class RuleText(NamedTuple):
    """What the report says of a rule; title, reason and example by language ("vi", "en").

    Only findings of rules with scope "document" count in a document's score of internal consistency.
    """

    rule: str
    severity: Severity
    scope: Scope
    title: Mapping[str, str]
    why: Mapping[str, str]
    example: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a user may choose about the report.

    Attributes:
        lang: the language it opens in; the page has a switch.
        source: folder the documents were converted from, for pictures of the places found; None: no pictures.
        as_of: date printed on the report; None: none is printed.
        messages: finding_id -> its message in the other language, for the switch; a finding without one keeps
            the message of the table.
        pictures: most pictures in the page.
        findings: most findings in the page; the workbook and the table hold all of them.
    """

    lang: Lang = "vi"
    source: Path | None = None
    as_of: dt.date | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    pictures: int = 120
    findings: int = 20_000


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What was written."""

    page: Path
    workbook: Path
    findings: int
    groups: int
    pictures: int
