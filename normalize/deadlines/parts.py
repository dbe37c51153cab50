"""Parts before their years are known: what the phrases build and the cell completes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from normalize.deadlines.model import Extension

if TYPE_CHECKING:
    from normalize.deadlines.model import Comparator, Offset, PartType, Reason
    from normalize.deadlines.recurrence import Recurrence
    from normalize.deadlines.times import Time


@dataclass(slots=True)
class Draft:
    """One part under construction. `times` is one period, or the two ends of a range; tokens `first`..`last`."""

    type: PartType
    first: int
    last: int
    comparator: Comparator | None = None
    times: tuple[Time, ...] = ()
    recurrence: Recurrence | None = None
    offset: Offset | None = None
    extension: Extension = field(default_factory=Extension)
    label: str | None = None
    verb: str | None = None  # "tổ chức thực hiện": a label only beside other labels
    led: bool = False  # a comparator stands before it
    doubtful: bool = False  # "báo cáo quý I": a deadline only beside others
    period: Time | None = None  # "Quý IV (trước 15/12)": the bare period that stands as its label
    error: Reason | None = None
    since: bool = False  # "từ quý II" begins with the quarter, "sau quý II" after it


@dataclass(slots=True)
class Expression:
    """A stretch of chunks `begin`..`end` that says when. `strong`: with a comparator or complete by itself.

    A weak expression ("quý I") before a strong one ("trước ngày 10/3") names what is due, not when.
    """

    drafts: list[Draft]
    begin: int
    end: int
    strong: bool
    naming: int | None = (
        None  # last token of the period in "báo cáo hằng tháng | trước ngày 25": it names, too
    )
