"""What a cell names: mentions, what is known of the document they stand in, and where a name is known from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime

    from normalize.organisations.gazetteer import Gazetteer
    from normalize.organisations.glossary import Glossary

Kind: TypeAlias = Literal["unit", "group", "position", "unresolved"]
Basis: TypeAlias = Literal["exact", "glossary", "abbreviation", "initials", "fuzzy", "group_rule"]
TableScope: TypeAlias = Literal["issuer_sub", "issuer_group", "external"]
Scope: TypeAlias = Literal[
    "issuer", "issuer_lead", "issuer_sub", "issuer_body", "issuer_group", "external", "external_group",
    "central", "nonunit",
]  # fmt: skip
JsonValue: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A class that a name may mean; `score` from 0 to 100 says how near the spelling is."""

    class_id: str
    canonical: str
    score: float


@dataclass(frozen=True, slots=True)
class UnitContext:
    """What the document says about itself; everything may be unknown.

    Attributes:
        issuer: name of the body that issued the document, as written or canonical.
        issuer_class: its class, where the caller knows it ("so.skhcn"); else it is read from `issuer`.
        province: name of the province, where `issuer` does not hold it.
        date: date of the document, for the era of bodies and of province codes.
        glossary: names and abbreviations the document defines.
        gazetteer: the known bodies; None for the ones that come with the program.
    """

    issuer: str | None = None
    issuer_class: str | None = None
    province: str | None = None
    date: datetime.date | None = None
    glossary: Glossary | None = None
    gazetteer: Gazetteer | None = None


@dataclass(frozen=True, slots=True)
class UnitMention:
    """One organisation, group or position named in a cell.

    `surface` is `cell[start:end]`. `canonical` and `class_id` are None exactly when `kind` is "unresolved"
    (then `candidates` holds what it may mean, best first) or a position that names no body.
    `entity_id` is the very office (class, issuer, place with the era of its code), None while one of these
    is unknown. `confidence` runs from 0 to 1.
    """

    surface: str
    start: int
    end: int
    kind: Kind
    class_id: str | None
    canonical: str | None
    scope: Scope | None
    basis: Basis | None
    confidence: float
    position: str | None = None
    count: int | None = None
    candidates: tuple[Candidate, ...] = ()
    entity_id: str | None = None
    qualifier: str | None = None
    place: str | None = None
    members: tuple[str, ...] = field(default=())

    @property
    def table_scope(self) -> TableScope | None:
        """`scope` as the `units` table has it: part of the issuer, parts of it, or outside."""
        if self.scope is None:
            return None
        if self.scope == "issuer_group":
            return "issuer_group"
        return "issuer_sub" if self.scope.startswith("issuer") else "external"

    def to_json(self) -> dict[str, JsonValue]:
        """Give the public JSON form; absent values are None."""
        return {
            "surface": self.surface,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "class_id": self.class_id,
            "canonical": self.canonical,
            "scope": self.scope,
            "position": self.position,
            "count": self.count,
            "basis": self.basis,
            "confidence": round(self.confidence, 2),
        }
