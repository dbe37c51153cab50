"""Cells left in a legacy font's code (TCVN3, VNI) by a converter: "Tr­íc ngµy 30/11", "Quyù II/2020".

Documents are decoded as a whole before they reach this package; what is mended here is the stray cell. It is
read as legacy text only when that turns it into more time words than it had, so sound text is never touched.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODERN = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_SUSPECT = re.compile("[\u00a1-\u00ff]")
_FOREIGN = re.compile(
    "[\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1"
    "\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]|[aeouyôöAEOUYÔÖ][\u00c0-\u00dc\u00e0-\u00fc]"
)  # letters that Vietnamese has not, or a vowel with a mark of its own behind it ("naêm")
_TIME_WORD = re.compile(
    r"(?<!\w)(?:ngày|tháng|năm|quý|trước|hàng|hằng|tuần|thường|xuyên|cuối|đầu|đến|hết|chậm|nhất|trong|thời|hạn|theo"
    r"|kế|hoạch|kể|từ|sau|định|kỳ|giai|đoạn|cả|thứ|đột|xuất|muộn|không|quá|khi|yêu|cầu)(?!\w)"
)
_PDF_SUBSTITUTES = str.maketrans({"\u2212": "\u00ad", "\u2219": "\u00b7"})  # .VnTime in PDF text layers


@cache
def _table(name: str) -> Mapping[str, str]:
    lines = resources.files("normalize").joinpath(f"data/{name}.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    if name == "tcvn3":
        return {chr(int(row["code"], 16)): row["letter"] for row in rows}
    return {row["written"]: row["letter"] for row in rows}


def decode_residue(raw: str) -> tuple[str, tuple[int, ...]] | None:
    """Give (decoded text, raw offset of each of its characters and of its end), or None when `raw` is sound."""
    if raw.isascii() or _MODERN.search(raw) or not _SUSPECT.search(raw):
        return None
    best, score = None, len(_TIME_WORD.findall(raw.lower()))
    if score and not _FOREIGN.search(raw):
        return None  # "Quý I": its only marked letter is one that Latin-1 and Vietnamese share
    for name in ("tcvn3", "vni_windows"):
        text = raw.translate(_PDF_SUBSTITUTES) if name == "tcvn3" else raw
        decoded, offsets = _decode(text, _table(name))
        hits = len(_TIME_WORD.findall(decoded.lower()))
        if hits > score:
            best, score = (decoded, offsets), hits
    return best


def _decode(raw: str, table: Mapping[str, str]) -> tuple[str, tuple[int, ...]]:
    letters: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(raw):
        width = 2 if raw[at : at + 2] in table else 1
        offsets.append(at)
        letters.append(table.get(raw[at : at + width], raw[at]))
        at += width
    offsets.append(len(raw))
    return "".join(letters), tuple(offsets)
