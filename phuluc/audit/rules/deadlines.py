"""By when: times that cannot be, that lie outside the plan, or that are no times."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from normalize.text import key
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.review import Severity
    from schemas.work import DeadlineRecord, TaskRecord

_IMPOSSIBLE = frozenset(
    {"invalid_date", "invalid_month", "invalid_quarter", "invalid_year", "inverted_interval"}
)
_UNCLEAR = frozenset({"incomplete", "blank_template", "ambiguous", "no_temporal_content"})
_CUT = regex.compile(r"\bcủa năm[\s.]*$", regex.IGNORECASE)
_OWN_PLAN = regex.compile(
    r"(?:theo\s+)?(?:kh|kế hoạch)(?:\s+(?:này|đề ra|đã đề ra|được giao|được duyệt|được phê duyệt|chung|năm))?[\s.]*",
    regex.IGNORECASE,
)
_PERIODS = {
    name: regex.compile(pattern)
    for name, pattern in {
        "Q1": r"quý\s*(?:1|i|một|nhất)\b",
        "Q2": r"quý\s*(?:2|ii|hai)\b",
        "Q3": r"quý\s*(?:3|iii|ba)\b",
        "Q4": r"quý\s*(?:4|iv|bốn|tư)\b",
        "6M": r"(?:6|06|sáu) tháng",
        "9M": r"(?:9|09|chín) tháng",
    }.items()
}
_LIST = regex.compile(
    r"quý\s+(?P<items>(?:[ivIV]{1,3}|\d)(?:\s*(?:,|và|\+)\s*(?:quý\s+)?(?:[ivIV]{1,3}|\d)\b)+)",
    regex.IGNORECASE,
)


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "deadlines",
        {
            "deadline_impossible": deadline_impossible,
            "deadline_unclear": deadline_unclear,
            "deadline_outside_plan": deadline_outside_plan,
            "deadline_before_issue": deadline_before_issue,
            "deadline_by_own_plan": deadline_by_own_plan,
            "product_without_end": product_without_end,
            "reports_differ": reports_differ,
            "report_two_dates": report_two_dates,
        },
    )


def _dated(dossier: Dossier) -> Iterator[tuple[TaskRecord, DeadlineRecord]]:
    return ((task, part) for task in dossier.tasks for part in dossier.deadlines_of[task.task_id])


def _at(
    task: TaskRecord, part: DeadlineRecord, severity: Severity | None = None, **values: object
) -> Sighting:
    return Sighting(
        values={"text": part.text, **values},
        doc_id=task.doc_id,
        task_id=task.task_id,
        related=[part.deadline_id],
        page=task.page,
        text=task.deadline,
        severity=severity,
    )


def deadline_impossible(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find days, months and quarters that no calendar has, and intervals that end before they begin."""
    del thresholds
    for task, part in _dated(dossier):
        if part.status == "unparsed" and part.reason in _IMPOSSIBLE:
            yield _at(task, part)


