"""What a document says of itself: its year, number, symbol, date, and what its appendices are attached to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from normalize.symbols import parse_symbol
from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.years import years_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from normalize.symbols import Symbol
    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.content import CitationRecord

_AMENDS = regex.compile(r"\b(?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính|điều chỉnh|kèm theo)\b")
_LETTERHEAD = 12
"""Paragraphs in which number and date of a document stand."""
_BLANK_NUMBER = regex.compile(r"số\s*:[\s.…_]*/\s?\p{L}", regex.IGNORECASE)
_BLANK_DATE = regex.compile(
    r"[\p{L}\s.\-]{2,40},?\s*ngày[\s.…_]*tháng[\s.…_\d]*năm|[\p{L}\s.\-]{2,40},?\s*ngày[\s.…_\d]*tháng[\s.…_]*năm",
    regex.IGNORECASE,
)
_LOOKS_BACK = regex.compile(
    r"\b(?:kết quả|thống kê|tình hình|số liệu|báo cáo|đánh giá|tổng kết|hiện trạng|thực trạng)\b",
    regex.IGNORECASE,
)


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "identity",
        {
            "year_of_appendix": year_of_appendix,
            "year_of_deadlines": year_of_deadlines,
            "appendix_of_another_act": appendix_of_another_act,
            "appendix_date": appendix_date,
            "number_blank": number_blank,
            "date_blank": date_blank,
            "symbol_year": symbol_year,
            "issued_late": issued_late,
        },
    )


def year_of_appendix(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find an appendix whose title names another year than the document's."""
    del thresholds
    document = dossier.document
    year = years_of(document.title).only()
    if year is None:
        return
    for table in dossier.tables:
        if table.kind != "task" or not table.title:
            continue
        heading = table.title.partition("\n(")[0]
        other = years_of(heading).only()
        if other is None or other == year or key(heading) == key(document.title or ""):
            continue
        # A plan's appendix may count what was done the year before; a report's may plan the next year.
        sure = dossier.is_plan and not _LOOKS_BACK.search(heading)
        yield Sighting(
            values={"year": year, "other": other},
            doc_id=dossier.doc_id,
            related=[table.table_id],
            page=table.page_first,
            text=heading,
            severity=None if sure else "info",
        )


