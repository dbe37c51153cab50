"""Plans with the pieces of work a person found in them: what is the same work, what is not, what is doubtful."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from phuluc.audit.grouping import GroupingSettings, TaskText, group_tasks
from tests.layouts.gold import load_gold

HERE = Path(__file__).parent / "read_by_hand"
# The titles of the sample plans, which tests/golden does not keep.
_TITLES = {
    "so-khcn-thong-ke-nhiem-vu-cchc-2020": "Thống kê việc thực hiện nhiệm vụ tại Kế hoạch CCHC năm 2020",
    "so-cong-thuong-ke-hoach-cchc-2021": "Cải cách hành chính của Sở Công Thương năm 2021",
    "so-khcn-tien-giang-ke-hoach-cchc-2020": "Thực hiện nhiệm vụ cải cách hành chính năm 2020",
    "so-khcn-quang-tri-ke-hoach-cchc-2021-2025": "Kế hoạch Cải cách hành chính giai đoạn 2021-2025",
}

Pair = tuple[str, str]


class Reading(NamedTuple):
    """Task rows and the works each is part of."""

    tasks: list[TaskText]
    works: dict[str, list[str]]


class Measure(NamedTuple):
    precision: float
    recall: float
    f1: float


def load(name: str) -> Reading:
    """Read "samples" or a file of plans."""
    return _samples() if name == "samples" else _plans(name)


def _plans(name: str) -> Reading:
    tasks: list[TaskText] = []
    works: dict[str, list[str]] = {}
    plan = section = ""
    head: list[str] = []
    for line in _lines(name):
        if line.startswith("@"):
            plan, *head = (part.strip() for part in line[1:].split("|"))
        elif line.startswith("##"):
            section = line[2:].strip()
        else:
            named, task, product = (part.strip() for part in line.split("|"))
            task_id = f"{plan} {sum(known.doc_id == plan for known in tasks) + 1}"
            works[task_id] = named.split()
            issuer, _, title = head
            tasks.append(
                TaskText(
                    task_id,
                    plan,
                    task,
                    section_title=section,
                    product=product,
                    issuer=issuer,
                    title=title,
                )
            )
    return Reading(tasks, works)


def _samples() -> Reading:
    works: dict[str, list[str]] = {}
    plan = ""
    for line in _lines("samples"):
        if line.startswith("@"):
            plan = line[1:].strip()
        else:
            number, *named = line.split()
            works[f"{plan} {number}"] = named
    tasks = [
        TaskText(
            task_id=f"{gold.sample.stem} {number}",
            doc_id=gold.sample.stem,
            task=row.get("task"),
            activity=row.get("activity"),
            objective=row.get("objective"),
            section_title=row.get("section_title"),
            product=row.get("product"),
            title=_TITLES[gold.sample.stem],
        )
        for gold in load_gold()
        for number, row in enumerate(gold.tasks, start=1)
    ]
    return Reading(tasks, works)


def _lines(name: str) -> list[str]:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and (line.startswith("##") or line[0] != "#")]


def same_pairs(reading: Reading) -> tuple[set[Pair], set[Pair]]:
    """Give the pairs of different plans that are the same work, and those that are doubtful."""
    same: set[Pair] = set()
    doubtful: set[Pair] = set()
    for a, b in combinations(reading.tasks, 2):
        if a.doc_id == b.doc_id:
            continue
        sure = {w for w in reading.works[a.task_id] if not w.endswith("?")}
        if sure & set(reading.works[b.task_id]):
            same.add((a.task_id, b.task_id))
        elif {w.rstrip("?") for w in reading.works[a.task_id]} & {
            w.rstrip("?") for w in reading.works[b.task_id]
        }:
            doubtful.add((a.task_id, b.task_id))
    return same, doubtful


def grouped_pairs(tasks: list[TaskText]) -> set[Pair]:
    """Give the pairs of different plans that share a group."""
    order = {task.task_id: number for number, task in enumerate(tasks)}
    pairs = {
        (a.task_id, b.task_id) if order[a.task_id] < order[b.task_id] else (b.task_id, a.task_id)
        for group in group_tasks(tasks, GroupingSettings())
        for a, b in combinations(group.members, 2)
        if a.doc_id != b.doc_id
    }
    return pairs


def measure(reading: Reading) -> Measure:
    """Compare the groups with the reading, pair by pair."""
    same, doubtful = same_pairs(reading)
    found = grouped_pairs(reading.tasks) - doubtful
    right = len(found & same)
    return Measure(right / len(found), right / len(same), 2 * right / (len(found) + len(same)))
