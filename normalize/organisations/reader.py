"""Reading a cell from left to right into mentions; `grammar.Reading` says what may begin where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from normalize.organisations.bodies import Described, describe
from normalize.organisations.gazetteer import words
from normalize.organisations.mention import Candidate, UnitMention
from normalize.organisations.places_in_names import Place, place_at
from normalize.organisations.resolve import Name, Resolution, by_letters, choose, resolve_name
from normalize.organisations.scope import REFORM, scope_of
from normalize.organisations.tokens import SEPARATOR, WALL, Gap, squeeze
from normalize.organisations.vocabulary import Group, rows

if TYPE_CHECKING:
    from normalize.organisations.grammar import Reading

_LIST = Gap.COMMA | Gap.AND | Gap.SLASH | Gap.DASH
_GROUP_CONFIDENCE = 0.9
_MENDED_CONFIDENCE = 0.75
_BARE_CONFIDENCE = 0.75
_JUXTAPOSED = frozenset(
    {"Phòng", "Chi cục", "Trung tâm", "Văn phòng", "Sở", "Ban Giám đốc", "Ủy ban nhân dân"}
)
_LEVEL_OF_GROUP = {"grp.cap_huyen": "huyen", "grp.cap_xa": "xa", "grp.ubnd_tinh": "tinh"}
# A department of science and technology has one Chi cục (003: "Các phòng và Chi cục"), others have several.
_ONE_SUB_DEPARTMENT = frozenset({None, "so.skhcn"})
_COMMITTEES = {"grp.cap_huyen": "huyen.ubnd", "grp.cap_xa": "xa.ubnd", "grp.ubnd_tinh": "tinh.ubnd"}


@cache
def bare_names() -> dict[str, dict[str, str]]:
    """Squeezed name without its body ("Văn phòng") → class by level of the issuer."""
    found: dict[str, dict[str, str]] = {}
    for row in rows("organisation_bare.csv"):
        classes = {level: row[level] for level in ("so", "tinh", "huyen", "xa", "bo", "dang")}
        for word in row["word"].split("|"):
            found[squeeze(word)] = classes
    return found


def _at_level(aliases: tuple[object, ...], level: str | None) -> tuple[object, ...]:
    """Of bodies with one spelling, those of a level; all where none is of it."""
    if level is None:
        return aliases
    fitting = tuple(alias for alias in aliases if alias.body.class_id.startswith(f"{level}."))  # type: ignore[attr-defined]
    return fitting or aliases


def _title(label: str, head: str | None) -> str:
    """ "Chánh" + "Văn phòng", "Trưởng" + "phòng" or "ban": a title that the body's head completes."""
    if label.startswith("Chánh") or head is None:
        return f"{label} {head or ''}".strip()
    return f"{label} {head.split()[0].lower() if head.startswith(('Ban', 'Phòng')) else head.lower()}"


