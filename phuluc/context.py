"""What a document says about its cells: its issuer and abbreviations, the year of its deadlines."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

import regex

from normalize.organisations import UnitContext, build_glossary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.letterhead import Letterhead
    from extract.tables import LogicalTable
    from phuluc.understanding import Understanding

_YEAR = regex.compile(r"(?<![\d/\-–])(?:19|20)\d\d(?!\d|\s*[-–/])")


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


def _about(head: Letterhead) -> date | None:
    """Give the date of issue, or a day of its year or period: the era of a body needs no more."""
    if head.issue_date:
        return head.issue_date
    year = head.year or head.period_start_year
    return date(year, head.month or 1, 1) if year else None


def _texts(understood: Understanding) -> Iterator[str]:
    paragraphs = (paragraph.text for paragraph in understood.document.paragraphs())
    cells = (
        row.slots[column].text
        for found in understood.tables
        for row in found.table.rows
        for column in row.filled()
    )
    return chain(paragraphs, cells)


def plan_year(table: LogicalTable | None, understood: Understanding) -> int | None:
    """Give the year of a deadline without one, of a table or (None) of prose.

    It is read from the heading of the column, the document's period, the title of the table, or its date;
    the user's choice counts where the document states none but the date.
    """
    head = understood.letterhead
    if table is not None:
        heading = " ".join(column.heading for column in table.columns if column.role == "deadline")
        if years := {int(match[0]) for match in _YEAR.finditer(heading)}:
            return years.pop() if len(years) == 1 else None
    if head.period_start_year and head.period_start_year == head.period_end_year:
        return head.period_start_year
    if table is not None:
        titled = {int(match[0]) for match in _YEAR.finditer(table.title.partition("\n(")[0])}
        if len(titled) == 1:
            return titled.pop()
    return understood.options.plan_year or head.year
