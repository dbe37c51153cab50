"""Running numbers of rows and sections."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex
from rapidfuzz import fuzz

from extract.labels import parse_label, split_label
from normalize.text import key
from phuluc.audit.abbreviations import written_out
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.sequence import Step, faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.labels import Label
    from phuluc.audit.dossier import Dossier, Heading
    from phuluc.audit.rule import Thresholds
    from phuluc.audit.sequence import Fault
    from schemas.work import TaskRecord


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "numbering",
        {
            "stt_repeated": stt_repeated,
            "stt_missing": stt_missing,
            "stt_order": stt_order,
            "section_repeated": section_repeated,
            "section_missing": section_missing,
            "section_titles_differ": section_titles_differ,
        },
    )


def stt_repeated(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two rows with the same number."""
    del thresholds
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "repeated" and fault.other is not None:
            yield _at(
                tasks[fault.at],
                values={"stt": tasks[fault.at].stt},
                related=[tasks[fault.other].task_id],
                severity=None if fault.sure else "warning",
            )


def stt_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find rows without a number among numbered ones, and numbers left out."""
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "missing":
            left_out = ", ".join(map(str, fault.numbers[:5]))
            yield _at(tasks[fault.at], values={"left_out": left_out, "stt": tasks[fault.at].stt})
        elif fault.kind == "blank" and _share_numbered(tasks) >= thresholds["numbered_share"]:
            yield _at(tasks[fault.at], message="blank")


def stt_order(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find numbers out of order."""
    del thresholds
    for tasks, fault in _row_faults(dossier):
        if fault.kind == "order" and fault.other is not None:
            before = tasks[fault.other]
            yield _at(
                tasks[fault.at],
                values={"stt": tasks[fault.at].stt, "before": before.stt},
                related=[before.task_id],
            )


def _at(task: TaskRecord, **said: object) -> Sighting:
    words = task.task or task.activity or task.objective or ""
    return Sighting(
        doc_id=task.doc_id,
        task_id=task.task_id,
        page=task.page,
        text=f"{task.stt or ''} {words}".strip(),
        **said,  # type: ignore[arg-type] # the fields of Sighting
    )


def _share_numbered(tasks: Sequence[TaskRecord]) -> float:
    return sum(task.stt is not None for task in tasks) / len(tasks)


def _row_faults(dossier: Dossier) -> Iterator[tuple[Sequence[TaskRecord], Fault]]:
    for table_id, tasks in dossier.tasks_of.items():
        if table_id is None:
            continue
        for series in _series(tasks):
            yield from (
                ([row.task for row in series], fault) for fault in faults([row.step for row in series])
            )


class _Row(NamedTuple):
    """A numbered row: the task it is, or the first task below it when it is the heading of a group."""

    step: Step
    task: TaskRecord


def _series(tasks: Sequence[TaskRecord]) -> Iterator[list[_Row]]:
    """Split the rows of a table by kind of number: 1 2 3 is one series, 2.1 2.2 another.

    Letters (12a, b) and codes ("A1.2" of a list of criteria) number nothing.
    """
    series: defaultdict[tuple[str, ...], list[_Row]] = defaultdict(list)
    section: str | None = None
    for before, task in pairwise([None, *tasks]):
        if task is None or (before is not None and _same_row(before, task)):
            continue
        label = parse_label(task.stt) if task.stt else None
        if task.section_label != section:
            section = task.section_label
            group = parse_label(section) if section else None
            # "3. Kiểm soát thủ tục" with a, b, c below it has the number 3 in the series of the table.
            if group and _is_number(group) and not (label and len(label.path) == 1 and _is_number(label)):
                series[group.path[:-1]].append(_Row(Step(int(group.path[-1]), None, section or ""), task))
        if task.stt is None:
            if task.parent_task_id is None and (task.lead or task.deadline) and task.task:
                series[()].append(_row(None, task))
        elif label is not None and _is_number(label):
            series[label.path[:-1]].append(_row(int(label.path[-1]), task))
    for prefix, rows in series.items():
        numbered = [row for row in rows if row.step.number is not None]
        if numbered:
            yield numbered if prefix else rows


