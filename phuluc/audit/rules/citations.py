"""The documents a document names: symbols, dates and types that cannot all be right."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex
from rapidfuzz.distance import OSA

from normalize.symbols import document_types, organ_codes, parse_symbol, same_length
from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from normalize.symbols import Symbol
    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.content import CitationRecord
    from schemas.review import Severity

_NUMBER = re.compile(r"^\d+[a-zđ]?")
_NO_LETTER = re.compile(r"[\W_]")
_MARK = re.compile(r"[/.\-]")
_BLANKS = regex.compile(r"\s+")
_NORMATIVE = frozenset({"NĐ", "TT", "TTLT"})
_FIRST_YEAR_IN_SYMBOL = 1998
_TYPE_WORD = regex.compile(r"(?P<words>\p{L}+(?:\s\p{L}+){0,3})\s+số\s*:?\s*$", regex.IGNORECASE)
_INTERCHANGEABLE = ({"QyĐ", "QĐ"}, {"CTr", "CTHĐ"}, {"TT", "TTLT"}, {"CV"}, {"KL", "TB"}, {"NQ", "NQLT"})
"""Types whose symbols are written either way: party rules (quy định) have "QĐ" as well."""


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "citations",
        {
            "symbol_misspelt": symbol_misspelt,
            "citation_type": citation_type,
            "citation_year": citation_year,
            "citation_without_year": citation_without_year,
            "citation_two_dates": citation_two_dates,
            "citation_two_symbols": citation_two_symbols,
            "citation_later": citation_later,
            "citation_order": citation_order,
        },
    )


def _at(citation: CitationRecord, severity: Severity | None = None, **values: object) -> Sighting:
    return Sighting(
        values=values,
        doc_id=citation.doc_id,
        task_id=citation.task_id,
        related=[citation.citation_id],
        page=citation.page,
        text=citation.text,
        severity=severity,
    )


def symbol_misspelt(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find symbols with a letter or mark too many, too few or wrong; each misspelling once, with all its places."""
    document = dossier.document
    wrong: defaultdict[tuple[str, str], list[CitationRecord]] = defaultdict(list)
    for citation in dossier.citations:
        printed, right = _BLANKS.sub("", citation.symbol or ""), citation.symbol_normalised or ""
        when = citation.cited_date.year if citation.cited_date else citation.year or document.issue_year or 0
        # "QĐ/BTC" and "QĐ.UB" were usual before the form of symbols was laid down.
        if _letters(printed) != _letters(right) or (
            _marks(printed) != _marks(right) and when >= thresholds["year"]
        ):
            wrong[_tail(printed), _tail(right)].append(citation)
    for (printed, right), citations in wrong.items():
        first = citations[0]
        yield Sighting(
            values={"printed": printed, "right": right, "count": len(citations)},
            doc_id=dossier.doc_id,
            task_id=first.task_id,
            related=[citation.citation_id for citation in citations],
            page=first.page,
            text=first.text,
            severity="warning" if _letters(printed) == _letters(right) else None,
        )
    own = parse_symbol(document.symbol or "")
    if own is not None and own.mended:
        printed, right = _tail(_BLANKS.sub("", own.text)), _tail(own.normalised)
        if (printed, right) not in wrong and _letters(printed) != _letters(right):
            values = {"printed": printed, "right": right, "count": 1}
            yield Sighting(values=values, doc_id=dossier.doc_id, text=own.text)
    yield from _nearly_right(dossier, own)


def _nearly_right(dossier: Dossier, own: Symbol | None) -> Iterator[Sighting]:
    """Find an issuer's code that is one letter away from one this document uses elsewhere, or from UBND and HĐND."""
    cited: defaultdict[str, list[CitationRecord]] = defaultdict(list)
    for citation in dossier.citations:
        if citation.issuer_code and citation.symbol_normalised:
            cited[citation.issuer_code.replace("&", "")].append(citation)
    mine = own.issuer_code.replace("&", "") if own else ""
    for code, citations in cited.items():
        used = {other for other in cited if len(cited[other]) > len(citations)} | {mine} | _EVERYWHERE
        if code in used or code in organ_codes() or len(code) < _SHORTEST_CODE:
            continue
        near = [other for other in sorted(used) if OSA.distance(code, other) == 1]
        if len(near) == 1:
            first = citations[0]
            symbol = first.symbol or ""
            # "UBNDT" may be an office's own way to write it.
            sure = len(near[0]) == len(code) if near[0] in _EVERYWHERE else first.context == "attachment"
            yield Sighting(
                values={
                    "printed": _tail(symbol),
                    "right": _tail(symbol.replace(first.issuer_code or "", near[0])),
                    "count": len(citations),
                },
                doc_id=dossier.doc_id,
                task_id=first.task_id,
                related=[citation.citation_id for citation in citations],
                page=first.page,
                text=first.text,
                severity=None if sure else "warning",
            )


