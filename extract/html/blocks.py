"""Elements of a page to paragraphs and tables, in the order a browser shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from extract.document import Cell, Paragraph, Table
from extract.linebreaks import ITEM_START, join_soft
from extract.nesting import flat_text, unwrap
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extract.document import Alignment, Block

_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center",
    "section", "article", "main", "header", "footer", "aside", "form", "fieldset", "address", "figure", "figcaption",
    "hr", "body", "html", "td", "th", "tr", "tbody", "thead", "caption", "details", "summary", "legend",
}  # fmt: skip
_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_WHITE = regex.compile(r"[ \t\r\n\f]+")
_SOFT = "\v"
_ALIGN = regex.compile(r"text-align\s*:\s*(left|center|right|justify|start|end)", regex.IGNORECASE)
_WEIGHT = regex.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", regex.IGNORECASE)
_NO_MARKER = regex.compile(r"list-style(?:-type)?\s*:\s*none", regex.IGNORECASE)
_SIDES: dict[str, Alignment] = {
    "left": "left", "start": "left", "justify": "left", "center": "center", "right": "right", "end": "right",
}  # fmt: skip
_MAX_SPAN = 1000


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down to its text."""

    bold: bool = False
    alignment: Alignment | None = None
    pre: bool = False


@dataclass(slots=True)
class _Line:
    """The inline text collected for the paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    strong: int = 0
    plain: int = 0

    def add(self, text: str | None, look: _Look) -> None:
        """Add a text node; blanks fold as a browser folds them, except in `<pre>`."""
        if not text:
            return
        text = text.replace("\n", _SOFT) if look.pre else _WHITE.sub(" ", text)
        letters = sum(map(str.isalnum, text))
        if look.bold:
            self.strong += letters
        else:
            self.plain += letters
        self.pieces.append(text)

    def flush(self, look: _Look, marker: str = "") -> Iterator[Paragraph]:
        """Give the paragraph collected so far, if it says anything, and begin a new one."""
        text = tidy(join_soft("".join(self.pieces).split(_SOFT)))
        if text:
            if marker and not ITEM_START.match(text):
                text = f"{marker} {text}"
            yield Paragraph(text, alignment=look.alignment, bold=self.strong > 0 and self.plain == 0)
        self.pieces, self.strong, self.plain = [], 0, 0


def blocks(element: etree._Element) -> Iterator[Block]:
    """Give the blocks of an element."""
    line = _Line()
    look = _look(element, _Look())
    yield from _walk(element, look, line)
    yield from line.flush(look)


def _walk(element: etree._Element, look: _Look, line: _Line) -> Iterator[Block]:
    line.add(element.text, look)
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            pass
        elif tag == "br":
            line.pieces.append(_SOFT)
        elif tag == "table":
            yield from line.flush(look)
            yield from unwrap(*read_table(child, look))
        elif tag in _BLOCKS:
            yield from line.flush(look)
            inner = _look(child, look)
            marker = _marker(child) if tag == "li" else ""
            for block in _with_tail(child, inner, line, marker):
                yield block
        elif tag == "input":
            line.add(child.get("value") if child.get("type", "text") == "text" else None, look)
        else:
            yield from _walk(child, _look(child, look), line)
        line.add(child.tail, look)


def _with_tail(child: etree._Element, look: _Look, line: _Line, marker: str) -> Iterator[Block]:
    """A block element: its paragraphs, the first with the marker of its list item."""
    for block in _walk(child, look, line):
        if marker and isinstance(block, Paragraph) and not ITEM_START.match(block.text):
            block = Paragraph(f"{marker} {block.text}", alignment=block.alignment, bold=block.bold)  # noqa: PLW2901
        marker = ""
        yield block
    yield from line.flush(look, marker)


def _look(element: etree._Element, outer: _Look) -> _Look:
    style = element.get("style") or ""
    weight = _WEIGHT.search(style) if style else None
    bold = outer.bold or element.tag in _BOLD
    if weight:
        bold = weight[1].lower() == "bold" or weight[1] >= "6"  if weight[1].lower() != "normal" else False
    side = _ALIGN.search(style) if style else None
    named = side[1].lower() if side else (element.get("align") or "").lower()
    alignment = "center" if element.tag == "center" else _SIDES.get(named, outer.alignment)
    return _Look(bold=bold, alignment=alignment, pre=outer.pre or element.tag == "pre")


def _marker(item: etree._Element) -> str:
    """The bullet or number a browser prints before a list item."""
    parent = item.getparent()
    if parent is None or _NO_MARKER.search((parent.get("style") or "") + (item.get("style") or "")):
        return ""
    if parent.tag != "ol":
        return "-"
    start = int(parent.get("start")) if (parent.get("start") or "").lstrip("-").isdigit() else 1
    number = start + sum(sibling.tag == "li" for sibling in item.itersiblings(preceding=True))
    if (item.get("value") or "").isdigit():
        number = int(item.get("value"))
    kind = parent.get("type") or "1"
    if kind in "aA" and 0 < number <= 26:
        return chr(ord(kind) + number - 1) + "."
    return f"{number}."


def read_table(element: etree._Element, outer: _Look | None = None) -> tuple[Table, dict[tuple[int, int], tuple[Block, ...]]]:
    """Give a `<table>` with the spans a browser would draw, and the blocks of each cell by its anchor."""
    look = outer or _Look()
    rows = list(_rows(element))
    taken: dict[tuple[int, int], None] = {}
    placed: list[tuple[int, int, int, int, tuple[Block, ...], bool]] = []
    for number, (row, left) in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while (number, column) in taken:
                column += 1
            wide = max(1, _span(cell, "colspan"))
            high = _span(cell, "rowspan") or left
            high = max(1, min(high, left))
            for below in range(high if high > 1 else 0):
                for across in range(wide):
                    taken[(number + below, column + across)] = None
            content = tuple(blocks_of_cell(cell, look))
            placed.append((number, column, high, wide, content, cell.tag == "th"))
            column += wide
    return _finish(element, rows, placed)


def blocks_of_cell(cell: etree._Element, look: _Look) -> Iterator[Block]:
    """The blocks of one `<td>` or `<th>`."""
    inner = _look(cell, _Look(alignment=look.alignment))
    line = _Line()
    yield from _walk(cell, inner, line)
    yield from line.flush(inner)


def _finish(
    element: etree._Element,
    rows: list[tuple[etree._Element, int]],
    placed: list[tuple[int, int, int, int, tuple[Block, ...], bool]],
) -> tuple[Table, dict[tuple[int, int], tuple[Block, ...]]]:
    """Number the columns in which cells begin; the others exist only in colspans that no row uses."""
    starts = sorted({column for _, column, *_ in placed})
    contents: dict[tuple[int, int], tuple[Block, ...]] = {}
    cells: list[Cell] = []
    for row, column, high, wide, content, _ in placed:
        first = starts.index(column) if len(starts) < 60 else _index(starts, column)
        last = sum(1 for start in starts[first:] if start < column + wide)
        contents[(row, first)] = content
        paragraphs = [block for block in content if isinstance(block, Paragraph)]
        cells.append(
            Cell(
                row,
                first,
                flat_text(content),
                row_span=high,
                column_span=max(1, last),
                bold=bool(paragraphs) and all(paragraph.bold for paragraph in paragraphs),
                nested=tuple(block for block in content if isinstance(block, Table)),
            )
        )
    header = 0
    heads = {row for row, *_, is_head in placed if is_head} - {row for row, *_, is_head in placed if not is_head}
    for number, (row, _) in enumerate(rows):
        if (row.getparent() is not None and row.getparent().tag == "thead") or number in heads:
            header += 1
        else:
            break
    caption = element.find("caption")
    name = tidy(" ".join(caption.itertext())) if caption is not None else ""
    return Table(tuple(cells), len(rows), len(starts), "markup", header_rows=header, name=name), contents


def _index(starts: list[int], column: int) -> int:
    from bisect import bisect_left

    return bisect_left(starts, column)


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Rows in document order with how many rows, itself included, are left in their group."""
    groups: list[list[etree._Element]] = [[]]
    for child in table:
        if child.tag == "tr":
            groups[-1].append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            groups += [[row for row in child.iter("tr") if _owner(row) is table], []]
        elif child.tag == "form":
            groups[-1] += [row for row in child.iter("tr") if _owner(row) is table]
    for group in groups:
        for index, row in enumerate(group):
            yield row, len(group) - index


def _owner(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(_MAX_SPAN, int(value)) if value.isdigit() and len(value) < 8 else 1
