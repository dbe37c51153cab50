"""The very office: class, issuing body and place, the place's code with its era."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.diacritics import bare
from normalize.places import Province, era_of, province_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from normalize.organisations.mention import UnitMention
    from normalize.organisations.scope import Standpoint

_OWN = ("issuer_sub", "issuer_group", "issuer_lead", "issuer_body")


def with_entities(mentions: Iterable[UnitMention], view: Standpoint) -> tuple[UnitMention, ...]:
    """Give the mentions their `entity_id` where issuer, place and era are known."""
    return tuple(
        replace(item, entity_id=entity_of(item, view)) if item.class_id else item for item in mentions
    )


def place_code(province: Province | None, view: Standpoint) -> str | None:
    """Give "63:82": the era and the code of a province on the document's day; None where unsure."""
    if province is None:
        return None
    era = era_of(view.date)
    if era is None or era == province.era:
        return f"{province.era}:{province.code}" if era is not None else None
    return f"{province.era}:{province.code}"


def entity_of(mention: UnitMention, view: Standpoint) -> str | None:
    """Give the entity of a mention: "so.skhcn@63:82", "sub.van_phong/so.skhcn@63:82"; None where unknown."""
    class_id = mention.class_id
    if class_id is None or class_id == "nonunit":
        return None
    if mention.scope == "central":
        return class_id
    named = province_named(mention.place, view.date) if mention.place else None
    code = place_code(named or view.province, view)
    if code is None:
        return None
    open_name = f"={slug(mention.canonical or '')}" if class_id.endswith("*") else ""
    if mention.scope in _OWN:
        if view.class_id is None:
            return None
        own = f".{slug(view.place)}" if view.place and view.level in {"huyen", "xa"} else ""
        return f"{class_id}{open_name}/{view.class_id}{own}@{code}"
    local = ""
    if mention.place and named is None:
        local = f".{slug(mention.place)}"
    elif class_id == view.class_id and view.place and view.level in {"huyen", "xa"}:
        local = f".{slug(view.place)}"
    elif class_id.startswith(("huyen.", "xa.")) and not (
        view.place and class_id.startswith(f"{view.level}.")
    ):
        return None  # "Phòng Nội vụ" of some district: which one is not said
    elif class_id.startswith(("huyen.", "xa.")):
        local = f".{slug(view.place or '')}"
    return f"{class_id}{open_name}{local}@{code}"


def slug(name: str) -> str:
    """Give an ASCII form of a name for use in ids."""
    return "-".join("".join(c if c.isalnum() else " " for c in bare(name)).split())