def year_of_deadlines(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a plan whose deadlines mostly name another year than its title."""
    document = dossier.document
    year = dossier.plan_year
    if year is None or not dossier.is_plan:
        return
    named = [
        part.end_date.year
        for part in dossier.deadlines
        if part.end_date is not None and not part.year_inferred and part.type in ("date", "interval")
    ]
    others = [each for each in named if each != year]
    if len(others) >= thresholds["fewest"] and len(others) > thresholds["share"] * len(named):
        most = max(set(others), key=lambda each: (others.count(each), each))
        yield Sighting(
            values={"year": year, "other": most, "count": others.count(most), "total": len(named)},
            doc_id=dossier.doc_id,
            text=document.title,
        )


def appendix_of_another_act(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find an appendix that says it is attached to an act of another number or type than the document's."""
    del thresholds
    own = parse_symbol(dossier.document.symbol or "")
    # "Sửa đổi Quy chế ban hành kèm theo Quyết định số …": the act that is amended, not the one that amends.
    if own is None or own.number is None or _AMENDS.search(key(dossier.document.title or "")):
        return
    for citation in _attachments(dossier):
        if citation.number is None or citation.symbol_normalised is None:
            continue
        sure = _same_issuer(citation.issuer_code, own)
        if citation.doc_type == own.doc_type:
            differs = citation.number.lstrip("0") != own.number.lstrip("0")
        else:
            differs, sure = sure, False
        if differs:
            yield Sighting(
                values={"own": dossier.document.symbol, "named": citation.symbol},
                doc_id=dossier.doc_id,
                related=[citation.citation_id],
                page=citation.page,
                text=citation.text,
                severity=None if sure else "warning",
            )


def appendix_date(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find an appendix that gives the document's own number with another date."""
    del thresholds
    own = parse_symbol(dossier.document.symbol or "")
    issued = dossier.document.issue_date
    if own is None or issued is None:
        return
    for citation in _attachments(dossier):
        if citation.cited_date and citation.cited_date != issued and _names(citation, own):
            yield Sighting(
                values={"date": f"{issued:%d/%m/%Y}", "other": f"{citation.cited_date:%d/%m/%Y}"},
                doc_id=dossier.doc_id,
                related=[citation.citation_id],
                page=citation.page,
                text=citation.text,
            )


def _attachments(dossier: Dossier) -> Iterator[CitationRecord]:
    return (citation for citation in dossier.citations if citation.context == "attachment")


def _same_issuer(code: str | None, own: Symbol) -> bool:
    return (code or "").replace("&", "") == own.issuer_code.replace("&", "")


def _names(citation: CitationRecord, own: Symbol) -> bool:
    same_number = (citation.number or "").lstrip("0") == (own.number or "").lstrip("0")
    return same_number and citation.doc_type == own.doc_type and _same_issuer(citation.issuer_code, own)


def number_blank(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a document whose number was never filled in."""
    del thresholds
    document = dossier.document
    blanks = [citation for citation in _attachments(dossier) if citation.symbol and not citation.number]
    if document.symbol and not document.number:
        first = blanks[0] if blanks else None
        yield Sighting(
            values={"symbol": document.symbol},
            doc_id=dossier.doc_id,
            page=first.page if first else None,
            text=first.text if first else document.symbol,
        )
        return
    if document.number:
        yield from _letterhead(dossier, _BLANK_NUMBER, "letterhead", {"symbol": document.symbol})
    for citation in blanks:
        yield Sighting(
            message="appendix",
            values={"symbol": citation.symbol},
            doc_id=dossier.doc_id,
            related=[citation.citation_id],
            page=citation.page,
            text=citation.text,
        )


def date_blank(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a document without a full date of issue, where it has a number or a year."""
    del thresholds
    document = dossier.document
    if document.issue_date is None and document.issue_year and document.symbol:
        yield Sighting(
            values={"year": document.issue_year},
            doc_id=dossier.doc_id,
            text=" ".join(filter(None, [document.issue_place, document.symbol])),
        )
    elif document.issue_date is not None:
        values = {"date": f"{document.issue_date:%d/%m/%Y}"}
        yield from _letterhead(dossier, _BLANK_DATE, "letterhead", values)


def _letterhead(
    dossier: Dossier, blank: regex.Pattern[str], message: str, values: Mapping[str, str | None]
) -> Iterator[Sighting]:
    """Find a blank in the letterhead of a document whose appendix tells what belongs there."""
    for passage in dossier.passages[:_LETTERHEAD]:
        if blank.match(passage.text):
            yield Sighting(
                message=message,
                values=values,
                doc_id=dossier.doc_id,
                page=passage.page,
                text=passage.text,
                severity="info",
            )
            return


def symbol_year(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a symbol that carries another year than the date of issue."""
    del thresholds
    document = dossier.document
    own = parse_symbol(document.symbol or "")
    if own is not None and own.year and document.issue_year and own.year != document.issue_year:
        yield Sighting(
            values={"year": own.year, "other": document.issue_year},
            doc_id=dossier.doc_id,
            text=document.symbol,
        )


def issued_late(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a plan issued when its period was over or well under way."""
    document = dossier.document
    issued, first, last = document.issue_date, document.period_start_year, document.period_end_year
    if issued is None or first is None or not dossier.is_plan:
        return
    if "năm học" in key(document.title or ""):  # begins in September
        return
    period = str(first) if last in (None, first) else f"{first}-{last}"
    if issued.year > (last or first):
        yield Sighting(
            message="over",
            values={"date": f"{issued:%d/%m/%Y}", "period": period},
            doc_id=dossier.doc_id,
            text=document.title,
            severity="warning",
        )
    elif issued.year == first and issued.timetuple().tm_yday > thresholds["days"]:
        yield Sighting(
            values={"date": f"{issued:%d/%m/%Y}", "period": period},
            doc_id=dossier.doc_id,
            text=document.title,
        )
