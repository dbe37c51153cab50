"""Reading OUT: one document after another, one bucket's files in memory at a time."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, cast

from phuluc.audit.dossier import Dossier
from phuluc.exits import TargetError, UsageError
from phuluc.language import say
from phuluc.storage.store import Store, bucket_number
from schemas.columnar import table_columns
from schemas.content import CitationRecord, IndicatorRecord, TargetRecord
from schemas.document import DocumentRecord
from schemas.layout import RowRecord, TableRecord
from schemas.tables import TABLES
from schemas.work import DeadlineRecord, TaskRecord, UnitRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from extract.passages import Passage
    from phuluc.audit.sources import Sources
    from schemas.columns import Column

_Record = TypeVar("_Record")


@contextmanager
def standing_still(out: Path) -> Iterator[Store]:
    """Keep `phuluc convert` from writing to OUT meanwhile; a commit that was cut short is finished first.

    Raises UsageError where OUT holds no tables, TargetError where it is being written or cannot be.
    """
    if not any((out / "documents").glob("**/*.parquet")):
        raise UsageError(say("not_an_output", out=out))
    store = Store(out)
    store.open()
    try:
        yield store
    finally:
        store.close()


def count_documents(out: Path) -> int:
    """Give the number of rows of `documents`, failed ones and duplicates included; 0 where a file is damaged."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415

    try:
        return sum(ParquetFile(path).metadata.num_rows for path in (out / "documents").glob("**/*.parquet"))
    except (pa.ArrowException, ValueError):
        return 0


def dossiers(out: Path, sources: Sources) -> Iterator[Dossier]:
    """Give every document that was read, in order of its file's bucket and path.

    Failed documents have nothing to audit, and duplicates would say the same twice. Raises TargetError where a table
    cannot be read.
    """
    for path in sorted((out / "documents").glob("**/*.parquet")):
        bucket = _Bucket(out, path.relative_to(out / "documents"))
        documents = (each for each in bucket.records(DocumentRecord) if each.status in ("ok", "partial"))
        for document, passages in sources.beside(bucket_number(path), documents):
            yield bucket.dossier(document, passages)


class _Bucket:
    """The files of one bucket, each read when it is first asked for."""

    def __init__(self, out: Path, place: Path) -> None:
        self._out = out
        self._place = place
        self._found: dict[type, dict[str, list[object]]] = {}

    def dossier(self, document: DocumentRecord, passages: Sequence[Passage]) -> Dossier:
        doc_id = document.doc_id
        return Dossier(
            document,
            tables=self._of(TableRecord, doc_id),
            rows=self._of(RowRecord, doc_id),
            tasks=self._of(TaskRecord, doc_id),
            deadlines=self._of(DeadlineRecord, doc_id),
            units=self._of(UnitRecord, doc_id),
            indicators=self._of(IndicatorRecord, doc_id),
            targets=self._of(TargetRecord, doc_id),
            citations=self._of(CitationRecord, doc_id),
            passages=passages,
        )

    def _of(self, record: type[_Record], doc_id: str) -> list[_Record]:
        if record not in self._found:
            found: defaultdict[str, list[object]] = defaultdict(list)
            for each in self.records(record):
                found[_doc_id(each)].append(each)
            self._found[record] = found
        return cast("list[_Record]", self._found[record].get(doc_id, []))

    def records(self, record: type[_Record]) -> list[_Record]:
        """Give the rows of one table; a table without rows has no file in most buckets."""
        from phuluc.storage.parquet import DamagedTableError, read_table  # noqa: PLC0415 - pyarrow

        name = _NAMES[record]
        path = self._out / name / self._place
        if not path.exists():
            return []
        try:
            table = read_table(name, path)
        except DamagedTableError as error:
            raise TargetError(f"{error}; convert again with --fresh, or to another folder") from error
        names = TABLES[name].column_names
        columns = [_values(table, column) for column in table_columns(name)]
        return [record(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)]


_NAMES = {spec.record: name for name, spec in TABLES.items()}
_doc_id = attrgetter("doc_id")


def _values(table: pa.Table, column: Column) -> list[object]:
    values: list[object] = table.column(column.name).to_pylist()
    return (
        [dict(cast("list[tuple[str, str]]", value)) for value in values] if column.kind == "map" else values
    )
