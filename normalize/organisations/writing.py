"""What every part of the reader does: take the words behind a name, and write down a mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from normalize.organisations.bodies import Described
from normalize.organisations.mention import Candidate, UnitMention
from normalize.organisations.resolve import Name, Resolution
from normalize.organisations.scope import scope_of
from normalize.organisations.tokens import SEPARATOR, WALL, Gap

if TYPE_CHECKING:
    from normalize.organisations.grammar import Reading
    from normalize.organisations.places_in_names import Place

LIST = Gap.COMMA | Gap.AND | Gap.SLASH | Gap.DASH
"""What stands between the items of a list."""
BARE_CONFIDENCE = 0.75
_ITEM_WORDS = 20
_MENDED_CONFIDENCE = 0.75
_JUXTAPOSED = frozenset(
    {"Phòng", "Chi cục", "Trung tâm", "Văn phòng", "Sở", "Ban Giám đốc", "Ủy ban nhân dân"}
)
_LEVEL_OF_GROUP = {"grp.cap_huyen": "huyen", "grp.cap_xa": "xa", "grp.ubnd_tinh": "tinh"}


@dataclass(slots=True)
class Writer:
    """One pass over one cell. `head` and `position` last while a list distributes them."""

    reading: Reading
    limit: int
    mentions: list[UnitMention] = field(default_factory=list)
    position: str | None = None
    sticky: bool = False
    head: str | None = None

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
        named = word[0].isupper() and not reading.tokens.shouted and reading.tokens.bares[at] != "viet"
        # "Phòng Xây dựng và …": with a capital, the word is part of a name
        return not named and reading.phrase_at("qualifier", at, self.limit) > at

    def _qualifier(self, end: int, *, part: bool = True) -> tuple[int, str | None]:
        """Take "thuộc Sở", "có liên quan", "tỉnh", … behind a name; give the new end and these words.

        `part`: the name may be of a part of a department ("Phòng Kế hoạch Tài chính Sở Y tế").
        """
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
            if last > end and tokens.bares[last - 1] in {"voi", "cung"} and reading.begins(last, self.limit):
                break  # "Công an tỉnh phối hợp với Sở Y tế": a body of its own
            if last == end and tokens.bares[last] == "so" and (not part or self._other_department(last)):
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
        """Read "Văn phòng Sở Nội vụ": whose office it is; in another department's paper, a name of its own."""
        _, aliases = self.reading.alias_at(at, self.limit)
        if not aliases or self.reading.tokens.gaps[at] & Gap.OF:
            return False
        own = self.reading.view.class_id
        return (
            own is not None and own.startswith("so.") and all(alias.body.class_id != own for alias in aliases)
        )

    def _juxtaposed(self, at: int) -> bool:
        """Read a second name behind a blank only, as when two lines of a cell were run together."""
        _, head = self.reading.head_at(at, self.limit)
        return head in _JUXTAPOSED and self.reading.tokens.words[at][0].isupper()

    def _whose(self, end: int, resolution: Resolution | None) -> int:
        """Read "Văn phòng Sở" + "Nội vụ": the name goes on with the department's own."""
        if resolution is not None and not (resolution.class_id or "").startswith("sub."):
            return end
        if self.reading.tokens.bares[end - 1] != "so":
            return end
        return max(end, self.reading.alias_at(end - 1, self.limit)[0])

    def _everywhere(self, end: int) -> tuple[int, str | None]:
        """Read "Công an các huyện, thị xã": one body in every district; index behind, and the level."""
        reading = self.reading
        if end >= self.limit or reading.tokens.gaps[end] & SEPARATOR:
            return end, None
        noun, _ = reading.quantifier_at(end, self.limit)
        if noun == end or noun >= self.limit:
            return end, None
        last, group = reading.group_at(noun, self.limit)
        level = _LEVEL_OF_GROUP.get(group.classes["so"]) if group is not None else None
        return (last, level) if level is not None else (end, None)

    def _name(self, head: str, tail: int, end: int, noun: int) -> Name:
        text = " ".join(self.reading.tokens.text(noun, end).split())
        return Name(head, self.reading.tokens.words[tail:end], text)

    def _item_end(self, at: int) -> int:
        """Index behind one item of a distributed list: any comma, "và", dash or slash ends it."""
        gaps = self.reading.tokens.gaps
        end = at + 1
        limit = min(self.limit, at + _ITEM_WORDS)
        while end < limit and not gaps[end] & (WALL | Gap.COMMA | Gap.STOP):
            if gaps[end] & (Gap.AND | Gap.DASH | Gap.SLASH) and gaps[end] & Gap.BLANK:
                break
            end += 1
        return end

    def _goes_on(self, end: int) -> bool:
        """Words follow that neither qualify nor begin an item: the name is longer than the known one."""
        gaps = self.reading.tokens.gaps
        if end >= self.limit or gaps[end] & SEPARATOR:
            return False
        return not self._juxtaposed(end) and not self.reading.begins(end, self.limit)

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
                candidates=resolution.candidates,
                qualifier=qualifier,
            )
            return
        kind = resolution.body.kind if resolution.body is not None else "unit"
        canonical = place.adapt(resolution.canonical or "") if place is not None else resolution.canonical
        if resolution.class_id == "sub.to*" and (qualifier or "").startswith("Sở"):
            canonical = f"{canonical} Sở"  # "Tổ kiểm tra CCHC của Sở": whose team it is belongs to its name
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
        *,
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