_EVERYWHERE = {"UBND", "HĐND"}
_SHORTEST_CODE = 4


def _letters(symbol: str) -> str:
    """Give the letters of a symbol, all capitals: "SKH&CN" is "SKHCN", "QĐ-TTG" stands in a line of capitals."""
    return _NO_LETTER.sub("", same_length(symbol)).upper()


def _marks(symbol: str) -> str:
    return "".join(_MARK.findall(same_length(symbol)))


def _tail(symbol: str) -> str:
    """Give a symbol without its number: one misspelling, whatever the number."""
    return _NUMBER.sub("", symbol, count=1)


def citation_type(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a document called by one type whose symbol is of another: "Kế hoạch số 3647/QĐ-UBND"."""
    del thresholds
    told: set[str | None] = set()
    for citation in dossier.citations:
        own = parse_symbol(citation.symbol or "")
        if own is None or own.doc_type is None or own.form == "letter" or not citation.symbol:
            continue
        before = citation.text.partition(citation.symbol)[0]
        named = _type_before(before)
        if (
            named is None
            or named == own.doc_type
            or any({named, own.doc_type} <= same for same in _INTERCHANGEABLE)
        ):
            continue
        if citation.symbol_normalised in told:
            continue
        told.add(citation.symbol_normalised)
        # "Quyết định ban hành Kế hoạch số 3647/QĐ-UBND" names the right type too, only in the wrong place.
        begins = next((kind for name, kind in _names() if key(before).startswith(name)), None)
        yield _at(
            citation,
            "warning" if begins == own.doc_type else None,
            named=named,
            symbol=citation.symbol,
            kind=own.doc_type,
        )


def _names() -> list[tuple[str, str]]:
    names = ((name, kind.abbreviation) for name, kind in document_types().items())
    return sorted(names, key=lambda each: -len(each[0]))


def _type_before(text: str) -> str | None:
    match = _TYPE_WORD.search(text)
    if match is None:
        return None
    words = key(match["words"])
    return next((kind for name, kind in _names() if words.endswith(name)), None)


def citation_year(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a symbol with one year and a date of another: "61/2018/NĐ-CP ngày 23/4/2017"."""
    del thresholds
    for citation in dossier.citations:
        own = parse_symbol(citation.symbol or "")
        if own and own.year and citation.cited_date and citation.cited_date.year != own.year:
            yield _at(citation, symbol=citation.symbol, date=f"{citation.cited_date:%d/%m/%Y}")


def citation_without_year(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a decree or circular of our day whose symbol lacks the year."""
    del thresholds
    for citation in dossier.citations:
        own = parse_symbol(citation.symbol or "")
        if own is None or own.doc_type not in _NORMATIVE or own.year is not None or own.number is None:
            continue
        if citation.cited_date is None or citation.cited_date.year >= _FIRST_YEAR_IN_SYMBOL:
            yield _at(citation, symbol=citation.symbol)


class Act(NamedTuple):
    """What tells one act from others, as far as a citation says: type, number, issuer, year of the symbol."""

    doc_type: str
    number: str
    issuer: str
    year: int | None


def act_of(citation: CitationRecord) -> Act | None:
    """Name the act a citation means; None where its number or type is missing."""
    own = parse_symbol(citation.symbol_normalised or "")
    if citation.number is None or citation.doc_type is None or citation.issuer_code is None:
        return None
    issuer = citation.issuer_code.replace("&", "")
    return Act(citation.doc_type, citation.number.lstrip("0"), issuer, own.year if own else None)


def citation_two_dates(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find one number with two dates in one document."""
    del thresholds
    cited: defaultdict[Act, list[CitationRecord]] = defaultdict(list)
    for citation in dossier.citations:
        act = act_of(citation)
        if act is not None and citation.cited_date is not None:
            cited[act].append(citation)
    for act, citations in cited.items():
        for first, second in _conflicts(citations):
            a, b = first.cited_date, second.cited_date
            if a is None or b is None or not same_body(first, second):
                continue
            severity = conflict(act, a, b)
            if severity is not None:
                yield Sighting(
                    values={
                        "symbol": second.symbol_normalised,
                        "date": f"{a:%d/%m/%Y}",
                        "other": f"{b:%d/%m/%Y}",
                    },
                    doc_id=dossier.doc_id,
                    task_id=second.task_id,
                    related=[first.citation_id, second.citation_id],
                    page=second.page,
                    text=f"{first.text} | {second.text}",
                    severity=None if severity == "error" else severity,
                )


def _conflicts(citations: list[CitationRecord]) -> Iterator[tuple[CitationRecord, CitationRecord]]:
    """Give the first citation of each date after the first date, with the first citation of all."""
    seen = {citations[0].cited_date}
    for citation in citations[1:]:
        if citation.cited_date not in seen:
            seen.add(citation.cited_date)
            yield citations[0], citation


def conflict(act: Act, first: dt.date, second: dt.date) -> Severity | None:
    """Tell how surely two dates of one number cannot both be right.

    Numbers begin again each year, so a number without a year may be of two years; the same day and month in another
    year is a slip of the pen all the same.
    """
    if first.year == second.year or act.year is not None:
        return "error"
    return "warning" if (first.day, first.month) == (second.day, second.month) else None


def same_body(first: CitationRecord, second: CitationRecord) -> bool:
    """Tell whether two citations with one code mean one body: "UBND tỉnh" is not "UBND huyện"."""
    one, two = key(first.cited_issuer or ""), key(second.cited_issuer or "")
    if not one or not two:
        return True
    return _level(one) == _level(two) and not _elsewhere(one, two)


_BELOW_PROVINCE = ("huyện", "quận", "thị xã", "xã", "phường", "thị trấn")
_PLACE = regex.compile(r"(?:tỉnh|huyện|xã|phường|thành phố|quận|thị xã|tp\.?)\s+(?P<name>.+)$")


def _level(issuer: str) -> str:
    return next((level for level in _BELOW_PROVINCE if f" {level} " in f" {issuer} "), "tỉnh")


def _short(issuer: str) -> str:
    body = issuer.removeprefix("chủ tịch ").removeprefix("giám đốc ")
    return body.replace("uỷ", "ủy").replace("ủy ban nhân dân", "ubnd")


def _elsewhere(one: str, two: str) -> bool:
    """Tell whether both name a place, and not the same."""
    a, b = _PLACE.search(one), _PLACE.search(two)
    return a is not None and b is not None and a["name"] != b["name"]


def citation_two_symbols(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find acts of one type, number, date and issuer whose symbols name different issuers."""
    del thresholds
    seen: dict[tuple[object, ...], CitationRecord] = {}
    for citation in dossier.citations:
        act = act_of(citation)
        if act is None or citation.cited_date is None or not citation.cited_issuer:
            continue
        place = (act.doc_type, act.number, citation.cited_date, _short(key(citation.cited_issuer)))
        other = seen.setdefault(place, citation)
        if (
            other is not citation
            and other.issuer_code != citation.issuer_code
            and (act_of(other) or act).issuer != act.issuer
        ):
            yield Sighting(
                values={"symbol": citation.symbol, "other": other.symbol},
                doc_id=dossier.doc_id,
                task_id=citation.task_id,
                related=[other.citation_id, citation.citation_id],
                page=citation.page,
                text=f"{other.text} | {citation.text}",
            )


def citation_later(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find an act cited before it was issued."""
    issued = dossier.document.issue_date
    if issued is None:
        return
    for citation in dossier.citations:
        if citation.context != "attachment" and citation.cited_date and citation.cited_date > issued:
            near = (citation.cited_date - issued).days <= thresholds["days"]
            dates = {"date": f"{citation.cited_date:%d/%m/%Y}", "issued": f"{issued:%d/%m/%Y}"}
            yield _at(citation, "warning" if near else None, symbol=citation.symbol or citation.text, **dates)


def citation_order(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find numbers of one register that run against their dates: a later day with a smaller number."""
    del thresholds
    registers: defaultdict[tuple[object, ...], dict[int, CitationRecord]] = defaultdict(dict)
    for citation in dossier.citations:
        act = act_of(citation)
        if act is None or citation.cited_date is None or not act.number.isdigit():
            continue
        body = key(citation.cited_issuer or "")
        register = (act.doc_type, act.issuer, act.year is not None, citation.cited_date.year, _level(body))
        registers[register].setdefault(int(act.number), citation)
    for numbers in registers.values():
        ordered = sorted(numbers.items())
        for (_, first), (_, second) in pairwise(ordered):
            if first.cited_date and second.cited_date and first.cited_date > second.cited_date:
                if not same_body(first, second):
                    continue
                yield Sighting(
                    values={
                        "symbol": first.symbol,
                        "date": f"{first.cited_date:%d/%m/%Y}",
                        "other": second.symbol,
                        "other_date": f"{second.cited_date:%d/%m/%Y}",
                    },
                    doc_id=dossier.doc_id,
                    task_id=second.task_id,
                    related=[first.citation_id, second.citation_id],
                    page=second.page,
                    text=f"{first.text} | {second.text}",
                )
