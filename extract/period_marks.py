"""Time told by crosses: columns of years, quarters or months under one heading, marked where the work is done.

"Lộ trình thực hiện / 2021 | 2022 | 2023" with an "x" in two of them says "2021, 2022".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.headings import match_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import Column, Row

_PERIOD = regex.compile(
    r"(?P<year>(?:năm\s*)?20\d\d)|(?P<quarter>quý\s*)?(?P<number>I{1,3}|IV)|quý\s*[1-4]|(?:tháng|T)\.?\s*(?P<month>\d{1,2})",
    regex.IGNORECASE,
)
_MARK = regex.compile(r"\s*(?:[xX×✓✔√●•*+]|có)\s*")
# Fewer columns than this are no calendar.
_FEWEST = 2


def period_columns(columns: Sequence[Column], rows: Sequence[Row]) -> dict[int, str]:
    """Find the columns of a calendar of crosses and what each stands for; empty when there is none.

    Args:
        columns: the columns with their heading levels.
        rows: the body rows; every filled cell of such a column must be a mark.
    """
    found = {
        number: period
        for number, column in enumerate(columns)
        if len(column.headings) > 1 and _is_time(column.headings[-2]) and (period := _period(column.headings))
    }
    marked = {
        number: period
        for number, period in found.items()
        if all(_MARK.fullmatch(row.slots[number].text) for row in rows if row.slots[number].text)
    }
    some = any(row.slots[number].text for number in marked for row in rows)
    return marked if some and len(marked) == len(found) >= _FEWEST else {}


def marked_periods(row_texts: Sequence[str], periods: dict[int, str]) -> str:
    """Give the periods a row marks, in the order of the columns ("Quý I, Quý II")."""
    return ", ".join(period for number, period in periods.items() if row_texts[number])


def _is_time(heading: str) -> bool:
    match = match_heading(heading)
    return (match is not None and match.role in ("deadline", "start")) or bool(_PERIOD.search(heading))


def _period(headings: Sequence[str]) -> str | None:
    leaf = headings[-1]
    match = _PERIOD.fullmatch(leaf.strip())
    if match is None:
        return None
    if match["number"] and not match["quarter"]:
        return f"Quý {leaf}" if any("quý" in heading.casefold() for heading in headings[:-1]) else None
    return f"Tháng {match['month']}" if match["month"] else leaf
