"""Letters of symbol fonts (Symbol, Wingdings), which stand at U+F0xx, to the signs they show."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def symbol_text(text: str, font: str | None) -> str:
    """Replace each private letter by its sign; one that no table knows becomes a bullet."""
    return "".join(_sign(letter, font) for letter in text)


def plain_text(text: str) -> str:
    """Replace private letters that a typist or converter left in ordinary runs; nearly all are bullets."""
    return symbol_text(text, None) if any("\uf020" <= letter <= "\uf0ff" for letter in text) else text


def _sign(letter: str, font: str | None) -> str:
    code = ord(letter)
    private = 0xF020 <= code <= 0xF0FF
    family = (font or "").casefold()
    known = _table().get((family, code & 0xFF))
    if known and (private or family):
        return known
    if not private:
        return letter
    for other in ("symbol", "wingdings"):
        if sign := _table().get((other, code & 0xFF)):
            return sign
    return chr(code & 0xFF) if 0x20 <= code & 0xFF < 0x7F else "•"


@cache
def _table() -> dict[tuple[str, int], str]:
    lines = (files("extract") / "data" / "symbols.csv").read_text(encoding="utf-8").splitlines()
    return {(row["font"], int(row["code"], 16)): row["text"] for row in csv.DictReader(lines)}
