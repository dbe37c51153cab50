"""Everything the report shows, gathered once: page and workbook are two ways of writing it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phuluc.audit.report.comparison import compare
from phuluc.audit.report.overview import calendar, coverage, rule_counts
from phuluc.audit.report.scores import NOTHING_COMPARED, Score, agreements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from phuluc.audit.report.comparison import Comparison
    from phuluc.audit.report.model import (
        Body,
        Document,
        DueKind,
        Filled,
        Finding,
        Lang,
        Milestone,
        ReportOptions,
        Task,
    )
    from phuluc.audit.report.overview import Calendar, Coverage, RuleCount
    from phuluc.audit.report.reading import Tables
    from phuluc.audit.report.scores import Agreement
    from phuluc.audit.rule import Rule

MOST_DUE_DATES = 10_000
MOST_MEMBERS = 200
"""Of a group, in the page."""
_MOST_MEMBERS_TOGETHER = 30_000


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown.

    Attributes:
        unread: number of inputs that could not be read.
        counts: findings by severity and rule, the gravest first.
        found: (document, severity) -> number of findings of any rule.
        scores: of every document with tasks in tables, in order of documents.
        comparisons: all groups of like tasks, those of most documents first.
        groups_shown: how many of those the page holds.
        due_count: number of dated deadlines of all tasks.
        findings, tasks, due_dates: what the page holds; at most what the options allow.
    """

    options: ReportOptions
    rules: Mapping[str, Rule]
    documents: Sequence[Document]
    bodies: Sequence[Body]
    unread: int
    counts: Sequence[RuleCount]
    found: Mapping[tuple[int, str], int]
    coverage: Coverage
    calendar: Calendar
    milestones: Sequence[Milestone]
    due_kinds: Mapping[DueKind, int]
    scores: Sequence[Score]
    comparisons: Sequence[Comparison]
    groups_shown: int
    findings: Sequence[Finding]
    tasks: Mapping[str, Task]
    due_dates: Sequence[tuple[str, int, int, int]]
    due_count: int

    @property
    def by_severity(self) -> dict[str, int]:
        """Count findings by severity."""
        sums: Counter[str] = Counter()
        for each in self.counts:
            sums[each.severity] += each.findings
        return {severity: sums[severity] for severity in ("error", "warning", "info")}

    @property
    def task_count(self) -> int:
        """Count the tasks of all documents."""
        return sum(document.tasks for document in self.documents)

    def rule_title(self, rule: str, lang: Lang) -> str:
        """Give what a rule is called; its code where it is not known."""
        return self.rules[rule].title.speak(lang) if rule in self.rules else rule

    def theme_title(self, theme: str | None, lang: Lang) -> str | None:
        """Give what a theme is called; its code where it has no title."""
        title = self.options.themes.get(theme or "")
        return title.speak(lang) if title else theme


def gather(tables: Tables, rules: Mapping[str, Rule], options: ReportOptions) -> Report:
    """Read and count."""
    groups = tables.groups()
    counts = tables.finding_counts()
    comparisons = compare(groups, tables.documents)
    shown = _groups_within(options.most_groups, comparisons)
    findings = list(tables.findings(options.most_findings))
    due_count, due_dates = tables.due_dates(MOST_DUE_DATES)
    found: Counter[tuple[int, str]] = Counter()
    for _, severity, doc, count in counts:
        if doc is not None:
            found[doc, severity] += count
    milestones = tables.milestones()
    return Report(
        options=options,
        rules=rules,
        documents=tables.documents,
        bodies=tables.bodies,
        unread=tables.unread(),
        counts=rule_counts(counts),
        found=found,
        coverage=coverage(groups, tables.documents, tables.bodies),
        calendar=calendar(milestones),
        milestones=milestones,
        due_kinds=tables.due_kinds(),
        scores=_scores(tables.filled(), counts, rules, agreements(groups, tables.documents)),
        comparisons=comparisons,
        groups_shown=shown,
        findings=findings,
        tasks=tables.tasks(_named(findings, comparisons[:shown], due_dates)),
        due_dates=due_dates,
        due_count=due_count,
    )


def _groups_within(most: int, comparisons: Sequence[Comparison]) -> int:
    """Give how many groups, the first ones, find room in the page with their members."""
    members = 0
    for place, comparison in enumerate(comparisons[:most]):
        members += min(MOST_MEMBERS, len(comparison.group.members))
        if members > _MOST_MEMBERS_TOGETHER:
            return place
    return min(most, len(comparisons))


def _named(
    findings: Iterable[Finding],
    comparisons: Iterable[Comparison],
    due_dates: Iterable[tuple[str, int, int, int]],
) -> set[str]:
    named = {task for task, *_ in due_dates}
    for finding in findings:
        named.update(finding.related, [finding.task_id] if finding.task_id else ())
    for comparison in comparisons:
        named.update(member.fact.task_id for member in comparison.group.members[:MOST_MEMBERS])
    return named


def _scores(
    filled: Mapping[int, Filled],
    counts: Iterable[tuple[str, str, int | None, int]],
    rules: Mapping[str, Rule],
    agreement: Mapping[int, Agreement],
) -> list[Score]:
    """Give the scores of documents; only rules that look at one document alone take points off it."""
    inner: Counter[tuple[int, str]] = Counter()
    for rule, severity, doc, count in counts:
        if doc is not None and (rule not in rules or rules[rule].scope == "document"):
            inner[doc, severity] += count
    return [
        Score(
            doc,
            said,
            errors=inner[doc, "error"],
            warnings=inner[doc, "warning"],
            infos=inner[doc, "info"],
            agreement=agreement.get(doc, NOTHING_COMPARED),
        )
        for doc, said in sorted(filled.items())
    ]
