"""Drawn statistics (see `bench.statistics_pages`): nearly every relation of cells comes back, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.adjacency import cells_found, read_truth, relations
from bench.statistics_documents import DOCUMENTS
from bench.statistics_held import HELD
from bench.statistics_none import NONE
from bench.statistics_pages import Press

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", [*DOCUMENTS, *NONE, *HELD])
def test_the_cells_of_a_document_come_back_side_by_side(name: str, tmp_path: Path) -> None:
    press = Press(tmp_path, name)
    (DOCUMENTS | NONE | HELD)[name](press)
    press.save()
    expected = relations(read_truth(tmp_path / f"{name}-str.xml"))
    found = relations(cells_found(tmp_path / f"{name}.pdf"))
    missing, wrong = expected - found, found - expected
    assert sum((missing + wrong).values()) <= 0.02 * sum(expected.values()), (missing, wrong)
