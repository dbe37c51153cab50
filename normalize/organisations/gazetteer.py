"""The known bodies, and the index of every way to write them."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from normalize.organisations.tokens import squeeze
from normalize.organisations.vocabulary import (
    Group,
    Head,
    Position,
    heads,
    phrase_abbreviations,
    rows,
    word_lists,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from normalize.organisations.mention import Basis

_WORD = re.compile(r"[^\W_]+")
_LINKS = frozenset({"và", "của", "-"})
_LEVELS = {"tỉnh": "level_tinh", "huyện": "level_huyen", "xã": "level_xa"}
_OPEN_MARK = "*"
_TWO_LETTERS = frozenset({"tu", "cp", "qh", "vp"})
_FULL_DATE = 10  # "2025-06-30"


@dataclass(frozen=True, slots=True)
class Body:
    """One row of the gazetteer: a class of bodies. Dates are the days it existed, None = no limit known."""

    class_id: str
    kind: str
    level: str
    head: str
    canonical: str
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    parent: str = ""
    issuers: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    successor: str = ""
    source: str = ""

    def lived_on(self, day: datetime.date | None) -> bool:
        """Tell whether the class existed on `day`; an unknown day excludes nothing."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a body.

    `capitals`: as an abbreviation, it counts only in capitals ("TU", not "tu").
    `divisible`: the name has a comma, dash or "và" of its own, so that one in the text may be part of it.
    """

    body: Body
    basis: Basis
    capitals: bool = False
    level_word: str = ""
    divisible: bool = False


class Gazetteer:
    """Bodies with the index of their spellings. Immutable; compared by identity, so it can key a cache."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.bodies: tuple[Body, ...] = tuple(bodies)
        self.by_class: dict[str, Body] = {body.class_id: body for body in reversed(self.bodies)}
        self.by_head: dict[str, list[Body]] = defaultdict(list)
        found: dict[str, list[Alias]] = defaultdict(list)
        for body in self.bodies:
            if body.head:
                self.by_head[body.head].append(body)
            for key, alias in _aliases(body):
                known = found[key]
                if all(other.body is not body for other in known):
                    known.append(alias)
        self.aliases: Mapping[str, tuple[Alias, ...]] = {
            key: _strongest(value) for key, value in found.items()
        }
        self.longest = max(map(len, self.aliases), default=0)

    def with_bodies(self, bodies: Iterable[Body]) -> Gazetteer:
        """Give a gazetteer in which `bodies` come first: their spellings win over the ones known before."""
        own = tuple(bodies)
        merged = Gazetteer((*own, *self.bodies))
        own_keys: dict[str, list[Alias]] = defaultdict(list)
        for body in own:
            for key, alias in _aliases(body):
                if alias.basis != "initials":
                    own_keys[key].append(alias)
        merged.aliases = {**merged.aliases, **{key: tuple(value) for key, value in own_keys.items()}}
        return merged


@cache
def standard() -> Gazetteer:
    """Give the gazetteer that comes with the program (`normalize/data/organisations.csv`)."""
    return Gazetteer(body_of(row) for row in rows("organisations.csv"))


def body_of(row: Mapping[str, str]) -> Body:
    """Read one row; missing columns are empty. Raises ValueError for a date that is none."""

    def parts(column: str) -> tuple[str, ...]:
        return tuple(part for part in map(str.strip, row.get(column, "").split("|")) if part)

    canonical = row["canonical"].strip()
    return Body(
        class_id=row["class_id"].strip(),
        kind=row.get("kind") or "unit",
        level=row.get("level", ""),
        head=row.get("head") or head_of(canonical),
        canonical=canonical,
        names=parts("names"),
        abbreviations=parts("abbreviations"),
        misspellings=parts("misspellings"),
        parent=row.get("parent", ""),
        issuers=parts("issuers"),
        valid_from=_day(row.get("valid_from", "")),
        valid_to=_day(row.get("valid_to", "")),
        successor=row.get("successor", ""),
        source=row.get("source", ""),
    )


def head_of(name: str) -> str:
    """Give the head a name begins with ("Chi cục Kiểm lâm" → "Chi cục"), "" for none; the longest wins."""
    fitting = [head for head in heads() if name == head or name.startswith(head + " ")]
    return max(fitting, key=len, default="")


def _day(text: str) -> datetime.date | None:
    text = text.strip()
    return datetime.date.fromisoformat(text[:_FULL_DATE]) if text else None


