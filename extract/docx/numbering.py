"""Automatic numbers ("1.", "a)", "I.", "-"): counted here, because Word keeps them out of the text.

Word counts per abstract list: all `w:num` that share one go on counting, unless a `w:startOverride` begins
anew. A number on one level resets the deeper ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract.docx.names import VAL, W, child_int, child_value
from extract.docx.symbols import symbol_text

if TYPE_CHECKING:
    from lxml import etree

    from extract.docx.styles import Style

_PLACE = regex.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what its label looks like ("%1.%2)")."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str | None = None
    font: str | None = None


class Numbering:
    """The lists of one document and their counters; ask for labels in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._by_style_link: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._overridden: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for element in root.iterchildren(W + "abstractNum"):
            key = element.get(W + "abstractNumId", "")
            self._abstract[key] = {
                int(level.get(W + "ilvl", "0")): _level(level) for level in element.iterchildren(W + "lvl")
            }
            if (link := child_value(element, "styleLink")) is not None:
                self._by_style_link[link] = key
            if (link := child_value(element, "numStyleLink")) is not None:
                self._links[key] = link
        for element in root.iterchildren(W + "num"):
            changed, starts = {}, {}
            for override in element.iterchildren(W + "lvlOverride"):
                depth = int(override.get(W + "ilvl", "0"))
                if (level := override.find(W + "lvl")) is not None:
                    changed[depth] = _level(level)
                if (start := child_value(override, "startOverride")) is not None:
                    starts[depth] = int(start or 1)
            abstract = child_value(element, "abstractNumId") or ""
            self._nums[element.get(W + "numId", "")] = (abstract, changed, starts)

    def label(
        self, properties: etree._Element | None, style: Style, style_id: str | None
    ) -> tuple[str, str | None]:
        """Give the label Word prints before a paragraph ("" for none) and its own font, and count it."""
        numbering = properties.find(W + "numPr") if properties is not None else None
        num_id = child_value(numbering, "numId") or style.num_id
        if num_id is None or num_id not in self._nums:
            return "", None  # also numId 0: "no number here although the style has one"
        levels = self._levels(num_id)
        depth = child_int(numbering, "ilvl", -1)
        if depth < 0:
            by_style = [i for i, level in levels.items() if style_id and level.paragraph_style == style_id]
            depth = by_style[0] if by_style else style.level
        level = levels.get(depth)
        if level is None:
            return "", None
        self._count(num_id, depth, levels)
        return self._text(num_id, depth, levels), level.font

    def _levels(self, num_id: str) -> dict[int, Level]:
        abstract, changed, _ = self._nums[num_id]
        levels = self._abstract.get(abstract, {})
        if not levels and abstract in self._links:
            levels = self._abstract.get(self._by_style_link.get(self._links[abstract], ""), {})
        return {**levels, **changed} if changed else levels

    def _count(self, num_id: str, depth: int, levels: dict[int, Level]) -> None:
        abstract, _, starts = self._nums[num_id]
        counters = self._counters.setdefault(abstract, {})
        if depth in starts and (num_id, depth) not in self._overridden:
            self._overridden.add((num_id, depth))
            counters[depth] = starts[depth]
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else levels[depth].start
        for upper in range(depth):
            counters.setdefault(upper, levels[upper].start if upper in levels else 1)
        for deeper in [index for index in counters if index > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or 0 < restart <= depth + 1 or restart > deeper:
                del counters[deeper]

    def _text(self, num_id: str, depth: int, levels: dict[int, Level]) -> str:
        level, counters = levels[depth], self._counters[self._nums[num_id][0]]
        if level.number_format == "none":
            return str(_PLACE.sub("", level.text)).strip()
        if level.number_format == "bullet":
            return symbol_text(level.text, level.font)

        def figure(match: regex.Match[str]) -> str:
            place = int(match[1]) - 1
            kind = levels[place].number_format if place in levels else "decimal"
            return format_number(counters.get(place, 1), "decimal" if level.legal else kind)

        return str(_PLACE.sub(figure, level.text)).strip()


def _level(element: etree._Element) -> Level:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    restart = child_value(element, "lvlRestart")
    level = Level(
        start=child_int(element, "start", 1),
        number_format=child_value(element, "numFmt") or "decimal",
        text=child_value(element, "lvlText") or "",
        restart=int(restart) if restart else None,
        legal=element.find(W + "isLgl") is not None,
        paragraph_style=child_value(element, "pStyle"),
        font=None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi"),
    )
    choice = next(element.iter(W + "numFmt"), None)  # inside mc:AlternateContent: "01, 02, 03"
    if child_value(element, "numFmt") is None and choice is not None:
        level = replace(level, number_format=choice.get(VAL, "decimal"))
    return level


def format_number(number: int, kind: str) -> str:
    """Write a counter in one of Word's number formats; formats of other scripts fall back to figures."""
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind in {"upperRoman", "lowerRoman"}:
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    if kind in {"upperLetter", "lowerLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "numberInDash":
        return f"- {number} -"
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
