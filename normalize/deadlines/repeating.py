"""What comes back: "hằng quý, năm", "thứ Sáu hằng tuần", "hằng năm, trước ngày 15/12"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.dated import DatedPhrases
from normalize.deadlines.model import RefusalError
from normalize.deadlines.parts import Expression
from normalize.deadlines.recurrence import Recurrence, every
from normalize.deadlines.times import Time
from normalize.deadlines.values import Clock, Duration

if TYPE_CHECKING:
    from normalize.deadlines.model import Comparator
    from normalize.deadlines.parts import Draft


_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class RecurringPhrases(DatedPhrases):
    """recurring and weekday of the grammar in `phrases.py`."""

    def recurring(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Read `recurring = R [ link ] [ C ] ( day | weekday ) | R { L ( R | U ) }`."""
        rule = self.chunks[at].value
        if not isinstance(rule, Recurrence):
            return None
        if rule.open:
            narrow = self._narrowed(at, rule)
            if narrow:
                return narrow
        drafts = [self.rule_draft(at, at + 1, rule, comparator)]
        end = at + 1
        while (following := self._next_rule(end)) is not None:
            place, value = following
            drafts.append(self.rule_draft(place, place + 1, value, comparator))
            end = place + 1
        if len(drafts) == 1:
            end = self._bounded(drafts[0], rule, end)
        strong = comparator is not None or (rule.precision == "day" and not rule.open)
        return Expression(drafts, at, end, strong)

    def _next_rule(self, at: int) -> tuple[int, Recurrence] | None:
        """Give the next of a list of periods ("…, năm", "… và 6 tháng"), or nothing."""
        place = at + self.link(at)
        if place == at or self.kind(place) not in {"U", "R", "Q"}:
            return None
        value = self.chunks[place].value
        if isinstance(value, Recurrence):
            return None if self._narrowed(place, value) else (place, value)
        if isinstance(value, Duration):
            unit = "năm" if value.unit == "year" else "tháng"
            return None if self.kind(place + 1) == "A" else (place, every(unit, value.n))
        if self.kind(place + 1) == "X":
            return None  # "hằng tháng hoặc ngày làm việc liền kề"
        count, unit = str(value).split(" ", 1)
        return place, every(unit, int(count))

    def _hour(self, draft: Draft, at: int) -> tuple[str | None, int]:
        """Read an hour: "…, trước 16h", "(trước 16 giờ)", "lúc 8h00"; (the hour, where it ends)."""
        opening = self.kind(at) if self.kind(at) in {",", "("} else ""
        look = at + len(opening)
        comparator: Comparator | None = None
        while self.kind(look) == "C":
            comparator = (
                "before"
                if self.chunks[look].value == "before"
                else "by"
                if self.chunks[look].value == "by"
                else comparator
            )
            look += 1
        value = self.chunks[look].value if look < len(self.chunks) else None
        if isinstance(value, Duration) and value.unit == "hour" and comparator and value.n <= 24:
            value = Clock(f"{value.n:02d}:00", None)  # "trước 16 giờ"
        if not isinstance(value, Clock) or value.time is None:
            return None, at
        look += 1
        if opening == "(":
            if self.kind(look) != ")":
                return None, at
            look += 1
        draft.comparator = draft.comparator or comparator
        return value.time, look

    def _bounded(self, draft: Draft, rule: Recurrence, end: int) -> int:
        """Read what may follow a single rule: "hằng năm" again, an hour, the period that it holds for."""
        tail = self.chunks[end].value if self.kind(end) == "R" else None
        if (
            rule.precision == "day"
            and isinstance(tail, Recurrence)
            and tail.open
            and tail.frequency == "YEARLY"
        ):
            end += 1  # "ngày 15 tháng cuối quý hằng năm"
        clock, end = self._hour(draft, end)
        if clock:
            draft.extension = replace(draft.extension, time=clock)
        opening = self.kind(end)
        bound = self.period(end + (1 if opening in {",", "("} else 0))
        if bound is None or bound.drafts[0].comparator == "before":
            return end
        limit = bound.drafts[0]
        draft.times, draft.last, draft.since = limit.times, limit.last, limit.since
        draft.comparator = draft.comparator or (
            limit.comparator if limit.comparator in {"after", "by"} else None
        )
        return bound.end + (1 if opening == "(" and self.kind(bound.end) == ")" else 0)

    def _narrowed(self, at: int, rule: Recurrence) -> Expression | None:
        """Read the period, then the day: "hằng tháng, trước ngày 20", "hằng tuần vào thứ Sáu", "hằng năm (quý I)"."""
        look = at + 1
        opening = self.kind(look)
        if rule.frequency is None:
            return self._after_periodic(look)
        if opening in {",", ":", "("}:
            look += 1
        lead, comparator, extension = self.lead(look)
        value = self.chunks[lead].value if lead < len(self.chunks) else None
        if self.kind(lead) == "W" and rule.frequency == "WEEKLY":
            fresh: Expression | None = self.weekday(lead, comparator, weekly=True)
        elif self.kind(lead) == "R" and isinstance(value, Recurrence) and not value.open:
            if opening == "," and comparator is None:
                return None
            fresh = self.recurring(lead, comparator)
        elif (
            self.kind(lead) == "T"
            and isinstance(value, Time)
            and not value.dated
            and rule.frequency in {"MONTHLY", "YEARLY"}
        ):
            if opening == "," and comparator is None and value.unit != "day" and rule.frequency != "YEARLY":
                return None
            fresh = self._narrow_dates(lead, rule, comparator)
        else:
            return None
        if fresh is None:
            return None
        for draft in fresh.drafts:
            draft.extension = replace(draft.extension, time=extension.time, part_of_day=extension.part_of_day)
        if opening == "(" and self.kind(fresh.end) == ")":
            fresh.end += 1
        fresh.begin, fresh.strong = at, True
        fresh.naming = self.chunks[at].last
        fresh.drafts[0].first = self.chunks[at].first
        return fresh

    def _after_periodic(self, at: int) -> Expression | None:
        """Read "định kỳ trước ngày 20/6 và 20/12", "định kỳ vào quý IV hằng năm": the time says how often."""
        lead, comparator, extension = self.lead(at)
        if self.kind(lead) == "R":
            found = self.recurring(lead, comparator)
        elif self.kind(lead) == "T":
            found = self.dated(lead, comparator)
        else:
            return None
        if found:
            for draft in found.drafts:
                draft.extension = replace(draft.extension, time=draft.extension.time or extension.time)
            found.begin, found.strong = at - 1, True
        return found

    def _narrow_dates(self, at: int, rule: Recurrence, comparator: Comparator | None) -> Expression | None:
        items, end = self.items(at)
        if any(time.dated for _, _, times in items for time in times):
            return None
        try:
            return Expression(self.yearly(items, rule, comparator), at, end, strong=True)
        except RefusalError:
            return None

    def _working_week(self, at: int) -> str:
        """Days of "thứ Hai - thứ Sáu hằng tuần", "từ thứ 2 đến thứ 6 hằng tuần", else nothing."""
        last = self.chunks[at + 2].value if at + 2 < len(self.chunks) else None
        first = self.chunks[at].value
        if not (self.kind(at + 1) == "-" or self.joins(at + 1)) or not isinstance(last, Recurrence):
            return ""
        if last.frequency != "WEEKLY" or first not in _WEEK or last.by_day not in _WEEK:
            return ""
        return ",".join(_WEEK[_WEEK.index(str(first)) : _WEEK.index(last.by_day) + 1])

    def weekday(self, at: int, comparator: Comparator | None, weekly: bool = False) -> Expression | None:
        """Read `weekday = W { L W } R(weekly) | W [ "," ] date (the date wins)`."""
        days = [at]
        end = at + 1
        week = self._working_week(at)
        if week:
            rule = Recurrence("WEEKLY", "day", by_day=week)
            return Expression(
                [self.rule_draft(at, at + 3, rule, comparator if comparator != "after" else None)],
                at,
                at + 3,
                strong=True,
            )
        while self.link(end) and self.kind(end + self.link(end)) in {"W", "N", "R"}:
            value = self.chunks[end + self.link(end)].value
            if isinstance(value, Recurrence) and not (value.frequency == "WEEKLY" and value.by_day):
                break
            end += self.link(end)
            days.append(end)
            weekly = weekly or isinstance(value, Recurrence)
            end += 1
        following = self.chunks[end].value if end < len(self.chunks) else None
        if isinstance(following, Recurrence) and following.frequency == "WEEKLY":
            end, weekly = end + 1, True
            if not following.open:
                days.append(end - 1)
        skip = 1 if self.kind(end) in {",", "("} else 0
        dated = self.chunks[end + skip].value if self.kind(end + skip) == "T" else None
        if not weekly and isinstance(dated, Time) and dated.unit == "day":
            return self.dated(end + skip, comparator)
        drafts = []
        for place in days:
            value = self.chunks[place].value
            by_day = value.by_day if isinstance(value, Recurrence) else value
            if isinstance(by_day, int):
                by_day = ("", "", "MO", "TU", "WE", "TH", "FR", "SA")[by_day] if 2 <= by_day <= 7 else ""
            if not weekly or not by_day:
                draft = self.draft("none", place, place + 1)
                draft.error, draft.comparator = "ambiguous", comparator
                draft.recurrence = Recurrence("WEEKLY", "day", by_day=str(by_day)) if by_day else None
            else:
                draft = self.rule_draft(
                    place, place + 1, Recurrence("WEEKLY", "day", by_day=str(by_day)), comparator
                )
            drafts.append(draft)
        return Expression(drafts, at, end, strong=weekly)
