"""The examples of docs/document.md, each against the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.assignments import read_assignment
from extract.letterhead import Letterhead
from extract.targets import find_targets
from normalize.citations import Citation, find_citations
from normalize.symbols import parse_symbol
from tests.extract.frames import document

PAGE = Path(__file__).parents[2] / "docs" / "document.md"


def examples(name: str) -> list[list[str]]:
    """The rows of the table under "<!-- examples: name -->", heading and rule left out."""
    text = PAGE.read_text(encoding="utf-8").split(f"<!-- examples: {name} -->\n", 1)[1]
    rows = [line for line in text.split("\n\n", 1)[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


@pytest.mark.parametrize("row", examples("symbols"), ids=lambda row: row[0])
def test_symbols(row: list[str]) -> None:
    symbol = parse_symbol(row[0])
    assert symbol is not None
    said = [symbol.normalised, symbol.doc_type, symbol.number, symbol.year, symbol.issuer_code]
    assert ["" if value is None else str(value) for value in said] == row[1:]


def told(citation: Citation) -> str:
    """A citation as the page writes it."""
    day = citation.cited_date.whole() if citation.cited_date else None
    head = " ".join(
        str(part) for part in (citation.doc_type, citation.symbol_normalised, citation.year) if part
    )
    return " · ".join(str(part) for part in (head, day, citation.cited_issuer) if part)


@pytest.mark.parametrize("row", examples("citations"), ids=lambda row: row[0])
def test_citations(row: list[str]) -> None:
    assert " ; ".join(told(citation) for citation in find_citations(row[0])) == row[1]


@pytest.mark.parametrize("row", examples("targets"), ids=lambda row: row[0])
def test_targets(row: list[str]) -> None:
    (target,) = find_targets(document("II. CHỈ TIÊU", f"- {row[0]}."), [], Letterhead(doc_type="KH"))
    value = "" if target.value is None else f"{target.value:g}"
    assert [target.text, target.comparator or "", value, target.unit, target.subject or ""] == row


@pytest.mark.parametrize("row", examples("prose"), ids=lambda row: row[0])
def test_prose(row: list[str]) -> None:
    sentence, lead, support, deadline = row
    found = read_assignment(sentence)
    if lead == "nobody":
        assert found is None
        return
    assert found is not None
    assert sentence[slice(*found.lead)] == lead
    assert (sentence[slice(*found.support)] if found.support else "") == support
    assert "; ".join(sentence[slice(*span)] for span in found.deadlines) == deadline


def test_every_kind_of_example_is_there() -> None:
    assert [len(examples(name)) > 4 for name in ("symbols", "citations", "targets", "prose")] == [True] * 4
