"""Words that are near each other by a syllable they share: "rác thải" and "rác", "hộ nghèo" and "cận nghèo"."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from phuluc.audit.grouping.lexicon import data_rows, lexicon, persons
from phuluc.audit.grouping.spelling import syllables

if TYPE_CHECKING:
    from collections.abc import Mapping

CREDIT = 0.5  # of the lighter word's weight
MANY_WORDS = 8  # a syllable of so many common words ("công", "hành") tells nothing of them


def near_words(left: Mapping[str, float], right: Mapping[str, float]) -> list[tuple[str, str, float]]:
    """Give pairs of a word of each side that share a telling syllable, each word once, with their credit.

    At least one of the two is a word outside the lexicon; what the lexicon knows it keeps apart, and persons are near
    nothing ("kỹ thuật viên", "viên chức").
    """
    pairs = [
        (CREDIT * min(weight, right[other]), word, other)
        for word, weight in left.items()
        for other in right
        if min(weight, right[other]) > 0
        and word not in persons()
        and other not in persons()
        and not (word in lexicon().terms and other in lexicon().terms)
        and near(word, other)
    ]
    # Closest first, ties by the words whatever side they are on, so that a pair scores the same either way round.
    pairs.sort(key=lambda pair: (-pair[0], sorted(pair[1:])))
    found: list[tuple[str, str, float]] = []
    taken_left, taken_right = set[str](), set[str]()
    for credit, word, other in pairs:
        if word not in taken_left and other not in taken_right:
            found.append((word, other, credit))
            taken_left.add(word)
            taken_right.add(other)
    return found


@lru_cache(maxsize=65_536)
def near(word: str, other: str) -> bool:
    """Tell whether two words share a syllable that tells something."""
    return not _telling(word).isdisjoint(_telling(other))


@lru_cache(maxsize=65_536)
def _telling(word: str) -> frozenset[str]:
    stops = lexicon().single_stops
    return frozenset(part for part in syllables(word) if part not in stops and part not in _common())


@cache
def _common() -> frozenset[str]:
    """Syllables of many of the words that official texts use."""
    counts = Counter(part for row in data_rows("rarity.csv") for part in set(row["word"].split()))
    return frozenset(part for part, count in counts.items() if count >= MANY_WORDS)
