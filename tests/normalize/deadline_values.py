"""One line for the value of a cell, as the corpus and the documentation write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.deadlines import Deadline, DeadlinePart


def value_of(deadline: Deadline) -> str:
    """`interval 2022-01-01/2022-03-31 quarter inferred`; parts joined by ` + `; `refused: reason` for none."""
    if deadline.status != "ok":
        return f"{'nothing' if deadline.status == 'no_deadline' else 'refused'}: {deadline.reason}"
    return " + ".join(_part(part) for part in deadline.parts)


def _part(part: DeadlinePart) -> str:
    words: list[str] = []
    if part.label:
        words.append(f"[{part.label}]")
    words.append(part.type)
    if part.comparator:
        words.append(part.comparator)
    if part.start or part.end:
        words.append(f"{part.start or '..'}/{part.end or '..'}")
    if part.recurrence:
        words.append(part.recurrence)
    if part.offset:
        words.append(
            f"{part.offset.n:+d} {part.offset.unit} of {part.offset.anchor_event or 'nothing named'}"
        )
    if part.extension.reference:
        words.append(f"<{part.extension.reference}>")
    if part.precision:
        words.append(part.precision)
    if part.year_inferred:
        words.append("inferred")
    extension = part.extension
    for name in ("until_rule", "period_lag", "day_of_month", "time", "part_of_day", "times_per", "named"):
        value = getattr(extension, name)
        if value is not None:
            words.append(f"{name}={value}")
    words += [name for name in ("approx", "unspecified_frequency") if getattr(extension, name)]
    return " ".join(words)