def _aliases(body: Body) -> Iterable[tuple[str, Alias]]:
    if body.class_id.endswith(_OPEN_MARK) or (body.kind in {"group", "nonunit"} and not body.names):
        return
    head = heads().get(body.head)
    common = _common_words()
    whole = _is_divisible(body.canonical)
    for name in (body.canonical, *body.names, *body.misspellings):
        short = name.isupper() and " " not in name
        parted = whole or _is_divisible(name)
        for text, level_word in _level_variants(name):
            key = squeeze(text)
            yield key, Alias(body, "abbreviation" if short else "exact", short, level_word, parted)
            if head and text.startswith(body.head + " "):
                tail = squeeze(text[len(body.head) :])
                for form in _short_forms(head):
                    yield form + tail, Alias(body, "abbreviation", len(form) <= 3, level_word, parted)
    tail_words = _tail_words(body)
    initials = "".join(squeeze(word)[:1] for word in tail_words)
    for abbreviation in body.abbreviations:
        key = squeeze(abbreviation)
        if key not in common and key not in groups() and (len(key) > 2 or key in _TWO_LETTERS):
            yield key, Alias(body, "abbreviation", capitals=True, divisible=whole)
        if head:
            for form in _all_forms(head):
                yield form + key, Alias(body, "abbreviation", len(form) <= 3, divisible=whole)
    if head and len(initials) >= 2:
        for form in _all_forms(head):
            yield form + initials, Alias(body, "initials", len(form) <= 3, divisible=whole)


@cache
def _common_words() -> frozenset[str]:
    """Abbreviations of fields of work ("PTNT", "KHCN"): alone, they name no body."""
    return frozenset(map(squeeze, phrase_abbreviations()))


def _is_divisible(name: str) -> bool:
    return any(mark in name for mark in (",", "-", "&", "/", " và "))


def _tail_words(body: Body) -> list[str]:
    text = body.canonical.removeprefix(body.head)
    for level in _LEVELS:
        text = text.removesuffix(" " + level)
    return [word for word in _WORD.findall(text) if word.lower() not in _LINKS]


def _level_variants(name: str) -> Iterable[tuple[str, str]]:
    """Give `name` with each word of its level: "… tỉnh" is written "… thành phố" in a city."""
    yield name, name.rsplit(" ", 1)[-1].lower() if name.rsplit(" ", 1)[-1].lower() in _LEVELS else ""
    for level, words in _LEVELS.items():
        if name.endswith(" " + level) and not name.endswith(" cấp " + level):
            for word in word_lists()[words]:
                yield name[: -len(level)] + word, word


@cache
def _forms_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head = heads()[name]
    keys = tuple(dict.fromkeys(squeeze(form) for form in head.forms))
    return keys, keys[1:]


def _all_forms(head: Head) -> tuple[str, ...]:
    return _forms_of(head.name)[0]


def _short_forms(head: Head) -> tuple[str, ...]:
    return _forms_of(head.name)[1]


_STRENGTH = {"exact": 0, "glossary": 0, "abbreviation": 1, "initials": 2}


def _strongest(aliases: list[Alias]) -> tuple[Alias, ...]:
    """Keep what a spelling means by name; initials count only where no name or abbreviation is so written."""
    best = min(_STRENGTH[alias.basis] for alias in aliases)
    if best == 2:
        return tuple(aliases)
    return tuple(alias for alias in aliases if _STRENGTH[alias.basis] < 2)


@cache
def groups() -> dict[str, Group]:
    """Group phrases by squeezed form."""
    found: dict[str, Group] = {}
    for row in rows("organisation_groups.csv"):
        classes = {level: row[level] for level in ("so", "tinh", "huyen", "xa", "bo", "dang")}
        group = Group(row["plural_word"] == "yes", classes, frozenset(row["phrases"].lower().split("|")))
        for phrase in row["phrases"].split("|"):
            for written in _written_out(phrase):
                found.setdefault(squeeze(written), group)
    return found


def _written_out(phrase: str) -> Iterable[str]:
    """Give a phrase with its common abbreviations written out, and with the councils beside the committees."""
    yield phrase
    if phrase.startswith("UBND"):
        yield "HĐND " + phrase
        yield "Hội đồng nhân dân " + phrase.replace("UBND", "Ủy ban nhân dân")
    if "UBND" in phrase or "HĐND" in phrase:
        yield phrase.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân")


@cache
def positions() -> dict[str, Position]:
    """Position words by squeezed form."""
    return {
        squeeze(form): Position(row["label"], row["holds"] == "head", frozenset(row["forms"].split("|")))
        for row in rows("organisation_positions.csv")
        for form in row["forms"].split("|")
    }


@cache
def head_forms() -> dict[str, tuple[str, bool]]:
    """Squeezed form of a head → its name, and whether the form is an abbreviation (counts in capitals)."""
    found: dict[str, tuple[str, bool]] = {}
    for head in heads().values():
        for form in head.forms:
            found.setdefault(squeeze(form), (head.name, form.rstrip(".").isupper() or "." in form))
    return found


@cache
def words(kind: str) -> frozenset[str]:
    """Give the squeezed forms of one word list."""
    return frozenset(squeeze(word.split("=")[0]) for word in word_lists()[kind])


@cache
def numbers() -> dict[str, int]:
    """Squeezed number words."""
    return {squeeze(word): int(value) for word, value in (item.split("=") for item in word_lists()["number"])}
