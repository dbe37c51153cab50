"""Applying the rules: sightings become findings, accepted ones are counted, a broken rule stops nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from phuluc.audit.findings import finding, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from phuluc.audit.dossier import Dossier, GroupView
    from phuluc.audit.rule import (
        DocumentCheck,
        GroupCheck,
        Rule,
        Sighting,
        Sightings,
        Watcher,
        WatcherFactory,
        Words,
    )
    from phuluc.audit.settings import Settings
    from schemas.review import FindingRecord


@dataclass(slots=True)
class Findings:
    """What was found, and what became of it.

    Attributes:
        suppressed: number of findings by the reason they were accepted for.
        broken: what went wrong in rules, by (rule, source_path).
        messages: what each finding says in both languages, by its id.
    """

    records: list[FindingRecord] = field(default_factory=list)
    suppressed: Counter[str] = field(default_factory=Counter)
    broken: dict[tuple[str, str], str] = field(default_factory=dict)
    messages: dict[str, Words] = field(default_factory=dict)


class Judge:
    """The rules at work: shown every document, then the corpus, then every group."""

    def __init__(self, settings: Settings, lang: str) -> None:
        self.findings = Findings()
        self._settings = settings
        self._lang = lang
        self._paths: dict[str, tuple[int, str]] = {}
        self._placed: list[tuple[tuple[object, ...], FindingRecord]] = []
        self._ids: set[str] = set()
        rules = settings.rules.values()
        self._document_rules = [rule for rule in rules if rule.scope == "document"]
        self._group_rules = [rule for rule in rules if rule.scope == "groups"]
        self._watchers: list[tuple[Rule, Watcher]] = [
            (rule, cast("WatcherFactory", rule.check)(rule.thresholds))
            for rule in rules
            if rule.scope in ("documents", "corpus")
        ]

    def document(self, dossier: Dossier) -> None:
        """Judge one document, and let the rules over many take note of it."""
        path = dossier.document.source_path
        self._paths[dossier.doc_id] = (len(self._paths), path)
        order = {task.task_id: task.task_index for task in dossier.tasks}
        for rule in self._document_rules:
            check = cast("DocumentCheck", rule.check)
            self._take(rule, path, partial(check, dossier, rule.thresholds), order)
        for rule, watcher in self._watchers:
            self._guarded(rule, path, partial(watcher.see, dossier))

    def corpus(self) -> None:
        """Hear what the rules over many documents conclude."""
        for rule, watcher in self._watchers:
            self._take(rule, "", watcher.conclude, {})

    def group(self, group: GroupView) -> None:
        """Judge one group of like tasks."""
        for rule in self._group_rules:
            check = cast("GroupCheck", rule.check)
            self._take(rule, group.group_id, partial(check, group, rule.thresholds), {})

    def conclude(self) -> Findings:
        """Give everything, in order of document, rule and place."""
        self._placed.sort(key=itemgetter(0))
        self.findings.records = [record for _, record in self._placed]
        return self.findings

    def _take(self, rule: Rule, where: str, look: Callable[[], Sightings], order: dict[str, int]) -> None:
        self._guarded(rule, where, lambda: self._keep_all(rule, list(look()), order))

    def _keep_all(self, rule: Rule, sightings: list[Sighting], order: dict[str, int]) -> None:
        for number, sighting in enumerate(sightings):
            self._keep(rule, sighting, (order.get(sighting.task_id or "", -1), number))

    def _keep(self, rule: Rule, sighting: Sighting, place: tuple[int, int]) -> None:
        if rule.id in self._settings.fixed:
            sighting = replace(sighting, severity=rule.severity)
        position, path = self._paths.get(sighting.doc_id or "", (-1, None))
        words = message(rule, sighting)
        record = finding(rule, sighting, path, words.speak(self._lang))
        if record.finding_id in self._ids:  # the same words about the same thing, said twice
            return
        self._ids.add(record.finding_id)
        for suppression in self._settings.suppressions:
            if suppression.covers(record):
                self.findings.suppressed[suppression.reason] += 1
                return
        self.findings.messages[record.finding_id] = words
        self._placed.append(((path or "", position, rule.id, *place), record))

    def _guarded(self, rule: Rule, where: str, do: Callable[[], None]) -> None:
        try:
            do()
        # Any: a rule, perhaps of a plug-in, must not cost the findings of the others.
        except Exception as error:
            self.findings.broken[rule.id, where] = f"{type(error).__name__}: {error}"
