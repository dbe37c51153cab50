"""What a mention says of a class: its name, and whether it is a unit, a group or a position."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from normalize.organisations.gazetteer import standard

if TYPE_CHECKING:
    from normalize.organisations.mention import Basis, Kind

_KINDS: dict[str, Kind] = {"unit": "unit", "group": "group", "nonunit": "group", "position": "position"}


@dataclass(frozen=True, slots=True)
class Described:
    """A finding: class and name (None when unresolved), its kind, the rule that decided."""

    class_id: str | None
    canonical: str | None
    kind: str
    basis: Basis | None

    @property
    def mention_kind(self) -> Kind:
        """The kind as the units table has it."""
        return _KINDS.get(self.kind, "unresolved")


@lru_cache(maxsize=1_024)
def describe(class_id: str, canonical: str | None, kind: str) -> Described:
    """Describe a class by the program's own gazetteer; `canonical` overrides the name it has there."""
    body = standard().by_class.get(class_id)
    name = canonical or (body.canonical if body is not None else class_id)
    return Described(class_id, name, kind, "group_rule" if kind == "group" else "exact")
