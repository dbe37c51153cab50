"""Years for what names none, and dates from what then has one.

The year of a part without one comes, in this order, from its own range ("01/3 - 15/4/2022"), from the next dated
item of the cell (a year on the last item of a list applies to the earlier ones), from the item before it in the
same list, from the plan year. A year that would turn the order of the items round is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from normalize.deadlines.lunar import year_of_name
from normalize.deadlines.model import RefusalError
from normalize.deadlines.times import Time, bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.deadlines.parts import Draft

_POINTS = frozenset({"day", "edge", "named"})
_LENDERS = frozenset({"day", "month", "quarter", "months", "halfmonth", "third", "week", "days", "edge"})
_USUAL_YEAR = 2020  # only to pick the cycle of a sexagenary name where no plan year is known


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day of a part, either None, and whether a year was inferred."""

    start: date | None
    end: date | None
    inferred: bool


def settle(drafts: Sequence[Draft], plan_year: int | None) -> list[Dated]:
    """Dates of every draft that has times, in order; RefusalError when a needed year is nowhere or is no year."""
    settled: list[Dated] = []
    for index, draft in enumerate(drafts):
        if not draft.times:
            settled.append(Dated(None, None, inferred=False))
            continue
        times = tuple(_named_year(time, plan_year) for time in draft.times)
        inferred = not any(time.dated for time in times) or any(time.shift is not None for time in times)
        if len(times) == 2:
            start, end = _range(times[0], times[1], _lent(drafts, index, plan_year))
        elif times[0].dated:
            start, end = bounds(times[0], times[0].year or 0)
        else:
            start, end = _undated(times[0], drafts, index, plan_year)
        settled.append(_compared(draft, start, end, inferred))
    return settled


def _compared(draft: Draft, start: date, end: date, inferred: bool) -> Dated:
    """Apply the comparator: "trước ngày D" ends on D as written, "trước <period>" on the day before it."""
    point = draft.times[-1].unit in _POINTS
    if draft.comparator == "before":
        return Dated(None, end if point else start - timedelta(days=1), inferred)
    if draft.comparator == "by":
        return Dated(None, end, inferred)
    if draft.comparator == "after":
        return Dated(start if point or draft.since else end + timedelta(days=1), None, inferred)
    return Dated(start, end, inferred)


def _named_year(time: Time, plan_year: int | None) -> Time:
    """Read the year out of "Tết Nguyên đán Nhâm Dần"."""
    if time.unit != "named" or not time.name:
        return time
    words = time.name.split()
    year = year_of_name(" ".join(words[-2:]), plan_year or _USUAL_YEAR) if len(words) > 2 else None
    if year is None:
        return time
    kept = words[:-2]
    while kept and kept[-1] in {"năm", "xuân"}:
        kept.pop()
    return replace(time, name=" ".join(kept), year=year)


def _year(time: Time, fallback: int | None, plan_year: int | None) -> int:
    if time.year is not None:
        return time.year
    base = plan_year if time.shift is not None and plan_year is not None else fallback
    if base is None:
        bounds(time, 2024)  # tells a wrong month or quarter before the missing year
        raise RefusalError("incomplete")
    return base + (time.shift or 0)


def _range(first: Time, last: Time, plan_year: int | None) -> tuple[date, date]:
    if last.year is None and first.year is not None:
        last_year = _year(last, first.year, plan_year)
    else:
        last_year = _year(last, plan_year, plan_year)
    end = bounds(last, last_year)[1]
    if first.year is None and first.shift is None and (last.year is not None or last.shift is not None):
        start = bounds(first, last_year)[0]
        if start > end:
            start = bounds(first, last_year - 1)[0]
    else:
        start = bounds(first, _year(first, plan_year, plan_year))[0]
    if start > end:
        raise RefusalError("inverted_interval")
    return start, end


def _lent(drafts: Sequence[Draft], index: int, plan_year: int | None) -> int | None:
    if plan_year is not None:
        return plan_year
    for draft in (*drafts[index + 1 :], *reversed(drafts[:index])):
        for time in draft.times:
            if time.year is not None:
                return time.year
    return None


def _undated(time: Time, drafts: Sequence[Draft], index: int, plan_year: int | None) -> tuple[date, date]:
    if time.shift is not None:
        return bounds(time, _year(time, _lent(drafts, index, None), plan_year))
    following = _neighbour(drafts[index + 1 :])
    if following and following.year is not None:
        found = bounds(time, following.year)
        if plan_year in {None, following.year} or found[0] <= bounds(following, following.year)[1]:
            return found
        return bounds(time, min(plan_year or following.year, following.year - 1))
    preceding = _neighbour(list(reversed(drafts[:index])))
    if preceding and preceding.year is not None:
        found = bounds(time, preceding.year)
        same_kind = preceding.unit == time.unit
        if plan_year in {None, preceding.year} or (
            same_kind and found[0] >= bounds(preceding, preceding.year)[0]
        ):
            return found
    return bounds(time, _year(time, plan_year, plan_year))


def _neighbour(drafts: Sequence[Draft]) -> Time | None:
    """Nearest time with a year of its own, of a unit that shares its year ("giai đoạn 2021-2025" does not)."""
    for draft in drafts:
        for time in draft.times:
            if time.year is not None and time.unit in _LENDERS:
                return time
    return None
