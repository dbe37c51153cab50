"""Lists whose head or committee stands once: "các Sở: Tài chính, Nội vụ", "UBND huyện A, thị xã B"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from normalize.organisations.bodies import describe
from normalize.organisations.places_in_names import place_at
from normalize.organisations.resolve import Resolution, choose, resolve_name
from normalize.organisations.tokens import SEPARATOR, WALL, Gap, squeeze
from normalize.organisations.vocabulary import Group, rows
from normalize.organisations.writing import BARE_CONFIDENCE, LIST, Writer

COMMITTEES = {"grp.cap_huyen": "huyen.ubnd", "grp.cap_xa": "xa.ubnd", "grp.ubnd_tinh": "tinh.ubnd"}
"""Groups of committees, and the committee each is made of."""


@cache
def bare_names() -> dict[str, dict[str, str]]:
    """Squeezed name without its body ("Văn phòng") → class by level of the issuer."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("organisation_bare.csv"):
        classes = {level: row[level] for level in ("so", "tinh", "huyen", "xa", "bo", "dang")}
        for word in row["word"].split("|"):
            found[squeeze(word)] = classes
    return found


class ListReader(Writer):
    """Reads the items of a list that share what stands in front of it."""

    __slots__ = ()

    def _distributes(self, head: str, end: int) -> bool:
        """Read "các Sở: Tài chính, …", "các Chi cục: …": names without their head follow."""
        if end >= self.limit or self.reading.tokens.gaps[end] & (Gap.HARD | Gap.COMMA | Gap.CLOSE):
            return False
        return self._headless_end(head, end) > end

    def _headless_end(self, head: str, at: int) -> int:
        reading = self.reading
        end, aliases = reading.alias_at(at, self.limit, squeeze(head))
        if aliases and (end >= self.limit or reading.tokens.gaps[end] & SEPARATOR or self._qualifies(end)):
            return end
        if self._headless_bare(head, at) is not None:
            return self._item_end(at)
        if reading.begins(at, self.limit):
            return at
        end = self._item_end(at)
        resolution = resolve_name(self._name(head, at, end, at), reading.gazetteer, reading.view)
        return end if resolution.body is not None and resolution.basis == "abbreviation" else at

    def _headless_bare(self, head: str, at: int) -> str | None:
        """Read "Các Ban: Tổ chức, Tuyên giáo": class of a bare name whose head stands in front of the list."""
        end = self._item_end(at)
        classes = bare_names().get(squeeze(head) + self.reading.tokens.key(at, end))
        return classes[self.reading.view.group_level] or None if classes else None

    def _members(self, head: str, at: int) -> int:
        """Read the names of a list whose head stands once in front of it."""
        self.head = head
        self.sticky = bool(self.reading.tokens.gaps[at] & (Gap.COLON | Gap.OPEN)) or self.position is not None
        while at < self.limit:
            end = self._headless(head, at)
            if end <= at:
                break
            at = end
        self.sticky = False
        return at

    def _headless(self, head: str, at: int) -> int:
        end = self._headless_end(head, at)
        if end <= at:
            return at
        reading = self.reading
        bare_class = self._headless_bare(head, at)
        known_end, aliases = reading.alias_at(at, self.limit, squeeze(head))
        if bare_class is not None and known_end < end:
            return self._bare(at, end, bare_class)
        if aliases and known_end == end:
            resolution = choose(aliases, reading.view)
        else:
            resolution = resolve_name(self._name(head, at, end, at), reading.gazetteer, reading.view)
        last, qualifier = self._qualifier(end)
        self._resolved(at, last, resolution, qualifier=qualifier)
        return last

    def _named_places(self, group: Group, end: int) -> int:
        """Read "UBND các xã: A, B", "các huyện Mai Châu, Đà Bắc": places by name are bodies, not a group."""
        class_id = group.classes["so"]
        target = COMMITTEES.get(class_id)
        tokens = self.reading.tokens
        if target is None or end >= self.limit or tokens.gaps[end] & (Gap.HARD | Gap.COMMA | Gap.CLOSE):
            return end
        if not tokens.words[end][0].isupper() or self.reading.begins(end, self.limit):
            return end
        at = end
        kind = {"xa.ubnd": "xã", "tinh.ubnd": "tỉnh"}.get(target, "huyện")
        while at < self.limit and tokens.words[at][0].isupper() and not self.reading.begins(at, self.limit):
            last = self._item_end(at)
            name = " ".join(tokens.text(at, last).split())
            described = describe(target, f"Ủy ban nhân dân {kind}", "unit")
            self._add(at, last, described, 0.8, place=name)
            at = last
            if at < self.limit and tokens.gaps[at] & Gap.HARD:
                break
        return at

    def _bare_at(self, at: int) -> tuple[int, str | None]:
        """Read a body named without whose it is: "Văn phòng", "UBND", at the end of an item."""
        reading = self.reading
        tokens = reading.tokens
        known = bare_names()
        for last in range(min(reading.reach(at, self.limit), at + 9), at, -1):
            classes = known.get(tokens.key(at, last))
            if classes is None:
                continue
            if len(tokens.key(at, last)) <= 3 and not tokens.words[at].isupper():
                continue
            if last < self.limit and not tokens.gaps[last] & SEPARATOR:
                level = self._everywhere(last)[1]
                if level is not None and (
                    everywhere := classes.get(level) or classes[reading.view.group_level]
                ):
                    return last, everywhere
                if not (self._qualifies(last) and tokens.bares[last] != "so") and not self._juxtaposed(last):
                    continue
                if place_at(tokens, last, self.limit, reading.view.date) is not None:
                    continue
            class_id = classes[reading.view.group_level]
            if class_id:
                return last, class_id
        return at, None

    def _bare(self, at: int, end: int, class_id: str) -> int:
        plural_end, level = self._everywhere(end)
        if level is not None:
            class_id = bare_names()[self.reading.tokens.key(at, end)].get(level) or class_id
            end = plural_end
        last, qualifier = self._qualifier(end)
        kind = "group" if class_id.startswith("grp.") else "unit"
        self._add(at, last, describe(class_id, None, kind), BARE_CONFIDENCE, qualifier=qualifier)
        return last

    def _more_place(self, at: int) -> int:
        tokens = self.reading.tokens
        if not tokens.words[at][0].isupper():
            return at
        last = self._item_end(at)
        start, end = tokens.starts[at], tokens.ends[last - 1]
        name = " ".join(tokens.text(at, last).split())
        self.mentions.append(
            replace(self.mentions[-1], start=start, end=end, surface=tokens.raw[start:end], place=name)
        )
        return last

    def _rest(self, end: int, resolution: Resolution) -> int:
        """Read "Sở Tài chính, Nội vụ": names that share the head of the one before."""
        reading = self.reading
        gaps = reading.tokens.gaps
        body = resolution.body
        assert body is not None  # noqa: S101  by the only caller
        while (
            end < self.limit
            and gaps[end] & LIST
            and not gaps[end] & WALL
            and not reading.begins(end, self.limit)
        ):
            after = self._headless(body.head, end)
            if after <= end and body.class_id in {"huyen.ubnd", "xa.ubnd"} and self.mentions[-1].place:
                after = self._more_place(end)
            if after <= end:
                break
            end = after
        return end

    def _place_item(self, at: int, noun: int) -> int:
        """Read "UBND huyện A, thị xã B": a level word and a name, the committee stands in front of the list."""
        if (
            not self.mentions
            or not self.reading.tokens.gaps[at] & LIST
            or self.reading.tokens.gaps[at] & WALL
        ):
            return at
        previous = self.mentions[-1].class_id
        if previous not in COMMITTEES and previous not in COMMITTEES.values():
            return at
        place = place_at(self.reading.tokens, noun, self.limit, self.reading.view.date)
        if place is None or place.name is None or not place.level_word:
            return at
        class_id = f"{place.family}.ubnd"
        described = describe(class_id, f"Ủy ban nhân dân {place.level_word}", "unit")
        self._add(at, place.end, described, 0.85, place=place.name)
        self.mentions[-1] = replace(self.mentions[-1], position=self.mentions[-2].position)
        return place.end
