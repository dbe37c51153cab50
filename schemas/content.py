"""Records about figures and references in the text: `indicators`, `targets`, `citations`."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

TargetComparator: TypeAlias = Literal[">=", "<=", "=", ">", "<"]
CitationContext: TypeAlias = Literal["basis", "attachment", "mention"]


@dataclass(slots=True, kw_only=True)
class IndicatorRecord:
    """One number of a statistics table, or one figure given for an indicator."""

    indicator_id: Annotated[str, "hash of the document's bytes and the figure's position"]
    doc_id: Annotated[str, "document it stands in"]
    table_id: Annotated[str | None, "table it stands in"] = None
    row_id: Annotated[str | None, "row it stands in"] = None
    row_path: Annotated[list[str], "row headings from outermost"] = field(default_factory=list)
    column_path: Annotated[list[str], "column headings from outermost"] = field(default_factory=list)
    value_text: Annotated[str, "the figure as printed"]
    value: Annotated[float | None, "the figure as a number; null when doubtful"] = None
    denominator: Annotated[float | None, 'the 3 of "2/3"'] = None
    unit: Annotated[str | None, 'unit of measure, e.g. "%", "triệu đồng"'] = None
    period_text: Annotated[str | None, 'time it is for, as printed, e.g. "6 tháng đầu năm"'] = None
    page: Annotated[int | None, "page it stands on; null where there are no pages"] = None


@dataclass(slots=True, kw_only=True)
class TargetRecord:
    """A figure to reach (chỉ tiêu), in prose or in a cell."""

    target_id: Annotated[str, "hash of the document's bytes and the target's position"]
    doc_id: Annotated[str, "document it stands in"]
    section_title: Annotated[str | None, "title of its section"] = None
    text: Annotated[str, "the sentence or clause"]
    comparator: Annotated[TargetComparator | None, '">=" for "ít nhất", "trên" is ">"'] = None
    value: Annotated[float | None, "figure to reach; null when doubtful"] = None
    unit: Annotated[str | None, 'unit of the figure ("%", "cuộc")'] = None
    subject: Annotated[str | None, "what is counted"] = None
    due_year: Annotated[int | None, "year to reach it in"] = None
    task_id: Annotated[str | None, "task whose cell it stands in; null in prose"] = None
    page: Annotated[int | None, "page it stands on; null where there are no pages"] = None


@dataclass(slots=True, kw_only=True)
class CitationRecord:
    """A legal document named anywhere in the text."""

    citation_id: Annotated[str, "hash of the document's bytes and the citation's position"]
    doc_id: Annotated[str, "document that names it"]
    task_id: Annotated[str | None, "task whose cell names it"] = None
    text: Annotated[str, "the words that name it"]
    symbol: Annotated[str | None, "its symbol as printed"] = None
    symbol_normalised: Annotated[
        str | None,
        "blanks removed, typing errors mended where that is certain",
    ] = None
    doc_type: Annotated[str | None, "abbreviation of its type"] = None
    number: Annotated[str | None, "its number"] = None
    year: Annotated[int | None, "year of the symbol, else of the date"] = None
    issuer_code: Annotated[str | None, "issuer in the symbol: UBND, CP, TTg, TU"] = None
    cited_date: Annotated[dt.date | None, "its date as cited"] = None
    cited_issuer: Annotated[str | None, "its issuer as cited"] = None
    context: Annotated[
        CitationContext,
        "basis: căn cứ; attachment: what this document is attached to; mention: the rest",
    ]
    page: Annotated[int | None, "page it stands on; null where there are no pages"] = None
