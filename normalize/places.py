"""Provinces of both eras: 63 until 30 June 2025, 34 from 1 July 2025; names as people write them.

Codes are the official two-digit ones. A code is nothing without its era: seven codes of the old list name
another province in the new one (24 was Bắc Giang and is Bắc Ninh).
"""

from __future__ import annotations

import csv
import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias

from normalize.diacritics import bare

Era: TypeAlias = Literal["63", "34"]

REFORM = datetime.date(2025, 7, 1)

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_WORDS = re.compile(r"[a-z0-9]+")
_DOTTED = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{2}")
_MARKS = frozenset({"tinh", "thanh", "pho", "tp"})
_SHORTEST = 3
_HOST = re.compile(r"(?:[\w-]+\.)+(?:gov|dcs|edu|org|com)?\.?vn\b", re.IGNORECASE)
_MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Province:
    """One province in one era: code (two digits), full name, short name, kind, code in the list of 34."""

    era: Era
    code: str
    name: str
    short: str
    is_city: bool
    code_34: str


@dataclass(frozen=True, slots=True)
class District:
    """A district that existed until 30 June 2025, with its province's code of the 63 era."""

    kind: str
    name: str
    province_code: str


@dataclass(frozen=True, slots=True)
class _Row:
    province: Province
    keys: tuple[str, ...]
    dotted: frozenset[str]  # "K.Hòa": the letters alone are a word ("khoa"), the dot makes the name
    slugs: tuple[str, ...]
    valid_from: datetime.date | None
    valid_to: datetime.date | None


def era_of(day: datetime.date | None) -> Era | None:
    """Give the era of a day; None for an unknown day."""
    if day is None:
        return None
    return "34" if day >= REFORM else "63"


