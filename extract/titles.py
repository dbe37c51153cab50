"""What a document is about: its title (trích yếu), the power that decides, the act a decision brings, its years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.frame import MOTTO, vocabulary
from extract.head import ABOUT, RULE, TITLE_LINES, begins_body, clean
from normalize.document_dates import PartialDate, match_date, search_date
from normalize.symbols import Symbol, document_types, find_symbols
from normalize.text import key

if TYPE_CHECKING:
    from extract.frame import Line
    from extract.head import Head

_LONGEST_TITLE = 700
_LONGEST_AUTHORITY = 100
_SHORT_TITLE_LINE = 75
_ANNEX = regex.compile(
    r"\(?\s*(?:được\s+)?(?:ban hành\s+)?(?:đính\s+)?k[eèé]m\s+theo\s+(?P<act>[^()]*?(?:số|ngày)[^()]*)\)?",
    regex.IGNORECASE,
)
_OF = regex.compile(r"của\b", regex.IGNORECASE)
_ABOUT_SOMETHING = regex.compile(
    r"(?:v/v|về|ban hành|quy định|phê duyệt|sửa đổi|bổ sung|hướng dẫn"
    r"|công bố)\b",
    regex.I,
)
_OLD_OPENING = regex.compile(r"(?:liên tịch\s+)?(?:của\s+(?P<who>.{3,120}?)\s+)?số\s*:?\s*", regex.IGNORECASE)
_PROMULGATES = regex.compile(
    r"^(?:V/v|Về việc|Về)?\s*(?:ban hành|phê duyệt|phê chuẩn"
    r"|công bố)\s+(?:kèm theo\s+\S+\s+\S+\s+\S+\s+)?(?P<what>\p{L}[\p{L} ]{2,30})",
    regex.IGNORECASE,
)
_RANGE = regex.compile(
    r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)|từ\s+năm\s+((?:19|20)\d\d)\s+đến\s+(?:năm\s+)?((?:19"
    r"|20)\d\d)",
    regex.I,
)
_YEAR = regex.compile(
    r"(?<!(?:đến|hướng|tầm nhìn|so với|hết|trước|sau)\s)(?<!học\s)(?:năm|quý\s+[IVX\d]+\s*/"
    r"|tháng\s+\d{1,2}\s*/)\s*((?:19|20)\d\d)(?!\s*[-–—]\s*\d{4})",
    regex.I,
)
# Types whose title says which years they are for; a notice or a letter names years of other things.
_PERIODICAL = frozenset({"KH", "CTr", "BC", "ĐA", "PA", "DA", "NQ", "CT"})


def find_title(head: Head) -> tuple[str | None, int]:
    """Give the title (trích yếu) and the line after it; an official letter's stands after "V/v"."""
    if head.type_line is None:
        return _letter_subject(head)
    parts = [head.type_rest] if head.type_rest else []
    number = head.type_line + 1
    previous: Line | None = None
    while number < len(head.lines) and len(parts) < TITLE_LINES:
        line = head.lines[number]
        text = clean(line.text)
        if MOTTO.fullmatch(text) or number == head.date_line:
            number += 1  # the right column, read after the left one
            continue
        if RULE.fullmatch(text):
            if parts:
                number += 1
                break
            number += 1
            continue
        if _ANNEX.match(text) or text.startswith("(") or regex.match(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:", text):
            break
        wrapped = _is_wrapped(text, line, previous, parts)
        if parts and ((begins_body(text, head) and not wrapped) or not _goes_on(previous, line, parts[-1])):
            break
        if not parts and key(text).startswith(("căn cứ", "kính gửi", "điều 1")):
            break
        if parts and _reasons_follow(head, number) and (is_authority(text) or _repeats_issuer(text, head)):
            break
        parts.append(text)
        previous = line
        number += 1
    # "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH" / "Về việc sửa đổi …"
    if len(parts) > 1 and head.type_rest and _OF.match(parts[0]) and _ABOUT_SOMETHING.match(parts[1]):
        parts = parts[1:]
    title = " ".join(parts).strip(" .-–—_*") if parts else None
    if title is not None and len(title) > _LONGEST_TITLE:
        title = None
    return title or None, number


def _is_wrapped(text: str, line: Line, previous: Line | None, parts: list[str]) -> bool:
    """Whether a line that could begin a text goes on with the title ("ngày 25 tháng 6 năm 2004 về việc …")."""
    if text[0].islower() and text[1:2].isalpha():
        return True
    if previous is not None and (previous.block, previous.cell) == (line.block, line.cell):
        return True
    return bool(parts) and key(text).startswith("ngày") and bool(find_symbols(parts[-1]))


def _repeats_issuer(text: str, head: Head) -> bool:
    """Whether a line in small letters is who decides ("Chính phủ"; capitals that a legacy font alone showed)."""
    folded = key(text)
    if len(text) > _LONGEST_AUTHORITY:
        return False
    return folded.startswith(vocabulary().positions) or any(
        folded.endswith(key(body)) for _, body in head.bodies
    )


def _reasons_follow(head: Head, number: int) -> bool:
    """Whether the reasons of an act begin within the next lines: only then a body's name ends its title."""
    reasons = ("căn cứ", "xét", "theo", "để", "thực hiện", "trên cơ sở")
    return any(key(clean(line.text)).startswith(reasons) for line in head.lines[number + 1 : number + 4])


def _goes_on(previous: Line | None, line: Line, text: str) -> bool:
    """Whether a line goes on with the title: the same paragraph, the same setting, or an unfinished wording."""
    if previous is None or (previous.block, previous.cell) == (line.block, line.cell):
        return True
    if previous.cell is not None or line.cell is not None:
        return False
    if line.text[:1].islower() or regex.search(
        r"(?:,|\b(?:của|và|về|tại|cho|các|thuộc|trên|theo|năm|trong|với|từ|đến|một số|những))$", text
    ):
        return len(line.text) < 250
    if text.endswith((".", ";", ":")):
        return False
    if previous.bold != line.bold or previous.centred != line.centred or _ends_sentence(line.text):
        return False
    if (previous.text.upper() == previous.text) != (line.text.upper() == line.text):
        return (
            False  # capitals under small letters are the next heading ("… năm 2020" / "NỘI DUNG THỰC HIỆN")
        )
    # Without any setting to go by (plain text) a short line is the title's, a long one the text's.
    return line.bold or line.centred or len(line.text) <= _SHORT_TITLE_LINE


def _ends_sentence(text: str) -> bool:
    return text.rstrip(" *_").endswith((".", ";", ":"))


def _letter_subject(head: Head) -> tuple[str | None, int]:
    for number, line in enumerate(head.lines[: head.body or len(head.lines)]):
        text = clean(line.text)
        if (about := ABOUT.match(text)) and head.number is not None:
            parts = [text[about.end() :].strip(" :")]
            for following in head.lines[number + 1 :]:
                if following.cell != line.cell:
                    break
                # Lines of a page stand alone: "V/v thực hiện các nhiệm vụ UBND" / "tỉnh giao quá hạn".
                if following.block != line.block and not clean(following.text)[:1].islower():
                    break
                parts.append(clean(following.text))
            return " ".join(parts).strip(" .") or None, number + len(parts)
    return None, head.number + 1 if head.number is not None else 0


def is_authority(text: str) -> bool:
    """Whether a line is the power that decides ("GIÁM ĐỐC SỞ …", "ỦY BAN NHÂN DÂN TỈNH …") before the reasons."""
    folded = key(text)
    if (
        text.upper() != text
        or len(text) > 160
        or folded.startswith(("ban hành", "bộ tiêu", "bộ chỉ", "bộ thủ"))
    ):
        return False
    starts = (*vocabulary().positions, *vocabulary().organ_heads)
    return any(
        folded.startswith(start) and not folded[len(start) : len(start) + 1].isalpha() for start in starts
    )


def find_authority(head: Head, after_title: int) -> str | None:
    """Give the line between title and reasons that names who decides."""
    for line in head.lines[after_title : after_title + 4]:
        text = clean(line.text)
        if is_authority(text):
            return text
        if key(text).startswith("căn cứ"):
            return None
    return None


@dataclass(frozen=True, slots=True)
class OldTitle:
    """A title of before 2005 that carries the letterhead: "của Thủ tướng Chính phủ số 115/2004/QĐ-TTg ngày …"."""

    issuer: str | None
    symbol: Symbol
    date: PartialDate | None
    title: str | None


def old_title(title: str | None, doc_type: str | None) -> OldTitle | None:
    """Take apart a title that begins with issuer, number and date; None for any other title."""
    if not title:
        return None
    symbol = next(iter(find_symbols(title)), None)
    if symbol is None or not symbol.certain or symbol.doc_type not in (doc_type, "TTLT"):
        return None
    opening = _OLD_OPENING.fullmatch(title[: symbol.start])
    if opening is None:
        return None
    dated = match_date(title, len(title) - len(title[symbol.end :].lstrip(" ,")))
    rest = title[dated[2] if dated else symbol.end :].strip(" ,.:-")
    return OldTitle(opening["who"], symbol, dated[0] if dated else None, rest or None)


def body_of(authority: str | None) -> str | None:
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


def promulgated(title: str | None) -> str | None:
    """Give the type of the act that a decision brings into force ("Ban hành Kế hoạch …" -> KH)."""
    match = _PROMULGATES.match(title or "")
    if match is None:
        return None
    words = match["what"].split()
    for length in (4, 3, 2):
        kind = document_types().get(key(" ".join(words[:length])))
        if kind is not None and len(words) >= length and kind.family != "joint":
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
