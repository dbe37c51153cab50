"""Figures as Vietnamese documents write them: "1.380", "13,3%", "2/3", "2,5 tỷ đồng", "10 triệu".

The comma is the decimal mark and the point groups thousands (Thông tư 01/2011/TT-BNV; ISO 80000 as TCVN 7870);
typists also write them the English way. What can be read in two ways has no value: "12,345" is null.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

NUMBER = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:\s\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
)
_NUMBER = regex.compile(rf"[+\-−–]?\s?(?:{NUMBER})")
_FRACTION = regex.compile(r"(?P<value>\d{1,6})\s?/\s?(?P<whole>\d{1,6})")
_MARKS = regex.compile(
    r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+$|(?<=[\d%])\s?\(\d{1,2}\)$|(?<=[\d%])\s?\(?\*+\)?$"
    r"|(?<=\d)\s?\[\d{1,2}\]$"
)
_PLACEHOLDER = regex.compile(r"[-–—−]+|[xX]|\.{2,}|…|không|k")
_SCALED = regex.compile(
    r"(?P<scale>nghìn tỷ|ngàn tỷ|tỷ|tỉ|triệu|nghìn"
    r"|ngàn)(?:\s+(?P<rest>.+))?",
    regex.IGNORECASE,
)
_SCALES = {"nghìn tỷ": 1e12, "ngàn tỷ": 1e12, "tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell.

    Attributes:
        text: as printed.
        value: None for a placeholder ("-") or a figure that can be read in two ways.
        denominator: the 3 of "2/3".
        unit: what stands behind the figure in the same cell ("%", "triệu đồng"), as printed.
    """

    text: str
    value: float | None
    denominator: float | None = None
    unit: str | None = None


def parse_number(text: str) -> float | None:
    """Give the value of a figure ("1.380" = 1380, "13,3" = 13.3); None for anything else or a doubtful one."""
    text = text.strip().replace("−", "-").replace("–", "-")
    sign, digits = (-1.0, text[1:].strip()) if text.startswith("-") else (1.0, text.removeprefix("+").strip())
    digits = regex.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", digits)
    if not regex.fullmatch(r"\d+(?:[.,]\d+)*", digits):
        return None
    commas, points = digits.count(","), digits.count(".")
    if not commas and not points:
        return sign * float(digits)
    if commas and points:  # the later one is the decimal mark: 1.234,5 and 1,234.5
        decimal, group = (",", ".") if digits.rfind(",") > digits.rfind(".") else (".", ",")
        if digits.count(decimal) > 1 or not _grouped(digits.split(decimal)[0], group):
            return None
        return sign * float(digits.replace(group, "").replace(decimal, "."))
    mark = "," if commas else "."
    head, *tail = digits.split(mark)
    if len(tail) > 1:
        return sign * float(digits.replace(mark, "")) if _grouped(digits, mark) else None
    if len(tail[0]) != 3 or head == "0" or len(head) > 3:
        return sign * float(f"{head}.{tail[0]}")
    # "1.380" groups thousands; "12,345" may be either.
    return sign * float(head + tail[0]) if mark == "." else None


def _grouped(digits: str, mark: str) -> bool:
    parts = digits.split(mark)
    return 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def parse_figure(text: str) -> Figure | None:
    """Give the figure that a whole cell is ("62", "2/3", "75%", "22²", "-", "1.200 triệu đồng"); None for words."""
    stripped = text.strip()
    bare = _MARKS.sub("", stripped).strip()
    if not bare:
        return None
    if _PLACEHOLDER.fullmatch(bare):
        return Figure(stripped, None)
    if fraction := _FRACTION.fullmatch(bare):
        return Figure(stripped, float(fraction["value"]), float(fraction["whole"]))
    if match := _NUMBER.match(bare):
        rest = bare[match.end() :].strip()
        if not rest:
            return Figure(stripped, parse_number(match[0]))
        if rest == "%":
            return Figure(stripped, parse_number(match[0]), unit="%")
        if len(rest) <= 25 and regex.fullmatch(r"\p{L}[\p{L}²³/. ]*", rest) and len(rest.split()) <= 4:
            return Figure(stripped, parse_number(match[0]), unit=rest)
    return None


def scale_of(unit: str) -> tuple[float, str | None]:
    """Give the factor in a unit of money ("triệu đồng" -> 1,000,000 "đồng"); 1 for any other unit."""
    match = _SCALED.fullmatch(unit.strip())
    if match is None:
        return 1.0, unit
    return _SCALES[match["scale"].casefold()], match["rest"]
