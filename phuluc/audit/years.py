"""The years a text names, apart from those that are part of a date or of a document's symbol."""

from __future__ import annotations

from typing import NamedTuple

import regex

_SYMBOL = regex.compile(
    r"\d+[a-zđ]?\s?[/\-]\s?(?:(?:19|20)\d\d\s?/\s?)?\p{Lu}[\p{L}&\d]*(?:[\-/]\s?[\p{Lu}][\p{L}&\d]*)*"
)
_DATE = regex.compile(
    r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)\d\d|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(?:19|20)\d\d",
    regex.IGNORECASE,
)
_STANDARD = regex.compile(r"(?:ISO|TCVN|QCVN|IEC)[\s/\d.:\-]*\d", regex.IGNORECASE)
_SPAN = regex.compile(
    r"(?P<first>(?:19|20)\d\d)\s?(?:-|–|—|đến(?:\s+năm)?|tới(?:\s+năm)?|và(?:\s+năm)?|,|;)\s?(?P<last>(?:19|20)\d\d)(?!\d)",
    regex.IGNORECASE,
)
_OUTLOOK = regex.compile(
    r"(?:định hướng|tầm nhìn|hướng tới|đến(?:\s+hết)?|trước)\s+(?:đến\s+)?(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d)",
    regex.IGNORECASE,
)
_YEAR = regex.compile(
    r"(?:(?<![\d./:\-])|(?<=(?:quý|tháng)\s[\divx]{1,3}\s?/\s?))(?P<year>(?:19|20)\d\d)(?!\d|[./:\-]\d)",
    regex.IGNORECASE,
)


class Years(NamedTuple):
    """What a text is about: single years, and spans with first and last year."""

    single: frozenset[int]
    spans: frozenset[tuple[int, int]]

    def only(self) -> int | None:
        """Give the one year a text names; None where it names none, several, or a span."""
        return next(iter(self.single)) if len(self.single) == 1 and not self.spans else None


def years_of(text: str | None) -> Years:
    """Give the years of a text: "năm 2021", "giai đoạn 2021-2025"; "NĐ 61/2018", "ngày 1/2/2020" name none."""
    if not text:
        return Years(frozenset(), frozenset())
    for pattern in (_DATE, _SYMBOL, _STANDARD):
        text = pattern.sub(" ", text)
    spans = {(int(match["first"]), int(match["last"])) for match in _SPAN.finditer(text)}
    text = _OUTLOOK.sub(" ", _SPAN.sub(" ", text))
    return Years(frozenset(int(match["year"]) for match in _YEAR.finditer(text)), frozenset(spans))
