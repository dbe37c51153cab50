"""Records of what a document names, aims at and counts: citations, targets, indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.content import CitationRecord, IndicatorRecord, TargetRecord
from schemas.ids import stable_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.citations import FoundCitation
    from extract.indicators import Indicator
    from extract.passages import Passage
    from extract.targets import Target
    from phuluc.document.records import Source
    from phuluc.document.understanding import Understanding

    TaskOfRow = Mapping[tuple[int, int], str]


def citation_records(source: Source, understood: Understanding, tasks: TaskOfRow) -> Iterator[CitationRecord]:
    """Give the legal documents named; `tasks` finds the task by table and row."""
    for index, found in enumerate(understood.citations):
        yield _citation(source, index, found, tasks)


def _citation(source: Source, index: int, found: FoundCitation, tasks: TaskOfRow) -> CitationRecord:
    citation, passage = found.citation, found.passage
    return CitationRecord(
        citation_id=stable_id(source.doc_id, "citation", index),
        doc_id=source.doc_id,
        task_id=_task_of(passage, tasks),
        text=citation.text,
        symbol=citation.symbol,
        symbol_normalised=citation.symbol_normalised,
        doc_type=citation.doc_type,
        number=citation.number,
        year=citation.year,
        issuer_code=citation.issuer_code,
        cited_date=citation.cited_date.whole() if citation.cited_date else None,
        cited_issuer=citation.cited_issuer,
        context=found.context,
        page=passage.page,
    )


def _task_of(passage: Passage, tasks: TaskOfRow) -> str | None:
    if passage.table is None or passage.row is None:
        return None
    return tasks.get((passage.table, passage.row))


def target_records(source: Source, understood: Understanding, tasks: TaskOfRow) -> Iterator[TargetRecord]:
    """Give the figures to reach; `tasks` finds the task by table and row."""
    for index, target in enumerate(understood.targets):
        yield _target(source, index, target, tasks)


def _target(source: Source, index: int, target: Target, tasks: TaskOfRow) -> TargetRecord:
    return TargetRecord(
        target_id=stable_id(source.doc_id, "target", index),
        doc_id=source.doc_id,
        section_title=target.section_title,
        text=target.text,
        comparator=target.comparator,
        value=target.value,
        unit=target.unit or None,
        subject=target.subject,
        due_year=target.due_year,
        task_id=_task_of(target.passage, tasks),
        page=target.passage.page,
    )


def indicator_records(source: Source, understood: Understanding) -> Iterator[IndicatorRecord]:
    """Give the figures of the statistics tables."""
    for found in understood.tables:
        for indicator in found.indicators:
            yield _indicator(source, found.table.index, indicator)


def _indicator(source: Source, table: int, indicator: Indicator) -> IndicatorRecord:
    return IndicatorRecord(
        indicator_id=stable_id(source.doc_id, "indicator", table, indicator.row, indicator.column),
        doc_id=source.doc_id,
        table_id=stable_id(source.doc_id, "table", table),
        row_id=stable_id(source.doc_id, "row", table, indicator.row),
        row_path=list(indicator.row_path),
        column_path=list(indicator.column_path),
        value_text=indicator.value_text,
        value=indicator.value,
        denominator=indicator.denominator,
        unit=indicator.unit,
        period_text=indicator.period_text,
        page=indicator.page,
    )
