"""What the script of the page works on: plain lists, every record named by its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.report.gather import MOST_MEMBERS
from phuluc.audit.report.model import LANGS, SEVERITIES
from phuluc.audit.report.safety import shown
from phuluc.audit.report.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from phuluc.audit.report.comparison import Comparison
    from phuluc.audit.report.gather import Report
    from phuluc.audit.report.model import Finding
    from phuluc.audit.report.pictures import Picture
    from phuluc.audit.report.safety import Json
    from phuluc.audit.rule import Words


def payload(report: Report, pictures: Mapping[str, Picture]) -> dict[str, Json]:
    """Give everything the views are made of; the order of each list's values is that of `page.js`."""
    rules = {rule: place for place, rule in enumerate(sorted({each.rule for each in report.counts}))}
    places = {task: place for place, task in enumerate(report.tasks)}
    documents = {document.doc_id: place for place, document in enumerate(report.documents)}
    return {
        "lang": report.options.lang,
        "words": {lang: Wording(lang).all() for lang in LANGS},
        "bodies": [shown(body.label) for body in report.bodies],
        "documents": _documents(report),
        "rules": [_rule(report, rule) for rule in rules],
        "themes": _themes(report),
        "tasks": [
            [task.doc, task.page, *(shown(text) for text in task[3:])] for task in report.tasks.values()
        ],
        "findings": [_finding(each, report, rules, places, documents) for each in report.findings],
        "groups": [_group(each, report, places) for each in report.comparisons[: report.groups_shown]],
        "due": [[places[task], *date] for task, *date in report.due_dates if task in places],
        "pictures": {
            str(number): list(pictures[each.finding_id])
            for number, each in enumerate(report.findings)
            if each.finding_id in pictures
        },
        "all": [sum(report.by_severity.values()), len(report.comparisons), report.due_count],
    }


def _themes(report: Report) -> dict[str, Json]:
    """Give titles and bodies of each theme: those of the bodies that are not in a group of it lack its task."""
    bodies: dict[str, set[int]] = {}
    for each in report.comparisons:
        if each.group.theme is not None:
            bodies.setdefault(each.group.theme, set()).update(each.bodies)
    return {
        theme: [*(shown(report.theme_title(theme, lang)) for lang in LANGS), sorted(bodies[theme])]
        for theme in sorted(bodies)
    }


def _documents(report: Report) -> list[Json]:
    scores = {score.doc: score for score in report.scores}
    rows: list[Json] = []
    for place, document in enumerate(report.documents):
        score = scores.get(place)
        rows.append(
            [
                shown(document.path),
                shown(document.symbol),
                shown(document.title),
                document.body,
                document.year,
                document.last_year,
                document.tasks,
                [report.found.get((place, severity), 0) for severity in SEVERITIES],
                [_rounded(each) for each in (score.completeness, score.soundness, score.concord)]
                if score
                else [None, None, None],
            ]
        )
    return rows


def _rule(report: Report, rule: str) -> Json:
    known = report.rules.get(rule)
    if known is None:
        return [rule, [shown(rule)] * 2, ["", ""], ["", ""]]
    return [rule, list(known.title), list(known.why), list(known.example)]


def _finding(
    finding: Finding,
    report: Report,
    rules: Mapping[str, int],
    tasks: Mapping[str, int],
    documents: Mapping[str, int],
) -> Json:
    related: list[Json] = []
    for each in finding.related:
        if each in tasks:
            related.append(tasks[each])
        elif each in documents:
            related.append(-1 - documents[each])
    return [
        rules[finding.rule],
        SEVERITIES.index(finding.severity),
        finding.doc,
        tasks.get(finding.task_id or ""),
        _message(report.options.messages.get(finding.finding_id), finding.message),
        shown(finding.file),
        finding.page,
        shown(finding.text),
        related,
    ]


def _message(said: Words | None, otherwise: str) -> Json:
    if said is None:
        return shown(otherwise)
    return [shown(said.speak(lang)) for lang in LANGS]


def _group(comparison: Comparison, report: Report, tasks: Mapping[str, int]) -> Json:
    group = comparison.group
    members: list[Json] = []
    for place, member in enumerate(group.members[:MOST_MEMBERS]):
        reason = report.options.reasons.get((group.group_id, member.fact.task_id))
        members.append(
            [
                tasks[member.fact.task_id],
                round(member.score, 2),
                comparison.days[place],
                int(comparison.odd_lead[place]),
                int(comparison.odd_product[place]),
                None if reason is None else [shown(reason.speak(lang)) for lang in LANGS],
            ]
        )
    return [
        group.theme,
        members,
        len(group.members),
        list(comparison.bodies),
        [[shown(name), list(bodies)] for name, bodies in comparison.leads],
        comparison.spread,
        [_shift(comparison, place, report) for place in range(len(comparison.shifts))],
        [list(each) for each in comparison.dropped],
    ]


def _shift(comparison: Comparison, place: int, report: Report) -> Sequence[Json]:
    shift = comparison.shifts[place]
    years = [
        report.documents[comparison.group.members[each].fact.doc].year for each in (shift.before, shift.after)
    ]
    changes = [None if each is None else int(each) for each in (shift.lead_changed, shift.product_changed)]
    return [shift.body, *years, shift.days, *changes]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
