"""The abbreviations a document uses, and those it explains."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import regex

from normalize.organisations.vocabulary import phrase_abbreviations
from normalize.syllables import is_syllable
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CODE = r"\p{Lu}[\p{Lu}\d]*"
_SHORT = regex.compile(
    rf"(?<![\p{{L}}\d/&.\-])(?P<short>{_CODE}(?:(?:&|-|,(?=\p{{Lu}})){_CODE})*)(?![\p{{L}}\d/&\-]|,\p{{Lu}})"
)
_SYMBOL = regex.compile(r"\d+[a-zđ]?\s?[/\-]\s?\S*|/\s?\p{Lu}[\p{Lu}Đđ&]*-\S*")
_ROMAN = regex.compile(r"[IVXLC]+")
_BRACKETED = regex.compile(
    r"\(\s*(?:(?:sau đây\s+|dưới đây\s+)?(?:viết tắt|gọi tắt|gọi chung|gọi)\s*(?:là|:)?\s*)?"
    r"[\"“']?(?P<short>[\p{L}&,.\-\s]{2,25}?)[\"”']?\s*\)",
    regex.IGNORECASE,
)
_DEFINED = regex.compile(
    r"(?:viết tắt là|gọi tắt là|viết tắt:|gọi chung là)\s*[\"“']?(?P<short>\p{Lu}[\p{Lu}&,.\-]+)"
)
_GLOSSED = regex.compile(r"(?P<short>\p{Lu}[\p{Lu}&\-]+)\s*(?:\(|:\s|=\s)\s*(?P<long>\p{L}[\p{L}\s,]{5,80})")
_TWO_CAPITALS = regex.compile(r"\p{Lu}{2}|\p{Lu}&\p{Lu}")
_CAPITALS = 0.6


class Usage(NamedTuple):
    """An abbreviation where it is used: index of the text, offset in it."""

    short: str
    text: int
    offset: int


def usages(texts: Iterable[str]) -> Iterator[Usage]:
    """Give every use of an abbreviation, in order.

    A line in capitals has none that could be told from words; symbols of documents are no abbreviations.
    """
    for index, text in enumerate(texts):
        offset = 0
        for line in text.split("\n"):
            if _TWO_CAPITALS.search(line) and not _in_capitals(line):
                plain = _SYMBOL.sub(lambda match: " " * len(match[0]), line)
                for match in _SHORT.finditer(plain):
                    if not _is_word(match["short"], plain, match):
                        yield Usage(match["short"], index, offset + match.start())
            offset += len(line) + 1


def _in_capitals(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _CAPITALS * len(letters)


def _is_word(short: str, line: str, match: regex.Match[str]) -> bool:
    """Tell what is no abbreviation: a numeral, a single letter, a word in a run of capitals ("NỘI DUNG")."""
    letters = squeezed(short)
    if len(letters) < 2 or all(_ROMAN.fullmatch(part) for part in regex.split(r"[,&\-]", short)):
        return True
    beside = regex.search(r"\p{Lu}{2,}\s$", line[: match.start()]) or regex.match(
        r"\s\p{Lu}{2,}", line[match.end() :]
    )
    return bool(beside) and is_syllable(short.lower())


def explained(texts: Iterable[str]) -> set[str]:
    """Give the keys of the abbreviations that the texts explain: "cải cách hành chính (CCHC)", "viết tắt là …"."""
    found: set[str] = set()
    for text in texts:
        for match in _BRACKETED.finditer(text):
            found.add(squeezed(match["short"]))
            found.update(map(squeezed, regex.findall(r"\p{Lu}{2,}", match["short"])))  # "(PAR Index)"
        found.update(squeezed(match["short"]) for match in _DEFINED.finditer(text))
        found.update(
            squeezed(match["short"])
            for match in _GLOSSED.finditer(text)
            if _spells(squeezed(match["short"]), match["long"])
        )
    return found


def _spells(short: str, words: str) -> bool:
    """Tell whether words begin with the letters of an abbreviation: "PAPI: …" is a heading, "DVC: dịch vụ công" not."""
    initials = "".join(word[0] for word in key(words).split())
    return initials.startswith(short[:3])


def squeezed(short: str) -> str:
    """Give an abbreviation without marks: "CB,CC,VC" and "CBCCVC" are one."""
    return "".join(letter for letter in key(short) if letter.isalnum())


@cache
def written_out() -> tuple[dict[str, str], regex.Pattern[str]]:
    """Give usual abbreviations with their words, as keys, and a pattern that finds them in a key."""
    phrases = {key(short): key(phrase) for short, phrase in phrase_abbreviations().items()}
    phrases |= {key(row["abbreviation"]): key(row["words"]) for row in _rows() if ";" not in row["words"]}
    longest_first = sorted(phrases, key=len, reverse=True)
    return phrases, regex.compile(rf"\b(?:{'|'.join(map(regex.escape, longest_first))})\b")


@cache
def known_to_all() -> frozenset[str]:
    """Give the keys of abbreviations that need no explaining."""
    return frozenset(squeezed(row["abbreviation"]) for row in _rows() if row["known"] == "yes")


@cache
def _rows() -> list[dict[str, str]]:
    text = files("phuluc").joinpath("audit/data/known_abbreviations.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
