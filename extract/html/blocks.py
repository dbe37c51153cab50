"""Elements of a page to paragraphs and tables, in the order a browser shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import regex

from extract.document import Paragraph
from extract.html.look import Look, look_of
from extract.html.tables import read_table
from extract.linebreaks import ITEM_START, join_soft
from extract.nesting import unwrap
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extract.document import Block
    from normalize.legacy import LegacyKey, LegacyState

_BLOCKS = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre",
        "center", "section", "article", "main", "header", "footer", "aside", "form", "fieldset", "address", "figure",
        "figcaption", "hr", "body", "html", "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "details",
        "summary", "legend",
    }
)  # fmt: skip
_WHITE = regex.compile(r"[ \t\r\n\f]+")
_NO_MARKER = regex.compile(r"list-style(?:-type)?\s*:\s*none", regex.IGNORECASE)
_SOFT = "\v"


@dataclass(slots=True)
class _Line:
    """The inline text collected for the paragraph that is being read, and its list marker."""

    legacy: LegacyState
    pieces: list[tuple[str, LegacyKey]] = field(default_factory=list)
    strong: int = 0
    plain: int = 0
    marker: str = ""

    def add(self, text: str | None, look: Look) -> None:
        """Add a text node; blanks fold as a browser folds them, except in `<pre>`."""
        if not text:
            return
        text = text.replace("\n", _SOFT) if look.pre else _WHITE.sub(" ", text)
        letters = sum(map(str.isalnum, text))
        if look.bold:
            self.strong += letters
        else:
            self.plain += letters
        self.pieces.append((text, self.legacy.key(look.font)))

    def soft_break(self) -> None:
        """Add a `<br>`."""
        self.pieces.append((_SOFT, self.pieces[-1][1] if self.pieces else (None, False)))

    def _text(self) -> str:
        if not self.legacy.fonts:
            return "".join(text for text, _ in self.pieces)
        groups = groupby(self.pieces, key=itemgetter(1))
        return "".join(self.legacy.decode("".join(text for text, _ in group), key) for key, group in groups)

    def flush(self, look: Look) -> Iterator[Paragraph]:
        """Give the paragraph collected so far, if it says anything, and begin a new one."""
        text = tidy(join_soft(self._text().split(_SOFT)))
        if text:
            if self.marker and not ITEM_START.match(text):
                text = f"{self.marker} {text}"
            self.marker = ""
            yield Paragraph(text, alignment=look.alignment, bold=self.strong > 0 and self.plain == 0)
        self.pieces, self.strong, self.plain = [], 0, 0


def blocks(element: etree._Element, legacy: LegacyState, outer: Look | None = None) -> Iterator[Block]:
    """Give the blocks of an element: of a whole page, or of one `<td>`."""
    look = look_of(element, outer or Look())
    line = _Line(legacy)
    yield from _walk(element, look, line)
    yield from line.flush(look)


def _walk(element: etree._Element, look: Look, line: _Line) -> Iterator[Block]:
    line.add(element.text, look)
    for child in element:
        tag = child.tag
        if tag == "br":
            line.soft_break()
        elif tag == "table":
            yield from line.flush(look)
            yield from unwrap(
                *read_table(child, replace(look, bold=False, pre=False), partial(_cell, line.legacy))
            )
        elif tag in _BLOCKS:
            yield from line.flush(look)
            if tag == "li":
                line.marker = _marker(child)
            inner = look_of(child, look)
            yield from _walk(child, inner, line)
            yield from line.flush(inner)
            line.marker = "" if tag == "li" else line.marker
        elif tag == "input":
            line.add(child.get("value") if child.get("type", "text") == "text" else None, look)
        elif isinstance(tag, str):
            yield from _walk(child, look_of(child, look), line)
        line.add(child.tail, look)


def _cell(legacy: LegacyState, element: etree._Element, look: Look) -> tuple[Block, ...]:
    return tuple(blocks(element, legacy, look))


def _marker(item: etree._Element) -> str:
    """Give the bullet or number a browser prints before a list item."""
    parent = item.getparent()
    if parent is None or _NO_MARKER.search((parent.get("style") or "") + (item.get("style") or "")):
        return ""
    if parent.tag != "ol":
        return "-"
    value, start = item.get("value") or "", parent.get("start") or ""
    before = sum(sibling.tag == "li" for sibling in item.itersiblings(preceding=True))
    number = int(value) if value.isdecimal() else before + (int(start) if start.isdecimal() else 1)
    kind = parent.get("type") or "1"
    if kind in "aA" and 0 < number <= 26:
        return chr(ord(kind) + number - 1) + "."
    return f"{number}."
