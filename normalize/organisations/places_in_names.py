"""The place behind a body's name: "UBND phường Quy Nhơn", "Công an huyện Mai Châu", "Sở Y tế tỉnh Hà Nam"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.organisations.tokens import SEPARATOR, Gap, Tokens
from normalize.places import districts_named, province_named

if TYPE_CHECKING:
    import datetime

    from normalize.organisations.gazetteer import Alias

_LEVELS = {
    "tinh": ("tỉnh", "tinh"), "thanhpho": ("thành phố", "city"), "tp": ("thành phố", "city"),
    "huyen": ("huyện", "huyen"), "quan": ("quận", "huyen"), "thixa": ("thị xã", "huyen"),
    "tx": ("thị xã", "huyen"), "xa": ("xã", "xa"), "phuong": ("phường", "xa"),
    "thitran": ("thị trấn", "xa"), "dackhu": ("đặc khu", "xa"),
}  # fmt: skip
_FAMILIES = ("tinh", "huyen", "xa")
_EVERY_LEVEL = ("doan.", "khac.")  # one kind of body at every level: "Liên đoàn Lao động huyện"
_PLACE_WORDS = 5
_SHORT_LEVELS = {
    "tp": ("thành phố", "city"), "tx": ("thị xã", "huyen"), "q": ("quận", "huyen"), "h": ("huyện", "huyen"),
    "p": ("phường", "xa"), "x": ("xã", "xa"), "tt": ("thị trấn", "xa"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A level word and perhaps a name behind a body; `aliases` are the bodies that fit the level."""

    end: int
    level_word: str
    name: str | None
    aliases: tuple[Alias, ...]
    family: str = ""

    def adapt(self, canonical: str) -> str:
        """Give the body's name with the level it was written with: "… xã" → "… phường"."""
        for word in ("tỉnh", "huyện", "xã"):
            if self.level_word and canonical.endswith(" " + word):
                return canonical[: -len(word)] + self.level_word
        return canonical


def place_at(
    tokens: Tokens, at: int, limit: int, date: datetime.date | None, aliases: tuple[object, ...] = ()
) -> Place | None:
    """Read the place that begins at `at`, behind a body; None where none does."""
    known: tuple[Alias, ...] = aliases  # type: ignore[assignment]  # opaque to the callers that have none
    level_word, family, start = _level(tokens, at, limit, known)
    if not level_word and known and tokens.bares[at - 1] == "uy" and at - 2 >= 0:
        return _party_place(tokens, at, limit, date, known)
    if not level_word:
        end = _bare_province(tokens, at, limit, date)
        if end > at and not (known and known[0].body.class_id.startswith(("huyen.", "xa.", "bo.", "grp."))):
            return Place(end, "", " ".join(tokens.text(at, end).split()), known)
        return None
    end = _place_end(tokens, start, limit, date)
    name = " ".join(tokens.text(start, end).split()) if end > start else None
    fitting = _of_family(known, family, name, date)
    if known and not fitting:
        fitting = tuple(alias for alias in known if alias.body.class_id.startswith(_EVERY_LEVEL))
    if known and not fitting:
        return None
    return Place(end, level_word, name, fitting, _family(family, name, date))


def _party_place(
    tokens: Tokens, at: int, limit: int, date: datetime.date | None, known: tuple[Alias, ...]
) -> Place | None:
    """Read "Thành ủy Quy Nhơn", "Huyện ủy Tuy Phước": the level is in the body's own name."""
    end = _place_end(tokens, at, limit, date)
    if end == at:
        return None
    name = " ".join(tokens.text(at, end).split())
    family = {"thanh": "city", "tinh": "tinh"}.get(tokens.bares[at - 2], "huyen")
    fitting = _of_family(known, family, name, date)
    return Place(end, "", name, fitting) if fitting else None


