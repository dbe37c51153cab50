"""Vietnamese lunar dates on the civil calendar: Tết, Giỗ Tổ, Trung thu, and the sexagenary names of years.

Source of the computation: Hồ Ngọc Đức, "Thuật toán tính âm lịch" (after Meeus), for UTC+7. Checked against the
Tết and Hùng Kings' days of the `holidays` library in the tests.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import floor, pi, sin

_ZONE = 7.0
_EPOCH = date(1970, 1, 1)
_EPOCH_JULIAN = 2440588
_STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
_BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")


def solar_date(day: int, month: int, year: int) -> date:
    """Civil date of lunar `day`/`month` (no leap month) of the lunar year that begins in `year`."""
    if month < 11:
        start, end = _month_eleven(year - 1), _month_eleven(year)
    else:
        start, end = _month_eleven(year), _month_eleven(year + 1)
    moon = floor(0.5 + (start - 2415021.076998695) / 29.530588853)
    steps = (month - 11) % 12
    if end - start > 365 and steps >= _leap_step(start):
        steps += 1
    return _EPOCH + timedelta(days=_new_moon(moon + steps) + day - 1 - _EPOCH_JULIAN)


def tet(year: int) -> date:
    """First day of the lunar year that begins in `year`."""
    return _tet(year)


@lru_cache(maxsize=256)
def _tet(year: int) -> date:
    return solar_date(1, 1, year)


def year_of_name(name: str, near: int) -> int | None:
    """Year of a sexagenary name ("nhâm dần" -> 2022) nearest to `near`; None for a name that is none."""
    stem, _, branch = name.partition(" ")
    branch = {"tí": "tý", "mẹo": "mão", "tị": "tỵ"}.get(branch, branch)
    stem = {"kỉ": "kỷ", "quí": "quý"}.get(stem, stem)
    if stem not in _STEMS or branch not in _BRANCHES:
        return None
    for distance in range(31):
        for year in (near + distance, near - distance):
            if _STEMS[(year - 4) % 10] == stem and _BRANCHES[(year - 4) % 12] == branch:
                return year
    return None


@lru_cache(maxsize=512)
def _new_moon(k: int) -> int:
    """Julian day number, at UTC+7, of the k-th new moon after 1 January 1900."""
    t = k / 1236.85
    radians = pi / 180
    moment = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    moment += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * radians)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3) * radians
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3) * radians
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3) * radians
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon)
    shift += 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node)
    shift += -0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun)
    shift += -0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    shift += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(moment + shift - delta + 0.5 + _ZONE / 24)


def _sun_sector(julian: int) -> int:
    """Which twelfth of the ecliptic the sun is in at the beginning of a day at UTC+7."""
    t = (julian - 0.5 - _ZONE / 24 - 2451545.0) / 36525
    radians = pi / 180
    mean = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(radians * mean)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * radians * mean) + 0.000290 * sin(3 * radians * mean)
    return floor((longitude % 360) / 30)


@lru_cache(maxsize=512)
def _month_eleven(year: int) -> int:
    """Julian day on which the lunar month of the winter solstice of `year` begins."""
    julian = (date(year, 12, 31) - _EPOCH).days + _EPOCH_JULIAN
    k = floor((julian - 2415021) / 29.530588853)
    start = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(start) >= 9 else start


def _leap_step(start: int) -> int:
    """How many months after month eleven the leap month stands, in a year of thirteen."""
    k = floor((start - 2415021.076998695) / 29.530588853 + 0.5)
    last = _sun_sector(_new_moon(k + 1))
    for step in range(2, 15):
        sector = _sun_sector(_new_moon(k + step))
        if sector == last:
            return step - 1
        last = sector
    return 14
