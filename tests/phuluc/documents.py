"""A stand-in for the pipeline: text files whose first word says how converting them goes wrong."""

import os
import time

from phuluc.document.records import DocumentRecords
from phuluc.versions import converter_version
from schemas.document import DocumentRecord, ErrorEntry
from schemas.ids import stable_id
from schemas.layout import RowRecord, TableRecord


def convert(source, options):
    """One table of the file's lines, cells at tabs."""
    text = source.path.read_text("utf-8")
    misbehave(text.split(" ", 1)[0])
    if text.startswith("damaged"):
        error = ErrorEntry(code="damaged_file", message="cut short", page=2)
        return DocumentRecords([_document(source, status="failed", errors=[error])])
    table_id = stable_id(source.doc_id, "table", 0)
    rows = [
        RowRecord(
            row_id=stable_id(source.doc_id, "row", 0, index),
            doc_id=source.doc_id,
            table_id=table_id,
            row_index=index,
            cells=line.split("\t"),
            row_kind="body",
        )
        for index, line in enumerate(text.splitlines())
    ]
    partial = text.startswith(("partial", "unhelped"))
    code = "missing_helper" if text.startswith("unhelped") else "needs_ocr"
    record = _document(
        source,
        status="partial" if partial else "ok",
        errors=[ErrorEntry(code=code, message="page is a picture", page=1)] if partial else [],
        title=5 if text.startswith("mistyped") else "title",
        table_count=1,
    )
    table = TableRecord(
        table_id=table_id,
        doc_id=source.doc_id,
        table_index=0,
        kind="other",
        row_count=len(rows),
        column_count=1,
        method="text",
        confidence=1.0,
    )
    return DocumentRecords([record], [table], rows)


def _document(source, **values):
    return DocumentRecord(
        doc_id=source.doc_id,
        source_path=source.source_path,
        source_format="text",
        byte_size=source.byte_size,
        converter_version=converter_version(),
        **values,
    )


def misbehave(how):
    if how == "hang":
        time.sleep(1000)
    if how == "slow":
        time.sleep(0.05)
    if how == "die":
        os._exit(9)
    if how == "eat":
        bytearray(10 << 30)
    if how == "bug":
        raise ZeroDivisionError("a bug")
    if how == "unreadable":
        raise PermissionError(13, "Permission denied")
