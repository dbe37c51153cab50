"""One document as a page in the terminal. Imports rich: import it where a page is shown."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from phuluc.batch.progress import printable
from phuluc.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phuluc.document.records import DocumentRecords
    from schemas.layout import TableRecord
    from schemas.work import DeadlineRecord, TaskRecord, UnitRecord

_WIDTH_OF_FILES = 140
"""Columns where output goes to a file or a pipe, which have no width of their own."""
_NOT_LETTERHEAD = frozenset(
    {"doc_id", "source_path", "byte_size", "errors", "converter_version", "table_count", "task_count"}
)
_CELLS = ("objective", "task", "activity", "product", "start", "deadline", "status", "funding", "note")


def show(records: DocumentRecords) -> None:
    """Print everything understood of a document that was read."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_OF_FILES)
    _show_document(console, records)
    _show_tables(console, records)
    _show_tasks(console, records)
    lines = [
        (say("inspect.citations"), (each.symbol_normalised or each.text for each in records.citations)),
        (say("inspect.targets"), (each.text for each in records.targets)),
    ]
    for title, texts in lines:
        _show_list(console, title, texts)
    if records.indicators:
        console.print(Text("\n" + say("inspect.indicators", count=len(records.indicators))))


def _show_document(console: Console, records: DocumentRecords) -> None:
    document = records.documents[0]
    console.print(Text(printable(document.source_path), style="bold"))
    for error in document.errors:
        place = f" ({say('status.page', page=error.page)})" if error.page else ""
        console.print(
            Text(say("inspect.problem", code=error.code, message=error.message) + place, style="red")
        )
    facts = _plain_table()
    for field in fields(document):
        value = getattr(document, field.name)
        if value is not None and field.name not in _NOT_LETTERHEAD:
            facts.add_row(Text(field.name, style="dim"), Text(str(value)))
    console.print(facts)


def _show_tables(console: Console, records: DocumentRecords) -> None:
    if not records.tables:
        return
    console.print(Text(f"\n{say('inspect.tables')}", style="bold"))
    for table in records.tables:
        console.print(Text(_table_line(table)))
        if table.kind == "task":
            heads = zip(table.header, table.column_roles, strict=False)
            console.print(Text("    " + " | ".join(f"{head or ''} → {role or '?'}" for head, role in heads)))


def _table_line(table: TableRecord) -> str:
    pages = (
        f", {say('status.page', page=_span(table.page_first, table.page_last))}" if table.page_first else ""
    )
    title = f": {' '.join(table.title.split())}" if table.title else ""
    size = f"{table.row_count} × {table.column_count}"
    return f"  {table.table_index}. {table.kind}, {size}, {table.method} {table.confidence:.2f}{pages}{title}"


def _span(first: int | None, last: int | None) -> str:
    return str(first) if last in {None, first} else f"{first}-{last}"


def _show_tasks(console: Console, records: DocumentRecords) -> None:
    console.print(Text(f"\n{say('inspect.tasks')}: {len(records.tasks)}", style="bold"))
    if not records.tasks:
        console.print(Text(say("inspect.nothing")))
    deadlines, units = _by_task(records.deadlines), _by_task(records.units)
    section: tuple[str | None, str | None] = (None, None)
    for task in records.tasks:
        if (task.section_label, task.section_title) != section:
            section = (task.section_label, task.section_title)
            console.print(Text(" ".join(each for each in section if each), style="bold cyan"))
        _show_task(console, task, deadlines[task.task_id], units[task.task_id])


def _by_task(records: Iterable[Any]) -> defaultdict[str, list[Any]]:  # DeadlineRecord or UnitRecord
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        found[record.task_id].append(record)
    return found


def _show_task(
    console: Console, task: TaskRecord, deadlines: list[DeadlineRecord], units: list[UnitRecord]
) -> None:
    facts = _plain_table()
    number = f"{task.stt or '-'}" + (f" · {say('status.page', page=task.page)}" if task.page else "")
    sure = f"{task.confidence:.2f} {' '.join(task.flags)}".strip()
    facts.add_row(Text(number, style="bold"), Text(sure, style="dim"))
    for name in _CELLS:
        if value := getattr(task, name):
            facts.add_row(Text(name, style="dim"), Text(value))
        if name == "deadline":
            for part in deadlines:
                facts.add_row("", Text(f"→ {_deadline(part)}", style="green"))
    for role in ("lead", "support", "oversight"):
        if value := getattr(task, role):
            facts.add_row(Text(role, style="dim"), Text(value))
            for unit in units:
                if unit.role == role:
                    facts.add_row("", Text(f"→ {_unit(unit)}", style="green"))
    for heading, value in task.extra.items():
        facts.add_row(Text(heading, style="dim italic"), Text(value))
    console.print(facts)


def _deadline(part: DeadlineRecord) -> str:
    dates = "..".join(str(each) if each else "" for each in (part.start_date, part.end_date))
    offset = (
        f"{part.offset_n} {part.offset_unit} {part.anchor_event or ''}" if part.offset_n is not None else ""
    )
    said = [part.label, part.type, part.comparator, dates.strip("."), part.recurrence, offset, part.reference]
    return " · ".join(each for each in (*said, part.reason) if each)


def _unit(unit: UnitRecord) -> str:
    said = [unit.text, unit.kind, unit.class_id, unit.canonical_name, unit.position, unit.basis]
    return " · ".join(each for each in said if each)


def _show_list(console: Console, title: str, texts: Iterable[str]) -> None:
    found = list(dict.fromkeys(texts))
    if found:
        console.print(Text(f"\n{title}: {len(found)}", style="bold"))
        for text in found:
            console.print(Text(f"  {text}"))


def _plain_table() -> Table:
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(min_width=10, no_wrap=True, max_width=30)
    table.add_column(overflow="fold")
    return table
