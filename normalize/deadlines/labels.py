"""Labels: the words beside an expression, without those that only tie it to its date."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from normalize.deadlines.celltext import CellText
    from normalize.deadlines.elements import Element
    from normalize.deadlines.parts import Draft

_ENUMERATOR = re.compile(r"^(?:[-+•*–—·\uf0b7]|\(?\d{1,2}[.)]|\(?[a-zđ][.)])\s+|^(?:[-+•–—·])\s*")
_LEADING_LINK = re.compile(r"^(?:và|hoặc|còn|riêng|đối với|với|cho)\s+", re.IGNORECASE)
_COUNT = re.compile(r"\d+ (?:đợt|lần|kỳ|cuộc|buổi|ngày)(?: / năm)?")
_SENT = re.compile(r"\S gửi (?:về|đến|cho|báo cáo về) ")


def set_label(cell: CellText, drafts: list[Draft], zone: list[Element], after: bool = False) -> None:
    """Label the parts of one expression with the texts of its `zone`."""
    label = _label_text(cell, zone, after)
    verb = None if label else _verb(cell, zone)
    named = [element for element in zone if element.kind in {"text", "when"}]
    period = named[0].when.drafts[0].times if len(named) == 1 and named[0].when else ()
    for draft in drafts:
        draft.period = period[0] if len(period) == 1 else None
        draft.label = draft.label or label
        draft.verb = draft.verb or verb


def _verb(cell: CellText, zone: list[Element]) -> str | None:
    texts = [element for element in zone if element.kind == "text"]
    if not texts:
        return None
    text = cell.source_of(texts[-1].first, texts[-1].last).strip(" ,;.:-–+()")
    return text if text.lower() in label_words("verb") else None


def _label_text(cell: CellText, zone: list[Element], after: bool = False) -> str | None:
    parts = [element for element in zone if element.kind in {"text", "when"}]
    if not parts:
        return None
    colons = [element.first for element in zone if element.kind == ":" and element.last <= parts[-1].first]
    if colons:  # "Các báo cáo định kỳ: báo cáo quý gửi …": the nearer name
        parts = [element for element in parts if element.first > colons[-1]]
    first, last = parts[0].first, parts[-1].last
    words = " ".join(cell.tokens.words[first:last])
    if is_glue(words) or _COUNT.fullmatch(words):
        return None
    kept = words if after else tail(words)
    sent = _SENT.search(kept)
    if sent and not after:
        kept = kept[: sent.start() + 1]
    last = first + len(kept.split())
    text = cell.source_of(first, last).strip(" ,;.:")
    text = _ENUMERATOR.sub("", text)
    if text.count("(") != text.count(")"):
        text = text.strip("() ")
    for _ in range(2):
        text = _LEADING_LINK.sub("", text)
    text = text.strip(" ,;.:-–+")
    return text or None


@cache
def label_words(role: Literal["document", "act", "counting", "verb"]) -> frozenset[str]:
    """Give the phrases of `data/label_words.csv` with that role."""
    text = resources.files("normalize.deadlines").joinpath("data/label_words.csv").read_text("utf-8")
    return frozenset(row["phrase"] for row in csv.DictReader(text.splitlines()) if row["role"] == role)


@cache
def _glue() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of (a text that is nothing but such phrases, such phrases at the end of a text)."""
    text = resources.files("normalize.deadlines").joinpath("data/glue.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    alone = "|".join(sorted((re.escape(row["phrase"]) for row in rows), key=len, reverse=True))
    tail = "|".join(
        sorted((re.escape(row["phrase"]) for row in rows if row["where"] == "tail"), key=len, reverse=True)
    )
    sign = r"[-,.:;()+*•]"
    return re.compile(rf"(?:(?:{alone}|{sign})(?: |\Z))*\Z"), re.compile(rf"(?: (?:{tail}|{sign}))+\Z")


def is_glue(words: str) -> bool:
    """Whether a text says nothing but that something is to be done ("hoàn thành", "thời hạn:")."""
    return bool(_glue()[0].match(words))


def tail(words: str) -> str:
    """Text without the verbs that only tie a name to its date ("báo cáo quý gửi" -> "báo cáo quý")."""
    return _glue()[1].sub("", words)
