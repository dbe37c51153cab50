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

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from extract.frame import MOTTO, PARTY, RECIPIENTS, lines, vocabulary
from extract.signature import find_signature
from normalize.document_dates import PartialDate, match_date, search_date
from normalize.symbols import Symbol, document_types, find_symbols, type_of
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extract.document import Document
    from extract.frame import Line

# A letterhead ends within so many lines of where it begins; what comes later is text.
_HEAD_LINES = 80
_TITLE_LINES = 8
_LONGEST_TITLE = 700

_RULE = regex.compile(r"[\W_\d]*|[-_–—*\s]*[0oO][-_–—*\s]*")
_STAMP = regex.compile(
    r"\S+@\S+\.\S+|^\+0?7:00|\d{2}:\d{2}:\d{2}|^(?:Ký bởi|Người ký|Cơ quan|Thời gian ký|Email)\s*:", regex.I
)
_NUMBER = regex.compile(
    r"(?:(?P<type>\p{L}[\p{L} ]{2,30}?)\s+)?s[ốo]\s*[:.]?\s*(?=[\d.…_/\-\s])", regex.IGNORECASE
)
_PLACE = regex.compile(
    r"(?P<place>\p{Lu}[\p{L}.\- ']{1,40}?)\s*,?\s*(?=ng[àa]y[\s.…_]*(?:\d{1,2})?[\s.…_]*th[áa]ng)",
    regex.IGNORECASE,
)
_PLACE_FIGURES = regex.compile(
    r"(?P<place>\p{Lu}[\p{L}.\- ']{1,40}?)\s*,\s*(?=(?:ngày\s*)?\d{1,2}/\d{1,2}/\d{4})"
)
_ANNEX = regex.compile(
    r"\(?\s*(?:được\s+)?(?:ban hành\s+)?(?:đính\s+)?k[eèé]m\s+theo\s+(?P<act>[^()]*?(?:số|ngày)[^()]*)\)?",
    regex.IGNORECASE,
)
_ANNEX_HEAD = regex.compile(r"(?:phụ\s*lục|phụ\s*biểu|biểu(?:\s+mẫu)?)\b", regex.IGNORECASE)
_ABOUT = regex.compile(r"v\s*/\s*v\b|về việc\b", regex.IGNORECASE)
_PASSED = regex.compile(r"thông qua\s+(?=ngày)", regex.IGNORECASE)
_PROMULGATES = regex.compile(
    r"^(?:V/v|Về việc|Về)?\s*(?:ban hành|phê duyệt|phê chuẩn|công bố)\s+(?:kèm theo\s+\S+\s+\S+\s+\S+\s+)?(?P<what>\p{L}[\p{L} ]{2,30})",
    regex.IGNORECASE,
)
_RANGE = regex.compile(
    r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)|từ\s+năm\s+((?:19|20)\d\d)\s+đến\s+(?:năm\s+)?((?:19|20)\d\d)",
    regex.I,
)
_YEAR = regex.compile(
    r"(?<!(?:đến|hướng|tầm nhìn|so với|hết|trước|sau)\s)(?<!học\s)(?:năm|quý\s+[IVX\d]+\s*/|tháng\s+\d{1,2}\s*/)\s*((?:19|20)\d\d)(?!\s*[-–—]\s*\d{4})",
    regex.I,
)
_ISSUER_IN_ANNEX = regex.compile(r"\bcủa\s+(?P<who>[^()]+?)\s*\)?\s*$")
# Types whose title says which years they are for; a notice or a letter names years of other things.
_PERIODICAL = frozenset({"KH", "CTr", "BC", "ĐA", "PA", "DA", "NQ", "CT"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that points to the issuer: where it was read (`letterhead`, `authority`, `annex`, `title`) and the text."""

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


@dataclass(frozen=True, slots=True)
class Annex:
    """The line under an appendix's heading: the act it belongs to, as far as it is named."""

    text: str
    symbol: Symbol | None
    date: PartialDate | None
    issuer: str | None
    line: int


@dataclass(slots=True)
class _Head:
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


def read_letterhead(document: Document) -> Letterhead:
    """Read the frame of the document's first act; what follows it (its plan, its appendices) completes it."""
    return read_lines(lines(document))


def read_lines(found: Sequence[Line]) -> Letterhead:
    """Read the frame from its lines (see `extract.frame.lines`)."""
    head = _read_head(found)
    annexes = find_annexes(found)
    annex = annexes[0] if annexes else None
    if head.symbol is None and head.type_line is None and (annex is None or annex.line < _TITLE_LINES):
        return _annex_only(found, annex)
    title, after_title = _title(head)
    parent, issuer = _issuer(head)
    authority = _authority(head, after_title)
    evidence = [Evidence("letterhead", issuer)] if issuer else []
    if authority:
        evidence.append(Evidence("authority", authority))
    if annex and annex.issuer:
        evidence.append(Evidence("annex", annex.issuer))
    if title:
        evidence.append(Evidence("title", title))
    signature = find_signature(found, after_title)
    doc_type = _doc_type(head)
    promulgates = _promulgated(title) if doc_type == "QĐ" else None
    start, end = period(title, doc_type, promulgates)
    letterhead = Letterhead(
        doc_type=doc_type,
        promulgates=promulgates,
        number=head.symbol.number if head.symbol else None,
        symbol="".join(head.symbol.text.split()) if head.symbol else None,
        issuer_code=head.symbol.issuer_code if head.symbol else None,
        title=title,
        issuer=issuer or _body_of(authority) or (annex.issuer if annex else None),
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
        attached_to=_attached(annex),
        evidence=tuple(evidence),
    )
    return _closing_date(_complete(letterhead, annexes), found)


def _read_head(found: Sequence[Line]) -> _Head:
    head = _Head(found[:_HEAD_LINES])
    stamp_end = 0
    for number, line in enumerate(head.lines):
        text = _clean(line.text)
        if _STAMP.search(text) and head.motto is None and head.number is None:
            stamp_end = number + 1
            continue
        if head.motto is None and (MOTTO.search(text) or PARTY.fullmatch(text)):
            head.motto = number
            head.party = bool(PARTY.fullmatch(text))
        if head.type_line is None and _ANNEX_HEAD.match(text) and head.number is None and head.motto is None:
            break  # an appendix without its act
        if _begins_body(text, head) and head.type_line is not None and number > head.type_line + 1:
            head.body = number
            break
        if head.type_line is not None and number > head.type_line + _TITLE_LINES:
            head.body = number
            break
        rest = _take_number(head, number, text)
        rest = _take_date(head, number, rest)
        rest = MOTTO.sub(" ", PARTY.sub(" ", rest)).strip(" -–—_*|")
        if not rest or _RULE.fullmatch(rest):
            continue
        if _take_type(head, number, rest, line):
            continue
        if head.type_line is None:
            head.bodies.append((number, rest))
    else:
        head.body = len(head.lines)
    head.bodies = [(number, text) for number, text in head.bodies if number >= stamp_end]
    return head


def _clean(text: str) -> str:
    return regex.sub(r"^[#*_>\s]+|[*_\s]+$", "", text)


def _begins_body(text: str, head: _Head) -> bool:
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


def _take_number(head: _Head, number: int, text: str) -> str:
    """Read "Số: 333/QĐ-SKHCN" (also "Nghị quyết số: 87/2025/UBTVQH15") and give what is left of the line."""
    opening = _NUMBER.match(text) or _NUMBER.search(text) if head.number is None else None
    if opening is None or head.type_line is not None:
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


def _take_date(head: _Head, number: int, text: str) -> str:
    if head.date_line is not None or head.type_line is not None:
        return text
    match = _PLACE.search(text) or _PLACE_FIGURES.search(text)
    if match is None or _ABOUT.match(text):
        return text
    before = text[: match.start()].strip()
    if before and not _only_frame(before):
        return text
    found = match_date(text, match.end())
    if found is None and not regex.match(r"ngày[\s.…_]*\d{0,2}[\s.…_]*tháng", text[match.end() :], regex.I):
        return text
    head.place, head.date_line = match["place"].strip(" .-"), number
    head.date = found[0] if found else None
    return before


def _take_type(head: _Head, number: int, text: str, line: Line) -> bool:
    """Read the line that names the type: alone ("KẾ HOẠCH"), with its title, or "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG …"."""
    if head.type_line is not None or text.endswith(":") or RECIPIENTS.match(text):
        return False
    folded = key(text)
    names = document_types()
    whole = names.get(folded)
    if whole is not None and (text.upper() == text or line.bold or line.centred or head.number is not None):
        head.type_line, head.doc_type = number, whole.abbreviation
        return True
    for length in (4, 3, 2, 1):
        words = text.split()
        if len(words) <= length or (kind := names.get(key(" ".join(words[:length])))) is None:
            continue
        start, rest = " ".join(words[:length]), " ".join(words[length:])
        joined = start.upper() == start and rest.upper() != rest
        of_issuer = regex.match(r"(?:của|liên tịch)\b", rest, regex.IGNORECASE)
        if (
            joined
            or (of_issuer and len(text) < 160)
            or (start.upper() == start and line.first and len(text) < 200)
        ):
            head.type_line, head.doc_type, head.type_rest = number, kind.abbreviation, rest
            return True
        break
    return False


def _doc_type(head: _Head) -> str | None:
    if head.doc_type:
        return head.doc_type
    if head.symbol is None:
        return None
    return head.symbol.doc_type or head.named_type


def _title(head: _Head) -> tuple[str | None, int]:
    """Give the title (trích yếu) and the line after it; an official letter's stands after "V/v"."""
    if head.type_line is None:
        return _letter_subject(head)
    parts = [head.type_rest] if head.type_rest else []
    number = head.type_line + 1
    previous: Line | None = None
    while number < len(head.lines) and len(parts) < _TITLE_LINES:
        line = head.lines[number]
        text = _clean(line.text)
        if _RULE.fullmatch(text):
            if parts:
                number += 1
                break
            number += 1
            continue
        if _ANNEX.match(text) or text.startswith("(") or regex.match(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:", text):
            break
        if parts and (_begins_body(text, head) or not _goes_on(previous, line, parts[-1])):
            break
        if not parts and key(text).startswith(("căn cứ", "kính gửi", "điều 1")):
            break
        if parts and _is_authority(text):
            break
        parts.append(text)
        previous = line
        number += 1
    title = " ".join(parts).strip(" .-–—_*") if parts else None
    if title is not None and len(title) > _LONGEST_TITLE:
        title = None
    return title or None, number


def _goes_on(previous: Line | None, line: Line, text: str) -> bool:
    """Whether a line goes on with the title: the same paragraph, the same setting, or an unfinished wording."""
    if previous is None or previous.block == line.block:
        return True
    if line.text[:1].islower() or regex.search(
        r"(?:,|\b(?:của|và|về|tại|cho|các|thuộc|trên|theo|năm))$", text
    ):
        return len(line.text) < 250
    if text.endswith((".", ";", ":")):
        return False
    same = previous.bold == line.bold and previous.centred == line.centred
    return same and (line.bold or line.centred) and not _ends_sentence(line.text)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(" *_").endswith((".", ";", ":"))


def _letter_subject(head: _Head) -> tuple[str | None, int]:
    for number, line in enumerate(head.lines[: head.body or len(head.lines)]):
        text = _clean(line.text)
        if (about := _ABOUT.match(text)) and head.number is not None:
            parts = [text[about.end() :].strip()]
            for following in head.lines[number + 1 :]:
                if (
                    following.block != line.block
                    or following.cell != line.cell
                    or _PLACE.match(following.text)
                ):
                    break
                parts.append(_clean(following.text))
            return " ".join(parts).strip(" .") or None, number + len(parts)
    return None, head.number + 1 if head.number is not None else 0


def _is_authority(text: str) -> bool:
    """Whether a line is the power that decides ("GIÁM ĐỐC SỞ …", "ỦY BAN NHÂN DÂN TỈNH …") before the reasons."""
    if text.upper() != text or len(text) > 160:
        return False
    folded = key(text)
    starts = (*vocabulary().positions, *vocabulary().organ_heads)
    return any(
        folded.startswith(start) and not folded[len(start) : len(start) + 1].isalpha() for start in starts
    )


def _authority(head: _Head, after_title: int) -> str | None:
    for line in head.lines[after_title : after_title + 4]:
        text = _clean(line.text)
        if _is_authority(text):
            return text
        if key(text).startswith("căn cứ"):
            return None
    return None


def _body_of(authority: str | None) -> str | None:
    """Give the body a power to decide belongs to ("GIÁM ĐỐC SỞ TÀI CHÍNH" -> "SỞ TÀI CHÍNH")."""
    if authority is None:
        return None
    folded = key(authority)
    for position in vocabulary().positions:
        rest = authority[len(position) :].strip()
        if folded.startswith(position) and any(
            key(rest).startswith(head) for head in vocabulary().organ_heads
        ):
            return rest
    return authority


def _issuer(head: _Head) -> tuple[str | None, str | None]:
    """Give parent body and issuer: box 2 has one body or two, each on one line or several."""
    if head.number is not None:
        last = head.number
    elif head.type_line is not None:
        last = head.type_line
    else:
        return None, None
    rows = [(number, text) for number, text in head.bodies if number <= last + 1]
    if head.motto is not None:
        motto = head.lines[head.motto]
        if motto.cell is not None:
            rows = [(number, text) for number, text in rows if head.lines[number].block == motto.block]
        rows = [(number, text) for number, text in rows if head.motto - 6 <= number]
    bodies: list[str] = []
    for _, raw in rows:
        text = regex.sub(r"[\s\-–—_*]+$", "", raw)
        folded = key(text)
        if _ABOUT.match(text):
            break
        begins = any(
            folded.startswith(word) and not folded[len(word) : len(word) + 1].isalpha()
            for word in vocabulary().organ_heads
        )
        unfinished = bool(bodies) and (
            key(bodies[-1]) in vocabulary().unfinished
            or regex.search(r"(?:\bVÀ|\bCÁC|,|-)$", bodies[-1], regex.I)
        )
        if bodies and (unfinished or not begins):
            if text.upper() == text or unfinished:
                bodies[-1] = f"{bodies[-1]} {text}"
        elif begins and (text.upper() == text or head.motto is not None) and len(text) < 120:
            bodies.append(text)
    if not bodies:
        return None, None
    return (bodies[-2] if len(bodies) > 1 else None), bodies[-1]


def find_annexes(found: Sequence[Line]) -> list[Annex]:
    """Give every "(Kèm theo Kế hoạch số … ngày … của …)" line of the document, in reading order."""
    annexes: list[Annex] = []
    for number, line in enumerate(found):
        text = _clean(line.text)
        match = regex.match(
            r"\(?\s*(?:Được\s+)?(?:Ban hành\s+)?(?:đính\s+)?k[eèé]m\s+theo\b", text, regex.IGNORECASE
        )
        if match is None or (not text.startswith("(") and len(text) > 200):
            continue
        joined = text
        if text.startswith("(") and ")" not in text:
            joined = " ".join([text, *(_clean(later.text) for later in found[number + 1 : number + 3])])
            joined = joined.split(")")[0] + ")" if ")" in joined else text
        symbols = find_symbols(joined)
        symbol = symbols[0] if symbols else None
        dated = search_date(joined, symbol.end if symbol else 0)
        if symbol is None and dated is None:
            continue
        who = _ISSUER_IN_ANNEX.search(joined[dated[2] if dated else symbol.end if symbol else 0 :])
        annexes.append(
            Annex(
                joined, symbol, dated[0] if dated else None, who["who"].strip(" .") if who else None, number
            )
        )
    return annexes


def _attached(annex: Annex | None) -> str | None:
    if annex is None or annex.symbol is None:
        return None
    return "".join(annex.symbol.text.split())


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


def _promulgated(title: str | None) -> str | None:
    """Give the type of the act that a decision brings into force ("Ban hành Kế hoạch …" -> KH)."""
    match = _PROMULGATES.match(title or "")
    if match is None:
        return None
    words = match["what"].split()
    for length in (4, 3, 2):
        kind = document_types().get(key(" ".join(words[:length])))
        if kind is not None and len(words) >= length:
            return kind.abbreviation
    return None


def period(title: str | None, doc_type: str | None, promulgates: str | None) -> tuple[int | None, int | None]:
    """Give the first and last year a plan or report is for, from its title; (None, None) for other types."""
    if not title:
        return None, None
    if (
        doc_type not in _PERIODICAL
        and promulgates is None
        and not regex.match(r"ban hành|phê duyệt", title, regex.I)
    ):
        return None, None
    if doc_type not in {*_PERIODICAL, "QĐ", None}:
        return None, None
    text = title
    while (dated := search_date(text)) is not None:
        text = text[: dated[1]] + text[dated[2] :]
    for symbol in reversed(find_symbols(text)):
        text = text[: symbol.start] + text[symbol.end :]
    if single := _YEAR.search(text):
        return int(single[1]), int(single[1])
    if span := _RANGE.search(text):
        start, end = int(span[1] or span[3]), int(span[2] or span[4])
        return (start, end) if start <= end else (None, None)
    return None, None


def _annex_only(found: Sequence[Line], annex: Annex | None) -> Letterhead:
    """Read an appendix that came without its act: title and dates of its own, the act in `attached_to`."""
    title_lines: list[str] = []
    start = 0
    for number, line in enumerate(found[:_TITLE_LINES]):
        text = _clean(line.text)
        if not title_lines and (_ANNEX_HEAD.match(text) and len(text) < 40):
            start = number + 1
            continue
        if number < start or _RULE.fullmatch(text):
            continue
        if text.startswith("(") or (annex and number >= annex.line):
            break
        if start and (not title_lines or text.upper() == text):
            title_lines.append(text)
    title = " ".join(title_lines) or None
    span = period(title, None, "KH") if title else (None, None)
    if annex is None:
        return Letterhead(title=title, period_start_year=span[0], period_end_year=span[1])
    dated = annex.date
    return Letterhead(
        title=title,
        issuer=annex.issuer,
        issuer_code=annex.symbol.issuer_code if annex.symbol else None,
        year=dated.year if dated else None,
        month=dated.month if dated else None,
        day=dated.day if dated else None,
        period_start_year=span[0],
        period_end_year=span[1],
        attached_to=_attached(annex),
        evidence=(Evidence("annex", annex.issuer),) if annex.issuer else (),
        flags=("annex_only",),
    )


def type_name(abbreviation: str | None) -> str | None:
    """Give the full name of a type ("KH" -> "Kế hoạch")."""
    kind = type_of(abbreviation) if abbreviation else None
    return kind.name if kind else None
