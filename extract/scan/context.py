"""Words put right by their neighbours: "đơn vỉ" and "Sản phấm" are not said, "đơn vị" and "Sản phẩm" are.

Marks over letters are what recognition gets wrong. A word that was never seen beside its neighbours becomes the
one word of the same letters that was (`data/syllable_pairs.csv`, counted by `bench/syllable_pairs.py`).
"""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import regex

_WORD = regex.compile(r"\p{L}+|[^\p{L}\s]+")
_CORE = regex.compile(r"^([^\p{L}]*)(\p{L}+)([^\p{L}]*)$")
_OPEN_END, _OPEN_START = regex.compile(r"\p{L}$"), regex.compile(r"^\p{L}")
_SURE = 0.92  # a word read so surely is only touched if it is in none of the documents counted
_OFTEN, _WIDELY = 3, 2  # times seen, or documents seen in, that make a pair usual


class _Usage(NamedTuple):
    """All pairs of syllables seen, the usual ones of them, the syllables, these by their bare letters."""

    seen: frozenset[tuple[str, str]]
    usual: frozenset[tuple[str, str]]
    syllables: frozenset[str]
    alike: dict[str, list[str]]


def words_of(text: str) -> list[str]:
    """Give the words of a text, runs of signs between them as words of their own."""
    return [str(word) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def meant(before: str, word: str, after: str, sure: float) -> str | None:
    """Give the word that was meant between two others; None where it may stand, or where more than one may.

    `sure` is how sure the engine is of the word (0 to 1).
    """
    match = _CORE.match(word)
    if not match:
        return None
    front, core, back = match.groups()
    here, usage = core.lower(), _usage()
    if sure >= _SURE and here in usage.syllables:
        return None
    left = _edge(before, last=True) if not front else ""
    right = _edge(after, last=False) if not back else ""
    if (left, here) in usage.seen or (here, right) in usage.seen:
        return None
    votes = {
        other: ((left, other) in usage.usual) + ((other, right) in usage.usual)
        for other in usage.alike.get(_bare(here), ())
        if other != here
    }
    most = max(votes.values(), default=0)
    best = [other for other, count in votes.items() if count == most]
    return f"{front}{_cased(best[0], core)}{back}" if most and len(best) == 1 else None


def _edge(word: str, *, last: bool) -> str:
    """Give the letters of a neighbour, none where a sign parts it from the word."""
    words = words_of(word)
    if not words or not (_OPEN_END if last else _OPEN_START).search(word):
        return ""
    return words[-1 if last else 0].lower()


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[0].isupper() else word


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def _usage() -> _Usage:
    text = (files("extract") / "data" / "syllable_pairs.csv").read_text(encoding="utf-8")
    seen, usual = set(), set()
    for first, second, count, documents, _ in list(csv.reader(text.splitlines()))[1:]:
        seen.add((first, second))
        if int(count) >= _OFTEN or int(documents) >= _WIDELY:
            usual.add((first, second))
    alike: dict[str, list[str]] = {}
    for word in sorted({word for pair in usual for word in pair}):
        alike.setdefault(_bare(word), []).append(word)
    return _Usage(frozenset(seen), frozenset(usual), frozenset(word for pair in seen for word in pair), alike)
