"""From task rows to groups."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.grouping.centres import around_centres
from phuluc.audit.grouping.model import Member, TaskGroup
from phuluc.audit.grouping.parts import Part, parts_of
from phuluc.audit.grouping.reasons import reason_of
from phuluc.audit.grouping.scoring import compare
from phuluc.audit.grouping.themes import theme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from phuluc.audit.grouping.model import GroupingSettings, TaskText

BESIDE_THE_BEST = 0.93  # of one document, only rows nearly as alike as its best one are in a group
MOST_GROUPS = 6  # pieces of work told apart around one centre


class _Place(NamedTuple):
    """A part of a task."""

    number: int  # of the task, in the order given
    task: TaskText
    part: Part


class _Found(NamedTuple):
    """A part of a task, and how alike it and the centre of its group are."""

    score: float
    place: _Place


def group_tasks(tasks: Iterable[TaskText], settings: GroupingSettings) -> list[TaskGroup]:
    """Group the tasks of different documents that are the same piece of work.

    The groups do not depend on the order of the tasks; they are given in the order of their first members.
    """
    places: dict[tuple[tuple[object, ...], ...], list[_Place]] = defaultdict(list)
    for number, task in enumerate(_compared(tasks)):
        for part in parts_of(task):
            places[part.signature].append(_Place(number, task, part))
    members = [places[signature] for signature in sorted(places)]
    sizes = [len({place.task.doc_id for place in found}) for found in members]
    belongs = around_centres([found[0].part for found in members], sizes, settings.threshold)
    by_centre: dict[int, list[_Found]] = defaultdict(list)
    for point, near in belongs.items():
        by_centre[near.centre].extend(_Found(near.score, place) for place in members[point])
    groups = [group for _, found in sorted(by_centre.items()) for group in _groups(found, settings.threshold)]
    return [
        _group(found) for found in sorted(groups, key=lambda found: min(each.place.number for each in found))
    ]


def _compared(tasks: Iterable[TaskText]) -> list[TaskText]:
    """Leave out headings whose work is in their children, and the prose of documents that have tables of tasks."""
    kept = [task for task in tasks if not task.has_children]
    tabular = {task.doc_id for task in kept if task.source != "prose"}
    return [task for task in kept if task.source != "prose" or task.doc_id not in tabular]


def _groups(found: list[_Found], threshold: float) -> Iterator[list[_Found]]:
    """Give the group around a centre, most alike first; what its documents say better goes on as another.

    "Tự chủ của đơn vị sự nghiệp" and "khoán biên chế, tự chủ của cơ quan" are near each other; where documents have
    both, they are two pieces of work.
    """
    for _ in range(MOST_GROUPS):
        kept, found = _split(sorted(found, key=_closest))
        if len({each.place.task.doc_id for each in kept}) > 1:
            yield kept
        if not found:
            return  # the usual case: one piece of work
        first = found[0].place.part
        found = [_Found(compare(first, each.place.part).score, each.place) for each in found]
        found = [each for each in found if each.score >= threshold]


def _closest(found: _Found) -> tuple[float, int]:
    return -found.score, found.place.number


def _split(found: list[_Found]) -> tuple[list[_Found], list[_Found]]:
    """Part the rows that are, in their document, the most like the centre, or nearly, from the others."""
    best: dict[str, _Found] = {}
    for each in found:
        best.setdefault(each.place.task.task_id, each)
    of_document: dict[str, float] = {}
    for score, place in best.values():
        of_document.setdefault(place.task.doc_id, score)
    kept, rest = list[_Found](), list[_Found]()
    for each in best.values():
        near = each.score >= BESIDE_THE_BEST * of_document[each.place.task.doc_id]
        (kept if near else rest).append(each)
    return kept, rest


def _group(kept: list[_Found]) -> TaskGroup:
    first = kept[0].place.part
    members = tuple(_member(each, first if n else None) for n, each in enumerate(kept))
    ids = "\n".join(sorted(member.task_id for member in members))
    return TaskGroup(
        group_id=hashlib.sha256(ids.encode()).hexdigest()[:16],
        theme=theme_of((each.place.part, each.place.task.section_title) for each in kept),
        members=members,
    )


def _member(found: _Found, representative: Part | None) -> Member:
    _, task, part = found.place
    if representative is None:
        return Member(task.task_id, task.doc_id, 1.0, representative=True, reason=None)
    reason = reason_of(compare(representative, part), representative, part)
    return Member(task.task_id, task.doc_id, reason.score, representative=False, reason=reason)
