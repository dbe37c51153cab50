"""The numbering of rows and sections: what "I", "09", "12a", "1.1", "N01.2.3", "đ)" or "-" says of its place.

Source of the levels: Decree 30/2020/NĐ-CP, Annex I (Phần, Chương, Mục I II III, 1 2 3, a b c d đ e, "-", "+").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import regex

LabelKind: TypeAlias = Literal["upper", "roman", "arabic", "lower", "bullet"]

_RANK: dict[LabelKind, int] = {"upper": 0, "roman": 1, "arabic": 2, "lower": 3, "bullet": 4}
_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_LABEL = regex.compile(
    rf"""\(?\s*(?:
        (?P<roman>{_ROMAN})
      | (?P<upper>[A-HĐK-Z])
      | (?P<arabic>(?P<prefix>[A-ZĐ]{{1,3}}[.\-]?)?\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}(?P<letter>[a-zđ])?)
      | (?P<lower>[a-zđêôơ])
      | (?P<bullet>[-–+*•])
    )\s*[.):/]*\s*""",
    regex.VERBOSE,
)
_LEADING = regex.compile(
    rf"(?P<label>(?:{_ROMAN}|[A-HĐ]|\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})(?=\s*[.):/-]|\s+\p{{Lu}}))\s*[.):/-]*\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A number of a row: its kind, and its path ("13.10" -> ("13", "10"); "12a" -> ("12", "a"))."""

    kind: LabelKind
    path: tuple[str, ...]

    @property
    def rank(self) -> int:
        """The outer the smaller; "1.1" is one further in than "1"."""
        return _RANK[self.kind] * 10 + len(self.path)

    def inside(self, outer: Label) -> bool:
        """Tell whether a row of this number, coming after `outer`, lies under it ("12a" under "12")."""
        if self.kind == outer.kind == "arabic":
            return len(self.path) > len(outer.path) and self.path[: len(outer.path)] == outer.path
        return self.rank > outer.rank and self.kind != outer.kind


def parse_label(text: str) -> Label | None:
    """Read a cell that holds nothing but a number; None when it holds anything else or nothing."""
    match = _LABEL.fullmatch(text)
    if match is None:
        return None
    if match["arabic"]:
        body = match["arabic"].removesuffix(match["letter"] or "")
        path = [match["prefix"] or ""] if match["prefix"] else []
        numbers = body.removeprefix(match["prefix"] or "").split(".")
        path += [str(int(number)) for number in numbers]
        if match["prefix"]:  # "N01" is one step: the letter belongs to its first number
            path = [path[0] + path[1], *path[2:]]
        return Label("arabic", (*path, match["letter"]) if match["letter"] else tuple(path))
    for kind in ("roman", "upper", "lower", "bullet"):
        if match[kind]:
            return Label(kind, (match[kind],))
    return None


def split_label(text: str) -> tuple[str | None, str]:
    """Split a heading into its number and its words: "II. Cải cách" -> ("II", "Cải cách")."""
    match = _LEADING.match(text)
    if match is None:
        return None, text
    return match["label"], text[match.end() :]
