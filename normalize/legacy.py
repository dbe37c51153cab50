"""Vietnamese before Unicode: TCVN3 (.VnTime), VNI-Windows (VNI-Times), VIQR; decided per font, then decoded.

The letters of these encodings are ordinary Latin-1 signs to every program: "Céng hoµ" is "Cộng hoà" in .VnTime.
Decode before anything tidies the text: TCVN3's ư *is* the soft hyphen (U+00AD), and compatibility forms (NFKC)
destroy ¼ ½ ¾ (ẳ ẵ ắ). Tables: data/tcvn3.csv, data/vni_windows.csv, each row with its source.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from normalize.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Encoding: TypeAlias = Literal["tcvn3", "vni", "viqr"]
LegacyKey: TypeAlias = tuple[
    Encoding | None, bool
]  # encoding, and whether small letters are drawn as capitals

FILLER = "\u2060"
_FONT_TCVN3 = regex.compile(r"(?:^|[+\s'\"])\.?vn(?!i[\s\-_])(?:times?|arial|avant|book|centur|cooper|courier|exotic|"
                            r"free|gothic|helv|india|kool|lincoln|linus|memo|monotype|mystical|palam|present|shelley|"
                            r"souther|stamp|teknical|univers|aristote|bahamas|blackh|bodoni|clarendon|commercial|"
                            r"fujiyama)", regex.IGNORECASE)  # fmt: skip
_FONT_VNI = regex.compile(r"(?:^|[+\s'\"])vni[\s\-_]?\p{L}", regex.IGNORECASE)
_FONT_CAPITALS = regex.compile(
    r"H(?:[,\-\s]?(?:Bold|Italic|Oblique|Regular)\w*|\d+)?$"
)  # ".VnTimeH", "VnTimeHBold"
_TOKEN = regex.compile(r"[^\s!-/:-@\[-`{-~–—…“”‘’]+")
_VIETNAMESE_BLOCK = regex.compile(r"[\u1ea0-\u1ef9]")
_NOT_ASCII = regex.compile(r"[^\x00-\x7f]")
# Signs that programs put where a Latin-1 letter stood: PDF text layers (minus, bullet operator, Greek mu),
# Windows-1258 read for Latin-1, symbol fonts at U+F0xx.
_RESTORED = {
    "\u2212": "\xad", "\u2219": "\xb7", "\u03bc": "\xb5", "\u0300": "\xcc", "\u0309": "\xd2", "\u0303": "\xde",
    "\u0301": "\xec", "\u0323": "\xf2", "Đ": "\xd0", "đ": "\xf0", "Ă": "\xc3", "ă": "\xe3", "Ơ": "\xd5",
    "ơ": "\xf5", "Ư": "\xdd", "ư": "\xfd", "₫": "\xfe",
    **{chr(0xF000 + code): chr(code) for code in range(0xA0, 0x100)},
}  # fmt: skip
_HATS = frozenset("âêôăÂÊÔĂ")
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "Ù": "\u0301", "Ø": "\u0300",
              "Û": "\u0309", "Õ": "\u0303", "Ï": "\u0323"}  # fmt: skip
_ONLY_BY_LETTER = frozenset("\u2212\u2219")
_ENOUGH_WORDS = 12
_MIN_SHARE = 0.75
_SUSPECT = regex.compile(r"[\ufffd?\ue000-\uf8ff]")
_ADDRESS = regex.compile(r"[/=@]")
# What stands for a letter: U+FFFD anywhere; "?" and private signs inside a word ("tr??ng", "TR??NG"), "?" before one
# ("?y ban"). Not the "?" of "chưa?Nếu", where a blank was forgotten, nor of an address ("tra-cuu?id=5").
_LOST = regex.compile(
    r"\ufffd|(?<=\p{L}[\ue000-\uf8ff?]*)[\ue000-\uf8ff](?=[\ue000-\uf8ff?]*\p{L})"
    r"|(?<=\p{L}\?*)\?(?=\?*\p{Ll})|(?<=\p{Lu}\?*)\?(?=\?*\p{Lu})|(?<![\p{L}\p{N}?.,!)]\?*)\?(?=\?*\p{Ll})"
)


@dataclass(frozen=True, slots=True)
class LegacyState:
    """What was decided for one document: the encoding of each font that has one."""

    fonts: Mapping[str | None, Encoding] = field(default_factory=dict)

    def key(self, font: str | None) -> LegacyKey:
        """Give what decides how text of a font is decoded: its encoding, and whether it draws capitals only."""
        encoding = self.fonts.get(font)
        return encoding, encoding == "tcvn3" and has_capitals_only(font)

    def decode(self, text: str, key: LegacyKey, filler: str = "") -> str:
        """Decode text of one `key`. Join neighbouring runs first: a letter may be cut in two ("giô" + "ø")."""
        encoding, capitals = key
        if encoding is None or not text:
            return text
        if encoding == "viqr":
            return decode_viqr(text)
        decoded = (
            _TOKEN.sub(lambda match: _word(match[0], encoding, filler), text)
            if _NOT_ASCII.search(text)
            else text
        )
        return decoded.upper() if capitals else decoded

    def decode_pieces(self, pieces: Sequence[str], key: LegacyKey) -> list[str]:
        """Decode pieces of one line with a view over their edges, each to a text of the same length.

        A PDF draws "Thñ t", "−", "íng" in three strokes: alone, the minus would be a minus. The room of a second
        sign ("oà" is one letter) is filled with U+2060, which `normalize.text.tidy` takes out.
        """
        if key[0] in {None, "viqr"}:
            return [self.decode(piece, key) for piece in pieces]
        decoded, out, start = self.decode("".join(pieces), key, filler=FILLER), [], 0
        for piece in pieces:
            out.append(decoded[start : start + len(piece)])
            start += len(piece)
        return out

    @property
    def label(self) -> Literal["tcvn3", "vni", "mixed"] | None:
        """What `documents.legacy_encoding` says."""
        found = set(self.fonts.values()) & {"tcvn3", "vni"}
        if not found:
            return None
        return "mixed" if len(found) > 1 else "tcvn3" if "tcvn3" in found else "vni"


@cache
def font_encoding(font: str | None) -> Encoding | None:
    """Give the encoding a font's name promises (".VnTimeH" -> tcvn3, "VNI-Times" -> vni)."""
    if not font:
        return None
    if _FONT_VNI.search(font):
        return "vni"
    return "tcvn3" if font.startswith(".Vn") or _FONT_TCVN3.search(font) else None


