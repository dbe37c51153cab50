"""Dates as documents carry them: "ngày 29 tháng 12 năm 2021", "16/12/2019", and drafts with a day still to come.

These are dates of documents, whole or in parts; deadlines have a grammar of their own (`normalize.deadlines`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

_DOTS = r"[.…_\s]*"
# Both forms may lack day or month (a draft: "ngày tháng 01 năm 2020", "ngày /11/2020"), never the year.
WORDS = (
    rf"ngày{_DOTS}(?P<day>\d{{1,2}})?{_DOTS}tháng{_DOTS}(?P<month>\d{{1,2}})?{_DOTS}(?:năm|nam){_DOTS}"
    rf"(?P<year>(?:19|20)\d\d|[89]\d(?!\d))"
)
FIGURES = (
    rf"(?P<day>\d{{1,2}})?{_DOTS}(?:[/.\-]\s?(?P<month>\d{{1,2}})\s?[/.\-]|/[\s.…_]*/)\s?"
    r"(?P<year>(?:19|20)\d\d|[89]\d(?!\d))"
)
_WORDS = regex.compile(WORDS, regex.IGNORECASE)
_FIGURES = regex.compile(rf"(?:ngày\s*)?{FIGURES}(?!\d)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which parts may be unknown; never an impossible one."""

    year: int | None
    month: int | None
    day: int | None

    def whole(self) -> date | None:
        """Give the calendar date, None while a part is missing."""
        if self.year and self.month and self.day:
            return date(self.year, self.month, self.day)
        return None

    def agrees(self, other: PartialDate) -> bool:
        """Whether no part known to both differs."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def match_date(text: str, position: int = 0) -> tuple[PartialDate, int, int] | None:
    """Give the date that begins at `position` and its span; None for no date or an impossible one."""
    return _from_match(_WORDS.match(text, position) or _FIGURES.match(text, position))


def search_date(text: str, position: int = 0) -> tuple[PartialDate, int, int] | None:
    """Give the first date written in words or figures at or after `position`, with its span."""
    found = [m for m in (_WORDS.search(text, position), _FIGURES.search(text, position)) if m]
    return _from_match(min(found, key=lambda match: match.start())) if found else None


def _from_match(match: regex.Match[str] | None) -> tuple[PartialDate, int, int] | None:
    if match is None:
        return None
    year, month, day = (int(match[part]) if match[part] else None for part in ("year", "month", "day"))
    if year is not None and year < 100:
        year += 1900
    try:  # 31 April of a known year is an error; with parts missing the rest is checked in a leap year
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day), match.start(), match.end()
