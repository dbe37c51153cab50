"""Workbooks: sheets cut into tables and the lines around them; no cell is lost, none doubled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Border, Font, PatternFill, Side

from extract.document import Paragraph
from extract.errors import NoPagesError
from extract.readers import read
from extract.sheets.reader import read_xlsx
from tests.extract.readers.packages import outline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD, FIRST, SECOND = (
    ["STT", "Nhiệm vụ", "Chủ trì", "Hạn"],
    ["1", "Ban hành", "Văn phòng", "Quý I"],
    ["2", "x", "y", "z"],
)


def workbook(path: Path, fill: Callable[[Worksheet], None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet)
    book.save(path)
    return path


def put(sheet: Worksheet, top: int, rows: list[list[str]], *, border: bool = True, left: int = 1) -> None:
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = sheet.cell(top + number, left + column, value or None)
            if border:
                cell.border = BOX


@pytest.mark.parametrize("border", [True, False])
def test_titles_above_and_notes_below_are_lines(tmp_path: Path, border: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "PHỤ LỤC"
        sheet.merge_cells("A1:D1")
        sheet["A2"] = "(Kèm theo Kế hoạch số 12/KH-SNV)"
        put(sheet, 3, [HEAD, FIRST, SECOND], border=border)
        sheet["A6"] = "Ghi chú: không"

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [
        "PHỤ LỤC", "(Kèm theo Kế hoạch số 12/KH-SNV)", [HEAD, FIRST, SECOND], "Ghi chú: không",
    ]  # fmt: skip


@pytest.mark.parametrize("border", [True, False])
def test_a_letterhead_is_read_left_then_right(tmp_path: Path, border: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        for place, text in {"A1": "UBND TỈNH X", "C1": "CỘNG HÒA", "A2": "SỞ Y", "C2": "Độc lập"}.items():
            sheet[place] = text
        put(sheet, 4, [HEAD, FIRST, SECOND], border=border)

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill)))[:4] == [
        "UBND TỈNH X",
        "SỞ Y",
        "CỘNG HÒA",
        "Độc lập",
    ]


@pytest.mark.parametrize("border", [True, False])
def test_two_tables_with_a_title_between(tmp_path: Path, border: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 1, [HEAD, FIRST], border=border)
        sheet["A4"] = "II. Biểu hai"
        put(sheet, 5, [HEAD, SECOND], border=border)

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [
        [HEAD, FIRST],
        "II. Biểu hai",
        [HEAD, SECOND],
    ]


@pytest.mark.parametrize("border", [True, False])
def test_a_section_row_stays_in_its_table(tmp_path: Path, border: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 1, [HEAD, ["I. CHUNG", "", "", ""], FIRST], border=border)
        sheet.merge_cells("A2:D2")

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [[HEAD, ["I. CHUNG"] * 4, FIRST]]


def test_merged_cells_are_spans(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(
            sheet,
            1,
            [["STT", "Việc", "Hạn", ""], ["", "", "Đầu", "Cuối"], ["1", "a", "b", "c"], ["2", "d", "", "e"]],
        )
        for area in ("A1:A2", "B1:B2", "C1:D1", "C3:C4"):
            sheet.merge_cells(area)

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [
        [
            ["STT", "Việc", "Hạn", "Hạn"],
            ["STT", "Việc", "Đầu", "Cuối"],
            ["1", "a", "b", "c"],
            ["2", "d", "b", "e"],
        ]
    ]


def test_columns_in_which_no_cell_begins_are_no_columns(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, values in enumerate([HEAD, FIRST], 1):
            for column, value in zip((1, 2, 6, 9), values, strict=True):
                sheet.cell(row, column, value).border = BOX
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [[HEAD, FIRST]]


def test_cells_show_what_the_sheet_shows(tmp_path: Path) -> None:
    cases: list[tuple[object, str, str]] = [
        (dt.date(2025, 3, 5), "dd/mm/yyyy", "05/03/2025"),
        (dt.date(2025, 3, 5), "mm/dd/yyyy", "03/05/2025"),
        (dt.datetime(2025, 3, 5, 8, 30), "dd/mm/yyyy hh:mm", "05/03/2025 08:30"),
        (dt.date(2025, 3, 5), "mmm-yy", "Mar-25"),
        (1, "00", "01"),
        (0.75, "0%", "75%"),
        (1.0, "General", "1"),
        (True, "General", "TRUE"),
        ("=1/0", "General", ""),
        ("dòng một\n- dòng hai", "General", "dòng một\n- dòng hai"),
        ("  thừa   blank ", "General", "thừa blank"),
    ]

    def fill(sheet: Worksheet) -> None:
        for row, (value, code, _) in enumerate(cases, 1):
            sheet.cell(row, 1, str(row))
            sheet.cell(row, 2, value).number_format = code  # type: ignore[arg-type]
            sheet.cell(row, 3, "x")

    [table] = read_xlsx(workbook(tmp_path / "a.xlsx", fill)).tables()
    shown = {cell.row: cell.text for cell in table.cells if cell.column == 1}
    assert [shown.get(row, "") for row in range(len(cases))] == [expected for _, _, expected in cases]


def test_every_sheet_is_read_the_hidden_ones_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Danh mục")
    assert first is not None
    put(first, 1, [HEAD, FIRST])
    put(second, 1, [HEAD, SECOND])
    second.sheet_state = "hidden"
    first.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    document = read_xlsx(tmp_path / "a.xlsx")
    assert outline(document) == [[HEAD, FIRST], [HEAD, SECOND]]
    assert [table.name for table in document.tables()] == ["Sheet", "Danh mục"]
    assert document.problems == ()  # nothing is missing, so the document is not partial


def test_a_style_on_the_last_row_makes_no_million_rows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 1, [HEAD, FIRST])
        sheet["XFD1048576"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["A1048576"].border = BOX
        sheet["B1048576"].border = BOX

    assert outline(read_xlsx(workbook(tmp_path / "a.xlsx", fill))) == [[HEAD, FIRST]]


def test_bold_and_legacy_fonts(tmp_path: Path) -> None:
    texts = [
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam",
        "§éc lËp - Tù do - H¹nh phóc",
        "QuyÕt ®Þnh cña Bé tr\xadëng",
        "Sè thø tù",
    ]

    def fill(sheet: Worksheet) -> None:
        for row, text in enumerate(texts, 1):
            cell = sheet.cell(row, 1, text)
            cell.font = Font(name=".VnTime", bold=row == 1)

    document = read_xlsx(workbook(tmp_path / "a.xlsx", fill))
    assert outline(document) == [
        "Cộng hoà xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", "Quyết định của Bộ trưởng", "Số thứ tự",
    ]  # fmt: skip
    assert [line.bold for line in document.paragraphs()] == [True, False, False, False]
    assert document.legacy_encoding == "tcvn3"


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(NoPagesError):
        read_xlsx(workbook(tmp_path / "a.xlsx", lambda sheet: None))


cell = st.one_of(st.just(""), st.text(alphabet="abđêộ1", min_size=1, max_size=4))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(cell, min_size=4, max_size=4), min_size=1, max_size=12),
    border=st.booleans(),
    blanks=st.sets(st.integers(0, 12)),
)
def test_no_cell_is_lost_or_doubled(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], border: bool, blanks: set[int]
) -> None:
    kept = [["", "", "", ""] if number in blanks else row for number, row in enumerate(rows)]
    path = workbook(tmp_path_factory.mktemp("x") / "a.xlsx", lambda sheet: put(sheet, 1, kept, border=border))
    try:
        document = read(path)
    except NoPagesError:
        assert not any(map(any, kept))
        return
    found = [
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells])
    ]
    assert sorted(found) == sorted(text for row in kept for text in row if text)
