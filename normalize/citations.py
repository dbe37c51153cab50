"""Legal documents named in a text: the words before a symbol, the symbol, and the date and issuer after it.

    [Nghị quyết] số [10/NQ-CP] ngày [24/01/2018] của [Chính phủ] về …
    Luật [Tổ chức Quốc hội] số [57/2014/QH13]
    các Tờ trình số 1280/TTr-CP và số 1281/TTr-CP ngày 29/12/2025        one date, two documents
    theo quy định của Luật Ngân sách nhà nước (năm 2015)                 a law by its name alone

A symbol is the anchor; what cannot be read beside it stays None. The date of the last document of a list is
not given to the earlier ones: nothing says that they are of one day.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from normalize.document_dates import PartialDate, match_date
from normalize.symbols import Symbol, document_types, find_symbols, same_length
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words that stand for a type in running text beside the full names of `data/document_types.csv`.
_OTHER_WORDS = {
    "bộ luật": "L",
    "lệnh": "L",
    "văn bản": "CV",
    "thư công": "CV",
    "điện": "CĐ",
    "thông tư liên bộ": "TTLT",
    "thông báo kết luận": "TB",
    "chương trình hành động": "CTr",
}
_LEFT_WINDOW = 200
_LONGEST_LAW_NAME = 130
_LONGEST_ISSUER = 120

_DATE_AFTER = regex.compile(
    r"\s*,?\s*\(?\s*(?:được\s+)?(?:ban hành"
    r"|ký)?\s*(?=ng[àa]y[\s.…_\d/])",
    regex.IGNORECASE,
)
_YEAR_AFTER = regex.compile(r"\s*,?\s*\(?\s*năm\s+(?P<year>(?:19|20)\d\d)\b")
# The bodies that issue: an issuer begins with one of these (or with "của" and any capital).
_BODY = (
    r"(?:UBND|HĐND|UBTVQH|Ủy ban|Uỷ ban|Hội đồng|Hội nghị|Chính phủ|Thủ tướng|Phó Thủ tướng|Quốc hội"
    r"|Bộ|Liên bộ|Sở|Liên [Ss]ở|Ban|Tỉnh [ủu]|Thành [ủu]"
    r"|Huyện [ủu]|Quận [ủu]|Thị [ủu]|Đảng [ủu]|Chủ tịch|Giám đốc|Văn phòng|VPCP|Thường trực"
    r"|Trung ương|TW|Tổng|Cục|Chi cục|Vụ"
    r"|Thanh tra|Tòa án|Toà án|Viện|Kiểm toán|Ngân hàng|Liên đoàn|Bảo hiểm|Kho bạc|Công an|Mặt trận"
    r"|Đoàn|Hội|Trường|Trung tâm)"
)
_ISSUER = regex.compile(
    rf"\s*,?\s*(?:do|của)\s+(?=\p{{Lu}}|liên\s)|[^\S\n]*,?[^\S\n]*(?={_BODY}\b(?!\s+hành))"
)
_ISSUER_END = regex.compile(
    r"[;.:()\n\"“”]|,(?!\s(?!Sở|Bộ|UBND|Ban)\p{Lu}\p{Ll}+(?:\s\p{Ll}+)?\s(?:và|-)\s\p{Lu})|\s[-–]\s(?!\p{Lu})"
    r"|\s(?:v/v|về|Về|[Bb]an hành|[Qq]uy định|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Cc]ông bố"
    r"|[Hh]ướng dẫn|[Tt]riển khai|[Tt]hành lập|[Kk]iện toàn"
    r"|[Bb]ãi bỏ|[Tt]hay thế|[Bb]ổ sung|[Gg]iao|[Cc]ông nhận|[Đđ]iều chỉnh|[Tt]ăng cường|[Đđ]ẩy mạnh"
    r"|ngày|năm|thông qua|tại|một số|tiếp tục|để|thì|gồm|trong|đối với|đã"
    r"|được|có|là|nêu|trên|theo|nhằm|cho|kèm|khi|từ|như|cùng|với|yêu cầu|chỉ đạo|sẽ|số|thành(?! phố)"
    r"|xây dựng|phát động|chấn chỉnh"
    r"|và(?=\s+(?:\p{Ll}|Nghị|Quyết|Thông|Chỉ|Luật|Kế|Chương|Công văn|Hướng|Báo|Kết|Đề|Tờ)))(?=[\s,;.:]|$)"
)
_LAW_NAME = regex.compile(
    r"(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>(?!số\b|này\b|các\b|và\b|sư\b|pháp\b|định\b|trên\b"
    r"|mới\b|khác\b|gia\b)[\p{L}](?:[^;.:,()\n\"“”]|,(?=\s(?:chống|bổ sung|[Cc]ông nghệ"
    r"|chữa cháy)\s)){2,110}?)"
    r"(?=\s*(?:\(\s*)?(?P<when>năm\s+(?:19|20)\d\d|ngày\s+\d)|\s*[;.:()\n\"“”]|,\s|\s+(?:đã được"
    r"|và các|và những|về việc|quy định|khi|thì|tại|đối với|để|sửa đổi|hiện hành|và trình|thành)\b|\s*$)"
)
_GOVERNED = regex.compile(
    r"(?:căn cứ|theo|thi hành|chấp hành|thực hiện|hướng dẫn|quy định\s+(?:của|tại|trong)|(?:điều"
    r"|khoản|điểm)\s+[\da-zđ]{1,3}\s+(?:của\s+)?)\s*(?:các\s+)?$",
    regex.IGNORECASE,
)
_PROJECT = regex.compile(r"(?:dự án|dự thảo|đề nghị xây dựng|xây dựng|trình)\s*$", regex.IGNORECASE)
# "Mẫu số 23/CKTC-NSH", "Biểu số 01/TNLĐ-CS": codes of forms, not of documents.
_FORM_CODE = regex.compile(
    r"(?:mẫu|biểu|biểu mẫu|phụ lục|bảng"
    r"|phiếu)\s*(?:s[ốo])?\s*:?\s*$",
    regex.IGNORECASE,
)
_ELLIPSIS = regex.compile(r"(?P<number>\d{1,5}[a-z]?)\s*(?:,|;|và)\s*(?:số\s*)?$")


@dataclass(frozen=True, slots=True)
class Citation:
    """One legal document named in a text; `start`, `end` span the words from its type to its issuer.

    Attributes:
        symbol: as printed, blanks kept; None where the document is named without one.
        year: of the symbol, else of the date.
        cited_issuer: as printed after the symbol ("Thủ tướng Chính phủ"), None if it is not said.
    """

    text: str
    start: int
    end: int
    symbol: str | None
    symbol_normalised: str | None
    doc_type: str | None
    number: str | None
    year: int | None
    issuer_code: str | None
    cited_date: PartialDate | None
    cited_issuer: str | None
    mended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Head:
    """The words before a symbol: where they begin and which type they name."""

    start: int
    doc_type: str | None


@cache
def _type_words() -> dict[str, str]:
    return {**{name: kind.abbreviation for name, kind in document_types().items()}, **_OTHER_WORDS}


@cache
def _head_pattern() -> regex.Pattern[str]:
    words = "|".join(
        regex.escape(word).replace(r"\ ", r"\s+") for word in sorted(_type_words(), key=len, reverse=True)
    )
    # "Thông báo kết luận số", "Báo cáo thẩm định số": up to three words may stand between type and number.
    more = r"(?:\s(?!của|về|và|theo|tại|ngày|số|năm|này|trên|tháng)\p{Ll}+){1,3}\s+số"
    return regex.compile(
        rf"(?:^|(?<=[\s(\"“,;:.\-–/]))(?<!(?i:pháp)\s)(?P<type>(?i:{words}))"
        rf"(?:{more}|\s*(?:\([^()]{{1,30}}\)\s*)?,?\s*(?:(?i:s[ốo])\b)?)\s*:?\s*$"
    )


_LAW_HEAD = regex.compile(
    r"(?P<type>Bộ luật|Luật|Pháp lệnh)\s(?P<name>(?:(?!\bLuật\b"
    r"|\bsố\b)[^;:()\n]|\((?:sửa đổi|hợp nhất)[^()]*\)){2,110}?),?\s*số\s*:?\s*$"
)
_NUMBERED = regex.compile(r"(?<!\p{L})s[ốo]\s*:?\s*$", regex.IGNORECASE)
# "ngày 16/12/2019 Sở Khoa học và Công nghệ ban hành Kế hoạch số 930/KH-…": date and issuer stand before.
_ISSUED = regex.compile(
    rf"(?<when>ng[àa]y\s+\d[^;:()]{{4,28}}?\d{{4}})\s*,?\s*(?P<who>{_BODY}[^.;:]{{0,90}}?)?"
    rf"\s+(?:đã\s+)?(?:ban hành|ký)\s+(?:các\s+)?$"
)
_LIST = regex.compile(r"\s*(?:,|;|và|hoặc|,\s*và)\s*(?:s[ốo])?\s*:?\s*$", regex.IGNORECASE)


def find_citations(text: str) -> list[Citation]:
    """Give every legal document that `text` names, in reading order, without overlaps."""
    plain = same_length(text)
    found: list[Citation] = []
    for symbol in find_symbols(text):
        previous = found[-1] if found else None
        if previous is not None and symbol.start < previous.end:
            continue
        head = _head(plain, symbol, previous)
        if head is None:
            continue
        found += _elliptical(plain, symbol, head)
        found.append(_citation(text, plain, symbol, head))
    taken = [(citation.start, citation.end) for citation in found]
    found += [
        law
        for law in _named_laws(text, plain)
        if all(law.end <= start or end <= law.start for start, end in taken)
    ]
    return sorted(found, key=lambda citation: citation.start)


def _head(plain: str, symbol: Symbol, previous: Citation | None) -> _Head | None:
    """Find the type word before a symbol; None when an uncertain symbol has nothing before it to confirm it."""
    floor = max(previous.end if previous else 0, symbol.start - _LEFT_WINDOW)
    left = plain[floor : symbol.start]
    if symbol.number is None:  # "Thông tư số ….. /2025/TT-BKHCN"
        left = left.rstrip(" .…_:")
    if match := _LAW_HEAD.search(left):
        return _Head(floor + match.start(), "PL" if match["type"] == "Pháp lệnh" else "L")
    if match := _head_pattern().search(left):
        doc_type = _type_words()[key(match["type"])]
        start = floor + match.start("type")
        if symbol.doc_type and doc_type != symbol.doc_type:
            before = _promulgating(left, symbol.doc_type, match.start("type"), floor)
            start = start if before is None else before
        return _Head(start, doc_type)
    if previous is not None and _LIST.fullmatch(plain[previous.end : symbol.start]):
        start = symbol.start
        if numbered := _NUMBERED.search(left):
            start = floor + numbered.start()
        return _Head(start, previous.doc_type)
    if ellipsis := _ELLIPSIS.search(left):
        before = _head_pattern().search(left[: ellipsis.start()])
        return (
            _Head(symbol.start, _type_words()[key(before["type"])] if before else None)
            if symbol.certain
            else None
        )
    numbered = _NUMBERED.search(left)
    if symbol.form == "letter" and _FORM_CODE.search(left):
        return None
    if symbol.certain or (numbered and symbol.form == "letter"):
        return _Head(floor + numbered.start() if numbered else symbol.start, None)
    return None


def _promulgating(left: str, doc_type: str, before: int, floor: int) -> int | None:
    """Find "Quyết định" in "Quyết định ban hành Kế hoạch số 3647/QĐ-UBND": the symbol is the decision's."""
    names = [word for word, abbreviation in _type_words().items() if abbreviation == doc_type]
    for name in names:
        pattern = (
            rf"\b({regex.escape(name)})\s+(?:về việc\s+)?(?:ban hành|phê duyệt|công bố)\s+(?:kèm theo\s+)?$"
        )
        if match := regex.search(pattern, left[:before], regex.IGNORECASE):
            return floor + int(match.start(1))
    return None


