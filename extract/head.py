"""The lines of a letterhead told apart: motto, issuing bodies, number, place and date, type of document."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import regex

from extract.frame import MOTTO, PARTY, RECIPIENTS, vocabulary
from normalize.document_dates import PartialDate, match_date
from normalize.symbols import Symbol, document_types, find_symbols
from normalize.text import bare_key, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.frame import Line
    from normalize.symbols import DocumentType

# A letterhead ends within so many lines of where it begins; what comes later is text.
_HEAD_LINES = 80
TITLE_LINES = 8
# A line of the frame is short, even where both columns were merged; text is not searched for letterheads.
_LONGEST_FRAME_LINE = 250
_FIRST_LINES = 3
# Without motto, number or type in so many lines there is no letterhead.
_LOST_LINES = 25

_MARKUP = regex.compile(r"^[#*_>\s]+|[*_\s]+$")
RULE = regex.compile(r"[\W_\d]*|[-_–—*\s]*[0oO][-_–—*\s]*")
PLACE_NAME = regex.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG)\s(?!ỦY|UỶ|ĐOÀN)\p{Lu}")
_BARE_COMMITTEES = frozenset({"ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân", "ubnd", "hđnd"})
_LONGESTPLACE_NAME = 50
_LONGEST_BODY = 120
# The left column may come before the right one: bodies stand so many lines above the motto.
_ABOVE_MOTTO = 6
_TRAILING_RULE = regex.compile(r"[\s\-–—_*]+$")
_UNFINISHED = regex.compile(r"(?:\bVÀ|\bCÁC|,|-)$", regex.IGNORECASE)
_STAMP = regex.compile(
    r"\S+@\S+\.\S+|^\+0?7:00|\d{2}:\d{2}:\d{2}|^(?:Ký bởi|Người ký|Cơ quan|Thời gian ký|Email)\s*:", regex.I
)
_NUMBER = regex.compile(
    r"(?:(?P<type>\p{L}[\p{L} ]{2,30}?)\s+)?s[ốo]\s*[:.]?\s*(?=[\d.…_/\-\s])", regex.IGNORECASE
)
# "Quận 1", "Bà Rịa - Vũng Tàu", "TP.HCM"
_TOWN = r"(?<![\p{L}\d/.&–\-])(?P<place>\p{Lu}[\p{L}.\- ']{1,40}?(?:\s\d{1,2})?)"
_PLACE = regex.compile(rf"{_TOWN}\s*,?\s*(?=(?i:ng[àa]y)[\s.…_]*(?:\d{{1,2}})?[\s.…_]*(?i:th[áa]ng))")
_YEAR_BELOW = regex.compile(r"ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm$", regex.IGNORECASE)
_PLACE_FIGURES = regex.compile(rf"{_TOWN}\s*,\s*(?=(?:ngày\s*)?\d{{1,2}}/\d{{1,2}}/\d{{4}})")
ANNEX_HEAD = regex.compile(r"(?:phụ\s*lục|phụ\s*biểu|biểu(?:\s+mẫu)?)\b", regex.IGNORECASE)
ABOUT = regex.compile(r"v\s*/\s*v\b|về việc\b", regex.IGNORECASE)


@dataclass(slots=True)
class Head:
    """The lines of the letterhead with what each was found to be; filled once, from top to bottom."""

    lines: Sequence[Line]
    motto: int | None = None
    party: bool = False
    number: int | None = None
    symbol: Symbol | None = None
    named_type: str | None = None
    place: str | None = None
    date: PartialDate | None = None
    date_line: int | None = None
    type_line: int | None = None
    doc_type: str | None = None
    type_rest: str = ""
    body: int = 0
    bodies: list[tuple[int, str]] = field(default_factory=list)


def read_head(found: Sequence[Line]) -> Head:
    """Read a document's first lines from top to bottom, up to where its text begins."""
    head = Head(found[:_HEAD_LINES])
    stamp_end = 0
    for number, line in enumerate(head.lines):
        text = clean(line.text)
        if _STAMP.search(text) and head.motto is None and head.number is None:
            stamp_end = number + 1
            continue
        if head.motto is None and (MOTTO.search(text) or PARTY.fullmatch(text)):
            head.motto = number
            head.party = bool(PARTY.fullmatch(text))
        if head.type_line is None and ANNEX_HEAD.match(text) and head.number is None:
            break  # an appendix without its act; a sheet may repeat the letterhead above it
        if begins_body(text, head) and head.type_line is not None and number > head.type_line + 1:
            head.body = number
            break
        if head.type_line is not None and number > head.type_line + TITLE_LINES:
            head.body = number
            break
        if (
            number > stamp_end + _LOST_LINES
            and head.motto is None
            and head.number is None
            and head.type_line is None
        ):
            break
        rest = _take_number(head, number, text)
        rest = _take_date(head, number, _with_year(head, number, rest))
        rest = MOTTO.sub(" ", PARTY.sub(" ", rest)).strip(" -–—_*|")
        if not rest or RULE.fullmatch(rest):
            continue
        if _take_type(head, number, rest, line):
            continue
        if head.type_line is None:
            head.bodies.append((number, rest))
    else:
        head.body = len(head.lines)
    head.bodies = [(number, text) for number, text in head.bodies if number >= stamp_end]
    return head


