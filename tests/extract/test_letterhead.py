"""What a letterhead says, drawn as offices set it: tables, lines, merged columns, drafts, appendices, old forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.document import Cell, Document, Table
from extract.frame import table_kind_hint
from extract.issuer import issuer_of
from extract.letterhead import Letterhead, read_letterhead
from tests.extract.frames import MOTTO, document, table, title

if TYPE_CHECKING:
    from extract.document import Block

Blocks = tuple["Block | str", ...]

# blocks, the fields that must be as given, why
CASES: list[tuple[Blocks, dict[str, object], str]] = [
    (
        (
            table(("UBND TỈNH X\nSỞ NỘI VỤ\n-------", MOTTO), ("Số: 12/KH-SNV",
            "Thái Nguyên, ngày 05 tháng 3 năm 2024")),
            title("KẾ HOẠCH"), title("Cải cách hành chính năm 2024"),
            "Căn cứ Kế hoạch số 1/KH-UBND ngày 02/01/2024 của UBND tỉnh;", "I. MỤC TIÊU",
            table(("Nơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT.", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNguyễn Văn An")),
        ),
        {
            "doc_type": "KH", "number": "12", "symbol": "12/KH-SNV", "title": "Cải cách hành chính năm 2024",
            "issuer": "SỞ NỘI VỤ", "parent_body": "UBND TỈNH X", "place": "Thái Nguyên",
            "year": 2024, "month": 3, "day": 5, "period_start_year": 2024, "period_end_year": 2024,
            "signer_name": "Nguyễn Văn An", "signer_title": "PHÓ GIÁM ĐỐC",
            "recipients": ("UBND tỉnh (b/c)", "Lưu: VT"), "attached_to": None, "flags": (),
        },
        "the layout of Decree 30/2020 as a table without borders",
    ),
    (
        (
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỈNH QUẢNG NGÃI Độc lập - Tự do - Hạnh phúc",
            "Số: 565 /TB-UBND Quảng Ngãi, ngày 15 tháng 11 năm 2024", title("THÔNG BÁO"),
            title("Kết luận tại cuộc họp về Chương trình giai đoạn 2021 - 2030"),
            "Ngày 12/11/2024, tại trụ sở UBND tỉnh",
        ),
        {
            "doc_type": "TB", "number": "565", "issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "parent_body": None,
            "place": "Quảng Ngãi", "day": 15, "period_start_year": None,
        },
        "both columns merged into lines; the period of a programme is not the notice's",
    ),
    (
        (
            table(
                ("UBND TỈNH BÌNH ĐỊNH\nSỞ NỘI VỤ\nSố: 975/SNV-CCHC\nV/v hướng dẫn xây dựng\nkế hoạch CCHC năm 2017",
                 f"{MOTTO}\n-----\nBình Định, ngày 18 tháng 7 năm 2016"),
            ),
            "Kính gửi: Các sở, ban, ngành",
        ),
        {
            "doc_type": "CV", "symbol": "975/SNV-CCHC", "title": "hướng dẫn xây dựng kế hoạch CCHC năm 2017",
            "issuer": "SỞ NỘI VỤ", "year": 2016, "period_start_year": None,
        },
        "an official letter: no type, its subject behind V/v",
    ),
    (
        (
            table(("TỈNH ỦY QUẢNG TRỊ\n*\nSố 01-NQ/TU",
            "ĐẢNG CỘNG SẢN VIỆT NAM\n\nQuảng Trị, ngày 04 tháng 11 năm 2021")),
            title("NGHỊ QUYẾT"), title("về đẩy mạnh cải cách hành chính giai đoạn 2021-2025"), "-----",
            "I. TÌNH HÌNH",
            table(("Nơi nhận:\n- Bộ Chính trị,\n- Lưu Văn phòng Tỉnh ủy.",
            "T/M BAN CHẤP HÀNH\nBÍ THƯ\n(đã ký)\nLê Quang Tùng")),
        ),
        {
            "doc_type": "NQ", "symbol": "01-NQ/TU", "issuer": "TỈNH ỦY QUẢNG TRỊ", "place": "Quảng Trị",
            "period_start_year": 2021, "period_end_year": 2025, "signer_name": "Lê Quang Tùng",
            "signer_title": "BÍ THƯ",
        },
        "a party document (Hướng dẫn 36-HD/VPTW)",
    ),
    (
        (
            "Số: /KH-SKH&CN", "Tiền Giang, ngày tháng 01 năm 2020", "KẾ HOẠCH", "Thực hiện nhiệm vụ năm 2020",
            "Căn cứ …;",
            "NỘI DUNG THỰC HIỆN", "(Kèm theo Kế hoạch số 44 /KH-SKH&CN ngày 15 tháng 01 năm 2020)",
        ),
        {
            "number": "44", "symbol": "44/KH-SKH&CN", "year": 2020, "month": 1, "day": 15,
            "attached_to": "44/KH-SKH&CN", "flags": ("number_from_annex", "date_from_annex"),
        },
        "the number stands only in the annex's line",
    ),
    (
        (
            "Số: /KH-SCT", "Kon Tum, ngày tháng 5 năm 2020", "KẾ HOẠCH", "Công tác năm 2020", "Căn cứ …;",
            "(Kèm theo Kế hoạch số 44/KH-SCT ngày 15/01/2020 của Sở Công Thương)",
        ),
        {"number": "44", "month": 5, "day": None, "flags": ("number_from_annex",)},
        "dates that contradict each other are not put together",
    ),
    (
        (
            "Phụ lục 1", "THỐNG KÊ VIỆC THỰC HIỆN KẾ HOẠCH NĂM 2020",
            "(Kèm theo Báo cáo số: /BC-SKHCN ngày /11/2020 của Sở KH&CN)",
        ),
        {
            "doc_type": None, "symbol": None, "title": "THỐNG KÊ VIỆC THỰC HIỆN KẾ HOẠCH NĂM 2020",
            "issuer": "Sở KH&CN", "year": 2020, "month": 11, "day": None, "attached_to": "/BC-SKHCN",
            "period_start_year": 2020, "flags": ("annex_only",),
        },
        "an appendix without its act",
    ),
    (
        (
            table(("BỘ TƯ PHÁP", MOTTO), ("Số: 2451/QĐ-BTP", "Hà Nội, ngày 31 tháng 12 năm 2024")),
            title("QUYẾT ĐỊNH"), title("Phê duyệt Kế hoạch cải cách hành chính năm 2025 của Bộ Tư pháp"),
            title("BỘ TRƯỞNG BỘ TƯ PHÁP"), "Căn cứ Nghị định số 39/2024/NĐ-CP;", title("QUYẾT ĐỊNH:"), "Điều 1. …",
            table(("Nơi nhận:\n- Như Điều 3.", "BỘ TRƯỞNG\n(Đã ký)\nNguyễn Hải Ninh")), title("KẾ HOẠCH"),
            "(Ban hành kèm theo Quyết định số 2451/QĐ-BTP ngày 31/12/2024 của Bộ trưởng Bộ Tư pháp)",
        ),
        {
            "doc_type": "QĐ", "promulgates": "KH",
            "title": "Phê duyệt Kế hoạch cải cách hành chính năm 2025 của Bộ Tư pháp",
            "issuer": "BỘ TƯ PHÁP", "period_start_year": 2025, "signer_name": "Nguyễn Hải Ninh",
            "signer_title": "BỘ TRƯỞNG",
        },
        "a decision with its plan: the first act is the document",
    ),
    (
        (
            "Số: 333 /QĐ-SKHCN", "Quảng Trị, ngày 29 tháng 12 năm 2021", title("QUYẾT ĐỊNH"),
            title("Ban hành Kế hoạch giai đoạn 2021-2025, định hướng đến năm 2030"),
            title("GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH QUẢNG TRỊ"), "Căn cứ …;",
        ),
        {"issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH QUẢNG TRỊ", "period_start_year": 2021, "period_end_year": 2025},
        "without box 2 the power that decides names the issuer; an outlook is no period",
    ),
    (
        (
            table(("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", MOTTO), ("Nghị quyết số: 119/2026/UBTVQH15", "")),
            title("NGHỊ QUYẾT"), title("Điều chỉnh Chương trình lập pháp năm 2026"),
            title("ỦY BAN THƯỜNG VỤ QUỐC HỘI"),
            "Căn cứ Hiến pháp;", "Nghị quyết này được … thông qua ngày 06 tháng 02 năm 2026.",
        ),
        {
            "doc_type": "NQ", "number": "119", "issuer": "ỦY BAN THƯỜNG VỤ QUỐC HỘI", "day": 6, "month": 2,
            "title": "Điều chỉnh Chương trình lập pháp năm 2026", "flags": ("date_from_closing",),
        },
        "an act of the National Assembly dates itself at its end",
    ),
    (
        (
            title("Quyết định"), title("của Thủ tướng Chính phủ số 115/2004/QĐ-TTg"),
            title("ngày 25 tháng 6 năm 2004 về việc sửa đổi, bổ sung"),
            title("Quy chế thành lập Quỹ bảo lãnh tín dụng"),
            title("Thủ tướng Chính phủ"), "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;",
        ),
        {
            "doc_type": "QĐ", "symbol": "115/2004/QĐ-TTg", "year": 2004, "day": 25,
            "title": "về việc sửa đổi, bổ sung Quy chế thành lập Quỹ bảo lãnh tín dụng",
        },
        "the gazette's form: the title holds number and date",
    ),
    (
        (
            table(("THÀNH PHỐ HÀ NỘI\nỦY BAN NHÂN DÂN", MOTTO), ("Số: 12/CTr-UBND",
            "Hà Nội, ngày 2 tháng 1 năm 2024")),
            title("CHƯƠNG TRÌNH"), title("Công tác năm 2024"), "I. MỤC TIÊU",
        ),
        {"doc_type": "CTr", "issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "parent_body": None},
        "the place stands over the committee",
    ),
    (
        (
            table(("SỞ KHOA HỌC VÀ CÔNG NGHỆ\nCHI CỤC TIÊU CHUẨN\nĐO LƯỜNG CHẤT LƯỢNG", MOTTO),
            ("Số: 12/KH-TĐC", "")),
            title("KẾ HOẠCH\nCải cách hành chính năm 2024"), "Căn cứ …;",
        ),
        {"issuer": "CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG", "parent_body": "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        "a name over two lines under its parent; type and title in one paragraph",
    ),
    (
        (
            "TRUNG TÂM CÔNG BÁO VÀ TIN HỌC", "ttcbth@quangngai.gov.vn", "18.11.2024 07:25:14 +07:00",
            "ỦY BAN NHÂN DÂN",
            "TỈNH QUẢNG NGÃI", "Số: 5/TB-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Quảng Ngãi, ngày 06 tháng 11 năm 2024", title("THÔNG BÁO"), title("Về việc họp"), "Thực hiện …",
        ),
        {"issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "parent_body": None, "day": 6},
        "the stamp of a digital signature above the letterhead",
    ),
    (
        (
            "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Số: 44/KH-SKH&CN", title("KẾ HOẠCH"),
            title("Thực hiện nhiệm vụ cải cách hành chính năm 2020"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "Tiền Giang, ngày 15 tháng 01 năm 2020",
            title("NỘI DUNG THỰC HIỆN CẢI CÁCH HÀNH CHÍNH"),
        ),
        {
            "title": "Thực hiện nhiệm vụ cải cách hành chính năm 2020", "place": "Tiền Giang", "day": 15,
            "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "parent_body": "ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG",
        },
        "a page read column by column: the right one comes after the title",
    ),
    (
        (
            table(
                ("ỦY\nBAN NHÂN DÂN\nTỈNH SƠN LA", "CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
                ("Số: 2862/QĐ-UBND", "Sơn\nLa, ngày 16 tháng 11\nnăm 2018"),
            ),
            "QUYẾT ĐỊNH", "VỀ VIỆC BAN HÀNH QUY CHẾ TIẾP NHẬN PHẢN ÁNH", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            "Căn cứ Luật …;",
        ),
        {
            "issuer": "ỦY BAN NHÂN DÂN TỈNH SƠN LA", "place": "Sơn La", "day": 16, "month": 11, "year": 2018,
            "title": "VỀ VIỆC BAN HÀNH QUY CHẾ TIẾP NHẬN PHẢN ÁNH", "promulgates": "QC",
        },
        "lines torn by a converter",
    ),
    (
        (
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |",
            "Số: 30/2018/QĐ-UBND | Hải Phòng, ngày 09 tháng 10 năm 2018 |", "QUYẾT ĐỊNH",
            "BAN HÀNH QUY ĐỊNH VỀ TRÁCH NHIỆM",
            "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "Căn cứ Luật …;",
        ),
        {
            "issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "place": "Hải Phòng", "symbol": "30/2018/QĐ-UBND",
            "title": "BAN HÀNH QUY ĐỊNH VỀ TRÁCH NHIỆM",
        },
        "a table flattened with bars; the committee's place stands only before the reasons",
    ),
    (
        ("Các phòng, đơn vị gửi báo cáo trước ngày 25/11.", "Đề nghị các đơn vị thực hiện."),
        {
            "doc_type": None, "symbol": None, "title": None, "issuer": None, "place": None, "year": None,
            "signer_name": None, "attached_to": None,
        },
        "text without a letterhead: nothing is made up",
    ),
    (
        (
            table(
                ("STT", "Tên thủ tục", "Thời gian", "Căn cứ pháp lý"),
                ("1", "Đánh giá nhiệm vụ", "15 ngày", "Nghị định số 08/2014/NĐ-CP ngày 27/01/2014 của Chính phủ"),
            ),
        ),
        {"doc_type": None, "symbol": None, "number": None, "issuer": None},
        "a page of a table: the decree a cell names is not the document's own number",
    ),
    (
        (
            "ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI", "Số: 07/CT-UBND", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Quảng Ngãi, ngày 27 tháng 01 năm 2021", "CHÍ THỊ", "Về việc triển khai hóa đơn điện tử",
        ),
        {"doc_type": "CT", "issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "title": "Về việc triển khai hóa đơn điện tử"},
        "a mark misread in the type: only one type has these letters",
    ),
    (
        (
            "UBND XÃ QUẢNG NGẠN", "BAN CHỈ HUY PCLB VÀ TKCN", "Số: 17/KH-BCH", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA",
            "VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Quảng Ngạn, ngày 02 tháng 4 năm", "2014",
            title("KẾ HOẠCH"), title("Phòng chống lụt bão"),
        ),
        {"place": "Quảng Ngạn", "year": 2014, "month": 4, "day": 2, "issuer": "BAN CHỈ HUY PCLB VÀ TKCN"},
        "a narrow column puts the year on a line of its own",
    ),
    (
        (
            "ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "Số: 5120/UBND-TH", "V/v thực hiện các nhiệm vụ UBND",
            "tỉnh giao quá hạn", MOTTO, "Gia Lai, ngày 12 tháng 8 năm 2024", "Kính gửi: Các sở, ban, ngành;",
            "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.",
            table(("Nơi nhận:\n- Như trên;\n- Lưu: VT, TH.", "CHỦ TỊCH\n\nRah Lan Chung")),
        ),
        {
            "doc_type": "CV", "title": "thực hiện các nhiệm vụ UBND tỉnh giao quá hạn",
            "signer_name": "Rah Lan Chung", "signer_title": "CHỦ TỊCH",
        },
        "the subject of a letter goes on in a line of its own; a Gia Rai name",
    ),
    (
        (
            table(("TỔNG CÔNG TY\nĐIỆN LỰC MIỀN TRUNG\nCÔNG TY ĐIỆN LỰC QUẢNG NGÃI", MOTTO),
            ("Số: 2156/KH-PCQN", "Quảng Ngãi, ngày 22 tháng 5 năm 2017")),
            title("KẾ HOẠCH"), title("Giảm tổn thất điện năng năm 2017"),
            table(("Nơi nhận:\n- Lưu: VT.", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nY Vinh Tơr")),
        ),
        {
            "parent_body": "TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG", "issuer": "CÔNG TY ĐIỆN LỰC QUẢNG NGÃI",
            "signer_name": "Y Vinh Tơr",
        },
        "a corporation over two lines; an Ê Đê name",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "expected", "why"), CASES, ids=[why for *_, why in CASES])
def test_letterhead(blocks: Blocks, expected: dict[str, object], why: str) -> None:
    found = read_letterhead(document(*blocks))
    assert {name: getattr(found, name) for name in expected} == expected, why


def test_a_sheet_has_its_letterhead_in_its_first_rows() -> None:
    cells = (
        Cell(0, 0, "UBND TỈNH X", 1, 3), Cell(0, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1, 4),
        Cell(1, 0, "SỞ TÀI CHÍNH", 1, 3), Cell(1, 3, "Độc lập - Tự do - Hạnh phúc", 1, 4),
        Cell(3, 0, "PHỤ LỤC", 1, 7), Cell(4, 0, "KẾ HOẠCH CÔNG TÁC NĂM 2024", 1, 7),
        Cell(5, 0, "(Kèm theo Kế hoạch số 15/KH-STC ngày 10/01/2024 của Sở Tài chính)", 1, 7),
        Cell(7, 0, "STT"), Cell(7, 1, "Nhiệm vụ"), Cell(8, 0, "1"), Cell(8, 1, "Lập dự toán"),
    )  # fmt: skip
    found = read_letterhead(Document("xlsx", (Table(cells, 30, 7, "markup"),)))
    assert (found.issuer, found.parent_body, found.attached_to) == (
        "SỞ TÀI CHÍNH",
        "UBND TỈNH X",
        "15/KH-STC",
    )
    assert found.title == "KẾ HOẠCH CÔNG TÁC NĂM 2024"


def test_an_incomplete_date_is_no_date() -> None:
    assert Letterhead(year=2020, month=1).issue_date is None
    assert str(Letterhead(year=2020, month=1, day=15).issue_date) == "2020-01-15"


@pytest.mark.parametrize(
    ("drawn", "kind", "why"),
    [
        (table(("UBND TỈNH X", MOTTO)), "letterhead", "the motto"),
        (
            table(("UBND TỈNH X\nSố: 1/KH-UBND", "Hà Nam, ngày 1 tháng 2 năm 2024")),
            "letterhead",
            "number beside date",
        ),
        (table(("Nơi nhận:\n- Lưu: VT", "GIÁM ĐỐC")), "signature", "recipients"),
        (table(("", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn A")), "signature", "a title and a name"),
        (table(("STT", "Nhiệm vụ"), ("1", "Giám đốc Sở kiểm tra trước 30/6")), None, "a task table"),
        (table(("Nội dung", "Số lượng"), ("Công chức", "8")), None, "statistics"),
    ],
)
def test_kind_of_a_table(drawn: Table, kind: str | None, why: str) -> None:
    assert table_kind_hint(drawn) == kind, why


def test_the_issuer_gets_its_canonical_name() -> None:
    drawn = document(
        table(("UBND TỈNH BÌNH ĐỊNH\nSỞ KHOA HỌC\nVÀ CÔNG NGHỆ", MOTTO), ("Số: 5/KH-SKHCN",
        "Bình Định, ngày 5 tháng 3 năm 2024")),
        title("KẾ HOẠCH"), title("Năm 2024"), "Căn cứ …",
    )  # fmt: skip
    issuer = issuer_of(read_letterhead(drawn), drawn)
    assert (issuer.class_id, issuer.canonical) == ("so.skhcn", "Sở Khoa học và Công nghệ")
    assert (issuer.province_name, issuer.province_era) == ("Tỉnh Bình Định", "63")