@cache
def _rows() -> tuple[_Row, ...]:
    text = (files("normalize") / "data" / "provinces.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(text.splitlines()):
        names = (row["name"], row["short"], *filter(None, row["names"].split("|")))
        province = Province(
            "34" if row["era"] == "34" else "63", row["code"], row["name"], row["short"],
            row["kind"] == "city", row["code_34"],
        )  # fmt: skip
        keys = tuple(dict.fromkeys(_squeeze(name) for name in names))
        dotted = frozenset(_squeeze(name) for name in names if _DOTTED.match(name))
        slugs = tuple(row["slugs"].split("|"))
        found.append(_Row(province, keys, dotted, slugs, _day(row["valid_from"]), _day(row["valid_to"])))
    return tuple(found)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _squeeze(text: str) -> str:
    return _NOT_LETTERS.sub("", bare(text))


@cache
def _by_key() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for row in _rows():
        for key in row.keys:
            found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _by_slug() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for row in _rows():
        for slug in row.slugs:
            found.setdefault(slug, []).append(row)
    return {slug: tuple(rows) for slug, rows in found.items()}


def provinces(era: Era) -> tuple[Province, ...]:
    """All provinces of an era by code (63: the names of its last day)."""
    last = datetime.date(2025, 6, 30)
    return tuple(
        row.province for row in _rows() if row.province.era == era and (era == "34" or _lives(row, last))
    )


def _lives(row: _Row, day: datetime.date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def _choose(rows: tuple[_Row, ...], day: datetime.date | None) -> Province | None:
    """One province or none: a name of two provinces ("H.Giang") names neither.

    A name of the other era stands for the province it then was: a paper of August 2025 that writes
    "tỉnh Bình Định" means the old province. Without a day the old list goes first.
    """
    living = [row for row in rows if day is not None and _lives(row, day)]
    pool = living or [row for row in rows if row.province.era == "63"] or list(rows)
    codes = {(row.province.era, row.province.code) for row in pool}
    if len(codes) != 1:
        return None
    return pool[-1].province if day is None else pool[0].province


def province_named(name: str, day: datetime.date | None = None) -> Province | None:
    """Find the province of a bare name as people write it ("TP.HCM", "BR-VT", "Đắc Lắc"); None if unclear."""
    key = _squeeze(name)
    table = _by_key()
    for prefix in ("", "tinh", "thanhpho", "tp"):
        rows = table.get(key[len(prefix) :], ()) if key.startswith(prefix) else ()
        if "." not in name:
            rows = tuple(row for row in rows if key[len(prefix) :] not in row.dotted)
        if rows:
            return _choose(rows, day)
    return None


@lru_cache(maxsize=4_096)
def find_province(text: str, day: datetime.date | None = None) -> Province | None:
    """Find the one province that a stretch of text names; None when it names none or several.

    A name behind "tỉnh" or "thành phố" wins over the others ("Sở X tỉnh Y, gửi Hà Nội"); short forms
    ("BR-VT") count too, but bare two-letter ones never.
    """
    whole = province_named(text, day)
    if whole is not None:
        return whole
    words = _WORDS.findall(bare(text))
    strong: list[Province] = []
    weak: list[Province] = []
    index = 0
    while index < len(words):
        found, used = _longest(words, index, day)
        if found is not None:
            marked = words[index] in _MARKS or (index > 0 and words[index - 1] in _MARKS)
            (strong if marked else weak).append(found)
        index += used or 1
    for pool in (strong, weak):
        if pool:
            return pool[0] if len({(item.era, item.code) for item in pool}) == 1 else None
    return None


def _longest(words: list[str], index: int, day: datetime.date | None) -> tuple[Province | None, int]:
    table = _by_key()
    for size in range(min(_MAX_WORDS, len(words) - index), 0, -1):
        key = "".join(words[index : index + size])
        rows = tuple(row for row in table.get(key, ()) if key not in row.dotted)
        if len(key) >= _SHORTEST and rows:
            return _choose(rows, day), size
    return None, 0


def province_of_host(host: str, day: datetime.date | None = None) -> Province | None:
    """Find the province in a web or mail address ("skhcn.binhdinh.gov.vn" → Bình Định)."""
    found: list[Province] = []
    for match in _HOST.finditer(host):
        for label in match[0].lower().split("."):
            rows = _by_slug().get(label)
            if rows:
                province = _choose(rows, day)
                if province is not None:
                    found.append(province)
    if len({(item.era, item.code) for item in found}) == 1:
        return found[0]
    return None


def province_by_code(code: str, era: Era, day: datetime.date | None = None) -> Province | None:
    """Find a province by its code; the code means nothing without its era."""
    for row in _rows():
        if row.province.era == era and row.province.code == f"{int(code):02d}":
            if era == "63" and day is not None and not _lives(row, day):
                continue
            return row.province
    return None


def successor(province: Province) -> Province:
    """Give the province of the 34 into which `province` went on 1 July 2025 (itself, when it is one)."""
    if province.era == "34":
        return province
    found = province_by_code(province.code_34, "34")
    assert found is not None, province  # noqa: S101  the data files agree, see the tests
    return found


def predecessors(province: Province) -> tuple[Province, ...]:
    """Give the provinces of the 63 that make up one of the 34."""
    return tuple(old for old in provinces("63") if old.code_34 == province.code_34)


@cache
def _districts() -> dict[str, tuple[District, ...]]:
    text = (files("normalize") / "data" / "districts.csv").read_text(encoding="utf-8")
    found: dict[str, list[District]] = {}
    for row in csv.DictReader(text.splitlines()):
        district = District(row["kind"], row["name"], row["province_code_63"])
        found.setdefault(_squeeze(row["name"]), []).append(district)
    return {key: tuple(value) for key, value in found.items()}


def districts_named(name: str) -> tuple[District, ...]:
    """Every district of that name ("Tân Phú" stands in two provinces); a leading "huyện", … may stand."""
    key = _squeeze(name)
    found = _districts().get(key, ())
    if not found:
        for kind in ("huyen", "thanhpho", "thixa", "quan", "tp", "tx"):
            if key.startswith(kind):
                found = _districts().get(key[len(kind) :], ())
                if found:
                    break
    return found


@cache
def place_words() -> frozenset[str]:
    """Every bare word in the names of provinces and districts ("dak", "krong"): spelt as no other word is."""
    names = [row.province.name for row in _rows()]
    names += [district.name for districts in _districts().values() for district in districts]
    return frozenset(word for name in names for word in _WORDS.findall(bare(name)))


def new_address(address: str) -> str | None:
    """Give an old address down to the commune in the names of July 2025; None when it is not known.

    Uses underthesea's tables, imported on the first call (about a second).
    """
    from underthesea import convert_address  # noqa: PLC0415  heavy: loads its models' package

    result = convert_address(address)
    converted = getattr(result, "converted", None)
    return converted if isinstance(converted, str) and converted else None
