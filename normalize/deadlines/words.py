"""Canonical tokens of a cell, each with its place in the raw text: the offset map every later step relies on.

Nothing is rewritten in place. A token keeps the span of the raw characters it was read from, whatever stood
there: NFD letters, a misplaced tone ("trứơc"), OCR look-alikes ("Ill", "2O21"), lost blanks ("thángl2"), markup.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from normalize.deadlines.bnf import Lexer, compile_lexer
from normalize.deadlines.times import named_days

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = r"\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_TOKEN = re.compile(
    rf"""[^\S\n]*(?:
    (?P<word>(?![OoIlVX|]{{1,3}}[0-9|])(?:[^\W\d_][{_MARKS}]*)+)
  | (?P<number>(?<![^\W\d_])[OoIl|]*[0-9][0-9OoIl|]*(?![^\W_])|[0-9]+(?![IVl|]{{1,2}}(?![^\W_])))
  | (?P<roman>(?<![^\W_])[IVXivl1|]+(?![^\W_]))
  | (?P<digits>[0-9]+)
  | (?P<break>\n|<(?:br|/?p|/?li|/?tr|/?div|/?ul|/?ol)\b[^<>]*>)
  | (?P<markup></?[A-Za-z][^<>]*>|&(?:[A-Za-z]{{2,8}}|\#\w{{1,6}});|\*+|[{_MARKS}]+)
  | (?P<blank>…+|\.{{2,}}…*|_{{2,}})
  | (?P<sign>\S)
    )""",
    re.VERBOSE,
)
_SIGNS = str.maketrans(
    {
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "÷": "-", "~": "-", "→": "-",
        "\uf02d": "-", "⁄": "/", "∕": "/", "\\": "/", "，": ",", "；": ";", "：": ":",
        "（": "(", "）": ")", "[": "(", "]": ")",
    }
)  # fmt: skip
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DIGIT_SHAPES = str.maketrans("OoIl|", "00111")
_ROMAN_SHAPES = str.maketrans("l1|IV", "iiiiv")
_ROMAN = re.compile(r"(?:i{1,3}|iv|vi{0,3}|ix|x)\Z")
_QUARTER_LINKS = frozenset({",", "và", "-", "/", "&", "hoặc", "đến", "với", ".", "(", "+", "tới"})
_QUOTES = frozenset('"“”«»„')
_QUARTERS = frozenset({"quý", "q", "quy", "quỷ", "quỹ", "qui"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The canonical text (every token followed by a blank) and, token by token, where it came from."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    line_starts: frozenset[int]
    repaired: bool


@cache
def lexer() -> Lexer:
    """Read and compile the grammar of the lexemes, once."""
    text = resources.files("normalize.deadlines").joinpath("data/lexemes.grammar").read_text("utf-8")
    names = " | ".join(sorted(named_days(), key=len, reverse=True)).replace("-", "'-'")
    occasion = "( nhân | chào mừng | dịp | kỷ niệm | lễ | ngày )*"
    return compile_lexer(f"time.named = {occasion} name:( ( {names} ) Sexagenary? ) NamedTail\n{text}")


@cache
def _spellings() -> tuple[Mapping[str, str], Mapping[tuple[str, str], str]]:
    """Surface -> canonical, for spellings that hold anywhere and for those that hold before something."""
    always: dict[str, str] = {}
    before: dict[tuple[str, str], str] = {}
    for row in _rows("spellings.csv"):
        surface = row["surface"].lower()
        if row["when"]:
            before[surface, row["when"]] = row["canonical"]
        else:
            always[surface] = row["canonical"]
    return always, before


@cache
def _contextual() -> frozenset[str]:
    """Spellings that are mended only before something."""
    return frozenset(surface for surface, _ in _spellings()[1])


@cache
def _undecorated() -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
    """Word without marks -> (words that must follow, or none; canonical word), in the order of the file."""
    readings: dict[str, list[tuple[frozenset[str], str]]] = {}
    for row in _rows("undecorated.csv"):
        following = frozenset(row["next"].split("|")) if row["next"] else frozenset[str]()
        readings.setdefault(row["bare"], []).append((following, row["canonical"]))
    for word in sorted(lexer().words):
        bare = _bare(word)
        if bare not in readings:
            readings[bare] = [(frozenset(), word)]
    return {bare: tuple(options) for bare, options in readings.items()}


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("normalize.deadlines").joinpath(f"data/{name}").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _letters_and_marks(word: str) -> tuple[str, frozenset[str]]:
    """Split "trứơc" into ("truoc", {horn, acute}): equal for every placement of the tones."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d\u0335"))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters, frozenset(c for c in decomposed if unicodedata.combining(c))


def _bare(word: str) -> str:
    return _letters_and_marks(word)[0]


@cache
def _by_marks() -> Mapping[tuple[str, frozenset[str]], str]:
    always, _ = _spellings()
    aliases = {_letters_and_marks(surface): canonical for surface, canonical in always.items()}
    return aliases | {_letters_and_marks(word): word for word in sorted(lexer().words)}


