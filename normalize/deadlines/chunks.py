"""Chunks of a cell: its lexemes with their values, and the words between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from normalize.deadlines.values import Captures, Value, value_of
from normalize.deadlines.words import Tokens, lexer

if TYPE_CHECKING:
    from collections.abc import Mapping


class Chunk(NamedTuple):
    """A lexeme or a word. `kind` is one letter (see KINDS), `first`..`last` are token indices, last exclusive."""

    kind: str
    rule: str
    value: Value
    first: int
    last: int


# Kinds: T time, N bare number, C comparator, R recurrence, W weekday, U bare unit, Q duration, A event follows,
# B reference, O continuous, H hour, ~ approximately, Z citation, E blank left open, ! blank template,
# & and/or, other signs as they stand, X any other word.
KINDS: Mapping[str, str] = {
    "blank": "!", "cite": "Z", "sign": "E", "rec": "R", "dur": "Q", "anchor": "A", "comp": "C", "hour": "H",
    "time": "T", "num": "N", "weekday": "W", "unit": "U", "cont": "O", "approx": "~", "ref": "B", "each": "R",
}  # fmt: skip
_SIGNS = frozenset(",;.:()-+*•!?")
_AND = frozenset({"và", "hoặc", "&", "cùng", "hay"})


def chunks(tokens: Tokens) -> list[Chunk]:
    """Cut the canonical text into chunks, left to right, the first lexeme that matches at each token."""
    found: list[Chunk] = []
    match, captures_of = lexer().match, lexer().captures
    text, words = tokens.text, tokens.words
    at, index, count = 0, 0, len(words)
    while index < count:
        word = words[index]
        if word in _SIGNS:
            found.append(Chunk(word, "sign", None, index, index + 1))
            at, index = at + len(word) + 1, index + 1
            continue
        lexeme = match(word, text, at)
        if lexeme is None or lexeme.lastgroup is None:
            kind = "&" if word in _AND else "/" if word == "/" else "X"
            found.append(Chunk(kind, "word", None, index, index + 1))
            at, index = at + len(word) + 1, index + 1
            continue
        rule = lexeme.lastgroup
        pieces: Captures = {}
        for name, group in captures_of[rule]:
            piece = lexeme[group]
            if piece is not None and name not in pieces:
                pieces[name] = piece.strip()
        length = lexeme.group().count(" ")
        kind = KINDS[rule.partition("_")[0]]
        found.append(Chunk(kind, rule, value_of(rule, pieces, lexeme.group()), index, index + length))
        at, index = lexeme.end(), index + length
    return found
