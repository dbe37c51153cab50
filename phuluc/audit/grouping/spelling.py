"""One spelling for words that are written in several: tone marks ("hoà", "hòa"), i and y ("quí", "quý")."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from normalize.text import key

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[/&.:-][\p{L}\p{M}\p{N}]+)*")
_JOINTS = regex.compile(r"[/.:-]")
_GLIDES = (
    "oa",
    "oe",
    "uy",
)  # the tone stands on the second letter in one spelling, on the first in the other
_I_FOR_Y = regex.compile(r"^(h|k|l|m|t|qu)([iìíỉĩị])$")
_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")


def syllables(text: str) -> list[str]:
    """Give the words of a text in one spelling, lower case, commas and brackets gone: "Hoà giải, CCHC" → 3 words."""
    return [spelt(part) for word in _WORD.findall(key(text)) for part in _parts(word)]


def _parts(word: str) -> list[str]:
    """Keep what holds a number ("30/ct-ttg", "9001:2015") or "&" whole, cut "nhiệm vụ/sản phẩm"."""
    if word.isalnum() or "&" in word or any(letter.isdigit() for letter in word):
        return [word]
    parts: list[str] = _JOINTS.split(word)
    return parts


@lru_cache(maxsize=65_536)
def spelt(word: str) -> str:
    """Give the spelling that stands for all spellings of a lower-case word."""
    i_for_y = _I_FOR_Y.match(word)
    if i_for_y:
        return f"{i_for_y[1]}{i_for_y[2].translate(_Y)}"
    return _tone_on_the_first(word) if word[-1:] in "àáảãạèéẻẽẹỳýỷỹỵ" else word


def _tone_on_the_first(word: str) -> str:
    """Move the tone of a final "oa", "oe", "uy" to its first letter, as underthesea writes: "hoà" → "hòa"."""
    letters = unicodedata.normalize("NFD", word)
    plain, tone = letters[:-1], letters[-1]
    if not plain.endswith(_GLIDES) or plain.startswith("qu"):
        return word
    return unicodedata.normalize("NFC", plain[:-1] + tone + plain[-1])
