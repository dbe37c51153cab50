"""Elements of a cell: its texts, its expressions, and the signs that hold them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from normalize.deadlines.labels import is_glue, label_words
from normalize.deadlines.phrases import Phrases

if TYPE_CHECKING:
    from normalize.deadlines.celltext import CellText
    from normalize.deadlines.chunks import Chunk
    from normalize.deadlines.parts import Expression

ElementKind: TypeAlias = Literal["text", "when", ",", "&", ":", "(", ")", ";"]


class Element(NamedTuple):
    """A text, an expression or a sign of a clause; tokens `first`..`last` (exclusive)."""

    kind: ElementKind
    first: int
    last: int
    when: Expression | None = None


def read_elements(cell: CellText, found: list[Chunk]) -> list[Element]:
    """Cut the chunks of a cell into elements: every chunk belongs to exactly one."""
    phrases = Phrases(found, cell.tokens.line_starts, cell.source_of)
    elements: list[Element] = []
    at = 0
    while at < len(found):
        chunk = found[at]
        if chunk.first in cell.tokens.line_starts and elements and _line_breaks(cell, found, at):
            elements.append(Element(";", chunk.first, chunk.first))
        width = _enumerator(cell, found, at, elements)
        if width:
            elements.append(Element(";", chunk.first, found[at + width - 1].last))
            at += width
            continue
        sign = _sign(cell, found, at, elements)
        if sign:
            elements.append(Element(sign, chunk.first, chunk.last))
            at += 1
            continue
        when = phrases.expression(at)
        if when and not _fraction(cell, found, when, elements):
            elements.append(Element("when", chunk.first, found[when.end - 1].last, when))
            at = when.end
            continue
        end = at + 1
        if elements and elements[-1].kind == "text" and elements[-1].last == chunk.first:
            elements[-1] = Element("text", elements[-1].first, found[end - 1].last)
        else:
            elements.append(Element("text", chunk.first, found[end - 1].last))
        at = end
    return _names_in_brackets(elements)


def _enumerator(cell: CellText, found: list[Chunk], at: int, elements: list[Element]) -> int:
    """Chunks of "1." or "a)" before a text, at the beginning or after an expression; 0 for none."""
    if at + 2 >= len(found) or (elements and elements[-1].kind not in {";", "when", ","}):
        return 0
    numbered = found[at].kind == "N" and found[at + 1].kind in ".)"
    lettered = (
        found[at].kind == "X" and len(cell.tokens.words[found[at].first]) == 1 and found[at + 1].kind in ".)"
    )
    if not (numbered or lettered) or found[at + 2].kind == "N":
        return 0
    return 2


def _line_breaks(cell: CellText, found: list[Chunk], at: int) -> bool:
    """Tell whether a line break ends a clause: before a bullet, a capital or a phrase; else it wraps the line."""
    chunk = found[at]
    if chunk.kind in "-+•*":
        return True
    letter = cell.source[cell.tokens.spans[chunk.first][0]]
    return letter.isupper() or chunk.kind in "CTROB"


_MARKS: dict[str, ElementKind] = {";": ";", ",": ",", "&": "&", ":": ":", "(": "(", ")": ")"}


def _sign(cell: CellText, found: list[Chunk], at: int, elements: list[Element]) -> ElementKind | None:
    """Give the sign that a chunk is, None when it belongs to a text."""
    kind = found[at].kind
    if kind in _MARKS:
        return _MARKS[kind]
    after = elements[-1].kind if elements else ";"
    if kind == ".":
        abbreviation = after == "text" and _abbreviates(cell.source_of(found[at].first - 1, found[at].first))
        return None if abbreviation and at + 1 < len(found) else ";"
    if kind == "/":
        return "," if after == "when" else None
    if kind in "-+•*":
        return _dash(cell, found, at, elements)
    return None


def _dash(cell: CellText, found: list[Chunk], at: int, elements: list[Element]) -> ElementKind | None:
    """Read a dash or bullet: at the head of a clause it opens one, inside a word it is a letter of it."""
    chunk = found[at]
    if not elements or elements[-1].kind in {";", ":"} or chunk.first in cell.tokens.line_starts:
        return ";" if elements and elements[-1].kind != ";" else ","
    spans = cell.tokens.spans
    glued = chunk.kind == "-" and spans[chunk.first][0] == spans[chunk.first - 1][1]
    in_text = elements[-1].kind == "text" and at + 1 < len(found) and found[at + 1].kind == "X"
    return None if glued and in_text else ","


def _fraction(cell: CellText, found: list[Chunk], when: Expression, elements: list[Element]) -> bool:
    """Tell whether digits with a stroke count something: "02/3 đơn vị", "đạt 5/10"."""
    if when.strong or len(when.drafts) != 1 or not when.drafts[0].times:
        return False
    time = when.drafts[0].times[0]
    opening = found[when.begin]
    if not (time.bare or opening.kind == "N") or not cell.tokens.words[opening.first].isdigit():
        return False
    following = found[when.end] if when.end < len(found) else None
    if following and (following.kind in "XUQ%") and following.first not in cell.tokens.line_starts:
        rest = cell.source_of(following.first, min(following.last + 1, len(cell.tokens.words)))
        if not is_glue(rest.lower()) and time.unit != "month":
            return True
        if time.unit in {"month", "year"} and not is_glue(rest.lower()):
            return True
    if elements and elements[-1].kind == "text":
        return cell.tokens.words[elements[-1].last - 1] in label_words("counting")
    return False


def _names_in_brackets(elements: list[Element]) -> list[Element]:
    """Make text of bare periods that only complete a name: "trước ngày 15/6 (báo cáo 6 tháng)"."""
    named: list[Element] = []
    for index, element in enumerate(elements):
        previous = named[-1] if named else None
        if element.when and not element.when.strong and previous:
            draft = element.when.drafts[0]
            span = draft.offset and draft.offset.unit in {"month", "year"} and not draft.offset.anchor_event
            within = (
                previous.kind == "(" and len(named) > 1 and bool(named[-2].when and named[-2].when.strong)
            )
            closes = index + 1 < len(elements) and elements[index + 1].kind == ")"
            weak = draft.type == "interval" or bool(span)
            weekday = draft.error == "ambiguous" and draft.recurrence is not None
            if previous.kind == "text" and (weekday or span or (closes and weak and _opens_bracket(named))):
                named[-1] = Element("text", previous.first, element.last)
                continue
            vague = bool(draft.times) and draft.times[0].error == "ambiguous" and previous.kind == "("
            if (within and closes and weak) or (vague and closes):
                named.append(Element("text", element.first, element.last))
                continue
        if element.kind == "text" and previous and previous.kind == "text" and previous.last == element.first:
            named[-1] = Element("text", previous.first, element.last)
            continue
        named.append(element)
    return named


def _opens_bracket(named: list[Element]) -> bool:
    """Whether the last text stands right after a bracket that follows a strong expression."""
    return len(named) > 2 and named[-2].kind == "(" and bool(named[-3].when and named[-3].when.strong)


def _abbreviates(word: str) -> bool:
    return len(word) <= 2 and word.isalpha() and word.isupper()
