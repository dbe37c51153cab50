"""A cell as words: keys without diacritics, offsets into the raw text, and what stands between two words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from normalize.diacritics import bare
from normalize.organisations.vocabulary import syllables


class Gap:
    """What stands between a word and the one before it: bits of a plain int (an IntFlag halves the speed)."""

    NONE = 0
    BLANK = 1
    COMMA = 2
    DASH = 4
    SLASH = 8
    STOP = 16  # ". " behind a word, as at the end of a sentence
    AND = 32  # "và", "&", "+"
    OF = 64  # "của"
    COLON = 128
    HARD = 256  # ";", a new line, a bullet, "a)", "1."
    OPEN = 512
    CLOSE = 1024


SEPARATOR = (
    Gap.COMMA | Gap.DASH | Gap.SLASH | Gap.AND | Gap.STOP | Gap.COLON | Gap.HARD | Gap.OPEN | Gap.CLOSE
)
WALL = Gap.HARD | Gap.COLON | Gap.OPEN | Gap.CLOSE

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*")
_TAG = re.compile(r"<[^<>]{1,200}>")
_SLASHED = re.compile(r"\bđ/(?=v|c\b)", re.IGNORECASE)  # "đ/vị", "đ/v", "đ/c": one word
_SLASHED_WORDS = {"d/vi": "donvi", "d/v": "donvi", "d/c": "dongchi"}
_ENUMERATOR = re.compile(
    r"(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})\s?(?:[.)]|(?<=\d)/(?= ))(?=[\s\W]|[^\W\d_])"
)
_ITEM = re.compile(r"[1-9]\. +[^\W\d_]")  # "1. Sở Y tế 2. Sở Nội vụ" on one line
_ROMAN = re.compile(r"[IVX]{1,5}\.(?=\s)")
_LOOK_BACK = 20
_LINKS = {"và": Gap.AND, "của": Gap.OF}
_CAPITALS_THEN_WORD = re.compile(r"([A-ZĐƯ]{3,})([^\W\d_]{2,})$")
_DIGITS_BEHIND = re.compile(r"(?<=[^\W\d_]{2})(?=\d)")  # "UBND15 huyện", "quận1"
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one cell in order; all lists run in parallel.

    `squeezed` is every bare word run together without "và" and "của"; word `i` starts there at `offsets[i]`,
    and `offsets[count]` is its length. A name spelled "KH&CN", "KH-CN", "K.H.C.N" has one squeezed form.
    `shouted`, `whispered`: the cell has capitals only, or none at all.
    `mended` are the words whose spelling was put right. `gaps[i]` stands before word `i`;
    `gaps[count]` is what follows the last word.
    """

    raw: str
    words: tuple[str, ...]
    bares: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[int, ...]
    squeezed: str
    offsets: tuple[int, ...]
    mended: frozenset[int] = frozenset()
    shouted: bool = False
    whispered: bool = False

    @property
    def count(self) -> int:
        """How many words."""
        return len(self.words)

    def key(self, first: int, last: int) -> str:
        """Squeezed form of words `first` up to but not including `last`."""
        return self.squeezed[self.offsets[first] : self.offsets[last]]

    def text(self, first: int, last: int) -> str:
        """Raw text of words `first` up to but not including `last`."""
        return self.raw[self.starts[first] : self.ends[last - 1]]


@lru_cache(maxsize=8_192)
def squeeze(name: str) -> str:
    """Give the squeezed form of a name, as `Tokens.key` gives it for a stretch of a cell."""
    return "".join(bare(match[0]) for match in _WORD.finditer(name) if match[0].lower() not in {"và", "của"})


