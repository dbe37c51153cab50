"""The theme of a task or group: the contents of the programmes it belongs to, from its words and its section."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from phuluc.audit.grouping.lexicon import data_rows
from phuluc.audit.grouping.spelling import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phuluc.audit.grouping.parts import Part

SECTION_WEIGHT = 0.8  # the heading over a row, against 1 for a thing the row names


def theme_title(code: str, lang: str = "vi") -> str:
    """Give the heading of a theme for people."""
    return _themes()[code][lang]


def theme_codes() -> list[str]:
    """Give all themes, in the order they are shown in."""
    return list(_themes())


def theme_of(members: Iterable[tuple[Part, str | None]]) -> str | None:
    """Give the theme of parts with the titles of their sections; None where nothing tells."""
    votes: defaultdict[str, float] = defaultdict(float)
    for part, section in members:
        for term, weight in part.core.items():
            theme = _theme_of_term().get(term)
            if theme:
                votes[theme] += weight
        if section and (theme := section_theme(section)):
            votes[theme] += SECTION_WEIGHT
    order = theme_codes()
    return max(votes, key=lambda theme: (round(votes[theme], 6), -order.index(theme)), default=None)


@cache
def section_theme(title: str) -> str | None:
    """Give the theme a heading names, by its longest known words."""
    text = f" {' '.join(syllables(title))} "
    found = [(len(words), theme) for words, theme in _section_words() if f" {words} " in text]
    return max(found, key=lambda each: each[0])[1] if found else None


@cache
def _themes() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in data_rows("themes.csv")}


@cache
def _section_words() -> list[tuple[str, str]]:
    return [
        (" ".join(syllables(words)), code)
        for code, row in _themes().items()
        for words in row["section_words"].split("|")
    ]


@cache
def _theme_of_term() -> dict[str, str]:
    return {
        term: row["theme"]
        for row in data_rows("lexicon.csv")
        if row["theme"]
        for term in row["term"].split(" + ")
    }
