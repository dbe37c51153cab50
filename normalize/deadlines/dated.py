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
    from normalize.deadlines.model import Comparator

Item: TypeAlias = "tuple[int, int, tuple[Time, ...]]"
Items: TypeAlias = "list[Item]"


class DatedPhrases(Reader):
    """dated, list, item, unit of the grammar in `phrases.py`."""

    def dated(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Read `dated = list [ R ] [ trở đi ]`: dates and periods, shared out, with what follows them."""
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
        comparator = "in" if comparator == "within" else comparator  # "trong 6 tháng đầu năm"
        step = 1 if self.kind(end) == "," else 0
        onward = self.kind(end + step) == "C" and self.chunks[end + step].value == "onward"
        if onward:
            comparator, end = "after", end + step + 1
        coming_back = self._coming_back(items, at, end, comparator)
        if coming_back:
            return coming_back
        extension = PLAIN
        clock = self.chunks[end].value if self.kind(end) == "H" else None
        if isinstance(clock, Clock):
            extension, end = Extension(time=clock.time), end + 1
        if self.kind(end) == "(" and self.kind(end + 1) in {"W", "H"} and self.kind(end + 2) == ")":
            end += 3  # "15/3/2022 (thứ Ba)": says nothing new
        drafts = [self._date_draft(item, comparator, extension, onward) for item in items]
        return Expression(drafts, at, end, strong=comparator is not None)

    def _date_draft(
        self, item: Item, comparator: Comparator | None, extension: Extension, onward: bool
    ) -> Draft:
        first, last, times = item
        unit = times[0].unit
        ranged = len(times) == 2 or (unit == "span" and comparator == "after")
        point = unit in {"day", "edge", "named"} or comparator in {"before", "by", "after"}
        draft = self.draft("date" if point and not ranged else "interval", first, last)
        draft.comparator, draft.times, draft.extension, draft.since = comparator, times, extension, onward
        if unit == "named":
            name = self.text_of(self.chunks[first].first, self.chunks[last - 1].last)
            draft.extension = replace(extension, named=name)
        if ranged and comparator == "before":
            draft.error = "ambiguous"
        elif ranged and comparator in {"after", "by"}:
            draft.comparator = None  # "từ A đến B"
        return draft

    def _coming_back(
        self, items: Items, at: int, end: int, comparator: Comparator | None
    ) -> Expression | None:
        """Read "… hằng năm", ", hằng năm", "(hằng năm)" after a list of dates without years."""
        before, after = 0, 0
        if self.kind(end) == ",":
            before = 1
        elif self.kind(end) == "(" and self.kind(end + 2) == ")":
            before = after = 1
        rule = self.chunks[end + before].value if end + before < len(self.chunks) else None
        if not isinstance(rule, Recurrence) or not rule.open or rule.interval not in {1, 3, 6}:
            return None
        if self.kind(end) == "," and rule.frequency != "YEARLY":
            return None  # "quý I, hằng tháng" are two parts
        if any(time.dated for _, _, times in items for time in times):
            return None
        end += before + 1 + after
        try:
            return Expression(self.yearly(items, rule, comparator), at, end, strong=True)
        except RefusalError as refusal:
            draft = self.draft("none", at, end)
            draft.error = refusal.reason
            return Expression([draft], at, end, strong=True)

    def yearly(self, items: Items, rule: Recurrence, comparator: Comparator | None) -> list[Draft]:
        """Give the rules of a list that comes back; RefusalError for what cannot."""
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
        """Read "ngày 10, ngày 20 hằng tháng", "từ ngày 20 đến ngày 25 hằng tháng": the last day is one lexeme."""
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
        """Read `list = item { L item }`: (first chunk, end chunk, one time or two ends) for each item."""
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
            step = self.link(end) or self._semicolon(end)
            ahead = end + step
            if not step or self.kind(ahead) not in {"T", "N"} or not self._continues(ahead):
                break
            end += step
        return share(found), end

    def _semicolon(self, at: int) -> int:
        """Length of a ";" that only parts numbers: "trước ngày 15/3; 15/6; 15/9", "tháng 8; 9; 10/2022"."""
        if (
            self.kind(at) != ";"
            or self.kind(at + 1) not in {"N", "T"}
            or self.kind(at + 2) not in {"", ";", ",", ".", "&", "R"}
        ):
            return 0
        before, value = self.chunks[at - 1].value, self.chunks[at + 1].value
        if isinstance(value, Time):
            return 1 if isinstance(before, Time) and value.bare and before.unit == value.unit else 0
        return 1

    def _continues(self, at: int) -> bool:
        """Tell whether a list goes on: by a number only where it could end (not "tháng 3, 02 đơn vị")."""
        if self.kinds[at] == "T":  # "trước 15/3, quý II: trước 15/6": the next label
            return self.kind(at + 1) not in {"C", ":"} or (
                self.joins(at + 1) and self.kind(at + 2) in {"T", "N"}
            )
        return self.kind(at + 1) not in {"X", "Q", "U", "Z", "W"} or self._number_leads(at)

    def _number_leads(self, at: int) -> bool:
        """Tell whether a date or month closes the list that a bare number opens: "01-15/3/2022"."""
        while self.kind(at) == "N":
            step = self.link(at + 1) or (1 if self.kind(at + 1) == "-" or self.joins(at + 1) else 0)
            if not step:
                return False
            at += 1 + step
        value = self.chunks[at].value if at < len(self.chunks) else None
        return isinstance(value, Time) and value.unit in {"day", "month", "quarter"}

    def joins(self, at: int) -> bool:
        """Tell whether "đến" stands at `at`."""
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
        """Read one period that bounds a continuous or recurring part: "trong năm", "từ quý II", "đến năm 2025"."""
        if self.kind(at) not in set("CT"):
            return None
        lead, comparator, _ = self.lead(at)
        if comparator == "before" or not (
            self.kind(lead) == "T" or (self.kind(lead) == "U" and comparator == "in")
        ):
            return None
        if self.kind(lead) == "U":
            return self.unit(lead, comparator)
        first = self.chunks[lead].value
        if lead == at and isinstance(first, Time) and first.unit not in {"span", "year", "school"}:
            return None  # "Thường xuyên, Quý I" are two parts
        found = self.dated(lead, comparator)
        if not found or len(found.drafts) != 1 or found.drafts[0].type == "recurring":
            return None
        found.drafts[0].since = any(chunk.rule in FROM for chunk in self.chunks[at:lead])
        return found

    def unit(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Read "trong năm", "đến hết năm": a unit without a number is one only with such a lead."""
        ends = comparator == "by" and self.rule_of(at - 1) == "comp_by"
        if self.chunks[at].value != "1 năm" or not (comparator == "in" or ends):
            return None
        draft = self.draft("date" if ends else "interval", at, at + 1)
        draft.comparator, draft.times = comparator, (Time("year", shift=0),)
        return Expression([draft], at, at + 1, strong=False)

    def report_periods(self) -> Expression | None:
        """Read a whole cell of periods, "quý, 6 tháng, năm": how often reports are due."""
        periods = [place for place, kind in enumerate(self.kinds) if kind in "UQ"]
        if len(periods) < 2 or set(self.kinds) - set("UQ,&/-."):
            return None
        drafts = []
        for place in periods:
            value = self.chunks[place].value
            if isinstance(value, Duration):
                rule = every("năm" if value.unit == "year" else "tháng", value.n)
            else:
                count, name = str(value).split(" ", 1)
                rule = every(name, int(count))
            drafts.append(self.rule_draft(place, place + 1, rule, None))
        return Expression(drafts, 0, len(self.chunks), strong=True)
