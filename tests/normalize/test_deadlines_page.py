"""docs/deadlines.md says what the program does: every example in its tables is asked, every key is explained."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from deadline_values import value_of

from normalize.deadlines import Extension, parse_deadline
from normalize.deadlines.model import Reason

PAGE = (Path(__file__).parents[2] / "docs" / "deadlines.md").read_text("utf-8")
EXAMPLES = re.findall(r"(?m)^\| `([^`]+)` \| `([^`]+)` \|$", PAGE)
REASONS_SHOWN_ELSEWHERE = {"empty"}  # an empty cell cannot be printed in a table


def test_page_has_examples() -> None:
    assert len(EXAMPLES) > 150


@pytest.mark.parametrize(("cell", "value"), EXAMPLES)
def test_example_is_read_as_the_page_says(cell: str, value: str) -> None:
    assert value_of(parse_deadline(cell.replace("\\n", "\n"), 2022)) == value


@pytest.mark.parametrize("key", Extension.__dataclass_fields__)
def test_every_extension_key_is_named(key: str) -> None:
    assert f"`{key}`" in PAGE


@pytest.mark.parametrize("reason", sorted(set(get_args(Reason)) - REASONS_SHOWN_ELSEWHERE))
def test_every_reason_is_shown(reason: str) -> None:
    assert any(value.endswith(f": {reason}") for _, value in EXAMPLES)
