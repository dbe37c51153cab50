"""What a paragraph inherits from its style: bold, alignment, numbering, font."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.docx.names import W, child_int, child_value, switched_on
from normalize.legacy import font_encoding

if TYPE_CHECKING:
    from lxml import etree

    from extract.document import Alignment

_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left", "start": "left", "both": "left", "distribute": "left",
    "center": "center", "right": "right", "end": "right",
}  # fmt: skip
_MAX_DEPTH = 20  # a style based on itself must not hang the reader


@dataclass(frozen=True, slots=True)
class Style:
    """Properties a style states or inherits; None = not stated."""

    bold: bool | None = None
    hidden: bool | None = None
    alignment: Alignment | None = None
    font: str | None = None
    num_id: str | None = None
    level: int = 0


class Styles:
    """The styles of one document, resolved along `w:basedOn` when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str | None, Style] = {}
        self._default = Style()
        if root is None:
            return
        for element in root.iter(W + "style"):
            self._elements[element.get(W + "styleId", "")] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true", "on"}:
                self._elements.setdefault("\0default", element)
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self._default = Style(font=font_name(defaults))

    def fonts(self) -> set[str | None]:
        """Give the fonts that styles name."""
        properties = (style.find(W + "rPr") for style in self._elements.values())
        return {font_name(found) for found in properties} | {self._default.font}

    def get(self, style_id: str | None) -> Style:
        """Give the resolved style; an unknown or absent id gives the default paragraph style."""
        found = self._resolved.get(style_id)
        if found is None:
            found = self._resolved[style_id] = self._resolve(style_id or "\0default", 0)
        return found

    def _resolve(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth > _MAX_DEPTH:
            return self._default
        parent = child_value(element, "basedOn")
        style = self._resolve(parent, depth + 1) if parent else self._default
        run, paragraph = element.find(W + "rPr"), element.find(W + "pPr")
        bold, hidden = switched_on(run, "b"), switched_on(run, "vanish")
        numbering = paragraph.find(W + "numPr") if paragraph is not None else None
        return replace(
            style,
            bold=style.bold if bold is None else bold,
            hidden=style.hidden if hidden is None else hidden,
            alignment=alignment(paragraph) or style.alignment,
            font=font_name(run) or style.font,
            num_id=child_value(numbering, "numId") or style.num_id,
            level=child_int(numbering, "ilvl", style.level),
        )


def alignment(properties: etree._Element | None) -> Alignment | None:
    """Read `w:jc`."""
    return _ALIGNMENTS.get(child_value(properties, "jc") or "")


def font_name(properties: etree._Element | None) -> str | None:
    """Give the Latin font of run properties: legacy fonts (.VnTime, VNI-Times) carry the encoding."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    if fonts is None:
        return None
    names = [fonts.get(W + name) for name in ("ascii", "hAnsi", "cs")]
    return next((name for name in names if font_encoding(name)), names[0] or names[1])
