"""Values of lexemes: from the named pieces of a match to a time, a rule, a duration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from normalize.deadlines.recurrence import DAYS, Recurrence
from normalize.deadlines.rules import RULES
from normalize.deadlines.times import Time, edge, full_year, number, shift

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from normalize.deadlines.model import OffsetUnit
    from normalize.deadlines.times import Unit

Captures: TypeAlias = "dict[str, str]"
_UNITS: Mapping[str, OffsetUnit] = {
    "ngày": "day", "tuần": "week", "tháng": "month", "năm": "year", "giờ": "hour", "tiếng": "hour", "h": "hour",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duration:
    """A count of days, months or hours: "05 ngày làm việc"."""

    n: int
    unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day: "17h00", "chiều"."""

    time: str | None
    part_of_day: str | None


Value: TypeAlias = "Time | Recurrence | Duration | Clock | int | str | None"


def value_of(rule: str, pieces: Captures, text: str) -> Value:
    """Give the value of the lexeme `rule` from its named pieces, or its whole text where it has none."""
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


def _in_month(unit: Unit) -> Callable[[Captures], Time]:
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
        return Time(
            unit, year=year, shift=moved, month=month, edge=edge(p["e"]), number=number(p.get("n", "0"))
        )

    return build


def _edge(of: Literal["day", "month", "quarter", "year", "school"]) -> Callable[[Captures], Time]:
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
        return Time("edge", year=year, shift=moved, edge=where, of="year", approx=approx)

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


def _lunar(_: Captures) -> Time:
    return Time("day", error="ambiguous")


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
    if len(year) not in {2, 4}:
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


def _dashed_day(p: Captures) -> Time:
    """Day of "15-12/2022"; "08-10/2022" may as well be August to October."""
    if number(p["d"]) <= 12 and "g" not in p:
        return Time("day", error="ambiguous")
    return _spelled_day(p)


def _listed_month(p: Captures) -> Time:
    """Mark the last of "tháng 8, 9 năm 2022": a month only after another (number -1)."""
    return Time("month", year=int(p["y"]), month=number(p["m"]), bare=True, number=-1)


def _bare_month(p: Captures) -> Time:
    month = number(p["m"])
    return Time(
        "month", year=int(p["y"]), month=month, bare=True, error=None if 1 <= month <= 12 else "invalid_month"
    )


_BUILDERS: dict[str, Callable[[Captures], Value]] = {
    **RULES,
    "time_iso": _spelled_day,
    "time_dmy": _spelled_day,
    "time_dmyy": _spelled_day,
    "time_dmybad": _error_date,
    "time_dmydots": _spelled_day,
    "time_dmydash": _spelled_day,
    "time_dmdash": _dashed_day,
    "time_dmyt": _spelled_day,
    "time_dmt": _spelled_day,
    "time_dmr": _spelled_day,
    "time_lunardm": _lunar,
    "time_dmdays": _spelled_day,
    "time_dmdot": _day,
    "time_dm": _day,
    "time_edgeday": _edge("day"),
    "time_half6": _months,
    "time_half6s": _months,
    "time_quarters": _quarters,
    "time_quarteredge": _edge_quarter,
    "time_monthedge": _edge_month,
    "time_halfyear": _half,
    "time_halfmonth": _in_month("halfmonth"),
    "time_thirdmonth": _in_month("third"),
    "time_daysmonth": _in_month("days"),
    "time_weekmonth": _in_month("week"),
    "time_edgemonth": _edge("month"),
    "time_edgequarter": _edge("quarter"),
    "time_edgeyear": _edge("year"),
    "time_edgeschool": _edge_school,
    "time_edgeyearbare": _edge("year"),
    "time_school": _school,
    "time_schoolbare": _ambiguous,
    "time_term": _ambiguous,
    "time_vague": _ambiguous,
    "time_lunarword": _ambiguous,
    "time_span": _span,
    "time_my": _month,
    "time_mr": _month,
    "time_mybare": _bare_month,
    "time_monthinlist": _listed_month,
    "time_mybad": _bad_month,
    "time_qy": _quarter,
    "time_qybad": _bad_quarter,
    "time_q": _quarter,
    "time_m": _month,
    "time_ybad": _invalid_year,
    "time_relyear": _relative_year,
    "time_named": _named,
    "time_qybare": lambda p: Time("quarter", year=int(p["y"]), quarter=number(p["q"])),
    "time_y": lambda p: Time("year", year=int(p["y"])),
    "time_ybare": lambda p: Time("year", year=int(p["y"]), bare=True),
    "time_wholeyear": lambda _: Time("year", shift=0),
    "time_thismonth": _ambiguous,
    "time_weekyear": lambda p: Time("week", year=int(p["y"]), number=int(p["e"])),
    "time_d": lambda p: Time("day", day=number(p["d"])),
    "time_dmung": lambda p: Time("day", day=number(p["d"])),
    "time_periodday": _ambiguous,
    "dur_n": _duration,
    "unit_u": _unit,
    "anchor_nextmonth": lambda p: p["d"],
}
