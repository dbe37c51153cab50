"""Reading a cell from left to right into mentions; `grammar.Reading` says what may begin where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.organisations.bodies import Described, describe
from normalize.organisations.gazetteer import words
from normalize.organisations.names import NameReader
from normalize.organisations.tokens import SEPARATOR, WALL, Gap
from normalize.organisations.writing import BARE_CONFIDENCE, LIST

if TYPE_CHECKING:
    from normalize.organisations.mention import UnitMention


def _title(label: str, head: str | None) -> str:
    """Read "Chánh" + "Văn phòng", "Trưởng" + "phòng" or "ban": a title that the body's head completes."""
    if label.startswith("Chánh") or head is None:
        return f"{label} {head or ''}".strip()
    return f"{label} {head.split()[0].lower() if head.startswith(('Ban', 'Phòng')) else head.lower()}"


class Reader(NameReader):
    """Reads a whole cell, item by item."""

    __slots__ = ()

    def read(self) -> list[UnitMention]:
        """Read every item."""
        at = 0
        while at < self.limit:
            gap = self.reading.tokens.gaps[at]
            if gap & Gap.HARD and not self.sticky:
                self.head = self.position = None
            if gap & Gap.OPEN and self.mentions:
                at = self._bracket(at)
                continue
            if gap & Gap.COLON and self.mentions and self.mentions[-1].kind == "group":
                at = self._listed(at)
                continue
            at = max(self._item(at), at + 1)
        return self.mentions

    def _listed(self, at: int) -> int:
        """Read "Các đơn vị: Văn phòng, Thanh tra": the members stand for their group."""
        before = len(self.mentions)
        group = self.mentions[-1]
        after = max(self._item(at), at + 1)
        if len(self.mentions) > before and self.mentions[before].kind == "unit":
            del self.mentions[before - 1]
            self.position = self.position or group.position
        return after

    def _item(self, at: int) -> int:
        reading = self.reading
        skipped = self._label(at)
        if skipped > at:
            return skipped
        title_end, label, joins = reading.position_at(at, self.limit)
        alias_end = max(reading.alias_at(at, self.limit)[0], reading.group_at(at, self.limit)[0])
        if title_end > at and title_end >= alias_end:
            after = self._titled(at, title_end, label, joins)
            if after > at:
                return after
        end, count = reading.quantifier_at(at, self.limit)
        if end > at and end < self.limit and not reading.tokens.gaps[end] & WALL:
            after = self._counted(at, end, count)
            if after > at:
                return after
        after = self._body(at, at)
        return after if after > at else self._unknown(at)

    def _label(self, at: int) -> int:
        """Skip "Chủ trì:", "phối hợp với", "do": words about the roles, not names."""
        reading = self.reading
        end = reading.phrase_at("noise", at, self.limit)
        if reading.quantifier_at(at, self.limit)[0] > end:
            return at
        if end > at and (
            end >= self.limit or reading.tokens.gaps[end] & (WALL | Gap.COMMA) or not self._names(at, end)
        ):
            return end
        return at

    def _names(self, at: int, end: int) -> bool:
        """Tell whether a real name from `at` is longer than the skipped words."""
        reading = self.reading
        longest = max(reading.alias_at(at, self.limit)[0], reading.group_at(at, self.limit)[0])
        return longest > end

    def _titled(self, at: int, end: int, label: str, joins: bool) -> int:
        """Read "Giám đốc các Sở: …", "Chánh Văn phòng", "Trưởng các phòng", "Giám đốc Sở"."""
        reading = self.reading
        tokens = reading.tokens
        if end < self.limit and tokens.gaps[end] & Gap.COLON:
            self.position = label  # "Giám đốc: Sở Nội vụ, Sở Tài chính"
            return end
        if end >= self.limit or tokens.gaps[end] & (SEPARATOR & ~Gap.DASH & ~Gap.AND):
            return self._title_alone(at, end, label)
        if joins and end + 1 < self.limit and tokens.bares[end] == tokens.bares[end + 1]:
            end += 1  # "Trưởng ban Ban Dân tộc"
        plural_end, count = reading.quantifier_at(end, self.limit)
        _, head = reading.head_at(plural_end if plural_end < self.limit else end, self.limit)
        if joins:
            if head is None and reading.group_at(plural_end, self.limit)[1] is None:
                return at
            label = _title(label, head)
        before = len(self.mentions)
        kept, self.position = self.position, label
        if plural_end > end and plural_end < self.limit:
            after = self._counted(end, plural_end, count)
        else:
            after = self._own_body(at, end, label) or self._body(end, end)
        if len(self.mentions) == before:
            self.position = kept
            return self._title_alone(at, end, label) if not tokens.gaps[end] & SEPARATOR else at
        if not self.sticky:
            self.position = None
        first = self.mentions[before]
        listed = ":" in tokens.raw[tokens.starts[at] : first.start]
        if first.start >= tokens.starts[end] and not listed:
            self.mentions[before] = self._widened(first, at)
        return after

    def _own_body(self, at: int, end: int, label: str) -> int:
        """Read "Giám đốc Sở": the office of one person of the issuer."""
        tokens = self.reading.tokens
        if tokens.bares[end] != "so":
            return 0
        last = end + 1
        alias_end, aliases = self.reading.alias_at(end, self.limit)
        if aliases and aliases[0].body.class_id != self.reading.view.class_id:
            return 0
        last = max(last, alias_end)
        if last < self.limit and not tokens.gaps[last] & SEPARATOR and not self._qualifies(last):
            return 0
        last, qualifier = self._qualifier(last)
        self._add(
            at, last, describe("sub.ban_giam_doc", f"{label} Sở", "position"), 0.95, qualifier=qualifier
        )
        return last

    def _title_alone(self, at: int, end: int, label: str) -> int:
        """Read a title without a body: the issuer's own leader where the issuer has one of that title."""
        level = self.reading.view.level
        if label in {"Công chức", "Chuyên viên"}:
            return at
        class_id = None
        if label.startswith(("Giám đốc", "Phó Giám đốc", "Lãnh đạo", "Thủ trưởng")) and level in {"so", None}:
            class_id, name = "sub.ban_giam_doc", f"{label} Sở"
        elif label.startswith(("Chủ tịch", "Phó Chủ tịch", "Lãnh đạo")) and level == "tinh":
            class_id, name = "tinh.ct_ubnd", "Chủ tịch Ủy ban nhân dân tỉnh"
        elif label.startswith(("Chủ tịch", "Phó Chủ tịch", "Lãnh đạo")) and level in {"huyen", "xa"}:
            class_id, name = (
                f"{level}.ubnd",
                f"{label} Ủy ban nhân dân {'huyện' if level == 'huyen' else 'xã'}",
            )
        if class_id is None:
            if self.reading.tokens.bares[at] in {"tt", "ld", "truong", "tr"}:
                return at
            self._add(at, end, Described(None, None, "position", None), 0.4)
            self.mentions[-1] = replace(self.mentions[-1], position=label)
            return end
        self._add(at, end, describe(class_id, name, "position"), BARE_CONFIDENCE)
        self.mentions[-1] = replace(self.mentions[-1], position=label)
        return end

    def _widened(self, mention: UnitMention, at: int) -> UnitMention:
        start = self.reading.tokens.starts[at]
        return replace(mention, start=start, surface=self.reading.tokens.raw[start : mention.end])

    def _counted(self, at: int, noun: int, count: int | None) -> int:
        """Read a plural or number and what it counts; `at` where nothing countable follows."""
        reading = self.reading
        title_end, label, joins = reading.position_at(noun, self.limit)
        group_end, group = reading.group_at(at, self.limit)
        if group is None or group_end <= noun:
            group_end, group = reading.group_at(noun, self.limit)
        if title_end > noun and title_end > group_end:
            return self._titled(at, title_end, label, joins)
        alias_end, _ = reading.alias_at(noun, self.limit)
        head_end, head = reading.head_at(noun, self.limit)
        if alias_end > group_end and (head is None or group is None or not self._distributes(head, head_end)):
            return self._body(noun, noun)
        if group is not None:
            if head is not None and head_end == group_end and self._distributes(head, head_end):
                return self._members(head, head_end)
            if (places := self._named_places(group, group_end)) > group_end:
                return places
            return self._group(at, group_end, group, count)
        if head is not None and self._distributes(head, head_end):
            return self._members(head, head_end)
        if head is not None:
            return self._body(noun, noun)
        return at

    def _body(self, at: int, noun: int) -> int:  # noqa: PLR0911  one return per kind of body
        """One body, or a group without a plural word; `at` where none begins."""
        reading = self.reading
        if (after := self._place_item(at, noun)) > at:
            return after
        group_end, group = self._group_before_place(noun)
        alias_end, aliases = reading.alias_at(noun, self.limit)
        defined_end, full = reading.defined_at(noun, self.limit)
        if full is not None and defined_end >= alias_end:
            return self._defined(at, defined_end, full)
        in_row = group is not None and group.needs_plural and group_end >= alias_end and self._in_row(noun)
        if group is not None and in_row and self._stands_alone(group, noun, group_end):
            return self._group(at, group_end, group, None)
        bare_end, bare_class = self._bare_at(noun)
        if bare_class is not None and bare_end >= max(alias_end, group_end):
            return self._bare(at, bare_end, bare_class)
        if group is not None and group_end > alias_end and self._stands_alone(group, noun, group_end):
            if (places := self._named_places(group, group_end)) > group_end:
                return places
            return self._group(at, group_end, group, None)
        if aliases:
            return self._known(at, noun, alias_end, aliases)
        head_end, head = reading.head_at(noun, self.limit)
        if head is not None:
            return self._headed(at, noun, head_end, head)
        if self.head is not None and not reading.tokens.gaps[noun] & Gap.HARD:
            end = self._headless(self.head, noun)
            if end > noun:
                return end
        return at

    def _bracket(self, at: int) -> int:
        """Read "(…)" behind a name: members of a group, further bodies; else it only qualifies."""
        tokens = self.reading.tokens
        close = at
        while close < self.limit and not (close > at and tokens.gaps[close] & Gap.CLOSE):
            close += 1
        previous = self.mentions[-1]
        inner = Reader(self.reading, close)
        inner.head = self.head
        position = at
        while position < close:
            position = max(inner._item(position), position + 1)
        found = inner.mentions
        usable = [item for item in found if item.class_id is not None and item.class_id != "nonunit"]
        whole = bool(usable) and len(usable) == len(found)
        if whole and any(
            item.class_id == previous.class_id and item.kind == previous.kind for item in usable
        ):
            return close
        if whole and previous.kind == "group" and all(item.kind == "unit" for item in usable):
            self.mentions[-1:] = [
                replace(item, position=item.position or previous.position) for item in usable
            ]
        elif whole and all(item.confidence > 0.6 for item in usable):
            self.mentions.extend(usable)
        else:
            text = " ".join(tokens.text(at, close).split())
            self.mentions[-1] = replace(previous, qualifier=previous.qualifier or text)
        return close

    def _unknown(self, at: int) -> int:
        """Words that name nothing known: one unresolved mention, unless they only go on about the last one."""
        reading = self.reading
        tokens = reading.tokens
        if self.head is not None and tokens.gaps[at] & LIST:
            end = self._headless(self.head, at)
            if end > at:
                return end
        end = at + 1
        while end < self.limit and not tokens.gaps[end] & (WALL | Gap.COMMA | Gap.STOP):
            if tokens.gaps[end] & SEPARATOR and reading.begins(end, self.limit):
                break
            if tokens.words[end][0].isupper() and reading.begins(end, self.limit):
                break
            end += 1
        text = tokens.text(at, end)
        if self._only_talk(at, end):
            if self.mentions and not self.mentions[-1].qualifier:
                self.mentions[-1] = replace(self.mentions[-1], qualifier=" ".join(text.split()))
            return end
        self._add(at, end, Described(None, None, "unresolved", None), 0.0)
        return end

    def _only_talk(self, at: int, end: int) -> bool:
        tokens = self.reading.tokens
        if tokens.key(at, end) in words("ditto") or all(word.isdecimal() for word in tokens.words[at:end]):
            return True
        begins = self.reading.phrase_at("qualifier", at, self.limit) > at
        return (
            (begins and bool(self.mentions))
            or (end - at == 1 and len(tokens.words[at]) == 1)
            or self.reading.phrase_at("noise", at, self.limit) >= end
        )
