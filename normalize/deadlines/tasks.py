"""Labels that stand only in the task's cell: "Báo cáo công tác CCHC (Quý I, 6 tháng, Quý III và năm)"."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\(([^()]*)\)")
_LINK = re.compile(r"\s*(?:,|;|\bvà\b|\bhoặc\b)\s*")


def label_hints(task_text: str, count: int) -> tuple[str, ...] | None:
    """Give the `count` items of the one bracketed list of that length in the task, or None."""
    found = []
    for brackets in _BRACKETS.finditer(task_text):
        items = tuple(item for item in _LINK.split(brackets[1].strip()) if item)
        if len(items) == count:
            found.append(items)
    return found[0] if len(found) == 1 else None
