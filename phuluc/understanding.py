"""The steps for one document, in their order: what was read becomes what was understood.

Every step is a function of `extract` or `normalize`; here is only their order and what passes between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.citations import cite
from extract.indicators import read_indicators
from extract.letterhead import read_letterhead
from extract.tasks import task_rows
from extract.understand import understand_tables
from phuluc.context import find_issuer

if TYPE_CHECKING:
    from extract.citations import FoundCitation
    from extract.document import Document
    from extract.indicators import Indicator
    from extract.letterhead import Letterhead
    from extract.tables import LogicalTable, TaskRow
    from normalize.organisations import Issuer
    from phuluc.records import Options


@dataclass(frozen=True, slots=True)
class TableContent:
    """One table with what its kind holds: task rows of a task table, figures of a statistics table."""

    table: LogicalTable
    tasks: tuple[TaskRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything understood of one document, before it becomes records."""

    document: Document
    letterhead: Letterhead
    issuer: Issuer
    tables: tuple[TableContent, ...]
    citations: tuple[FoundCitation, ...]
    options: Options


def understand(document: Document, options: Options) -> Understanding:
    """Understand one document."""
    tables = understand_tables(document)
    letterhead = read_letterhead(document)
    return Understanding(
        document,
        letterhead,
        find_issuer(document, letterhead),
        tuple(_content(table) for table in tables),
        tuple(cite(document, tables)),
        options,
    )


def _content(table: LogicalTable) -> TableContent:
    if table.kind == "task":
        return TableContent(table, tasks=tuple(task_rows(table)))
    return TableContent(table, indicators=tuple(read_indicators(table)))
