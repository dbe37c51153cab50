"""Days off, working days, and terms as the Civil Code counts them."""

from __future__ import annotations

from datetime import date, datetime

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.calendar import (
    Resolved,
    add_months,
    add_working_days,
    is_working_day,
    next_working_day,
    resolve,
    term_end,
)
from normalize.deadlines import parse_deadline
from normalize.deadlines.lunar import solar_date, tet, year_of_name


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2025, 4, 25), True, "a Friday"),
        (date(2025, 4, 26), True, "a Saturday worked in exchange for 2 May"),
        (date(2025, 4, 27), False, "a Sunday"),
        (date(2025, 4, 30), False, "Reunification Day"),
        (date(2025, 5, 2), False, "the bridge day of that exchange"),
        (date(2025, 1, 29), False, "Tết At Ty"),
        (date(2022, 4, 11), False, "Monday for Hùng Kings' Day on a Sunday"),
        (date(2022, 9, 1), False, "second day of National Day"),
    ],
)
def test_days_off(day: date, works: bool, why: str) -> None:
    assert is_working_day(day) == works, why


@pytest.mark.parametrize(
    ("event", "count", "unit", "end", "why"),
    [
        (date(2025, 3, 3), 5, "day", date(2025, 3, 8), "the event's day is not counted (art. 147)"),
        (date(2025, 1, 23), 5, "working_day", date(2025, 2, 6), "Tết lies between"),
        (date(2025, 4, 25), 1, "working_day", date(2025, 4, 26), "the Saturday worked in exchange"),
        (date(2025, 1, 31), 1, "month", date(2025, 2, 28), "no such day: the month's last (art. 148)"),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28), "as above"),
        (date(2025, 3, 3), 2, "week", date(2025, 3, 17), ""),
        (date(2025, 3, 3), 48, "hour", date(2025, 3, 5), ""),
        (date(2025, 3, 3), 30, "hour", date(2025, 3, 5), "hours of a day without a clock: the day is filled"),
        (date(2025, 3, 10), -5, "working_day", date(2025, 3, 3), "back over a weekend"),
        (date(2025, 3, 10), -15, "day", date(2025, 2, 23), ""),
    ],
)
def test_terms(event: date, count: int, unit: str, end: date, why: str) -> None:
    assert term_end(event, count, unit) == end, why  # type: ignore[arg-type] # the table holds units


@pytest.mark.parametrize(
    ("text", "event", "expected", "why"),
    [
        ("Trong vòng 10 ngày kể từ ngày ký", date(2025, 4, 21),
         Resolved(date(2025, 4, 22), date(2025, 5, 5), moved=True),
         "1 May, the bridge and a weekend lie at the end (art. 148.5)"),
        ("Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", date(2025, 3, 3),
         Resolved(date(2025, 3, 4), date(2025, 3, 10)), ""),
        ("Trước khi họp 10 ngày", date(2025, 3, 15), Resolved(None, date(2025, 3, 5)), "never moved: that is late"),
        ("Chậm nhất 05 ngày trước ngày họp", date(2025, 3, 15), Resolved(None, date(2025, 3, 10)), ""),
        ("Sau khi được phê duyệt", date(2025, 3, 15), Resolved(date(2025, 3, 15), None), ""),
        ("Sau 30 ngày kể từ ngày ban hành", date(2025, 3, 1), Resolved(date(2025, 3, 31), None), ""),
        ("chậm nhất là ngày 30 của tháng tiếp sau tháng kết thúc báo cáo", date(2025, 1, 31),
         Resolved(date(2025, 2, 1), date(2025, 2, 28)), "February has no day 30"),
        ("Quý I/2025", date(2025, 1, 31), None, "not relative"),
    ],
)  # fmt: skip
def test_relative_deadlines(text: str, event: date, expected: Resolved | None, why: str) -> None:
    assert resolve(parse_deadline(text).parts[0], event) == expected, why


def test_hours_from_a_moment() -> None:
    part = parse_deadline("Trong vòng 24 giờ kể từ khi phát hiện").parts[0]
    assert resolve(part, datetime(2025, 3, 4, 15, 0)) == Resolved(date(2025, 3, 5), date(2025, 3, 5))


@given(st.dates(date(2015, 1, 1), date(2026, 12, 31)), st.integers(1, 40))
def test_working_days_are_worked_and_come_back(day: date, count: int) -> None:
    start = next_working_day(day)
    end = add_working_days(start, count)
    assert is_working_day(end)
    assert add_working_days(end, -count) == start


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 60))
def test_months_never_skip_a_month(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count


@pytest.mark.parametrize("year", range(1995, 2031))
def test_lunar_days_agree_with_the_holidays_library(year: int) -> None:
    days = {
        name: day for day, name in holidays.country_holidays("VN", years=[year], language="en_US").items()
    }
    assert days["Lunar New Year"] == tet(year)
    if "Hung Kings' Commemoration Day" in days:
        assert days["Hung Kings' Commemoration Day"] == solar_date(10, 3, year)


@pytest.mark.parametrize(
    ("name", "near", "year"),
    [("nhâm dần", 2022, 2022), ("quý mão", 2022, 2023), ("nhâm dần", 1970, 1962), ("ất tỵ", 2024, 2025),
     ("nhâm mão", 2022, None), ("kế hoạch", 2022, None)],
)  # fmt: skip
def test_sexagenary_years(name: str, near: int, year: int | None) -> None:
    assert year_of_name(name, near) == year
