"""The same piece of work in several documents: where they set different times, leads or products."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl
from phuluc.audit.rules.between import state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import GroupView, TaskBrief
    from phuluc.audit.rule import Thresholds


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "alike",
        {
            "group_deadlines_differ": group_deadlines_differ,
            "group_leads_differ": group_leads_differ,
            "report_against_plan": report_against_plan,
        },
    )


def group_deadlines_differ(group: GroupView, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find one task that documents want at different times of the year."""
    dated = [member for member in _comparable(group) if member.ends]
    days = {member.task_id: _day_of_year(member.ends[-1]) for member in dated}
    if (
        len({member.doc_id for member in dated}) < 2
        or max(days.values()) - min(days.values()) <= thresholds["days"]
    ):
        return
    early = min(dated, key=lambda member: days[member.task_id])
    late = max(dated, key=lambda member: days[member.task_id])
    yield _at(late, early, {"deadline": late.deadline, "other": early.deadline})


def _comparable(group: GroupView) -> list[TaskBrief]:
    """Give the members issued by bodies of the representative's class: a school is not held to a ministry's dates."""
    first = group.members[0]
    return [member for member in group.members if member.issuer_class == first.issuer_class is not None]


def _day_of_year(iso: str) -> int:
    """Give the place of a day in its year, months of 31 days: plans of different years are compared."""
    return int(iso[5:7]) * 31 + int(iso[8:10])


def group_leads_differ(group: GroupView, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find one task that documents give to different kinds of bodies."""
    del thresholds
    led = [member for member in _comparable(group) if member.lead_classes]
    first = next(iter(led), None)
    for member in led[1:]:
        if first and member.doc_id != first.doc_id and not set(member.lead_classes) & set(first.lead_classes):
            yield _at(member, first, {"lead": member.lead, "other": first.lead})
            return


def report_against_plan(group: GroupView, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a report whose time for a task, or whose state of it, does not fit the same body's plan."""
    del thresholds
    for first, second in combinations(group.members, 2):
        if first.doc_id == second.doc_id or first.body != second.body or first.year != second.year:
            continue
        pair = _plan_and_report(first, second)
        if pair is None or first.body is None:
            continue
        plan, report = pair
        if plan.ends and report.ends and plan.ends[-1] != report.ends[-1]:
            yield _at(report, plan, {"deadline": report.deadline, "other": plan.deadline}, "deadline")
        if (
            state_of(report.status) == "open"
            and plan.ends
            and report.issued
            and plan.ends[-1] < report.issued
        ):
            values = {"status": report.status, "other": plan.deadline, "date": report.issued}
            yield _at(report, plan, values, "overdue")


def _plan_and_report(first: TaskBrief, second: TaskBrief) -> tuple[TaskBrief, TaskBrief] | None:
    if bool(first.status) == bool(second.status):
        return None
    return (second, first) if first.status else (first, second)


def _at(
    member: TaskBrief, other: TaskBrief, values: dict[str, str | None], message: str = "message"
) -> Sighting:
    return Sighting(
        message=message,
        values=values,
        doc_id=member.doc_id,
        task_id=member.task_id,
        related=[other.task_id, other.doc_id],
        page=member.page,
        text=member.text,
    )
