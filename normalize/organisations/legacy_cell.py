"""A cell typed in a font of the 1990s: decoded for reading, while offsets stay in the raw cell."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_MARKED = re.compile(r"[^\x00-\x7f]")
_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.8


def decoded(text: str) -> tuple[str, Callable[[int], int]] | None:
    """Give the text in composed Unicode and the way back to raw offsets; None for one that is so already."""
    if not unicodedata.is_normalized("NFC", text):
        return unicodedata.normalize("NFC", text), _way_back(text, partial(unicodedata.normalize, "NFC"))
    if text.isascii() or _UNICODE.search(text):
        return None
    from normalize.legacy import decode_tcvn3, decode_vni  # noqa: PLC0415  only where a cell is not Unicode

    before = _share(text)
    best: tuple[float, Callable[[str], str]] | None = None
    decoders: tuple[Callable[[str], str], ...] = (decode_tcvn3, decode_vni)
    for decode in decoders:
        share = _share(decode(text))
        if share >= _ENOUGH and share > before and (best is None or share > best[0]):
            best = share, decode
    if best is None:
        return None
    return best[1](text), _way_back(text, best[1])


def _share(text: str) -> float:
    from normalize.syllables import is_syllable  # noqa: PLC0415  as above

    words = _LETTERS.findall(text)
    marked = [word for word in _CHUNK.findall(text) if _MARKED.search(word)]
    if not words or not marked:
        return 0.0
    return sum(
        all(is_syllable(part) for part in _LETTERS.findall(word)) and not _odd(word) for word in marked
    ) / len(marked)


@cache
def _odd_signs() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_][¡-¿×÷]|[¡-¿×÷][^\W\d_]")


def _odd(word: str) -> bool:
    """Signs inside a word ("Së Tµi chÝnh") are letters of another encoding."""
    return bool(_odd_signs().search(word))


def _way_back(text: str, decode: Callable[[str], str]) -> Callable[[int], int]:
    starts = [0, *(len(decode(text[:index])) for index in range(1, len(text) + 1))]

    def back(offset: int) -> int:
        """Raw offset at which `offset` letters of the decoded text are complete."""
        for raw, length in enumerate(starts):
            if length >= offset and (raw == len(text) or starts[raw + 1] > offset or length == offset == 0):
                return raw
        return len(text)

    return back