def clean(text: str) -> str:
    """Drop the marks that conversions leave around a line ("**KẾ HOẠCH**", "# QUYẾT ĐỊNH")."""
    return str(_MARKUP.sub("", text))


def begins_body(text: str, head: Head) -> bool:
    """Whether a line begins the text of an act: a numbered heading, "Căn cứ …", "Kính gửi …"."""
    folded = key(text)
    if regex.match(r"(?:[IVX]+|\d{1,2}|[A-ZĐ]|[a-zđ])\s?[.)/]\s*\p{L}", text) or regex.match(
        r"(?:[IVX]{1,4})\s?[-–]\s", text
    ):
        return True
    begins = any(
        folded.startswith(start) and not folded[len(start) : len(start) + 1].isalpha()
        for start in vocabulary().body_starts
    )
    return begins and (
        folded.startswith(("căn cứ", "kính gửi", "điều 1", "quyết")) or head.type_line is not None
    )


def _take_number(head: Head, number: int, text: str) -> str:
    """Read "Số: 333/QĐ-SKHCN" (also "Nghị quyết số: 87/2025/UBTVQH15") and give what is left of the line."""
    if head.number is not None or head.type_line is not None or len(text) > _LONGEST_FRAME_LINE:
        return text
    opening = _NUMBER.match(text) or _NUMBER.search(text)
    if opening is None:
        return text
    before = text[: opening.start()].strip()
    if before and not _only_frame(before):
        return text
    named = document_types().get(key(opening["type"])) if opening["type"] else None
    if opening["type"] and named is None:
        return text
    for symbol in find_symbols(text):
        if symbol.start < opening.start():
            continue
        if text[opening.end() : symbol.start].strip(" .…_:"):
            break
        if not symbol.certain and symbol.form not in ("letter", "old"):
            break
        head.number, head.symbol = number, symbol
        head.named_type = named.abbreviation if named else None
        return f"{before} {text[symbol.end :]}".strip()
    return text


def _only_frame(text: str) -> bool:
    """Whether what stands before "Số" in a merged line is frame too (a body in capitals, the motto)."""
    rest = MOTTO.sub("", PARTY.sub("", text)).strip(" -–—_*")
    return not rest or rest.upper() == rest


def _with_year(head: Head, number: int, text: str) -> str:
    """Complete a date whose year a narrow column put on the next line ("…, ngày 02 tháng 4 năm" / "2014")."""
    following = head.lines[number + 1].text.strip(" *_") if number + 1 < len(head.lines) else ""
    broken = _YEAR_BELOW.search(text) and regex.fullmatch(r"(?:19|20)\d\d", following)
    return f"{text} {following}" if broken else text


def _take_date(head: Head, number: int, text: str) -> str:
    if head.date_line is not None or len(text) > _LONGEST_FRAME_LINE:
        return text
    match = _PLACE.search(text) or _PLACE_FIGURES.search(text)
    if match is None or ABOUT.match(text):
        return text
    before = text[: match.start()].strip()
    if before and not _only_frame(before) and not _NUMBER.match(before):
        return text
    found = match_date(text, match.end())
    if head.type_line is not None and (before or found is None or text[found[2] :].strip(" .*_")):
        return text  # a reader of columns gives the right one after the title; there a date stands alone
    if found is None and not regex.match(r"ngày[\s.…_]*\d{0,2}[\s.…_]*tháng", text[match.end() :], regex.I):
        return text
    head.place, head.date_line = match["place"].strip(" .-"), number
    head.date = found[0] if found else None
    return before


@cache
def _types_without_marks() -> dict[str, DocumentType]:
    """Give the types by their names without diacritics, those that no other type shares."""
    found: dict[str, DocumentType] = {}
    shared: set[str] = set()
    for name, kind in document_types().items():
        bare = bare_key(name)
        if found.setdefault(bare, kind) != kind:
            shared.add(bare)
    return {bare: kind for bare, kind in found.items() if bare not in shared}


