"""Pictures of pages give what pages of text give: paragraphs, tables with their spans, rows of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.document import Table
from extract.errors import MissingHelperError, NeedsOcrError
from extract.readers import read
from extract.scan import engine
from extract.tasks import task_rows
from extract.understand import understand_tables
from tests.extract.scan import sheets

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from extract.document import Document

EXPECTED = [list(sheets.HEADINGS), *map(list, sheets.ROWS)]


def _save(folder: Path, name: str, *pages: Image.Image) -> Path:
    path = folder / name
    pages[0].save(
        path, save_all=len(pages) > 1, append_images=pages[1:], dpi=(200, 200)
    ) if not name.endswith(".pdf") else pages[0].save(
        path, save_all=True, append_images=pages[1:], resolution=200
    )
    return path


def _cells(document: Document) -> list[list[str]]:
    return [
        [cell.text if cell else "" for cell in row] for table in document.tables() for row in table.grid()
    ]


@pytest.mark.parametrize(
    ("name", "skew", "turn"),
    [
        ("upright.png", 0.0, 0),
        ("askew.jpg", 1.7, 0),  # JPEG without loss of the rules
        ("leaning.tiff", -0.8, 0),
        ("sideways.png", 0.6, 90),
        ("sideways.pdf", -0.6, 270),  # a PDF whose page is one picture
        ("headlong.pdf", 0.0, 180),
    ],
)
def test_a_scanned_table_is_read_however_it_lies(tmp_path: Path, name: str, skew: float, turn: int) -> None:
    document = read(_save(tmp_path, name, sheets.scanned(sheets.plan(), skew, turn)))
    assert _cells(document) == EXPECTED
    assert [page.text_source for page in document.pages] == ["ocr"]
    (table,) = document.tables()
    assert table.method == "ocr"
    assert table.column_edges == pytest.approx(sheets.COLUMNS, abs=4 + 12 * abs(skew))
    assert all(0.5 < cell.confidence <= 1.0 for cell in table.cells)


def test_text_outside_the_table_is_read_block_by_block(tmp_path: Path) -> None:
    document = read(_save(tmp_path, "plan.png", sheets.scanned(sheets.plan(), 0.5)))
    texts = [paragraph.text for paragraph in document.paragraphs()]
    assert texts == ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH CÔNG TÁC"]


def test_text_under_a_red_seal_is_read_and_the_seal_is_not(tmp_path: Path) -> None:
    page = sheets.seal(sheets.plan(), 400, 165)
    assert _cells(read(_save(tmp_path, "sealed.png", sheets.scanned(page)))) == EXPECTED


def test_empty_cells_and_dashes_stay_what_they_are(tmp_path: Path) -> None:
    page = sheets.plan(
        (sheets.HEADINGS, ("1", "Rà soát văn bản", "-", ""), ("2", "Kiểm tra công tác", "", "-"))
    )
    for row in (1, 2):
        for x in sheets.COLUMNS[2:4]:
            sheets.rule(page, x, 120 + 30 * row, x, 150 + 30 * row)
    rows = _cells(read(_save(tmp_path, "dashes.png", sheets.scanned(page, 0.4))))
    assert rows[1:] == [["1", "Rà soát văn bản", "-", ""], ["2", "Kiểm tra công tác", "", "-"]]


def test_a_cell_over_several_columns_is_one(tmp_path: Path) -> None:
    rows = (sheets.HEADINGS, ("I", "CÔNG TÁC CHỈ ĐẠO", "", ""), *sheets.ROWS)
    (table,) = read(_save(tmp_path, "spans.png", sheets.scanned(sheets.plan(rows)))).tables()
    assert [(cell.text, cell.column_span) for cell in table.cells if cell.row == 1] == [
        ("I", 1),
        ("CÔNG TÁC CHỈ ĐẠO", 3),
    ]


def test_a_table_overleaf_without_header_goes_on(tmp_path: Path) -> None:
    second = sheets.blank()
    sheets.table(second, sheets.ROWS[2:], top=40)
    first = sheets.plan((sheets.HEADINGS, *sheets.ROWS[:2]))
    pages = (sheets.scanned(first, 0.7), sheets.scanned(second, -0.9))
    (table,) = understand_tables(read(_save(tmp_path, "two.pdf", *pages)))
    tasks = task_rows(table)
    assert [task.values["task"] for task in tasks] == [row[1] for row in sheets.ROWS]
    assert [task.values["deadline"] for task in tasks] == [row[3] for row in sheets.ROWS]
    assert all(0.5 < task.confidence < 1.0 for task in tasks)


def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    document = read(_save(tmp_path, "two.tiff", sheets.plan(), sheets.plan()))
    assert [page.number for page in document.pages] == [1, 2]
    assert [block.page for block in document.blocks if isinstance(block, Table)] == [1, 2]


def test_recognition_can_be_switched_off(tmp_path: Path) -> None:
    for name in ("plan.png", "plan.pdf"):
        with pytest.raises(NeedsOcrError):
            read(_save(tmp_path, name, sheets.plan()), ocr="never")


def test_an_empty_sheet_says_that_it_holds_no_word(tmp_path: Path) -> None:
    with pytest.raises(NeedsOcrError, match="no word"):
        read(_save(tmp_path, "empty.png", sheets.scanned(sheets.blank())))


def test_without_vietnamese_data_the_file_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "data_folders", tuple)
    engine.engine.cache_clear()
    try:
        for name in ("plan.png", "plan.pdf"):
            with pytest.raises(MissingHelperError, match="tesseract-ocr-vie"):
                read(_save(tmp_path, name, sheets.plan()))
    finally:
        engine.engine.cache_clear()
