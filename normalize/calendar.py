"""Vietnamese calendar: days off, working days, and terms counted from an event as the Civil Code counts.

Source of the rules: Civil Code 2015 (91/2015/QH13), art. 147 (the event's day is not counted; a term in days,
weeks, months or years begins on the next day) and art. 148 (it ends with its last day; a month without that day
ends it on its last day; an end on a weekend or holiday moves to the end of the next working day).
Source of the days off: the `holidays` library (Labour Code art. 112, with Tết and the yearly swapped days).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from normalize.deadlines.model import DeadlinePart, OffsetUnit


class _Calendar(Protocol):
    def is_working_day(self, key: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Resolved:
    """First and last day on which a relative part can be met; `moved` when a day off pushed the end."""

    start: date | None
    end: date | None
    moved: bool = False


@cache
def _vietnam() -> _Calendar:
    import holidays  # noqa: PLC0415 - 60 ms of import, and most runs resolve nothing

    calendar: _Calendar = holidays.country_holidays("VN")
    return calendar


def is_working_day(day: date) -> bool:
    """Whether offices work: no weekend, no holiday, or a weekend day worked in exchange for a bridge day."""
    return _vietnam().is_working_day(day)


def next_working_day(day: date) -> date:
    """Give `day` itself when offices work, else the next day on which they do."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """Give the `count`-th working day after `day` (before it, for a negative count); `day` is not counted."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def add_months(day: date, count: int) -> date:
    """Give the same day `count` months later, the last of that month where it has no such day."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def term_end(event: date, count: int, unit: OffsetUnit) -> date:
    """Give the last day of a term counted from `event`, before any move to a working day."""
    if unit == "working_day":
        return add_working_days(event, count)
    if unit == "month":
        return add_months(event, count)
    if unit == "year":
        return add_months(event, 12 * count)
    if unit == "hour":
        if isinstance(event, datetime):
            return (event + timedelta(hours=count)).date()
        return event + timedelta(days=-(-count // 24) if count > 0 else count // 24)
    return event + timedelta(days=7 * count if unit == "week" else count)


def resolve(part: DeadlinePart, event: date) -> Resolved | None:
    """Give the dates of a relative part whose event happens on `event`; None for a part that is not relative.

    within/by N after: from the day after the event to the last day of the term, moved on when that is a day off.
    after N: from the end of the term on. before (N<0): until that many days before the event, never moved, since
    moving it on would make it late.
    """
    if part.type != "relative" or part.offset is None:
        return None
    count, unit = part.offset.n, part.offset.unit
    day = event.date() if isinstance(event, datetime) else event
    if part.extension.day_of_month is not None:
        target = add_months(day.replace(day=1), count)
        last = monthrange(target.year, target.month)[1]
        end = target.replace(day=min(part.extension.day_of_month, last))
    else:
        end = term_end(event, count, unit)
        end = end.date() if isinstance(end, datetime) else end
    if count < 0 or part.comparator == "before":
        return Resolved(None, end)
    if part.comparator == "after":
        return Resolved(end, None)
    moved = next_working_day(end)
    return Resolved(day + timedelta(days=1) if count else day, moved, moved != end)
