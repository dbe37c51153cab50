"""The lines under the headings of appendices, which name the act they belong to: "(Kèm theo Kế hoạch số 44 /KH-…)"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.head import clean
from normalize.document_dates import PartialDate, search_date
from normalize.symbols import Symbol, find_symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.frame import Line

_ISSUER_IN_ANNEX = regex.compile(r"\bcủa\s+(?P<who>[^()]+?)\s*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Annex:
    """The line under an appendix's heading: the act it belongs to, as far as it is named."""

    text: str
    symbol: Symbol | None
    date: PartialDate | None
    issuer: str | None
    line: int


def _clean_next(found: Sequence[Line], number: int) -> str:
    return clean(found[number + 1].text) if number + 1 < len(found) else ""


def find_annexes(found: Sequence[Line]) -> list[Annex]:
    """Give every "(Kèm theo Kế hoạch số … ngày … của …)" line of the document, in reading order."""
    annexes: list[Annex] = []
    for number, line in enumerate(found):
        text = clean(line.text)
        match = regex.match(
            r"\(?\s*(?:Được\s+)?(?:Ban hành\s+)?(?:đính\s+)?k[eèé]m\s+theo\b", text, regex.IGNORECASE
        )
        # "ban hành kèm theo Quyết định số 193/2001/QĐ-TTg" in lower case (or in capitals) is the rest of a title.
        if match is None or (
            not text.startswith("(") and (len(text) > 200 or text[0].islower() or text.upper() == text)
        ):
            continue
        joined = text
        if text.startswith("(") and ")" not in text:
            joined = " ".join([text, *(clean(later.text) for later in found[number + 1 : number + 3])])
            if ")" in joined:
                joined = joined.split(")")[0] + ")"
            else:  # the bracket was never closed: "của Bộ trưởng …" below still belongs to it
                following = _clean_next(found, number)
                joined = f"{text} {following}" if following.startswith("của ") else text
        symbols = find_symbols(joined)
        symbol = symbols[0] if symbols else None
        dated = search_date(joined, symbol.end if symbol else 0)
        if symbol is None and dated is None:
            continue
        who = _ISSUER_IN_ANNEX.search(joined[dated[2] if dated else symbol.end if symbol else 0 :])
        annexes.append(
            Annex(
                joined, symbol, dated[0] if dated else None, who["who"].strip(" .") if who else None, number
            )
        )
    return annexes


def attached_symbol(annex: Annex | None) -> str | None:
    """Give the symbol of the act an appendix names, as printed but for blanks."""
    if annex is None or annex.symbol is None:
        return None
    return "".join(annex.symbol.text.split())
