"""The files behind the documents, where they are still at hand: for their paragraphs, and for pictures of pages.

The tables of OUT hold no prose, and two kinds of rules need it: the numbers of headings, and the abbreviations that
the text explains. A file that is gone or was changed, lies in an archive or at a URL is passed over, and those rules
say nothing of it.
"""

from __future__ import annotations

import hashlib
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from extract.passages import passages
from extract.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from extract.passages import Passage
    from phuluc.ledger import Entry
    from schemas.document import DocumentRecord

_QUICK = frozenset({"text", "html", "docx", "pdf", "xlsx"})
"""Formats that are read without another program, in milliseconds."""


class Sources:
    """Finds and reads the files behind the documents of a folder.

    With many documents other processes read ahead, so that a second processor has something to do, and a file that
    brings its reader down costs its own paragraphs alone.
    """

    def __init__(self, entries: Iterable[Entry], folder: Path | None) -> None:
        self._entries = {entry.doc_id: entry for entry in entries}
        self._folder = folder
        self.files: dict[str, Path] = {}
        """The files found so far, by doc_id."""

    def beside(
        self, documents: Sequence[DocumentRecord]
    ) -> Iterator[tuple[DocumentRecord, Sequence[Passage]]]:
        """Give each document with its paragraphs, none where its file is not at hand, in the order given."""
        paths = [self._to_read(document) for document in documents]
        if sum(path is not None for path in paths) < _FEW:
            yield from zip(documents, map(_read, paths), strict=True)
            return
        with ProcessPoolExecutor(_READERS, mp_context=get_context("fork")) as readers:
            waiting: deque[Future[Sequence[Passage]] | None] = deque()
            ahead = iter(paths)
            for document in documents:
                while len(waiting) < _AHEAD and (path := next(ahead, _END)) is not _END:
                    waiting.append(_submit(readers, path))
                future = waiting.popleft()
                yield document, () if future is None else _result(future)

    def _to_read(self, document: DocumentRecord) -> Path | None:
        path = self._file(document)
        if path is None:
            return None
        self.files[document.doc_id] = path
        quick = document.source_format in _QUICK and document.text_source == "digital"
        return path if quick else None

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


_FEW = 20
"""Fewer documents are read sooner than a process is started."""
_READERS = 2
_AHEAD = 16
_END = Path()


def _submit(readers: ProcessPoolExecutor, path: Path | None) -> Future[Sequence[Passage]] | None:
    try:
        return None if path is None else readers.submit(_read, path)
    except BrokenProcessPool:
        return None


def _result(future: Future[Sequence[Passage]]) -> Sequence[Passage]:
    try:
        return future.result()
    except BrokenProcessPool:
        return ()


def _read(path: Path | None) -> Sequence[Passage]:
    """Give the paragraphs of a file; none where it cannot be read any more."""
    try:
        return () if path is None else passages(read(path, ocr="never"))
    except Exception:  # any: what the tables say is audited all the same
        return ()
