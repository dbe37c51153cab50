"""What a drawn task table must become. Every case is a drawing (see grids.py), the rows, and why it is here."""

from __future__ import annotations

import pytest

from tests.extract.grids import tables, tasks

HEAD = "STT | Nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Thời gian hoàn thành"
Rows = list[tuple[str | None, str, str | None, str | None, str | None]]

# drawing, rows as (stt, task, product, lead, deadline), why
CASES: list[tuple[str, Rows, str]] = [
    (
        f"""{HEAD}
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng Sở | Quý I
        2 | Kiểm tra công vụ | Báo cáo | Thanh tra Sở | Trước 30/11""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng Sở", "Quý I"),
            ("2", "Kiểm tra công vụ", "Báo cáo", "Thanh tra Sở", "Trước 30/11"),
        ],
        "the plain table",
    ),
    (
        f"""{HEAD}
        (1) | (2) | (3) | (4) | (5)
        I | CÔNG TÁC CHỈ ĐẠO | < | < | <
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng Sở | Quý I
        V. | CẢI CÁCH THỂ CHẾ | | |
        09 | Kiểm tra công vụ | Báo cáo | Thanh tra Sở | Trước 30/11""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng Sở", "Quý I"),
            ("09", "Kiểm tra công vụ", "Báo cáo", "Thanh tra Sở", "Trước 30/11"),
        ],
        "a numbering row; sections merged across and in plain cells are no tasks; 09 stays as printed",
    ),
    (
        f"""{HEAD}
        1 | Xây dựng kế hoạch phát triển | Kế hoạch, | Văn phòng | Quý I
        ---
        {HEAD}
        | kinh tế và xã hội | báo cáo | Sở |
        2 | Kiểm tra | Báo cáo | Thanh tra | Quý II""",
        [
            (
                "1",
                "Xây dựng kế hoạch phát triển kinh tế và xã hội",
                "Kế hoạch, báo cáo",
                "Văn phòng Sở",
                "Quý I",
            ),
            ("2", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "a row cut at the page end, the header repeated overleaf",
    ),
    (
        f"""{HEAD}
        1 | Tuyên truyền | Tin bài gửi | Các phòng thuộc | Năm 2021
        2 | Thực hiện tuyên truyền | Tin bài gửi | Các phòng thuộc | Năm 2021
        ---
        | CCHC | Sở Nội vụ, đăng trên Website | Sở |
        3 | Kiểm tra | Báo cáo | Thanh tra | Quý II
        4 | Rà soát | Báo cáo | Thanh tra | Quý III""",
        [
            ("1", "Tuyên truyền", "Tin bài gửi", "Các phòng thuộc", "Năm 2021"),
            (
                "2",
                "Thực hiện tuyên truyền CCHC",
                "Tin bài gửi Sở Nội vụ, đăng trên Website",
                "Các phòng thuộc Sở",
                "Năm 2021",
            ),
            ("3", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
            ("4", "Rà soát", "Báo cáo", "Thanh tra", "Quý III"),
        ],
        "cut, no header overleaf, every piece begins with a capital: the missing number and date tell",
    ),
    (
        f"""{HEAD}
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng Sở | Hằng năm
        ---
        | Rà soát văn bản | Danh mục | Thanh tra Sở | Hằng năm
        3 | Kiểm tra | Báo cáo | Thanh tra Sở | Quý II""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng Sở", "Hằng năm"),
            (None, "Rà soát văn bản", "Danh mục", "Thanh tra Sở", "Hằng năm"),
            ("3", "Kiểm tra", "Báo cáo", "Thanh tra Sở", "Quý II"),
        ],
        "a whole row without a number at the top of a page is a row of its own",
    ),
    (
        f"""{HEAD}
        1 | Cải cách thủ tục | | | Quý IV
        1a | Rà soát thủ tục | Danh mục | Văn phòng | ^
        1b | Niêm yết thủ tục | Bảng | Thanh tra | ^
        2 | Kiểm tra | Báo cáo | Thanh tra | Quý II""",
        [
            ("1a", "Rà soát thủ tục", "Danh mục", "Văn phòng", "Quý IV"),
            ("1b", "Niêm yết thủ tục", "Bảng", "Thanh tra", "Quý IV"),
            ("2", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "one deadline merged over a group; the group heading is no task of its own",
    ),
    (
        f"""{HEAD}
        12 | Nhóm nhiệm vụ về thể chế | | Sở Tư pháp | 2025
        a | Ban hành quy chế | Quy chế | |
        b | Sửa đổi quy định | Quy định | |
        đ | Bãi bỏ văn bản cũ | Danh mục | |""",
        [
            ("a", "Ban hành quy chế", "Quy chế", "Sở Tư pháp", "2025"),
            ("b", "Sửa đổi quy định", "Quy định", "Sở Tư pháp", "2025"),
            ("đ", "Bãi bỏ văn bản cũ", "Danh mục", "Sở Tư pháp", "2025"),
        ],
        "cells the heading gives and the children leave blank reach every child",
    ),
    (
        f"""{HEAD}
        1 | Xây dựng đề án | Đề án | Sở Nội vụ | Quý IV
        1.1 | Khảo sát | Báo cáo | Văn phòng | Quý I
        1.10 | Thẩm định | Văn bản | Sở Tư pháp | Quý III""",
        [
            ("1", "Xây dựng đề án", "Đề án", "Sở Nội vụ", "Quý IV"),
            ("1.1", "Khảo sát", "Báo cáo", "Văn phòng", "Quý I"),
            ("1.10", "Thẩm định", "Văn bản", "Sở Tư pháp", "Quý III"),
        ],
        "a parent with cells of its own is a task beside its children; 1.10 is not 1.1",
    ),
    (
        f"""{HEAD}
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng Sở | Quý I
        2 | | | |
        3 | … | … | … | …
        4 | Kiểm tra | Báo cáo | Thanh tra | Quý II""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng Sở", "Quý I"),
            ("4", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "numbered rows without content are no tasks",
    ),
    (
        """STT | Nhiệm vụ | Sản phẩm | Đơn vị thực hiện | < | Thời gian
        ^ | ^ | ^ | Chủ trì | Phối hợp | ^
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Các phòng | Quý I""",
        [("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I")],
        "a header of two levels",
    ),
    (
        """STT | Nội dung công việc | Sản phẩm | Đơn vị chủ | Thời gian hoàn
        | | | trì | thành
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Quý I
        2 | Kiểm tra | Báo cáo | Thanh tra | Quý II""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I"),
            ("2", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "header words broken over two rows of cells",
    ),
    (
        """TT | Mục tiêu, nhiệm vụ | Kết quả | Cơ quan chủ trì | Ghi chú tiến độ
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Quý I/2024
        2 | Kiểm tra công vụ | Báo cáo | Thanh tra | 30/6/2024
        3 | Tổng kết | Báo cáo | Văn phòng | Tháng 12""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I/2024"),
            ("2", "Kiểm tra công vụ", "Báo cáo", "Thanh tra", "30/6/2024"),
            ("3", "Tổng kết", "Báo cáo", "Văn phòng", "Tháng 12"),
        ],
        "a column of dates is a deadline column whatever it is called",
    ),
    (
        f"""{HEAD}
        1 | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Quý I
        Phụ lục II
        {HEAD}
        1 | Kiểm tra | Báo cáo | Thanh tra | Quý II""",
        [
            ("1", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I"),
            ("1", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "two task tables in one document",
    ),
    (
        f"""{HEAD}
        N01.2.3 | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Quý I
        N01.2.4 | Kiểm tra | Báo cáo | Thanh tra | Quý II
        N01.2.4 | Kiểm tra lại | Báo cáo | Thanh tra | Quý II""",
        [
            ("N01.2.3", "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I"),
            ("N01.2.4", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
            ("N01.2.4", "Kiểm tra lại", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "codes as numbers, one of them twice",
    ),
    (
        f"""{HEAD}
        1 | Tuyên truyền | Tin bài | Văn phòng | Quý I
        ^ | ^ | Pa nô | Phòng QLCN | Quý II
        ^ | ^ | Phóng sự | ^ | ^""",
        [
            ("1", "Tuyên truyền", "Tin bài", "Văn phòng", "Quý I"),
            ("1", "Tuyên truyền", "Pa nô", "Phòng QLCN", "Quý II"),
            ("1", "Tuyên truyền", "Phóng sự", "Phòng QLCN", "Quý II"),
        ],
        "a task with three products in rows of their own, shared cells repeated",
    ),
    (
        f"""{HEAD}
        1 | Tuyên truyền | Tin bài | Văn phòng | Quý I
        ^ | ^ | Pa nô | Phòng QLCN | ^
        ---
        ^ | ^ | ^ | ^ | ^
        | | Phóng sự | Văn phòng |
        ^ | ^ | Báo cáo | Thanh tra | ^
        2 | Kiểm tra | Báo cáo | Thanh tra | Quý II""".replace("        ^ | ^ | ^ | ^ | ^\n", ""),
        [
            ("1", "Tuyên truyền", "Tin bài", "Văn phòng", "Quý I"),
            ("1", "Tuyên truyền", "Pa nô", "Phòng QLCN", "Quý I"),
            ("1", "Tuyên truyền", "Phóng sự", "Văn phòng", "Quý I"),
            ("1", "Tuyên truyền", "Báo cáo", "Thanh tra", "Quý I"),
            ("2", "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
        ],
        "merged cells that go on overleaf are printed empty there",
    ),
    (
        """Nhiệm vụ chung | Nhiệm vụ cụ thể | Sản phẩm | Chủ trì | Thời hạn
        I. Chỉ đạo | Xây dựng kế hoạch | Kế hoạch | Văn phòng | Quý I
        ^ | Kiểm tra | Báo cáo | Thanh tra | Quý II
        II. Thể chế | Rà soát văn bản | Danh mục | Thanh tra | Quý III""",
        [
            (None, "Xây dựng kế hoạch", "Kế hoạch", "Văn phòng", "Quý I"),
            (None, "Kiểm tra", "Báo cáo", "Thanh tra", "Quý II"),
            (None, "Rà soát văn bản", "Danh mục", "Thanh tra", "Quý III"),
        ],
        "a general column is the section, the specific one the task",
    ),
]


@pytest.mark.parametrize(("drawing", "expected", "why"), CASES, ids=[case[2][:60] for case in CASES])
def test_rows(drawing: str, expected: Rows, why: str) -> None:
    got = [
        tuple(row.values.get(role) for role in ("stt", "task", "product", "lead", "deadline"))
        for row in tasks(drawing)
    ]
    assert got == expected, why


# drawing, why it assigns nothing
NO_TASKS: list[tuple[str, str]] = [
    (
        """STT | Nhiệm vụ | Sản phẩm | Điểm tối đa | Điểm tự chấm
        1 | Xây dựng kế hoạch | Kế hoạch | 5 | 4,5""",
        "a score sheet with the words of a plan",
    ),
    (
        """STT | Đơn vị được kiểm tra | Nội dung kiểm tra | Thời gian
        1 | Sở Y tế | Kỷ luật, kỷ cương | Quý II
        2 | Sở Nội vụ | Kỷ luật, kỷ cương | Quý III""",
        "a list of inspected bodies",
    ),
    ("STT | Nội dung | Đơn vị chủ trì | Thời gian\n1 | … | … | …\n2 | | |", "a blank form"),
    ("Nội dung | Năm 2019 | Năm 2020 | Ghi chú\nSố phòng | 06 | 06 |", "statistics"),
    (
        """UBND TỈNH A\\nSỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nĐộc lập - Tự do - Hạnh phúc
        Số: 12/KH-SNV | Tỉnh A, ngày 01 tháng 02 năm 2024""",
        "a letterhead",
    ),
    ("Nơi nhận:\\n- Như trên;\\n- Lưu: VT. | GIÁM ĐỐC\\n\\nNguyễn Văn A", "a signature block"),
    (
        """Thời gian | Nội dung | Người thực hiện
        8h00 - 8h15 | Đón tiếp đại biểu | Văn phòng
        8h15 - 8h30 | Khai mạc | Ban tổ chức""",
        "the programme of a meeting: clock times are no deadlines",
    ),
    (
        """STT | Chỉ tiêu | Đơn vị tính | Kế hoạch năm 2023 | Đơn vị chủ trì theo dõi
        1 | Tỷ lệ hồ sơ xử lý trên mạng | % | 95 | Văn phòng
        2 | Số doanh nghiệp dùng nền tảng số | Doanh nghiệp | ≥ 50 | Phòng Kinh tế""",
        "indicators with the body that follows each",
    ),
    (
        """TT | Chỉ tiêu | Năm 2025 | Năm 2030 | Cơ quan chủ trì
        1 | Tỷ trọng kinh tế số trong GRDP | 18% | ≥ 30% | Chi cục Thống kê
        2 | Tỷ lệ hộ có cáp quang | 90% | 100% | Sở KH&CN""",
        "indicators without a column of units: figures say how much",
    ),
    (
        """TT | Tên thủ tục hành chính | Thời hạn giải quyết | Địa điểm thực hiện | Phí, lệ phí
        1 | Cấp giấy phép | 15 ngày | Bộ phận một cửa | Không""",
        "a list of administrative procedures",
    ),
]


@pytest.mark.parametrize(("drawing", "why"), NO_TASKS, ids=[case[1] for case in NO_TASKS])
def test_no_tasks(drawing: str, why: str) -> None:
    assert tasks(drawing) == [], why


def test_shifted_cells_go_back_under_their_headings() -> None:
    drawing = """STT | Mục tiêu | Nhiệm vụ | Hoạt động | Sản phẩm | Đơn vị chủ trì | Phối hợp | Thời gian
        1 | Nâng cao chất lượng | Tham mưu văn bản | 1. Lập đề nghị | Tờ trình | Thanh tra Sở | Các phòng | Hàng năm
        2. Soạn thảo, lấy ý kiến | | | Công văn gửi các sở | Thanh tra Sở | Các phòng | Theo KH |
        2 | Đổi mới | Ban hành kế hoạch | Tự kiểm tra | Báo cáo | Văn phòng Sở | Các phòng | Quý I"""
    row = tasks(drawing, spans_known=False)[1]
    assert row.values["activity"] == "2. Soạn thảo, lấy ý kiến"
    assert (row.values["lead"], row.values["deadline"]) == ("Thanh tra Sở", "Theo KH")
    assert (row.values["stt"], row.values["task"]) == ("1", "Tham mưu văn bản")
    assert {"cells_shifted", "cells_shared"} <= set(row.flags)


def test_sections_and_levels() -> None:
    drawing = f"""{HEAD}
        A | PHẦN CHUNG | < | < | <
        I | THỂ CHẾ | < | < | <
        1 | Nhóm nhiệm vụ | | |
        1.1 | Rà soát | Danh mục | Văn phòng | Quý I
        2 | Kiểm tra | Báo cáo | Thanh tra | Quý II
        - | Lập đoàn | Quyết định | Văn phòng | Quý I
        B | PHẦN RIÊNG | < | < | <
        1 | Tổng kết | Báo cáo | Văn phòng | Quý IV"""
    got = [
        (row.section_label, row.values["stt"], row.level, row.parent, row.has_children)
        for row in tasks(drawing)
    ]
    assert got == [
        ("1", "1.1", 2, None, False),
        ("I", "2", 1, None, True),
        ("I", "-", 2, 1, False),
        ("B", "1", 1, None, False),
    ]


def test_one_text_over_lead_and_support_stands_in_both() -> None:
    drawing = """STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian
        1 | Thực hành tiết kiệm | Các phòng, đơn vị | < | Quý I
        2 | Kiểm tra | Thanh tra | Văn phòng | Quý II"""
    first, second = tasks(drawing)
    assert (first.values["lead"], first.values["support"]) == ("Các phòng, đơn vị", "Các phòng, đơn vị")
    assert "lead_support_merged" in first.flags  # nobody wrote a body into both columns
    assert "lead_support_merged" not in second.flags


def test_a_cell_that_names_both_is_split() -> None:
    drawing = """STT | Nhiệm vụ | Đơn vị thực hiện | Thời gian
        1 | Kiểm tra | Chủ trì: Thanh tra Sở; phối hợp: Văn phòng, các phòng | Quý II"""
    row = tasks(drawing)[0]
    assert (row.values["lead"], row.values["support"]) == ("Thanh tra Sở", "Văn phòng, các phòng")
    assert "lead_support_split" in row.flags


def test_columns_without_a_role_are_kept() -> None:
    drawing = f"""{HEAD} | Căn cứ | Căn cứ | Hệ thống
        1 | Kiểm tra | Báo cáo | Thanh tra | Quý II | NQ 01 | NQ 02 | Idesk"""
    assert tasks(drawing)[0].extra == {"Căn cứ": "NQ 01", "Căn cứ (2)": "NQ 02", "Hệ thống": "Idesk"}


def test_a_start_column_is_kept_apart() -> None:
    drawing = """STT | Nhiệm vụ | Chủ trì | Thời gian thực hiện | <
        ^ | ^ | ^ | Bắt đầu | Kết thúc
        1 | Kiểm tra | Thanh tra | 01/3/2024 | 30/4/2024"""
    values = tasks(drawing)[0].values
    assert (values["start"], values["deadline"]) == ("01/3/2024", "30/4/2024")


def test_crosses_in_a_calendar_are_the_deadline() -> None:
    drawing = """STT | Nhiệm vụ | Chủ trì | Lộ trình thực hiện | < | <
        ^ | ^ | ^ | 2021 | 2022 | 2023
        1 | Kiểm tra | Thanh tra | x | | x
        2 | Tổng kết | Văn phòng | | | X"""
    rows = tasks(drawing)
    assert [row.values["deadline"] for row in rows] == ["2021, 2023", "2023"]
    assert rows[0].flags == ("deadline_from_marks",)
    assert rows[0].extra == {"Lộ trình thực hiện / 2021": "x", "Lộ trình thực hiện / 2023": "x"}


# headings of a calendar and one row of crosses under a section, the deadline, why
CALENDARS = [
    (
        """STT | Nhiệm vụ | Chủ trì | Lộ trình năm 2024 | < | < | < | Kết quả
        ^ | ^ | ^ | Quý I | Quý II | Quý III | Quý IV | ^
        I | NHÓM NHIỆM VỤ VỀ PHÁP LÝ | < | < | < | < | < | <
        1 | Rà soát phí, lệ phí | Sở Tài chính | | x | x | | Nghị quyết""",
        "Quý II, Quý III",
        "the title of a section goes on over the calendar and is no cross",
    ),
    (
        """STT | Nhiệm vụ | Chủ trì | T1-T3 | T4-T6 | T7-T9 | T10-T12
        1 | Kiện toàn Hội đồng kiểm soát nhiễm khuẩn | Khoa KSNK | x | x | |""",
        "Tháng 1 - 3; Tháng 4 - 6",
        "spans of months without a heading over them",
    ),
    (
        """STT | Nhiệ m vụ | Đơn vị chủ trì | Lộ trình | < | <
        ^ | ^ | ^ | Quý I | Quý II | Quý III
        1 | Xây dựng kế hoạch phát triển nhân lực | Văn phòng | x | |
        2 | Rà soát quy định về phí, lệ phí | Thanh tra | | x | x""",
        "Quý I",
        "a calendar says when: work is known by its verbs where a narrow column broke its heading",
    ),
]


@pytest.mark.parametrize(("drawing", "deadline", "why"), CALENDARS, ids=[case[2] for case in CALENDARS])
def test_calendars(drawing: str, deadline: str, why: str) -> None:
    assert tasks(drawing)[0].values["deadline"] == deadline, why


# headings and one row, the deadline, why
STAGES = [
    (
        """TT | Tên văn bản | Đơn vị chủ trì | Thời gian trình | < | <
        ^ | ^ | ^ | Trình Bộ | Gửi thẩm định | Trình Chính phủ
        1 | Nghị định về tín chỉ các-bon | Cục Lâm nghiệp | Tháng 5 | Tháng 7 | Tháng 9
        2 | Nghị định về kiểm lâm | Cục Lâm nghiệp | Tháng 6 | Tháng 8 | Tháng 10""",
        "Trình Bộ: Tháng 5; Gửi thẩm định: Tháng 7; Trình Chính phủ: Tháng 9",
        "the steps of a draft under one time",
    ),
    (
        """TT | Nội dung | Cơ quan tham mưu | Lãnh đạo Bộ chỉ đạo | Cấp trình/ thời gian trình | < | <
        ^ | ^ | ^ | ^ | Lãnh đạo Bộ | TTgCP | CP
        1 | Nghị định về đường thủy | Vụ Pháp chế | TT. Nguyễn Nhật | Tháng 6 | | Tháng 8
        2 | Quy hoạch đường bộ | Vụ KHĐT | TT. Lê Đình Thọ | Tháng 3 | Tháng 4 | """,
        "Lãnh đạo Bộ: Tháng 6; CP: Tháng 8",
        "bodies a matter goes through; a stage left out is left out",
    ),
    (
        """TT | Nội dung | Cơ quan trình | Thời gian trình UBND tỉnh | Thời gian trình HĐND tỉnh
        1 | Nghị quyết về dự toán ngân sách | Sở Tài chính | Tháng 11/2024 | Tháng 12/2024
        2 | Nghị quyết về dân số | Sở Y tế | Tháng 5/2024 | Tháng 7/2024""",
        "trình UBND tỉnh: Tháng 11/2024; trình HĐND tỉnh: Tháng 12/2024",
        "two submissions side by side",
    ),
    (
        """TT | Nội dung | Cơ quan trình | Thời gian trình | <
        ^ | ^ | ^ | Trình Bộ | Trình Chính phủ
        1 | Nghị quyết về dự toán ngân sách | Sở Tài chính | Quý IV | <
        2 | Nghị quyết về dân số | Sở Y tế | Tháng 5 | Tháng 7""",
        "Quý IV",
        "one cell over both stages needs no name",
    ),
]


@pytest.mark.parametrize(("drawing", "deadline", "why"), STAGES, ids=[case[2] for case in STAGES])
def test_stages(drawing: str, deadline: str, why: str) -> None:
    row = tasks(drawing)[0]
    assert row.values["deadline"] == deadline, why
    assert "deadline_from_stages" in row.flags


def test_a_plan_of_inspections_with_leads_is_a_task_table() -> None:
    drawing = """TT | Đối tượng thanh tra | Nội dung thanh tra | Đơn vị chủ trì | Thời gian
        1 | Sở Y tế | Thanh tra công tác mua sắm | Thanh tra tỉnh | Quý II
        2 | Sở Nội vụ | Thanh tra công tác tuyển dụng | Thanh tra tỉnh | Quý III"""
    assert [row.values["task"] for row in tasks(drawing)] == [
        "Thanh tra công tác mua sắm",
        "Thanh tra công tác tuyển dụng",
    ]


def test_every_cell_read_is_in_the_rows() -> None:
    drawing = f"""Phụ lục I
        {HEAD}
        I | CHỈ ĐẠO | < | < | <
        1 | Xây dựng kế hoạch phát triển | Kế hoạch, | Văn phòng | Quý I
        ---
        {HEAD}
        | kinh tế | báo cáo | Sở |"""
    (table,) = tables(drawing)
    assert [row.kind for row in table.rows] == ["header", "section", "body", "header", "continuation"]
    assert table.rows[4].cells == ["", "kinh tế", "báo cáo", "Sở", ""]
    assert (table.title, table.page_first, table.page_last) == ("Phụ lục I", 1, 2)
