"""Names that a document defines itself: "Tên đầy đủ (VIẾT TẮT)", "sau đây viết tắt là X", initials.

001 writes "Trung tâm XTTM" all over and never says what it means, but names the "Trung tâm Xúc tiến Thương
mại": capitals behind a head are looked up among the names that begin with the same head in the same document.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from normalize.organisations.gazetteer import head_forms, standard
from normalize.organisations.resolve import spelt
from normalize.organisations.tokens import squeeze
from normalize.organisations.vocabulary import heads, phrase_abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W_]+")
_DEFINED = re.compile(
    r"\(\s*(?:(?:sau đây|dưới đây|từ đây)?\s*(?:được\s+)?(?:viết tắt|gọi tắt|gọi chung|gọi|viết)\s*(?:tắt)?\s*"
    r"(?:là|:)?\s*)?[\"“']?(?P<short>[^\W\d_][\w&.\-]*(?: [\w&.\-]+){0,3})[\"”']?\s*\)"
)
_SAYS_SO = re.compile(r"viết tắt|gọi tắt|sau đây", re.IGNORECASE)
_SHORT = re.compile(r"[^\W\d_](?:[\w&.\-–]*[^\W\d_])?")
_MAX_WORDS = 16
_MIN_SHORT = 2
_COUNTED = frozenset({"Trung tâm", "Chi cục"})  # "2 Trung tâm" asks for their names


class Glossary:
    """What one document defines. Immutable; compared by identity, so it can key a cache.

    `expansions`: squeezed abbreviation, alone and behind its head → full name as the document writes it.
    """

    def __init__(self, expansions: Mapping[str, str] | None = None) -> None:
        self.expansions: Mapping[str, str] = MappingProxyType(dict(expansions or {}))

    def named(self, head: str) -> tuple[str, ...]:
        """Every full name with that head, each once, in the order of the document."""
        found = {squeeze(full): full for full in self.expansions.values() if full.startswith(head)}
        return tuple(found.values())

    def __bool__(self) -> bool:
        return bool(self.expansions)


def build_glossary(texts: Iterable[str]) -> Glossary:
    """Collect the organisation names that the texts of one document (paragraphs, cells) define.

    Definitions of other things ("cải cách hành chính (CCHC)") are left out: they are no bodies.
    """
    kept = [" ".join(text.split()) for text in texts if text and not text.isspace()]
    found: dict[str, str] = {}
    for text in kept:
        if "(" in text:
            _collect_definitions(text, found)
    _collect_initials(kept, found)
    return Glossary(found)


def _collect_definitions(text: str, found: dict[str, str]) -> None:
    for match in _DEFINED.finditer(text):
        short = match["short"]
        if sum(letter.isupper() for letter in short) < _MIN_SHORT and not _SAYS_SO.search(match[0]):
            continue
        full = _name_before(text[: match.start()], short)
        if full is None:
            continue
        _define(found, short, full)


def _define(found: dict[str, str], short: str, full: str) -> None:
    key = squeeze(short)
    if len(key) < _MIN_SHORT or key in head_forms():
        return
    if (
        key not in _common_words()
    ):  # "Sở Khoa học và Công nghệ (KH&CN)": the letters alone stay a field of work
        found.setdefault(key, full)
    head = _head_of(full)
    if head is not None:
        for form in heads()[head].forms:
            # "Trung tâm (XTTM)": the letters may or may not spell the head too
            found.setdefault(squeeze(form) + key, full)


@cache
def _common_words() -> frozenset[str]:
    return frozenset(map(squeeze, phrase_abbreviations()))


def _head_of(full: str) -> str | None:
    lowered = full.lower()
    fitting = [name for name in heads() if lowered.startswith(name.lower() + " ")]
    return max(fitting, key=len, default=None)


def _name_before(text: str, short: str) -> str | None:
    """Give the name that ends before "(": its words are spelt by the letters, and a head begins it."""
    words = list(_WORD.finditer(text))[-_MAX_WORDS:]
    letters = squeeze(short)
    for index in range(len(words) - 1, -1, -1):
        start = words[index].start()
        name = text[start:].strip(" ,;:-–")
        head = _head_of(name)
        if head is None or not name[0].isupper() or re.search(r"[;:()]|\. ", name):
            continue
        spelled = [squeeze(word) for word in _WORD.findall(name)]
        spelled = [word for word in spelled if word]
        behind_head = spelled[len(head.split()) :]
        if any(
            len(words_left) in set(spelt(letters, tuple(words_left))) for words_left in (spelled, behind_head)
        ):
            return name
    return None


def _collect_initials(texts: list[str], found: dict[str, str]) -> None:
    known = standard().aliases
    wanted: dict[tuple[str, str], None] = {}
    pattern = _heads_pattern()
    for text in texts:
        for match in pattern.finditer(text):
            short = _SHORT.match(text, match.end())
            if short is None or sum(letter.isupper() for letter in short[0]) < _MIN_SHORT:
                continue
            if any(letter.islower() for letter in short[0].replace("h", "").replace("g", "")):
                continue
            key = squeeze(match[1]) + squeeze(short[0])
            aliases = known.get(key, ())
            sure = len(aliases) == 1 and aliases[0].basis != "initials" and match[1] not in _COUNTED
            if key not in found and not sure:
                wanted[(match[1], short[0])] = None
    for head, letters in wanted:
        full = _spelled_out(head, squeeze(letters), texts)
        if full is not None:
            found.setdefault(squeeze(head) + squeeze(letters), full)
            if len(squeeze(letters)) > _MIN_SHORT and squeeze(letters) not in _common_words():
                found.setdefault(squeeze(letters), full)


def _heads_pattern() -> re.Pattern[str]:
    names = [name for name, head in heads().items() if head.classes]
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"\b({joined}) (?=[^\W\d_])")


def _spelled_out(head: str, letters: str, texts: list[str]) -> str | None:
    """Give the one full name in the document that begins with `head` and that the letters spell."""
    found: dict[str, str] = {}
    pattern = re.compile(rf"\b{re.escape(head)} ", re.IGNORECASE)
    for text in texts:
        for match in pattern.finditer(text):
            words = list(_WORD.finditer(text, match.end(), match.end() + 120))[:_MAX_WORDS]
            if not words or (words[0][0].isupper() and len(words[0][0]) > 1 and words[0][0][1:].isupper()):
                continue  # an abbreviation itself
            spelled = [(word, squeeze(word[0])) for word in words]
            counted = [(word, key) for word, key in spelled if key]
            for used in spelt(letters, tuple(key for _, key in counted)):
                if used < _MIN_SHORT or (used != len(letters) and used * 2 < len(letters)):
                    continue
                name = head + " " + text[match.end() : counted[used - 1][0].end()]
                if not re.search(r"[;:().]", name):
                    found.setdefault(squeeze(name), name)
                    break
    return next(iter(found.values())) if len(found) == 1 else None
