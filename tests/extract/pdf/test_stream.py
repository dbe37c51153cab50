"""Tables without rulings are found; what only looks like one is left in peace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.pdf.reader import read_pdf
from tests.extract.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import Table

XS = [50.0, 90.0, 270.0, 400.0]
ROWS = [
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2021"],
    ["1", "Dân số", "Người", "632.375"],
    ["2", "Thu ngân sách", "Tỷ đồng", "4.500,5"],
    ["3", "Số doanh nghiệp", "Doanh nghiệp", "3.100"],
]
PROSE = (
    "Căn cứ tình hình thực tế, Sở ban hành kế hoạch với các nội dung chủ yếu sau đây để tổ chức thực hiện. "
)


def table(paper: Paper, top: float, rules: list[float] | None = None) -> None:
    for i, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=True):
            paper.text(x, top + 22 * i, text)
    for y in rules or []:
        paper.line(48, y, 500, y)


def grid(found: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in found.grid()]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "page.pdf")


@pytest.mark.parametrize(
    "rules", [[], [180, 202, 275], [180, 202, 224, 246, 275]], ids=["none", "heading only", "every row"]
)
def test_columns_come_from_the_white_between_words(paper: Paper, rules: list[float]) -> None:
    paper.wrapped(50, 100, PROSE * 2, 480)
    table(paper, 195, rules)
    paper.wrapped(50, 320, PROSE * 2, 480)
    document = read_pdf(paper.save())
    (found,) = document.tables()
    assert grid(found) == ROWS
    assert found.method == "stream"
    assert found.confidence < 1
    assert len(list(document.paragraphs())) == 2


def test_a_wrapped_cell_stays_in_its_row(paper: Paper) -> None:
    table(paper, 200)
    for x, text in zip(XS, ["4", "Tỷ lệ hộ nghèo theo", "%", "7,03"], strict=True):
        paper.text(x, 288, text)
    paper.text(XS[1], 300, "chuẩn đa chiều")
    (found,) = read_pdf(paper.save()).tables()
    assert grid(found)[4] == ["4", "Tỷ lệ hộ nghèo theo chuẩn đa chiều", "%", "7,03"]


def test_a_rule_over_some_columns_parts_only_those(paper: Paper) -> None:
    for i, row in enumerate(
        [ROWS[0], ["1", "Dân số", "Người", "10"], ["", "", "Hộ", "3"], ["2", "Thu", "Tỷ", "5"]]
    ):
        for x, text in zip(XS, row, strict=True):
            if text:
                paper.text(x, 200 + 22 * i, text)
    for y in (185, 207, 251, 275):
        paper.line(48, y, 500, y)
    paper.line(262, 229, 500, 229)
    (found,) = read_pdf(paper.save()).tables()
    assert [cell.row_span for cell in found.cells if cell.text in ("1", "Dân số")] == [2, 2]
    assert grid(found)[2] == ["1", "Dân số", "Hộ", "3"]


def prose(paper: Paper) -> None:
    paper.wrapped(50, 100, PROSE * 8, 480)


def numbered(paper: Paper) -> None:
    y = 100.0
    for i in range(8):
        paper.text(50, y, f"{i + 1}.")
        y = paper.wrapped(85, y, PROSE, 440) + 16


def letterhead_and_signature(paper: Paper) -> None:
    for i, (a, b) in enumerate(
        [("UBND TỈNH", "CỘNG HÒA"), ("SỞ Y TẾ", "Độc lập"), ("Số: 1/KH", "Huế, ngày 1")]
    ):
        paper.centred(150, 80 + 14 * i, a)
        paper.centred(420, 80 + 14 * i, b)
    for i, (a, b) in enumerate(
        [("Nơi nhận:", "GIÁM ĐỐC"), ("- Như trên;", ""), ("- Lưu: VT.", "Nguyễn Văn A")]
    ):
        paper.text(60, 500 + 14 * i, a)
        paper.text(400, 500 + 14 * i, b)


def contents(paper: Paper) -> None:
    for i in range(8):
        paper.text(50, 100 + 16 * i, f"Chương {i + 1}. Những vấn đề chung")
        paper.text(500, 100 + 16 * i, str(3 * i + 1))


def two_columns(paper: Paper) -> None:
    paper.wrapped(50, 100, PROSE * 6, 220)
    paper.wrapped(310, 100, PROSE * 6, 220)


def rules_around_prose(paper: Paper) -> None:
    paper.line(50, 60, 545, 60)
    paper.wrapped(50, 100, PROSE * 5, 480)
    paper.line(50, 790, 545, 790)


@pytest.mark.parametrize(
    "page", [prose, numbered, letterhead_and_signature, contents, two_columns, rules_around_prose]
)
def test_what_is_no_table_is_none(paper: Paper, page: object) -> None:
    assert callable(page)
    page(paper)
    assert not list(read_pdf(paper.save()).tables())
