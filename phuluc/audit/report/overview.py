"""What the first page shows: findings by rule, the coverage matrix, the calendar of deadlines. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from phuluc.audit.report.model import SEVERITIES
from phuluc.audit.report.wording import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from phuluc.audit.report.model import Body, Document, Group, Milestone
    from schemas.review import Severity

MOST_ROWS = 64
MOST_THEMES = 14
MOST_YEARS = 8
_STEPS = 5
_MONTHS = (*range(1, 13), 0)


class RuleCount(NamedTuple):
    """Findings of a rule at one severity: their number, and the number of documents they are in."""

    rule: str
    severity: Severity
    findings: int
    documents: int


class Cell(NamedTuple):
    """A cell of a plot: a number, and how dark it is: 0 for none, 1 to 5."""

    value: int
    shade: int


class CoverageRow(NamedTuple):
    """How many groups of each theme a body, or the bodies of a province together, take part in."""

    name: str
    tasks: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bodies by themes: of the groups of like tasks in a theme, how many the body's plans have.

    Attributes:
        themes: (code, number of its groups), the largest first.
        by_place: rows are provinces: there were too many bodies for a page.
        left_out: rows and themes that found no room.
    """

    themes: tuple[tuple[str, int], ...]
    rows: tuple[CoverageRow, ...]
    by_place: bool
    left_out: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Deadlines by year and month of their last day; the last column: some time in the year.

    Attributes:
        years: (year, cells of January to December and of the year as a whole, sum), in order.
        left_out: deadlines in years that found no room.
    """

    years: tuple[tuple[int, tuple[Cell, ...], int], ...]
    left_out: int


def rule_counts(counts: Iterable[tuple[str, Severity, int | None, int]]) -> list[RuleCount]:
    """Sum findings by severity and rule: the gravest first, of those the most frequent."""
    findings: Counter[tuple[str, Severity]] = Counter()
    documents: defaultdict[tuple[str, Severity], set[int]] = defaultdict(set)
    for rule, severity, doc, count in counts:
        findings[rule, severity] += count
        if doc is not None:
            documents[rule, severity].add(doc)
    found = [RuleCount(*key, count, len(documents[key])) for key, count in findings.items()]
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), -each.findings, each.rule))


def coverage(
    groups: Iterable[Group],
    documents: Sequence[Document],
    bodies: Sequence[Body],
    most: tuple[int, int] = (MOST_ROWS, MOST_THEMES),
) -> Coverage:
    """Count groups by theme and body: the themes with most groups, the rows with most tasks.

    Bodies whose plans have tasks, yet none like another's, have a row of zeros: that is what the matrix is for. More
    bodies than rows, and those of a province make one row; national bodies keep theirs.
    """
    working = {document.body for document in documents if document.tasks}
    by_place = len(working) > most[0]
    names = [body.place if by_place and body.place else body.label for body in bodies]
    tasks: Counter[str] = Counter()
    for document in documents:
        if document.tasks:
            tasks[names[document.body]] += document.tasks
    sizes: Counter[str] = Counter()
    cells: Counter[tuple[str, str]] = Counter()
    for group in groups:
        if group.theme is not None:
            sizes[group.theme] += 1
            for name in {names[documents[member.fact.doc].body] for member in group.members}:
                cells[name, group.theme] += 1
    themes = sorted(sizes.items(), key=lambda each: (-each[1], each[0]))
    shown = tuple(themes[: most[1]])
    chosen = {name for name, _ in sorted(tasks.items(), key=lambda each: (-each[1], each[0]))[: most[0]]}
    rows = tuple(
        CoverageRow(name, tasks[name], tuple(_cell(cells[name, theme], size) for theme, size in shown))
        for name in sorted(chosen, key=alphabetical)
    )
    return Coverage(shown, rows, by_place, (len(tasks) - len(chosen), max(0, len(themes) - most[1])))


def calendar(milestones: Iterable[Milestone], most: int = MOST_YEARS) -> Calendar:
    """Sum deadlines by month of the years with most of them."""
    counts: Counter[tuple[int, int]] = Counter()
    sums: Counter[int] = Counter()
    for each in milestones:
        counts[each.year, each.month] += each.deadlines
        sums[each.year] += each.deadlines
    years = sorted(year for year, _ in sorted(sums.items(), key=lambda each: (-each[1], -each[0]))[:most])
    densest = max((counts[year, month] for year in years for month in _MONTHS), default=0)
    return Calendar(
        tuple(
            (year, tuple(_cell(counts[year, month], densest) for month in _MONTHS), sums[year])
            for year in years
        ),
        sums.total() - sum(sums[year] for year in years),
    )


def _cell(value: int, full: int) -> Cell:
    return Cell(value, -(-value * _STEPS // full) if value else 0)
