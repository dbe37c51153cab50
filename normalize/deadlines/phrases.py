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
expression and where it ends, or None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.deadlines.chunks import Chunk, Clock, Duration
from normalize.deadlines.lists import share
from normalize.deadlines.model import Extension, Offset, RefusalError
from normalize.deadlines.parts import Draft, Expression
from normalize.deadlines.recurrence import Recurrence, every, narrowed
from normalize.deadlines.times import Time, precision

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from normalize.deadlines.model import Comparator, PartType

_COMPARATOR: dict[str, Comparator] = {
    "before": "before", "by": "by", "within": "within", "in": "in", "from": "after", "begin": "after",
    "after": "after", "to": "by", "atleast": "before",
}  # fmt: skip
_PLAIN = Extension()
_CLAUSE_ENDS = frozenset(";.")
_LINKS = frozenset(",&/")
_FROM = frozenset({"comp_from", "comp_begin"})
_SINCE = frozenset({"anchor_since", "anchor_sinceday", "anchor_sinceword"})


class Phrases:
    """Reads expressions out of the chunks of one cell. `text_of` gives the source text of a token range."""

    def __init__(self, chunks: Sequence[Chunk], line_starts: frozenset[int], text_of: Callable[[int, int], str]) -> None:
        self.chunks = chunks
        self.kinds = "".join(chunk.kind for chunk in chunks)
        self.line_starts = line_starts
        self.text_of = text_of

    def expression(self, at: int) -> Expression | None:
        """Read the expression that begins at chunk `at`, None when none does."""
        kind = self.kinds[at]
        if kind == "O":
            return self.continuous(at)
        if kind == "B":
            return self.reference(at)
        if kind not in "CTNRWUQAH~" and not self._word(at, "sau"):
            return None
        lead, comparator, extension = self.lead(at)
        if lead >= len(self.kinds):
            return None
        kind = self.kinds[lead]
        if kind == "B" and comparator in {None, "by", "in"} and lead > at:
            found = self.reference(lead)
        elif kind == "Q" or (self._word(lead, "sau") and self._kind(lead + 1) == "Q"):
            found = self.counted(lead, comparator)
        elif kind == "A":
            found = self.anchored(lead, comparator)
        elif kind == "R":
            found = self.recurring(lead, comparator)
        elif kind == "W":
            found = self.weekday(lead, comparator)
        elif kind == "U":
            found = self.unit(lead, comparator, bare=lead == at)
        elif kind in "TN":
            found = self.dated(lead, comparator)
        elif kind in "XZ" and self._opens_clause(at):
            found = self.noun_event(lead, comparator)
        else:
            return None
        if found:
            since = any(chunk.rule in _FROM for chunk in self.chunks[at:lead])
            if any(chunk.rule == "comp_around" for chunk in self.chunks[at:lead]):
                found.drafts[0].error = "ambiguous"
            for draft in found.drafts:
                draft.since = draft.since or since
                draft.first = self.chunks[at].first if draft is found.drafts[0] else draft.first
                if extension is not _PLAIN:
                    draft.extension = replace(
                        draft.extension,
                        time=draft.extension.time or extension.time,
                        part_of_day=draft.extension.part_of_day or extension.part_of_day,
                        approx=draft.extension.approx or extension.approx,
                    )
            found.strong = found.strong or comparator is not None
            found.begin = at
        return found

    # ---- small tests -----------------------------------------------------------------------------------------

    def _kind(self, at: int) -> str:
        return self.kinds[at] if 0 <= at < len(self.kinds) else ""

    def _word(self, at: int, word: str) -> bool:
        return self._kind(at) == "X" and self.text_of(self.chunks[at].first, self.chunks[at].last).lower() == word

    def _rule(self, at: int) -> str:
        return self.chunks[at].rule if at < len(self.chunks) else ""

    def _opens_clause(self, at: int) -> bool:
        before = self.kinds[:at].rstrip("-+•*(")
        return not before or before[-1] in ";.:" or self.chunks[at].first in self.line_starts

    def _clause_end(self, at: int) -> int:
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

    def _link(self, at: int) -> int:
        """Length of the list link at `at`: ',', 'và', ', và'; 0 for none."""
        if self._kind(at) not in _LINKS or not self._kind(at):
            return 0
        return 2 if self._kind(at) == "," and self._kind(at + 1) == "&" else 1

    # ---- lead ------------------------------------------------------------------------------------------------

    def lead(self, at: int) -> tuple[int, Comparator | None, Extension]:
        """lead = { C | ~ | H }: the comparator (the last word wins: "chậm nhất trước"), hour and approximation."""
        comparator: Comparator | None = None
        extension = _PLAIN
        while at < len(self.kinds) and self.kinds[at] in "C~H":
            chunk = self.chunks[at]
            if chunk.kind == "~":
                extension = replace(extension, approx=True)
            elif isinstance(chunk.value, Clock):
                part = chunk.value.part_of_day
                extension = replace(extension, time=chunk.value.time, part_of_day="AM" if part == "AM" else "PM" if part else None)
            elif chunk.value == "to" and extension.time:
                comparator = None  # "từ 8h00 đến 17h00 ngày 15/3"
            elif isinstance(chunk.value, str):
                fresh = _COMPARATOR.get(chunk.value)
                weak = fresh == "in" and comparator is not None
                comparator = comparator if weak or fresh is None else fresh
            at += 1
            while self._kind(at) == "," and self._kind(at + 1) in set("C~HTW") and chunk.kind == "H":
                at += 1
        return at, comparator, extension

    # ---- continuous and by reference ---------------------------------------------------------------------------

    def continuous(self, at: int) -> Expression:
        """continuous = O [ "," ] [ in/from/by period ] | O R."""
        draft = self._draft("continuous", at, at + 1)
        after = at + 1
        if self._rule(at) == "cont_during":
            after = self._clause_end(at)
            draft.last = self.chunks[after - 1].last
            return Expression([draft], at, after, strong=False)
        step = 1 if self._kind(after) in {",", "("} else 0
        if self._kind(after) == "R":
            found = self.recurring(after, None)
            if found:
                found.drafts[0].first, found.begin = draft.first, at
                return found
        if self._kind(after) == "B":
            found = self.reference(after)
            draft.extension = found.drafts[0].extension
            draft.last = found.drafts[0].last
            return Expression([draft], at, found.end, strong=False)
        period = self._period(after + step)
        if period:
            bound = period.drafts[0]
            draft.times, draft.comparator, draft.last = bound.times, bound.comparator, bound.last
            draft.since = bound.since
            if draft.comparator == "in" or (bound.type == "interval" and draft.comparator is None):
                draft.comparator = None
            closing = 1 if step and self._kind(after) == "(" and self._kind(period.end) == ")" else 0
            return Expression([draft], at, period.end + closing, strong=False)
        return Expression([draft], at, after, strong=False)

    def _period(self, at: int) -> Expression | None:
        """One period that bounds a continuous or recurring part: "trong năm", "từ quý II", "đến năm 2025"."""
        if self._kind(at) not in set("CT"):
            return None
        lead, comparator, _ = self.lead(at)
        if comparator == "before" or not (self._kind(lead) == "T" or (self._kind(lead) == "U" and comparator == "in")):
            return None
        if self._kind(lead) == "U":
            return self.unit(lead, comparator, bare=False)
        first = self.chunks[lead].value
        if lead == at and isinstance(first, Time) and first.unit not in {"span", "year", "school"}:
            return None  # "Thường xuyên, Quý I" are two parts
        found = self.dated(lead, comparator)
        if not found or len(found.drafts) != 1 or found.drafts[0].type == "recurring":
            return None
        found.drafts[0].since = any(chunk.rule in _FROM for chunk in self.chunks[at:lead])
        return found

    def reference(self, at: int) -> Expression:
        """reference = B words, to the end of the clause or to the next phrase that says when by itself."""
        end = self._reference_end(at)
        last = self.chunks[end - 1].last
        chunk = self.chunks[at]
        draft = self._draft("by_reference", at, end)
        opening = str(chunk.value)
        if chunk.rule == "ref_theo" and (opening.endswith("theo") or opening.startswith("căn cứ")):
            text = self.text_of(chunk.last, last)
        elif chunk.rule == "ref_duly":
            text = self.text_of(chunk.first, last)
            for verb in ("hoàn thành ", "thực hiện ", "báo cáo ", "gửi ", "triển khai ", "đảm bảo ", "bảo đảm ", "đúng "):
                if text.lower().startswith(verb):
                    text = text[len(verb) :]
        else:
            text = self.text_of(chunk.first, last)
            text = text[0].lower() + text[1:] if text[:2].istitle() or text[:1].isupper() and text[1:2].islower() else text
        draft.extension = Extension(reference=text.strip(" ,;.:") or opening)
        return Expression([draft], at, end, strong=False)

    def _reference_end(self, at: int) -> int:
        end = self._clause_end(at + 1)
        for index in range(at + 1, end):
            ahead = index + self._link(index)
            if ahead > index and ahead < end:
                kind = self.kinds[ahead]
                if kind == "O" or (kind == "R" and self._link(index)):
                    return index
            if self.kinds[index] == "C" and self.chunks[index].value in {"before", "by"}:
                lead, _, _ = self.lead(index)
                if self._kind(lead) in set("TR") and index > at + 1:
                    return index - 1 if self._kind(index - 1) in _LINKS else index
        return end

    # ---- relative ----------------------------------------------------------------------------------------------

    def counted(self, at: int, comparator: Comparator | None) -> Expression | None:
        """relative = [ C ] Q [ "," ] [ A event | before event ] (n units after or before something)."""
        begin = at
        after_word = self._word(at, "sau")
        at += 1 if after_word else 0
        duration = self.chunks[at].value
        if not isinstance(duration, Duration) or not duration.n:
            return None
        at += 1
        end, event, sign = self._event(at)
        if comparator == "before":
            sign = -1
        elif after_word and comparator is None:
            comparator = "after"
        elif sign > 0 and (comparator is None or comparator in {"by", "in", "within"}):
            comparator = "within"
        elif sign < 0 and comparator not in {"by", "before"}:
            comparator = "before"
        draft = self._draft("relative", begin, end)
        draft.comparator, draft.offset = comparator, Offset(sign * duration.n, duration.unit, event)
        return Expression([draft], begin, end, strong=event is not None or comparator != "within" or begin != at - 1)

    def _event(self, at: int) -> tuple[int, str | None, int]:
        """Read the event after a duration: (end, text, +1 after the event / -1 before it)."""
        skip = 1 if self._kind(at) == "," else 0
        look = at + skip
        rule = self._rule(look)
        if self._kind(look) == "A" and rule != "anchor_nextmonth":
            end = self._clause_end(look + 1)
            sign = -1 if rule in {"anchor_before", "anchor_beforeday"} else 1
            return end, self._event_text(look + 1, end), sign
        if self._kind(look) == "C" and self.chunks[look].value in {"before", "from", "after"}:
            ahead = look + 1
            follows = "XZUB" if self.chunks[look].value == "before" else "XZUTB"  # "6 tháng | trước ngày 15/6" is a label
            if self._kind(ahead) and self._kind(ahead) in follows:
                end = self._clause_end(ahead)
                sign = -1 if self.chunks[look].value == "before" else 1
                return end, self._event_text(ahead, end), sign
        if self._word(look, "sau") or self._word(look, "từ"):
            end = self._clause_end(look + 1)
            return end, self._event_text(look + 1, end), 1
        if self._word(look, "so") and self._word(look + 1, "với"):
            end = self._clause_end(look + 2)
            return end, self._event_text(look + 2, end), 1
        return at, None, 1

    def _event_text(self, first: int, end: int) -> str | None:
        if end <= first:
            return None
        text = self.text_of(self.chunks[first].first, self.chunks[end - 1].last).strip(" ,;.:")
        for opening in ("ngày ", "khi "):
            if text.lower().startswith(opening) and not text[len(opening) : len(opening) + 1].isdigit():
                text = text[len(opening) :]
        return text or None

    def anchored(self, at: int, comparator: Comparator | None) -> Expression | None:
        """relative = A event [ Q ]: "sau khi …", "trước khi … 10 ngày", "ngày 30 của tháng tiếp sau tháng …"."""
        rule = self._rule(at)
        end = self._clause_end(at + 1)
        if rule == "anchor_nextmonth":
            draft = self._draft("relative", at, end)
            draft.comparator = comparator
            draft.offset = Offset(1, "month", self._event_text(at + 1, end))
            draft.extension = Extension(day_of_month=int(str(self.chunks[at].value)))
            return Expression([draft], at, end, strong=True)
        if rule in _SINCE:
            until = self._until(at + 1, end)
            if until:
                return until
        before = rule in {"anchor_before", "anchor_beforeday"}
        if end == at + 1 or self._kind(at + 1) == "C":
            return None
        return self._event_phrase(at, at + 1, end, "before" if before else comparator or "after")

    def _event_phrase(self, begin: int, first: int, end: int, comparator: Comparator) -> Expression | None:
        for stop in range(first + 1, end):
            if self.kinds[stop] in ",&" and self._kind(stop + 1) == "C" and self.chunks[stop + 1].value in {"before", "by"}:
                lead, _, _ = self.lead(stop + 1)
                if self._kind(lead) in set("TQ"):
                    end = stop
                    break
        count, unit, last = 0, "day", end
        duration = self.chunks[end - 1].value
        if isinstance(duration, Duration) and end - 1 > first:
            count, unit, last = duration.n, duration.unit, end - 1
            while self._kind(last - 1) in set(",C") and last - 1 > first:
                last -= 1
        text = self._event_text(first, last)
        if not text:
            return None
        draft = self._draft("relative", begin, end)
        draft.comparator = comparator
        draft.offset = Offset(-count if comparator == "before" else count, unit, text)  # type: ignore[arg-type]
        return Expression([draft], begin, end, strong=True)

    def _until(self, first: int, end: int) -> Expression | None:
        """ "Từ ngày ký đến hết 31/12/2025": the beginning is an event, the end a date."""
        for index in range(first, end):
            if self.kinds[index] == "C" and self.chunks[index].value in {"to", "by"}:
                lead, _, _ = self.lead(index)
                if self._kind(lead) in {"T", "N"}:
                    return self.dated(lead, "by")
        return None

    def noun_event(self, at: int, comparator: Comparator | None) -> Expression | None:
        """relative = ( trước | sau ) noun: "Trước kỳ họp HĐND tỉnh 15 ngày", "Sau hội nghị"."""
        first = at
        if self._word(at, "sau"):
            if comparator not in {None, "by"} or self._word(at + 1, "đó"):
                return None
            comparator, first = "after", at + 1
        elif comparator not in {"before", "after"}:
            return None
        end = self._clause_end(first)
        if end <= first or self._kind(first) not in set("XZ"):
            return None
        return self._event_phrase(at, first, end, comparator or "after")

    # ---- recurring -----------------------------------------------------------------------------------------------

    def recurring(self, at: int, comparator: Comparator | None) -> Expression | None:
        """recurring = R [ link ] [ C ] ( day | weekday ) | R { L ( R | U ) }."""
        rule = self.chunks[at].value
        if not isinstance(rule, Recurrence):
            return None
        if rule.open:
            narrow = self._narrowed(at, rule)
            if narrow:
                return narrow
        drafts = [self._rule_draft(at, at + 1, rule, comparator)]
        end = at + 1
        while True:
            step = self._link(end)
            following = self._kind(end + step)
            if not step or following not in {"U", "R", "Q"}:
                break
            value = self.chunks[end + step].value
            if following == "U":
                count, unit = str(value).split(" ", 1)
                value = every(unit, int(count))
            elif isinstance(value, Duration):
                value = every("năm" if value.unit == "year" else "tháng", value.n)
            if not isinstance(value, Recurrence) or (following == "R" and self._narrowed(end + step, value)):
                break
            if following == "Q" and self._kind(end + step + 1) in set("A"):
                break
            drafts.append(self._rule_draft(end + step, end + step + 1, value, comparator))
            end += step + 1
        if rule.precision == "day" and self._kind(end) == "R" and len(drafts) == 1:
            tail = self.chunks[end].value
            if isinstance(tail, Recurrence) and tail.open and tail.frequency == "YEARLY":
                end += 1  # "ngày 15 tháng cuối quý hằng năm"
        if len(drafts) == 1:
            clock = self.chunks[end].value if self._kind(end) == "H" else None
            if isinstance(clock, Clock):
                drafts[0].extension = replace(drafts[0].extension, time=clock.time)
                end += 1
            step = 1 if self._kind(end) in {",", "("} else 0
            bound = self._period(end + step)
            if bound and bound.drafts[0].comparator != "before":
                drafts[0].times, drafts[0].last = bound.drafts[0].times, bound.drafts[0].last
                drafts[0].since = bound.drafts[0].since
                drafts[0].comparator = drafts[0].comparator or ("after" if bound.drafts[0].comparator == "after" else None)
                end = bound.end + (1 if step and self._kind(end) == "(" and self._kind(bound.end) == ")" else 0)
        strong = comparator is not None or (rule.precision == "day" and not rule.open)
        return Expression(drafts, at, end, strong)

    def _rule_draft(self, first: int, last: int, rule: Recurrence, comparator: Comparator | None) -> Draft:
        draft = self._draft("recurring", first, last)
        draft.recurrence, draft.comparator = rule, comparator
        draft.extension = Extension(unspecified_frequency=rule.frequency is None, period_lag=rule.lag, times_per=rule.times)
        return draft

    def _narrowed(self, at: int, rule: Recurrence) -> Expression | None:
        """ "Hằng tháng, trước ngày 20"; "hằng tuần vào thứ Sáu"; "hằng năm (quý I)": the period, then the day."""
        look = at + 1
        opening = self._kind(look)
        if opening in {",", ":", "("}:
            look += 1
        lead, comparator, extension = self.lead(look)
        value = self.chunks[lead].value if lead < len(self.chunks) else None
        if self._kind(lead) == "W" and rule.frequency == "WEEKLY":
            fresh: Expression | None = self.weekday(lead, comparator, weekly=True)
        elif self._kind(lead) == "R" and isinstance(value, Recurrence) and not value.open:
            if opening == "," and comparator is None:
                return None
            fresh = self.recurring(lead, comparator)
        elif self._kind(lead) == "T" and isinstance(value, Time) and not value.dated and rule.frequency in {"MONTHLY", "YEARLY"}:
            if opening == "," and comparator is None and value.unit != "day":
                return None
            fresh = self._narrow_dates(lead, rule, comparator)
        else:
            return None
        if fresh is None:
            return None
        for draft in fresh.drafts:
            draft.extension = replace(draft.extension, time=extension.time, part_of_day=extension.part_of_day)
        if opening == "(" and self._kind(fresh.end) == ")":
            fresh.end += 1
        fresh.begin, fresh.strong = at, True
        fresh.naming = self.chunks[at].last
        fresh.drafts[0].first = self.chunks[at].first
        return fresh

    def _narrow_dates(self, at: int, rule: Recurrence, comparator: Comparator | None) -> Expression | None:
        items, end = self.items(at)
        if any(time.dated for _, _, times in items for time in times):
            return None
        try:
            return Expression(self._yearly(items, rule, comparator), at, end, strong=True)
        except RefusalError:
            return None

    def weekday(self, at: int, comparator: Comparator | None, weekly: bool = False) -> Expression | None:
        """weekday = W { L W } R(weekly) | W [ "," ] date (the date wins)."""
        days = [at]
        end = at + 1
        while self._link(end) and self._kind(end + self._link(end)) in {"W", "N", "R"}:
            value = self.chunks[end + self._link(end)].value
            if isinstance(value, Recurrence) and not (value.frequency == "WEEKLY" and value.by_day):
                break
            end += self._link(end)
            days.append(end)
            weekly = weekly or isinstance(value, Recurrence)
            end += 1
        following = self.chunks[end].value if end < len(self.chunks) else None
        if isinstance(following, Recurrence) and following.frequency == "WEEKLY":
            end, weekly = end + 1, True
            if not following.open:
                days.append(end - 1)
        skip = 1 if self._kind(end) in {",", "("} else 0
        if not weekly and self._kind(end + skip) == "T":
            return self.dated(end + skip, comparator)
        drafts = []
        for place in days:
            value = self.chunks[place].value
            by_day = value.by_day if isinstance(value, Recurrence) else value
            if isinstance(by_day, int):
                by_day = ("", "", "MO", "TU", "WE", "TH", "FR", "SA")[by_day] if 2 <= by_day <= 7 else ""
            if not weekly or not by_day:
                draft = self._draft("none", place, place + 1)
                draft.error, draft.comparator = "ambiguous", comparator
                draft.recurrence = Recurrence("WEEKLY", "day", by_day=str(by_day)) if by_day else None
            else:
                draft = self._rule_draft(place, place + 1, Recurrence("WEEKLY", "day", by_day=str(by_day)), comparator)
            drafts.append(draft)
        return Expression(drafts, at, end, strong=weekly)

    def unit(self, at: int, comparator: Comparator | None, bare: bool) -> Expression | None:
        """unit = "trong năm" | U { L U } ("quý, 6 tháng, năm": how often reports are due) — else nothing."""
        value = str(self.chunks[at].value)
        ends = comparator == "by" and self._rule(at - 1) == "comp_by"
        if value == "1 năm" and (comparator == "in" or ends):
            draft = self._draft("date" if ends else "interval", at, at + 1)
            draft.comparator, draft.times = comparator, (Time("year", shift=0),)
            return Expression([draft], at, at + 1, strong=False)
        if not bare or at:
            return None
        if any(kind not in "UQ,&/-." for kind in self.kinds) or self.kinds.count("U") + self.kinds.count("Q") < 2 or "Q" == self.kinds[-1:]:
            return None
        drafts = []
        for index, chunk in enumerate(self.chunks):
            if isinstance(chunk.value, Duration):
                drafts.append(self._rule_draft(index, index + 1, every("tháng", chunk.value.n), None))
            elif chunk.kind == "U":
                count, unit = str(chunk.value).split(" ", 1)
                drafts.append(self._rule_draft(index, index + 1, every(unit, int(count)), None))
        return Expression(drafts, at, len(self.chunks), strong=True)

    # ---- dated -----------------------------------------------------------------------------------------------------

    def dated(self, at: int, comparator: Comparator | None) -> Expression | None:
        """dated = list [ R ] [ trở đi ]: dates and periods, shared out, with what follows them."""
        if self.kinds[at] == "N" and not self._number_leads(at):
            return None
        monthly = self._days_of_month(at, comparator)
        if monthly:
            return monthly
        try:
            items, end = self.items(at)
        except RefusalError as refusal:
            draft = self._draft("none", at, at + 1)
            draft.error = refusal.reason
            return Expression([draft], at, at + 1, strong=comparator is not None)
        onward = False
        step = 1 if self._kind(end) == "," else 0
        if self._kind(end + step) == "C" and self.chunks[end + step].value == "onward":
            comparator, end, onward = "after", end + step + 1, True
        skip = 1 if self._kind(end) == "," and self._kind(end + 1) == "R" else 0
        if skip and isinstance(value := self.chunks[end + 1].value, Recurrence) and not (value.frequency == "YEARLY" and value.open):
            skip = 0
        opening = 1 if self._kind(end) == "(" and self._kind(end + 1) == "R" and self._kind(end + 2) == ")" else 0
        rule = self.chunks[end + skip + opening].value if end + skip + opening < len(self.chunks) else None
        undated = not any(time.dated for _, _, times in items for time in times)
        if isinstance(rule, Recurrence) and rule.open and undated and rule.interval in {1, 3, 6}:
            try:
                drafts = self._yearly(items, rule, comparator)
                return Expression(drafts, at, end + 1 + skip + 2 * opening, strong=True)
            except RefusalError as refusal:
                draft = self._draft("none", at, end + 1)
                draft.error = refusal.reason
                return Expression([draft], at, end + 1 + skip + 2 * opening, strong=True)
        extension = _PLAIN
        clock = self.chunks[end].value if self._kind(end) == "H" else None
        if isinstance(clock, Clock):
            extension, end = Extension(time=clock.time), end + 1
        if self._kind(end) == "(" and self._kind(end + 1) in {"W", "H"} and self._kind(end + 2) == ")":
            end += 3  # "15/3/2022 (thứ Ba)": says nothing new
        drafts = []
        for first, last, times in items:
            ranged = len(times) == 2
            point = times[0].unit in {"day", "edge", "named"} and not ranged
            ranged = ranged or (times[0].unit in {"span", "school"} and comparator == "after")
            kind: PartType = "date" if not ranged and (point or comparator in {"before", "by", "after"}) else "interval"
            draft = self._draft(kind, first, last)
            draft.comparator, draft.times, draft.extension, draft.since = comparator, times, extension, onward
            if times[0].unit == "named":
                draft.extension = replace(extension, named=self.text_of(self.chunks[first].first, self.chunks[last - 1].last))
            if ranged and comparator == "before":
                draft.error = "ambiguous"
            if ranged and comparator in {"after", "by"}:
                draft.comparator = None  # "từ A đến B"
            drafts.append(draft)
        return Expression(drafts, at, end, strong=comparator is not None)

    def _days_of_month(self, at: int, comparator: Comparator | None) -> Expression | None:
        """ "Ngày 10, ngày 20 hằng tháng", "từ ngày 20 đến ngày 25 hằng tháng": only the last day is one lexeme."""
        days = [at]
        end = at + 1
        ranged = False
        while self._kind(end - 1) == "T":
            value = self.chunks[end - 1].value
            joined = self._kind(end) == "-" or self._joins(end)
            step = 1 if joined else self._link(end)
            if not (isinstance(value, Time) and value.unit == "day" and value.month is None and step):
                return None
            if self._kind(end + step) not in {"T", "R"} or (joined and len(days) > 1):
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
            draft = self._rule_draft(at, end, rules[0], None)
            draft.extension = replace(draft.extension, until_rule=last.rule())
            return Expression([draft], at, end, strong=True)
        drafts = [self._rule_draft(place, place + 1, rule, comparator) for place, rule in zip(days, rules, strict=True)]
        return Expression(drafts, at, end, strong=True)

    def _number_leads(self, at: int) -> bool:
        """A bare number opens a list only when a date or month closes it: "01-15/3/2022", "10, 11, 12/2022"."""
        while self._kind(at) == "N":
            step = self._link(at + 1) or (1 if self._kind(at + 1) == "-" or self._joins(at + 1) else 0)
            if not step:
                return False
            at += 1 + step
        value = self.chunks[at].value if at < len(self.chunks) else None
        return isinstance(value, Time) and value.unit in {"day", "month", "quarter"}

    def _joins(self, at: int) -> bool:
        return self._kind(at) == "C" and self.chunks[at].value in {"to", "by"} and self.chunks[at].rule in {"comp_to", "comp_by"}

    def _yearly(
        self, items: list[tuple[int, int, tuple[Time, ...]]], rule: Recurrence, comparator: Comparator | None
    ) -> list[Draft]:
        drafts = []
        for first, last, times in items:
            if len(times) == 1:
                lagged = replace(narrowed(rule, times[0]), lag=times[0].shift or None)
                drafts.append(self._rule_draft(first, last, lagged, comparator))
                continue
            ends = [narrowed(rule, time) for time in times]
            draft = self._rule_draft(first, last, ends[0], None)
            if {time.unit for time in times} == {"month"}:
                months = range(times[0].month or 1, (times[1].month or 0) + 1)
                draft.recurrence = replace(ends[0], by_month=",".join(map(str, months)))
            else:
                draft.extension = replace(draft.extension, until_rule=ends[1].rule())
            drafts.append(draft)
        return drafts

    def items(self, at: int) -> tuple[list[tuple[int, int, tuple[Time, ...]]], int]:
        """list = item { L item }: (first chunk, last chunk, one time or the two ends of a range) for each item."""
        found: list[tuple[int, int, tuple[Time | int, ...]]] = []
        end = at
        while True:
            first = end
            values: list[Time | int] = [self._time(end)]
            end += 1
            joined = self._kind(end) == "-" or self._joins(end)
            ahead = end + 1
            while joined and self._kind(ahead) == "C" and self.chunks[ahead].value in {"to", "by", "in"}:
                ahead += 1
            if joined and self._kind(ahead) in {"T", "N"} and self.chunks[end].first not in self.line_starts:
                values.append(self._time(ahead))
                end = ahead + 1
            found.append((first, end, tuple(values)))
            step = self._link(end)
            ahead = end + step
            if not step or self._kind(ahead) not in {"T", "N"} or not self._continues(ahead):
                break
            end += step
        return share(found), end

    def _continues(self, at: int) -> bool:
        """A number goes on the list only where the list could end after it ("tháng 3, 02 đơn vị" it does not)."""
        if self.kinds[at] == "T":  # "trước 15/3, quý II: trước 15/6": the next label
            return self._kind(at + 1) not in {"C", ":"} or self._joins(at + 1) and self._kind(at + 2) in {"T", "N"}
        return self._kind(at + 1) not in {"X", "Q", "U", "Z", "W"} or self._number_leads(at)

    def _time(self, at: int) -> Time | int:
        value = self.chunks[at].value
        if isinstance(value, (Time, int)):
            return value
        raise RefusalError("ambiguous")

    def _draft(self, kind: PartType, first: int, end: int) -> Draft:
        return Draft(kind, self.chunks[first].first, self.chunks[end - 1].last)


def finest(times: tuple[Time, ...]) -> str:
    """Precision of a period or of a range: that of its finer end."""
    order = ("day", "week", "month", "quarter", "halfyear", "year")
    return min((precision(time) for time in times), key=order.index)
