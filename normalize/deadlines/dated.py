"""Dates and periods, their lists and ranges: the phrases that name a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from normalize.deadlines.lists import share
from normalize.deadlines.model import Extension, RefusalError
from normalize.deadlines.parts import Draft, Expression
from normalize.deadlines.reader import FROM, PLAIN, Reader
from normalize.deadlines.recurrence import Recurrence, every, narrowed
from normalize.deadlines.times import Time
from normalize.deadlines.values import Clock, Duration

if TYPE_CHECKING:
    from normalize.deadlines.model import Comparator, PartType

Items: TypeAlias = "list[tuple[int, int, tuple[Time, ...]]]"


class DatedPhrases(Reader):
    """dated, list, item, unit of the grammar in `phrases.py`."""

    def dated(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Dated = list [ R ] [ trở đi ]: dates and periods, shared out, with what follows them."""
        if self.kinds[at] == "N" and not self._number_leads(at):
            return None
        monthly = self._days_of_month(at, comparator)
        if monthly:
            return monthly
        try:
            items, end = self.items(at)
        except RefusalError as refusal:
            draft = self.draft("none", at, at + 1)
            draft.error = refusal.reason
            return Expression([draft], at, at + 1, strong=comparator is not None)
        onward = False
        step = 1 if self.kind(end) == "," else 0
        if self.kind(end + step) == "C" and self.chunks[end + step].value == "onward":
            comparator, end, onward = "after", end + step + 1, True
        skip = 1 if self.kind(end) == "," and self.kind(end + 1) == "R" else 0
        if (
            skip
            and isinstance(value := self.chunks[end + 1].value, Recurrence)
            and not (value.frequency == "YEARLY" and value.open)
        ):
            skip = 0
        opening = (
            1 if self.kind(end) == "(" and self.kind(end + 1) == "R" and self.kind(end + 2) == ")" else 0
        )
        rule = self.chunks[end + skip + opening].value if end + skip + opening < len(self.chunks) else None
        undated = not any(time.dated for _, _, times in items for time in times)
        if isinstance(rule, Recurrence) and rule.open and undated and rule.interval in {1, 3, 6}:
            try:
                drafts = self._yearly(items, rule, comparator)
                return Expression(drafts, at, end + 1 + skip + 2 * opening, strong=True)
            except RefusalError as refusal:
                draft = self.draft("none", at, end + 1)
                draft.error = refusal.reason
                return Expression([draft], at, end + 1 + skip + 2 * opening, strong=True)
        extension = PLAIN
        clock = self.chunks[end].value if self.kind(end) == "H" else None
        if isinstance(clock, Clock):
            extension, end = Extension(time=clock.time), end + 1
        if self.kind(end) == "(" and self.kind(end + 1) in {"W", "H"} and self.kind(end + 2) == ")":
            end += 3  # "15/3/2022 (thứ Ba)": says nothing new
        drafts = []
        for first, last, times in items:
            ranged = len(times) == 2
            point = times[0].unit in {"day", "edge", "named"} and not ranged
            ranged = ranged or (times[0].unit in {"span", "school"} and comparator == "after")
            kind: PartType = (
                "date" if not ranged and (point or comparator in {"before", "by", "after"}) else "interval"
            )
            draft = self.draft(kind, first, last)
            draft.comparator, draft.times, draft.extension, draft.since = comparator, times, extension, onward
            if times[0].unit == "named":
                draft.extension = replace(
                    extension, named=self.text_of(self.chunks[first].first, self.chunks[last - 1].last)
                )
            if ranged and comparator == "before":
                draft.error = "ambiguous"
            if ranged and comparator in {"after", "by"}:
                draft.comparator = None  # "từ A đến B"
            drafts.append(draft)
        return Expression(drafts, at, end, strong=comparator is not None)

    def _yearly(self, items: Items, rule: Recurrence, comparator: Comparator | None) -> list[Draft]:
        drafts = []
        for first, last, times in items:
            if len(times) == 1:
                lagged = replace(narrowed(rule, times[0]), lag=times[0].shift or None)
                drafts.append(self.rule_draft(first, last, lagged, comparator))
                continue
            ends = [narrowed(rule, time) for time in times]
            draft = self.rule_draft(first, last, ends[0], None)
            if {time.unit for time in times} == {"month"}:
                months = range(times[0].month or 1, (times[1].month or 0) + 1)
                draft.recurrence = replace(ends[0], by_month=",".join(map(str, months)))
            else:
                draft.extension = replace(draft.extension, until_rule=ends[1].rule())
            drafts.append(draft)
        return drafts

    def _days_of_month(self, at: int, comparator: Comparator | None) -> Expression | None:
        """ "Ngày 10, ngày 20 hằng tháng", "từ ngày 20 đến ngày 25 hằng tháng": only the last day is one lexeme."""
        days = [at]
        end = at + 1
        ranged = False
        while self.kind(end - 1) == "T":
            value = self.chunks[end - 1].value
            joined = self.kind(end) == "-" or self.joins(end)
            step = 1 if joined else self.link(end)
            if not (isinstance(value, Time) and value.unit == "day" and value.month is None and step):
                return None
            if self.kind(end + step) not in {"T", "R"} or (joined and len(days) > 1):
                return None
            ranged = ranged or joined
            days.append(end + step)
            end += step + 1
        last = self.chunks[end - 1].value
        if not isinstance(last, Recurrence) or not last.by_month_day or last.precision != "day" or last.lag:
            return None
        firsts = [value.day for place in days[:-1] if isinstance(value := self.chunks[place].value, Time)]
        rules = [*(replace(last, by_month_day=str(day)) for day in firsts), last]
        if ranged:
            draft = self.rule_draft(at, end, rules[0], None)
            draft.extension = replace(draft.extension, until_rule=last.rule())
            return Expression([draft], at, end, strong=True)
        drafts = [
            self.rule_draft(place, place + 1, rule, comparator)
            for place, rule in zip(days, rules, strict=True)
        ]
        return Expression(drafts, at, end, strong=True)

    def items(self, at: int) -> tuple[Items, int]:
        """List = item { L item }: (first chunk, last chunk, one time or the two ends of a range) for each item."""
        found: list[tuple[int, int, tuple[Time | int, ...]]] = []
        end = at
        while True:
            first = end
            values: list[Time | int] = [self._time(end)]
            end += 1
            joined = self.kind(end) == "-" or self.joins(end)
            ahead = end + 1
            while joined and self.kind(ahead) == "C" and self.chunks[ahead].value in {"to", "by", "in"}:
                ahead += 1
            if joined and self.kind(ahead) in {"T", "N"} and self.chunks[end].first not in self.line_starts:
                values.append(self._time(ahead))
                end = ahead + 1
            found.append((first, end, tuple(values)))
            step = self.link(end)
            ahead = end + step
            if not step or self.kind(ahead) not in {"T", "N"} or not self._continues(ahead):
                break
            end += step
        return share(found), end

    def _continues(self, at: int) -> bool:
        """A number goes on the list only where the list could end after it ("tháng 3, 02 đơn vị" it does not)."""
        if self.kinds[at] == "T":  # "trước 15/3, quý II: trước 15/6": the next label
            return self.kind(at + 1) not in {"C", ":"} or (
                self.joins(at + 1) and self.kind(at + 2) in {"T", "N"}
            )
        return self.kind(at + 1) not in {"X", "Q", "U", "Z", "W"} or self._number_leads(at)

    def _number_leads(self, at: int) -> bool:
        """A bare number opens a list only when a date or month closes it: "01-15/3/2022", "10, 11, 12/2022"."""
        while self.kind(at) == "N":
            step = self.link(at + 1) or (1 if self.kind(at + 1) == "-" or self.joins(at + 1) else 0)
            if not step:
                return False
            at += 1 + step
        value = self.chunks[at].value if at < len(self.chunks) else None
        return isinstance(value, Time) and value.unit in {"day", "month", "quarter"}

    def joins(self, at: int) -> bool:
        return (
            self.kind(at) == "C"
            and self.chunks[at].value in {"to", "by"}
            and self.chunks[at].rule in {"comp_to", "comp_by"}
        )

    def _time(self, at: int) -> Time | int:
        value = self.chunks[at].value
        if isinstance(value, (Time, int)):
            return value
        raise RefusalError("ambiguous")

    def period(self, at: int) -> Expression | None:
        """One period that bounds a continuous or recurring part: "trong năm", "từ quý II", "đến năm 2025"."""
        if self.kind(at) not in set("CT"):
            return None
        lead, comparator, _ = self.lead(at)
        if comparator == "before" or not (
            self.kind(lead) == "T" or (self.kind(lead) == "U" and comparator == "in")
        ):
            return None
        if self.kind(lead) == "U":
            return self.unit(lead, comparator, bare=False)
        first = self.chunks[lead].value
        if lead == at and isinstance(first, Time) and first.unit not in {"span", "year", "school"}:
            return None  # "Thường xuyên, Quý I" are two parts
        found = self.dated(lead, comparator)
        if not found or len(found.drafts) != 1 or found.drafts[0].type == "recurring":
            return None
        found.drafts[0].since = any(chunk.rule in FROM for chunk in self.chunks[at:lead])
        return found

    def unit(self, at: int, comparator: Comparator | None, bare: bool) -> Expression | None:
        """Unit = "trong năm" | U { L U } ("quý, 6 tháng, năm": how often reports are due) — else nothing."""
        value = str(self.chunks[at].value)
        ends = comparator == "by" and self.rule_of(at - 1) == "comp_by"
        if value == "1 năm" and (comparator == "in" or ends):
            draft = self.draft("date" if ends else "interval", at, at + 1)
            draft.comparator, draft.times = comparator, (Time("year", shift=0),)
            return Expression([draft], at, at + 1, strong=False)
        if not bare or at:
            return None
        if (
            any(kind not in "UQ,&/-." for kind in self.kinds)
            or self.kinds.count("U") + self.kinds.count("Q") < 2
            or self.kinds[-1:] == "Q"
        ):
            return None
        drafts = []
        for index, chunk in enumerate(self.chunks):
            if isinstance(chunk.value, Duration):
                drafts.append(self.rule_draft(index, index + 1, every("tháng", chunk.value.n), None))
            elif chunk.kind == "U":
                count, unit = str(chunk.value).split(" ", 1)
                drafts.append(self.rule_draft(index, index + 1, every(unit, int(count)), None))
        return Expression(drafts, at, len(self.chunks), strong=True)
