"""The steps for one document, in their order: what was read becomes what was understood.

Every step is a function of `extract` or `normalize`; here is only their order and what passes between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.letterhead import read_letterhead
from extract.tasks import task_rows
from extract.understand import understand_tables

if TYPE_CHECKING:
    from extract.document import Document
    from extract.letterhead import Letterhead
    from extract.tables import LogicalTable, TaskRow
    from phuluc.records import Options


@dataclass(frozen=True, slots=True)
class TableTasks:
    """One table and, when it is a task table, its task rows."""

    table: LogicalTable
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything understood of one document, before it becomes records."""

    document: Document
    letterhead: Letterhead
    tables: tuple[TableTasks, ...]
    options: Options


def understand(document: Document, options: Options) -> Understanding:
    """Understand one document."""
    tables = tuple(
        TableTasks(table, tuple(task_rows(table)) if table.kind == "task" else ())
        for table in understand_tables(document)
    )
    return Understanding(document, read_letterhead(document), tables, options)
