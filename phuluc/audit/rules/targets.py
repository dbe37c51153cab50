"""Figures to reach: two for one thing, and shares beyond the whole."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import regex
from rapidfuzz import fuzz

from normalize.text import key
from phuluc.audit.abbreviations import written_out
from phuluc.audit.registry import described
from phuluc.audit.rule import Rule, Sighting, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from phuluc.audit.dossier import Dossier
    from phuluc.audit.rule import Thresholds
    from schemas.content import TargetRecord

_NOT_SUBJECT = regex.compile(
    r"\d+(?:[.,]\d+)?\s?%?|\b(?:đến|năm|tối thiểu|ít nhất|trên|đạt|từ|trở lên|khoảng|phấn đấu|số|tỷ lệ|tỉ lệ|các|được"
    r"|trong)\b|\W+"
)
_MOST_FIGURES = 2
_LEVEL = regex.compile(r"(?:mức độ|mức|cấp độ)\s+(?P<levels>\d(?:\s*(?:,|và|-)\s*(?:mức độ\s+)?\d)*)")
_GROWTH = regex.compile(r"\b(?:tăng|vượt|so với)\b")


@hookimpl
def phuluc_audit_rules() -> list[Rule]:
    """Give the rules of this family."""
    return described(
        "targets", {"target_two_values": target_two_values, "target_beyond_all": target_beyond_all}
    )


def target_two_values(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find two targets for one thing and year with different figures, as often in the text and in its appendix."""
    said = [
        (target, words)
        for target in dossier.targets
        if target.value is not None
        and target.due_year
        and len((words := _subject(target)).split()) >= thresholds["fewest_words"]
    ]
    different = {(words, target.due_year, target.value) for target, words in said}
    figures = Counter((words, year) for words, year, _ in different)
    told: set[str] = set()
    for (first, words), (second, others) in combinations(said, 2):
        if (first.unit, first.due_year) != (second.unit, second.due_year) or first.value == second.value:
            continue
        if second.target_id in told or _head(first) != _head(second):
            continue
        if key(first.text) in key(second.text) or key(second.text) in key(first.text):
            continue  # two figures of one sentence: "80% …, trong đó 30% …"
        if max(figures[words, first.due_year], figures[others, first.due_year]) > _MOST_FIGURES:
            continue  # one for each region or year
        if _levels(first) != _levels(second):
            continue
        if fuzz.token_set_ratio(words, others) < 100 * thresholds["alike"]:
            continue
        told.add(second.target_id)
        yield Sighting(
            values={"value": _said(first), "other": _said(second), "year": second.due_year or "–"},
            doc_id=dossier.doc_id,
            task_id=second.task_id,
            related=[first.target_id, second.target_id],
            page=second.page,
            text=f"{first.text} | {second.text}",
        )


def _head(target: TargetRecord) -> list[str]:
    """Give the first words of what is counted: dossiers are not procedures, nor payments."""
    return _plain(target.subject or target.text).split()[:3]


def _subject(target: TargetRecord) -> str:
    return _plain(target.text)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Give the words of a target without figures, comparison and time, abbreviations written out."""
    phrases, pattern = written_out()
    words = pattern.sub(lambda match: phrases[match[0]], key(text))
    return " ".join(_NOT_SUBJECT.sub(" ", words).split())


def _levels(target: TargetRecord) -> frozenset[str]:
    """Give the levels of service a target speaks of: "mức độ 3" is not "mức độ 4"."""
    found = (match["levels"] for match in _LEVEL.finditer(key(target.text)))
    return frozenset(digit for levels in found for digit in levels if digit.isdigit())


def _said(target: TargetRecord) -> str:
    return f"{f'{target.value:g}'.replace('.', ',')}{target.unit or ''}"


def target_beyond_all(dossier: Dossier, thresholds: Thresholds) -> Iterator[Sighting]:
    """Find "at least 100 %", and shares of more than everything."""
    del thresholds
    for target in dossier.targets:
        if target.unit != "%" or target.value is None or _GROWTH.search(key(target.text)):
            continue
        beyond = target.value > 100 or (target.value == 100 and target.comparator == ">")
        if beyond or (target.value == 100 and target.comparator == ">="):
            yield Sighting(
                message="message" if beyond else "at_least_all",
                values={"value": _said(target)},
                doc_id=dossier.doc_id,
                task_id=target.task_id,
                related=[target.target_id],
                page=target.page,
                text=target.text,
                severity=None if beyond else "info",
            )
