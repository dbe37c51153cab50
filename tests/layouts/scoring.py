"""Expected task rows against the rows found: which are exact, which columns differ, what is too much."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.layouts.plan import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from extract.tables import TaskRow
    from tests.layouts.layout import Format, Layout
    from tests.layouts.plan import Plan

TaskTexts = dict[str, str]


@dataclass(slots=True)
class Score:
    """Counts of one comparison; `wrong` counts by column, `details` tells each difference in a line."""

    expected: int = 0
    exact: int = 0
    core: int = 0
    too_many: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.expected += other.expected
        self.exact += other.exact
        self.core += other.core
        self.too_many += other.too_many
        self.wrong += other.wrong
        self.details += other.details

    @property
    def perfect(self) -> bool:
        return self.exact == self.expected and not self.too_many


def fold(text: str | None) -> str:
    """The form in which texts are compared: one blank for every run of blanks and line breaks."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def texts_of(task: TaskRow) -> TaskTexts:
    """The text columns of a task row that are not empty; `extra` joined by " | "."""
    texts = {name: fold(text) for name, text in task.values.items()}
    texts |= {"section_label": fold(task.section_label), "section_title": fold(task.section_title)}
    texts["extra"] = " | ".join(fold(text) for text in task.extra.values() if text)
    return {name: text for name, text in texts.items() if text}


def expected_tasks(plan: Plan, layout: Layout, form: Format) -> list[TaskTexts]:
    """What a layout leaves to be found: it changes running numbers, and text loses cells merged sideways."""
    tasks = []
    for task in plan.tasks(sideways=form != "text" or layout.merges != "spans"):
        texts = {name: fold(text) for name, text in task.items()}
        stt = texts.pop("stt", "")
        if texts.pop("filed_under", "") and layout.numbers == "two":
            texts["section_label"] = texts["section_label"].zfill(2)
        if layout.numbers == "two" and stt.isdigit():
            stt = stt.zfill(2)
        if layout.numbers == "dot":
            stt += "." if stt else ""
        if layout.numbers in ("none", "same"):
            stt = ""
        tasks.append({**texts, "stt": stt} if stt else texts)
    return tasks


def compare(expected: Sequence[TaskTexts], found: Sequence[TaskTexts], name: str = "") -> Score:
    """Pair the rows in order by how much they agree, then count."""
    score = Score(expected=len(expected))
    used: set[int] = set()
    position = 0
    for number, want in enumerate(expected):
        best, agreement = None, 0
        for index in range(max(0, position - 2), min(len(found), position + 8)):
            if index in used:
                continue
            same = sum(found[index].get(column) == text for column, text in want.items() if len(text) > 3)
            same += 3 * (found[index].get("task") == want.get("task"))
            if same > agreement:
                best, agreement = index, same
        if best is None:
            score.wrong["missing"] += 1
            score.details.append(f"{name} row {number}: missing: {want.get('activity') or want.get('task')}")
            continue
        used.add(best)
        position = best + 1
        differing = [column for column in COLUMNS if want.get(column) != found[best].get(column)]
        score.exact += not differing
        score.core += not {"task", "lead", "deadline"} & set(differing)
        for column in differing:
            score.wrong[column] += 1
            score.details.append(
                f"{name} row {number} {column}: {want.get(column)!r} ≠ {found[best].get(column)!r}"
            )
    for index in range(len(found)):
        if index not in used:
            score.too_many += 1
            score.details.append(f"{name} too many: {found[index]}")
    return score


def convert(path: Path) -> list[TaskTexts]:
    """The task rows that the program finds in a file; a file it cannot read is an error here."""
    from extract.readers import read
    from extract.tasks import task_rows
    from extract.understand import understand_tables

    tables = understand_tables(read(path, ocr="never"))
    return [texts_of(task) for table in tables if table.kind == "task" for task in task_rows(table)]
