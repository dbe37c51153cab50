"""The audit: read, judge, group, write, report. The order of the steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phuluc.audit.corpus import count_documents, dossiers, standing_still
from phuluc.audit.grouping.themes import theme_codes, theme_title
from phuluc.audit.judging import Judge
from phuluc.audit.progress import Silent
from phuluc.audit.registry import all_rules
from phuluc.audit.report import ReportOptions, write_report
from phuluc.audit.rule import Words
from phuluc.audit.settings import read_settings
from phuluc.audit.sources import Sources
from phuluc.audit.tasks import TaskStore
from phuluc.audit.writing import write_tables
from phuluc.storage.folder import writing_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from phuluc.audit.grouping.model import TaskGroup
    from phuluc.audit.judging import Findings
    from phuluc.audit.progress import Progress


@dataclass(frozen=True, slots=True)
class Audit:
    """What the user asked for.

    Attributes:
        rules: file of settings.
        source: folder with the converted files, where they are no longer at the place they were converted from.
    """

    out: Path
    lang: str
    rules: Path | None = None
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it."""

    documents: int
    tasks: int
    groups: int
    findings: Findings

    def by_severity(self) -> Counter[str]:
        """Count the findings."""
        return Counter(record.severity for record in self.findings.records)


def audit(asked: Audit, progress: Progress | None = None) -> Verdict:
    """Audit a folder; raises UsageError, TargetError."""
    told = progress or Silent()
    try:
        return _audit(asked, told)
    finally:
        told.end()


def _audit(asked: Audit, told: Progress) -> Verdict:
    settings = read_settings(asked.rules, all_rules())
    judge, tasks, documents = Judge(settings, asked.lang), TaskStore(), 0
    with standing_still(asked.out) as store:
        sources = Sources(store, asked.source)
        told.step("read", count_documents(asked.out))
        for dossier in dossiers(asked.out, sources):
            judge.document(dossier)
            tasks.keep(dossier)
            documents += 1
            told.advance()
        judge.corpus()
        told.step("group")
        groups = tasks.group()
        for group in tasks.views(groups):
            judge.group(group)
        findings = judge.conclude()
        write_tables(store, findings.records, groups)
        told.step("report")
        with writing_to(asked.out):
            write_report(asked.out, settings.rules, _options(asked, findings, groups, sources.files))
    return Verdict(documents, len(tasks), len(groups), findings)


def _options(
    asked: Audit, findings: Findings, groups: Iterable[TaskGroup], files: Mapping[str, Path]
) -> ReportOptions:
    """Say what the report cannot read from the tables: files, and words in the other language."""
    return ReportOptions(
        lang="vi" if asked.lang == "vi" else "en",
        files=files,
        messages=findings.messages,
        themes={code: Words(theme_title(code, "vi"), theme_title(code, "en")) for code in theme_codes()},
        reasons={
            (group.group_id, member.task_id): Words(member.reason.text("vi"), member.reason.text("en"))
            for group in groups
            for member in group.members
            if member.reason is not None
        },
    )
