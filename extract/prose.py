"""Work assigned in sentences: "Giao Sở Tài chính …", "Các đơn vị gửi báo cáo … trước ngày …", Điều 2 of a decision.

Only where somebody is told to do something: a bullet of a plan that names nobody is no task here. Under a line
that names somebody and ends with a colon ("6. UBND các huyện chịu trách nhiệm:"), or under a heading that is a
name ("3. Văn phòng Sở"), every bullet is a task of theirs unless it names somebody itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract.assignments import (
    EMPTY_ORDER,
    find_deadlines,
    grammar,
    name_before_list,
    read_assignment,
    support_of,
)
from extract.frame import RECIPIENTS
from extract.letterhead import Letterhead
from extract.passages import LABEL, level_of, passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.assignments import Assignment, Span
    from extract.document import Document
    from extract.passages import Passage

# Reports tell what was done, submissions ask, laws set rules for everybody, minutes and contracts bind parties.
_NO_PROSE = frozenset({"BC", "TTr", "L", "PL", "NĐ", "TT", "TTLT", "NQLT", "HĐ", "BB", "VBHN", "GM", "GGT"})
# In these every sentence that opens with a name tells it what to do.
_DIRECTING = frozenset({"TB", "CT", "KL", "CĐ", "CV", "QĐ"})
# Before the first number or article only an outright order counts ("Đề nghị Sở Y tế …" in a short letter).
_PREAMBLE = Letterhead()
_LONGEST_RECIPIENT = 200
_LONGEST_NAME_LINE = 150
_BULLET = regex.compile(r"(?P<bullet>[-–—+•*●])\s*")
_DIRECTS = regex.compile(r"(?:[Ll]ãnh đạo, )?[Cc]hỉ đạo\b")
_SENTENCES = regex.compile(r"(?<=[.;])\s+(?=\p{Lu})|\n+")
_OPEN = regex.compile(r":\s*[*_]*$")
_LEVELS = {"-": 20, "–": 20, "—": 20, "*": 20, "•": 20, "●": 20, "+": 30}


@dataclass(frozen=True, slots=True)
class ProseTask:
    """One assignment.

    Attributes:
        task: what is to be done, as written, without the name in front of it.
        text: the whole sentence or bullet; the spans are offsets into it, None where a name stands elsewhere.
        parent: index of the task it is part of (its sentence ended with a colon), None at the top.
    """

    task: str
    lead: str
    support: str | None
    deadline: str | None
    text: str
    passage: Passage
    lead_span: Span | None = None
    support_span: Span | None = None
    deadline_spans: tuple[Span, ...] = ()
    parent: int | None = None
    has_children: bool = False
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class _Open:
    """Somebody who was named for the items below: by a line with a colon or by a heading."""

    level: int
    lead: str
    parent: int | None


def find_prose_tasks(
    document: Document, letterhead: Letterhead, paragraphs: Sequence[Passage] | None = None
) -> list[ProseTask]:
    """Give the assignments of a document's paragraphs in reading order.

    `paragraphs` are those of the document (`extract.passages.passages`) when they were made before.
    """
    if letterhead.doc_type in _NO_PROSE or letterhead.doc_type is None:
        return []
    found: list[ProseTask] = []
    named: list[_Open] = []
    begun = receiving = False
    for passage in passages(document) if paragraphs is None else paragraphs:
        label = LABEL.match(passage.text)
        begun = begun or bool(label)
        if RECIPIENTS.match(passage.text):
            receiving, named = True, []
        receiving = receiving and not (label or len(passage.text) > _LONGEST_RECIPIENT)
        if receiving:
            continue
        level = _level(passage)
        named = [above for above in named if above.level < level]
        if lead := _name_alone(passage, label):
            named.append(_Open(level, lead, None))
            continue
        if passage.heading and not passage.text.rstrip().endswith(":"):
            continue
        if _is_silent(passage):
            continue
        body = passage.text[label.end() :] if label else _BULLET.sub("", passage.text, count=1)
        if lead := name_before_list(body):
            named.append(_Open(level, lead, None))
            continue
        for task in _in_passage(body.strip(), passage, named, letterhead if begun else _PREAMBLE):
            if task.parent is not None:
                found[task.parent] = replace(found[task.parent], has_children=True)
            if _opens(body, task):
                if EMPTY_ORDER.match(task.task.rstrip(" :")):
                    named.append(_Open(level, task.lead, None))
                    continue
                named.append(_Open(level, task.lead, len(found)))
            found.append(task)
    return found


def _opens(body: str, task: ProseTask) -> bool:
    return bool(_OPEN.search(body)) and body.rstrip(" :*_").endswith(task.text.rstrip(" :*_.;"))


def _level(passage: Passage) -> int:
    if passage.heading:
        return passage.sections[-1].level
    if bullet := _BULLET.match(passage.text):
        return _LEVELS[bullet["bullet"]]
    label = LABEL.match(passage.text)
    if label is None:
        return 15 if passage.sections else 1
    return level_of(label)


def _name_alone(passage: Passage, label: regex.Match[str] | None) -> str | None:
    """Give the name that a labelled line is ("3. Văn phòng Sở."), None for any other line."""
    if label is None or len(passage.text) > _LONGEST_NAME_LINE:
        return None
    title = passage.text[label.end() :].strip(" .:*_")
    rules = grammar()
    if title.upper() == title or not rules.name.match(title) or rules.end.search(title, 2):
        return None
    return title


def _is_silent(passage: Passage) -> bool:
    """Whether a passage stands in a part that tells what was done or proposes."""
    return any(grammar().past.match(section.title) for section in passage.sections)


def _in_passage(
    body: str, passage: Passage, named: list[_Open], letterhead: Letterhead
) -> Iterator[ProseTask]:
    if not body:
        return
    listed = bool(named and (_BULLET.match(passage.text) or LABEL.match(passage.text)))
    # "1. Sở Giáo dục và Đào tạo" / "- Chỉ đạo các trường …": who directs is told, not whom they direct.
    own = None if listed and _DIRECTS.match(body) else read_assignment(body)
    if own is not None and _assigns(own, passage, letterhead, first=True) and not _only_later(body, own):
        yield _task(body, own, passage, named)
        return
    if listed:
        above = named[-1]
        deadlines = find_deadlines(body)
        yield ProseTask(
            task=body.strip(" ;.*_/"),
            lead=above.lead,
            support=_support_text(body),
            deadline=_deadline_text(body, deadlines),
            text=body,
            passage=passage,
            deadline_spans=deadlines,
            parent=above.parent,
            confidence=0.85,
        )
        return
    for sentence in _SENTENCES.split(body)[1:]:
        part = read_assignment(sentence.strip())
        if part is not None and part.strong and _assigns(part, passage, letterhead, first=False):
            yield _task(sentence.strip(), part, passage, [])


def _only_later(body: str, own: Assignment) -> bool:
    """Whether the order stands in a later sentence than the first: then only that sentence is the task."""
    first = _SENTENCES.split(body, maxsplit=1)[0]
    return own.lead[0] > len(first)


def _assigns(own: Assignment, passage: Passage, letterhead: Letterhead, *, first: bool) -> bool:
    if own.strong:
        return True
    rules = grammar()
    titles = [section.title for section in passage.sections]
    if not first or letterhead is _PREAMBLE or any(rules.goal.match(title) for title in titles[-1:]):
        return False
    return (
        letterhead.doc_type in _DIRECTING
        or any(rules.assigning.search(title) for title in titles)
        or bool(own.deadlines)
    )


def _task(body: str, own: Assignment, passage: Passage, named: list[_Open]) -> ProseTask:
    return ProseTask(
        task=body[own.task[0] : own.task[1]],
        lead=body[own.lead[0] : own.lead[1]],
        support=body[own.support[0] : own.support[1]] if own.support else None,
        deadline=_deadline_text(body, own.deadlines),
        text=body,
        passage=passage,
        lead_span=own.lead,
        support_span=own.support,
        deadline_spans=own.deadlines,
        parent=named[-1].parent if named and _BULLET.match(passage.text) else None,
        confidence=0.9 if own.strong else 0.8,
    )


def _deadline_text(body: str, spans: tuple[Span, ...]) -> str | None:
    return "; ".join(body[first:last].strip() for first, last in spans) or None


def _support_text(body: str) -> str | None:
    span = support_of(body)
    return body[span[0] : span[1]] if span else None
