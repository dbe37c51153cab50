"""A cell cut into the clauses that may each be a piece of work, without numbers, dates and names of places."""

from __future__ import annotations

import regex

from normalize.text import tidy

LONGEST = 4_000  # letters of a cell that are read: longer ones hold whole chapters, not a task
# "- Ban hành kế hoạch. - Đạt 30%": a dash opens a clause at a line's start or after a stop, not inside "2021 - 2025".
_CUT = regex.compile(
    r"\n+|;|(?:^|(?<=[.;:,)…]\s?))\s*[-+•*●]\s*(?=\S)|(?:^|(?<=\s))\(?(?:[a-zđ]|\d{1,2})[.)]\s+"
    r"|(?<=\p{Ll}[.…])\s+(?=\p{Lu})"
)
_PLACE = regex.compile(
    r"\b(huyện|thị xã|thành phố|tỉnh|xã|phường|thị trấn|quận|TP\.?|Huyện|Thị xã|Thành phố|Tỉnh|Xã|Phường|Quận)"
    r"((?:\s+\p{Lu}\p{Ll}*(?![\p{L}]))+)"
)
_DATE = regex.compile(
    r"(?:ngày\s+)?\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?|\b(?:tháng|quý)\s+(?:\d{1,2}|[IVX]+)(?:[/-]\d{4})?"
)
_FIGURE = regex.compile(
    r"^(?:(?:đạt|tỷ lệ|tối thiểu|ít nhất|trên|từ|phấn đấu)\s|100%|\d+(?:[.,]\d+)?\s*%)", regex.IGNORECASE
)


def clauses(text: str) -> list[str]:
    """Give the clauses of a cell, in order; figures to reach ("Đạt 30%…") only where they come first."""
    found = [
        clause for piece in _CUT.split(tidy(text[:LONGEST])) if piece and (clause := piece.strip(" .,:-"))
    ]
    return [clause for n, clause in enumerate(found) if n == 0 or not _FIGURE.match(clause)]


def without_names(text: str) -> str:
    """Drop names of places after their kind ("huyện Tuy Phước" → "huyện") and dates."""
    without: str = _DATE.sub(" ", _PLACE.sub(r"\1", text[:LONGEST]))
    return without
