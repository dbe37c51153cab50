"""Words put right by their neighbours: "đơn vỉ" and "Sản phấm" are not said, "đơn vị" and "Sản phẩm" are.

Marks over letters are what recognition gets wrong. A word that was never seen beside its neighbours becomes the
one word of the same letters that was (`data/syllable_pairs.csv`, counted by `bench/syllable_pairs.py`).
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from normalize.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = regex.compile(r"\p{L}+|[^\p{L}\s]+")
_CORE = regex.compile(r"^([^\p{L}]*)(\p{L}+)([^\p{L}]*)$")
_OPEN_END, _OPEN_START = regex.compile(r"\p{L}$"), regex.compile(r"^\p{L}")
_SURE = 0.92  # a known word read so surely is only touched where it would get a hook
_OFTEN, _WIDELY = 3, 2  # times seen, or documents seen in, that make a pair usual
_VERY_OFTEN = 3  # times seen, in more than one document, that outweigh what the engine is sure of
# "đẳng" is read for "đảng", and "giẳng", which is no word, for "giảng": the hook looks like a breve below a hook.
_BREVE_HOOK, _BARE_HOOK, _RATHER = "ẳ", "ả", 3
_SHORTEST, _MOST, _LONGEST = 5, 30, 7  # letters of words run together; of one syllable ("nghiêng")
_HOOK = "\u0309"  # the mark of "ả", the one recognition takes for another most often


class _Usage(NamedTuple):
    """How often pairs of syllables were seen, and each syllable of them, those of usual ones by their letters."""

    pairs: dict[tuple[str, str], int]
    syllables: dict[str, int]
    alike: dict[str, list[str]]

    def times(self, first: str, second: str) -> int:
        """Give how often two syllables were seen side by side."""
        return self.pairs.get((first, second), 0)


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
    certain = sure >= _SURE and here in usage.syllables
    left = _edge(before, last=True) if not front else ""
    right = _edge(after, last=False) if not back else ""
    if usage.times(left, here) or usage.times(here, right):
        return None
    least = _VERY_OFTEN if certain else _OFTEN
    votes = {
        other: (usage.times(left, other) >= least) + (usage.times(other, right) >= least)
        for other in usage.alike.get(_bare(here), ())
        if other != here and _mistakable(here, other) and (_HOOK in _marks(other) or not certain)
    }
    flat = here.replace(_BREVE_HOOK, _BARE_HOOK)
    if flat != here and usage.syllables.get(flat, 0) >= max(_RATHER * usage.syllables.get(here, 0), 1):
        return f"{front}{_cased(flat, core)}{back}"
    most = max(votes.values(), default=0)
    best = [other for other, count in votes.items() if count == most]
    if len(best) > 1:  # "ủy" and "uỷ" are one word: the one marked where the mark was read
        best = [other for other in best if _marked(other) == _marked(here)]
    return f"{front}{_cased(best[0], core)}{back}" if most and len(best) == 1 else None


def apart(word: str) -> str | None:
    """Give the words that were read as one ("ngânsáchcủa"), each seen beside the next; None where there is doubt."""
    match = _CORE.match(word)
    if not match or not _SHORTEST <= len(match[2]) <= _MOST or match[2].isascii() or is_syllable(match[2]):
        return None
    front, core, back = match.groups()
    ways = list(_ways(core.lower(), ""))
    if len(ways) != 1:
        return None
    ends = [sum(map(len, ways[0][:number])) for number in range(len(ways[0]) + 1)]
    return f"{front}{' '.join(core[a:b] for a, b in pairwise(ends))}{back}"


def _ways(letters: str, before: str) -> Iterator[list[str]]:
    """Give the ways to cut letters into words of which each was seen beside the next."""
    if not letters:
        yield []
        return
    for length in range(1, min(len(letters), _LONGEST) + 1):
        word = letters[:length]
        if not before and length == len(letters):
            continue
        if is_syllable(word) and (not before or _usage().times(before, word) >= _OFTEN):
            for rest in _ways(letters[length:], word):
                yield [word, *rest]


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


def _marks(word: str) -> list[str]:
    return [c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c)]


def _marked(word: str) -> list[bool]:
    """Tell which letters of a word bear marks."""
    return [len(unicodedata.normalize("NFD", letter)) > 1 for letter in word]


def _mistakable(read: str, other: str) -> bool:
    """Tell whether one mark was lost or taken for another, or a hook for two ("quản" as "quần")."""
    seen, instead = _marks(read), _marks(other)
    kept = sum((Counter(seen) & Counter(instead)).values())
    changed = max(len(seen), len(instead)) - kept
    return changed <= 1 or (_HOOK in instead and len(seen) >= len(instead) and changed == 2)


@cache
def _usage() -> _Usage:
    text = (files("extract") / "data" / "syllable_pairs.csv").read_text(encoding="utf-8")
    pairs: dict[tuple[str, str], int] = {}
    for first, second, count, documents, _ in list(csv.reader(text.splitlines()))[1:]:
        widely = int(documents) >= _WIDELY
        pairs[first, second] = max(int(count), _OFTEN) if widely else min(int(count), _VERY_OFTEN - 1)
    alike: dict[str, list[str]] = {}
    for word in sorted({word for pair, count in pairs.items() if count >= _OFTEN for word in pair}):
        alike.setdefault(_bare(word), []).append(word)
    syllables: dict[str, int] = {}
    for pair, times in pairs.items():
        for word in pair:
            syllables[word] = syllables.get(word, 0) + times
    return _Usage(pairs, syllables, alike)
