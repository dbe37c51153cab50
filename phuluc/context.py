"""What a document says about its cells: who issued it, its abbreviations, the year of its deadlines."""

from __future__ import annotations

from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING

import regex

from normalize.organisations import Issuer, IssuerTexts, UnitContext, build_glossary, identify_issuer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.document import Document
    from extract.letterhead import Letterhead
    from extract.tables import LogicalTable
    from phuluc.understanding import Understanding

_HOST = regex.compile(r"(?:[a-z0-9\-]+\.)+gov\.vn", regex.IGNORECASE)
_YEAR = regex.compile(r"(?<![\d/\-–])(?:19|20)\d\d(?!\d|\s*[-–/])")
# The province of a document without a letterhead is looked for in so many of its first paragraphs.
_BODY_PARAGRAPHS = 30


def find_issuer(document: Document, head: Letterhead) -> Issuer:
    """Say who issued a document, from everything its frame and its first paragraphs say."""
    said: dict[str, list[str]] = {}
    for evidence in head.evidence:
        said.setdefault(evidence.kind, []).append(evidence.text)
    boxes = [text for text in (head.parent_body, *said.get("letterhead", ())) if text]
    paragraphs = [paragraph.text for paragraph in islice(document.paragraphs(), _BODY_PARAGRAPHS)]
    return identify_issuer(
        IssuerTexts(
            letterhead=tuple(boxes),
            authority=tuple(said.get("authority", ())),
            annex=tuple(said.get("annex", ())),
            title=head.title,
            signature=(head.signer_title,) if head.signer_title else (),
            symbol=head.symbol,
            place=head.place,
            hosts=tuple(host for text in paragraphs for host in _HOST.findall(text)),
            body=tuple(paragraphs),
            date=_about(head),
        )
    )


def _about(head: Letterhead) -> date | None:
    """Give the date of issue, or a day of its year or period: the era of a body needs no more."""
    if head.issue_date:
        return head.issue_date
    year = head.year or head.period_start_year
    return date(year, head.month or 1, 1) if year else None


def unit_context(understood: Understanding) -> UnitContext:
    """Give the context in which the unit cells of a document are read."""
    issuer = understood.issuer
    return UnitContext(
        issuer=issuer.canonical or understood.letterhead.issuer,
        issuer_class=issuer.class_id,
        province=issuer.province_name,
        date=_about(understood.letterhead),
        glossary=build_glossary(_texts(understood)),
    )


def _texts(understood: Understanding) -> Iterator[str]:
    paragraphs = (paragraph.text for paragraph in understood.document.paragraphs())
    cells = (
        row.slots[column].text
        for found in understood.tables
        for row in found.table.rows
        for column in row.filled()
    )
    return chain(paragraphs, cells)


def plan_years(understood: Understanding) -> list[int | None]:
    """Give the year of every task's deadline without one, parallel to the tasks of the document."""
    years: list[int | None] = []
    for found in understood.tables:
        years += [_plan_year(found.table, understood)] * len(found.tasks)
    return years


def _plan_year(table: LogicalTable, understood: Understanding) -> int | None:
    """Read it from the heading of the column, the document's period, the title of the table, or its date."""
    heading = " ".join(column.heading for column in table.columns if column.role == "deadline")
    head = understood.letterhead
    if years := {int(match[0]) for match in _YEAR.finditer(heading)}:
        return years.pop() if len(years) == 1 else None
    if head.period_start_year and head.period_start_year == head.period_end_year:
        return head.period_start_year
    titled = {int(match[0]) for match in _YEAR.finditer(table.title.partition("\n(")[0])}
    if len(titled) == 1:
        return titled.pop()
    return understood.options.plan_year or head.year
