"""Words that recognition got wrong, put right where a dictionary of syllables leaves one answer."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import regex

from normalize.syllables import is_syllable

_WORD = regex.compile(r"^([^\p{L}\d|]*)([\p{L}\d|]+)([^\p{L}\d|]*)$")
_ODD_CAPITALS = regex.compile(r"\p{Lu}?\p{Ll}+\p{Lu}+\p{Ll}*")
_RUN_TOGETHER = regex.compile(r"(\p{Lu}?\p{Ll}+)(\p{Lu}\p{Ll}+|([IVX]+))[.,;:]*")  # "NhưĐiều", "QuýI"
_LOWER = regex.compile(r"\p{Ll}")


def repair(word: str) -> str | None:
    """Give the one syllable that was meant; None where the word is one, or more than one or none can be meant.

    Only words in small letters are looked at: "TTHC" is no syllable and is right.
    """
    if "ÐĐ" in word:  # "ÐĐVTT": the letter read twice
        return word.replace("ÐĐ", "Đ")
    two = _RUN_TOGETHER.fullmatch(word)
    if two and not two[1].isascii() and is_syllable(two[1]) and (two[3] or is_syllable(two[2])):
        return f"{two[1]} {word[len(two[1]) :]}"
    match = _WORD.match(word)
    if not match or not _LOWER.search(match[2]) or not any(letter.isalpha() for letter in match[2]):
        return None
    before, core, after = match.groups()
    odd = bool(_ODD_CAPITALS.fullmatch(core)) and is_syllable(core)
    if is_syllable(core) and not odd:
        return None
    meant = {core[0] + core[1:].lower()} if odd else set()
    for read, instead in _confusions():
        if read in core:
            meant.add(core.replace(read, instead))
    found = {candidate for candidate in meant if is_syllable(candidate)}
    return f"{before}{found.pop()}{after}" if len(found) == 1 else None


def repair_before(word: str, following: str) -> str | None:
    """Give what a word must be before the next: "Chỉ cục" is none, "Chi cục" is an office."""
    meant = _pairs().get((word.lower(), following.lower().rstrip(".,;:)")))
    if meant is None:
        return None
    return meant.upper() if word.isupper() else meant.capitalize() if word[0].isupper() else meant


@cache
def _pairs() -> dict[tuple[str, str], str]:
    return {(row["read"], row["next"]): row["meant"] for row in _rows("ocr_pairs.csv")}


@cache
def _confusions() -> tuple[tuple[str, str], ...]:
    return tuple((row["read"], row["meant"]) for row in _rows("ocr_confusions.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    lines = (files("extract") / "data" / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))