def _citation(text: str, plain: str, symbol: Symbol, head: _Head) -> Citation:
    dated, issuer, end = _date_and_issuer(plain, symbol.end)
    if (
        dated is None
        and issuer is None
        and (issued := _ISSUED.search(plain, max(0, head.start - 160), head.start))
    ):
        found = match_date(plain, issued.start("when"))
        dated = found[0] if found else None
        issuer = regex.sub(r"\s*\([^()]*\)$", "", issued["who"]) if issued["who"] else None
    doc_type = symbol.doc_type or head.doc_type
    # "Báo cáo số 12/SNV-CCHC": a letter's symbol under another type's name.
    if symbol.form == "letter" and head.doc_type not in (None, "CV"):
        doc_type = head.doc_type
    return Citation(
        text=text[head.start : end],
        start=head.start,
        end=end,
        symbol=symbol.text,
        symbol_normalised=symbol.normalised,
        doc_type=doc_type,
        number=symbol.number,
        year=symbol.year or (dated.year if dated else None),
        issuer_code=symbol.issuer_code or None,
        cited_date=dated,
        cited_issuer=issuer,
        mended=symbol.mended,
    )


def _elliptical(plain: str, symbol: Symbol, head: _Head) -> Iterator[Citation]:
    """Give the documents of "số 18, 19-NQ/TW" that leave their symbol to the last."""
    if symbol.number is None or head.start != symbol.start:
        return
    left = plain[: symbol.start]
    match = _ELLIPSIS.search(left)
    before = _head_pattern().search(left[max(0, match.start() - 60) : match.start()]) if match else None
    if match is None or before is None or not _NUMBERED.search(left[: match.start()]):
        return
    tail = symbol.normalised[len(symbol.number) :]
    start = max(0, match.start() - 60) + before.start("type")
    yield Citation(
        text=plain[start : match.end("number")],
        start=start,
        end=match.end("number"),
        symbol=match["number"],
        symbol_normalised=match["number"] + tail,
        doc_type=symbol.doc_type,
        number=match["number"],
        year=symbol.year,
        issuer_code=symbol.issuer_code or None,
        cited_date=None,
        cited_issuer=None,
        mended=("ellipsis",),
    )


