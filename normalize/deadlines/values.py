"""Values of lexemes: from the named pieces of a match to a time, a rule, a duration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from normalize.deadlines.recurrence import DAYS, WORKING_DAYS, Recurrence, day_in, every, months_of
from normalize.deadlines.times import Time, edge, full_year, number, shift

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from normalize.deadlines.model import OffsetUnit

Captures: TypeAlias = "dict[str, str]"
_UNITS: Mapping[str, OffsetUnit] = {
    "ngày": "day", "tuần": "week", "tháng": "month", "năm": "year", "giờ": "hour", "tiếng": "hour", "h": "hour",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duration:
    """ "05 ngày làm việc"."""

    n: int
    unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class Clock:
    """ "17h00", "chiều"."""

    time: str | None
    part_of_day: str | None


Value: TypeAlias = "Time | Recurrence | Duration | Clock | int | str | None"


def value_of(rule: str, pieces: Captures, text: str) -> Value:
    build = _BUILDERS.get(rule)
    if build:
        return build(pieces)
    if rule.startswith("comp_"):
        return rule[5:]
    if rule.startswith("num_"):
        return number(pieces["n"])
    if rule.startswith("weekday"):
        return DAYS[pieces["d"]]
    if rule.startswith("hour_"):
        return _clock(pieces)
    return text.strip()


def _clock(p: Captures) -> Clock:
    part = {"sáng": "AM", "trưa": "PM", "chiều": "PM", "tối": "PM"}.get(p.get("p", ""))
    digits = [int(piece) for piece in p.get("t", "").replace(":", " ").split() if piece.isdigit()]
    if not digits or digits[0] > 24 or (len(digits) > 1 and digits[1] > 59):
        return Clock(None, part)
    return Clock(f"{digits[0]:02d}:{digits[1] if len(digits) > 1 else 0:02d}", part)


def _year(p: Captures) -> tuple[int | None, int | None]:
    """Year and year shift that a tail states."""
    year = full_year(p["y"]) if "y" in p else None
    return year, shift(p["r"]) if "r" in p and year is None else None


def _day(p: Captures) -> Time:
    year, moved = _year(p)
    month = number(p["m"]) if "m" in p else None
    return Time("day", year=year, shift=moved, month=month, day=number(p["d"]), bare="m" in p)


def _spelled_day(p: Captures) -> Time:
    year, moved = _year(p)
    return Time("day", year=year, shift=moved, month=number(p["m"]), day=number(p["d"]))


def _month(p: Captures) -> Time:
    year, moved = _year(p)
    month = number(p["m"])
    return Time(
        "month", year=year, shift=moved, month=month, error=None if 1 <= month <= 12 else "invalid_month"
    )


def _quarter(p: Captures) -> Time:
    year, moved = _year(p)
    quarter = number(p["q"])
    return Time(
        "quarter",
        year=year,
        shift=moved,
        quarter=quarter,
        error=None if 1 <= quarter <= 4 else "invalid_quarter",
    )


def _in_month(unit: str) -> Callable[[Captures], Time]:
    def build(p: Captures) -> Time:
        year, moved = _year(p)
        month = number(p["m"])
        if unit == "week":
            last = p["e"] in {"cuối", "cuối cùng"}
            return Time(
                "week",
                year=year,
                shift=moved,
                month=month,
                edge="last" if last else None,
                number=number(p["e"]),
            )
        kept = "halfmonth" if unit == "halfmonth" else "third" if unit == "third" else "days"
        return Time(
            kept, year=year, shift=moved, month=month, edge=edge(p["e"]), number=number(p.get("n", "0"))
        )

    return build


def _edge(of: str) -> Callable[[Captures], Time]:
    def build(p: Captures) -> Time:
        year, moved = _year(p)
        where = edge(p["e"])
        approx = of != "day"
        if "m" in p:
            return Time(
                "edge", year=year, shift=moved, month=number(p["m"]), edge=where, of="month", approx=approx
            )
        if "q" in p:
            return Time(
                "edge",
                year=year,
                shift=moved,
                quarter=number(p["q"]),
                edge=where,
                of="quarter",
                approx=approx,
            )
        kind = "school" if of == "school" else "year"
        return Time("edge", year=year, shift=moved, edge=where, of=kind, approx=approx)

    return build


def _months(p: Captures) -> Time:
    year, moved = _year(p)
    count = number(p["n"])
    if not 1 <= count <= 11:
        return Time("months", error="invalid_month")
    first = edge(p["e"]) == "first"
    return Time(
        "months",
        year=year,
        shift=moved,
        first_month=1 if first else 13 - count,
        last_month=count if first else 12,
    )


def _quarters(p: Captures) -> Time:
    return _months({**p, "n": str(3 * number(p["n"]))})


def _half(p: Captures) -> Time:
    return _months({**p, "n": "6"})


def _edge_quarter(p: Captures) -> Time:
    year, moved = _year(p)
    return Time("quarter", year=year, shift=moved, quarter=1 if edge(p["e"]) == "first" else 4)


def _edge_month(p: Captures) -> Time:
    year, moved = _year(p)
    first = edge(p["e"]) == "first"
    if "q" in p:
        quarter = number(p["q"])
        wrong = not 1 <= quarter <= 4
        return Time(
            "month",
            year=year,
            shift=moved,
            month=3 * quarter - (2 if first else 0),
            error="invalid_quarter" if wrong else None,
        )
    return Time("month", year=year, shift=moved, month=1 if first else 12)


def _span(p: Captures) -> Time:
    first, last = int(p["y"]), int(p["y2"])
    return Time("span", year=first, year2=last, error="inverted_interval" if first > last else None)


def _school(p: Captures) -> Time:
    first, last = int(p["y"]), int(p["y2"])
    last = last + 2000 if last < 100 else last
    return Time("school", year=first, year2=last, error=None if last == first + 1 else "invalid_year")


def _edge_school(p: Captures) -> Time:
    return Time("edge", year=int(p["y"]), edge=edge(p["e"]), of="school", approx=True)


def _relative_year(p: Captures) -> Time:
    return Time("year", shift=shift(p["r"]))


def _named(p: Captures) -> Time:
    name = p["name"]
    if "d" in p:
        return Time("day", year=full_year(p["y"]) if "y" in p else None, month=int(p["m"]), day=int(p["d"]))
    return Time("named", year=int(p["y"]) if "y" in p else None, name=name)


def _lunar(p: Captures) -> Time:
    return Time("day", error="ambiguous")


def _every(p: Captures) -> Recurrence:
    return every(p["u"], number(p["n"]) if "n" in p else 1)


def _per(p: Captures) -> Recurrence:
    rule = every(p["u"], number(p["n"]) if "n" in p else 1)
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


def _edge_word(text: str):  # type: ignore[no-untyped-def]
    return {
        "thứ hai": "middle",
        "thứ 2": "middle",
        "thứ ba": "last",
        "thứ 3": "last",
        "thứ nhất": "first",
        "thứ 1": "first",
    }.get(text) or edge(text)


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
    frequency = {"tháng": "MONTHLY", "năm": "YEARLY", "tuần": "WEEKLY"}[p["p"]]
    return Recurrence(frequency, "day", by_day=WORKING_DAYS, by_set_position=last)  # type: ignore[arg-type]


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
        return Recurrence(
            "YEARLY", "week", by_month=months_of("quý", edge(p["e"])), by_month_day=rule, lag=lag
        )
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


def _duration(p: Captures) -> Duration:
    words = p["u"].split()
    unit = _UNITS.get(words[0], "day")
    if words[0] == "quý":
        return Duration(3 * number(p["n"]), "month")
    if p["n"] == "nửa":
        return Duration(15, "day") if unit == "month" else Duration(6, "month")
    if unit == "day" and any(word in words for word in ("làm", "công", "hành")):
        unit = "working_day"
    return Duration(number(p["n"]), unit)


def _unit(p: Captures) -> str:
    return f"{number(p['n']) if 'n' in p else 1} {p['u']}"


def _error_date(p: Captures) -> Time:
    day, month, year = int(p["d"]), int(p["m"]), p["y"]
    if len(year) != 4 and not (len(year) == 2):
        return Time("day", day=day, month=month, error="invalid_date")
    return Time("day", day=day, month=month, year=full_year(year))


def _invalid_year(_: Captures) -> Time:
    return Time("year", error="invalid_year")


def _bad_quarter(p: Captures) -> Time:
    return Time("quarter", error="invalid_year" if 1 <= number(p["q"]) <= 4 else "invalid_quarter")


def _bad_month(p: Captures) -> Time:
    return Time("month", error="invalid_year" if 1 <= number(p["m"]) <= 12 else "invalid_month")


def _ambiguous(_: Captures) -> Time:
    return Time("year", error="ambiguous")


def _bare_month(p: Captures) -> Time:
    month = number(p["m"])
    return Time(
        "month", year=int(p["y"]), month=month, bare=True, error=None if 1 <= month <= 12 else "invalid_month"
    )


_BUILDERS: dict[str, Callable[[Captures], Value]] = {
    "time_iso": _spelled_day, "time_dmy": _spelled_day, "time_dmyy": _spelled_day, "time_dmybad": _error_date,
    "time_dmydots": _spelled_day, "time_dmydash": _spelled_day, "time_dmdash": _spelled_day, "time_dmyt": _spelled_day,
    "time_dmt": _spelled_day, "time_dmr": _spelled_day, "time_lunardm": _lunar, "time_dmdays": _spelled_day,
    "time_dmdot": _day, "time_dm": _day, "time_edgeday": _edge("day"), "time_half6": _months, "time_half6s": _months,
    "time_quarters": _quarters, "time_quarteredge": _edge_quarter, "time_monthedge": _edge_month, "time_halfyear": _half,
    "time_halfmonth": _in_month("halfmonth"), "time_thirdmonth": _in_month("third"), "time_daysmonth": _in_month("days"),
    "time_weekmonth": _in_month("week"), "time_edgemonth": _edge("month"), "time_edgequarter": _edge("quarter"),
    "time_edgeyear": _edge("year"), "time_edgeschool": _edge_school, "time_edgeyearbare": _edge("year"),
    "time_school": _school, "time_schoolbare": _ambiguous, "time_term": _ambiguous, "time_span": _span,
    "time_my": _month, "time_mr": _month, "time_mybare": _bare_month, "time_mybad": _bad_month, "time_qy": _quarter,
    "time_qybad": _bad_quarter, "time_q": _quarter, "time_m": _month, "time_ybad": _invalid_year,
    "time_relyear": _relative_year, "time_named": _named,
    "time_qybare": lambda p: Time("quarter", year=int(p["y"]), quarter=number(p["q"])),
    "time_y": lambda p: Time("year", year=int(p["y"])),
    "time_ybare": lambda p: Time("year", year=int(p["y"]), bare=True),
    "time_wholeyear": lambda _: Time("year", shift=0), "time_thismonth": _ambiguous,
    "time_weekyear": lambda p: Time("week", year=int(p["y"]), number=int(p["e"])),
    "time_d": lambda p: Time("day", day=number(p["d"])), "time_dmung": lambda p: Time("day", day=number(p["d"])),
    "rec_workday": _working_day, "rec_dayof": _day_of_edge_month, "rec_daylag": _day_of_month,
    "rec_lastday": _edge_of, "rec_dayofany": _day_of_month, "rec_dayofmonth": _day_of_month,
    "rec_dayofquarter": _day_of_quarter, "rec_monthof": _month_of, "rec_weekof": _week_of, "rec_firstdays": _first_days, "rec_edgeof": _edge_of,
    "rec_edge": _edge_of, "rec_pertimes": _per, "rec_eachtimes": _per, "rec_everytime": _every, "rec_everyslash": _every,
    "rec_every": _every, "rec_everyhalf": _every, "rec_periodic": _every, "rec_byperiod": _every,
    "rec_everyschool": lambda _: every("năm"), "rec_school": _unspecified, "rec_halfyearly": lambda _: every("tháng", 6), "time_periodday": _ambiguous, "rec_unspecified": _unspecified,
    "rec_weekday": _weekly, "rec_mweekday": _monthly_weekday, "rec_eachweekday": _weekly, "each_yearly": lambda _: every("năm"),
    "dur_n": _duration, "unit_u": _unit, "anchor_nextmonth": lambda p: p["d"],
}  # fmt: skip
