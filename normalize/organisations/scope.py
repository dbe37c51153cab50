"""From where a document speaks: the kind of its issuer decides what "Văn phòng" or "Phòng Nội vụ" means."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from normalize.places import Province, find_province

if TYPE_CHECKING:
    from normalize.organisations.gazetteer import Body
    from normalize.organisations.mention import Scope, UnitContext

Level: TypeAlias = Literal["so", "tinh", "huyen", "xa", "bo", "dang", "other"]

_CENTRAL = ("bo.", "cp", "ttg", "qh")
_CENTRAL_BODIES = frozenset(
    {"dang.bchtw", "dang.bct_dang", "dang.bbt", "dang.bktw", "dang.btctw", "dang.btgtw", "dang.bdvtw",
     "dang.btgdvtw", "dang.bnctw", "dang.ubkttw", "dang.vptw", "khac.hdtdkt_tw"}
)  # fmt: skip
_INTERNAL_GROUPS = frozenset(
    {"grp.phong", "grp.don_vi", "grp.don_vi_tt", "grp.don_vi_sn", "grp.trung_tam", "grp.chi_cuc", "grp.ccvc",
     "grp.to", "grp.thanh_vien", "grp.doan_vien"}
)  # fmt: skip
_OF_LEVEL = {"grp.phong_huyen": "huyen", "grp.phong_xa": "xa", "grp.vu_cuc": "bo", "grp.ban_nganh_huyen": "huyen",
             "grp.ban_nganh_xa": "xa"}  # fmt: skip
_DEPARTMENT_LIKE = ("so.", "sub.", "tinh.vp", "tinh.thanhtra", "tinh.ttpvhcc")
_INNER = ("_noivu", "huyen.p_", "huyen.p*", "huyen.vp", "xa.p_", "xa.p*", "xa.vp", "xa.cc_", "xa.ttpvhcc")

REFORM = datetime.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who speaks: class and level of the issuer (None when unknown), its province, the day."""

    class_id: str | None
    level: Level | None
    province: Province | None
    date: datetime.date | None
    place: str | None = None

    @property
    def group_level(self) -> str:
        """The column of the group table that applies; an unknown issuer is read as a department."""
        return "so" if self.level in {None, "other"} else str(self.level)


def level_of(class_id: str | None) -> Level | None:
    """Give the level of an issuer's class ("so.skhcn" → "so")."""
    if not class_id:
        return None
    if class_id.startswith(_DEPARTMENT_LIKE):
        return "so"
    for prefix, level in (("tinh.", "tinh"), ("huyen.", "huyen"), ("xa.", "xa"), ("dang.", "dang")):
        if class_id.startswith(prefix):
            return level  # type: ignore[return-value]  # the literals above
    return "bo" if class_id.startswith(_CENTRAL) else "other"


@lru_cache(maxsize=1_024)
def standpoint(context: UnitContext) -> Standpoint:
    """Read issuer, province and date of a context."""
    from normalize.organisations.cell import first_unit  # noqa: PLC0415  the parser needs a standpoint for every cell

    class_id = context.issuer_class
    place: str | None = None
    province = find_province(context.province, context.date) if context.province else None
    if context.issuer:
        mention = first_unit(context.issuer, context)
        if mention is not None:
            class_id = class_id or mention.class_id
            place = mention.place
        province = province or find_province(context.issuer, context.date)
    return Standpoint(class_id, level_of(class_id), province, context.date, place)


def scope_of(class_id: str, view: Standpoint) -> Scope:  # noqa: PLR0911  one return per kind of body
    """Say where a class stands from the issuer's point of view."""
    if class_id == "nonunit":
        return "nonunit"
    if class_id.startswith("grp."):
        inner = class_id in _INTERNAL_GROUPS or _OF_LEVEL.get(class_id) == view.level
        return "issuer_group" if inner else "external_group"
    if class_id == "sub.ban_giam_doc":
        return "issuer_lead"
    if class_id == "sub.to*":
        return "issuer_body"
    if class_id.startswith("sub.") or class_id in {"doan.congdoan", "doan.danguy_cq"}:
        return "issuer_sub" if view.level in {"so", None, "bo", "other"} else "external"
    if class_id.startswith(_CENTRAL) or class_id in _CENTRAL_BODIES:
        return "central"
    if class_id == view.class_id:
        return "issuer"
    if class_id.startswith(_INNER) and view.level is not None and class_id.startswith(view.level + "."):
        return "issuer_sub"
    return "external"


def fitness(body: Body, view: Standpoint) -> float:
    """Say how well a body fits the issuer's surroundings; higher is better, used between equal spellings."""
    score = 0.0
    family = body.class_id.split(".", 1)[0]
    level = view.level or "so"
    if family == "sub":
        score += {"so": 3, "bo": 1, "tinh": 1, "dang": 1}.get(level, 0)
    elif family == level:
        score += 3
    elif family in {"huyen", "xa"}:
        score += 1
        if family == "huyen" and view.date is not None and view.date >= REFORM:
            score -= 2
    else:
        score += 2
    if body.issuers:
        score += 2 if view.class_id in body.issuers else -1
    return score
