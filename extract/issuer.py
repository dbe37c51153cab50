"""Who issued a document, in its canonical name: everything of its frame that points to a body, put together."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import regex

from normalize.organisations import Issuer, IssuerTexts, identify_issuer

if TYPE_CHECKING:
    from extract.document import Document
    from extract.letterhead import Letterhead
    from normalize.organisations import Gazetteer

_HOST = regex.compile(r"(?:https?://|www\.|@)?[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.gov\.vn\b", regex.IGNORECASE)
# Paragraphs that name the province or the issuer in the first person stand near the beginning.
_BODY_PARAGRAPHS = 12
# The 63 provinces became 34 on 1 July 2025 (Nghị quyết 202/2025/QH15): that year alone does not tell which.
_MERGER_YEAR = 2025


def _era_date(letterhead: Letterhead) -> datetime.date | None:
    """Give a day of the era a document is of, also when only its year or month is known (the provinces of 2025-07)."""
    if letterhead.issue_date is not None:
        return letterhead.issue_date
    year, month = (
        letterhead.year or letterhead.period_start_year,
        letterhead.month if letterhead.year else None,
    )
    if year is None or (year == _MERGER_YEAR and month is None):
        return None
    return datetime.date(year, month or 1, 1)


def issuer_of(letterhead: Letterhead, document: Document, gazetteer: Gazetteer | None = None) -> Issuer:
    """Identify the issuer of a document from its letterhead, annex, title, signature, symbol, place and addresses."""
    said: dict[str, list[str]] = {}
    for evidence in letterhead.evidence:
        said.setdefault(evidence.kind, []).append(evidence.text)
    hosts: list[str] = []
    body: list[str] = []
    for paragraph in document.paragraphs():
        if ".gov.vn" in paragraph.text:
            hosts += _HOST.findall(paragraph.text)
        if len(body) < _BODY_PARAGRAPHS:
            body.append(paragraph.text)
    boxes = [text for text in (letterhead.parent_body, *said.get("letterhead", [])) if text]
    return identify_issuer(
        IssuerTexts(
            letterhead=tuple(boxes),
            authority=tuple(said.get("authority", [])),
            annex=tuple(said.get("annex", [])),
            title=letterhead.title,
            signature=letterhead.authority,
            symbol=letterhead.symbol or letterhead.attached_to,
            place=letterhead.place,
            hosts=tuple(dict.fromkeys(hosts)),
            body=tuple(body),
            date=_era_date(letterhead),
        ),
        gazetteer,
    )
