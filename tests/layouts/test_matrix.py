"""Every layout in every format: the task rows of all plans come back, and nothing from the other documents.

The same plans printed through LibreOffice are measured by `python -m tests.layouts.measure --formats
office_pdf`: the tests must run where no office suite is installed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.layouts.gold import load_gold, plan_of
from tests.layouts.layout import LAYOUTS, Format, Layout
from tests.layouts.measure import measure
from tests.layouts.plan import Plan, load

if TYPE_CHECKING:
    from pathlib import Path

FORMATS: tuple[Format, ...] = ("docx", "xlsx", "html", "text", "pdf")
CASES = [(layout, form) for layout in LAYOUTS for form in layout.formats if form in FORMATS]
# Writing a Word file takes 40 ms, ten times what any other takes: these have every difficulty once.
IN_WORD = (
    "bo-nhiem-vu-trong-tam",
    "dien-luc-an-toan",
    "so-khcn-chung-cu-the",
    "so-khcn-muc-tieu-hoat-dong",
    "so-noi-vu-nhom-nhiem-vu",
    "truong-hoc-nam-hoc",
    "bang-diem-cchc",
    "lich-cong-tac",
)
# Rows that are wrong or too many today, and why. Fewer are welcome.
KNOWN: dict[tuple[str, Format], tuple[int, str]] = {
    ("three_header_levels", "text"): (17, "a heading with one column under it, when spans are lost"),
    ("numbering_row_letters", "text"): (3, "the same: the numbering row is not seen below such a header"),
    ("no_number_column", "text"): (
        15,
        "'1. Công tác chuẩn bị' alone in the first cell: a section, or a task?",
    ),
    ("leading_cells_dropped", "text"): (40, "every shared cell is gone and its row moved left"),
    ("short_pages_whole_rows", "pdf"): (
        3,
        "an empty cell between two pages: of the section before or behind",
    ),
    ("no_rulings", "pdf"): (12, "a merged cell's text in the middle of rows that a page end parts"),
    ("horizontal_rulings", "pdf"): (2, "the same"),
}


@cache
def plans() -> tuple[Plan, ...]:
    return (*load("plans"), *load("others"), *map(plan_of, load_gold()))


@pytest.mark.parametrize(("layout", "form"), CASES, ids=lambda value: getattr(value, "name", value))
def test_every_row_comes_back(layout: Layout, form: Format, tmp_path: Path) -> None:
    chosen = [plan for plan in plans() if form != "docx" or plan.name in IN_WORD]
    score = measure(chosen, layout, form, tmp_path)
    mistakes = score.expected - score.exact + score.too_many
    known, why = KNOWN.get((layout.name, form), (0, ""))
    assert mistakes <= known, "\n".join([why, *score.details])


def test_the_plans_are_many_and_the_other_documents_too() -> None:
    assert len(load("plans")) >= 12
    assert len(load("others")) >= 12
    assert all(plan.tasks() for plan in load("plans"))


def test_what_is_known_to_fail_is_a_case() -> None:
    assert {(layout.name, form) for layout, form in CASES} >= set(KNOWN)
