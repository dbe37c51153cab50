"""Partial times: a period or a day as the cell names it, with or without its year.

A partial value is a value ("quý III" is quarter 3 of no year yet): lists share what one of their items states
("tháng 10, 11 và 12/2021", "ngày 26 tháng 2, 5, 8"), and only then a year makes dates of it.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, TypeAlias

from normalize.deadlines import lunar
from normalize.deadlines.model import Precision, Reason, RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit: TypeAlias = Literal[
    "day",
    "month",
    "quarter",
    "year",
    "months",
    "halfmonth",
    "third",
    "days",
    "week",
    "edge",
    "span",
    "school",
    "named",
]
Edge: TypeAlias = Literal["first", "middle", "last"]
FIRST_YEAR, LAST_YEAR = 1945, 2100

_GRAINS: tuple[Precision, ...] = ("day", "week", "month", "quarter", "halfyear", "year")
_PRECISION: Mapping[str, Precision] = {
    "month": "month", "quarter": "quarter", "year": "year", "span": "year", "school": "year", "week": "week",
}  # fmt: skip
_NUMBERS = {
    "một": 1, "nhất": 1, "giêng": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12, "mười lăm": 15, "hai mươi": 20,
    "ba mươi": 30, "sáu mươi": 60, "chín mươi": 90, "đầu tiên": 1, "đầu": 1, "nửa": 6,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
}  # fmt: skip
_EDGES: Mapping[str, Edge] = {
    "đầu": "first", "đầu tiên": "first", "giữa": "middle", "cuối": "last", "cuối cùng": "last", "sau": "last",
    "thượng tuần": "first", "trung tuần": "middle", "hạ tuần": "last",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A day or period, partial where the cell is. `bare` marks digits without a word ("3/2021" may be a quarter)."""

    unit: Unit
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    shift: int | None = None
    edge: Edge | None = None
    of: Literal["month", "quarter", "year", "school"] | None = None
    first_month: int = 1
    last_month: int = 12
    number: int = 0
    year2: int | None = None
    name: str | None = None
    bare: bool = False
    approx: bool = False
    error: Reason | None = None

    @property
    def dated(self) -> bool:
        """Whether the cell itself states the year."""
        return self.year is not None


def number(text: str) -> int:
    """Value of a numeral in digits, Roman letters or words; 0 for none ("04", "iv", "mười hai")."""
    text = text.strip()
    return int(text) if text.isdigit() else _NUMBERS.get(text, 0)


def edge(text: str) -> Edge:
    """Which end of a period "đầu", "giữa", "cuối cùng" names."""
    return _EDGES[text.strip()]


def shift(text: str) -> int:
    """Years from the plan year that "năm sau", "năm nay", "năm trước liền kề" name."""
    words = text.split()
    if "sau" in words or "tới" in words or "tiếp" in words or ("kế" in words and "hoạch" not in words):
        return 1
    if "trước" in words or "ngoái" in words:
        return -1
    return 1 if "liền" in words else 0


def full_year(text: str) -> int:
    """Year of four digits, or of two ("30/6/21" is 2021)."""
    value = int(text)
    return value + 2000 if value < 100 else value


@cache
def named_days() -> Mapping[str, tuple[str, int, int]]:
    """Name -> (calendar, day, month) of the holidays and memorial days that cells name."""
    text = resources.files("normalize.deadlines").joinpath("data/named_days.csv").read_text("utf-8")
    return {
        row["name"]: (row["calendar"], int(row["day"]), int(row["month"]))
        for row in csv.DictReader(text.splitlines())
    }


