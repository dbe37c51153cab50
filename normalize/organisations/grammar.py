"""The grammar of a cell: heads begin names, separators split only before heads, groups and positions.

Reads left to right. At each word the longest known spelling wins (so a comma or "và" inside a name never
splits it); a head with unknown words behind it takes what follows up to the next beginning of a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from normalize.organisations.gazetteer import Alias, Gazetteer, groups, head_forms, numbers, positions, words
from normalize.organisations.tokens import SEPARATOR, WALL, Gap, Tokens
from normalize.organisations.vocabulary import heads, syllables, word_lists

if TYPE_CHECKING:
    from normalize.organisations.glossary import Glossary
    from normalize.organisations.scope import Standpoint
    from normalize.organisations.vocabulary import Group

_GROUP_WORDS = 14
_NAME_WORDS = 18
_LONGEST_NAME = 40  # words; keeps a cell of 100,000 characters linear
_PARTY_ENDINGS = frozenset({"uy", "doan"})
_LEVEL_STARTS = frozenset({"tinh", "thanh", "huyen", "thi", "quan"})
_SHORT = 4
_DIVIDERS = Gap.COMMA | Gap.SLASH | Gap.DASH | Gap.AND


@cache
def _quantifiers() -> frozenset[str]:
    return frozenset(word_lists()["quantifier"])


@cache
def _spelt_words(kind: str) -> frozenset[str]:
    return frozenset(word_lists()[kind])


@cache
def _lower_forms(head: str) -> frozenset[str]:
    return frozenset(form.lower() for form in heads()[head].forms)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a cell is read with: its words, the bodies, the document's names and point of view."""

    tokens: Tokens
    gazetteer: Gazetteer
    view: Standpoint
    glossary: Glossary | None
    known_beginnings: dict[tuple[int, int], bool] = field(default_factory=dict, compare=False, repr=False)

    # --- what can begin at a word -------------------------------------------------------------------

    def reach(self, first: int, limit: int) -> int:
        """Index behind the last word that a name from `first` may hold: names do not cross ";", ":", "("."""
        gaps = self.tokens.gaps
        limit = min(limit, first + _NAME_WORDS)
        last = min(first + 1, limit)
        while last < limit and not gaps[last] & WALL:
            last += 1
        return last

    def alias_at(self, first: int, limit: int, prefix: str = "") -> tuple[int, tuple[Alias, ...]]:
        """Longest known spelling from `first`; `prefix` is a head written once for several names."""
        tokens, known = self.tokens, self.gazetteer.aliases
        room = self.gazetteer.longest - len(prefix)
        for last in range(self.reach(first, limit), first, -1):
            if tokens.offsets[last] - tokens.offsets[first] > room:
                continue
            aliases = known.get(prefix + tokens.key(first, last))
            if aliases and self._ends_well(first, last, limit):
                if not prefix and not self._in_capitals(first, last):
                    aliases = tuple(alias for alias in aliases if not alias.capitals)
                if not all(alias.divisible for alias in aliases) and self._divided(first, last):
                    aliases = tuple(alias for alias in aliases if alias.divisible)
                if aliases:
                    return last, aliases
        return first, ()

    def _in_capitals(self, first: int, last: int) -> bool:
        """Read "TU" and "VP Sở" are abbreviations, "Tư" is a word."""
        words_here = self.tokens.words[first:last]
        if self.tokens.whispered:  # a cell without any capital: letters that are no word are letters
            return words_here[0] not in syllables()
        if len(words_here[0]) == 1 and words_here[0].isupper():
            return True
        return sum(letter.isupper() for word in words_here for letter in word) > 1

    def _divided(self, first: int, last: int) -> bool:
        """Tell a comma, slash, dash or "và" stands inside: "phòng, Thanh tra" is no "Phòng Thanh tra"."""
        return any(gap & _DIVIDERS for gap in self.tokens.gaps[first + 1 : last])

    def _ends_well(self, first: int, last: int, limit: int) -> bool:
        """Read "Thanh tra, Tỉnh ủy" is no "Thanh tra tỉnh"; "Công an" in "công an ninh" is no body."""
        bares = self.tokens.bares
        if (
            last < limit
            and bares[last] in _PARTY_ENDINGS
            and bares[last - 1] in _LEVEL_STARTS
            and last - 1 > first
        ):
            return bool(self.tokens.gaps[last] & SEPARATOR)
        return True

    def group_at(self, first: int, limit: int) -> tuple[int, Group | None]:
        """Longest group phrase from `first`."""
        known = groups()
        tokens = self.tokens
        # "UBND 9 huyện, thành phố": the number stands inside the phrase
        inner = first + 1 if first + 1 < limit and tokens.bares[first + 1].isdecimal() else 0
        for last in range(min(self.reach(first, limit), first + _GROUP_WORDS), first, -1):
            key = tokens.key(first, last)
            if 0 < inner < last:
                key = tokens.key(first, inner) + tokens.key(inner + 1, last)
            group = known.get(key)
            if group and last == first + 1 and not self._written_like(group.forms, first, last):
                continue
            if group and self._ends_well(first, last, limit):
                return last, group
        return first, None

    def head_at(self, first: int, limit: int) -> tuple[int, str | None]:
        """Longest head from `first`; an abbreviated head counts in capitals only, a full one with its marks."""
        tokens, known = self.tokens, head_forms()
        for last in range(min(self.reach(first, limit), first + 4), first, -1):
            found = known.get(tokens.key(first, last))
            if found is None:
                continue
            name, short = found
            if short and not self._in_capitals(first, last):
                continue
            if short or self._written_like(_lower_forms(name), first, last):
                return last, name
        return first, None

    def _written_like(self, forms: frozenset[str], first: int, last: int) -> bool:
        """Tell a word from its look-alikes: marks agree, or the word as written is none that names are made of.

        "Các phỏng" is a misread "Các phòng"; "Trưởng thôn" is no "Trường", "Môi trường" no "Mỗi trường".
        """
        if self.tokens.raw.isascii():
            return True
        written = " ".join(self.tokens.words[first:last]).lower()
        if written in forms:
            return True
        return any(
            len(form) == len(written)
            and all(
                mine == other or mine not in syllables()
                for mine, other in zip(written.split(), form.split(), strict=False)
            )
            for form in forms
        )

    def position_at(self, first: int, limit: int) -> tuple[int, str, bool]:
        """Longest position from `first`: index behind it, its label, whether the body's head completes it."""
        tokens, known = self.tokens, positions()
        for last in range(min(self.reach(first, limit), first + 6), first, -1):
            found = known.get(tokens.key(first, last))
            if found is not None:
                text = tokens.text(first, last)
                if len(tokens.key(first, last)) <= _SHORT and text not in found.forms:
                    continue
                return last, found.label, found.joins_head
        return first, "", False

    def quantifier_at(self, first: int, limit: int) -> tuple[int, int | None]:
        """Plural word or number from `first`: index behind it and the number, if one is given."""
        tokens = self.tokens
        for last in range(min(first + 3, limit), first, -1):
            key = tokens.key(first, last)
            if key in words("quantifier") and self._written_like(_quantifiers(), first, last):
                return self._more_quantifier(last, limit)
        word = tokens.bares[first]
        if word.isdecimal() and len(word) <= 3:
            return first + 1, int(word)
        if word in numbers() and first + 1 < limit and not tokens.gaps[first + 1] & SEPARATOR:
            following = self.head_at(first + 1, limit)[1] or self.group_at(first + 1, limit)[1]
            if following:
                return first + 1, numbers()[word]
        return first, None

    def _more_quantifier(self, first: int, limit: int) -> tuple[int, int | None]:
        """Take one more plural word or a number behind the first: "tất cả các", "các 2"."""
        if first < limit:
            bares = self.tokens.bares
            if bares[first].isdecimal():
                return first + 1, int(bares[first]) if len(bares[first]) <= 3 else None
            if bares[first] in words("quantifier") and self._written_like(_quantifiers(), first, first + 1):
                return first + 1, None
        return first, None

    def phrase_at(self, kind: str, first: int, limit: int) -> int:
        """Longest entry of a word list from `first`; the index behind it, or `first`."""
        known = words(kind)
        tokens = self.tokens
        for last in range(min(self.reach(first, limit), first + 5), first, -1):
            if tokens.key(first, last) in known and (
                last > first + 1 or self._written_like(_spelt_words(kind), first, last)
            ):
                return last
        return first

    def begins(self, at: int, limit: int) -> bool:
        """Tell whether a new item begins at `at`: a plural, position, group, known name or head."""
        found = self.known_beginnings.get((at, limit))
        if found is None:
            found = self.known_beginnings[(at, limit)] = self._begins(at, limit)
        return found

    def _begins(self, at: int, limit: int) -> bool:
        end, count = self.quantifier_at(at, limit)
        if end > at and count is None:
            return True
        # A number at the very end ("Phòng Nghiệp vụ 1") counts nothing.
        if at < end < limit and (self.head_at(end, limit)[1] or self.group_at(end, limit)[1]):
            return True
        if self.alias_at(at, limit)[1] or self.defined_at(at, limit)[1]:
            return True
        group_end, group = self.group_at(at, limit)
        if group is not None and not group.needs_plural and group_end > at:
            return True
        if self.position_at(at, limit)[0] > at:
            return True
        head_end, head = self.head_at(at, limit)
        return head is not None and (self.tokens.words[at][0].isupper() or head_end - at > 1 or head == "Sở")

    def defined_at(self, first: int, limit: int) -> tuple[int, str | None]:
        """Longest abbreviation from `first` that the document defines, with its full name."""
        if self.glossary is None:
            return first, None
        tokens = self.tokens
        for last in range(min(self.reach(first, limit), first + 8), first, -1):
            full = self.glossary.expansions.get(tokens.key(first, last))
            if full is not None and any(letter.isupper() for letter in tokens.text(first, last)):
                return last, full
        return first, None

    def name_end(self, first: int, limit: int) -> int:
        """Index behind a name of unknown words from `first`: up to a wall, or a separator before an item."""
        gaps = self.tokens.gaps
        last = first + 1
        limit = min(limit, first + _LONGEST_NAME)
        while last < limit and not gaps[last] & WALL:
            if gaps[last] & SEPARATOR and self.begins(last, limit):
                break
            last += 1
        return last
