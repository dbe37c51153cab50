"""Time told in stages: columns of times under one heading, one for each body or step the work goes through.

"Thời gian trình / Trình Bộ | Gửi thẩm định | Trình Chính phủ" over "Tháng 2", "Tháng 4", "Tháng 6" is one deadline
of three parts: "Trình Bộ: Tháng 2; Gửi thẩm định: Tháng 4; Trình Chính phủ: Tháng 6". Taking the first column alone
would give the day the draft reaches the ministry's leaders as the day it is due. The same without a common heading:
"Thời gian trình UBND tỉnh | Thời gian trình HĐND tỉnh".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.headings import match_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.profiles import Profile
    from extract.tables import Column
    from extract.works import Merged

# Fewer of the filled cells than this being times, the columns are no stages.
_DATED = 0.6
_FEWEST = 2
# A submission: it names a stage where no heading stands over the columns.
_SUBMISSION = regex.compile(
    r"(?:(?:dự kiến )?(?:thời gian|thời hạn|thời điểm|tháng|ngày)(?: dự kiến)? )?(?P<name>trình\b.+)",
    regex.IGNORECASE,
)


def stage_columns(columns: Sequence[Column], profiles: Sequence[Profile]) -> dict[int, str]:
    """Find the columns of stages and the name of each; empty when there are none.

    A column of beginnings beside one of ends is an interval, not two stages.
    """
    groups: dict[tuple[str, ...], dict[int, str]] = {}
    for number, column in enumerate(columns):
        if len(column.headings) > 1 and not _is_end(column.headings[-1]):
            groups.setdefault(column.headings[:-1], {})[number] = column.headings[-1]
        elif column.headings and (submission := _SUBMISSION.fullmatch(column.headings[-1])):
            groups.setdefault((), {})[number] = submission["name"]
    for stages in groups.values():
        filled = [number for number in stages if profiles[number].count]
        if len(filled) >= _FEWEST and all(_holds_times(profiles[number]) for number in filled):
            return stages
    return {}


def staged_deadline(cells: Sequence[Merged], stages: dict[int, str]) -> str:
    """Give the stages a row fills, each with its name; one cell over several of them is the time of all."""
    filled = {number: cells[number] for number in stages if cells[number].text}
    if len({id(cell) for cell in filled.values()}) == 1 and len(filled) > 1:
        return next(iter(filled.values())).text
    return "; ".join(f"{stages[number]}: {cell.text.strip(' ;')}" for number, cell in filled.items())


def _holds_times(cells: Profile) -> bool:
    return cells.share("deadline") >= _DATED and cells.share("number") < 1 - _DATED


def _is_end(name: str) -> bool:
    """Tell the ends of an interval, and results, from stages ("Bắt đầu", "Kết thúc", "Hoàn thành", "Thực tế")."""
    match = match_heading(name)
    return match is not None and match.role in ("start", "deadline", "status", "result")