@lru_cache(maxsize=1 << 16)
def _canonical(surface: str) -> tuple[str, ...]:
    """Give the canonical token or, where blanks were lost ("Trướcngày"), tokens of one surface word."""
    word = (
        _INVISIBLE.sub("", unicodedata.normalize("NFC", surface)).lower().replace("ð", "đ").replace("ǎ", "ă")
    )
    always, _ = _spellings()
    if word in always:
        return (always[word],)
    known = lexer().words
    if word in known:
        return (word,)
    if any(ord(c) > 127 for c in word):
        moved = _by_marks().get(_letters_and_marks(word))
        if moved:
            return (always.get(moved, moved),)
    if len(word) >= 4 and word.startswith(("quý", "quí", "qúy")):
        roman = word[3:].translate(_ROMAN_SHAPES)
        if _ROMAN.match(roman):
            return "quý", roman
    if word[0] == "q" and _ROMAN.match(word[1:]):
        return "q", word[1:]  # "QI/2022"
    pieces = _unglued(word) if len(word) >= 6 else ()
    return pieces or (word,)


def _unglued(word: str) -> tuple[str, ...]:
    """Cut a word without blanks into known words of three letters or more, or give nothing."""
    for cut in range(3, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        known_head = _known(head)
        if not known_head:
            continue
        known_tail = _known(tail)
        if known_tail:
            return known_head, known_tail
        rest = _unglued(tail) if len(tail) >= 6 else ()
        if rest:
            return known_head, *rest
    return ()


def _known(piece: str) -> str:
    always, _ = _spellings()
    if piece in always:
        return always[piece]
    if piece in lexer().words:
        return piece
    return _by_marks().get(_letters_and_marks(piece), "") if any(ord(c) > 127 for c in piece) else ""


def tokens(raw: str) -> Tokens:
    """Read `raw` into canonical tokens. Empty for a text of blanks and markup only."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    line_starts: set[int] = set()
    plain = raw.isascii()
    repaired = not plain and not unicodedata.is_normalized("NFC", raw)
    in_quarter = False
    for found in _TOKEN.finditer(raw):
        kind = found.lastgroup or "sign"
        surface, span = found[kind], found.span(kind)
        if kind == "break":
            line_starts.add(len(words))
        if (
            kind in {"break", "markup"}
            or surface in _QUOTES
            or (surface in "'’′" and words and words[-1].isdigit())
        ):
            continue  # the stroke is that of "16h30'"
        if kind == "word":
            fresh = _canonical(surface)
            if in_quarter and (roman := _roman(surface)):
                fresh, repaired = (roman,), repaired or roman != surface.lower()
        else:
            fresh = (
                _other(
                    kind, surface, bool(words) and words[-1] in _QUARTERS if surface.isdigit() else in_quarter
                ),
            )
            repaired = repaired or (kind in {"number", "roman"} and not surface.isdigit())
        words.extend(fresh)
        last = words[-1]
        if len(fresh) == 1:
            spans.append(span)
        else:
            repaired = True
            spans.extend(_pieces(fresh, span))
        if in_quarter:
            in_quarter = last in _QUARTER_LINKS or last.isdigit() or bool(_ROMAN.match(last))
        in_quarter = in_quarter or last in _QUARTERS
    if plain and words:
        words = _decorate(words)
        repaired = True
    _settle(words)
    text = " ".join(words) + " " if words else ""
    return Tokens(text, tuple(words), tuple(spans), frozenset(line_starts), repaired)


def _roman(surface: str) -> str:
    """Numeral that OCR shapes stand for ("Ill", "1V"), or nothing."""
    roman = surface.translate(_ROMAN_SHAPES).lower()
    return roman if _ROMAN.match(roman) else ""


def _other(kind: str, surface: str, in_quarter: bool) -> str:
    """Canonical token of a number, a numeral, a blank to be filled or a sign."""
    if kind == "sign":
        return surface.translate(_SIGNS)
    if kind == "blank":
        return "…"
    if surface.isdigit() and not (in_quarter and surface in {"11", "111"}):
        return surface
    return (_roman(surface) if in_quarter else "") or surface.translate(_DIGIT_SHAPES)


def _pieces(words: tuple[str, ...], span: tuple[int, int]) -> list[tuple[int, int]]:
    """Share the span of a word without blanks among the words it was cut into."""
    ends = [
        min(span[0] + sum(len(word) for word in words[: count + 1]), span[1])
        for count in range(len(words) - 1)
    ]
    return list(zip([span[0], *ends], [*ends, span[1]], strict=True))


def _decorate(words: list[str]) -> list[str]:
    """Give the marks back to a cell typed without any ("Truoc ngay 30/11"): context from undecorated.csv."""
    readings = _undecorated()
    decorated = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        choice = word
        for needed, canonical in readings.get(word, ()):
            if not needed or following in needed:
                choice = canonical
                break
        decorated.append(choice)
    return decorated


def _settle(words: list[str]) -> None:
    """Apply, in place, the spellings that hold only before a number, a quarter's numeral or "xuyên"."""
    _, before = _spellings()
    contexts = _contextual()
    if contexts.isdisjoint(words):
        return
    for at, word in enumerate(words):
        if word not in contexts:
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        if following == "." and at + 2 < len(words):
            following = words[at + 2]
        if (word, "quarter") in before and (_ROMAN.match(following) or following in {"1", "2", "3", "4"}):
            words[at] = before[word, "quarter"]
        elif (word, "number") in before and following.isdigit():
            words[at] = before[word, "number"]
        elif (word, "year") in before and following.isdigit() and len(following) == 4:
            words[at] = before[word, "year"]
        elif (word, following) in before:
            words[at] = before[word, following]
