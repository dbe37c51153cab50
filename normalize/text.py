"""Text as it is kept and text as it is compared: tidying never changes a word, keys never reach the data."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_BLANKS = regex.compile(r"[^\S\n]+")
_AROUND_BREAK = regex.compile(r" *\n[\s]*")
_INVISIBLE = regex.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LOOK_ALIKES = str.maketrans(
    {
        "ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "ǎ": "ă", "Ǎ": "Ă",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "‘": "'", "’": "'", "“": '"', "”": '"',
    }
)  # fmt: skip


def tidy(text: str) -> str:
    """Give `text` as the data keeps it: NFC, runs of blanks folded, invisible marks gone, line breaks kept.

    Legacy fonts (TCVN3, VNI) must be decoded before: their letter ư is the soft hyphen that goes here.
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nearly every cell: nothing below would change it, in a tenth of the time
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _BLANKS.sub(" ", _CONTROL.sub("", _INVISIBLE.sub("", text)))
    kept: str = _AROUND_BREAK.sub("\n", text)
    return kept.strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Give the form under which two spellings of one wording are equal: folded case, look-alikes, blanks."""
    text = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES).casefold()
    return " ".join(text.split())


def bare_key(text: str) -> str:
    """Give `key(text)` without diacritics ("Đơn vị chủ trì" -> "don vi chu tri")."""
    decomposed = unicodedata.normalize("NFD", key(text).replace("đ", "d"))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
