"""The chunks of one cell under a cursor: the small questions that every phrase asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.model import Extension
from normalize.deadlines.parts import Draft
from normalize.deadlines.values import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from normalize.deadlines.chunks import Chunk
    from normalize.deadlines.model import Comparator, PartType
    from normalize.deadlines.recurrence import Recurrence

PLAIN = Extension()
LINKS = frozenset(",&/")
FROM = frozenset({"comp_from", "comp_begin"})
_CLAUSE_ENDS = frozenset(";.")
_COMPARATOR: dict[str, Comparator] = {
    "before": "before", "by": "by", "within": "within", "in": "in", "from": "after", "begin": "after",
    "after": "after", "to": "by", "atleast": "before",
}  # fmt: skip


class Reader:
    """Chunks of one cell. `text_of` gives the source text of a token range."""

    def __init__(
        self, chunks: Sequence[Chunk], line_starts: frozenset[int], text_of: Callable[[int, int], str]
    ) -> None:
        self.chunks = chunks
        self.kinds = "".join([chunk.kind for chunk in chunks])
        self.line_starts = line_starts
        self.text_of = text_of

    def kind(self, at: int) -> str:
        """Give the kind of a chunk, "" beyond the ends."""
        return self.kinds[at : at + 1] if at >= 0 else ""

    def word(self, at: int, word: str) -> bool:
        """Tell whether an unknown word stands at `at`, and is this one."""
        return (
            self.kind(at) == "X" and self.text_of(self.chunks[at].first, self.chunks[at].last).lower() == word
        )

    def rule_of(self, at: int) -> str:
        """Give the lexeme of a chunk, "" beyond the end."""
        return self.chunks[at].rule if at < len(self.chunks) else ""

    def opens_clause(self, at: int) -> bool:
        """Tell whether nothing but signs stands before `at` in its clause."""
        before = self.kinds[:at].rstrip("-+•*(")
        return not before or before[-1] in ";.:" or self.chunks[at].first in self.line_starts

    def clause_end(self, at: int) -> int:
        """First chunk at or after `at` that ends a clause: ';', a full stop, a line that opens with a bullet."""
        depth = 0
        for index in range(at, len(self.kinds)):
            kind = self.kinds[index]
            if kind in _CLAUSE_ENDS:
                return index
            if kind in "-+•*" and self.chunks[index].first in self.line_starts:
                return index
            if kind == "(":
                depth += 1
            elif kind == ")":
                if not depth:
                    return index
                depth -= 1
        return len(self.kinds)

    def link(self, at: int) -> int:
        """Length of the list link at `at`: ',', 'và', ', và'; 0 for none."""
        if self.kind(at) not in LINKS or not self.kind(at):
            return 0
        return 2 if self.kind(at) == "," and self.kind(at + 1) == "&" else 1

    def lead(self, at: int) -> tuple[int, Comparator | None, Extension]:
        """Lead = { C | ~ | H }: the comparator (the last word wins: "chậm nhất trước"), hour and approximation."""
        comparator: Comparator | None = None
        extension = PLAIN
        while at < len(self.kinds) and self.kinds[at] in "C~H":
            chunk = self.chunks[at]
            if chunk.kind == "~":
                extension = replace(extension, approx=True)
            elif isinstance(chunk.value, Clock):
                part = chunk.value.part_of_day
                extension = replace(
                    extension,
                    time=chunk.value.time,
                    part_of_day="AM" if part == "AM" else "PM" if part else None,
                )
            elif chunk.value == "to" and extension.time:
                comparator = None  # "từ 8h00 đến 17h00 ngày 15/3"
            elif isinstance(chunk.value, str):
                fresh = _COMPARATOR.get(chunk.value)
                weak = fresh == "in" and comparator is not None
                comparator = comparator if weak or fresh is None else fresh
            at += 1
            while self.kind(at) == "," and self.kind(at + 1) in set("C~HTW") and chunk.kind == "H":
                at += 1
        return at, comparator, extension

    def draft(self, kind: PartType, first: int, end: int) -> Draft:
        """Give an empty part over chunks `first`..`end` (exclusive)."""
        return Draft(kind, self.chunks[first].first, self.chunks[end - 1].last)

    def rule_draft(self, first: int, last: int, rule: Recurrence, comparator: Comparator | None) -> Draft:
        """Give a recurring part over chunks `first`..`last` (exclusive)."""
        draft = self.draft("recurring", first, last)
        draft.recurrence, draft.comparator = rule, comparator
        draft.extension = Extension(
            unspecified_frequency=rule.frequency is None, period_lag=rule.lag, times_per=rule.times
        )
        return draft
