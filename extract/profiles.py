"""What the cells of a column hold: dates, bodies, states, figures, work. Evidence where a heading is silent.

The patterns are `data/cell_words.csv`; they recognise a *kind of cell*, they never read its value.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from extract.labels import parse_label

if TYPE_CHECKING:
    from collections.abc import Sequence

CellKind: TypeAlias = Literal[
    "deadline", "unit", "abbreviation", "status", "clock", "verb", "number", "label"
]  # fmt: skip

_NUMBER = regex.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*(?:/\s*\d+)?\s*%?")
_MARKUP = regex.compile(r"^[\s\-–+*•]*(?:(?:[a-zđ]|\d{1,2})[.)]\s*)?")
_LONGEST_DEADLINE = 160
_LONGEST_STATUS = 60
_LONGEST_UNIT = 300
# A column is judged by so many of its cells, evenly taken.
_SAMPLE = 60


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    collected: dict[str, list[str]] = {}
    text = (files("extract") / "data" / "cell_words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        collected.setdefault(row["kind"], []).append(row["pattern"])
    return {
        kind: regex.compile("|".join(f"(?:{pattern})" for pattern in patterns), regex.IGNORECASE)
        for kind, patterns in collected.items()
    }


@lru_cache(maxsize=8192)
def kinds(text: str) -> frozenset[CellKind]:
    """Tell of which kinds a cell could be; several are possible, none is a promise of its value."""
    found: set[CellKind] = set()
    patterns = _patterns()
    words = _MARKUP.sub("", text, count=1)
    if parse_label(text):
        found.add("label")
    if _NUMBER.fullmatch(text):
        found.add("number")
    if patterns["clock"].fullmatch(text):
        found.add("clock")
    elif len(text) <= _LONGEST_DEADLINE and patterns["deadline"].search(text):
        found.add("deadline")
    if len(text) <= _LONGEST_UNIT and patterns["unit"].match(words):
        found.add("unit")
    if patterns["abbreviation"].fullmatch(words.rstrip(" .;,")):
        found.add("abbreviation")
    if len(text) <= _LONGEST_STATUS and patterns["status"].fullmatch(words):
        found.add("status")
    if patterns["verb"].match(words):
        found.add("verb")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Profile:
    """The filled cells of a column, of a long one a sample: their number, mean length, the share of each kind."""

    count: int
    length: float
    shares: dict[CellKind, float]

    def share(self, kind: CellKind) -> float:
        """Give the share of cells that could be of this kind; 0 for an empty column."""
        return self.shares.get(kind, 0.0)


def profile(cells: Sequence[str]) -> Profile:
    """Describe the cells of one column; empty cells do not count."""
    filled = [text for text in cells if text]
    if len(filled) > _SAMPLE:
        filled = filled[:: len(filled) // _SAMPLE + 1]
    counts: dict[CellKind, int] = {}
    for text in filled:
        for kind in kinds(text):
            counts[kind] = counts.get(kind, 0) + 1
    total = len(filled)
    return Profile(
        total,
        sum(map(len, filled)) / total if total else 0.0,
        {kind: count / total for kind, count in counts.items()},
    )
