"""Bytes of a text file to Unicode: byte order marks, UTF-16 without one, UTF-8, Windows-1258."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = regex.compile(rb"[\xc3-\xc6\xe1\xe2][\x80-\xbf]+")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the codec it was read with, and how many bytes made no sense in it (now U+FFFD)."""

    text: str
    encoding: str
    bad: int = 0


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a text file. Never fails: what no codec reads becomes U+FFFD and is counted."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _counted(data if encoding != "utf-8" else data[len(mark) :], encoding)
    wide = _wide_codec(data[:_SAMPLE])
    if wide is not None:
        return _counted(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    # A few broken bytes in a UTF-8 file (cut, or patched by hand) must not turn all of it into cp1258.
    letters = sum(len(match) - 1 for match in _MULTIBYTE.findall(data[:_SAMPLE]))
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if letters > 4 * bad:
        return Decoded(text, "utf-8", bad)
    return Decoded(_single_byte(data), "cp1258")


def _counted(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide_codec(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its ASCII letters is NUL ("Unicode text" of old Excel)."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.2 * half and odd > 8 * even:
        return "utf-16-le"
    if even > 0.2 * half and even > 8 * odd:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    """Windows-1258, the code page of Vietnamese Windows; its holes are read as Latin-1 letters."""
    return "".join(
        part.decode("cp1258", errors="ignore") if index % 2 == 0 else part.decode("latin-1")
        for index, part in enumerate(regex.split(rb"([\x81\x8a\x8d-\x90\x9a\x9d\x9e])", data))
    )