def _is_number(label: Label) -> bool:
    return label.kind == "arabic" and all(step.isdigit() for step in label.path)


def _row(number: int | None, task: TaskRecord) -> _Row:
    section = (task.section_label, task.section_title)
    return _Row(Step(number, section, key(task.task or task.activity or "")), task)


def _same_row(before: TaskRecord, task: TaskRecord) -> bool:
    """Tell whether two records are one numbered row: a task with several activities or products has one each."""
    if before.stt != task.stt:
        return task.stt is None and bool(task.task) and before.task == task.task
    if "cells_shared" in task.flags or (task.objective and before.objective == task.objective):
        return True
    if any(len(text.split()) > 2 and before.extra.get(name) == text for name, text in task.extra.items()):
        return True  # the heading of a group in a column of its own goes down over both
    return before.task == task.task


class _Heading(NamedTuple):
    label: str
    title: str
    page: int | None
    record: str
    outer: str


_MOST_FAULTS = 2
_NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_ROMANS = {numeral: number for number, numeral in enumerate(_NUMERALS.split(), start=1)}


def section_repeated(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two sections of a table with one number and different titles."""
    del thresholds
    for headings, fault in _heading_faults(dossier):
        if fault.kind == "repeated" and fault.other is not None:
            here, there = headings[fault.at], headings[fault.other]
            if key(here.title) == key(there.title):
                continue
            yield Sighting(
                values={"label": here.label, "title": here.title, "other": there.title},
                doc_id=dossier.doc_id,
                related=[there.record, here.record],
                page=here.page,
                text=f"{here.label}. {here.title}",
                severity=None if fault.sure and fault.other == fault.at - 1 else "warning",
            )


def section_missing(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find numbers of sections left out, or out of order."""
    del thresholds
    told: set[tuple[str, str]] = set()
    for headings, fault in _heading_faults(dossier):
        if fault.kind not in ("missing", "order") or fault.other is None:
            continue
        here, there = headings[fault.at], headings[fault.other]
        if (here.label, key(here.title)) in told:  # above a table, and among the paragraphs
            continue
        told.add((here.label, key(here.title)))
        # Among 1. 2. 3. of the text some may be items, no headings.
        listed = here.record == dossier.doc_id and here.label.isdigit() and not _ARTICLE.match(here.title)
        yield Sighting(
            values={"label": here.label, "before": there.label},
            doc_id=dossier.doc_id,
            related=[there.record, here.record],
            page=here.page,
            text=f"{here.label}. {here.title}",
            severity="info" if listed else None,
        )


def section_titles_differ(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a section of the appendix that the text calls otherwise, where the two go through the same list."""
    by_parent: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in dossier.headings:
        if heading.label.isdigit():
            by_parent[heading.outer].append(heading)
    for table in dossier.tables:
        sections = _sections_of(dossier, table.table_id) if table.kind == "task" else []
        for headings in by_parent.values():
            if len(headings) != len(sections) or len(sections) < thresholds["fewest_sections"]:
                continue
            likeness = [
                fuzz.ratio(_spelt_out(there.title), _spelt_out(here.title)) / 100
                for there, here in zip(headings, sections, strict=True)
            ]
            if sum(each >= thresholds["alike"] for each in likeness) * 2 <= len(sections):
                continue
            for there, here, each in zip(headings, sections, likeness, strict=True):
                if each < thresholds["alike"]:
                    yield Sighting(
                        values={"label": here.label, "title": here.title, "other": there.title},
                        doc_id=dossier.doc_id,
                        related=[here.record],
                        page=here.page,
                        text=f"{there.label}. {there.title} | {here.label}. {here.title}",
                    )


def _spelt_out(title: str) -> str:
    phrases, pattern = written_out()
    return str(pattern.sub(lambda match: phrases[match[0]], key(title).strip(" .:*")))


def _heading_faults(dossier: Dossier) -> Iterator[tuple[Sequence[_Heading], Fault]]:
    tables = [_sections_of(dossier, table.table_id) for table in dossier.tables if table.kind == "task"]
    for headings in (*tables, _titles(dossier), _appendices(dossier), *_prose_headings(dossier)):
        steps = [Step(_ordinal(each.label), each.outer, key(each.title)) for each in headings]
        found = [fault for fault in faults(steps) if fault.kind != "blank"]
        # A circular with a dozen forms numbers each anew: where much is wrong, it was not one numbering.
        if len(found) <= _MOST_FAULTS:
            yield from ((headings, fault) for fault in found)


def _ordinal(label: str) -> int | None:
    if label in _ROMANS:
        return _ROMANS[label]
    return int(label) if label.isdigit() else None


def _sections_of(dossier: Dossier, table_id: str) -> list[_Heading]:
    """Give the sections of a task table that have Roman numbers, each once (they are repeated over page ends)."""
    found: list[_Heading] = []
    outer = ""
    for row in dossier.rows_of[table_id]:
        if row.row_kind != "section":
            continue
        cells = [cell for cell in row.cells if cell]
        label, title = (cells[0], cells[1]) if len(cells) > 1 else split_label(cells[0] if cells else "")
        parsed = parse_label(label) if label else None
        if parsed is None:
            continue
        if parsed.kind == "upper":
            outer = title
        elif parsed.kind == "roman":
            heading = _Heading(parsed.path[0], title, row.page_first, row.row_id, outer)
            if not any((each.label, key(each.title)) == (heading.label, key(title)) for each in found):
                found.append(heading)
    return found or _sections_of_tasks(dossier, table_id)


def _sections_of_tasks(dossier: Dossier, table_id: str) -> list[_Heading]:
    """Give the sections that stand in a column of their own."""
    found: dict[tuple[str, str], _Heading] = {}
    for task in dossier.tasks_of.get(table_id, ()):
        parsed = parse_label(task.section_label) if task.section_label else None
        if parsed is not None and parsed.kind == "roman":
            place = (parsed.path[0], key(task.section_title or ""))
            found.setdefault(place, _Heading(place[0], task.section_title or "", task.page, task.task_id, ""))
    return list(found.values())


def _titles(dossier: Dossier) -> list[_Heading]:
    """Give the numbered headings that stand above tables: "1. Kết quả …", "3. Về cải cách …"."""
    found: list[_Heading] = []
    appendix = ""
    for table in dossier.tables:
        for line in (table.title or "").splitlines():
            if key(line).startswith("phụ lục"):
                appendix = table.table_id
            label, title = split_label(line)
            if label and label.isdigit() and title != line:
                found.append(_Heading(label, title, table.page_first, table.table_id, appendix))
    return found


def _appendices(dossier: Dossier) -> list[_Heading]:
    """Give the numbered appendices by the titles of their tables, each once."""
    found: dict[str, _Heading] = {}
    for table in dossier.tables:
        for line in (table.title or "").splitlines():
            if match := _APPENDIX.match(key(line)):
                number = match["number"].upper()
                found.setdefault(number, _Heading(number, line, table.page_first, table.table_id, ""))
    return list(found.values())


_APPENDIX = regex.compile(r"phụ lục(?: số)?\s+(?P<number>\d{1,2}|[ivx]{1,5})\b")


def _prose_headings(dossier: Dossier) -> Iterator[list[_Heading]]:
    """Give the headings outside tables, each kind of number for itself: I II III, 1 2 3 below each, Điều 1, Điều 2."""
    series: defaultdict[tuple[str, str], list[_Heading]] = defaultdict(list)
    for heading in dossier.headings:
        kind = "roman" if heading.label in _ROMANS else "arabic" if heading.label.isdigit() else ""
        outer = heading.outer if kind == "arabic" else ""
        found = _Heading(heading.label, heading.title, heading.page, dossier.doc_id, outer)
        series[kind, outer].append(found)
    for passage in dossier.passages:
        if passage.block is not None and (match := _ARTICLE.match(passage.text)):
            found = _Heading(match["number"], passage.text[:120], passage.page, dossier.doc_id, "")
            series["article", ""].append(found)
    yield from (headings for (kind, _), headings in series.items() if kind)


_ARTICLE = regex.compile(r"[*_\s]*Điều\s+(?P<number>\d{1,3})\s*[.:]")
