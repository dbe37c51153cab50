"""Bodies by name, and groups of them: what the words from a head or a plural on mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.organisations.bodies import Described, describe
from normalize.organisations.lists import COMMITTEES, ListReader
from normalize.organisations.places_in_names import place_at
from normalize.organisations.resolve import Resolution, by_letters, choose, resolve_name
from normalize.organisations.scope import REFORM
from normalize.organisations.tokens import SEPARATOR, WALL, Gap
from normalize.organisations.writing import BARE_CONFIDENCE, LIST

if TYPE_CHECKING:
    from normalize.organisations.vocabulary import Group

GROUP_CONFIDENCE = 0.9
# A department of science and technology has one Chi cục (003: "Các phòng và Chi cục"), others have several.
_ONE_SUB_DEPARTMENT = frozenset({None, "so.skhcn"})


def _at_level(aliases: tuple[object, ...], level: str | None) -> tuple[object, ...]:
    """Of bodies with one spelling, those of a level; all where none is of it."""
    if level is None:
        return aliases
    fitting = tuple(alias for alias in aliases if alias.body.class_id.startswith(f"{level}."))  # type: ignore[attr-defined]
    return fitting or aliases


class NameReader(ListReader):
    """Reads one body or one group."""

    __slots__ = ()

    def _defined(self, at: int, end: int, full: str) -> int:
        """Read an abbreviation of the document: the body its full name means."""
        from normalize.organisations.cell import first_unit_of  # noqa: PLC0415  the full name is read as a cell of its own

        last, qualifier = self._qualifier(end)
        found = first_unit_of(full, self.reading)
        if found is None or found.class_id is None:
            self._add(at, last, Described(None, None, "unresolved", None), 0.0, qualifier=qualifier)
        else:
            described = Described(found.class_id, found.canonical, found.kind, "glossary")
            self._add(at, last, described, 0.95, place=found.place, qualifier=qualifier)
        return last

    def _known(self, at: int, noun: int, end: int, aliases: tuple[object, ...]) -> int:
        reading = self.reading
        place = place_at(reading.tokens, end, self.limit, reading.view.date, aliases)
        if place is not None:
            end, aliases = place.end, place.aliases
        if place is not None and place.name is None and place.level_word == "thành phố":
            aliases = _at_level(aliases, self._level_of_city())
        plural_end, level = self._everywhere(end)
        resolution = choose(_at_level(aliases, level), reading.view)  # type: ignore[arg-type]  # as place_at gave
        if level is not None:
            self._resolved(
                at, plural_end, resolution, qualifier=" ".join(reading.tokens.text(end, plural_end).split())
            )
            return plural_end
        end = self._whose(end, resolution)
        last, qualifier = self._qualifier(
            end, part=(resolution.class_id or "").startswith(("sub.", "huyen.", "doan."))
        )
        if self._goes_on(last):
            whole = (
                self._headed(at, noun, *reading.head_at(noun, self.limit))
                if reading.head_at(noun, self.limit)[1]
                else at
            )
            if whole > last:
                return whole
        self._resolved(at, last, resolution, place=place, qualifier=qualifier)
        if resolution.body is not None and resolution.body.head:
            self.head = resolution.body.head
            after = self._rest(last, resolution)
            return after if after > last else self._longer(at, noun, last)
        return last

    def _level_of_city(self) -> str | None:
        """Read "UBND thành phố": of a province, its city; of a central city (or nobody knows), the city itself."""
        view = self.reading.view
        if view.level == "huyen":
            return "huyen"
        after_reform = view.date is not None and view.date >= REFORM
        return "tinh" if view.province is None or view.province.is_city or after_reform else "huyen"

    def _longer(self, at: int, noun: int, end: int) -> int:
        """Read "Phòng Kế hoạch - Ti chính": what follows a dash or "và" and begins nothing belongs to the name."""
        reading = self.reading
        gaps = reading.tokens.gaps
        if end >= self.limit or not gaps[end] & LIST or gaps[end] & (WALL | Gap.STOP) or self._talks(end):
            return end
        head_end, head = reading.head_at(noun, self.limit)
        if head is None or reading.begins(end, self.limit):
            return end
        stop = reading.name_end(noun, self.limit)
        resolution = resolve_name(self._name(head, head_end, stop, noun), reading.gazetteer, reading.view)
        whole = resolution.body is not None or (
            resolution.class_id is not None and not gaps[end] & (Gap.COMMA | Gap.SLASH)
        )
        if stop <= end or not whole:
            return end
        self.mentions.pop()
        self._resolved(at, stop, resolution)
        return stop

    def _talks(self, at: int) -> bool:
        reading = self.reading
        return self._qualifies(at) or reading.phrase_at("noise", at, self.limit) > at

    def _headed(self, at: int, noun: int, head_end: int, head: str | None) -> int:
        """Read a head with words that no spelling of the gazetteer covers."""
        reading = self.reading
        if head is None:
            return at
        if head == "Sở" and self._own(at, head_end):
            return head_end
        end = reading.name_end(noun, self.limit)
        gaps = reading.tokens.gaps
        long_end, long_name = self._abbreviated(head, noun, head_end, end)
        if long_name is not None:
            self._resolved(at, long_end, long_name)
            self.head = head
            return self._rest(long_end, long_name)
        cut = end
        for stop in range(head_end + 1, end):
            if not gaps[stop] & SEPARATOR and self._juxtaposed(stop):
                cut = stop
                break
        ends = [cut] + [stop for stop in range(cut - 1, head_end, -1) if gaps[stop] & (SEPARATOR | Gap.OF)]
        ends += [stop for stop in range(cut - 1, head_end, -1) if self._qualifies(stop)]
        best: tuple[int, Resolution] | None = None
        for stop in ends:
            if stop <= head_end:
                continue
            resolution = resolve_name(self._name(head, head_end, stop, noun), reading.gazetteer, reading.view)
            if resolution.body is not None:
                best = (stop, resolution)
                break
            if best is None or (best[1].class_id is None and resolution.class_id is not None):
                best = (stop, resolution)
        if best is None:
            self._add(at, head_end, Described(None, None, "unresolved", None), 0.0)
            return head_end
        stop, resolution = best
        last, qualifier = self._qualifier(stop)
        self._resolved(at, last, resolution, qualifier=qualifier)
        self.head = head
        return self._rest(last, resolution) if resolution.body is not None else last

    def _abbreviated(self, head: str, noun: int, head_end: int, end: int) -> tuple[int, Resolution | None]:
        """Read "Sở Văn hóa, TT&DL": half a name may look like the next one; the longest that fits one body wins."""
        reading = self.reading
        for stop in range(reading.reach(noun, self.limit), end, -1):
            if stop < self.limit and not reading.tokens.gaps[stop] & SEPARATOR:
                continue
            resolution = by_letters(self._name(head, head_end, stop, noun), reading.gazetteer, reading.view)
            if resolution is not None and resolution.body is not None:
                return stop, resolution
        return end, None

    def _own(self, at: int, head_end: int) -> bool:
        """Read "Sở" alone is the issuer."""
        reading = self.reading
        view = reading.view
        if head_end < self.limit and not reading.tokens.gaps[head_end] & SEPARATOR:
            return False
        if view.class_id is None or not view.class_id.startswith("so."):
            self._add(at, head_end, Described(None, None, "unresolved", None), 0.0)
        else:
            self._add(at, head_end, describe(view.class_id, None, "unit"), BARE_CONFIDENCE)
        return True

    def _group(self, at: int, end: int, group: Group, count: int | None) -> int:
        class_id = group.classes[self.reading.view.group_level]
        if class_id == "@local":
            date = self.reading.view.date
            class_id = "grp.cap_xa" if date is not None and date >= REFORM else "grp.cap_huyen"
        end = self._whose(end, None)
        last, qualifier = self._qualifier(end)
        while last < self.limit and not self.reading.tokens.gaps[last] & SEPARATOR:
            if self._item_begins(last) or self.reading.group_at(last, self.limit)[1] is not None:
                break
            last += 1  # "các thành viên Ban Chỉ đạo CCHC": words that only go on about the group
        name = None
        if class_id == "nonunit":
            text = " ".join(self.reading.tokens.text(at, end).split())
            name = text[0].upper() + text[1:]
        self._add(at, last, describe(class_id, name, "group"), GROUP_CONFIDENCE, qualifier=qualifier)
        if count is not None or self.reading.view.level is None:
            confidence = GROUP_CONFIDENCE if self.reading.view.level else 0.7
            self.mentions[-1] = replace(self.mentions[-1], count=count, confidence=confidence)
        if class_id in {"grp.trung_tam", "grp.chi_cuc"} and count:
            self._count_members(class_id, count)
        return last

    def _count_members(self, class_id: str, count: int) -> None:
        """Read "2 Trung tâm" names its members where the document names exactly two."""
        glossary = self.reading.glossary
        head = "Trung tâm" if class_id == "grp.trung_tam" else "Chi cục"
        names = glossary.named(head) if glossary is not None else ()
        if len(names) == count:
            self.mentions[-1] = replace(self.mentions[-1], members=names)

    def _in_row(self, at: int) -> bool:
        """Read the item stands in a list behind a group: "các" goes for both ("Các phòng, Trung tâm")."""
        if not self.reading.tokens.gaps[at] & LIST or self.reading.tokens.gaps[at] & WALL:
            return False
        for mention in reversed(self.mentions):
            if mention.kind == "group":
                return True
            if mention.class_id != "sub.chi_cuc":
                return False
        return False

    def _group_before_place(self, at: int) -> tuple[int, Group | None]:
        """Read "UBND các huyện, thành phố Quy Nhơn": the last level word belongs to the place behind it."""
        reading = self.reading
        end, group = reading.group_at(at, self.limit)
        if group is None or group.classes["so"] not in COMMITTEES or not self._goes_on(end):
            return end, group
        if not reading.tokens.words[end][0].isupper() or reading.tokens.gaps[end] & SEPARATOR:
            return end, group
        for cut in range(end - 1, at, -1):
            if reading.tokens.gaps[cut] & LIST:
                shorter, smaller = reading.group_at(at, cut)
                return (shorter, smaller) if smaller is not None else (end, group)
        return end, group

    def _stands_alone(self, group: Group, at: int, end: int) -> bool:
        """Read a group without its "các": "sở, ban, ngành" always, "phòng" only in a row of groups or before one."""
        reading = self.reading
        gaps = reading.tokens.gaps
        committees = (
            group.classes["so"] in COMMITTEES
            and not reading.tokens.words[min(end, self.limit - 1)][0].isupper()
        )
        # "UBND các huyện miền núi": words in small letters only tell which of them
        if end < self.limit and not gaps[end] & SEPARATOR and not self._qualifies(end) and not committees:
            return False
        if not group.needs_plural:
            return True
        if reading.head_at(at, self.limit)[1] == "Chi cục" and reading.view.class_id in _ONE_SUB_DEPARTMENT:
            return False
        in_row = self._in_row(at)
        following = (
            end < self.limit and bool(gaps[end] & LIST) and reading.group_at(end, self.limit)[1] is not None
        )
        return in_row or following
