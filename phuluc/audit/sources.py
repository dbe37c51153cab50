"""The files behind the documents, where they are still at hand: for their paragraphs, and for pictures of pages.

The tables of OUT hold no prose, and two kinds of rules need it: the numbers of headings, and the abbreviations that
the text explains. A file that is gone or was changed, lies in an archive or at a URL is passed over, and those rules
say nothing of it.
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


class Sources:
    """Finds and reads the files behind the documents of a folder."""

    def __init__(self, entries: Iterable[Entry], folder: Path | None) -> None:
        self._entries = {entry.doc_id: entry for entry in entries}
        self._folder = folder
        self.files: dict[str, Path] = {}
        """The files found so far, by doc_id."""

    def passages(self, document: DocumentRecord) -> Sequence[Passage]:
        """Give the paragraphs of a document; none where its file is not at hand."""
        path = self._file(document)
        if path is None:
            return ()
        self.files[document.doc_id] = path
        if document.source_format not in _QUICK or document.text_source != "digital":
            return ()
        try:
            return passages(read(path, ocr="never"))
        except (OSError, ReadError):
            return ()

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
