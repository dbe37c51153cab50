"""The steps for one document, in their order: what was read becomes what was understood.

Every step is a function of `extract` or `normalize`; here is only their order and what passes between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.citations import cite
from extract.indicators import read_indicators
from extract.issuer import issuer_of
from extract.letterhead import read_letterhead
from extract.passages import cell_passages, passages
from extract.prose import find_prose_tasks
from extract.targets import find_targets
from extract.tasks import task_rows
from extract.understand import understand_tables
from phuluc.document.context import own_gazetteer

if TYPE_CHECKING:
    from extract.citations import FoundCitation
    from extract.document import Document
    from extract.indicators import Indicator
    from extract.letterhead import Letterhead
    from extract.prose import ProseTask
    from extract.tables import LogicalTable, TaskRow
    from extract.targets import Target
    from normalize.organisations import Issuer
    from phuluc.document.records import Options


@dataclass(frozen=True, slots=True)
class TableContent:
    """One table with what its kind holds: task rows of a task table, figures of a statistics table."""

    table: LogicalTable
    tasks: tuple[TaskRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything understood of one document, before it becomes records; each tuple in reading order."""

    document: Document
    letterhead: Letterhead
    issuer: Issuer
    tables: tuple[TableContent, ...]
    prose: tuple[ProseTask, ...]
    citations: tuple[FoundCitation, ...]
    targets: tuple[Target, ...]
    options: Options


def understand(document: Document, options: Options) -> Understanding:
    """Understand one document."""
    tables = understand_tables(document)
    letterhead = read_letterhead(document)
    paragraphs, cells = passages(document), tuple(cell_passages(tables))
    return Understanding(
        document,
        letterhead,
        issuer_of(letterhead, document, own_gazetteer(options.gazetteer)),
        tuple(_content(table) for table in tables),
        tuple(find_prose_tasks(document, letterhead, paragraphs)),
        tuple(cite(document, tables, paragraphs, cells)),
        tuple(find_targets(document, tables, letterhead, paragraphs, cells)),
        options,
    )


def _content(table: LogicalTable) -> TableContent:
    if table.kind == "task":
        return TableContent(table, tasks=tuple(task_rows(table)))
    return TableContent(table, indicators=tuple(read_indicators(table)))
