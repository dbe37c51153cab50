"""Records about the file as a whole: `documents`."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

SourceFormat: TypeAlias = Literal["pdf", "docx", "doc", "xlsx", "xls", "html", "rtf", "odt", "text", "image"]
Status: TypeAlias = Literal["ok", "partial", "failed", "duplicate"]
TextSource: TypeAlias = Literal["digital", "ocr", "mixed"]
LegacyEncoding: TypeAlias = Literal["tcvn3", "vni", "mixed"]
ProvinceEra: TypeAlias = Literal["63", "34"]


@dataclass(slots=True, kw_only=True)
class ErrorEntry:
    """One thing that went wrong while a file was read."""

    code: Annotated[str, "machine-readable cause, e.g. encrypted_file, timeout"]
    message: Annotated[str, "what happened, in plain words"]
    page: Annotated[int | None, "page it happened on, counted from 1"] = None


@dataclass(slots=True, kw_only=True)
class DocumentRecord:
    """One row for every input file, whatever happened to it."""

    doc_id: Annotated[str, "SHA-256 of the file's bytes, in hex"]
    source_path: Annotated[str, "path as given, relative to the input folder"]
    source_format: Annotated[
        SourceFormat | None,
        "format by content, never by name; null where no format was recognised",
    ] = None
    byte_size: Annotated[int, "size of the file in bytes"]
    status: Annotated[
        Status,
        "ok: read in full; partial: parts are missing (see errors); failed: nothing could be read; "
        "duplicate: same bytes as another input, whose rows stand for both",
    ]
    errors: Annotated[
        list[ErrorEntry],
        "everything that went wrong, empty exactly when nothing did",
    ] = field(default_factory=list)
    page_count: Annotated[int | None, "pages; null where the format has none"] = None
    text_source: Annotated[
        TextSource | None,
        "digital: text layer or markup; ocr: recognised from pictures; mixed: both",
    ] = None
    legacy_encoding: Annotated[
        LegacyEncoding | None,
        "font encoding of the 1990s the text was decoded from; null when Unicode",
    ] = None
    doc_type: Annotated[
        str | None,
        "abbreviation of the document's type after Decree 30/2020 (KH, BC, QĐ, CTr, …), further NĐ, "
        "TT, TTLT, L (luật), CV (công văn); null when unknown",
    ] = None
    promulgates: Annotated[str | None, "doc_type of the act inside a promulgating decision, e.g. KH"] = None
    number: Annotated[str | None, "number as printed; null when left blank"] = None
    symbol: Annotated[
        str | None,
        'number and symbol, "333/QĐ-SKHCN"; "/KH-SCT" when the number is blank',
    ] = None
    title: Annotated[str | None, "trích yếu: what the document is about"] = None
    issuer: Annotated[str | None, "issuing body, canonical name"] = None
    issuer_class_id: Annotated[str | None, "class of the issuing body, e.g. so.skhcn"] = None
    parent_body: Annotated[str | None, "cơ quan chủ quản: the body printed above the issuer"] = None
    province_name: Annotated[str | None, "province named in the letterhead or place"] = None
    province_code: Annotated[
        str | None,
        "its code in the list of its time; means nothing without province_era",
    ] = None
    province_era: Annotated[
        ProvinceEra | None,
        "which list of provinces: 63 before 2025-07-01, 34 after",
    ] = None
    province_code_34: Annotated[
        str | None,
        "code of the province of today that holds it, for comparing across the merger",
    ] = None
    issue_place: Annotated[str | None, "place in the dateline, as printed"] = None
    issue_date: Annotated[dt.date | None, "date of the dateline; null when incomplete or impossible"] = None
    issue_year: Annotated[int | None, "year of the dateline, also when day or month lack"] = None
    issue_month: Annotated[int | None, "month of the dateline, 1 to 12"] = None
    issue_day: Annotated[int | None, "day of the dateline, 1 to 31"] = None
    period_start_year: Annotated[int | None, "first year the document plans or reports"] = None
    period_end_year: Annotated[int | None, "last year the document plans or reports"] = None
    signer_name: Annotated[str | None, "who signed"] = None
    signer_title: Annotated[str | None, "office of the signer, e.g. GIÁM ĐỐC"] = None
    attached_to: Annotated[
        str | None,
        'symbol of the act an appendix names ("ban hành kèm theo Quyết định số …")',
    ] = None
    table_count: Annotated[int, "rows of this document in tables"] = 0
    task_count: Annotated[int, "rows of this document in tasks"] = 0
    converter_version: Annotated[str, "what made these rows: version of reading, version of understanding"]
