"""What a clause is about: its words with their weights, and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex

from normalize.syllables import is_syllable
from phuluc.audit.grouping.clauses import without_names
from phuluc.audit.grouping.lexicon import (
    WEIGHTS,
    abbreviations,
    data_rows,
    lexicon,
    preparatory,
    work_functions,
)
from phuluc.audit.grouping.spelling import syllables

if TYPE_CHECKING:
    from phuluc.audit.grouping.lexicon import Phrase

AFTER_A_JOINT = 0.4  # "… trên Trang thông tin điện tử": how, where, for whom
WORD = 0.6  # a word outside the lexicon, at most; times how rare it is
FURTHER_TERM = 0.4  # "khoán biên chế": autonomy first, staff and funds with it
SYLLABLE = 0.25  # ... of one syllable: often a piece of a word that was not known
_COLON = ":"
_CITED = regex.compile(r"\d.*/")
_THINGS = frozenset({"object", "broad", "field", "container"})


@dataclass(slots=True)
class Clause:
    """A clause as read.

    `main`, `aside`, `persons` and `far_persons` (places and ways too) are terms → weights; `aside` and `far_persons`
    stand after a joint. `things` are those before a joint, in order; "" stands for a first one that is broad.
    """

    functions: set[str] = field(default_factory=set)
    main: dict[str, float] = field(default_factory=dict)
    aside: dict[str, float] = field(default_factory=dict)
    persons: dict[str, float] = field(default_factory=dict)
    far_persons: dict[str, float] = field(default_factory=dict)
    cited: set[str] = field(default_factory=set)
    things: list[str] = field(default_factory=list)


@lru_cache(maxsize=32_768)
def read(text: str) -> Clause:
    """Read a clause; shared by callers, who do not change it."""
    words, breaks = _words_of(text)
    reader = _Reader()
    at = 0
    while at < len(words):
        match = lexicon().match(words, at)
        if at in breaks:
            reader.end_of_run()
        verb = words[at] in lexicon().single_verbs or (match is not None and match[0].kind == "verb")
        if at in breaks and (verb or (match is not None and match[0].kind == "work")):
            reader.another_verb(verb)
        if match is None:
            reader.word(words[at])
            at += 1
        else:
            reader.phrase(match[0])
            at += match[1]
    reader.end_of_run()
    return reader.clause


class _Reader:
    """Takes a clause in from left to right."""

    def __init__(self) -> None:
        self.clause = Clause()
        self._run: list[str] = []  # words of no known phrase
        self._joined = False  # whether a joint has come

    def word(self, word: str) -> None:
        """Take a word of no known phrase; numbers say nothing."""
        if word == _COLON:
            self.end_of_run()
            self._joined = True
        elif _CITED.search(word):
            self.clause.cited.add(word)
        elif word.isalpha():
            self._run.append(word)

    def another_verb(self, plain: bool) -> None:
        """Begin again after a comma: "… trên môi trường mạng, ký số văn bản", "Rà soát, cập nhật quy trình"."""
        self._joined = False
        if plain and not self.clause.main:
            self.clause.functions -= preparatory()

    def end_of_run(self) -> None:
        """Weigh the words of the run that ends."""
        for word in _words(" ".join(self._run)) if self._run else ():
            if word not in lexicon().single_stops:
                whole = " " in word or not is_syllable(word)  # "OCOP", "VietGAP" are names
                weight = (WORD if whole else SYLLABLE) * rarity().get(word, 1.0)
                self._add_main(word, weight)
        self._run = []

    def phrase(self, phrase: Phrase) -> None:
        """Take a known phrase."""
        self.end_of_run()
        clause = self.clause
        if phrase.kind == "about":
            self._joined = False
        elif phrase.kind == "joint":
            self._joined = self._joined or bool(clause.main or clause.functions)
        elif phrase.kind in ("work", "document"):
            # "Kế hoạch rà soát … phục vụ công tác kiểm tra": what follows a joint is not what is to be done;
            # "Áp dụng ISO 9001:2015, thực hiện đánh giá nội bộ": nor what comes after the thing.
            # "Báo cáo sơ kết Chương trình giảm nghèo": of two papers the first is made.
            if not self._joined and not clause.things:
                second_paper = phrase.kind == "document" and clause.functions - work_functions()
                clause.functions.update(() if second_paper else phrase.terms)
        elif phrase.kind in _THINGS:
            self._thing(phrase)
        elif phrase.kind in WEIGHTS:
            persons = clause.far_persons if self._joined else clause.persons
            for term in phrase.terms:
                persons[term] = WEIGHTS[phrase.kind]

    def _thing(self, phrase: Phrase) -> None:
        for nth, term in enumerate(phrase.terms):
            self._add_main(term, WEIGHTS[phrase.kind] * (FURTHER_TERM if nth else 1))
        own = phrase.kind == "object"
        if not self._joined and (own or not self.clause.things):
            self.clause.things.append(phrase.terms[0] if own else "")

    def _add_main(self, term: str, weight: float) -> None:
        terms = self.clause.aside if self._joined else self.clause.main
        terms[term] = max(terms.get(term, 0.0), weight)


@lru_cache(maxsize=65_536)
def _words(run: str) -> tuple[str, ...]:
    """Cut a run of syllables into words; runs repeat much more than clauses do."""
    if " " not in run:
        return (run,)
    from underthesea import word_tokenize  # noqa: PLC0415 - half a second to import

    return tuple(word_tokenize(run))


@cache
def rarity() -> dict[str, float]:
    """How much a word tells, 0 to 1, by how many clauses of official texts have it; unlisted words tell most."""
    return {row["word"]: float(row["rarity"]) for row in data_rows("rarity.csv")}


def _words_of(text: str) -> tuple[list[str], set[int]]:
    """Give the words of a clause, abbreviations written out, and before which of them a comma stands.

    The colon is kept as a word: a list of particulars follows it.
    """
    known, words, breaks = abbreviations(), list[str](), set[int]()
    for nth, piece in enumerate(without_names(text).split(":")):
        if nth:
            words.append(_COLON)
        for phrase in piece.split(","):
            breaks.add(len(words))
            words.extend(syllable for word in syllables(phrase) for syllable in known.get(word, (word,)))
    return words, breaks - {0}
