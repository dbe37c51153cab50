"""The entry: one cell in, its mentions out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from normalize.organisations.entity import with_entities
from normalize.organisations.gazetteer import standard, words
from normalize.organisations.grammar import Reading
from normalize.organisations.legacy_cell import decoded
from normalize.organisations.mending import mend
from normalize.organisations.mention import UnitContext, UnitMention
from normalize.organisations.reader import Reader
from normalize.organisations.scope import Standpoint, standpoint
from normalize.organisations.tokens import tokenise

if TYPE_CHECKING:
    import datetime

    from normalize.organisations.gazetteer import Gazetteer

_ANY_OF = {"grp.cap_xa": "xa.ubnd", "grp.cap_huyen": "huyen.ubnd", "grp.ubnd_tinh": "tinh.ubnd"}
_UNKNOWN = Standpoint(None, None, None, None)


@lru_cache(maxsize=4_096)
def parse_units(text: str, context: UnitContext = UnitContext()) -> tuple[UnitMention, ...]:  # noqa: B008  frozen
    """Read the organisations that a cell names, in the order of the cell.

    Offsets are into `text` as given. "-", "nt" and an empty cell name none. Never fails: what is not
    understood is a mention of kind "unresolved". Cells repeat, so results are cached by text and context.
    """
    view = standpoint(context)
    legacy = decoded(text)
    shown = legacy[0] if legacy else text
    reading = Reading(mend(tokenise(shown)), context.gazetteer or standard(), view, context.glossary)
    found = with_entities(_read(reading), view)
    if legacy:
        back = legacy[1]
        found = tuple(
            replace(
                item,
                start=back(item.start),
                end=back(item.end),
                surface=text[back(item.start) : back(item.end)],
            )
            for item in found
        )
    return found


def first_unit(name: str, context: UnitContext) -> UnitMention | None:
    """Read the body that a document's issuer is, without a point of view; None for none."""
    reading = Reading(
        tokenise(name), context.gazetteer or standard(), replace(_UNKNOWN, date=context.date), None
    )
    found = next((item for item in _read(reading) if item.class_id), None)
    if found is not None and found.class_id in _ANY_OF:
        return replace(found, class_id=_ANY_OF[found.class_id])  # "UBND xã/phường" is one of them
    return found if found is not None and found.kind == "unit" else None


def body_in(text: str, date: datetime.date | None, gazetteer: Gazetteer) -> UnitMention | None:
    """Read the body that a line of a document's frame names; None for none or a mere group."""
    return first_unit(text, UnitContext(date=date, gazetteer=gazetteer))


def first_unit_of(name: str, reading: Reading) -> UnitMention | None:
    """Read a full name out of a document's glossary, from the document's point of view."""
    inner = Reading(tokenise(name), reading.gazetteer, reading.view, None)
    return next((item for item in _read(inner) if item.class_id), None)


def _read(reading: Reading) -> list[UnitMention]:
    tokens = reading.tokens
    if not tokens.count or tokens.key(0, tokens.count) in words("ditto"):
        return []
    return Reader(reading, tokens.count).read()
