"""One document from file to records: read, understand, record. Never raises for the fault of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import ReadError
from extract.readers import read
from phuluc.recording import failed, record
from phuluc.understanding import understand

if TYPE_CHECKING:
    from phuluc.records import DocumentRecords, Options, Source


def convert_document(source: Source, options: Options) -> DocumentRecords:
    """Give all records of one file; a file that cannot be read gives one `documents` row that says why."""
    try:
        document = read(source.path, ocr=options.ocr)
    except ReadError as error:
        return failed(source, error)
    return record(source, understand(document, options))
