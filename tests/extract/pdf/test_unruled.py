"""Rows, columns and headings of tables that few rules or none show: each case is one page that was read wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.pdf.columns import is_value
from extract.pdf.reader import read_pdf
from tests.extract.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import Table

PROSE = "Các đơn vị báo cáo kết quả thực hiện theo quy định và chịu trách nhiệm về số liệu đã cung cấp. "


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "page.pdf")


def draw(paper: Paper, xs: list[float], lines: list[tuple[float, list[str]]]) -> None:
    """Draw texts at `xs` line by line; "" leaves a place free."""
    for baseline, texts in lines:
        for x, text in zip(xs, texts, strict=False):
            if text:
                paper.text(x, baseline, text)


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def only(paper: Paper) -> Table:
    (found,) = read_pdf(paper.save()).tables()
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", True), ("12 400", True), ("$9", True), ("(12)", True), ("-", True), ("n/a", True), ("45%", True),
        ("4.500,5", True), ("7,03*", True), ("Coal", False), ("Quý I", False), ("2/3 số xã", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_a_figure(text: str, value: bool) -> None:
    assert is_value(text) is value


def test_rows_in_groups_parted_by_white_stay_rows(paper: Paper) -> None:
    names = ["Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado"]
    lines = [(100.0, ["State", "1990", "2000"])]
    lines += [
        (120.0 + 13 * i + 10 * (i // 3), [name, str(17 * i + 3), str(9 * i + 1)])
        for i, name in enumerate(names)
    ]
    draw(paper, [50, 250, 350], lines)
    assert [row[0] for row in rows(only(paper))] == ["State", *names]


@pytest.mark.parametrize("figures_at", [0, 1], ids=["first line", "last line"])
def test_a_label_over_two_lines_is_one(paper: Paper, figures_at: int) -> None:
    lines = [(100.0, ["Loại", "Năm 2020", "Năm 2021"]), (114, ["Thu nội địa", "10", "11"])]
    for at, text in enumerate(["Chi thường xuyên của các", "cơ quan trong tỉnh"]):
        lines.append((128 + 14 * at, [text, "20", "21"] if at == figures_at else [text]))
    lines += [(156, ["Thu khác", "30", "31"]), (170, ["Vay", "5", "6"])]
    draw(paper, [50, 200, 300], lines)
    assert rows(only(paper))[2] == ["Chi thường xuyên của các cơ quan trong tỉnh", "20", "21"]


def test_a_heading_between_rows_of_figures_is_a_row(paper: Paper) -> None:
    draw(paper, [50, 250, 350], [(100, ["Chỉ tiêu", "2020", "2021"]), (114, ["Thu"]), (128, ["Thuế", "1,5", "2"]),
                                 (142, ["Phí", "3", "4"]), (156, ["Chi"]), (170, ["Lương", "5", "6"])])  # fmt: skip
    assert [row[0] for row in rows(only(paper))] == ["Chỉ tiêu", "Thu", "Thuế", "Phí", "Chi", "Lương"]


def test_a_common_heading_covers_the_columns_it_is_centred_over(paper: Paper) -> None:
    paper.centred(275, 100, "Nam")
    paper.centred(475, 100, "Nữ")
    draw(paper, [50, 200, 300, 400, 500], [(114, ["Tỉnh", "2009", "2019", "2009", "2019"]),
                                           (130, ["Huế", "3101", "3205", "2888", "2999"]),
                                           (144, ["Vinh", "4101", "4205", "3888", "3999"]),
                                           (158, ["Lào Cai", "5101", "5205", "4888", "4999"])])  # fmt: skip
    assert rows(only(paper))[:2] == [["", "Nam", "Nam", "Nữ", "Nữ"], ["Tỉnh", "2009", "2019", "2009", "2019"]]


def test_figures_in_a_heading_begin_no_row(paper: Paper) -> None:
    lines = [(100.0, ["", "Thấp nhất", "Cao nhất"]), (113.0, ["", "20", "20"])]
    lines += [(126, ["Nhóm hộ", "phần trăm", "phần trăm"]), (145, ["Thu nhập", "1.200", "9.800"])]
    lines += [(159, ["Chi tiêu", "1.500", "7.000"]), (173, ["Tích lũy", "12", "2.800"])]
    draw(paper, [50, 200, 300], lines)
    heading = [text.split() for text in rows(only(paper))[0]]
    assert heading == [
        ["Nhóm", "hộ"],
        ["Thấp", "nhất", "20", "phần", "trăm"],
        ["Cao", "nhất", "20", "phần", "trăm"],
    ]


def test_dots_that_lead_to_figures_are_no_text(paper: Paper) -> None:
    for i, (label, value) in enumerate([("Thuế thu nhập", "1.250"), ("Phí và lệ phí", "85"), ("Thu khác", "7"),
                                        ("Viện trợ", "120"), ("Vay", "33")]):  # fmt: skip
        end = paper.text(50, 100 + 14 * i, label)
        paper.text(end + 2, 100 + 14 * i, "." * 60)
        paper.text(480, 100 + 14 * i, value)
    assert rows(only(paper))[0] == ["Thuế thu nhập", "1.250"]


def test_lines_drawn_in_one_go_are_parted(paper: Paper) -> None:
    for i, line in enumerate(["Năm          2019          2020", "Huế           120           140",
                              "Vinh          220           240", "Lào Cai       320           340"]):  # fmt: skip
        paper.canvas.setFont("Courier", 10)
        paper.canvas.drawString(50, paper.height - 100 - 14 * i, line if line.isascii() else _plain(line))
    assert [row[1:] for row in rows(only(paper))][1:] == [["120", "140"], ["220", "240"], ["320", "340"]]


def _plain(line: str) -> str:
    return line.translate(str.maketrans("ăếàÀ", "aeaA"))  # Courier has no Vietnamese letters


def test_words_drawn_one_by_one_are_one_heading(paper: Paper) -> None:
    for start in (200.0, 400.0):
        x = start
        for word in ("Năm", "ngân", "sách", "2021"):
            x = paper.text(x, 100, word) + 2.5
    draw(paper, [50, 180, 280, 380, 480], [(114, ["Khoản", "Dự toán", "Thực hiện", "Dự toán", "Thực hiện"]),
                                           (130, ["Thu", "1", "2", "3", "4"]), (144, ["Chi", "5", "6", "7", "8"]),
                                           (158, ["Vay", "9", "1", "2", "3"])])  # fmt: skip
    found = rows(only(paper))
    assert found[0][1:] == ["Năm ngân sách 2021"] * 4


def test_a_merged_cell_set_in_the_middle_belongs_to_its_rows(paper: Paper) -> None:
    xs = [50, 90, 220, 360, 480]
    draw(paper, xs, [(100, ["TT", "Mục tiêu", "Hoạt động", "Chủ trì", "Thời gian"])])
    for i, action in enumerate(["Lập kế hoạch", "Lấy ý kiến", "Trình ký"]):
        draw(paper, xs, [(124 + 30 * i, ["", "", action, "Văn phòng", "Quý I"]),
                         (137 + 30 * i, ["", "", "của Sở", "Sở", ""])])  # fmt: skip
    draw(paper, xs, [(148, ["", "Ban hành kế"]), (161, ["1", "hoạch năm"])])
    draw(paper, xs, [(214, ["2", "Tập huấn", "Mở lớp", "Thanh tra", "Quý II"])])
    found = rows(only(paper))
    assert [row[:3] for row in found[1:]] == [
        ["1", "Ban hành kế hoạch năm", "Lập kế hoạch của Sở"],
        ["1", "Ban hành kế hoạch năm", "Lấy ý kiến của Sở"],
        ["1", "Ban hành kế hoạch năm", "Trình ký của Sở"],
        ["2", "Tập huấn", "Mở lớp"],
    ]


def test_a_title_and_the_same_heading_begin_another_table(paper: Paper) -> None:
    for part in range(2):
        top = 100 + 90 * part
        paper.text(50, top, f"{part + 1}. Nhóm việc")
        draw(paper, [50, 90, 300, 420], [(top + 18, ["TT", "Nội dung", "Chủ trì", "Thời gian"]),
                                         (top + 36, ["1", "Lập kế hoạch", "Văn phòng", "Quý I"]),
                                         (top + 54, ["2", "Báo cáo", "Thanh tra", "Quý II"])])  # fmt: skip
    found = list(read_pdf(paper.save()).tables())
    assert [len(rows(table)) for table in found] == [3, 3]


def test_a_table_in_one_of_two_columns_of_prose(paper: Paper) -> None:
    paper.wrapped(50, 100, PROSE * 8, 220)
    paper.wrapped(320, 100, PROSE * 2, 220)
    draw(paper, [320, 420, 490], [(260, ["Ngành", "2020", "2021"]), (274, ["Than", "12", "13"]),
                                  (288, ["Dầu", "22", "23"]), (302, ["Khí", "32", "33"])])  # fmt: skip
    assert rows(only(paper)) == [
        ["Ngành", "2020", "2021"],
        ["Than", "12", "13"],
        ["Dầu", "22", "23"],
        ["Khí", "32", "33"],
    ]


FIGURES = [["Huế", "12", "13"], ["Vinh", "22", "23"], ["Lào Cai", "32", "33"], ["Hà Nội", "42", "43"]]


@pytest.mark.parametrize(
    "verticals", [[48, 500], [48, 190, 290, 500]], ids=["a frame", "verticals between columns"]
)
def test_rows_of_figures_without_rules_between_them_are_parted(paper: Paper, verticals: list[float]) -> None:
    draw(paper, [52, 200, 300], [(100, ["Tỉnh", "2020", "2021"])])
    draw(paper, [52, 200, 300], [(120 + 14 * i, row) for i, row in enumerate(FIGURES)])
    for y in (86, 106, 170):
        paper.line(48, y, 500, y)
    for x in verticals:
        paper.line(x, 86, x, 170)
    assert rows(only(paper)) == [["Tỉnh", "2020", "2021"], *FIGURES]


def test_a_ruled_row_of_words_stays_one_row(paper: Paper) -> None:
    paper.grid([48, 80, 300, 500], [86, 106, 170])
    lines = [(100.0, ["TT", "Nội dung", "Chủ trì"]), (120.0, ["1", "Lập kế hoạch năm 2021", "Văn phòng"])]
    lines += [(134, ["", "gửi trước 15/3", "Phòng 12"]), (148, ["", "và báo cáo quý", ""])]
    draw(paper, [52, 90, 310], lines)
    assert len(rows(only(paper))) == 2


def contents(paper: Paper) -> None:
    title = "Danh mục nhiệm vụ của các đơn vị"
    draw(
        paper, [50, 120, 520], [(100 + 14 * i, [f"Phụ lục {i + 1}", title, str(4 + 3 * i)]) for i in range(8)]
    )


def chart(paper: Paper) -> None:
    for step in range(6):
        paper.text(60, 100 + 24 * step, str(100 - 20 * step))
        paper.line(85, 97 + 24 * step, 500, 97 + 24 * step)
    draw(paper, [90 + 60 * i for i in range(7)], [(235, [str(2010 + i) for i in range(7)])])


def running_head_and_foot(paper: Paper) -> None:
    for y in (60, 780):
        paper.line(50, y, 545, y)
    for i in range(6):
        paper.text(50, 100 + 30 * i, f"{i + 1}.1")
        paper.text(110, 100 + 30 * i, "Những quy định chung về tổ chức thực hiện")


@pytest.mark.parametrize("page", [contents, chart, running_head_and_foot])
def test_what_is_no_table_is_none(paper: Paper, page: object) -> None:
    assert callable(page)
    page(paper)
    assert not list(read_pdf(paper.save()).tables())
