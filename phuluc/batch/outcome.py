"""What became of one document: its rows as plain columns, or the row that says why there are none."""

from __future__ import annotations

import marshal
import os
import time
import traceback
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from phuluc.batch.failures import RETRY_CODES, InternalError, NotAccessibleError, OutOfMemoryError
from phuluc.versions import converter_version
from schemas.columnar import to_columns
from schemas.document import DocumentRecord, ErrorEntry, Status
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.errors import ReadError
    from phuluc.document.records import DocumentRecords, Options, Source

    Convert: TypeAlias = Callable[[Source, Options], DocumentRecords]

TABLE_NAMES: tuple[str, ...] = tuple(name for name, spec in TABLES.items() if spec.written_by == "convert")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        rows: its rows by table, empty tables left out: `schemas.columnar.Columns` as `marshal` writes them, so that
            the parent need not look into them to keep them.
        code: error code when it failed, or when a part is missing that the next run may get; else "".
        trace: traceback of a bug, else "".
        seconds: time it took.
        reading: what was read of it, packed to be kept.
    """

    source: Source
    status: Status
    rows: dict[str, bytes] = field(repr=False)
    code: str = ""
    trace: str = ""
    seconds: float = 0.0
    reading: bytes = field(default=b"", repr=False)


def convert_one(convert: Convert, source: Source, options: Options) -> Outcome:
    """Convert one document in this process; never raises an Exception."""
    began = time.perf_counter()
    try:
        if source.url and not source.reading:
            from phuluc.storage.remote import fetched  # noqa: PLC0415 - fsspec, for URLs alone

            with fetched(source.url, source.doc_id) as path:
                return convert_one(convert, replace(source, path=path, url=""), options)
        if not source.reading and not os.access(source.path, os.R_OK):
            return failed(source, NotAccessibleError("the file cannot be read"))
        records = convert(source, options)
        rows = {
            table: marshal.dumps(to_columns(table, found))
            for table in TABLE_NAMES
            if (found := getattr(records, table))
        }
        record = records.documents[0]
        code = next((each.code for each in record.errors if _counts(record, each)), "")
        seconds = time.perf_counter() - began
        return Outcome(source, record.status, rows, code, seconds=seconds, reading=records.reading)
    except MemoryError:
        return failed(source, OutOfMemoryError("needs more memory than one document may take"))
    except OSError as error:
        return failed(source, NotAccessibleError(error.strerror or str(error)), traceback.format_exc())
    except Exception as error:  # a bug in a reader must not stop the run
        return failed(source, InternalError(f"{type(error).__name__}: {error}"), traceback.format_exc())


def _counts(record: DocumentRecord, error: ErrorEntry) -> bool:
    return record.status == "failed" or error.code in RETRY_CODES


def failed(source: Source, error: ReadError, trace: str = "") -> Outcome:
    """Give the outcome of a document of which nothing could be read: its row in `documents`."""
    record = DocumentRecord(
        doc_id=source.doc_id,
        source_path=source.source_path,
        byte_size=source.byte_size,
        status="failed",
        errors=[ErrorEntry(code=error.code, message=error.message, page=error.page)],
        converter_version=converter_version(),
    )
    rows = {"documents": marshal.dumps(to_columns("documents", [record]))}
    return Outcome(source, "failed", rows, error.code, trace)
