"""docs/organisations.md says what the program does: every example in its table is read."""

import re
from pathlib import Path

import pytest

from normalize.organisations import UnitContext, parse_units
from normalize.organisations.mention import Scope, TableScope

PAGE = (Path(__file__).parents[2] / "docs" / "organisations.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \| ([^|]+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)


def test_the_page_has_examples():
    assert len(EXAMPLES) > 10


@pytest.mark.parametrize(("cell", "issuer", "expected"), EXAMPLES)
def test_an_example_is_read_as_the_page_says(cell, issuer, expected):
    found = [mention.class_id or "unresolved" for mention in parse_units(cell, UnitContext(issuer=issuer))]
    assert found == [name.strip("`") for name in expected.split()]


def test_every_scope_is_explained():
    for scope in (*Scope.__args__, *TableScope.__args__):
        assert f"`{scope}`" in PAGE


def test_the_shares_that_the_page_gives_are_the_program_s():
    assert "0.25 less confidence" in PAGE
    assert "with confidence 0.6" in PAGE
    (open_class,) = parse_units("Phòng Khai thác bãi bồi", UnitContext(issuer="Sở Y tế"))
    assert open_class.confidence == 0.6
