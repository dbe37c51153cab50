"""Which words can be Vietnamese: a first consonant, a rhyme of the language, a tone that the rhyme allows."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files

import regex

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = regex.compile(r"(?:c|ch|p|t)$")
# The same sound has two spellings, by the vowel that follows: "ca" but "kê", "ga" but "ghế", "nga" but "nghe".
_MISSPELT = regex.compile(r"c[eêiy]|k[^eêiyh]|g[eê]|ng[eêiy]|n?gh[^eêi]|q[^u]")
_ONSET = regex.compile(r"ngh|ng|nh|kh|gh|gi|ch|ph|th|tr|qu|[bcdđghklmnprstvx]")


@cache
def is_syllable(word: str) -> bool:
    """Tell whether a word, in any case and tone placement ("hoà", "hòa"), is a possible syllable."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = [mark for mark in decomposed if mark in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    return not _MISSPELT.match(bare) and any(_is_rhyme(rhyme, tones) for rhyme in _rhymes_of(bare))


def _rhymes_of(bare: str) -> list[str]:
    """Give the ways to take a first consonant off: "gi" is one ("gia") or is g before i ("gì", "giết")."""
    onset = _ONSET.match(bare)
    if onset is None:
        return [bare]
    ways = [bare[onset.end() :]]
    if onset[0] in {"gi", "qu"}:
        ways.append(bare[1:])
    return ways


def _is_rhyme(rhyme: str, tones: list[str]) -> bool:
    if rhyme not in _rhymes():
        return False
    return not _STOPPED.search(rhyme) or tones in (["\u0301"], ["\u0323"])


@cache
def _rhymes() -> frozenset[str]:
    lines = (files("normalize") / "data" / "rhymes.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(rhyme for row in csv.DictReader(lines) for rhyme in row["rhymes"].split())
