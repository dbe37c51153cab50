"""A group of like tasks, compared: who has it, who lacks it, who leads it, when it is due, what comes of it, by year.

Pure: facts in, comparison out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from phuluc.audit.report.model import Document, Fact, Group

_ANY_COMMON_YEAR = 2021


class Shift(NamedTuple):
    """The same body's task in two plans, the later against the earlier; None: not to be told."""

    body: int
    before: int  # place of the member in the group
    after: int
    days: int | None  # later in its year by so many days; negative: earlier
    lead_changed: bool | None
    product_changed: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A group seen side by side.

    Attributes:
        bodies: those that have the task, in order.
        lacking: those with other tasks of the same theme that do not have it.
        leads: (name of the leading unit, bodies), the most usual first.
        days: for each member, days after (negative: before) the middle of the group's dates, each counted in its
            plan's own year; None where it has no day or its plan covers several years.
        spread: days between the earliest and the latest of those.
        odd_lead, odd_product: for each member, whether it differs from what most members have.
        shifts: year on year.
        dropped: (body, year of its last plan with the task, year of a later plan without).
    """

    group: Group
    bodies: tuple[int, ...]
    lacking: tuple[int, ...]
    leads: tuple[tuple[str, tuple[int, ...]], ...]
    days: tuple[int | None, ...]
    spread: int | None
    odd_lead: tuple[bool, ...]
    odd_product: tuple[bool, ...]
    shifts: tuple[Shift, ...]
    dropped: tuple[tuple[int, int, int], ...]


def compare(groups: Sequence[Group], documents: Sequence[Document]) -> list[Comparison]:
    """Compare the members of every group; `documents` are all of the corpus, also those without any group."""
    of_theme: defaultdict[str, set[int]] = defaultdict(set)
    for group in groups:
        if group.theme:
            of_theme[group.theme].update(documents[member.fact.doc].body for member in group.members)
    years: defaultdict[int, set[int]] = defaultdict(set)
    for document in documents:
        if document.plan_year is not None and document.tasks:
            years[document.body].add(document.plan_year)
    return [_compare(group, documents, of_theme.get(group.theme or "", set()), years) for group in groups]


def _compare(
    group: Group, documents: Sequence[Document], of_theme: set[int], years: dict[int, set[int]]
) -> Comparison:
    facts = [member.fact for member in group.members]
    bodies = sorted({documents[fact.doc].body for fact in facts})
    days = _days(facts, documents)
    known = [each for each in days if each is not None]
    return Comparison(
        group=group,
        bodies=tuple(bodies),
        lacking=tuple(sorted(of_theme.difference(bodies))),
        leads=_leads(facts, documents),
        days=days,
        spread=max(known) - min(known) if len(known) > 1 else None,
        odd_lead=_odd([fact.lead for fact in facts]),
        odd_product=_odd([fact.product for fact in facts]),
        shifts=tuple(_shifts(facts, documents)),
        dropped=tuple(_dropped(facts, documents, years)),
    )


def day_of_plan(fact: Fact, document: Document) -> int | None:
    """Give the day a task is due, counted from the beginning of its plan's year; None without a day to compare.

    Every year has 365 days here: 15 December is no other day in 2020 than in 2021.
    """
    due = fact.due
    if due is None or fact.kind != "date" or fact.whole_year or document.plan_year is None:
        return None
    leap_day = due.month == 2 and due.day == 29
    of_year = dt.date(_ANY_COMMON_YEAR, due.month, 28 if leap_day else due.day)
    return 365 * (due.year - document.plan_year) + of_year.timetuple().tm_yday


def _days(facts: Sequence[Fact], documents: Sequence[Document]) -> tuple[int | None, ...]:
    found = [day_of_plan(fact, documents[fact.doc]) for fact in facts]
    known = [each for each in found if each is not None]
    if len(known) < 2:
        return tuple(None for _ in found)
    middle = round(median(known))
    return tuple(None if each is None else each - middle for each in found)


def _leads(facts: Iterable[Fact], documents: Sequence[Document]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for fact in facts:
        if fact.lead_name:
            found[fact.lead_name].add(documents[fact.doc].body)
    ordered = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple((name, tuple(sorted(bodies))) for name, bodies in ordered)


def _odd(values: Sequence[str | None]) -> tuple[bool, ...]:
    """Mark the values that differ from the one more than half of them have; without such a one none is odd."""
    said = Counter(value for value in values if value is not None)
    usual, count = said.most_common(1)[0] if said else (None, 0)
    if 2 * count <= said.total():
        return tuple(False for _ in values)
    return tuple(value is not None and value != usual for value in values)


def _shifts(facts: Sequence[Fact], documents: Sequence[Document]) -> Iterable[Shift]:
    """Pair each body's tasks of one plan with those of its next, where both plans have one such task."""
    of_body: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, fact in enumerate(facts):
        year = documents[fact.doc].plan_year
        if year is not None:
            of_body[documents[fact.doc].body][year].append(place)
    for body, of_year in sorted(of_body.items()):
        ordered = sorted(of_year)
        for first, second in pairwise(ordered):
            if (
                len(of_year[first]) == len(of_year[second]) == 1
            ):  # one of several cannot be told from its brothers
                before, after = of_year[first][0], of_year[second][0]
                yield _shift(body, (before, after), facts, documents)


def _shift(body: int, pair: tuple[int, int], facts: Sequence[Fact], documents: Sequence[Document]) -> Shift:
    old, new = (facts[place] for place in pair)
    old_day, new_day = (day_of_plan(fact, documents[fact.doc]) for fact in (old, new))
    return Shift(
        body,
        *pair,
        days=None if old_day is None or new_day is None else new_day - old_day,
        lead_changed=None if old.lead is None or new.lead is None else old.lead != new.lead,
        product_changed=None if old.product is None or new.product is None else old.product != new.product,
    )


def _dropped(
    facts: Iterable[Fact], documents: Sequence[Document], years: dict[int, set[int]]
) -> Iterable[tuple[int, int, int]]:
    last: dict[int, int] = {}
    for fact in facts:
        document = documents[fact.doc]
        if document.plan_year is not None:
            last[document.body] = max(document.plan_year, last.get(document.body, 0))
    for body, year in sorted(last.items()):
        later = [each for each in years.get(body, ()) if each > year]
        if later:
            yield body, year, min(later)
