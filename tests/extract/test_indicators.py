"""Statistics tables as one row a figure: both paths, fractions, placeholders, units, periods, stray rows."""

from __future__ import annotations

from dataclasses import replace

from extract.indicators import Indicator, read_indicators
from tests.extract.grids import tables


def indicators(drawing: str, title: str = "") -> list[Indicator]:
    """The figures of one drawn statistics table."""
    (table,) = tables(drawing)
    return read_indicators(replace(table, kind="statistics", title=title or table.title))


def test_headings_of_several_levels() -> None:
    found = indicators(
        """Nội dung | Năm trước | Năm báo cáo | < | <
        ^ | ^ | Quý I | Quý II | Tổng
        Bổ nhiệm mới | 11 | 0 | 2 | """
    )
    assert [(i.row_path, i.column_path, i.value, i.period_text) for i in found] == [
        (("Bổ nhiệm mới",), ("Năm trước",), 11, "Năm trước"),
        (("Bổ nhiệm mới",), ("Năm báo cáo", "Quý I"), 0, "Quý I"),
        (("Bổ nhiệm mới",), ("Năm báo cáo", "Quý II"), 2, "Quý II"),
    ]


def test_a_heading_row_without_figures_is_above_the_next_rows() -> None:
    found = indicators(
        """Nội dung | Năm 2019 | Năm 2020
        Đối với Trưởng phòng | |
        Bổ nhiệm mới | 1 | 2
        Số công chức được tuyển dụng | |
        Công chức | 8 | 0"""
    )
    assert [i.row_path for i in found[::2]] == [
        ("Đối với Trưởng phòng", "Bổ nhiệm mới"),
        ("Số công chức được tuyển dụng", "Công chức"),
    ]


def test_numbers_and_bullets_make_the_row_path() -> None:
    found = indicators(
        """TT | Nội dung | Số lượng | Ghi chú
        1 | Kiểm tra | 161 | Theo kế hoạch
        1.1 | Số đơn vị được kiểm tra | 33 |
        2 | Áp dụng ISO | |
        2.1 | Cấp tỉnh | 21 |
        - | Đã công bố | 21 |
        - | Thực hiện đúng | - |
        3 | Chi thường xuyên | 2/3 | 62/62"""
    )
    assert [(i.row_path, i.value_text, i.value, i.denominator) for i in found] == [
        (("Kiểm tra",), "161", 161, None),
        (("Kiểm tra", "Số đơn vị được kiểm tra"), "33", 33, None),
        (("Áp dụng ISO", "Cấp tỉnh"), "21", 21, None),
        (("Áp dụng ISO", "Cấp tỉnh", "Đã công bố"), "21", 21, None),
        (("Áp dụng ISO", "Cấp tỉnh", "Thực hiện đúng"), "-", None, None),
        (("Chi thường xuyên",), "2/3", 2, 3),
        (("Chi thường xuyên",), "62/62", 62, 62),
    ]


def test_numbers_inside_the_heading_cells() -> None:
    found = indicators(
        """Nội dung | Năm trước | Quý I
        1. Công chức | 51 | 18
        Đào tạo đại học | 1 | 0
        2. Viên chức | 33 | 1
        Đào tạo đại học | 2 | 0"""
    )
    assert [i.row_path for i in found[::2]] == [
        ("1. Công chức",),
        ("1. Công chức", "Đào tạo đại học"),
        ("2. Viên chức",),
        ("2. Viên chức", "Đào tạo đại học"),
    ]


def test_a_table_of_figures_alone_has_no_row_headings() -> None:
    found = indicators("""Tổng số biên chế | < | Ghi chú
        Hành chính | Sự nghiệp | ^
        40 | 47 | """)
    assert [(i.row_path, i.column_path, i.value) for i in found] == [
        ((), ("Tổng số biên chế", "Hành chính"), 40),
        ((), ("Tổng số biên chế", "Sự nghiệp"), 47),
    ]


def test_a_stray_row_gets_no_headings_that_are_not_its_own() -> None:
    """The rest of a table whose header is on a lost page: figures where the others have words."""
    found = indicators(
        """TT | Lĩnh vực | Tổng số | Trong hạn
        1 | Năng lượng nguyên tử | 61 | 60
        06 | 0 | 03 | 14"""
    )
    assert [(i.row_path, i.column_path, i.value) for i in found[2:]] == [
        ((), (), 6), ((), (), 0), ((), (), 3), ((), (), 14),
    ]  # fmt: skip


def test_units_from_column_heading_cell_and_title() -> None:
    by_column = indicators("""Chỉ tiêu | Đơn vị tính | Năm 2020 | Tỷ lệ (%)
        Thu ngân sách | triệu đồng | 1.250 | 13,5
        Dân số | người | 98.000 | 2,5""")
    assert [(i.value, i.unit) for i in by_column] == [
        (1250, "triệu đồng"), (13.5, "triệu đồng"), (98000, "người"), (2.5, "người"),
    ]  # fmt: skip
    by_title = indicators(
        """Chỉ tiêu | Năm 2020 | Tỷ lệ (%)
        Thu | 1.250 | 13,5
        Chi | 12,345 | 80%""",
        title="Bảng 1. Thu chi (ĐVT: triệu đồng)",
    )
    assert [(i.value, i.unit) for i in by_title] == [
        (1250, "triệu đồng"), (13.5, "%"), (None, "triệu đồng"), (80, "%"),
    ]  # fmt: skip


def test_the_mark_of_a_footnote_belongs_to_no_heading() -> None:
    found = indicators("""Nội dung | Số TTHC liên thông ngang ¹ | Số TTHC liên thông dọc ²
        Cấp tỉnh | 22 | 0""")
    assert [i.column_path for i in found] == [("Số TTHC liên thông ngang",), ("Số TTHC liên thông dọc",)]


def test_only_statistics_have_indicators() -> None:
    (table,) = tables("""STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian
        1 | Xây dựng kế hoạch | Văn phòng | Quý I""")
    assert read_indicators(table) == []