def deadline_unclear(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find cells of the time column that give no time."""
    del thresholds
    for task, part in _dated(dossier):
        cut = part.text is not None and _CUT.search(part.text)  # "Trước ngày 31/7 của năm"
        if (part.status == "unparsed" and part.reason in _UNCLEAR) or cut:
            yield _at(task, part)


def deadline_outside_plan(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find times before the plan's period begins or after it is over.

    A plan for next year is made, and this year's report written, at the turn of the year; what takes several years
    ends later: neither is wrong.
    """
    document = dossier.document
    first, last = document.period_start_year, document.period_end_year or document.period_start_year
    if first is None or last is None or not dossier.is_plan:
        return
    opens = _months_after(date(first, 1, 1), -int(thresholds["months_before"]))
    closes = _months_after(date(last, 12, 31), int(thresholds["months_after"]))
    period = str(first) if first == last else f"{first}-{last}"
    fixed = [
        (task, part, part.end_date)
        for task, part in _dated(dossier)
        if part.end_date and not part.year_inferred and part.type in ("date", "interval")
    ]
    # Where most lie before it, it is the period that is in doubt: `year_of_deadlines` says so.
    doubtful = sum(end < opens for _, _, end in fixed) > len(fixed) / 2
    for task, part, end in fixed:
        if end < opens:
            sure = not doubtful and (end.year < first - 1 or _is_single(part))
            yield _at(task, part, None if sure else "warning", period=period)
        elif end > closes:
            exact = part.precision in ("day", "month", "quarter") and _is_single(part)
            yield _at(task, part, "warning" if exact else "info", period=period)


def _is_single(part: DeadlineRecord) -> bool:
    """Tell a point in time ("30/6/2019", "quý II/2019") from a span over years ("2019-2021")."""
    return part.start_date is None or (
        part.end_date is not None and part.start_date.year == part.end_date.year
    )


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def deadline_before_issue(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find times that were over when the plan was issued."""
    issued = dossier.document.issue_date
    if issued is None or not dossier.is_plan:
        return
    opens = date(dossier.document.period_start_year or issued.year, 1, 1)
    for task, part in _dated(dossier):
        end = part.end_date
        if end is None or part.type not in ("date", "interval") or part.year_inferred:
            continue
        if opens <= end < issued and (issued - end).days > thresholds["days"]:
            yield _at(task, part, date=f"{issued:%d/%m/%Y}")


def deadline_by_own_plan(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a plan that sends its reader to "the plan" for the time."""
    del thresholds
    for task, part in _dated(dossier):
        if part.type == "by_reference" and part.text and _OWN_PLAN.fullmatch(part.text.strip()):
            yield _at(task, part)


_MADE_ONCE = regex.compile(
    r"(?:ban hành\s+)?(?:kế hoạch|quyết định|đề án|chương trình|quy chế|tờ trình)[\s.]*"
)
_MAKING = regex.compile(r"(?:xây dựng|ban hành|lập|soạn thảo)\b")


def product_without_end(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a document to be drawn up "all the time"."""
    del thresholds
    for task, part in _dated(dossier):
        words = key(task.activity or task.task or "")
        if (
            part.type == "continuous"
            and _MAKING.match(words)
            and _MADE_ONCE.fullmatch(key(task.product or ""))
        ):
            yield Sighting(
                values={"product": task.product, "text": part.text},
                doc_id=task.doc_id,
                task_id=task.task_id,
                related=[part.deadline_id],
                page=task.page,
                text=f"{task.activity or task.task} | {task.product} | {task.deadline}",
            )


def reports_differ(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find periodic reports named in one cell of a task and not in another."""
    del thresholds
    for task in dossier.tasks:
        if "báo cáo" not in key(task.product or "") and "báo cáo" not in key(task.task or ""):
            continue
        dated = _periods(task.deadline)
        for cell in (task.product, task.activity or task.task):
            named = _periods(cell)
            if len(named) > 1 and len(dated) > 1 and named != dated:
                yield Sighting(
                    values={"named": _listed(named - dated), "dated": _listed(dated - named)},
                    doc_id=task.doc_id,
                    task_id=task.task_id,
                    page=task.page,
                    text=f"{cell} | {task.deadline}",
                )
                break


def report_two_dates(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find a periodic report due on one day in the text and on another in the appendix."""
    del thresholds
    said: dict[tuple[str, str], tuple[TaskRecord, DeadlineRecord]] = {}
    for task, part in sorted(_dated(dossier), key=lambda pair: pair[0].source != "prose"):
        subject = _subject(task)
        period = _periods(part.label)
        if subject is None or len(period) != 1 or part.end_date is None:
            continue
        other, known = said.setdefault((subject, next(iter(period))), (task, part))
        if (
            other.source != task.source
            and known.end_date
            and (known.end_date.month, known.end_date.day) != (part.end_date.month, part.end_date.day)
        ):
            yield Sighting(
                values={
                    "report": part.label,
                    "date": f"{part.end_date:%d/%m}",
                    "other": f"{known.end_date:%d/%m}",
                },
                doc_id=task.doc_id,
                task_id=task.task_id,
                related=[other.task_id],
                page=task.page,
                text=f"{other.deadline} | {task.deadline}",
            )


def _subject(task: TaskRecord) -> str | None:
    """Say what a report is about: "báo cáo công tác CCHC" and "báo cáo CCHC" are one."""
    found = _REPORTED.search(key(f"{task.task or ''} {task.deadline or ''}"))
    return None if found is None else str(found["subject"]).replace("cải cách hành chính", "cchc")


_REPORTED = regex.compile(
    r"báo cáo (?:kết quả |tình hình |thực hiện |công tác |về )*(?P<subject>cchc|cải cách hành chính|\p{L}+ \p{L}+)"
)


@lru_cache(maxsize=4096)
def _periods(text: str | None) -> frozenset[str]:
    """Give the periods a cell names; "quý I, II, III" are three."""
    words = key(text or "")
    words = _LIST.sub(_one_by_one, words)
    return frozenset(name for name, pattern in _PERIODS.items() if pattern.search(words))


def _one_by_one(match: regex.Match[str]) -> str:
    return " ".join(f"quý {item}" for item in regex.findall(r"[iv]+|\d", match["items"]))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "–"
