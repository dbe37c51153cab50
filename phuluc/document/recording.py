"""From what was understood to records: ids, provenance, the texts of tasks beside their normal forms."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Literal, TypeAlias

from phuluc.document.content import citation_records, indicator_records, target_records
from phuluc.document.context import unit_context
from phuluc.document.naming import deadline_records, unit_records
from phuluc.document.records import DocumentRecords
from phuluc.document.task_records import task_records
from phuluc.versions import converter_version
from schemas.document import DocumentRecord, ErrorEntry
from schemas.ids import stable_id
from schemas.layout import RowRecord, TableRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.document import Document
    from extract.errors import ReadError
    from extract.tables import Column, LogicalTable
    from phuluc.document.records import Source
    from phuluc.document.understanding import Understanding
    from schemas.document import TextSource

Derived: TypeAlias = Literal["deadlines", "units", "citations", "indicators", "targets"]


def failed(source: Source, error: ReadError) -> DocumentRecords:
    """Give the one row of a file that could not be read: code, message, the page if one is to blame."""
    return DocumentRecords(
        [
            DocumentRecord(
                doc_id=source.doc_id,
                source_path=source.source_path,
                byte_size=source.byte_size,
                status="failed",
                errors=[ErrorEntry(code=error.code, message=error.message, page=error.page)],
                converter_version=converter_version(),
            )
        ]
    )


def record(source: Source, understood: Understanding) -> DocumentRecords:
    """Give all records of one document, in reading order."""
    records = DocumentRecords([_document(source, understood)])
    for found in understood.tables:
        table_id = stable_id(source.doc_id, "table", found.table.index)
        records.tables.append(_table(source, table_id, found.table))
        records.rows.extend(_rows(source, table_id, found.table))
    tasks = task_records(source, understood)
    records.tasks = tasks.records
    _extend(records, "deadlines", lambda: deadline_records(tasks.records, tasks.plan_years))
    _extend(records, "units", lambda: unit_records(tasks.records, unit_context(understood)))
    _extend(records, "citations", lambda: citation_records(source, understood, tasks.of_row))
    _extend(records, "targets", lambda: target_records(source, understood, tasks.of_row))
    _extend(records, "indicators", lambda: indicator_records(source, understood))
    records.documents[0].table_count = len(records.tables)
    records.documents[0].task_count = len(records.tasks)
    return records


def _extend(records: DocumentRecords, table: Derived, derive: Callable[[], Iterable[object]]) -> None:
    """Add the rows of a table that only interprets others; a bug there must not cost the rows themselves."""
    try:
        getattr(records, table).extend(list(derive()))
    except Exception as error:  # any: the document keeps its tasks and says what is missing
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        message = f"{table} are missing: {type(error).__name__}: {error} ({where})"
        document = records.documents[0]
        document.status = "partial"
        document.errors.append(ErrorEntry(code="internal_error", message=message))


def _document(source: Source, understood: Understanding) -> DocumentRecord:
    document, head, issuer = understood.document, understood.letterhead, understood.issuer
    return DocumentRecord(
        doc_id=source.doc_id,
        source_path=source.source_path,
        source_format=document.source_format,
        byte_size=source.byte_size,
        status="partial" if document.problems else "ok",
        errors=[ErrorEntry(code=p.code, message=p.message, page=p.page) for p in document.problems],
        page_count=len(document.pages) or None,
        text_source=_text_source(document),
        legacy_encoding=document.legacy_encoding,
        doc_type=head.doc_type,
        promulgates=head.promulgates,
        number=head.number,
        symbol=head.symbol,
        title=head.title,
        issuer=issuer.canonical or head.issuer,
        issuer_class_id=issuer.class_id,
        parent_body=issuer.parent_body or head.parent_body,
        province_name=issuer.province_name,
        province_code=issuer.province_code,
        province_era=issuer.province_era,
        province_code_34=issuer.province_code_34,
        issue_place=head.place,
        issue_date=head.issue_date,
        issue_year=head.year,
        issue_month=head.month,
        issue_day=head.day,
        period_start_year=head.period_start_year,
        period_end_year=head.period_end_year,
        signer_name=head.signer_name,
        signer_title=head.signer_title,
        attached_to=head.attached_to,
        converter_version=converter_version(),
    )


def _text_source(document: Document) -> TextSource:
    sources = {page.text_source for page in document.pages} or {"digital"}
    return "mixed" if len(sources) > 1 else next(iter(sources))


def _table(source: Source, table_id: str, table: LogicalTable) -> TableRecord:
    return TableRecord(
        table_id=table_id,
        doc_id=source.doc_id,
        table_index=table.index,
        page_first=table.page_first,
        page_last=table.page_last,
        title=table.title or None,
        kind=table.kind,
        header=[column.heading or None for column in table.columns],
        column_roles=[_role(column) for column in table.columns],
        row_count=len(table.rows),
        column_count=len(table.columns),
        method=table.method,
        confidence=table.confidence,
    )


def _role(column: Column) -> str | None:
    return None if column.role == "extra" else column.role


def _rows(source: Source, table_id: str, table: LogicalTable) -> list[RowRecord]:
    return [
        RowRecord(
            row_id=stable_id(source.doc_id, "row", table.index, index),
            doc_id=source.doc_id,
            table_id=table_id,
            row_index=index,
            page_first=row.page,
            page_last=row.page,
            bbox=list(row.bbox) if row.bbox else None,
            cells=[slot.text or None for slot in row.slots],
            row_kind=row.kind,
        )
        for index, row in enumerate(table.rows)
    ]