def _level(tokens: Tokens, at: int, limit: int, known: tuple[Alias, ...]) -> tuple[str, str, int]:
    """Read the level word at `at`, or the one that the spelling itself ends with."""
    for size in (2, 1):
        if at + size <= limit and not (known and tokens.gaps[at] & SEPARATOR):
            key = tokens.key(at, at + size)
            found = _LEVELS.get(key)
            if found is None and tokens.raw[tokens.ends[at] :].startswith("."):
                found = _SHORT_LEVELS.get(key)
            if found is not None:
                return *found, at + size
    for size in (2, 1):
        if known and at >= size:
            found = _LEVELS.get(tokens.key(at - size, at))
            if found is not None:
                return *found, at
    return "", "", at


def _place_end(tokens: Tokens, start: int, limit: int, date: datetime.date | None) -> int:
    if start >= limit or (tokens.gaps[start] & SEPARATOR and not _after_short(tokens, start)):
        return start
    end = _bare_province(tokens, start, limit, date)
    if end > start:
        return end
    end = start
    shouting = tokens.shouted or tokens.whispered
    while end < limit and end - start < _PLACE_WORDS:
        if end > start and tokens.gaps[end] & SEPARATOR:
            break
        word = tokens.words[end]
        glued = end > start and tokens.gaps[end] == Gap.NONE  # "Ea H'leo"
        name_like = word[0].isupper() or word[0].isdecimal() or shouting or glued
        if not name_like or (word.isupper() and len(word) > 3 and not shouting):
            break
        if end > start and not shouting and tokens.key(end, min(end + 2, limit)) in _NEXT_ITEM:
            break
        end += 1
    return end


def _after_short(tokens: Tokens, start: int) -> bool:
    """Read "TP. Quy Nhơn": the dot belongs to the level word."""
    return tokens.gaps[start] & SEPARATOR == Gap.STOP and tokens.bares[start - 1] in _SHORT_LEVELS


_NEXT_ITEM = frozenset({"phonggiao", "phongtai", "phongnoi", "chicuc", "trungtam", "vanphong", "bangiam"})


def _bare_province(tokens: Tokens, start: int, limit: int, date: datetime.date | None) -> int:
    """Index behind a province's name that begins at `start`, else `start`."""
    parted = tokens.gaps[start] & (SEPARATOR & ~Gap.DASH) if start < limit else Gap.NONE
    if (
        start >= limit
        or (parted and not _after_short(tokens, start))
        or not (tokens.words[start][0].isupper() or tokens.whispered)
    ):
        return start
    for end in range(min(start + _PLACE_WORDS, limit), start, -1):
        if len(tokens.key(start, end)) > 2 and province_named(tokens.text(start, end), date) is not None:
            return end
    return start


def _family(family: str, name: str | None, date: datetime.date | None) -> str:
    """Say whether a "thành phố" by that name is a province or a district; "city" where no name says it."""
    if family != "city" or name is None:
        return family
    province = province_named(name, date)
    is_province = province is not None and (province.is_city or not districts_named(name))
    return "tinh" if is_province else "huyen"


def _of_family(
    known: tuple[Alias, ...], family: str, name: str | None, date: datetime.date | None
) -> tuple[Alias, ...]:
    family = _family(family, name, date)
    if family in _FAMILIES:
        wanted = [alias for alias in known if _family_of(alias) in {family, None}]
        exact = [alias for alias in wanted if _family_of(alias) == family]
        return tuple(exact or wanted)
    return known


def _family_of(alias: Alias) -> str | None:
    """Read the level a body belongs to; None where its name tells none."""
    class_id = alias.body.class_id
    for prefix, family in (("huyen.", "huyen"), ("xa.", "xa"), ("tinh.", "tinh"), ("dang.du_xa", "xa")):
        if class_id.startswith(prefix):
            return family
    if class_id.endswith("_hu") or class_id == "dang.huyenuy":
        return "huyen"
    return "tinh" if alias.body.canonical.endswith(" tỉnh") else None