def _date_and_issuer(plain: str, position: int) -> tuple[PartialDate | None, str | None, int]:
    """Read date and issuer after a symbol, in either order; give the end of what was read."""
    dated: PartialDate | None = None
    issuer: str | None = None
    for _ in range(2):
        if dated is None and (opening := _DATE_AFTER.match(plain, position)):
            found = match_date(plain, opening.end())
            if found is not None:
                dated, position = found[0], found[2]
                continue
        if dated is None and (year := _YEAR_AFTER.match(plain, position)):
            dated, position = PartialDate(int(year["year"]), None, None), year.end()
            continue
        if issuer is None and (opening := _ISSUER.match(plain, position)):
            start = opening.end()
            stop = _ISSUER_END.search(plain, start)
            end = min(stop.start() if stop else len(plain), start + _LONGEST_ISSUER)
            name = plain[start:end].rstrip(" ,-")
            if name:
                issuer, position = name, start + len(name)
    return dated, issuer, position


def _named_laws(text: str, plain: str) -> Iterator[Citation]:
    """Give laws named without a symbol: dated ("Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001") or appealed to."""
    for match in _LAW_NAME.finditer(plain):
        left = plain[max(0, match.start() - 60) : match.start()]
        if _PROJECT.search(left) or (not match["when"] and not _GOVERNED.search(left)):
            continue
        dated, _, end = _date_and_issuer(plain, match.end())
        if match["when"] and dated is None:
            continue
        yield Citation(
            text=text[match.start() : end],
            start=match.start(),
            end=end,
            symbol=None,
            symbol_normalised=None,
            doc_type="PL" if match["type"] == "Pháp lệnh" else "L",
            number=None,
            year=dated.year if dated else None,
            issuer_code=None,
            cited_date=dated,
            cited_issuer=None,
        )
