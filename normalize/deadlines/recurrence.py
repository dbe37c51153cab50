"""Recurrences as RFC 5545 rules without DTSTART."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from normalize.deadlines.model import Precision, RefusalError
from normalize.deadlines.times import Edge, Time, bounds

Frequency: TypeAlias = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
WORKING_DAYS = "MO,TU,WE,TH,FR"
DAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "bốn": "WE", "4": "WE", "năm": "TH", "5": "TH",
        "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU", "chủ nhật": "SU", "một": "MO"}  # fmt: skip
_MONTHS_OF_QUARTER = {"first": "1,4,7,10", "middle": "2,5,8,11", "last": "3,6,9,12"}
_MONTHS_OF_HALF = {"first": "1,7", "middle": "3,9", "last": "6,12"}
_MONTHS_OF_YEAR = {"first": "1", "middle": "6", "last": "12"}
_LEAP_YEAR = 2024  # "29/02 hằng năm" is a rule; its days are checked against a year that has them all


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule and how fine it is. `open` tells that a day may still narrow it ("hằng tháng, ngày 20")."""

    frequency: Frequency | None
    precision: Precision | None
    interval: int = 1
    by_month: str = ""
    by_month_day: str = ""
    by_day: str = ""
    by_set_position: str = ""
    open: bool = False
    lag: int | None = None
    times: int | None = None

    def rule(self) -> str | None:
        """Give the RRULE, None for "định kỳ" without a frequency."""
        if not self.frequency:
            return None
        terms = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            terms.append(f"INTERVAL={self.interval}")
        for name, value in (
            ("BYMONTH", self.by_month),
            ("BYMONTHDAY", self.by_month_day),
            ("BYDAY", self.by_day),
            ("BYSETPOS", self.by_set_position),
        ):
            if value:
                terms.append(f"{name}={value}")
        return ";".join(terms)


def every(unit: str, count: int = 1) -> Recurrence:
    """Rule of "hằng tháng", "6 tháng/lần", "2 năm một lần"; quarters are three months."""
    count = max(count, 1)
    if unit == "ngày":
        return Recurrence("DAILY", "day", count, open=True)
    if unit == "tuần":
        return Recurrence("WEEKLY", "week", count, open=True)
    if unit == "năm":
        return Recurrence("YEARLY", "year", count, open=True)
    months = count * 3 if unit == "quý" else count
    precision: Precision = "quarter" if months == 3 else "halfyear" if months == 6 else "month"
    return Recurrence("MONTHLY", precision, months, open=True)


def months_of(period: str, edge: Edge) -> str:
    """Months that "tháng cuối quý", "tháng đầu 6 tháng" name."""
    table = _MONTHS_OF_QUARTER if period == "quý" else _MONTHS_OF_YEAR if period == "năm" else _MONTHS_OF_HALF
    return table[edge]


def day_in(period: str, edge: Edge) -> Recurrence:
    """Rule of "ngày cuối cùng của quý", "cuối mỗi tháng"."""
    day = {"first": "1", "middle": "15", "last": "-1"}[edge]
    if period == "tuần":
        return Recurrence("WEEKLY", "day", by_day={"first": "MO", "middle": "WE", "last": "FR"}[edge])
    if period == "tháng":
        return Recurrence("MONTHLY", "day", by_month_day=day)
    if period == "năm":
        day = {"first": "1", "middle": "30", "last": "31"}[edge]
    return Recurrence("YEARLY", "day", by_month=months_of(period, edge), by_month_day=day)


def narrowed(period: Recurrence, time: Time) -> Recurrence:
    """Rule of a day or period that comes back: "15/12 hằng năm", "ngày 20 hằng tháng", "quý IV hằng năm"."""
    if period.frequency == "YEARLY":
        if time.unit == "named" or (time.day is not None and time.month is None):
            raise RefusalError("incomplete")
        start, end = bounds(time, _LEAP_YEAR)
        rule = replace(period, open=False, times=None, precision="day", by_month=str(start.month))
        if time.unit in {"day", "edge"}:
            return replace(rule, by_month_day=str(start.day))
        months = ",".join(str(month) for month in range(start.month, end.month + 1))
        if time.unit in {"month", "quarter", "months"}:
            grain: Precision = (
                "month" if time.unit == "month" else "quarter" if time.unit == "quarter" else "halfyear"
            )
            return replace(rule, by_month=months, precision=grain)
        days = ",".join(str(day) for day in range(start.day, end.day + 1))
        return replace(rule, by_month_day=days)
    if (
        time.unit == "day"
        and time.day
        and not time.month
        and 1 <= time.day <= 31
        and period.frequency == "MONTHLY"
    ):
        if period.interval == 1:
            return replace(period, open=False, precision="day", by_month_day=str(time.day))
        last_months = {3: "3,6,9,12", 6: "6,12"}.get(period.interval)
        if last_months:
            return Recurrence("YEARLY", "day", by_month=last_months, by_month_day=str(time.day))
    raise RefusalError("ambiguous")
