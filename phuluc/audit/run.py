"""The audit: read, judge, group, write, report. The order of the steps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phuluc.audit.corpus import dossiers, standing_still
from phuluc.audit.judging import Judge
from phuluc.audit.prose import Prose
from phuluc.audit.registry import all_rules
from phuluc.audit.settings import read_settings
from phuluc.audit.tasks import TaskStore
from phuluc.audit.writing import write_tables

if TYPE_CHECKING:
    from pathlib import Path

    from phuluc.audit.judging import Findings


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


def audit(asked: Audit) -> Verdict:
    """Audit a folder; raises UsageError, TargetError."""
    judge = Judge(read_settings(asked.rules, all_rules()), asked.lang)
    tasks, documents = TaskStore(), 0
    with standing_still(asked.out) as store:
        prose = Prose(store.ledger().values(), asked.source)
        for dossier in dossiers(asked.out, prose):
            judge.document(dossier)
            tasks.keep(dossier)
            documents += 1
        judge.corpus()
        groups = tasks.group()
        for group in tasks.views(groups):
            judge.group(group)
        findings = judge.conclude()
        write_tables(store, findings.records, groups)
    return Verdict(documents, len(tasks), len(groups), findings)
