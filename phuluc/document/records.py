"""The nouns between one document and many: what goes into a conversion, what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from schemas.content import CitationRecord, IndicatorRecord, TargetRecord
    from schemas.document import DocumentRecord
    from schemas.layout import RowRecord, TableRecord
    from schemas.work import DeadlineRecord, TaskRecord, UnitRecord

OcrMode: TypeAlias = Literal["auto", "never", "always"]


@dataclass(frozen=True, slots=True)
class Source:
    """One input file.

    Attributes:
        path: where its bytes are now (an archive's member lies in a temporary folder).
        source_path: what `documents.source_path` says: the path as given, relative to the input folder,
            always with "/", an archive's member as "archive.zip/member.pdf".
        doc_id: SHA-256 of the bytes, in hex.
        byte_size: their number.
        url: where its bytes are when no path leads there; a worker fetches them first.
        reading: what was read of it before (`phuluc.document.reading`), to be understood again; b"": read the file.
    """

    path: Path
    source_path: str
    doc_id: str
    byte_size: int
    url: str = ""
    reading: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents to convert, in order; `ready` gives each what is kept of it, just before it is handed over."""

    sources: Sequence[Source]
    ready: Callable[[Source], Source] = lambda source: source


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose about understanding a document; everything here can change the rows.

    Attributes:
        ocr: auto recognises pages that need it, never none, always all.
        plan_year: year of a deadline without one, used only where the document states none.
        gazetteer: the user's own bodies, a file that every worker reads; `gazetteer_digest` is the SHA-256 of
            its bytes, so that a changed file makes the documents be converted again.
    """

    ocr: OcrMode = "auto"
    plan_year: int | None = None
    gazetteer: str | None = None
    gazetteer_digest: str | None = None


@dataclass(slots=True)
class DocumentRecords:
    """All rows of one document, each list in reading order; field names are table names.

    `reading` is what was read of it, packed to be kept; b"": nothing to keep.
    """

    documents: list[DocumentRecord]
    tables: list[TableRecord] = field(default_factory=list)
    rows: list[RowRecord] = field(default_factory=list)
    tasks: list[TaskRecord] = field(default_factory=list)
    deadlines: list[DeadlineRecord] = field(default_factory=list)
    units: list[UnitRecord] = field(default_factory=list)
    indicators: list[IndicatorRecord] = field(default_factory=list)
    targets: list[TargetRecord] = field(default_factory=list)
    citations: list[CitationRecord] = field(default_factory=list)
    reading: bytes = field(default=b"", repr=False)
