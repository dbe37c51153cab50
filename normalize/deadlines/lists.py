"""Sharing out in lists: what one item states ("tháng", "quý", a day, a month) holds for those that leave it out.

    tháng 10, 11 và 12            the unit, left to right
    ngày 26 tháng 2, 5, 8         the day, left to right
    ngày 15, 20/3/2022            month and year, right to left
    Quý III, IV/2019; quý 1, 2/2022 (where "2/2022" is no month)
Years are shared later, over the whole cell (years.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.model import RefusalError
from normalize.deadlines.times import Time

if TYPE_CHECKING:
    from collections.abc import Sequence

_BORROWED = -2  # marks a day whose month stands further on: "ngày 10, 11, 12/3/2022"
Item = tuple[int, int, tuple[Time | int, ...]]


def share(items: Sequence[Item]) -> list[tuple[int, int, tuple[Time, ...]]]:
    """Complete the times of a list. RefusalError("ambiguous") when a number belongs to nothing."""
    flat = [value for _, _, values in items for value in values]
    complete: list[Time] = []
    for index, value in enumerate(flat):
        before = complete[-1] if complete else None
        after = next((later for later in flat[index + 1 :] if isinstance(later, Time)), None)
        complete.append(_completed(value, before, after))
    shared = []
    taken = 0
    for first, last, values in items:
        shared.append((first, last, tuple(complete[taken : taken + len(values)])))
        taken += len(values)
    return shared


def _completed(value: Time | int, before: Time | None, after: Time | None) -> Time:
    if isinstance(value, Time):
        if value.unit == "month" and before and before.unit == "day" and not before.bare and before.month:
            return replace(
                before, month=value.month, year=value.year, shift=value.shift
            )  # "ngày 15 tháng 6 và tháng 12"
        if (
            value.number == -1
            and value.unit == "month"
            and (before is None or before.unit not in {"month", "quarter"})
        ):
            raise RefusalError("ambiguous")
        if (
            value.unit == "month"
            and value.bare
            and before
            and before.unit == "quarter"
            and (value.month or 9) <= 4
        ):
            return Time("quarter", year=value.year, quarter=value.month)
        if value.unit == "day" and value.month is None and after and after.unit == "day" and after.month:
            return replace(value, month=after.month, shift=after.shift, number=_BORROWED)
        return value
    if before is not None:
        return _like_before(value, before)
    if after is not None:
        return _like_after(value, after)
    raise RefusalError("ambiguous")


def _like_before(value: int, before: Time) -> Time:
    if before.unit == "month":
        return replace(
            before,
            month=value,
            year=None,
            shift=None,
            bare=False,
            error=None if 1 <= value <= 12 else "invalid_month",
        )
    if before.unit == "quarter":
        return replace(
            before, quarter=value, year=None, shift=None, error=None if 1 <= value <= 4 else "invalid_quarter"
        )
    if before.unit == "edge" and before.of == "month":
        return replace(before, month=value, year=None, shift=None)
    if before.unit == "day" and (before.month is None or before.number == _BORROWED):
        return replace(before, day=value)
    if before.unit == "day" and not before.bare:
        return replace(before, month=value, year=None, shift=None)
    raise RefusalError("ambiguous")


def _like_after(value: int, after: Time) -> Time:
    if after.unit == "day" and after.month:
        return Time("day", shift=after.shift, month=after.month, day=value)
    if after.unit == "month" and not after.bare:
        return Time("month", month=value)
    if after.unit == "quarter":
        return Time("quarter", quarter=value)
    raise RefusalError("ambiguous")
