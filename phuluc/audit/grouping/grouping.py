"""From task rows to groups."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.grouping.model import Member, TaskGroup
from phuluc.audit.grouping.parts import Part, parts_of
from phuluc.audit.grouping.reasons import reason_of
from phuluc.audit.grouping.scoring import compare
from phuluc.audit.grouping.stars import stars
from phuluc.audit.grouping.themes import theme_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phuluc.audit.grouping.model import GroupingSettings, TaskText

BESIDE_THE_BEST = 0.85  # of one document, only rows nearly as alike as its best one are in a group


class _Place(NamedTuple):
    """A part of a task."""

    task: TaskText
    part: Part


class _Found(NamedTuple):
    """A part of a task, and how alike it and the centre of its group are."""

    score: float
    place: _Place


def group_tasks(tasks: Iterable[TaskText], settings: GroupingSettings) -> list[TaskGroup]:
    """Group the tasks of different documents that are the same piece of work."""
    places: dict[object, list[_Place]] = defaultdict(list)
    for task in _compared(tasks):
        for part in parts_of(task):
            places[part.signature].append(_Place(task, part))
    points = [found[0].part for found in places.values()]
    members = list(places.values())
    sizes = [len({place.task.doc_id for place in found}) for found in members]
    belongs = stars(points, sizes, settings.threshold)
    by_centre: dict[int, list[_Found]] = defaultdict(list)
    for point, near in belongs.items():
        by_centre[near.centre].extend(_Found(near.score, place) for place in members[point])
    groups = (_group(found) for _, found in sorted(by_centre.items()))
    return [group for group in groups if group is not None]


def _compared(tasks: Iterable[TaskText]) -> list[TaskText]:
    """Leave out headings whose work is in their children, and the prose of documents that have tables of tasks."""
    kept = [task for task in tasks if not task.has_children]
    tabular = {task.doc_id for task in kept if task.source != "prose"}
    return [task for task in kept if task.source != "prose" or task.doc_id not in tabular]


def _group(found: list[_Found]) -> TaskGroup | None:
    """Make a group of what lies around a centre; None where it is all of one document."""
    best: dict[str, _Found] = {}
    for each in sorted(found, key=lambda each: -each.score):
        best.setdefault(each.place.task.task_id, each)
    of_document: dict[str, float] = defaultdict(float)
    for score, place in best.values():
        of_document[place.task.doc_id] = max(of_document[place.task.doc_id], score)
    kept = [
        each for each in best.values() if each.score >= BESIDE_THE_BEST * of_document[each.place.task.doc_id]
    ]
    if len({each.place.task.doc_id for each in kept}) < 2:
        return None
    first = kept[0].place.part
    members = tuple(_member(each, first if n else None) for n, each in enumerate(kept))
    ids = "\n".join(sorted(member.task_id for member in members))
    return TaskGroup(
        group_id=hashlib.sha256(ids.encode()).hexdigest()[:16],
        theme=theme_of((each.place.part, each.place.task.section_title) for each in kept),
        members=members,
    )


def _member(found: _Found, representative: Part | None) -> Member:
    task, part = found.place
    if representative is None:
        return Member(task.task_id, task.doc_id, 1.0, representative=True, reason=None)
    reason = reason_of(compare(representative, part), representative, part)
    return Member(task.task_id, task.doc_id, reason.score, representative=False, reason=reason)