def has_capitals_only(font: str | None) -> bool:
    """Tell the TCVN3 fonts whose small letters are drawn as capitals: ".VnTimeH", ".VnArial NarrowH"."""
    return font_encoding(font) == "tcvn3" and bool(_FONT_CAPITALS.search(font or ""))


def decide(samples: Mapping[str | None, str]) -> LegacyState:
    """Decide the encoding of each font from all the text a document has in it.

    The name of a font is a promise, its text the proof: Unicode typed in a legacy font stays. A font without a
    telling name is decoded only when most of its marked words are syllables after decoding and few before.
    """
    fonts: dict[str | None, Encoding] = {}
    for font, text in samples.items():
        promised = font_encoding(font)
        proved = _proved(text)
        if promised and (proved == promised or (proved is None and not is_unicode(text))):
            fonts[font] = promised
        elif proved:
            fonts[font] = proved
    for encoding in sorted(set(fonts.values()) - {"viqr"}) if len(set(fonts.values())) == 1 else ():
        for font in samples.keys() - fonts.keys():
            if font_encoding(font) is None and _agrees(samples[font], encoding):
                fonts[font] = encoding
    return LegacyState(fonts)


def decode_text(text: str) -> tuple[str, LegacyState]:
    """Decode a text that knows no fonts (a plain file, a web page), if it is in a legacy encoding."""
    state = decide({None: text})
    return state.decode(text, state.key(None)), state


