"""The registry: which tables there are, what their rows are, how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from schemas.content import CitationRecord, IndicatorRecord, TargetRecord
from schemas.document import DocumentRecord
from schemas.layout import RowRecord, TableRecord
from schemas.review import FindingRecord, TaskGroupRecord
from schemas.work import DeadlineRecord, TaskRecord, UnitRecord


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its record class, its key, and `column -> (table, column)` where one points elsewhere."""

    name: str
    record: type
    key: tuple[str, ...]
    foreign_keys: dict[str, tuple[str, str]]
    written_by: Literal["convert", "audit"] = "convert"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(field.name for field in fields(self.record))


_DOC = {"doc_id": ("documents", "doc_id")}
_TASK = {"task_id": ("tasks", "task_id")}
_TABLE = {"table_id": ("tables", "table_id")}
_ROW = {"row_id": ("rows", "row_id")}
_PARENT = {"parent_task_id": ("tasks", "task_id")}

TABLES: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        # Two inputs with the same bytes share a doc_id, so the path is part of the key.
        TableSpec("documents", DocumentRecord, ("doc_id", "source_path"), {}),
        TableSpec("tables", TableRecord, ("table_id",), _DOC),
        TableSpec("rows", RowRecord, ("row_id",), _DOC | _TABLE),
        TableSpec("tasks", TaskRecord, ("task_id",), _DOC | _TABLE | _ROW | _PARENT),
        TableSpec("deadlines", DeadlineRecord, ("deadline_id",), _TASK | _DOC),
        TableSpec("units", UnitRecord, ("unit_mention_id",), _TASK | _DOC),
        TableSpec("indicators", IndicatorRecord, ("indicator_id",), _DOC | _TABLE | _ROW),
        TableSpec("targets", TargetRecord, ("target_id",), _DOC | _TASK),
        TableSpec("citations", CitationRecord, ("citation_id",), _DOC | _TASK),
        TableSpec("findings", FindingRecord, ("finding_id",), _DOC | _TASK, "audit"),
        TableSpec("task_groups", TaskGroupRecord, ("group_id", "task_id"), _TASK | _DOC, "audit"),
    )
}
"""Every table by name, in the order a loader can follow: what is pointed to comes first."""
