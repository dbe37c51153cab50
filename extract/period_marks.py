"""Time told by crosses: columns of years, quarters or months under one heading, marked where the work is done.

"Lộ trình thực hiện / 2021 | 2022 | 2023" with an "x" in two of them says "2021, 2022". Without a common heading
("T1-T3 | T4-T6 | T7-T9 | T10-T12") they must be more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.headings import match_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import Column, Row

_PERIOD = regex.compile(
    r"(?P<year>(?:năm\s*)?20\d\d)|(?P<quarter>quý\s*)?(?P<number>I{1,3}|IV)|quý\s*[1-4]"
    r"|(?:tháng|T)\.?\s*(?P<month>\d{1,2})(?:\s*[-–]\s*(?:tháng|T)?\.?\s*(?P<last>\d{1,2}))?",
    regex.IGNORECASE,
)
_MARK = regex.compile(r"\s*(?:[xX×✓✔√●•*+]|có)\s*")
# Fewer columns than this are no calendar.
_FEWEST = 2
# Without a heading over them that says they are times: two years side by side may be last year's and this year's.
_FEWEST_BARE = 3


def period_columns(columns: Sequence[Column], rows: Sequence[Row]) -> dict[int, str]:
    """Find the columns of a calendar of crosses and what each stands for; empty when there is none.

    Args:
        columns: the columns with their heading levels.
        rows: the body rows; every filled cell that begins in such a column must be a mark (the title of a
            section goes on over them).
    """
    found = {number: period for number, column in enumerate(columns) if (period := _period(column.headings))}
    under_time = all(
        len(columns[number].headings) > 1 and _is_time(columns[number].headings[-2]) for number in found
    )
    marks = [
        row.slots[number].text
        for number in found
        for row in rows
        if row.slots[number].text and not row.slots[number].left
    ]
    enough = len(found) >= (_FEWEST if under_time else _FEWEST_BARE)
    return found if enough and marks and all(_MARK.fullmatch(mark) for mark in marks) else {}


def names_period(heading: str) -> bool:
    """Tell whether a heading is a period of a calendar and nothing else ("Quý II", "T4-T6", "2023")."""
    return _period([heading]) is not None


def marked_periods(row_texts: Sequence[str], periods: dict[int, str]) -> str:
    """Give the periods a row marks, in the order of the columns ("Quý I, Quý II")."""
    marked = [period for number, period in periods.items() if row_texts[number]]
    return ("; " if any(" - " in period for period in marked) else ", ").join(marked)


def _is_time(heading: str) -> bool:
    match = match_heading(heading)
    return (match is not None and match.role in ("deadline", "start")) or bool(_PERIOD.search(heading))


def _period(headings: Sequence[str]) -> str | None:
    leaf = headings[-1] if headings else ""
    match = _PERIOD.fullmatch(leaf.strip())
    if match is None:
        return None
    if match["number"] and not match["quarter"]:
        return f"Quý {leaf}" if any("quý" in heading.casefold() for heading in headings[:-1]) else None
    if match["last"]:
        return f"Tháng {match['month']} - {match['last']}"
    return f"Tháng {match['month']}" if match["month"] else leaf