def decode_run(text: str, font: str | None, state: LegacyState) -> str:
    """Decode a stretch of text of one font; words that are Unicode already stay as they are."""
    return state.decode(text, state.key(font))


def decode_tcvn3(text: str) -> str:
    """Decode TCVN3 letter by letter."""
    return _restored(text).translate(_tcvn3())


def decode_vni(text: str, filler: str = "") -> str:
    """Decode VNI-Windows: a base letter and the sign of its mark; `filler` stands in the room of the mark."""
    table, pattern = _vni()
    return str(pattern.sub(lambda match: table[match[0]] + filler * (len(match[0]) - 1), _restored(text)))


def decode_viqr(text: str) -> str:
    """Decode VIQR (RFC 1456): "Vie^.t Nam" -> "Việt Nam"; a backslash keeps the next sign as it is."""
    return str(_VIQR.sub(_viqr_letter, text))


def damage(text: str) -> int:
    """Count the letters that an earlier conversion lost for good (U+FFFD, "?" inside a word)."""
    if not _SUSPECT.search(text):
        return 0
    return sum(len(_LOST.findall(word)) for word in text.split() if not _ADDRESS.search(word))


def _word(word: str, encoding: Encoding, filler: str) -> str:
    """Decode one word unless it is Unicode: it has letters of the Vietnamese block, or is right as it stands."""
    if _VIETNAMESE_BLOCK.search(word):
        return word
    decoded = decode_tcvn3(word) if encoding == "tcvn3" else decode_vni(word, filler)
    if decoded != word and not is_syllable(decoded.replace(FILLER, "")) and _is_marked_syllable(word):
        return word
    return decoded


def _restored(text: str) -> str:
    """Put back the Latin-1 letters that programs replaced by other signs."""
    if all(letter < "\u0100" for letter in text):
        return text
    out = []
    for index, letter in enumerate(text):
        if letter in _ONLY_BY_LETTER:
            beside = text[index - 1 : index] + text[index + 1 : index + 2]
            out.append(_RESTORED[letter] if any(map(_is_letter, beside)) else letter)
        else:
            out.append(_RESTORED.get(letter, letter))
    return "".join(out)


def _is_letter(letter: str) -> bool:
    return letter.isalpha() or letter in _ONLY_BY_LETTER or "\xa1" <= letter <= "\xff"


def _proved(text: str) -> Encoding | None:
    """Give the encoding in which the marked words of `text` are Vietnamese, if they are so in one alone."""
    if _plainly_unicode(text[:20_000]):
        return None  # most texts leave here
    words = _TOKEN.findall(text)
    marked = [word for word in words if _NOT_ASCII.search(word)]
    if len(marked) >= _ENOUGH_WORDS:
        marked = marked[:2000]
        shares: dict[Encoding, float] = {
            "tcvn3": _share(map(decode_tcvn3, marked), len(marked)),
            "vni": _share(map(decode_vni, marked), len(marked)),
        }
        best = max(shares, key=shares.__getitem__)
        raw = sum(map(_is_marked_syllable, marked)) / len(marked)
        return best if shares[best] >= _MIN_SHARE and raw < 0.6 * shares[best] else None
    return "viqr" if not marked and _is_viqr(words) else None


def _agrees(text: str, encoding: Encoding) -> bool:
    """Tell whether a few words are of the encoding that the rest of the document is in."""
    marked = [word for word in _TOKEN.findall(text) if _NOT_ASCII.search(word)]
    decode = decode_tcvn3 if encoding == "tcvn3" else decode_vni
    changed = [word for word in marked if len(word) > 1 and decode(word) != word]  # "£" alone proves nothing
    if len(changed) < 2 or any(_VIETNAMESE_BLOCK.search(word) for word in marked):
        return False
    return _share(map(decode, changed), len(changed)) >= _MIN_SHARE > _share(changed, len(changed)) + 0.25


