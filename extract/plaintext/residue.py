r"""Markup left over in converted text (`<ul …> - a - b`, `<b>`, `**bold**`, `# heading`, `\\-`): taken out.

Every visible word stays; list items come to stand on lines of their own; bold is noted for the whole piece.
"""

from __future__ import annotations

import csv
import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from normalize.text import tidy

_TAG = regex.compile(
    r"<(/?)(ul|ol|li|p|br|div|b|strong|i|em|u|s|span|font|sup|sub|center|small|big|h[1-6])\b[^<>]*?/?>",
    regex.IGNORECASE,
)
_AUTOLINK = regex.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]+)>")
_COMMENT = regex.compile(r"<!--.*?-->")
_IMAGE = regex.compile(r"!\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_LINK = regex.compile(r"(?<!!)\[([^\[\]]+)\]\((?:https?://|mailto:|#|\./)(?:[^()\s]|\([^()]*\))*\)")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>&<$\"'])")
_ESCAPED = regex.compile("[\ue000-\ue07f]")
# Strict on purpose: "(*)", "2*3" and "5 * 3" are no emphasis.
_STRONG = regex.compile(r"(\*\*\*|\*\*)(?=[^\s*])(.+?)(?<=[^\s*])\1(?!\*)", regex.DOTALL)
_STRONG_UNDER = regex.compile(r"(?<![\w_])__(?=[^\s_])(.+?)(?<=[^\s_])__(?![\w_])")
_EMPHASIS = regex.compile(r"(?<![\w*(])\*(?=[^\s*)])(.+?)(?<=[^\s*(])\*(?![\w*)])")
_EMPHASIS_PAREN = regex.compile(r"\*(\((?:[^*]+)\))\*")
_EMPHASIS_UNDER = regex.compile(r"(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])")
_HEADING = regex.compile(r"^\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BULLET_INSIDE = regex.compile(r"(?<=\S)\s+[-–+•]\s+(?=[\p{Lu}\d“\"'(])|(?<=[.;:,])\s+[-–+•]\s*(?=\p{L})")
_LEFT_WORDS = regex.compile(r"(\p{L}+\s+\p{L}+)$")
_RIGHT_WORDS = regex.compile(r"^\s+[-–]\s+(\p{L}+\s+\p{L}+)")


@dataclass(frozen=True, slots=True)
class Clean:
    """A piece of text without its markup; `bold` when all its letters were, `heading` after `#`."""

    text: str
    bold: bool = False
    heading: bool = False


def clean(raw: str) -> Clean:
    """Take the markup residue out of one line or one cell."""
    if not any(mark in raw for mark in "<*_#\\&[`"):
        return Clean(tidy(raw))
    text = _ESCAPE.sub(lambda match: chr(0xE000 + ord(match[1])), raw)
    heading = _HEADING.match(text)
    if heading:
        text = heading[2]
    text = _COMMENT.sub("", _LINK.sub(r"\1", _IMAGE.sub(r"\1", _AUTOLINK.sub(r"\1", text))))
    text = _STRONG.sub(r"<b>\2</b>", text)
    text = _STRONG_UNDER.sub(r"<b>\1</b>", text)
    text = _EMPHASIS_UNDER.sub(r"\1", _EMPHASIS.sub(r"\1", _EMPHASIS_PAREN.sub(r"\1", text)))
    text, bold = _without_tags(text)
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _ESCAPED.sub(lambda match: chr(ord(match[0]) - 0xE000), text)
    return Clean(tidy(text), bold=bold, heading=heading is not None)


def _without_tags(text: str) -> tuple[str, bool]:
    """Drop the tags; blocks and list items give line breaks; say whether all letters stood inside bold."""
    pieces: list[str] = []
    bold_depth = list_depth = position = 0
    plain = strong = 0
    for match in [*_TAG.finditer(text), None]:
        piece = text[position : match.start() if match else len(text)]
        letters = sum(character.isalnum() for character in piece)
        strong, plain = (strong + letters, plain) if bold_depth else (strong, plain + letters)
        pieces.append(_list_items(piece) if list_depth else piece)
        if match is None:
            break
        position = match.end()
        name, step = match[2].lower(), -1 if match[1] else 1
        if name in {"b", "strong"}:
            bold_depth = max(0, bold_depth + step)
        elif name in {"ul", "ol"}:
            list_depth = max(0, list_depth + step)
            pieces.append("\n")
        elif name in {"li", "p", "br", "div", "center"} or name[0] == "h":
            pieces.append("\n")
    return "".join(pieces), strong > 0 and plain == 0


def _list_items(text: str) -> str:
    """Put the items of a flattened list ("- a. - b") on lines of their own."""
    lines: list[str] = []
    start = 0
    for match in _BULLET_INSIDE.finditer(text):
        left = _LEFT_WORDS.search(text[: match.start()])
        right = _RIGHT_WORDS.match(text[match.start() :])
        if left and right and (left[1].split(), right[1].split()) in _dash_compounds():
            continue  # "Phòng Kế hoạch - Tài chính" is one name, not two items
        lines.append(text[start : match.start()])
        start = match.start()
    return "\n".join([*lines, text[start:]])


@cache
def _dash_compounds() -> list[tuple[list[str], list[str]]]:
    lines = (files("extract") / "data" / "dash_compounds.csv").read_text(encoding="utf-8").splitlines()
    return [(row["left"].split(), row["right"].split()) for row in csv.DictReader(lines)]
