"""Typing errors in single words: "Tài chíhn", "Đảng ủyy", mended only by the words that names put beside them.

A word is mended when it is no Vietnamese syllable, and one word of the known names, one slip away (a letter
lost, doubled, changed, or two swapped), follows the word before it or goes before the word after it. Places and
persons are syllables, so they stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from normalize.diacritics import bare
from normalize.organisations.tokens import SEPARATOR
from normalize.organisations.vocabulary import rows, syllables, word_lists
from normalize.places import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normalize.organisations.tokens import Tokens

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouy](?![aeiouy])")
_TONED = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LINKS = frozenset({"và", "của"})
_SHORTEST = 2


def mend(tokens: Tokens) -> Tokens:
    """Give the cell with its misspelt words mended; offsets and raw text stay."""
    broken = [index for index, word in enumerate(tokens.words) if _is_strange(word)]
    if not broken or tokens.whispered:
        return tokens
    broken = [index for index in broken if tokens.bares[index] not in place_words()]
    words = list(tokens.words)
    bares = list(tokens.bares)
    mended: set[int] = set()
    for index in broken:
        before = bares[index - 1] if index else ""
        after = bares[index + 1] if index + 1 < len(bares) else ""
        ends = bool(tokens.gaps[index + 1] & SEPARATOR) or index + 1 == len(bares)
        begins = bool(tokens.gaps[index] & SEPARATOR) or index == 0
        beside = (before, after, begins, ends)
        # A capital may begin a name of the highlands ("Đắk", "Krông"): then both neighbours must agree.
        sure = _is_broken(words[index]) and not words[index].istitle()
        found = _neighbour_word(bares[index], beside, both=not sure)
        if found is None:
            continue
        words[index] = found.upper() if words[index].isupper() else found
        if tokens.words[index][0].isupper() and not words[index][0].isupper():
            words[index] = found[0].upper() + found[1:]
        bares[index] = bare(found)
        mended.add(index)
    if not mended:
        return tokens
    offsets = [0]
    for word in bares:
        offsets.append(offsets[-1] + len(word))
    return replace(
        tokens,
        words=tuple(words),
        bares=tuple(bares),
        squeezed="".join(bares),
        offsets=tuple(offsets),
        mended=frozenset(mended),
    )


@lru_cache(maxsize=16_384)
def _is_strange(word: str) -> bool:
    """Tell a broken word, or one in small letters that no known name holds ("pòng": a syllable, but of nothing)."""
    return _is_broken(word) or (
        word.isalpha() and word.islower() and not word.isascii() and word not in syllables()
    )


@lru_cache(maxsize=16_384)
def _is_broken(word: str) -> bool:
    """Tell a word in small letters (or all capitals) that no Vietnamese syllable is spelt like."""
    if len(word) < _SHORTEST or not word.isalpha():
        return False
    if word.isupper() and not _TONED.search(unicodedata.normalize("NFD", word)):
        return False  # an abbreviation, or a word without its marks
    if any(letter.isupper() for letter in word[1:]) and not word.isupper():
        return False
    from normalize.syllables import is_syllable  # noqa: PLC0415  builds its tables at the first word

    if is_syllable(word.lower()):
        return False
    # "hoc" is "học" without its marks: a stopped syllable needs a tone
    return not (
        word.isascii() and is_syllable(_VOWEL.sub(lambda match: match[0] + "\u0301", word.lower(), count=1))
    )


@cache
def _beside() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Bare word → the words that names put behind it, and before it."""
    behind: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    plural = word_lists()["quantifier"][:1]
    for name in _names():
        words = _WORD.findall(name.lower())
        for first, second in pairwise(words):
            behind[bare(first)].add(second)
            before[bare(second)].add(first)
        if words:
            behind[plural[0]].add(words[0])
            behind["cac"].add(words[0])
            behind[""].add(words[0])
            before[""].add(words[-1])
    return (
        {word: frozenset(found) for word, found in behind.items()},
        {word: frozenset(found) for word, found in before.items()},
    )


def _names() -> Iterable[str]:
    for file, columns in (
        ("organisations.csv", ("canonical", "names")),
        ("organisation_groups.csv", ("phrases",)),
        ("organisation_positions.csv", ("forms",)),
        ("organisation_words.csv", ("words",)),
    ):
        for row in rows(file):
            for column in columns:
                for name in row[column].split("|"):
                    yield name
                    if "UBND" in name:
                        yield name.replace("UBND", "Ủy ban nhân dân")


@lru_cache(maxsize=8_192)
def _neighbour_word(word: str, beside: tuple[str, str, bool, bool], both: bool) -> str | None:
    """Give the one word a slip away from `word` that fits its neighbours: both of them, or (unless `both`) one.

    `beside`: the bare words before and after, and whether `word` may begin and end a name.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415  only misspelt words pay for the import

    behind, ahead = _beside()
    before, after, begins, ends = beside
    following = behind.get(before, frozenset()) | (behind[""] if begins else frozenset())
    leading = ahead.get(after, frozenset()) | (ahead[""] if ends else frozenset())
    for pool in (following & leading,) if both else (following & leading, following | leading):
        near = {
            known
            for known in pool - _LINKS
            if _VOWEL.search(bare(known)) and OSA.distance(word, bare(known), score_cutoff=1) <= 1
        }
        spelt = {bare(known) for known in near}
        if len(spelt) == 1:
            return min(near)
    return None