def _is_viqr(words: list[str]) -> bool:
    """Tell VIQR: many words with signs for hats and tones, and nearly all of them syllables once decoded."""
    signed = [word for word in words if _VIQR_SIGNED.search(word)]
    if len(signed) < max(_ENOUGH_WORDS, 0.2 * len(words)):
        return False
    return sum(is_syllable(decode_viqr(word)) for word in signed) >= 0.9 * len(signed)


def _share(words: Iterable[str], count: int) -> float:
    return sum(is_syllable(unicodedata.normalize("NFC", word)) for word in words) / count


def _is_marked_syllable(word: str) -> bool:
    return bool(_NOT_ASCII.search(word)) and is_syllable(unicodedata.normalize("NFC", word))


def _plainly_unicode(sample: str) -> bool:
    """Tell Vietnamese in Unicode by its letters beyond Latin-1 (one letter in eight; cheap, never wrong)."""
    return len(_VIETNAMESE_BLOCK.findall(sample)) > 0.02 * len(sample)


def is_unicode(text: str) -> bool:
    """Tell text that needs no decoding: Vietnamese letters beyond Latin-1, or marked words right as they are."""
    if _plainly_unicode(text[:4000]):
        return True
    marked = [word for word in _TOKEN.findall(text[:100_000]) if _NOT_ASCII.search(word)]
    if not marked:
        return False
    unicode_words = sum(bool(_VIETNAMESE_BLOCK.search(word)) or _is_marked_syllable(word) for word in marked)
    return unicode_words > 0.5 * len(marked)


@cache
def _tcvn3() -> dict[int, str]:
    return {int(row["code"], 16): row["letter"] for row in _rows("tcvn3.csv")}


@cache
def _vni() -> tuple[dict[str, str], regex.Pattern[str]]:
    table = {row["written"]: row["letter"] for row in _rows("vni_windows.csv")}
    for written, letter in list(table.items()):
        if len(written) == 2 and written.islower():
            table.setdefault(written[0].upper() + written[1], letter.upper())  # "Uû ban": capital, small mark
        if letter in _HATS:  # "vieâïc": hat and tone as two signs, typed by hand
            for sign, tone in _VNI_TONES.items():
                table.setdefault(written + sign, unicodedata.normalize("NFC", letter + tone))
    longest = sorted(table, key=lambda written: (-len(written), written))
    return table, regex.compile("|".join(map(regex.escape, longest)))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("normalize") / "data" / name).read_text(encoding="utf-8").splitlines()))


# A vowel with a hat, breve or horn ("e^", "a(", "o+") and perhaps a tone, or a tone alone. A stop or a question
# mark is a tone only inside a text that goes on in small letters: "la.m", but "na(m 2021.".
_VIQR = regex.compile(
    r"""\\(.)
      | ([Dd])([Dd])
      | ([AEOUIYaeouiy])(?:([\^(+])(['`~]|[?.](?=[\p{L}]|\s+\p{Ll})|)|()(['`~](?!\w*['`])|[?.](?=\p{L}|\s+\p{Ll})))""",
    regex.VERBOSE,
)
_VIQR_SIGNED = regex.compile(r"[aeoAEO]\^|[aA]\(|[ouOU]\+|[dD]{2}")
_VIQR_MARKS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "'": "\u0301", "`": "\u0300", "?": "\u0309",
               "~": "\u0303", ".": "\u0323", "": ""}  # fmt: skip


def _viqr_letter(match: regex.Match[str]) -> str:
    if match[1]:
        return str(match[1])
    if match[2]:
        return "Đ" if match[2] == "D" else "đ"
    hat, tone = (match[5], match[6]) if match[5] else (match[7], match[8])
    return unicodedata.normalize("NFC", match[4] + _VIQR_MARKS[hat or ""] + _VIQR_MARKS[tone or ""])
