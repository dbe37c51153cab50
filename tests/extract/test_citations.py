"""Where a document is cited and why: basis, attachment or mention; its own number is no citation."""

from __future__ import annotations

import pytest

from extract.citations import cite
from extract.understand import understand_tables
from tests.extract.frames import MOTTO, document, table, title
from tests.extract.grids import document as drawn


@pytest.mark.parametrize(
    ("paragraphs", "contexts", "why"),
    [
        (("Căn cứ Luật số 65/2020/QH14; Nghị định số 30/2020/NĐ-CP;",), ["basis", "basis"], "căn cứ"),
        (
            ("Trên cơ sở xem xét Tờ trình số 5/TTr-CP;", "Điều 1. Sửa đổi"),
            ["basis"],
            "a reason in the preamble",
        ),
        (("I. MỤC TIÊU", "Thực hiện Quyết định số 5/QĐ-TTg"), ["mention"], "the same words in the text"),
        (("(Kèm theo Kế hoạch số 44 /KH-SKHCN ngày 15/01/2020)",), ["attachment"], "the line of an annex"),
        (("Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 1/2/2020",), ["attachment"], "without brackets"),
        (
            ("I. NHIỆM VỤ", "Sửa Quy chế ban hành kèm theo Quyết định số 193/2001/QĐ-TTg"),
            ["mention"],
            "another act's annex",
        ),
    ],
)
def test_context(paragraphs: tuple[str, ...], contexts: list[str], why: str) -> None:
    assert [found.context for found in cite(document(*paragraphs))] == contexts, why


def test_a_documents_own_number_is_no_citation() -> None:
    own = document(
        table(("UBND TỈNH X\nSố: 12/KH-UBND", f"{MOTTO}\nHà Nam, ngày 5 tháng 3 năm 2024")),
        "Nghị quyết số: 87/2025/UBTVQH15",
        "Số: 333 /QĐ-SKHCN",
        title("KẾ HOẠCH"),
        "Thực hiện Quyết định số 7/QĐ-TTg ngày 1/2/2020",
    )
    assert [found.citation.symbol for found in cite(own, understand_tables(own))] == ["7/QĐ-TTg"]


def test_cells_say_their_row() -> None:
    plan = drawn(
        """STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian
        1 | Thực hiện Chỉ thị số 30/CT-TTg ngày 30/10/2018 | Văn phòng | Quý I
        2 | Xây dựng kế hoạch | Văn phòng | Quý II"""
    )
    (found,) = cite(plan, understand_tables(plan))
    assert (found.passage.table, found.passage.row, found.passage.column) == (0, 1, 1)
    assert found.passage.page == 1
