"""What a user may decide: which rules, how severe, by which numbers, and what is known and accepted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, cast, get_args

from phuluc.exits import UsageError
from phuluc.language import say
from schemas.review import FindingRecord, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from phuluc.audit.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Findings that someone has looked at and accepts; empty patterns match everything.

    Attributes:
        reason: why it is accepted; a suppression without one is refused.
        document: pattern for the source_path ("2021/*.pdf"), or a doc_id.
        task: a task_id.
        text: words that stand in the message or the evidence.
    """

    rule: str
    reason: str
    document: str = "*"
    task: str = ""
    text: str = ""

    def covers(self, finding: FindingRecord) -> bool:
        """Say whether a finding is one of those."""
        path = finding.evidence.file if finding.evidence else ""
        said = f"{finding.message}\n{finding.evidence.text if finding.evidence else ''}"
        return (
            fnmatchcase(finding.rule, self.rule)
            and (self.document == finding.doc_id or fnmatchcase(path, self.document))
            and self.task in ("", finding.task_id)
            and self.text in said
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules in force, as the user wants them."""

    rules: Mapping[str, Rule]
    suppressions: tuple[Suppression, ...] = ()
    fixed: frozenset[str] = field(default_factory=frozenset)  # rules whose severity the user set


def read_settings(path: Path | None, rules: Mapping[str, Rule]) -> Settings:
    """Apply a file of settings to the rules; raises UsageError that names the entry to mend."""
    if path is None:
        return Settings(rules)
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(say("audit.rules_file", path=path, error=error)) from error
    return _Reader(path, dict(rules)).settings(said)


class _Reader:
    """Reads one file; every complaint names it."""

    def __init__(self, path: Path, rules: dict[str, Rule]) -> None:
        self._path = path
        self._rules = rules

    def settings(self, said: Mapping[str, object]) -> Settings:
        for name in said.keys() - {"only", "without", "severity", "thresholds", "suppress"}:
            raise self._wrong(f"[{name}]")
        severities = self._mapping(said, "severity")
        for name, severity in severities.items():
            if severity not in get_args(Severity):
                raise self._wrong(f"severity.{name}: {severity}")
            self._rules[name] = replace(self._known(name), severity=cast("Severity", severity))
        for name, numbers in self._mapping(said, "thresholds").items():
            rule = self._known(name)
            if not isinstance(numbers, dict):
                raise self._wrong(f"thresholds.{name}")
            for threshold, number in numbers.items():
                if threshold not in rule.thresholds or not isinstance(number, int | float):
                    raise self._wrong(f"thresholds.{name}.{threshold}")
            self._rules[name] = replace(rule, thresholds={**rule.thresholds, **numbers})
        suppressions = self._list(said, "suppress")
        chosen = self._chosen(said)
        return Settings(
            {name: rule for name, rule in self._rules.items() if name in chosen},
            tuple(self._suppression(each) for each in suppressions),
            frozenset(severities),
        )

    def _chosen(self, said: Mapping[str, object]) -> set[str]:
        only, without = self._list(said, "only"), self._list(said, "without")
        for name in (*only, *without):
            self._known(name)
        return {name for name in self._rules if (not only or name in only) and name not in without}

    def _suppression(self, said: object) -> Suppression:
        if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
            raise self._wrong(f"suppress: {said}")
        if not said.get("reason", "").strip():
            raise UsageError(say("audit.no_reason", path=self._path, entry=said))
        try:
            return Suppression(**said)
        except TypeError as error:
            raise self._wrong(f"suppress: {said}") from error

    def _known(self, name: object) -> Rule:
        if not isinstance(name, str) or name not in self._rules:
            raise self._wrong(str(name))
        return self._rules[name]

    def _mapping(self, said: Mapping[str, object], name: str) -> dict[str, object]:
        value = said.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name)
        return value

    def _list(self, said: Mapping[str, object], name: str) -> list[object]:
        value = said.get(name, [])
        if not isinstance(value, list):
            raise self._wrong(name)
        return value

    def _wrong(self, entry: str) -> UsageError:
        return UsageError(say("audit.rules_file", path=self._path, error=entry))
