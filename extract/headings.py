"""What a column heading promises: the role whose wording it uses, by `data/headings.csv`.

The head of a Vietnamese noun phrase comes first ("Thời gian thực hiện" is a time, not a doer), so the
earliest known wording decides, the longest of those that begin there.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from normalize.text import bare_key, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import Role

# "result" is a product before the work and a status after it; "against" speaks against a task table.
HeadingRole: TypeAlias = "Role | Literal['result', 'against']"

_PARENTHESES = regex.compile(r"\([^()]*\)")
_NOT_WORDS = regex.compile(r"[^\p{L}\p{N}%]+")
_FILLERS = frozenset({"các", "những", "tên", "dự", "kiến", "yêu", "cầu", "về"})
# Longer than any heading of the vocabulary with its usual company; a cell of prose is no heading.
MAX_HEADING_LENGTH = 90
_EARLY_BONUS = 0.85
_BARE_PENALTY = 0.9
_SHORTEST_BARE = 6


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """The role a wording stands for, how sure that is, and the share of the heading it covers (0 to 1)."""

    role: HeadingRole
    confidence: float
    coverage: float = 1.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(_NOT_WORDS.sub(" ", key(text)).split())


@cache
def _vocabulary() -> tuple[dict[tuple[str, ...], HeadingMatch], dict[tuple[str, ...], HeadingMatch], int]:
    """Phrases by their words, the same without diacritics, and the length of the longest phrase."""
    exact: dict[tuple[str, ...], HeadingMatch] = {}
    bare: dict[tuple[str, ...], HeadingMatch] = {}
    text = (files("extract") / "data" / "headings.csv").read_text(encoding="utf-8")
    for entry in csv.DictReader(text.splitlines()):
        words = _words(entry["phrase"])
        match = HeadingMatch(entry["role"], float(entry["weight"]))  # type: ignore[arg-type] # checked by a test
        exact.setdefault(words, match)
        if len(entry["phrase"]) >= _SHORTEST_BARE:
            penalised = HeadingMatch(match.role, match.confidence * _BARE_PENALTY)
            bare.setdefault(tuple(bare_key(word) for word in words), penalised)
    return exact, bare, max(len(words) for words in exact)


@lru_cache(maxsize=4096)
def match_heading(text: str) -> HeadingMatch | None:
    """Find the role of one heading cell; None when no wording of the vocabulary is in it."""
    if not text or len(text) > MAX_HEADING_LENGTH:
        return None
    without_notes = _PARENTHESES.sub(" ", text)
    exact, bare, longest = _vocabulary()
    words = _words(without_notes) or _words(text)
    return _find(words, exact, longest) or _find(tuple(bare_key(word) for word in words), bare, longest)


def _find(
    words: tuple[str, ...], vocabulary: dict[tuple[str, ...], HeadingMatch], longest: int
) -> HeadingMatch | None:
    for start in range(len(words)):
        for length in range(min(longest, len(words) - start), 0, -1):
            found = vocabulary.get(words[start : start + length])
            if found is None:
                continue
            if length == 1 and len(words) > 3 and len(words[start]) <= 3:
                continue  # "tt", "no", "mã" inside a longer text are no heading words
            coverage = length / len(words)
            confidence = found.confidence * (0.6 + 0.4 * coverage)
            if any(word not in _FILLERS for word in words[:start]):
                confidence *= _EARLY_BONUS
            return HeadingMatch(found.role, confidence, coverage)
    return None


def match_levels(headings: Sequence[str]) -> HeadingMatch | None:
    """Find the role of a column by its heading levels: the leaf decides where it is clear, else its parents.

    "Thời gian / Bắt đầu" is a start; "Kinh phí / Tổng số" is funding; "Thời gian / Quý I" a deadline.
    """
    matches = [match_heading(heading) for heading in reversed(headings)]
    leaf = matches[0] if matches else None
    parent = next((match for match in matches[1:] if match is not None), None)
    if leaf is None or parent is None:
        return leaf or parent
    if parent.role == "funding" or leaf.role == "against" or leaf.confidence < 0.6:
        return parent
    if parent.role == "deadline" and leaf.role in ("status", "result"):
        return parent  # "Thời gian / Hoàn thành"
    return leaf


def names_lead_and_support(headings: Sequence[str]) -> bool:
    """Tell whether one column is meant for both ("Đơn vị chủ trì, phối hợp")."""
    words = " ".join(_words(" ".join(headings)))
    return "phối hợp" in words and "chủ trì" in words
