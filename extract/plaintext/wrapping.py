"""Text wrapped at a fixed width (mail, old converters): its lines are put together again to paragraphs."""

from __future__ import annotations

from itertools import pairwise

import regex

from extract.linebreaks import ITEM_START

_WIDEST_WRAP = 130
_TITLE = regex.compile(r"[^\p{Ll}]*$")
_HEADING = regex.compile(r"\s*(?:#|\*\*)")
_ENDS_SENTENCE = regex.compile(r"[.;:!?…][\"”')]*\s*$")


def wrap_width(lines: list[str]) -> int | None:
    """Give the width a text was wrapped at, in characters; None when each line is a paragraph.

    Wrapped text has no long lines, and most of its lines are followed at once by another that goes on in
    small letters. The files a converter writes have one paragraph a line, of any length.
    """
    prose = [line for line in lines if "\t" not in line and line.strip()]
    if not prose or max(map(len, prose)) > _WIDEST_WRAP:
        return None
    ordered = sorted(len(line.rstrip()) for line in prose)
    width = ordered[int(0.95 * (len(ordered) - 1))]
    if width < 40:
        return None
    goes_on = sum(
        len(before.rstrip()) > 0.75 * width and after.lstrip()[:1].islower()
        for before, after in pairwise(lines)
    )
    return width if goes_on >= max(2, 0.15 * len(prose)) else None


def join_wrapped(lines: list[str], width: int | None) -> list[str]:
    """Join each line that fills `width` with the one that goes on after it."""
    if width is None:
        return lines
    joined: list[str] = []
    previous = ""
    for line in lines:
        full = len(previous.rstrip()) > 0.7 * width
        begins = ITEM_START.match(line) or _HEADING.match(line) or line.startswith("  ")
        new_sentence = _ENDS_SENTENCE.search(previous) and not line.lstrip()[:1].islower()
        after_title = _TITLE.match(previous) and not _TITLE.match(line)
        stops = begins or after_title or (new_sentence and len(previous) < 0.85 * width)
        if joined and full and not stops:
            joined[-1] = joined[-1].rstrip() + " " + line.strip()
            previous = line
            continue
        joined.append(line)
        previous = line
    return joined
