"""The legal documents a file names, each with its page and why it is named: basis, attachment or mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from extract.passages import cell_passages, passages
from normalize.citations import Citation, find_citations
from normalize.symbols import document_types
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.document import Document
    from extract.passages import Passage
    from extract.tables import LogicalTable

Context: TypeAlias = Literal["basis", "attachment", "mention"]

_BASIS = regex.compile(r"[-–+*\s]*căn cứ\b", regex.IGNORECASE)
# Before the first heading or article these give the reasons of an act too (Nghị định 30/2020, Phụ lục I, box 6).
_PREAMBLE = regex.compile(
    r"[-–+*\s]*(?:xét|trên cơ sở|theo|thực hiện|thi hành|để thực hiện"
    r"|triển khai)\b",
    regex.IGNORECASE,
)
_ATTACHED = regex.compile(
    r"[(\[\s*_]*(?:được\s+)?(?:ban hành\s+)?(?:đính\s+)?k[eèé]m\s+theo\b", regex.IGNORECASE
)
_OWN_NUMBER = regex.compile(r"(?P<type>\p{L}[\p{L} ]{2,30}\s)?s[ốo]\s*:?[\s.…_]*$", regex.IGNORECASE)
_AFTER_NUMBER = regex.compile(r"[\s.*_|-]*(?:\p{Lu}[\p{L}.\- ]{1,40},?\s*ngày\b.*)?$", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation and the passage it stands in (its page, its section, its cell)."""

    citation: Citation
    context: Context
    passage: Passage


def cite(
    document: Document,
    tables: Sequence[LogicalTable] = (),
    paragraphs: Sequence[Passage] | None = None,
    cells: Sequence[Passage] | None = None,
) -> list[FoundCitation]:
    """Give every legal document named in the paragraphs, then those named in the cells of `tables`.

    `paragraphs` and `cells` are those of the document (`extract.passages`) when they were made before.
    """
    found: list[FoundCitation] = []
    body_begun = False
    for passage in passages(document) if paragraphs is None else paragraphs:
        body_begun = body_begun or (passage.heading and passage.sections[-1].label is not None)
        found += _in_passage(passage, preamble=not body_begun)
    for passage in cell_passages(tables) if cells is None else cells:
        if tables[passage.table or 0].kind != "letterhead":
            found += _in_passage(passage, preamble=False)
    return found


def _in_passage(passage: Passage, *, preamble: bool) -> list[FoundCitation]:
    text = passage.text
    if "/" not in text and "Luật" not in text and "lệnh" not in text:  # no symbol without a stroke
        return []
    return [
        FoundCitation(citation, _context(text, citation, preamble=preamble), passage)
        for citation in find_citations(text)
        if not _is_own_number(text, citation)
    ]


def _context(text: str, citation: Citation, *, preamble: bool) -> Context:
    line = text[text.rfind("\n", 0, citation.start) + 1 :]
    if _BASIS.match(line):
        return "basis"
    if _ATTACHED.match(line) and not text[: citation.start].count("\n\n"):
        return "attachment"
    opening = text[: citation.start].rpartition("(")[2]
    if _ATTACHED.match(opening):
        return "attachment"
    return "basis" if preamble and _PREAMBLE.match(line) else "mention"


def _is_own_number(text: str, citation: Citation) -> bool:
    """Whether a line is the number of the document itself ("Số: 333/QĐ-SKHCN"), not a citation."""
    if citation.symbol is None:
        return False
    line_start = text.rfind("\n", 0, citation.start) + 1
    line_end = text.find("\n", citation.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    at = line.find(citation.symbol)
    before, after = line[:at], line[at + len(citation.symbol) :]
    opening = _OWN_NUMBER.search(before)
    if opening is None or before[: opening.start()].strip(" *_") or not _AFTER_NUMBER.match(after):
        return False
    named = (opening["type"] or "").strip()
    return not named or key(named) in document_types()
