"""Organisations: what a cell names, what a document defines, who issued it."""

from normalize.organisations.cell import parse_units
from normalize.organisations.gazetteer import Body, Gazetteer, body_of, standard
from normalize.organisations.mention import Candidate, UnitContext, UnitMention

__all__ = [
    "Body",
    "Candidate",
    "Gazetteer",
    "UnitContext",
    "UnitMention",
    "body_of",
    "parse_units",
    "standard",
]
