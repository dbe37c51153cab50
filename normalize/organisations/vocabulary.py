"""The word lists of organisation names, read once from `normalize/data` and indexed for the grammar."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LETTERS = re.compile(r"[^\W\d_]+")


def rows(name: str) -> list[dict[str, str]]:
    """Read `normalize/data/<name>` as a list of rows."""
    text = (files("normalize") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def syllables() -> frozenset[str]:
    """Every lower-case word that a known name is made of: what a run of letters may be cut into."""
    found: set[str] = set()
    for name, columns in (
        ("organisations.csv", ("canonical", "names")),
        ("organisation_groups.csv", ("phrases",)),
        ("organisation_positions.csv", ("forms",)),
        ("organisation_words.csv", ("words",)),
    ):
        for row in rows(name):
            for column in columns:
                found.update(_LETTERS.findall(row[column].lower()))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Head:
    """A word that begins a name ("Sở", "Chi cục"), its short forms, the open classes of unlisted names."""

    name: str
    forms: tuple[str, ...]
    internal: bool
    classes: dict[str, str]


@cache
def heads() -> dict[str, Head]:
    """Heads by name."""
    found: dict[str, Head] = {}
    for row in rows("organisation_heads.csv"):
        classes = {
            column.removesuffix("_class"): row[column]
            for column in row
            if column.endswith("_class") and column != "internal_class" and row[column]
        }
        found[row["head"]] = Head(
            row["head"], tuple(row["forms"].split("|")), row["internal_class"] == "yes", classes
        )
    return found


@dataclass(frozen=True, slots=True)
class Group:
    """A class of bodies ("sở, ban, ngành") and what it means in the papers of each kind of issuer.

    `forms` are its spellings in lower case: a short one must stand with its marks ("bản" is no "ban").
    """

    needs_plural: bool
    classes: dict[str, str]
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Position:
    """A person's office ("Chánh", "Giám đốc"); `joins_head`: its title is completed by the body's head.

    `forms` are its spellings: a short one ("GĐ") must stand as it is, "GD" is another word.
    """

    label: str
    joins_head: bool
    forms: frozenset[str]


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Give the word lists of `organisation_words.csv` by kind."""
    return {row["kind"]: tuple(row["words"].split("|")) for row in rows("organisation_words.csv")}


@cache
def phrase_abbreviations() -> dict[str, str]:
    """Abbreviation as written ("CCHC") → its words; only abbreviations with one meaning."""
    return {row["abbreviation"]: row["phrase"] for row in rows("phrase_abbreviations.csv")}
