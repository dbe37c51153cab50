"""The letterhead: who issued a document, under which number, where, when, of what type, about what, for which years.

Every field is read from the page or stays None; a field that was put together from two places carries a flag:

    number_from_annex   the number stands only in "(Kèm theo Kế hoạch số 44 /KH-… ngày …)" (Nghị định 30/2020: the
                        annex names its act)
    date_from_annex     likewise the date, when the two do not contradict each other
    annex_only          the file is an appendix without its act
    symbol_from_annex   the act's own letterhead is lost, its annex names it
    date_from_closing   acts of the National Assembly: "được … thông qua ngày …"
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract.annexes import attached_symbol, find_annexes
from extract.frame import MOTTO, lines
from extract.head import (
    ANNEX_HEAD,
    PLACE_NAME,
    RULE,
    TITLE_LINES,
    clean,
    document_type,
    is_bare_committee,
    issuing_bodies,
    read_head,
)
from extract.signature import find_signature
from extract.titles import body_of, find_authority, find_title, is_authority, old_title, period, promulgated
from normalize.document_dates import PartialDate, match_date
from normalize.symbols import type_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extract.annexes import Annex
    from extract.document import Document
    from extract.frame import Line

# The line under an appendix's heading stands within so many lines of the file's beginning.
_ANNEX_HEAD_LINES = 24
# Above the title of an appendix: places, codes of forms, units of measure.
_NO_TITLE = regex.compile(rf"{PLACE_NAME.pattern}|(?i:m[ẫãâ]u\s+(?:biểu\s+)?số|biểu\s+số|đvt|đơn vị tính)")
_PASSED = regex.compile(r"thông qua\s+(?=ngày)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What points to the issuer: where it was read (letterhead, authority, annex, title) and the text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands in the frame of a document; every field None or empty where the file does not say it.

    Attributes:
        symbol: the document's own ("333/QĐ-SKHCN"), "/KH-SCT" where the number is blank.
        issuer, parent_body: as printed; the canonical name is for `normalize.organisations`.
        year, month, day: parts of the date of issue; `issue_date` only when all three are known.
        attached_to: symbol of the act that an annex of this file names.
        flags: codes of the module's docstring.
    """

    doc_type: str | None = None
    promulgates: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer_code: str | None = None
    title: str | None = None
    issuer: str | None = None
    parent_body: str | None = None
    place: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    period_start_year: int | None = None
    period_end_year: int | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    authority: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    attached_to: str | None = None
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def issue_date(self) -> date | None:
        """The date of issue when it is whole."""
        return PartialDate(self.year, self.month, self.day).whole()


def read_letterhead(document: Document) -> Letterhead:
    """Read the frame of the document's first act; what follows it (its plan, its appendices) completes it."""
    return read_lines(lines(document))


def read_lines(found: Sequence[Line]) -> Letterhead:
    """Read the frame from its lines (see `extract.frame.lines`)."""
    head = read_head(found)
    annexes = find_annexes(found)
    annex = annexes[0] if annexes else None
    if head.symbol is None and head.type_line is None:
        return _annex_only(found, annex, issuing_bodies(head))
    title, after_title = find_title(head)
    if head.symbol is None and (old := old_title(title, head.doc_type)):
        head.symbol, head.date, title = old.symbol, old.date, old.title
        head.doc_type = old.symbol.doc_type
        head.bodies = [(head.type_line or 0, old.issuer)] if old.issuer else []
    parent, issuer = issuing_bodies(head)
    authority = find_authority(head, after_title)
    decides = body_of(authority)
    if issuer and decides and is_bare_committee(issuer) and not is_bare_committee(decides):
        issuer = decides  # "ỦY BAN NHÂN DÂN" whose place stands only in "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG"
    evidence = [Evidence("letterhead", issuer)] if issuer else []
    if authority:
        evidence.append(Evidence("authority", authority))
    if annex and annex.issuer:
        evidence.append(Evidence("annex", annex.issuer))
    if title:
        evidence.append(Evidence("title", title))
    signature = find_signature(found, after_title)
    doc_type = document_type(head)
    promulgates = promulgated(title) if doc_type == "QĐ" else None
    start, end = period(title, doc_type, promulgates)
    letterhead = Letterhead(
        doc_type=doc_type,
        promulgates=promulgates,
        number=head.symbol.number if head.symbol else None,
        symbol="".join(head.symbol.text.split()) if head.symbol else None,
        issuer_code=head.symbol.issuer_code if head.symbol else None,
        title=title,
        issuer=issuer or decides or (annex.issuer if annex else None),
        parent_body=parent,
        place=head.place,
        year=head.date.year if head.date else None,
        month=head.date.month if head.date else None,
        day=head.date.day if head.date else None,
        period_start_year=start,
        period_end_year=end,
        signer_name=signature.signer_name,
        signer_title=signature.signer_title,
        authority=signature.authority,
        recipients=signature.recipients,
        attached_to=attached_symbol(annex),
        evidence=tuple(evidence),
    )
    return _closing_date(_complete(letterhead, annexes), found)


