"""What an HTML element hands down to the text in it: bold, alignment, font."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from lxml import etree

    from extract.document import Alignment

_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_ALIGN = regex.compile(r"text-align\s*:\s*(left|center|right|justify|start|end)", regex.IGNORECASE)
_WEIGHT = regex.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", regex.IGNORECASE)
_FAMILY = regex.compile(r"font(?:-family)?\s*:[^;]*?(?P<name>\.?V[Nn][^;,\"']*)", regex.IGNORECASE)
_SIDES: dict[str, Alignment] = {
    "left": "left", "start": "left", "justify": "left", "center": "center", "right": "right", "end": "right",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """`font` is noted only where it may be a legacy Vietnamese one (".VnTime", "VNI-Times")."""

    bold: bool = False
    alignment: Alignment | None = None
    pre: bool = False
    font: str | None = None


def font_samples(element: etree._Element, outer: Look | None = None) -> dict[str | None, list[str]]:
    """Give all text under an element by the font it stands in."""
    samples: dict[str | None, list[str]] = {}
    stack = [(element, outer or Look())]
    while stack:
        current, above = stack.pop()
        look = look_of(current, above)
        samples.setdefault(look.font, []).append(current.text or "")
        for child in current:
            samples.setdefault(look.font, []).append(child.tail or "")
            if isinstance(child.tag, str):
                stack.append((child, look))
    return samples


def look_of(element: etree._Element, outer: Look) -> Look:
    """Give the look of an element's own text inside `outer`."""
    style = element.get("style") or ""
    bold = outer.bold or element.tag in _BOLD
    weight = _WEIGHT.search(style) if style else None
    if weight:
        bold = weight[1].lower() == "bold" or weight[1][0] in "6789"
    side = _ALIGN.search(style) if style else None
    named = side[1].lower() if side else (element.get("align") or "").lower()
    alignment = "center" if element.tag == "center" else _SIDES.get(named, outer.alignment)
    family = _FAMILY.search(style) if style else None
    font = element.get("face") or (family["name"].strip() if family else None) or outer.font
    return Look(bold=bold, alignment=alignment, pre=outer.pre or element.tag == "pre", font=font)
