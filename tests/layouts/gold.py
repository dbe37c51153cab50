"""The task rows of the sample documents, read by hand: what the texts must give, and plans to lay out anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.layouts.plan import Plan, PlanRow, PlanTable, parse_columns
from tests.layouts.scoring import TaskTexts, fold

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
# Cells that an author merges over the activities of one task.
_SHARED = ("stt", "objective", "task", "section")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A cell of the gold that the source leaves open, and the readings that are right as well."""

    row: int
    columns: tuple[str, ...]
    also: tuple[tuple[str | None, ...], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Gold:
    sample: Path
    columns: str
    tasks: tuple[TaskTexts, ...]
    judgements: tuple[Judgement, ...]

    def accepting(self, found: list[TaskTexts]) -> list[TaskTexts]:
        """The expected rows, an open cell read as `found` reads it where that reading is right as well."""
        rows = [dict(task) for task in self.tasks]
        for judgement in self.judgements:
            if judgement.row >= len(found):
                continue
            here = tuple(found[judgement.row].get(column) for column in judgement.columns)
            if here in judgement.also:
                for column, text in zip(judgement.columns, here, strict=True):
                    rows[judgement.row].pop(column, None)
                    if text:
                        rows[judgement.row][column] = text
        return rows


def load_gold() -> list[Gold]:
    """The samples with task rows; what is expected of the statistics report is in its own file."""
    return [gold for path in sorted(GOLDEN.glob("*.json")) if (gold := read_gold(path)).tasks]


def read_gold(path: Path) -> Gold:
    data = json.loads(path.read_text(encoding="utf-8"))
    tasks = tuple({column: fold(text) for column, text in task.items()} for task in data["tasks"])
    judgements = tuple(
        Judgement(j["row"], tuple(j["columns"]), tuple(map(tuple, j["also"])), j["why"])
        for j in data["judgements"]
    )
    return Gold(ROOT / "samples" / data["sample"], data.get("columns", ""), tasks, judgements)


def plan_of(gold: Gold) -> Plan:
    """The plan behind a sample, to be laid out in other ways: sections, rows, shared cells merged."""
    data = json.loads((GOLDEN / f"{gold.sample.stem}.json").read_text(encoding="utf-8"))
    columns = parse_columns(gold.columns)
    sectioned = any(column.role == "section" for column in columns)
    rows: list[PlanRow] = []
    section = above = None
    for task in data["tasks"]:
        here = (task["section_label"], task["section_title"])
        if here != section and not sectioned:
            rows.append(PlanRow("section", here))
            above = None
        section = here
        cells = {**task, "section": f"{here[0]}. {here[1]}"}
        shared = {
            role
            for role in _SHARED
            if above
            and cells.get(role)
            and above.get(role) == cells.get(role)
            and _goes_on(role, above, cells)
        }
        texts = ("^" if c.role in shared else cells.get(c.role, "").replace("\n", "//") for c in columns)
        rows.append(PlanRow("task", tuple(texts)))
        above = cells
    head = (("issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"), ("kind", "KẾ HOẠCH"), ("title", "Cải cách hành chính"))
    head += (
        ("number", "Số: 1/KH-SKHCN"),
        ("place", "Hà Nội, ngày 01 tháng 01 năm 2021"),
        ("signer", "GIÁM ĐỐC"),
    )
    return Plan(gold.sample.stem, head, (PlanTable("PHỤ LỤC", columns, tuple(rows)),), has_tasks=True)


def _goes_on(role: str, above: dict[str, str], cells: dict[str, str]) -> bool:
    return role == "section" or (bool(cells.get("activity")) and above.get("task") == cells.get("task"))
