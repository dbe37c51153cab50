"""One cell that names both who leads and who supports, split: "Chủ trì: A; phối hợp: B, C"."""

from __future__ import annotations

import regex

_UNIT = (
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|phòng|bộ phận|cá nhân)(?:\s*[,/]\s*(?:cơ quan|đơn vị|cá nhân))?\s*)?"
)
_BULLET = r"[\s\-–+*•]*(?:(?:[a-z]|\d)[.)]\s*)?"
_LABELLED = regex.compile(
    rf"^{_BULLET}{_UNIT}(?:chủ trì|thực hiện|đầu mối)(?:\s+(?:thực hiện|tham mưu))?\s*[:\-–]\s*(?P<lead>.+?)"
    rf"[\s;.,]*{_BULLET}(?:và\s+)?{_UNIT}phối hợp(?:\s+thực hiện|\s+với)?\s*[:\-–]\s*(?P<support>.+?)[\s;.]*$",
    regex.IGNORECASE | regex.DOTALL,
)
_SENTENCE = regex.compile(
    rf"^{_BULLET}(?P<lead>.+?)\s+chủ trì\s*[,;]?\s*(?:và\s+)?phối hợp\s+(?:với|cùng)\s+(?P<support>.+?)[\s;.]*$",
    regex.IGNORECASE | regex.DOTALL,
)
_TRAILING = regex.compile(
    rf"^{_BULLET}(?P<lead>.+?)\s*\(?\s*chủ trì\s*\)?\s*[;,.\n]+"
    rf"{_BULLET}(?P<support>.+?)\s*\(?\s*phối hợp(?:\s+thực hiện)?\s*\)?[\s;.]*$",
    regex.IGNORECASE | regex.DOTALL,
)
_LEAD_ONLY = regex.compile(
    rf"^{_BULLET}{_UNIT}chủ trì\s*[:\-–]\s*(?P<lead>.+?)[\s;.]*$", regex.IGNORECASE | regex.DOTALL
)


def split_assignees(text: str) -> tuple[str, str | None] | None:
    """Split a cell into (lead, support); None when it does not name the two parts itself."""
    if "hủ trì" not in text and "phối hợp" not in text.casefold():
        return None
    for pattern in (_LABELLED, _SENTENCE, _TRAILING):
        match = pattern.match(text)
        if match:
            return match["lead"].strip(), match["support"].strip()
    match = _LEAD_ONLY.match(text)
    return (match["lead"].strip(), None) if match else None
