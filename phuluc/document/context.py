"""What a document says about its cells: its issuer and abbreviations, the year of its deadlines."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.deadlines import PlanYear, YearCandidate, plan_year
from normalize.organisations import UnitContext, build_glossary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.letterhead import Letterhead
    from normalize.organisations import Gazetteer
    from phuluc.document.understanding import TableContent, Understanding


def unit_context(understood: Understanding) -> UnitContext:
    """Give the context in which the unit cells of a document are read."""
    issuer = understood.issuer
    return UnitContext(
        issuer=issuer.canonical or understood.letterhead.issuer,
        issuer_class=issuer.class_id,
        province=issuer.province_name,
        date=_about(understood.letterhead),
        glossary=build_glossary(_texts(understood)),
        gazetteer=own_gazetteer(understood.options.gazetteer),
    )


@cache
def own_gazetteer(path: str | None) -> Gazetteer | None:
    """Give the known bodies with the user's own rows before them; None where the user has none."""
    if path is None:
        return None
    from phuluc.gazetteer_file import read_gazetteer  # noqa: PLC0415 - needed by few

    return read_gazetteer(Path(path))


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


def plan_year_of(found: TableContent | None, understood: Understanding) -> PlanYear:
    """Find the year of deadlines without one, of a table or (None) of prose, from the nearest text to the farthest.

    The user's choice counts where no text states a year.
    """
    head = understood.letterhead
    candidates: list[YearCandidate] = []
    if found is not None:
        heading = " ".join(column.heading for column in found.table.columns if column.role == "deadline")
        cells = "\n".join(task.values.get("deadline", "") for task in found.tasks)
        candidates = [
            YearCandidate("heading", heading),
            YearCandidate("appendix", found.table.title.partition("\n(")[0]),
            YearCandidate("cells", cells),
        ]
    candidates.append(YearCandidate("title", head.title or ""))
    if head.period_start_year and head.period_start_year == head.period_end_year:
        candidates.append(YearCandidate("period", f"năm {head.period_start_year}"))
    if head.issue_date:
        candidates.append(YearCandidate("date", f"{head.issue_date:%d/%m/%Y}"))
    year = plan_year(candidates)
    if year.year is None and (chosen := understood.options.plan_year or head.year):
        return PlanYear(chosen, "option" if understood.options.plan_year else "date", year.readings)
    return year