def tokenise(raw: str) -> Tokens:
    """Cut `raw` into words. Never fails; a text without letters gives no words."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[int] = []
    shown = _hidden(raw)
    pending = Gap.NONE
    previous_end = 0
    for match in _WORD.finditer(shown):
        start, end = match.span()
        gap = _gap(shown[previous_end:start], bool(words)) | pending
        pending = Gap.NONE
        word = match[0]
        lowered = word.lower()
        previous_end = end
        if lowered in {"và", "va", "vá"} and words:
            pending = gap | Gap.AND
            continue
        if lowered in {"của", "cua"} and words:
            pending = gap | Gap.OF
            continue
        for piece_start, piece_end in _pieces(word):
            piece = word[piece_start:piece_end].lower()
            if piece in _LINKS and words:  # "Sởvà các", "củaSở": a lost blank
                gap |= _LINKS[piece]
                continue
            words.append(raw[start + piece_start : start + piece_end])
            starts.append(start + piece_start)
            ends.append(start + piece_end)
            gaps.append(gap)
            gap = Gap.BLANK
        if gap & (Gap.AND | Gap.OF):  # the link was the last piece: it stands before the next word
            pending = gap
    gaps.append(_gap(shown[previous_end:], True) | pending)
    for index in range(1, len(words)):
        if gaps[index] == Gap.AND and words[index - 1].isupper() and words[index].isupper():
            gaps[index] = Gap.NONE  # "KH&CN" is one abbreviation, "Sở A & Sở B" two names
    bares = tuple(_SLASHED_WORDS.get(bare(word)) or bare(word) for word in words)
    offsets = [0]
    for word in bares:
        offsets.append(offsets[-1] + len(word))
    return Tokens(
        raw,
        tuple(words),
        bares,
        tuple(starts),
        tuple(ends),
        tuple(gaps),
        "".join(bares),
        tuple(offsets),
        shouted=raw.isupper(),
        whispered=raw.islower(),
    )


def _hidden(raw: str) -> str:
    """Blank out markup and enumerators ("a)", "1.") without moving an offset; they separate like ";"."""
    if "<" in raw:
        raw = _TAG.sub(lambda match: ";" * len(match[0]), raw)
    if "/" in raw:
        raw = _SLASHED.sub(lambda match: match[0][0] + "̀", raw)  # a mark instead of the slash: stays one word
    if ")" in raw or "." in raw or "/" in raw:
        raw = _without_enumerators(raw)
    return raw


def _without_enumerators(raw: str) -> str:
    out = list(raw)
    for pattern in (_ENUMERATOR, _ROMAN):
        for match in pattern.finditer(raw):
            start, end = match.span()
            before = raw[max(0, start - _LOOK_BACK) : start].rstrip(" -+*•(")
            at_start = start == 0 or raw[start - 1] in " \n\t;,(-+*•"
            # "Đề án 06." ends a sentence; "2. Phòng" opens an item: an item follows nothing, a mark or a blank
            opens = not before or before[-1] in ";,:\n." or match[0][-1] in ")/" or _ITEM.match(raw, start)
            if at_start and opens:
                out[start:end] = ";" * (end - start)
    return "".join(out)


def _gap(between: str, after_word: bool) -> int:  # noqa: PLR0912  one test per mark
    gap = Gap.NONE
    blank = False
    for character in between:
        if character in " \t\u00a0":
            gap |= Gap.BLANK
            blank = True
        elif character == ",":
            gap |= Gap.COMMA
        elif character in "-–—−‐‑":
            gap |= Gap.DASH
        elif character in "/\\":
            gap |= Gap.SLASH
        elif character in "&+":
            gap |= Gap.AND
        elif character in ";\n\r•●▪*·|→⇒✓":
            gap |= Gap.HARD
        elif character == ":":
            gap |= Gap.COLON
        elif character in "([{":
            gap |= Gap.OPEN
        elif character in ")]}":
            gap |= Gap.CLOSE
        elif character == "." and after_word:
            gap |= Gap.STOP
    if gap & Gap.STOP and not blank:
        gap &= ~Gap.STOP  # "P.KHTC", "TP.HCM", "K.H.C.N"
    if gap & Gap.DASH and not blank and not gap & (Gap.COMMA | Gap.HARD) and between.strip("-–—−‐‑") == "":
        return gap
    return gap


@lru_cache(maxsize=16_384)
def _pieces(word: str) -> tuple[tuple[int, int], ...]:
    """Undo lost blanks: "phòngSở" → "phòng", "Sở"; "đốccác" → "đốc", "các"; "ChN" and "TTg" stay whole."""
    cuts = [0]
    if not word.islower() and not word.isupper():
        for at in range(2, len(word) - 1):
            if not word[at].isupper():
                continue
            right = word[at:].lower()
            # "phòngSở", "SởKH", not "MobiFone"
            whole_left = word[at - 1].islower() and not _VOWELS.isdisjoint(bare(word[cuts[-1] : at]))
            lost = whole_left and (word[at:].isupper() or right in syllables() or not right.isascii())
            # "CNQuảng": capitals run into a word; "GDTrH", "SNgV" are one abbreviation
            run_in = word[:at].isupper() and at >= 2 and word[at + 1 :].islower() and len(word) - at >= 3
            if lost or run_in:
                cuts.append(at)
    if (joined := _CAPITALS_THEN_WORD.match(word)) and joined[2] in syllables():
        cuts.append(joined.end(1))  # "UBNDhuyện", "UBNDcác"
    cuts.extend(match.start() for match in _DIGITS_BEHIND.finditer(word) if match.start() not in cuts)
    cuts = [*sorted(cuts), len(word)]
    pieces: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        pieces.extend(_syllable_pieces(word, start, end))
    return tuple(pieces)


def _syllable_pieces(word: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = word[start:end].lower()
    if len(piece) < 4 or piece.isascii() or piece in syllables():
        return [(start, end)]
    for cut in range(2, len(piece) - 1):
        left, right = piece[:cut], piece[cut:]
        if (
            left in syllables()
            and right in syllables()
            and _VOWELS & set(bare(left))
            and _VOWELS & set(bare(right))
        ):
            return [(start, start + cut), (start + cut, end)]
    return [(start, end)]
