"""Text flattened by a converter: columns drawn with blanks come out as tables, no word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Paragraph
from extract.plaintext.gutters import numbered_columns
from extract.plaintext.page_lines import page_lines
from extract.plaintext.reader import text_document
from tests.extract.readers.packages import outline

if TYPE_CHECKING:
    from extract.document import Table


def document(*lines: str) -> Table:
    [table] = text_document("\n".join(lines)).tables()
    return table


HEAD = ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"]


def flat(*lines: str) -> list[str | list[list[str]]]:
    return outline(text_document("\n".join(lines)))


def test_wrapped_cells_are_joined_under_their_number() -> None:
    assert flat(
        "STT    Nhiệm vụ                       Đơn vị chủ trì      Thời gian",
        "1      Ban hành và triển khai thực    Văn phòng Sở        Tháng 12/2021",
        "       hiện Kế hoạch",
        "2      Kiểm tra                       Thanh tra Sở        Quý I",
        "                                      và các phòng",
    ) == [
        [
            HEAD,
            ["1", "Ban hành và triển khai thực hiện Kế hoạch", "Văn phòng Sở", "Tháng 12/2021"],
            ["2", "Kiểm tra", "Thanh tra Sở và các phòng", "Quý I"],
        ]
    ]


def test_cells_one_blank_apart_are_parted_where_the_lines_beside_begin() -> None:
    [table] = flat(
        "STT    Nhiệm vụ                       Đơn vị chủ trì      Thời gian",
        "1      Nâng cao năng lực điều hành Văn phòng Sở           Quý I",
        "       của lãnh đạo                   Nội vụ",
        "2      Kiểm tra                       Thanh tra Sở        Quý II",
        "3      Báo cáo                        Thanh tra Sở        Quý III",
    )
    assert table[1] == ["1", "Nâng cao năng lực điều hành của lãnh đạo", "Văn phòng Sở Nội vụ", "Quý I"]


def test_a_section_written_over_the_columns_is_a_row() -> None:
    [table] = flat(
        "STT    Nhiệm vụ              Đơn vị chủ trì      Thời gian",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
        "1      Ban hành              Văn phòng           Quý I",
        "2      Kiểm tra              Thanh tra           Quý II",
    )
    assert [row[0] for row in table] == [
        "STT",
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
        "1",
        "2",
    ]


def test_rows_without_numbers_begin_where_several_cells_begin() -> None:
    [table] = flat(
        "Thời gian       Nội dung                      Người phụ trách",
        "Tháng 9         Khai giảng năm học mới        Hiệu trưởng",
        "                Hội nghị cán bộ, viên chức    Chủ tịch Công đoàn",
        "                trong toàn trường",
        "Tháng 10        Khảo sát chất lượng           Phó Hiệu trưởng",
    )
    assert [row[1] for row in table] == [
        "Nội dung",
        "Khai giảng năm học mới",
        "Hội nghị cán bộ, viên chức trong toàn trường",
        "Khảo sát chất lượng",
    ]


def test_a_row_that_goes_on_overleaf_is_one_row_and_the_repeated_heading_and_page_number_go() -> None:
    head = "STT    Nhiệm vụ                    Đơn vị chủ trì      Thời gian"
    [table] = flat(
        head,
        "1      Ban hành                    Văn phòng           Quý I",
        "2      Thực hiện kế hoạch nâng     Thanh tra           Quý II",
        "                              1",
        "\f" + head,
        "       cao chất lượng",
        "3      Kiểm tra                    Thanh tra           Quý III",
        "                              2",
    )
    assert table == [
        HEAD,
        ["1", "Ban hành", "Văn phòng", "Quý I"],
        ["2", "Thực hiện kế hoạch nâng cao chất lượng", "Thanh tra", "Quý II"],
        ["3", "Kiểm tra", "Thanh tra", "Quý III"],
    ]


def test_centred_cells_belong_to_the_row_whose_number_stands_in_their_middle() -> None:
    [table] = flat(
        "STT    Nhiệm vụ                    Đơn vị chủ trì      Thời gian",
        "       Tổ chức tập huấn, bồi",
        "       dưỡng kiến thức về          Sở Thông tin và",
        "1                                                      Quý II",
        "       chuyển đổi số cho cán       Truyền thông",
        "       bộ, công chức",
        "       Xây dựng chuyên trang",
        "2                                  Văn phòng           Hằng quý",
        "       tuyên truyền",
        "3      Kiểm tra                    Thanh tra           Quý III",
    )
    assert [row[1] for row in table[1:]] == [
        "Tổ chức tập huấn, bồi dưỡng kiến thức về chuyển đổi số cho cán bộ, công chức",
        "Xây dựng chuyên trang tuyên truyền",
        "Kiểm tra",
    ]
    assert table[1][2:] == ["Sở Thông tin và Truyền thông", "Quý II"]


def test_several_rows_under_one_number_share_the_cells_merged_over_them() -> None:
    table = document(
        "STT  Mục tiêu                Hoạt động               Sản phẩm       Chủ trì        Thời gian",
        "1    Nâng cao chất lượng     1. Lập đề nghị xây      Tờ trình       Sở Nội vụ      Quý I",
        "     văn bản quy phạm        dựng văn bản",
        "     pháp luật của ngành     2. Soạn thảo, lấy       Dự thảo văn    Thanh tra Sở   Quý III",
        "     khoa học                ý kiến                  bản",
        "2    Bảo đảm đúng luật       Tự kiểm tra             Báo cáo        Thanh tra Sở   Hằng năm",
    )
    assert [(cell.row, cell.row_span) for cell in table.cells if cell.column == 1] == [(0, 1), (1, 2), (3, 1)]
    assert [cell.text for cell in table.cells if cell.column == 2] == [
        "Hoạt động",
        "1. Lập đề nghị xây dựng văn bản",
        "2. Soạn thảo, lấy ý kiến",
        "Tự kiểm tra",
    ]


def test_a_heading_over_two_columns_spans_them() -> None:
    table = document(
        "                                Phân công thực hiện",
        "STT    Nhiệm vụ                                              Thời gian",
        "                           Chủ trì           Phối hợp",
        "1      Ban hành            Văn phòng         Thanh tra       Quý I",
        "2      Kiểm tra            Thanh tra         Văn phòng       Quý II",
        "3      Báo cáo             Thanh tra         Văn phòng       Quý III",
    )
    assert {(cell.row, cell.column, cell.column_span, cell.text) for cell in table.cells if cell.row < 2} == {
        (0, 0, 1, "STT"),
        (0, 1, 1, "Nhiệm vụ"),
        (0, 2, 2, "Phân công thực hiện"),
        (0, 4, 1, "Thời gian"),
        (1, 2, 1, "Chủ trì"),
        (1, 3, 1, "Phối hợp"),
    }


@pytest.mark.parametrize(
    ("row", "count", "why"),
    [
        (" 1        2         3       4", 4, "figures from one on"),
        ("(1)      (2)       (3)     (4)   (5)", 5, "in brackets"),
        (" A        B          1       2     3", 5, "letters before the figures"),
        (" 1        3          5", 0, "figures of a row, not of the columns"),
        (" 2        3          4", 0, "not from the first column on"),
        (" a        b          c", 0, "points of a list"),
        ("  ".join(str(number) for number in range(1, 21)), 0, "more than are looked for"),
    ],
)
def test_a_row_that_numbers_the_columns_says_how_many_there_are(row: str, count: int, why: str) -> None:
    head = "STT      Nhiệm vụ   Đơn vị   Thời gian"
    assert numbered_columns(page_lines(f"{head}\n{row}")) == count, why


def test_numbers_stand_in_a_column_of_their_own_one_blank_before_their_text() -> None:
    [table] = flat(
        "TT    Việc cần làm               Bộ phận thực hiện     Thời hạn",
        " 1 Bố trí trụ sở làm việc cho     Văn phòng             25/7/2025",
        "   Trung tâm phục vụ",
        " 2 Rà soát hồ sơ của các xã       Công an xã            31/7/2025",
        "   trước sắp xếp",
        " 3 Củng cố tổ bảo vệ              Công an xã            31/8/2025",
    )
    assert [row[:2] for row in table[1:]] == [
        ["1", "Bố trí trụ sở làm việc cho Trung tâm phục vụ"],
        ["2", "Rà soát hồ sơ của các xã trước sắp xếp"],
        ["3", "Củng cố tổ bảo vệ"],
    ]


def test_the_heading_stt_may_be_broken_in_a_narrow_column() -> None:
    [table] = flat(
        "ST     Nhiệm vụ                       Đơn vị         Thời gian",
        " T                                    chủ trì        thực hiện",
        "1      Ban hành Kế hoạch              Văn phòng      Quý I",
        "2      Kiểm tra                       Thanh tra      Quý II",
    )
    assert [row[0] for row in table[1:]] == ["1", "2"]
    assert table[0][1:] == ["Nhiệm vụ", "Đơn vị chủ trì", "Thời gian thực hiện"]


def test_the_title_of_a_group_may_run_into_the_second_column() -> None:
    [table] = flat(
        "STT    Nhiệm vụ                     Đơn vị chủ trì      Thời gian",
        " 1     Công tác chuẩn bị trước mùa mưa bão",
        "1.1    Kiện toàn Ban Chỉ huy        Phòng An toàn       Quý I",
        "1.2    Kiểm tra đường dây           Đội Quản lý         Quý II",
        " 2     Công tác ứng phó",
        "2.1    Trực ban khi có bão          Các đơn vị          Khi có bão",
    )
    assert "Công tác chuẩn bị trước mùa mưa bão" in table[1]


SURE = (
    "STT    Nhiệm vụ                       Đơn vị chủ trì      Thời gian",
    "1      Ban hành Kế hoạch              Văn phòng Sở        Quý I",
    "2      Kiểm tra                       Thanh tra Sở        Quý II",
)


def test_a_table_that_might_as_well_have_another_number_of_columns_is_less_sure() -> None:
    assert document(*SURE).confidence == 1.0
    doubtful = document(
        "STT    Nhiệm vụ                   Quý I Quý II    Đơn vị",
        "1      Tổ chức tập huấn                 x         Phòng Quản lý",
        "2      Khảo sát hiện trạng        x               Văn phòng Sở",
        "3      Tổng kết                   x               Văn phòng Sở",
    )
    assert doubtful.confidence == 0.6


def test_a_letterhead_is_read_left_then_right_and_prose_is_joined() -> None:
    found = flat(
        "       UBND TỈNH X                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "       SỞ NỘI VỤ                           Độc lập - Tự do - Hạnh phúc",
        "",
        "                           KẾ HOẠCH",
        "",
        "STT    Nhiệm vụ              Đơn vị chủ trì      Thời gian",
        "1      Ban hành              Văn phòng           Quý I",
        "2      Kiểm tra              Thanh tra           Quý II",
    )
    assert found[:5] == [
        "UBND TỈNH X",
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾ HOẠCH",
    ]


word = st.text(alphabet="abđêABĐ123.-", min_size=1, max_size=6)
cell = st.lists(word, max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cell, min_size=4, max_size=4), min_size=3, max_size=10))
def test_no_word_is_lost_or_doubled(rows: list[list[str]]) -> None:
    text = "\n".join(
        ["A        Bbb         Ccc         Ddd"] * 3
        + ["  ".join(f"{text:<10}" for text in row) for row in rows]
    )
    found = [
        piece
        for block in text_document(text).blocks
        for piece in ([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    ]
    letters = sorted(letter for letter in text if letter.isalpha())
    assert sorted(letter for piece in found for letter in piece if letter.isalpha()) == letters
