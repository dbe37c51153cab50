"""From what a rule saw to the rows of `findings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phuluc.audit.rule import Words
from schemas.ids import stable_id
from schemas.review import Evidence, FindingRecord

if TYPE_CHECKING:
    from phuluc.audit.rule import Rule, Sighting

_LONGEST_EVIDENCE = 400
"""Characters of evidence; a cell may be a page long, and the finding names its page."""


def message(rule: Rule, sighting: Sighting) -> Words:
    """Give what a rule says of a sighting, in both languages."""
    return Words(*(words.format(**sighting.values) for words in rule.messages[sighting.message]))


def finding(rule: Rule, sighting: Sighting, source_path: str | None, said: str) -> FindingRecord:
    """Give the row of a sighting; the language of its message does not change its id."""
    seen = (sighting.message, *(f"{name}={value}" for name, value in sorted(sighting.values.items())))
    position = (rule.id, sighting.task_id or "", *sighting.related, *seen, sighting.text or "")
    evidence = None
    if source_path is not None:
        evidence = Evidence(file=source_path, page=sighting.page, text=_shortened(sighting.text))
    return FindingRecord(
        finding_id=stable_id(sighting.doc_id or "", "finding", *position),
        rule=rule.id,
        severity=sighting.severity or rule.severity,
        doc_id=sighting.doc_id,
        task_id=sighting.task_id,
        related_ids=list(sighting.related),
        message=said,
        evidence=evidence,
    )


def _shortened(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST_EVIDENCE:
        return text
    return text[: _LONGEST_EVIDENCE - 1].rstrip() + "…"
