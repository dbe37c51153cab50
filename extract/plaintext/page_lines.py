"""The lines of a flattened text: what stands on each, on which page, after how much white."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

_WORD = regex.compile(r"\S+")
_SEGMENT = regex.compile(r"\S+(?: \S+)*")
# Alone on the first or last line of a page: "12", "- 3 -", "Trang 2/5", "2 | Page".
_PAGE_NUMBER = regex.compile(
    r"\s*[-–]?\s*(?:(?:trang|page)\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–]?\s*$", regex.IGNORECASE
)


class Span(NamedTuple):
    """A stretch of one line: first character, one past the last, and the text between."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)  # no slots: the words are kept
class PageLine:
    """One line with text: its page (from 0), and how many blank lines stand between it and the line before."""

    text: str
    page: int = 0
    blank_before: int = 0

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words with their places."""
        return tuple(Span(found.start(), found.end(), found[0]) for found in _WORD.finditer(self.text))

    @cached_property
    def segments(self) -> tuple[Span, ...]:
        """The stretches parted by two blanks or more."""
        return tuple(segments(self.text))


def segments(line: str) -> list[Span]:
    """Give the stretches of a line parted by two blanks or more."""
    return [Span(match.start(), match.end(), match[0]) for match in _SEGMENT.finditer(line)]


def page_lines(text: str) -> list[PageLine]:
    """Give the lines of a text that are not blank, page numbers left out; pages end at form feeds."""
    found: list[PageLine] = []
    pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    for number, page in enumerate(pages):
        lines = [line.expandtabs(8).rstrip() for line in page.split("\n")]
        filled = [index for index, line in enumerate(lines) if line.strip()]
        furniture = {index for index in (*filled[:1], *filled[-1:]) if _PAGE_NUMBER.match(lines[index])}
        if len(pages) == 1:
            furniture = set()
        last = -1
        for index in filled:
            if index in furniture:
                continue
            found.append(
                PageLine(lines[index].replace("\u00a0", " "), number, index - last - 1 if last >= 0 else 0)
            )
            last = index
    return found
