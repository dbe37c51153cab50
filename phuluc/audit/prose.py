"""The paragraphs of a document, read again from its file where that is still at hand.

The tables of OUT hold no prose. Two kinds of rules need it: the numbers of headings, and the abbreviations that the
text explains. A file that is gone, was changed, lies in an archive or needs another program to be read is passed over,
and those rules say nothing of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ReadError
from extract.passages import passages
from extract.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.passages import Passage
    from phuluc.ledger import Entry
    from schemas.document import DocumentRecord

_QUICK = frozenset({"text", "html", "docx", "pdf"})
"""Formats that are read within the process and in milliseconds; spreadsheets have no prose."""


class Prose:
    """Finds and reads the files behind the documents of a folder."""

    def __init__(self, entries: Iterable[Entry], source: Path | None) -> None:
        self._places = {entry.doc_id: entry.location for entry in entries}
        self._source = source

    def of(self, document: DocumentRecord) -> Sequence[Passage]:
        """Give the paragraphs of a document; none where its file is not at hand."""
        if document.source_format not in _QUICK or document.text_source != "digital":
            return ()
        path = self._file(document)
        if path is None:
            return ()
        try:
            if hashlib.sha256(path.read_bytes()).hexdigest() != document.doc_id:
                return ()
            return passages(read(path, ocr="never"))
        except (OSError, ReadError):
            return ()

    def _file(self, document: DocumentRecord) -> Path | None:
        if self._source is not None:
            path = self._source / document.source_path
        elif document.doc_id in self._places:
            path = Path(self._places[document.doc_id])  # a URL or a member of an archive is no file
        else:
            return None
        return path if path.is_file() else None