@dataclass(slots=True)
class Reader:
    """One pass over one cell. `head` and `position` last while a list distributes them."""

    reading: Reading
    limit: int
    mentions: list[UnitMention] = field(default_factory=list)
    position: str | None = None
    sticky: bool = False
    head: str | None = None

    # --- the items of a cell ------------------------------------------------------------------------

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
        """ "Các đơn vị: Văn phòng, Thanh tra": the members stand for their group."""
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
        """ "Giám đốc các Sở: …", "Chánh Văn phòng", "Trưởng các phòng", "Giám đốc Sở"."""
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
        """ "Giám đốc Sở": the office of one person of the issuer."""
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
        """A title without a body: the issuer's own leader where the issuer has one of that title."""
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
        self._add(at, end, describe(class_id, name, "position"), _BARE_CONFIDENCE)
        self.mentions[-1] = replace(self.mentions[-1], position=label)
        return end

    def _widened(self, mention: UnitMention, at: int) -> UnitMention:
        start = self.reading.tokens.starts[at]
        return replace(mention, start=start, surface=self.reading.tokens.raw[start : mention.end])

    # --- groups -------------------------------------------------------------------------------------

    def _counted(self, at: int, noun: int, count: int | None) -> int:
        """A plural or number and what it counts; `at` where nothing countable follows."""
        reading = self.reading
        tokens = reading.tokens
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

    def _distributes(self, head: str, end: int) -> bool:
        """ "các Sở: Tài chính, …", "các Chi cục: …": names without their head follow."""
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
        """ "Các Ban: Tổ chức, Tuyên giáo": class of a bare name whose head stands in front of the list."""
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

    def _item_end(self, at: int) -> int:
        """Index behind one item of a distributed list: any comma, "và", dash or slash ends it."""
        gaps = self.reading.tokens.gaps
        end = at + 1
        while end < self.limit and not gaps[end] & (WALL | Gap.COMMA | Gap.STOP):
            if gaps[end] & (Gap.AND | Gap.DASH | Gap.SLASH) and gaps[end] & Gap.BLANK:
                break
            end += 1
        return end

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
        self._add(at, last, describe(class_id, name, "group"), _GROUP_CONFIDENCE, qualifier=qualifier)
        if count is not None or self.reading.view.level is None:
            confidence = _GROUP_CONFIDENCE if self.reading.view.level else 0.7
            self.mentions[-1] = replace(self.mentions[-1], count=count, confidence=confidence)
        if class_id in {"grp.trung_tam", "grp.chi_cuc"} and count:
            self._count_members(class_id, count)
        return last

    def _count_members(self, class_id: str, count: int) -> None:
        """ "2 Trung tâm" names its members where the document names exactly two."""
        glossary = self.reading.glossary
        head = "Trung tâm" if class_id == "grp.trung_tam" else "Chi cục"
        names = glossary.named(head) if glossary is not None else ()
        if len(names) == count:
            self.mentions[-1] = replace(self.mentions[-1], members=names)

    def _named_places(self, group: Group, end: int) -> int:
        """ "UBND các xã: A, B", "các huyện Mai Châu, Đà Bắc": places by name are bodies, not a group."""
        class_id = group.classes["so"]
        target = _COMMITTEES.get(class_id)
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

    # --- bodies -------------------------------------------------------------------------------------

    def _body(self, at: int, noun: int) -> int:
        """One body, or a group without a plural word; `at` where none begins."""
        reading = self.reading
        if (after := self._place_item(at, noun)) > at:
            return after
        group_end, group = self._group_before_place(noun)
        alias_end, aliases = reading.alias_at(noun, self.limit)
        defined_end, full = reading.defined_at(noun, self.limit)
        if full is not None and defined_end >= alias_end:
            return self._defined(at, defined_end, full)
        if group is not None and group.needs_plural and group_end >= alias_end and self._in_row(noun):
            if self._stands_alone(group, noun, group_end):
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

    def _group_before_place(self, at: int) -> tuple[int, Group | None]:
        """ "UBND các huyện, thành phố Quy Nhơn": the last level word belongs to the place behind it."""
        reading = self.reading
        end, group = reading.group_at(at, self.limit)
        if group is None or group.classes["so"] not in _COMMITTEES or not self._goes_on(end):
            return end, group
        if not reading.tokens.words[end][0].isupper() or reading.tokens.gaps[end] & SEPARATOR:
            return end, group
        for cut in range(end - 1, at, -1):
            if reading.tokens.gaps[cut] & _LIST:
                shorter, smaller = reading.group_at(at, cut)
                return (shorter, smaller) if smaller is not None else (end, group)
        return end, group

    def _place_item(self, at: int, noun: int) -> int:
        """ "UBND huyện A, thị xã B": a level word and a name, the committee stands in front of the list."""
        if (
            not self.mentions
            or not self.reading.tokens.gaps[at] & _LIST
            or self.reading.tokens.gaps[at] & WALL
        ):
            return at
        previous = self.mentions[-1].class_id
        if previous not in _COMMITTEES and previous not in _COMMITTEES.values():
            return at
        place = place_at(self.reading.tokens, noun, self.limit, self.reading.view.date)
        if place is None or place.name is None or not place.level_word:
            return at
        class_id = f"{place.family}.ubnd"
        described = describe(class_id, f"Ủy ban nhân dân {place.level_word}", "unit")
        self._add(at, place.end, described, 0.85, place=place.name)
        self.mentions[-1] = replace(self.mentions[-1], position=self.mentions[-2].position)
        return place.end

    def _stands_alone(self, group: Group, at: int, end: int) -> bool:
        """A group without its "các": "sở, ban, ngành" always, "phòng" only in a row of groups or before one."""
        reading = self.reading
        gaps = reading.tokens.gaps
        if end < self.limit and not gaps[end] & SEPARATOR and not self._qualifies(end):
            return False
        if not group.needs_plural:
            return True
        if reading.head_at(at, self.limit)[1] == "Chi cục" and reading.view.class_id in _ONE_SUB_DEPARTMENT:
            return False
        in_row = self._in_row(at)
        following = (
            end < self.limit and bool(gaps[end] & _LIST) and reading.group_at(end, self.limit)[1] is not None
        )
        return in_row or following

    def _in_row(self, at: int) -> bool:
        """The item stands in a list behind a group: "các" goes for both ("Các phòng, Trung tâm")."""
        if not self.reading.tokens.gaps[at] & _LIST or self.reading.tokens.gaps[at] & WALL:
            return False
        for mention in reversed(self.mentions):
            if mention.kind == "group":
                return True
            if mention.class_id != "sub.chi_cuc":
                return False
        return False

    def _bare_at(self, at: int) -> tuple[int, str | None]:
        """A body named without whose it is: "Văn phòng", "UBND", at the end of an item."""
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
                if self._everywhere(last)[1] is not None:
                    return last, classes[reading.view.group_level] or classes["huyen"] or None
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
        self._add(at, last, describe(class_id, None, kind), _BARE_CONFIDENCE, qualifier=qualifier)
        return last

    def _defined(self, at: int, end: int, full: str) -> int:
        """An abbreviation of the document: the body its full name means."""
        from normalize.organisations.cell import first_unit_of  # the full name is read as a cell of its own

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
        last, qualifier = self._qualifier(end)
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
            after = self._rest(last, resolution, noun)
            return after if after > last else self._longer(at, noun, last)
        return last

    def _longer(self, at: int, noun: int, end: int) -> int:
        """ "Phòng Kế hoạch - Ti chính": what follows a dash or "và" and begins nothing belongs to the name."""
        reading = self.reading
        gaps = reading.tokens.gaps
        if end >= self.limit or not gaps[end] & _LIST or gaps[end] & (WALL | Gap.STOP) or self._talks(end):
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

    def _whose(self, end: int, resolution: Resolution | None) -> int:
        """ "Văn phòng Sở" + "Nội vụ": the name goes on with the department's own."""
        if resolution is not None and not (resolution.class_id or "").startswith("sub."):
            return end
        if self.reading.tokens.bares[end - 1] != "so":
            return end
        return max(end, self.reading.alias_at(end - 1, self.limit)[0])

    def _level_of_city(self) -> str | None:
        """ "UBND thành phố": of a province, its city; of a central city (or nobody knows), the city itself."""
        view = self.reading.view
        if view.level == "huyen":
            return "huyen"
        after_reform = view.date is not None and view.date >= REFORM
        return "tinh" if view.province is None or view.province.is_city or after_reform else "huyen"

    def _everywhere(self, end: int) -> tuple[int, str | None]:
        """ "Công an các huyện, thị xã": one body in every district; index behind, and the level."""
        reading = self.reading
        if end >= self.limit or reading.tokens.gaps[end] & SEPARATOR:
            return end, None
        noun, _ = reading.quantifier_at(end, self.limit)
        if noun == end or noun >= self.limit:
            return end, None
        last, group = reading.group_at(noun, self.limit)
        level = _LEVEL_OF_GROUP.get(group.classes["so"]) if group is not None else None
        return (last, level) if level is not None else (end, None)

    def _goes_on(self, end: int) -> bool:
        """Words follow that neither qualify nor begin an item: the name is longer than the known one."""
        gaps = self.reading.tokens.gaps
        if end >= self.limit or gaps[end] & SEPARATOR:
            return False
        return not self._juxtaposed(end) and not self.reading.begins(end, self.limit)

    def _juxtaposed(self, at: int) -> bool:
        """A second name behind a blank only, as when two lines of a cell were run together."""
        _, head = self.reading.head_at(at, self.limit)
        return head in _JUXTAPOSED and self.reading.tokens.words[at][0].isupper()

    def _rest(self, end: int, resolution: Resolution, noun: int) -> int:
        """ "Sở Tài chính, Nội vụ": names that share the head of the one before."""
        reading = self.reading
        gaps = reading.tokens.gaps
        body = resolution.body
        assert body is not None  # noqa: S101  by the only caller
        while (
            end < self.limit
            and gaps[end] & _LIST
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

    def _headed(self, at: int, noun: int, head_end: int, head: str | None) -> int:
        """A head with words that no spelling of the gazetteer covers."""
        reading = self.reading
        if head is None:
            return at
        if head == "Sở" and self._own(at, noun, head_end):
            return head_end
        end = reading.name_end(noun, self.limit)
        gaps = reading.tokens.gaps
        long_end, long_name = self._abbreviated(head, noun, head_end, end)
        if long_name is not None:
            self._resolved(at, long_end, long_name)
            self.head = head
            return self._rest(long_end, long_name, noun)
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
        return self._rest(last, resolution, noun) if resolution.body is not None else last

    def _abbreviated(self, head: str, noun: int, head_end: int, end: int) -> tuple[int, Resolution | None]:
        """ "Sở Văn hóa, TT&DL": half a name may look like the next one; the longest that fits one body wins."""
        reading = self.reading
        for stop in range(reading.reach(noun, self.limit), end, -1):
            if stop < self.limit and not reading.tokens.gaps[stop] & SEPARATOR:
                continue
            resolution = by_letters(self._name(head, head_end, stop, noun), reading.gazetteer, reading.view)
            if resolution is not None and resolution.body is not None:
                return stop, resolution
        return end, None

    def _own(self, at: int, noun: int, head_end: int) -> bool:
        """ "Sở" alone is the issuer."""
        reading = self.reading
        view = reading.view
        if head_end < self.limit and not reading.tokens.gaps[head_end] & SEPARATOR:
            return False
        if view.class_id is None or not view.class_id.startswith("so."):
            self._add(at, head_end, Described(None, None, "unresolved", None), 0.0)
        else:
            self._add(at, head_end, describe(view.class_id, None, "unit"), _BARE_CONFIDENCE)
        return True

    def _name(self, head: str, tail: int, end: int, noun: int) -> Name:
        text = " ".join(self.reading.tokens.text(noun, end).split())
        return Name(head, self.reading.tokens.words[tail:end], text)

    # --- what follows a name ------------------------------------------------------------------------

    def _qualifies(self, at: int) -> bool:
        reading = self.reading
        if at >= self.limit:
            return False
        bares = reading.tokens.bares
        if bares[at - 1] == "vuc" and reading.tokens.words[at].isupper():
            return True  # "Kho bạc Nhà nước khu vực XIII"
        if (
            bares[at] in {"so", "tinh", "nganh", "cap", "huyen", "xa", "phuong", "bo"}
            or reading.tokens.gaps[at] & Gap.OF
        ):
            return True
        word = reading.tokens.words[at]
        named = word[0].isupper() and not reading.tokens.raw.isupper() and reading.tokens.bares[at] != "viet"
        # "Phòng Xây dựng và …": with a capital, the word is part of a name
        return not named and reading.phrase_at("qualifier", at, self.limit) > at

    def _qualifier(self, end: int) -> tuple[int, str | None]:
        """Take "thuộc Sở", "có liên quan", "tỉnh", … behind a name; give the new end and these words."""
        reading = self.reading
        tokens = reading.tokens
        last = end
        while last < self.limit and not tokens.gaps[last] & (SEPARATOR & ~Gap.AND):
            owned = bool(tokens.gaps[last] & Gap.OF) or (
                last > end and tokens.bares[last - 1] in {"thuoc", "tai"}
            )
            if tokens.gaps[last] & Gap.AND and not reading.phrase_at("qualifier", last, self.limit) > last:
                break
            if last == end and not self._qualifies(last):
                break
            if last > end and not owned and not self._qualifies(last) and self._item_begins(last):
                break
            if last == end and tokens.bares[last] == "so" and self._other_department(last):
                break
            if owned or tokens.bares[last] == "so":
                alias_end, _ = reading.alias_at(last, self.limit)
                last = max(alias_end, last + 1)
            else:
                last += 1
        if last == end:
            return end, None
        return last, " ".join(tokens.text(end, last).split())

    def _item_begins(self, at: int) -> bool:
        return self._juxtaposed(at) or (
            self.reading.tokens.words[at][0].isupper() and self.reading.begins(at, self.limit)
        )

    def _other_department(self, at: int) -> bool:
        """ "Văn phòng Sở Nội vụ": whose office it is; in another department's paper, a name of its own."""
        _, aliases = self.reading.alias_at(at, self.limit)
        if not aliases or self.reading.tokens.gaps[at] & Gap.OF:
            return False
        own = self.reading.view.class_id
        return own is not None and all(alias.body.class_id != own for alias in aliases)

    # --- brackets and leftovers ---------------------------------------------------------------------

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
        if self.head is not None and tokens.gaps[at] & _LIST:
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
        if tokens.key(at, end) in words("ditto") or all(word.isdigit() for word in tokens.words[at:end]):
            return True
        begins = self.reading.phrase_at("qualifier", at, self.limit) > at
        return (
            begins
            and bool(self.mentions)
            or (end - at == 1 and len(tokens.words[at]) == 1)
            or self.reading.phrase_at("noise", at, self.limit) >= end
        )

    # --- writing mentions ---------------------------------------------------------------------------

    def _resolved(
        self,
        at: int,
        end: int,
        resolution: Resolution,
        place: Place | None = None,
        qualifier: str | None = None,
    ) -> None:
        if resolution.class_id is None:
            self._add(
                at,
                end,
                Described(None, None, "unresolved", None),
                0.0,
                resolution.candidates,
                qualifier=qualifier,
            )
            return
        kind = resolution.body.kind if resolution.body is not None else "unit"
        canonical = place.adapt(resolution.canonical or "") if place is not None else resolution.canonical
        described = Described(resolution.class_id, canonical, kind, resolution.basis)
        self._add(
            at,
            end,
            described,
            resolution.confidence,
            place=place.name if place else None,
            qualifier=qualifier,
        )

    def _add(  # noqa: PLR0913  one call per kind of finding, all of them facts of the mention
        self,
        at: int,
        end: int,
        described: Described,
        confidence: float,
        candidates: tuple[Candidate, ...] = (),
        place: str | None = None,
        qualifier: str | None = None,
    ) -> None:
        tokens = self.reading.tokens
        start, stop = tokens.starts[at], tokens.ends[end - 1]
        scope = scope_of(described.class_id, self.reading.view) if described.class_id else None
        basis = described.basis
        if basis is not None and not tokens.mended.isdisjoint(range(at, end)):
            basis, confidence = "fuzzy", min(confidence, _MENDED_CONFIDENCE)
        self.mentions.append(
            UnitMention(
                surface=tokens.raw[start:stop],
                start=start,
                end=stop,
                kind=described.mention_kind,
                class_id=described.class_id,
                canonical=described.canonical,
                scope=scope,
                basis=basis,
                confidence=confidence,
                position=self.position,
                candidates=candidates,
                place=place,
                qualifier=qualifier,
            )
        )
