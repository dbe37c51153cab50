"""Organisations: what a cell names, what a document defines, who issued it."""

from normalize.organisations.cell import parse_units
from normalize.organisations.gazetteer import Body, Gazetteer, body_of, standard
from normalize.organisations.glossary import Glossary, build_glossary
from normalize.organisations.issuer import Issuer, IssuerEvidence, IssuerTexts, identify_issuer
from normalize.organisations.mention import Candidate, UnitContext, UnitMention

__all__ = [
    "Body",
    "Candidate",
    "Gazetteer",
    "Glossary",
    "Issuer",
    "IssuerEvidence",
    "IssuerTexts",
    "UnitContext",
    "UnitMention",
    "body_of",
    "build_glossary",
    "identify_issuer",
    "parse_units",
    "standard",
]
