"""Figures to reach, wording by wording; and the figures that are none."""

from __future__ import annotations

import pytest

from extract.letterhead import Letterhead
from extract.targets import Target, find_targets
from extract.understand import understand_tables
from tests.extract.frames import document
from tests.extract.grids import document as drawn

PLAN = Letterhead(doc_type="KH", period_start_year=2021, period_end_year=2021)
LONG_PLAN = Letterhead(doc_type="QĐ", period_start_year=2021, period_end_year=2025)
REPORT = Letterhead(doc_type="BC", period_start_year=2021, period_end_year=2021)


def targets(letterhead: Letterhead, *paragraphs: str) -> list[Target]:
    """The targets of plain paragraphs."""
    return find_targets(document(*paragraphs), [], letterhead)


# sentence under "II. CHỈ TIÊU", (comparator, value, unit, subject), why
SENTENCES: list[tuple[str, tuple[str | None, float | None, str, str | None], str]] = [
    ("- 100% văn bản đi được ký số.", ("=", 100, "%", "văn bản đi"), "a figure opens the sentence"),
    ("- Tối thiểu 30% số TTHC thực hiện mức độ 4.", (">=", 30, "%", "số TTHC"), "at least; the level 4 is no figure"),
    ("- Trên 90% người dân hài lòng.", (">", 90, "%", "người dân"), "more than"),
    ("- Tỷ lệ hồ sơ trực tuyến đạt 30%.", ("=", 30, "%", "Tỷ lệ hồ sơ trực tuyến"), "the rate stands before"),
    ("- Tỷ lệ hồ sơ đạt từ 50% trở lên.", (">=", 50, "%", "Tỷ lệ hồ sơ"), "upwards from"),
    ("- 40% trở lên hồ sơ được xử lý trực tuyến.", (">=", 40, "%", "hồ sơ"), "the same, the figure first"),
    ("- Kiểm tra ít nhất đối với 70% các phòng.", (">=", 70, "%", "các phòng"), "words between bound and figure"),
    ("- Giảm tối thiểu 10% biên chế so với năm 2020.", (">=", 10, "%", "biên chế so với năm 2020"), "a decrease"),
    ("- Tỷ lệ hộ nghèo còn dưới 2%.", ("<", 2, "%", "Tỷ lệ hộ nghèo"), "below"),
    ("- Thời gian giải quyết không quá 13,5% quy định.", ("<=", 13.5, "%", "quy định"), "no more than; a comma"),
    ("- Tổ chức 01 cuộc đối thoại với người dân.", ("=", 1, "cuộc", "đối thoại với người dân"), "a count"),
    ("- Tổ chức ít nhất 02 lớp tập huấn.", (">=", 2, "lớp", "tập huấn"), "a count with a bound"),
    ("- Phân bổ vốn đối ứng (tối thiểu 5%) theo quy định.", (">=", 5, "%", "Phân bổ vốn đối ứng"), "in brackets"),
    ("- Tốc độ tăng trưởng đạt từ 10%/năm trở lên.", (">=", 10, "%/năm", "Tốc độ tăng trưởng"), "a rate a year"),
    ("- Tỷ lệ che phủ đạt 80-90%.", (None, None, "%", "Tỷ lệ che phủ"), "two bounds are no single figure"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected", "why"), SENTENCES, ids=[why for *_, why in SENTENCES])
def test_target(sentence: str, expected: tuple[str | None, float | None, str, str | None], why: str) -> None:
    found = targets(PLAN, "II. CHỈ TIÊU", sentence)
    assert [(t.comparator, t.value, t.unit, t.subject) for t in found] == [expected], why
    assert found[0].due_year == 2021, "a plan for one year"


@pytest.mark.parametrize(
    ("letterhead", "paragraphs", "why"),
    [
        (REPORT, ("II. KẾT QUẢ", "- Đã kiểm tra 3/4 đơn vị, đạt tỷ lệ 75%."), "a result in a report"),
        (
            REPORT,
            ("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "+ 100% CCVC được cấp tài khoản."),
            "also without a past tense",
        ),
        (PLAN, ("I. ĐÁNH GIÁ TÌNH HÌNH", "- Tỷ lệ giải ngân đạt 60%."), "the part of a plan that looks back"),
        (PLAN, ("II. CHỈ TIÊU", "- Tính đến nay 85% hồ sơ đúng hạn."), "a clause that looks back"),
        (PLAN, ("II. NHIỆM VỤ", "- Dịch vụ công trực tuyến mức độ 3, mức độ 4."), "levels"),
        (
            PLAN,
            ("II. NHIỆM VỤ", "- Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018."),
            "the number of a decree",
        ),
        (
            PLAN,
            ("II. NHIỆM VỤ", "- Áp dụng TCVN ISO 9001:2015 tại 02 đơn vị."),
            "a standard and a count in passing",
        ),
        (Letterhead(doc_type="NĐ"), ("Chương I", "Mức giảm không quá 50% số thuế."), "a law sets conditions"),
    ],
)
def test_no_target(letterhead: Letterhead, paragraphs: tuple[str, ...], why: str) -> None:
    assert targets(letterhead, *paragraphs) == [], why


def test_a_report_sets_targets_where_it_looks_ahead() -> None:
    found = targets(REPORT, "IV. PHƯƠNG HƯỚNG THỜI GIAN TỚI", "- Phấn đấu 100% hồ sơ giải quyết đúng hạn.")
    assert [target.value for target in found] == [100]


def test_a_bullet_rules_the_years_of_those_under_it() -> None:
    found = targets(
        LONG_PLAN,
        "1. Cải cách thủ tục hành chính",
        "- 100% TTHC được công bố.",
        "- Đến năm 2025:",
        "+ Tối thiểu 80% TTHC được thanh toán trực tuyến.",
        "+ 90% TTHC được cung cấp trực tuyến.",
        "- Đến năm 2030: 100% TTHC được cung cấp trực tuyến.",
    )
    assert [(target.value, target.due_year) for target in found] == [
        (100, None),
        (80, 2025),
        (90, 2025),
        (100, 2030),
    ]


def test_each_clause_is_a_target_of_its_own() -> None:
    found = targets(PLAN, "a) Chỉ tiêu", "- 100% văn bản đến được xử lý điện tử; 100% văn bản đi được ký số.")
    assert [target.text for target in found] == [
        "100% văn bản đến được xử lý điện tử",
        "100% văn bản đi được ký số",
    ]


def test_the_section_is_named_by_its_theme() -> None:
    (found,) = targets(PLAN, "3. Cải cách TTHC trên địa bàn", "a) Chỉ tiêu", "- 100% TTHC được công bố.")
    assert found.section_title == "Cải cách TTHC trên địa bàn"


def test_cells_of_a_task_table_hold_targets() -> None:
    plan = drawn(
        """STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian | Ghi chú
        1 | Xử lý 100% văn bản sau rà soát | Thanh tra Sở | Quý I | Đạt 50%
        2 | Kiểm tra ít nhất 30% các phòng | Văn phòng Sở | Quý II | """
    )
    found = find_targets(plan, understand_tables(plan), PLAN)
    assert [(t.comparator, t.value, t.passage.row) for t in found] == [("=", 100, 1), (">=", 30, 2)]


def test_a_cell_that_is_a_bound_is_a_target() -> None:
    criteria = drawn(
        """TT | Tên tiêu chí | Nội dung tiêu chí | Chỉ tiêu chung
        1 | Điện | 1.1. Tỷ lệ hộ có điện thường xuyên | ≥98%
        2 | Nghèo | 2.1. Tỷ lệ nghèo đa chiều | ≤2%"""
    )
    found = find_targets(criteria, understand_tables(criteria), Letterhead(doc_type="QĐ"))
    assert [(t.subject, t.comparator, t.value, t.unit) for t in found] == [
        ("Tỷ lệ hộ có điện thường xuyên", ">=", 98, "%"),
        ("Tỷ lệ nghèo đa chiều", "<=", 2, "%"),
    ]
