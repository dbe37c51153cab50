"""The text of one paragraph: runs, fields, breaks, tracked changes, note marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.docx.names import MC, M, W, child_value, switched_on
from extract.docx.styles import font_name
from extract.docx.symbols import plain_text, symbol_text
from normalize.legacy import font_encoding

if TYPE_CHECKING:
    from lxml import etree

    from extract.docx.styles import Style, Styles

SOFT_BREAK = "\v"
PAGE_BREAK = "\f"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DROPPED = {W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "rt"}
_SIMPLE = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": SOFT_BREAK,
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool
    font: str | None


@dataclass(slots=True)
class Inline:
    """What was found inside a paragraph: its runs, the boxes anchored in it, the notes it refers to."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class RunReader:
    """Reads the runs of one paragraph at a time; holds the note counter of the document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._note_number = 0
        self._fields: list[bool] = []  # one entry an open field: True while inside its instruction

    def read(self, paragraph: etree._Element, style: Style) -> Inline:
        """Give the visible runs of a `w:p`: insertions stay, deletions and hidden text go."""
        found = Inline()
        self._fields = []
        self._walk(paragraph, style, found)
        return found

    def _walk(self, parent: etree._Element, style: Style, found: Inline) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._run(element, style, found)
            elif tag in _DROPPED:
                continue
            elif tag == MC + "AlternateContent":
                self._alternate(element, style, found)
            elif tag == M + "t":
                found.runs.append(Run(element.text or "", False, None))
            elif tag in {W + "sdt", W + "ruby"}:
                content = element.find(W + ("sdtContent" if tag == W + "sdt" else "rubyBase"))
                if content is not None:
                    self._walk(content, style, found)
            elif isinstance(tag, str):
                self._walk(element, style, found)  # w:ins, w:hyperlink, w:smartTag, w:fldSimple, m:oMath …

    def _run(self, run: etree._Element, style: Style, found: Inline) -> None:
        properties = run.find(W + "rPr")
        bold, hidden, font = style.bold, style.hidden, style.font
        if properties is not None:
            character = child_value(properties, "rStyle")
            if character:
                own = self._styles.get(character)
                bold, hidden = (bold if own.bold is None else own.bold), own.hidden or hidden
                font = own.font or font
            stated, vanish = switched_on(properties, "b"), switched_on(properties, "vanish")
            bold, hidden = (bold if stated is None else stated), (hidden if vanish is None else vanish)
            font = font_name(properties) or font
        if hidden:
            return
        for element in run:
            text = self._piece(element, style, found)
            if not font_encoding(font):
                text = plain_text(text)
            if text and not any(self._fields):
                found.runs.append(Run(text, bool(bold), font))

    def _piece(self, element: etree._Element, style: Style, found: Inline) -> str:
        tag = element.tag
        if tag == W + "t":
            return element.text or ""
        if tag in _SIMPLE:
            return _SIMPLE[tag]
        if tag == W + "br":
            return PAGE_BREAK if element.get(W + "type") in {"page", "column"} else SOFT_BREAK
        if tag == W + "sym":
            return _symbol(element)
        if tag == W + "fldChar":
            self._field(element.get(W + "fldCharType", ""))
        elif tag in _NOTES:
            found.notes.append((_NOTES[tag], element.get(W + "id", "")))
            if element.get(W + "customMarkFollows") is None:
                self._note_number += 1
                return note_mark(self._note_number)
        elif tag == MC + "AlternateContent":
            self._alternate(element, style, found)
        elif tag not in _DROPPED:
            found.boxes.extend(outermost_boxes(element))
            if tag == W + "ruby":
                self._walk(element, style, found)
        return ""

    def _alternate(self, element: etree._Element, style: Style, found: Inline) -> None:
        """One content in two forms (a drawing and its VML copy): the first that says something is read."""
        for branch in element:
            boxes = outermost_boxes(branch)
            before = len(found.runs)
            found.boxes.extend(boxes)
            if not boxes:
                self._walk(branch, style, found)
            if boxes or len(found.runs) > before:
                return

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()


def note_mark(number: int) -> str:
    """Write a note's number as Word shows it: "¹²"."""
    return str(number).translate(_SUPERSCRIPT)


def outermost_boxes(element: etree._Element) -> list[etree._Element]:
    """Give the text boxes under `element` that stand in no other box; each anchored content once."""
    boxes, inside = [], set()
    for box in element.iter(W + "txbxContent"):
        if any(ancestor in inside for ancestor in box.iterancestors(W + "txbxContent")):
            continue
        inside.add(box)
        boxes.append(box)
    return boxes


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    letter = chr(code | 0xF000) if code < 0x100 else chr(code)
    return symbol_text(letter, element.get(W + "font"))