@lru_cache(maxsize=1 << 14)
def bounds(time: Time, year: int) -> tuple[date, date]:
    """First and last day of `time` in `year`. Raises RefusalError for a date that does not exist."""
    if time.error:
        raise RefusalError(time.error)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RefusalError("invalid_year")
    if time.unit == "day":
        if time.month is None or time.day is None:
            raise RefusalError("incomplete")
        return (_day(year, time.month, time.day),) * 2
    if time.unit == "named":
        named = named_days().get(time.name or "")
        if named is None:
            raise RefusalError("invalid_year")  # "Tết Giáp Sửu": no year has that name
        calendar, day, month = named
        return (lunar.solar_date(day, month, year) if calendar == "lunar" else date(year, month, day),) * 2
    if time.unit == "span":
        return _ordered(date(year, 1, 1), date(time.year2 or year, 12, 31))
    if time.unit == "school":
        return _ordered(date(year, 9, 1), date(time.year2 or year + 1, 5, 31))
    if time.unit == "edge":
        return (_edge_day(time, year),) * 2
    if time.unit == "week" and not time.month:
        return _iso_week(year, time.number)
    first, last = _months(time)
    start, end = date(year, first, 1), _last_day(year, last)
    if time.unit in {"halfmonth", "third", "days", "week"}:
        return _slice_of_month(time, start, end)
    return start, end


def precision(time: Time) -> Precision:
    """How fine the cell is: the unit that it names."""
    if time.unit == "months":
        if (time.first_month, time.last_month) in {(1, 6), (7, 12)}:
            return "halfyear"
        return "month"
    return _PRECISION.get(time.unit, "day")


def finest(times: tuple[Time, ...]) -> Precision:
    """Give the precision of a period, or of a range: that of its finer end."""
    return min((precision(time) for time in times), key=_GRAINS.index)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusalError("invalid_date") from None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(time: Time) -> tuple[int, int]:
    if time.unit == "quarter":
        quarter = time.quarter or 0
        if not 1 <= quarter <= 4:
            raise RefusalError("invalid_quarter")
        return 3 * quarter - 2, 3 * quarter
    if time.unit == "months":
        return time.first_month, time.last_month
    if time.unit == "year":
        return 1, 12
    if not time.month or not 1 <= time.month <= 12:
        raise RefusalError("invalid_month")
    return time.month, time.month


def _edge_day(time: Time, year: int) -> date:
    """Civil Code 2015 art. 146(3): đầu/giữa/cuối tháng = day 1, 15, last; đầu/giữa/cuối năm = 1/1, 30/6, 31/12."""
    if time.of == "school":
        return {"first": date(year, 9, 1), "middle": date(year + 1, 1, 15), "last": date(year + 1, 5, 31)}[
            time.edge or "last"
        ]
    if time.of == "year":
        return {"first": date(year, 1, 1), "middle": date(year, 6, 30), "last": date(year, 12, 31)}[
            time.edge or "last"
        ]
    first, last = _months(
        Time("quarter", quarter=time.quarter) if time.of == "quarter" else Time("month", month=time.month)
    )
    if time.edge == "first":
        return date(year, first, 1)
    if time.edge == "last":
        return _last_day(year, last)
    return date(year, (first + last) // 2, 15)


def _slice_of_month(time: Time, start: date, end: date) -> tuple[date, date]:
    if time.unit == "halfmonth":
        return (start, start.replace(day=15)) if time.edge == "first" else (start.replace(day=16), end)
    if time.unit == "third":
        first, last = {"first": (1, 10), "middle": (11, 20), "last": (21, end.day)}[time.edge or "last"]
        return start.replace(day=first), end.replace(day=last)
    if time.unit == "days":
        if time.edge == "last":
            return end - timedelta(days=time.number - 1), end
        return start, start.replace(day=time.number)
    if time.edge == "last":
        return end - timedelta(days=6), end
    if not 1 <= time.number <= 5:
        raise RefusalError("invalid_date")
    first = 7 * time.number - 6
    return start.replace(day=first), min(start.replace(day=first) + timedelta(days=6), end)


def _iso_week(year: int, week: int) -> tuple[date, date]:
    try:
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:
        raise RefusalError("invalid_date") from None


def _ordered(start: date, end: date) -> tuple[date, date]:
    if start > end:
        raise RefusalError("inverted_interval")
    return start, end
