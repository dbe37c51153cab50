"""Phrases of a deadline cell: the upper storey of the grammar, over chunks.

    expression  = continuous | reference | relative | recurring | dated
    continuous  = O [ period ]                                   Thường xuyên [trong năm]
    reference   = B words                                        Theo kế hoạch của UBND tỉnh
    relative    = [ C ] Q [ A event ] | A event [ Q ]            Trong vòng 05 ngày làm việc kể từ ngày nhận đủ hồ sơ
    recurring   = [ C ] R { L ( R | U ) } | R [ C ] item | [ C ] list R
    dated       = [ C ] list [ trở đi ]
    list        = item { L item }
    item        = [ từ ] ( T | N ) [ ( - | đến ) ( T | N ) ]
    L           = "," | và | hoặc | "/"

Letters are the kinds of `chunks.KINDS`. Each method reads one rule and is told where to begin; it gives the
expression and where it ends, or None. The rules stand in dated.py, repeating.py, relative.py and here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.model import Extension
from normalize.deadlines.parts import Expression
from normalize.deadlines.reader import FROM, LINKS, PLAIN
from normalize.deadlines.relative import RelativePhrases

if TYPE_CHECKING:
    from normalize.deadlines.model import Comparator


class Phrases(RelativePhrases):
    """Reads the expressions of one cell."""

    def expression(self, at: int) -> Expression | None:
        """Read the expression that begins at chunk `at`, None when none does."""
        kind = self.kinds[at]
        if kind == "O":
            return self.continuous(at)
        if kind == "B":
            return self.reference(at)
        if kind not in "CTNRWUQAH~" and not self.word(at, "sau"):
            return None
        lead, comparator, extension = self.lead(at)
        if lead >= len(self.kinds):
            return None
        found = self._after_lead(at, lead, comparator)
        if found is None:
            return None
        rules = {chunk.rule for chunk in self.chunks[at:lead]}
        if "comp_around" in rules:
            found.drafts[0].error = "ambiguous"  # "trước, trong và sau Tết"
        found.drafts[0].first = self.chunks[at].first
        for draft in found.drafts:
            draft.led = draft.led or comparator is not None
            draft.since = draft.since or not rules.isdisjoint(FROM)
            if extension is not PLAIN:
                draft.extension = replace(
                    draft.extension,
                    time=draft.extension.time or extension.time,
                    part_of_day=draft.extension.part_of_day or extension.part_of_day,
                    approx=draft.extension.approx or extension.approx,
                )
        found.strong = found.strong or comparator is not None
        found.begin = at
        return found

    def _after_lead(self, begin: int, at: int, comparator: Comparator | None) -> Expression | None:
        """Read what the chunk after the lead begins; each kind begins one phrase."""
        kind = self.kinds[at]
        if kind in "UQ" and at == 0 and (periods := self.report_periods()):
            return periods
        if kind == "Q" or (self.word(at, "sau") and self.kind(at + 1) == "Q"):
            return self.counted(at, comparator)
        if kind in "TN":
            return self.dated(at, comparator)
        if kind == "U":
            return self.unit(at, comparator)
        if kind in "XZ" and self.opens_clause(begin):
            return self.noun_event(at, comparator)
        if kind == "B" and comparator in {None, "by", "in"}:
            return self.reference(at)
        phrase = {"A": self.anchored, "R": self.recurring, "W": self.weekday}.get(kind)
        return phrase(at, comparator) if phrase else None

    def continuous(self, at: int) -> Expression:
        """Read `continuous = O [ "," ] [ in/from/by period ] | O R`."""
        draft = self.draft("continuous", at, at + 1)
        after = at + 1
        if self.rule_of(at) == "cont_during":
            after = self.clause_end(at)
            draft.last = self.chunks[after - 1].last
            return Expression([draft], at, after, strong=False)
        step = 1 if self.kind(after) in {",", "("} else 0
        if self.kind(after) == "R":
            found = self.recurring(after, None)
            if found:
                found.drafts[0].first, found.begin = draft.first, at
                return found
        if self.kind(after) == "B":
            found = self.reference(after)
            draft.extension = found.drafts[0].extension
            draft.last = found.drafts[0].last
            return Expression([draft], at, found.end, strong=False)
        period = self.period(after + step)
        if period:
            bound = period.drafts[0]
            draft.times, draft.comparator, draft.last = bound.times, bound.comparator, bound.last
            draft.since = bound.since
            if draft.comparator == "in" or (bound.type == "interval" and draft.comparator is None):
                draft.comparator = None
            closing = 1 if step and self.kind(after) == "(" and self.kind(period.end) == ")" else 0
            return Expression([draft], at, period.end + closing, strong=False)
        return Expression([draft], at, after, strong=False)

    def reference(self, at: int) -> Expression:
        """Read `reference = B words`: to the end of the clause or to the next phrase that says when by itself."""
        end = self._reference_end(at)
        last = self.chunks[end - 1].last
        chunk = self.chunks[at]
        draft = self.draft("by_reference", at, end)
        opening = str(chunk.value)
        if chunk.rule == "ref_theo" and (opening.endswith("theo") or opening.startswith("căn cứ")):
            text = self.text_of(chunk.last, last)
        elif chunk.rule == "ref_duly":
            text = self.text_of(chunk.first, last)
            for verb in (
                "hoàn thành ",
                "thực hiện ",
                "báo cáo ",
                "gửi ",
                "triển khai ",
                "đảm bảo ",
                "bảo đảm ",
                "đúng ",
            ):
                if text.lower().startswith(verb):
                    text = text[len(verb) :]
        else:
            text = self.text_of(chunk.first, last)
            text = (
                text[0].lower() + text[1:]
                if text[:2].istitle() or (text[:1].isupper() and text[1:2].islower())
                else text
            )
        draft.extension = Extension(reference=text.strip(" ,;.:") or opening)
        return Expression([draft], at, end, strong=False)

    def _reference_end(self, at: int) -> int:
        end = self.clause_end(at + 1)
        for index in range(at + 1, end):
            ahead = index + self.link(index)
            if ahead > index and ahead < end:
                kind = self.kinds[ahead]
                if kind == "O" or (kind == "R" and self.link(index)):
                    return index
            if self.kinds[index] == "C" and self.chunks[index].value in {"before", "by"}:
                lead, _, _ = self.lead(index)
                if self.kind(lead) in set("TR") and index > at + 1:
                    return index - 1 if self.kind(index - 1) in LINKS else index
        return end
