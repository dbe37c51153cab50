"""The words of the field: which phrases mean one thing, which say what is done, which say nothing.

`data/lexicon.csv` (things), `data/functions.csv` (what is done), `data/joints.csv` (words after which a sentence says
only how, where, for whom). Phrases are matched as runs of syllables without commas, the longest first.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from normalize.organisations.vocabulary import phrase_abbreviations
from normalize.organisations.vocabulary import rows as normal_rows
from phuluc.audit.grouping.spelling import syllables

# What a phrase of each kind counts for. A field ("cải cách hành chính") names the plan rather than the row; who, where
# and how often tell rows of one plan apart only a little.
WEIGHTS = {
    "object": 1.0,
    "broad": 0.7,
    "field": 0.7,
    "container": 0.4,
    "level": 0.35,
    "person": 0.12,
    "place": 0.12,
    "way": 0.05,
    "work": 0.5,
    "document": 0.15,
}
_BESIDE = ("person", "place", "way", "level")


class Phrase(NamedTuple):
    """What a run of syllables means."""

    kind: str  # a key of WEIGHTS, "stop" or "joint"
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their syllables."""

    phrases: dict[tuple[str, ...], Phrase]
    single_stops: frozenset[str]  # dropped where they are words of their own: "pháp" of "pháp luật" is none
    single_verbs: frozenset[str]
    terms: frozenset[str]  # the things, persons and places it knows
    begins: dict[str, int]  # first syllable → most syllables of a phrase that begins with it

    def match(self, words: list[str], at: int) -> tuple[Phrase, int] | None:
        """Give the longest phrase that begins at `at`, and its length in syllables."""
        most = self.begins.get(words[at], 0)
        for length in range(min(most, len(words) - at), 0, -1):
            phrase = self.phrases.get(tuple(words[at : at + length]))
            if phrase is not None:
                return phrase, length
        return None


def data_rows(name: str) -> list[dict[str, str]]:
    """Read a file of `data/`."""
    text = (files("phuluc.audit.grouping") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def lexicon() -> Lexicon:
    """Read the data once; organisations and places are stop phrases: they tell bodies apart, not work."""
    phrases: dict[tuple[str, ...], Phrase] = {}

    def add(forms: str, phrase: Phrase) -> None:
        for form in forms.split("|"):
            if form:
                phrases[tuple(syllables(form))] = phrase

    stop = Phrase("stop", ())
    for row in normal_rows("organisations.csv"):
        add("|".join((row["canonical"], row["names"])), stop)
    for row in normal_rows("organisation_groups.csv"):
        add(row["phrases"], stop)
    for row in normal_rows("provinces.csv"):
        add("|".join((row["name"], row["short"])), stop)
    for row in data_rows("lexicon.csv"):
        terms = tuple(row["term"].split(" + ")) if row["kind"] in WEIGHTS else ()
        add(row["forms"], Phrase(row["kind"], terms))
    for row in data_rows("functions.csv"):
        add(row["forms"], Phrase(row["rank"], (row["code"],)))
    for row in data_rows("joints.csv"):
        add(row["form"], Phrase(row["kind"], ()))
    single = frozenset(
        words[0] for words, phrase in phrases.items() if len(words) == 1 and phrase.kind in ("stop", "verb")
    )
    verbs = frozenset(word for word in single if phrases[(word,)].kind == "verb")
    for word in single:
        del phrases[(word,)]
    things = frozenset(term for phrase in phrases.values() for term in phrase.terms)
    begins: dict[str, int] = {}
    for phrase in phrases:
        begins[phrase[0]] = max(begins.get(phrase[0], 0), len(phrase))
    return Lexicon(phrases, single, verbs, things, begins)


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Abbreviations of the field → their syllables; two letters are too few to be sure of."""
    own = {row["abbreviation"]: row["phrase"] for row in data_rows("abbreviations.csv")}
    return {
        short.lower(): tuple(syllables(phrase))
        for short, phrase in (phrase_abbreviations() | own).items()
        if len(short) > 2 and short.isalpha()
    }


@cache
def preparatory() -> frozenset[str]:
    """Functions that before another verb are only its first step: "Rà soát, kiện toàn", "Khảo sát, khắc phục"."""
    return frozenset(row["code"] for row in data_rows("functions.csv") if row["preparatory"])


@cache
def work_functions() -> frozenset[str]:
    """Codes of functions that are work of their own; plans and reports are papers about work."""
    return frozenset(row["code"] for row in data_rows("functions.csv") if row["rank"] == "work")


@cache
def fields() -> frozenset[str]:
    """Terms that name the field of a whole plan."""
    return frozenset(row["term"] for row in data_rows("lexicon.csv") if row["kind"] == "field")


@cache
def broad() -> frozenset[str]:
    """Terms that alone do not make two rows the same work: fields, broad things, persons, places."""
    return frozenset(
        row["term"] for row in data_rows("lexicon.csv") if row["kind"] not in ("object", "container")
    )


@cache
def people() -> frozenset[str]:
    """Terms for persons: where no thing is named they are what something is done to."""
    return frozenset(row["term"] for row in data_rows("lexicon.csv") if row["kind"] == "person")


@cache
def persons() -> frozenset[str]:
    """Terms for persons, places and ways."""
    return frozenset(row["term"] for row in data_rows("lexicon.csv") if row["kind"] in _BESIDE)
