"""One document from file to records: read, understand, record. Never raises for the fault of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import ReadError
from extract.readers import read
from phuluc.document.reading import pack, unpack
from phuluc.document.recording import failed, record
from phuluc.document.understanding import understand

if TYPE_CHECKING:
    from extract.document import Document
    from phuluc.document.records import DocumentRecords, Options, Source


def convert_document(source: Source, options: Options) -> DocumentRecords:
    """Give all records of one file; a file that cannot be read gives one `documents` row that says why."""
    kept = _kept(source)
    found = kept or _read(source, options)
    records = (
        failed(source, found) if isinstance(found, ReadError) else record(source, understand(found, options))
    )
    records.reading = source.reading if kept else pack(found)
    return records


def _kept(source: Source) -> Document | ReadError | None:
    """Give what an earlier run read, None where that is not kept or damaged."""
    try:
        return unpack(source.reading) if source.reading else None
    except ValueError:
        return None


def _read(source: Source, options: Options) -> Document | ReadError:
    try:
        return read(source.path, ocr=options.ocr)
    except ReadError as error:
        return error
