"""The workbook: what the page shows, and all of it."""

import openpyxl
import pytest

from phuluc.audit.report import ReportOptions, write_report
from tests.report.conftest import HOSTILE, hostile, small
from tests.report.made_up import RULES, THEMES, plenty


def _book(folder, made, **options):
    write_report(made.write(folder), RULES, ReportOptions(themes=THEMES, **options))
    return openpyxl.load_workbook(folder / "audit.xlsx")


def _rows(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("lang", "names", "heading"),
    [
        (
            "vi",
            ["Tổng quan", "Phát hiện", "Nhóm nhiệm vụ", "Đối chiếu", "Qua các năm", "Độ bao phủ",
             "Lịch thời hạn", "Điểm nhất quán", "Quy tắc"],
            "Mức độ",
        ),
        (
            "en",
            ["Overview", "Findings", "Groups", "Side by side", "Year on year", "Coverage", "Calendar",
             "Scores", "Rules"],
            "Severity",
        ),
    ],
)  # fmt: skip
def test_sheets_and_headings_follow_the_language(tmp_path, lang, names, heading):
    book = _book(tmp_path, small(), lang=lang)
    assert book.sheetnames == names
    assert book[names[1]]["A1"].value == heading


def test_every_sheet_is_ready_to_work_with(tmp_path):
    for sheet in _book(tmp_path, small()):
        assert (sheet.freeze_panes, sheet.auto_filter.ref.split(":")[0]) == ("A2", "A1")
        assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert all(cell.alignment.wrap_text and cell.alignment.vertical == "top" for cell in cells)


def test_findings_carry_their_place_and_what_they_are_compared_with(tmp_path):
    rows = _rows(_book(tmp_path, small())["Phát hiện"])
    assert len(rows) == 4
    repeated = next(row for row in rows if row["Mã quy tắc"] == "number_repeated")
    assert (
        repeated
        | {
            "Mức độ": "Lỗi",
            "Loại phát hiện": "Số thứ tự trùng lặp",
            "Văn bản": "44/KH-SKHCN",
            "Cơ quan": "Sở Khoa học và Công nghệ, Tiền Giang",
            "Năm": 2020,
            "STT": "1",
            "Nhiệm vụ": "Đào tạo công chức",
            "Đối chiếu với": "44/KH-SKHCN: Rà soát thủ tục hành chính",
        }
        == repeated
    )


def test_groups_side_by_side(tmp_path):
    book = _book(tmp_path, small())
    review = next(row for row in _rows(book["Nhóm nhiệm vụ"]) if row["Chênh lệch (ngày)"])
    assert (review["Số cơ quan có"], review["Chưa có"], review["Chênh lệch (ngày)"]) == (
        2,
        "Sở Khoa học và Công nghệ (khong-ro.txt)",
        75,
    )
    members = [row for row in _rows(book["Đối chiếu"]) if row["Mã nhóm"] == review["Mã nhóm"]]
    assert [
        (row["Năm"], f"{row['Ngày đến hạn']:%d/%m/%Y}", row["So với mức giữa (ngày)"]) for row in members
    ] == [
        (2020, "15/12/2020", 15),
        (2020, "01/10/2020", -60),
        (2021, "30/11/2021", 0),
    ]
    years = _rows(book["Qua các năm"])
    assert sorted((row["Năm"], row["Thay đổi"]) for row in years) == [
        ("2020 → 2021", "có trong kế hoạch năm 2020, không có trong kế hoạch năm 2021"),
        ("2020 → 2021", "sớm hơn 15 ngày, đổi đơn vị chủ trì"),
    ]


def test_scores_stand_beside_what_they_are_made_of(tmp_path):
    row = next(
        row for row in _rows(_book(tmp_path, small())["Điểm nhất quán"]) if row["Tệp"] == "tg-2020.txt"
    )
    assert row["Đầy đủ"] == pytest.approx(
        100 * (row["Chủ trì"] + row["Thời hạn"] + row["Sản phẩm"]) / (3 * row["Nhiệm vụ"]), abs=0.01
    )
    taken = 100 * (3 * row["Lỗi"] + row["Cảnh báo"]) / row["Nhiệm vụ"]
    assert row["Không mâu thuẫn"] == max(0, 100 - taken)
    assert row["Thống nhất"] == pytest.approx(100 * row["Trùng nhau"] / row["Lần so sánh"], abs=0.01)


def test_nothing_a_document_says_is_run(tmp_path):
    book = _book(tmp_path, hostile())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    said = {cell.value for cell in cells}
    assert {text for text in HOSTILE if text.startswith(("=", "+", "<script"))} <= said


def test_it_holds_what_the_page_cuts_short(tmp_path):
    book = _book(tmp_path, plenty(20, 300, tasks_each=5), most_findings=10, most_groups=1)
    assert book["Phát hiện"].max_row == 301
    assert book["Nhóm nhiệm vụ"].max_row > 2
