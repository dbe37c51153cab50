"""Which line breaks of a cell or paragraph are its author's, and which a narrow column made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

# A line that begins like an item of a list: "- ", "+ ", "•", "1.", "12a)", "1.2.", "a)", "II.", "(1)", "* ".
ITEM_START = regex.compile(
    r"""\s*(?:
        [-–—+•●▪■◦○✓➢❖*·](?=\s|\p{L}|\d)      # bullets; "-Công khai" is typed without a blank
      | \(?(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[a-zđ]|[IVXLC]{1,6})[.)](?=\s|\p{Lu})
      | \((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)
      | \*{1,3}\)?
    )""",
    regex.VERBOSE,
)
# A hyphen or slash holds its word together over the break: "Nghị định 61/2018/NĐ-" / "CP", and with the
# break before it where a symbol's capitals end the line: "Nghị định 60/2021/NĐ" / "-CP".
_HELD_BEFORE = regex.compile(r"\w[-/]$")
_SYMBOL_BEFORE = regex.compile(r"\d/\p{Lu}[\p{Lu}&]*$")
_SYMBOL_AFTER = regex.compile(r"[-/]\p{Lu}")
# A date that a narrow column broke inside its year: "30/6/201" / "9".
_YEAR_BEFORE = regex.compile(r"\d[/.\-](?P<part>1|2|19|20|19\d|20\d)$")
_YEAR_AFTER = regex.compile(r"\d{1,3}(?!\d)")
_CLOSES = regex.compile(r"[)\],;:](?!\s*-)")
_ENDS_ITEM = regex.compile(r"[.;:!?…]['\"”)]*\s*$")
_GOES_ON = regex.compile(r"[,\-–/&(]\s*$")


def seam(before: str, after: str) -> str:
    """Give what stood where a narrow column or a page end broke a line: a blank, or nothing inside a word."""
    if _HELD_BEFORE.search(before) and after[:1].isalnum():
        return ""
    if _CLOSES.match(after) or _breaks_year(before, after):
        return ""
    return "" if _SYMBOL_BEFORE.search(before) and _SYMBOL_AFTER.match(after) else " "


def _breaks_year(before: str, after: str) -> bool:
    head, tail = _YEAR_BEFORE.search(before), _YEAR_AFTER.match(after)
    return bool(head and tail) and len(head["part"]) + len(tail[0]) == 4


def soft_break(before: str, after: str) -> str:
    """Give what a soft break (`w:br`, `<br>`, Alt+Enter) between two lines means: a new line or a blank.

    A typist breaks a line by hand to begin an item ("Văn phòng Sở" / "Thanh tra Sở") or to make a long phrase
    fit ("Sở Khoa học" / "và Công nghệ"). The second kind goes on in small letters or after an open comma.
    """
    if not before.strip() or not after.strip():
        return "\n"
    if ITEM_START.match(after) or _ENDS_ITEM.search(before):
        return "\n"
    first = after.lstrip()[0]
    if first.islower() or first in ",.;:)%/&" or _GOES_ON.search(before):
        return " "
    return "\n"


def join_soft(lines: Iterable[str]) -> str:
    """Join lines parted by soft breaks; every line is kept, the breaks are judged by `soft_break`."""
    joined = ""
    for line in lines:
        joined = joined + soft_break(joined.rpartition("\n")[2], line) + line if joined else line
    return joined
