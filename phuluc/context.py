"""What a document says about its cells: the year of its deadlines, the body whose offices they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from normalize.organisations import UnitContext

if TYPE_CHECKING:
    from extract.tables import LogicalTable
    from phuluc.understanding import Understanding

_YEAR = regex.compile(r"(?<![\d/\-–])(?:19|20)\d\d(?!\d|\s*[-–/])")


def unit_context(understood: Understanding) -> UnitContext:
    """Give the context in which the unit cells of a document are read."""
    head = understood.letterhead
    return UnitContext(issuer=head.issuer, province=head.place, date=head.issue_date)


def plan_years(understood: Understanding) -> list[int | None]:
    """Give the year of every task's deadline without one, parallel to the tasks of the document."""
    years: list[int | None] = []
    for found in understood.tables:
        years += [_plan_year(found.table, understood)] * len(found.tasks)
    return years


def _plan_year(table: LogicalTable, understood: Understanding) -> int | None:
    """Read it from the heading of the column, the title of the table, the document's period or its date."""
    heading = " ".join(column.heading for column in table.columns if column.role == "deadline")
    head = understood.letterhead
    for text in (heading, table.title.partition("\n(")[0]):
        found = {int(match[0]) for match in _YEAR.finditer(text)}
        if len(found) == 1:
            return found.pop()
    if head.period_start_year and head.period_start_year == head.period_end_year:
        return head.period_start_year
    return understood.options.plan_year or head.year
