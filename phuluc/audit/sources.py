"""What stands behind the documents of a folder: their paragraphs as read, and their files for pictures of pages.

The tables of OUT hold no prose, and two kinds of rules need it: the numbers of headings, and the abbreviations that
the text explains. `convert` keeps what it read; where it was told not to, the file is read once more if it is at hand
and unchanged. Of a document with neither those rules say nothing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from extract.document import Document
from extract.passages import passages
from extract.readers import read
from phuluc.document.reading import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extract.passages import Passage
    from phuluc.storage.readings import Readings
    from phuluc.storage.store import Store
    from schemas.document import DocumentRecord

_QUICK = frozenset({"text", "html", "docx", "pdf", "xlsx"})
"""Formats that are read without another program, in milliseconds."""


class Sources:
    """Gives the paragraphs of documents and finds their files; `folder` holds the files where they moved."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._entries = {entry.doc_id: entry for entry in store.ledger().values()}
        self._folder = folder
        self.files: dict[str, Path] = {}
        """The files found so far, by doc_id."""

    def beside(
        self, bucket: int, documents: Iterable[DocumentRecord]
    ) -> Iterator[tuple[DocumentRecord, Sequence[Passage]]]:
        """Give each document of a bucket with its paragraphs, none where they are not at hand."""
        readings = self._store.readings(bucket)
        for document in documents:
            file = self._file(document)
            if file is not None:
                self.files[document.doc_id] = file
            yield document, self._passages(document, readings, file)

    def _passages(self, document: DocumentRecord, readings: Readings, file: Path | None) -> Sequence[Passage]:
        try:
            kept = self._kept(document.doc_id, readings)
            if kept is None and file is not None and _is_quick(document):
                kept = read(file, ocr="never")
            return passages(kept) if kept is not None else ()
        except Exception:  # any: what the tables say is audited all the same
            return ()

    def _kept(self, doc_id: str, readings: Readings) -> Document | None:
        entry = self._entries.get(doc_id)
        packed = readings.of(doc_id, entry.read_by) if entry is not None and entry.read_by else b""
        kept = unpack(packed) if packed else None
        return kept if isinstance(kept, Document) else None

    def _file(self, document: DocumentRecord) -> Path | None:
        try:
            if self._folder is not None:
                path = self._folder / document.source_path
                same = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == document.doc_id
                return path if same else None
            entry = self._entries.get(document.doc_id)
            if entry is None:
                return None
            path = Path(entry.location)  # a URL or a member of an archive is no file
            found = path.stat()
        except (OSError, ValueError):
            return None
        return path if (found.st_size, found.st_mtime_ns) == (entry.byte_size, entry.modified_ns) else None


def _is_quick(document: DocumentRecord) -> bool:
    return document.source_format in _QUICK and document.text_source == "digital"
