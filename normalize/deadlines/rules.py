"""Values of the lexemes that come back: from the named pieces of a match to a recurrence."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from normalize.deadlines.recurrence import DAYS, WORKING_DAYS, Recurrence, day_in, every, months_of
from normalize.deadlines.times import edge, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from normalize.deadlines.recurrence import Frequency
    from normalize.deadlines.times import Edge

Captures: TypeAlias = "dict[str, str]"
_ORDINALS: Mapping[str, Edge] = {
    "thứ nhất": "first", "thứ 1": "first", "thứ hai": "middle", "thứ 2": "middle", "thứ ba": "last", "thứ 3": "last",
}  # fmt: skip
_FREQUENCIES: Mapping[str, Frequency] = {"tháng": "MONTHLY", "năm": "YEARLY", "tuần": "WEEKLY"}


def _every(p: Captures) -> Recurrence:
    return every(p["u"], number(p["n"]) if "n" in p else 1)


def _per(p: Captures) -> Recurrence:
    rule = every(p["u"].split()[0], number(p["n"]) if "n" in p else 1)
    count = number(p["k"])
    return Recurrence(
        rule.frequency, rule.precision, rule.interval, times=count if count > 1 else None, open=True
    )


def _day_of_edge_month(p: Captures) -> Recurrence:
    months = months_of(p["p"], _edge_word(p["e"]))
    if p["d"] in {"cuối", "cuối cùng", "đầu", "đầu tiên"}:
        day = "-1" if p["d"].startswith("cuối") else "1"
    else:
        day = str(number(p["d"]))
    return Recurrence("YEARLY", "day", by_month=months, by_month_day=day, lag=1 if "n" in p else None)


def _edge_word(text: str) -> Edge:
    return _ORDINALS.get(text) or edge(text)


def _day_of_month(p: Captures) -> Recurrence:
    return Recurrence("MONTHLY", "day", by_month_day=str(number(p["d"])), lag=1 if "n" in p else None)


def _day_of_quarter(p: Captures) -> Recurrence:
    return Recurrence("YEARLY", "day", by_month="3,6,9,12", by_month_day=str(number(p["d"])))


def _working_day(p: Captures) -> Recurrence:
    last = "-1" if edge(p["e"]) == "last" else "1"
    if p["p"] == "quý":
        return Recurrence(
            "MONTHLY",
            "day",
            by_month=months_of("quý", edge(p["e"])),
            by_day=WORKING_DAYS,
            by_set_position=last,
        )
    return Recurrence(_FREQUENCIES[p["p"]], "day", by_day=WORKING_DAYS, by_set_position=last)


def _month_of(p: Captures) -> Recurrence:
    months = months_of(p["p"], _edge_word(p["e"]))
    return Recurrence("YEARLY", "month", by_month=months, open=True, lag=1 if "n" in p else None)


def _week_of(p: Captures) -> Recurrence:
    week = 0 if p["e"].startswith("cuối") else number(p["e"].replace("thứ", "")) or 1
    return _some_days(p, range(7 * week - 6, 7 * week + 1) if week else range(-7, 0))


def _first_days(p: Captures) -> Recurrence:
    count = number(p["k"])
    return _some_days(p, range(-count, 0) if p["e"].startswith("cuối") else range(1, count + 1))


def _some_days(p: Captures, days: range) -> Recurrence:
    rule = ",".join(str(day) for day in days)
    lag = 1 if "n" in p else None
    if p["p"] == "quý":
        months = months_of("quý", "last" if p["e"].startswith("cuối") else "first")
        return Recurrence("YEARLY", "week", by_month=months, by_month_day=rule, lag=lag)
    return Recurrence("MONTHLY", "week", by_month_day=rule, lag=lag)


def _edge_of(p: Captures) -> Recurrence:
    return day_in("quý" if p["p"] == "kỳ" else p["p"], edge(p["e"]))


def _weekly(p: Captures) -> Recurrence:
    return Recurrence("WEEKLY", "day", by_day=DAYS[p["d"]])


def _monthly_weekday(p: Captures) -> Recurrence:
    words = p["e"].split()
    place = -1 if "cuối" in words else next((number(w) for w in words if number(w)), 1)
    return Recurrence("MONTHLY", "day", by_day=f"{place}{DAYS[p['d']]}")


def _unspecified(_: Captures) -> Recurrence:
    return Recurrence(None, None, open=True)


RULES: Mapping[str, Callable[[Captures], Recurrence]] = {
    "rec_workday": _working_day,
    "rec_dayof": _day_of_edge_month,
    "rec_daylag": _day_of_month,
    "rec_lastday": _edge_of,
    "rec_dayofany": _day_of_month,
    "rec_dayofmonth": _day_of_month,
    "rec_dayofquarter": _day_of_quarter,
    "rec_monthof": _month_of,
    "rec_weekof": _week_of,
    "rec_firstdays": _first_days,
    "rec_edgeof": _edge_of,
    "rec_edge": _edge_of,
    "rec_pertimes": _per,
    "rec_eachtimes": _per,
    "rec_everytime": _every,
    "rec_everyslash": _every,
    "rec_every": _every,
    "rec_everyhalf": _every,
    "rec_periodic": _every,
    "rec_byperiod": _every,
    "rec_everyschool": lambda _: every("năm"),
    "rec_school": _unspecified,
    "rec_halfyearly": lambda _: every("tháng", 6),
    "rec_halfmonthly": lambda _: Recurrence("MONTHLY", "month", times=2, open=True),
    "rec_unspecified": _unspecified,
    "rec_weekday": _weekly,
    "rec_mweekday": _monthly_weekday,
    "rec_eachweekday": _weekly,
    "each_yearly": lambda _: every("năm"),
}
"""Lexeme -> how its rule is made."""
