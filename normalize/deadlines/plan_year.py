"""The plan year: which year a part without one means, and which text said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

YearSource: TypeAlias = Literal[
    "cell", "heading", "cells", "appendix", "title", "period", "body", "date", "option"
]

_DATE = re.compile(
    r"(?<!\d)\d{0,2}\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)(?!\d)|tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\d+\s*/\s*(?:19|20)\d\d\s*/\s*[^\W\d_]+|\d+\s*/\s*[^\W\d_]+(?:-[^\W\d_&]+)+")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*(?:[-–—]|đến(?:\s+năm)?)\s*((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class YearCandidate:
    """A text that may name the plan year, and what kind of text it is."""

    source: YearSource
    text: str


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The chosen year, the source that named it, every reading, and whether the readings disagree."""

    year: int | None
    source: YearSource | None
    readings: tuple[tuple[YearSource, int], ...]

    @property
    def conflict(self) -> bool:
        """Whether two sources name different years: to be flagged, whichever was chosen."""
        return len({year for _, year in self.readings}) > 1


def plan_year(candidates: Sequence[YearCandidate]) -> PlanYear:
    """Choose the plan year among texts given from the nearest to the farthest.

    The nearest text that names exactly one year counts, unless two others agree on another: an appendix titled
    "NĂM 2020" under a plan for 2021 whose cells say 2021 is last year's heading, left standing.
    """
    readings = tuple(
        (candidate.source, year) for candidate in candidates if (year := _year_of(candidate)) is not None
    )
    if not readings:
        return PlanYear(None, None, ())
    votes = [year for _, year in readings]
    nearest = votes[0]
    outvoted = [
        year for year in votes[1:] if year != nearest and votes.count(year) > max(1, votes.count(nearest))
    ]
    chosen = outvoted[0] if outvoted else nearest
    source = next(source for source, year in readings if year == chosen)
    return PlanYear(chosen, source, readings)


def _year_of(candidate: YearCandidate) -> int | None:
    """Year that a text names, None where it names none, several, or a span of years.

    A date in December dates next year's plan as often as this year's report: it names nothing.
    """
    text = candidate.text
    if candidate.source == "date":
        found = _DATE.search(text)
        if found:
            month, year = int(found[1] or found[3]), int(found[2] or found[4])
            return year if month < 12 else None
    if candidate.source == "cells":
        years = [int(found[0]) for found in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", _SPAN.sub(" ", text))]
        best = max(set(years), key=years.count, default=None)
        return best if best is not None and years.count(best) * 2 > len(years) else None
    for pattern in (_SYMBOL, _DATE, _SPAN):
        text = pattern.sub(" ", text)
    years_named = {int(found[0]) for found in _YEAR.finditer(text)}
    return years_named.pop() if len(years_named) == 1 else None
