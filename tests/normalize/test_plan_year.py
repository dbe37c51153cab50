"""Where the plan year comes from, and when the sources disagree."""

from __future__ import annotations

import pytest

from normalize.deadlines import PlanYear, YearCandidate, plan_year


@pytest.mark.parametrize(
    ("candidates", "expected", "conflict", "why"),
    [
        ([("heading", "Thời gian (Năm 2026)")], (2026, "heading"), False, "the heading of the column"),
        ([("heading", "Thời gian"), ("appendix", "NĂM 2020"), ("title", "năm 2020")], (2020, "appendix"), False, ""),
        ([("cells", "Tháng 12/2021; Trước ngày 05/12/2021; Năm 2021"), ("appendix", "… HÀNH CHÍNH NĂM 2020"),
          ("title", "Cải cách hành chính năm 2021")], (2021, "cells"), True, "last year's heading left standing"),
        ([("appendix", "NĂM 2020"), ("title", "năm 2021"), ("body", "Trên đây là Kế hoạch CCHC năm 2021")],
         (2021, "title"), True, "one against two"),
        ([("appendix", "NĂM 2020"), ("title", "năm 2021")], (2020, "appendix"), True, "one against one: the nearer"),
        ([("title", "giai đoạn 2021-2025")], (None, None), False, "a span is no year"),
        ([("title", "kế hoạch năm 2021, năm 2022")], (None, None), False, "two years are none"),
        ([("appendix", "(Kèm theo Kế hoạch số 44/KH-SKHCN ngày 15 tháng 01 năm 2020)")], (None, None), False,
         "the date of a document is not its subject"),
        ([("title", "thực hiện Nghị định 61/2018/NĐ-CP năm 2021")], (2021, "title"), False, "a symbol is no year"),
        ([("date", "ngày 15 tháng 01 năm 2020")], (2020, "date"), False, "the document's date, as a last resort"),
        ([("date", "31/12/2020")], (None, None), False, "in December it may be next year's plan"),
        ([("cells", "Tháng 3/2021; Tháng 3/2022")], (None, None), False, "no majority"),
        ([], (None, None), False, ""),
    ],
)  # fmt: skip
def test_plan_year(
    candidates: list[tuple[str, str]], expected: tuple[int | None, str | None], conflict: bool, why: str
) -> None:
    found = plan_year([YearCandidate(source, text) for source, text in candidates])  # type: ignore[arg-type] # literals
    assert (found.year, found.source) == expected, why
    assert found.conflict == conflict, why


def test_every_reading_is_kept() -> None:
    found = plan_year([YearCandidate("appendix", "NĂM 2020"), YearCandidate("title", "năm 2021")])
    assert found == PlanYear(2020, "appendix", (("appendix", 2020), ("title", 2021)))
