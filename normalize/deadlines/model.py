"""The value of a deadline cell: frozen, complete, the same in memory as in JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from schemas.work import Comparator, Precision
from schemas.work import DeadlineReason as Reason
from schemas.work import DeadlineStatus as Status
from schemas.work import DeadlineType as PartType

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "Comparator", "Deadline", "DeadlinePart", "Extension", "Json", "Offset", "OffsetUnit", "PartType",
    "Precision", "Reason", "RefusalError", "Status",
]  # fmt: skip
# An hour has no column of its own; it is read all the same.
OffsetUnit: TypeAlias = Literal["day", "working_day", "week", "month", "year", "hour"]
Json: TypeAlias = "str | int | float | bool | dict[str, Json] | list[Json] | None"


@dataclass(frozen=True, slots=True)
class Offset:
    """`n` units after (n<0: before) an event; `anchor_event` is the event without "kể từ ngày", None if unstated."""

    n: int
    unit: OffsetUnit
    anchor_event: str | None


@dataclass(frozen=True, slots=True)
class Extension:
    """What only some parts have; a field that is None (or False) is not printed."""

    reference: str | None = None
    reason: Reason | None = None
    label_hint: str | None = None
    unspecified_frequency: bool = False
    until_rule: str | None = None
    period_lag: int | None = None
    day_of_month: int | None = None
    time: str | None = None
    part_of_day: Literal["AM", "PM"] | None = None
    times_per: int | None = None
    approx: bool = False
    named: str | None = None


@dataclass(frozen=True, slots=True)
class DeadlinePart:
    """One part of a cell. `start` and `end` are inclusive; `span` is its place in the raw text.

    `confidence` (0 to 1) falls with every reading the grammar had to choose: an inferred year, a repaired
    character, a loose "cuối tháng". It is not printed by `to_json`, which keeps to the published form.
    """

    type: PartType
    label: str | None = None
    comparator: Comparator | None = None
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    offset: Offset | None = None
    precision: Precision | None = None
    year_inferred: bool = False
    extension: Extension = Extension()
    span: tuple[int, int] = (0, 0)
    confidence: float = 1.0

    def to_json(self) -> dict[str, Json]:
        """Give the part in the published form: nine keys always, extension keys where they say something."""
        offset: Json = None
        if self.offset:
            offset = {"n": self.offset.n, "unit": self.offset.unit, "anchor_event": self.offset.anchor_event}
        record: dict[str, Json] = {
            "label": self.label,
            "type": self.type,
            "comparator": self.comparator,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "recurrence": self.recurrence,
            "offset": offset,
            "precision": self.precision,
            "year_inferred": self.year_inferred,
        }
        if self.extension is not _NOTHING:
            for name in _EXTENSION_KEYS:
                value = getattr(self.extension, name)
                if value is not None and value is not False:
                    record[name] = value
        return record


_NOTHING = DeadlinePart("none").extension
_EXTENSION_KEYS: tuple[str, ...] = tuple(Extension.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a cell says. `reason` tells why there is no deadline or why the cell was refused."""

    status: Status
    reason: Reason | None
    parts: tuple[DeadlinePart, ...]

    def to_json(self) -> dict[str, Json]:
        """Give {status, reason, parts} as `phuluc deadline` prints it."""
        return {
            "status": self.status,
            "reason": self.reason,
            "parts": [part.to_json() for part in self.parts],
        }

    def dumps(self) -> str:
        """Give `to_json` as one line of JSON."""
        return json.dumps(self.to_json(), ensure_ascii=False)


class RefusalError(Exception):
    """Raised inside the parser when the cell must be refused as a whole; never leaves the package."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
