"""Terms counted from an event: "trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "trước kỳ họp 20 ngày"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from normalize.deadlines.model import Extension, Offset
from normalize.deadlines.parts import Expression
from normalize.deadlines.repeating import RecurringPhrases
from normalize.deadlines.values import Duration

if TYPE_CHECKING:
    from normalize.deadlines.model import Comparator

_SINCE = frozenset({"anchor_since", "anchor_sinceday", "anchor_sinceword"})


class RelativePhrases(RecurringPhrases):
    """relative of the grammar in `phrases.py`."""

    def counted(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Read `relative`: [ C ] Q [ "," ] [ A event | before event ] (n units after or before something)."""
        begin = at
        after_word = self.word(at, "sau")
        at += 1 if after_word else 0
        duration = self.chunks[at].value
        if not isinstance(duration, Duration) or not duration.n:
            return None
        at += 1
        end, event, sign = self._event(at, dates=duration.unit not in {"month", "year"})
        if comparator == "before":
            sign = -1
        elif after_word and comparator is None:
            comparator = "after"
        elif sign > 0 and (comparator is None or comparator in {"by", "in", "within"}):
            comparator = "within"
        elif sign < 0 and comparator not in {"by", "before"}:
            comparator = "before"
        draft = self.draft("relative", begin, end)
        draft.comparator, draft.offset = comparator, Offset(sign * duration.n, duration.unit, event)
        return Expression(
            [draft], begin, end, strong=event is not None or comparator != "within" or begin != at - 1
        )

    def _event(self, at: int, *, dates: bool) -> tuple[int, str | None, int]:
        """Read the event after a duration: (end, text, +1 after the event / -1 before it).

        `dates`: a date may be the event ("10 ngày trước ngày 01/7"); not of "báo cáo 6 tháng | trước ngày 15/6".
        """
        skip = 1 if self.kind(at) == "," else 0
        look = at + skip
        rule = self.rule_of(look)
        if self.kind(look) == "A" and rule != "anchor_nextmonth":
            end = self.clause_end(look + 1)
            sign = -1 if rule in {"anchor_before", "anchor_beforeday"} else 1
            return end, self._event_text(look + 1, end), sign
        if self.kind(look) == "C" and self.chunks[look].value in {"before", "from", "after"}:
            ahead = look + 1
            follows = "XZUTB" if dates or self.chunks[look].value != "before" else "XZUB"
            if self.kind(ahead) and self.kind(ahead) in follows:
                end = self.clause_end(ahead)
                sign = -1 if self.chunks[look].value == "before" else 1
                return end, self._event_text(ahead, end), sign
        if self.word(look, "sau") or self.word(look, "từ"):
            end = self.clause_end(look + 1)
            return end, self._event_text(look + 1, end), 1
        if self.word(look, "so") and self.word(look + 1, "với"):
            end = self.clause_end(look + 2)
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
        """Read `relative`: A event [ Q ]: "sau khi …", "trước khi … 10 ngày", "ngày 30 của tháng tiếp sau tháng …"."""
        rule = self.rule_of(at)
        end = self.clause_end(at + 1)
        if rule == "anchor_nextmonth":
            draft = self.draft("relative", at, end)
            draft.comparator = comparator
            draft.offset = Offset(1, "month", self._event_text(at + 1, end))
            draft.extension = Extension(day_of_month=int(str(self.chunks[at].value)))
            return Expression([draft], at, end, strong=True)
        if rule in _SINCE:
            until = self._until(at + 1, end)
            if until:
                return until
        before = rule in {"anchor_before", "anchor_beforeday"}
        if end == at + 1 or self.kind(at + 1) == "C":
            return None
        return self._event_phrase(at, at + 1, end, "before" if before else comparator or "after")

    def _event_phrase(self, begin: int, first: int, end: int, comparator: Comparator) -> Expression | None:
        for stop in range(first + 1, end):
            if (
                self.kinds[stop] in ",&"
                and self.kind(stop + 1) == "C"
                and self.chunks[stop + 1].value in {"before", "by"}
            ):
                lead, _, _ = self.lead(stop + 1)
                if self.kind(lead) in set("TQ"):
                    end = stop
                    break
        count, unit, last = 0, "day", end
        duration = self.chunks[end - 1].value
        if isinstance(duration, Duration) and end - 1 > first:
            count, unit, last = duration.n, duration.unit, end - 1
            while self.kind(last - 1) in set(",C") and last - 1 > first:
                last -= 1
        text = self._event_text(first, last)
        if not text:
            return None
        draft = self.draft("relative", begin, end)
        draft.comparator = comparator
        draft.offset = Offset(-count if comparator == "before" else count, unit, text)  # type: ignore[arg-type]
        return Expression([draft], begin, end, strong=True)

    def _until(self, first: int, end: int) -> Expression | None:
        """Read "từ ngày ký đến hết 31/12/2025": the beginning is an event, the end a date."""
        for index in range(first, end):
            if self.kinds[index] == "C" and self.chunks[index].value in {"to", "by"}:
                lead, _, _ = self.lead(index)
                if self.kind(lead) in {"T", "N"}:
                    return self.dated(lead, "by")
        return None

    def noun_event(self, at: int, comparator: Comparator | None) -> Expression | None:
        """Read `relative`: ( trước | sau ) noun: "Trước kỳ họp HĐND tỉnh 15 ngày", "Sau hội nghị"."""
        first = at
        if self.word(at, "sau"):
            if comparator not in {None, "by"} or self.word(at + 1, "đó"):
                return None
            comparator, first = "after", at + 1
        elif comparator not in {"before", "after"}:
            return None
        end = self.clause_end(first)
        if end <= first or self.kind(first) not in set("XZ"):
            return None
        return self._event_phrase(at, first, end, comparator or "after")