def _complete(letterhead: Letterhead, annexes: Sequence[Annex]) -> Letterhead:
    """Fill the blanks of the letterhead from the line under its appendix, where the two agree."""
    flags = list(letterhead.flags)
    for annex in annexes:
        symbol, dated = annex.symbol, annex.date
        if symbol is None or (
            letterhead.doc_type and symbol.doc_type and symbol.doc_type != letterhead.doc_type
        ):
            continue
        same = letterhead.issuer_code is None or _same_organ(symbol.issuer_code, letterhead.issuer_code)
        if not same or (letterhead.number and symbol.number and letterhead.number != symbol.number):
            continue
        if letterhead.symbol is None:
            letterhead = replace(
                letterhead,
                symbol="".join(symbol.text.split()),
                number=symbol.number,
                issuer_code=symbol.issuer_code,
            )
            flags.append("symbol_from_annex")
        elif letterhead.number is None and symbol.number:
            letterhead = replace(
                letterhead, number=symbol.number, symbol=f"{symbol.number}{letterhead.symbol}"
            )
            flags.append("number_from_annex")
        known = PartialDate(letterhead.year, letterhead.month, letterhead.day)
        if dated and known.whole() is None and known.agrees(dated):
            year, month, day = known.year or dated.year, known.month or dated.month, known.day or dated.day
            if (year, month, day) != (known.year, known.month, known.day):
                letterhead = replace(letterhead, year=year, month=month, day=day)
                flags.append("date_from_annex")
    return replace(letterhead, flags=tuple(dict.fromkeys(flags)))


def _same_organ(first: str, second: str) -> bool:
    return first.replace("&", "").casefold() == second.replace("&", "").casefold()


def _closing_date(letterhead: Letterhead, found: Sequence[Line]) -> Letterhead:
    """Acts of the National Assembly without a date at the head say when they were passed at their end."""
    if letterhead.year is not None or letterhead.issuer_code not in ("QH", "UBTVQH"):
        return letterhead
    for line in reversed(found):
        if (passed := _PASSED.search(line.text)) and (dated := match_date(line.text, passed.end())):
            year, month, day = dated[0].year, dated[0].month, dated[0].day
            return replace(
                letterhead, year=year, month=month, day=day, flags=(*letterhead.flags, "date_from_closing")
            )
    return letterhead


def _annex_only(
    found: Sequence[Line], annex: Annex | None, bodies: tuple[str | None, str | None]
) -> Letterhead:
    """Read an appendix that came without its act: title and dates of its own, the act in `attached_to`."""
    if annex is not None and annex.line > _ANNEX_HEAD_LINES:
        annex = None
    title = _annex_title(found[: annex.line if annex else TITLE_LINES], strict=annex is None)
    span = period(title, None, "KH") if title else (None, None)
    parent, issuer = bodies
    evidence = [Evidence("letterhead", issuer)] if issuer else []
    if annex and annex.issuer:
        evidence.append(Evidence("annex", annex.issuer))
    dated = annex.date if annex else None
    return Letterhead(
        title=title,
        issuer=issuer or (annex.issuer if annex else None),
        parent_body=parent,
        issuer_code=annex.symbol.issuer_code if annex and annex.symbol else None,
        year=dated.year if dated else None,
        month=dated.month if dated else None,
        day=dated.day if dated else None,
        period_start_year=span[0],
        period_end_year=span[1],
        attached_to=attached_symbol(annex),
        evidence=tuple(evidence),
        flags=("annex_only",) if annex else (),
    )


def _annex_title(head: Sequence[Line], *, strict: bool) -> str | None:
    """Give what an appendix is called: the lines under "Phụ lục I", or those above its "(Kèm theo …)" line.

    `strict`: without a line that names the act only the lines under "Phụ lục" count.
    """
    start = next(
        (n + 1 for n, line in enumerate(head) if ANNEX_HEAD.match(clean(line.text)) and len(line.text) < 40),
        0,
    )
    if not start and strict:
        return None
    parts: list[str] = []
    for line in head[start:]:
        text = clean(line.text)
        if RULE.fullmatch(text) or MOTTO.search(text) or is_authority(text) or _NO_TITLE.match(text):
            continue
        if text.startswith("(") or (parts and not (text.upper() == text or line.centred or line.bold)):
            break
        parts.append(text)
    return " ".join(parts) or None


def type_name(abbreviation: str | None) -> str | None:
    """Give the full name of a type ("KH" -> "Kế hoạch")."""
    kind = type_of(abbreviation) if abbreviation else None
    return kind.name if kind else None
