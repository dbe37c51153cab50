"""The text of a document as passages: paragraphs made whole again, the cells of its tables, each in its section.

A page end, or a reader that gives every line of a PDF as a paragraph, cuts a sentence in two
("… tham vấn ý kiến chuyên" / "môn của các chuyên gia"): such pieces are one passage, on the page where it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract.document import Paragraph
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.document import Document
    from extract.tables import LogicalTable, Role, Row

LABEL = regex.compile(
    r"(?P<part>(?i:phần|chương|mục|tiểu mục)\s+(?:(?i:thứ)\s+\p{L}+|[ivxIVX]+|\d+)[a-z]?\b\s*[.:\-–]?)"
    r"|(?P<article>(?i:điều)\s+\d+[a-z]?\s*[.:])"
    r"|(?P<roman>[IVX]{1,5})\s*[.)/\-–:]\s*(?=\p{L})"
    r"|(?P<letter>[A-ZĐ])\s*[.)]\s*(?=\p{Lu}{2})"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\s*[.)/\-–:]?\s+(?=\p{Lu}|[\"“(])"
    r"|(?P<tight>\d{1,2}(?:\.\d{1,2}){0,4})[.)]\s*(?=\p{L})"
    r"|(?P<item>[a-zđ])\s?[.)]\s*(?=\p{L})"
)
_BULLET = regex.compile(r"[-–—+•*●▪◦·]\s*(?=\P{Pd})")
_ENDS = regex.compile(r"[.;:!?…]\s*[\"”)\]]*$|\./\.$")
_LEVELS = {"part": 1, "letter": 2, "roman": 3, "article": 4, "number": 5, "tight": 5, "item": 12}
_LONGEST_HEADING = 170
_SHORT_HEADING = 90
# A line that reaches so close (points) to the right edge of its page's text was broken by the page, not by the author.
_FULL_LINE_TOLERANCE = 18.0
_SHORTEST_FULL_LINE = 45


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its label ("II", "1.2", "a"), its title without the label, its level (1 = outermost)."""

    label: str | None
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or cell.

    Attributes:
        block: index in `Document.blocks` of the paragraph it begins in; None in a table.
        table, row, column: position in the logical tables; None in a paragraph.
        role: role of the column, None in a paragraph.
        sections: the headings above it, outermost first.
        heading: whether it is itself a heading.
    """

    text: str
    page: int | None = None
    block: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    role: Role | None = None
    sections: tuple[Section, ...] = ()
    heading: bool = False
    bold: bool = False


def passages(document: Document) -> list[Passage]:
    """Give the paragraphs of a document as passages, each with the headings above it."""
    found: list[Passage] = []
    open_sections: list[Section] = []
    for passage in _whole_paragraphs(document):
        section = heading_of(passage)
        if section is not None:
            open_sections = [outer for outer in open_sections if outer.level < section.level]
            open_sections.append(section)
        found.append(
            Passage(
                passage.text,
                passage.page,
                passage.block,
                sections=tuple(open_sections),
                heading=section is not None,
                bold=passage.bold,
            )
        )
    return found


# A cell without a figure or a law's name can hold neither a citation nor a target.
FIGURE_OR_LAW = regex.compile(r"\d|luật|lệnh", regex.IGNORECASE)


def cell_passages(tables: Sequence[LogicalTable]) -> Iterator[Passage]:
    """Give the cells that hold figures or laws, each once, what goes on overleaf joined to its first row."""
    for number, table in enumerate(tables):
        texts: dict[tuple[int, int], list[str]] = {}
        body = 0
        for index, row in enumerate(table.rows):
            if row.kind in ("header", "numbering"):
                continue
            if row.kind != "continuation" or not texts:
                body = index
            for column in row.filled():
                texts.setdefault((body, column), []).append(row.slots[column].text)
        for (index, column), parts in texts.items():
            if not any(map(FIGURE_OR_LAW.search, parts)):
                continue
            role = table.columns[column].role if column < len(table.columns) else None
            yield Passage(
                " ".join(parts), _page(table.rows[index]), table=number, row=index, column=column, role=role
            )


def _page(row: Row) -> int | None:
    return row.page


def _whole_paragraphs(document: Document) -> Iterator[Passage]:
    edges = _right_edges(document)
    current: Passage | None = None
    last: Paragraph | None = None
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph):
            if current is not None:
                yield current
            current, last = None, None
            continue
        if current is not None and last is not None and _goes_on(current, last, block, edges):
            current = replace(current, text=f"{current.text} {block.text}")
        else:
            if current is not None:
                yield current
            current = Passage(block.text, block.page, block=index, bold=block.bold)
        last = block
    if current is not None:
        yield current


def _right_edges(document: Document) -> dict[int | None, float]:
    edges: dict[int | None, float] = {}
    for paragraph in document.paragraphs():
        if paragraph.bbox is not None:
            edges[paragraph.page] = max(edges.get(paragraph.page, 0.0), paragraph.bbox[2])
    return edges


def _goes_on(current: Passage, last: Paragraph, block: Paragraph, edges: dict[int | None, float]) -> bool:
    """Whether `block` is the rest of the sentence that `current` begins."""
    text = block.text
    if _ENDS.search(current.text) or _BULLET.match(text) or (LABEL.match(text) and not text[:1].islower()):
        return False
    if text[:1].islower():
        return not LABEL.match(text) and len(current.text) > 20
    if last.bold != block.bold or last.bbox is None or last.page is None:
        return False
    full = last.bbox[2] >= edges.get(last.page, 0.0) - _FULL_LINE_TOLERANCE
    return full and len(last.text) >= _SHORTEST_FULL_LINE and last.text.upper() != last.text and not last.bold


def heading_of(passage: Passage) -> Section | None:
    """Give the heading a passage is, None for text: labelled, short, and no sentence; or in capitals alone."""
    text = passage.text.strip()
    if len(text) > _LONGEST_HEADING or _BULLET.match(text):
        return None
    match = LABEL.match(text)
    if match is None:
        plain = text.strip(" .:")
        if (
            plain.upper() == plain
            and 8 <= len(plain) <= 120
            and sum(letter.isalpha() for letter in plain) > 6
        ):
            return None if regex.search(r"\d{1,2}/\d{1,2}|\d+/", plain) else Section(None, plain, 3)
        return None
    kind = match.lastgroup or "number"
    label = match[kind]
    title = text[match.end() :].strip(" .:-–")
    if not title and kind != "part":
        return None
    capitals = title.upper() == title
    ends_sentence = text.endswith((";", ","))
    short = len(text) <= _SHORT_HEADING and not text.endswith((".", "./.")) and len(title.split()) <= 16
    if not (capitals or passage.bold or short or kind in ("part",)) or ends_sentence:
        return None
    if not capitals and not passage.bold and kind != "article" and _is_sentence(title):
        return None
    return Section(label.strip(" .:-–"), title or label, level_of(match))


def level_of(label: regex.Match[str]) -> int:
    """Give how deep a label (a match of `LABEL`) stands: 1 for "Phần I", 5 for "1.", 6 for "1.2", 12 for "a)"."""
    kind = label.lastgroup or "number"
    return _LEVELS[kind] + (label[kind].rstrip(".").count(".") if kind in ("number", "tight") else 0)


def _is_sentence(title: str) -> bool:
    """Whether a short labelled line tells somebody something ("1. Giao Sở Tài chính …:") instead of naming a theme."""
    return key(title).startswith(("giao ", "yêu cầu ", "đề nghị ", "các sở", "luật "))