def _take_type(head: Head, number: int, text: str, line: Line) -> bool:
    """Read the line that names the type: alone ("KẾ HOẠCH"), with its title, or "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG …"."""
    if head.type_line is not None or text.endswith(":") or RECIPIENTS.match(text):
        return False
    folded = key(text)
    names = document_types()
    whole = names.get(folded)
    sure = (
        text.upper() == text or line.bold or line.centred or head.number is not None or number < _FIRST_LINES
    )
    if whole is None and text.upper() == text:
        whole = _types_without_marks().get(bare_key(text))  # "CHÍ THỊ", as a scan is read
    if whole is not None and sure:
        head.type_line, head.doc_type = number, whole.abbreviation
        return True
    for length in (4, 3, 2, 1):
        words = text.split()
        if len(words) <= length or (kind := names.get(key(" ".join(words[:length])))) is None:
            continue
        start, rest = " ".join(words[:length]), " ".join(words[length:])
        joined = start.upper() == start and rest.upper() != rest
        # A report without letterhead: "Báo cáo về tình hình sản xuất …" is the first thing in the file.
        opens = number < _FIRST_LINES and bool(
            regex.match(r"(?:về|tình hình|kết quả|công tác|tổng kết|sơ kết)\b", rest, regex.I)
        )
        of_issuer = regex.match(r"(?:của|liên tịch)\b", rest, regex.IGNORECASE)
        if (
            joined
            or (opens and not text.endswith((".", ";")))
            or (of_issuer and len(text) < 160)
            or (start.upper() == start and line.first and len(text) < 200)
        ):
            head.type_line, head.doc_type, head.type_rest = number, kind.abbreviation, rest
            return True
        break
    return False


def document_type(head: Head) -> str | None:
    """Give the abbreviation of the type: from the line that names it, else from the symbol."""
    if head.doc_type:
        return head.doc_type
    if head.symbol is None:
        return None
    return head.symbol.doc_type or head.named_type


def issuing_bodies(head: Head) -> tuple[str | None, str | None]:
    """Give parent body and issuer: box 2 has one body or two, each on one line or several."""
    bodies: list[str] = []
    for raw in _box_lines(head):
        text = _TRAILING_RULE.sub("", raw)
        if ABOUT.match(text):
            break
        _add_body(bodies, text, motto=head.motto is not None)
    bodies = [body for body in bodies if not PLACE_NAME.match(body)]
    if not bodies:
        return None, None
    return (bodies[-2] if len(bodies) > 1 else None), bodies[-1]


def is_bare_committee(body: str) -> bool:
    """Whether a body is a committee or council whose place is not said ("ỦY BAN NHÂN DÂN")."""
    return key(body) in _BARE_COMMITTEES


def _box_lines(head: Head) -> list[str]:
    """Give the lines that may name bodies: above number or type, in the motto's table where there is one."""
    if head.number is not None:
        last = head.number
    elif head.type_line is not None:
        last = head.type_line
    elif head.motto is not None:
        last = head.motto + _FIRST_LINES
    else:
        return []
    rows = [(number, text) for number, text in head.bodies if number <= last + 1]
    if head.motto is not None:
        motto = head.lines[head.motto]
        rows = [
            (number, text)
            for number, text in rows
            if number >= min(head.motto, last) - _ABOVE_MOTTO
            and (motto.cell is None or head.lines[number].block == motto.block)
        ]
    return [text for _, text in rows]


def _add_body(bodies: list[str], text: str, *, motto: bool) -> None:
    """Begin a body with a line, or go on with the last one ("ỦY BAN NHÂN DÂN" / "TỈNH QUẢNG NGÃI")."""
    folded = key(text)
    begins = any(
        folded.startswith(word) and not folded[len(word) : len(word) + 1].isalpha()
        for word in vocabulary().organ_heads
    )
    unfinished = bool(bodies) and (
        key(bodies[-1]) in vocabulary().unfinished or bool(_UNFINISHED.search(bodies[-1]))
    )
    if bodies and PLACE_NAME.match(bodies[-1]) and folded in _BARE_COMMITTEES:
        bodies[-1] = f"{text} {bodies[-1]}"  # "THÀNH PHỐ HÀ NỘI" over "ỦY BAN NHÂN DÂN"
    elif not bodies and PLACE_NAME.match(text) and len(text) < _LONGESTPLACE_NAME:
        bodies.append(text)
    elif bodies and (unfinished or not begins):
        if text.upper() == text or unfinished:
            bodies[-1] = f"{bodies[-1]} {text}"
    elif begins and (text.upper() == text or motto) and len(text) < _LONGEST_BODY:
        bodies.append(text)
