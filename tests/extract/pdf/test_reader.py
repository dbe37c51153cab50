"""Whole pages: what is drawn must come out, once, in its cell or paragraph, whatever the drawing's habits."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pdfplumber
import pytest

from extract.document import Document, Paragraph, Table
from extract.errors import DamagedFileError, EncryptedFileError, NeedsOcrError, NoPagesError
from extract.pdf.reader import read_pdf
from tests.extract.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

XS, YS = [50.0, 100.0, 300.0, 450.0, 545.0], [100.0, 130.0, 160.0, 190.0]
TEXTS = [
    ["STT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
    ["1", "Rà soát thủ tục hành chính", "Văn phòng Sở", "Quý I/2021"],
    ["2", "Kiểm tra công vụ", "Thanh tra Sở", "30/11/2021"],
]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def only_table(document: Document) -> Table:
    (table,) = document.tables()
    return table


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "page.pdf")


def test_a_ruled_table_gives_its_cells(paper: Paper) -> None:
    paper.grid(XS, YS, TEXTS)
    table = only_table(read_pdf(paper.save()))
    assert rows(table) == TEXTS
    assert table.method == "lattice"
    assert table.page == 1
    assert table.column_edges == pytest.approx(XS, abs=0.6)
    assert table.cells[5].bbox == pytest.approx((100, 130, 300, 160), abs=0.6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_for_display_reads_as_displayed(tmp_path: Path, turn: int) -> None:
    paper = Paper(tmp_path / "turned.pdf", (842, 595), turn)
    paper.grid(XS, YS, TEXTS)
    document = read_pdf(paper.save())
    assert rows(only_table(document)) == TEXTS
    assert only_table(document).column_edges == pytest.approx(XS, abs=0.6)
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((842, 595))


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_typed_sideways_is_set_upright(tmp_path: Path, turn: int) -> None:
    paper = Paper(tmp_path / "sideways.pdf", (595, 842))
    if turn == 90:
        paper.canvas.translate(595, 0)
    else:
        paper.canvas.translate(0, 842)
    paper.canvas.rotate(turn if turn == 90 else -90)
    paper.height = 595
    paper.grid(XS, YS, TEXTS)
    document = read_pdf(paper.save())
    assert rows(only_table(document)) == TEXTS
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((842, 595))


def test_a_page_three_metres_tall(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "tall.pdf", (595, 8504))
    ys = [100.0 + 25 * i for i in range(320)]
    paper.grid(XS, ys, [[str(i), "Việc", "Sở", "2021"] for i in range(319)])
    assert [row[0] for row in rows(only_table(read_pdf(paper.save())))] == [str(i) for i in range(319)]


def test_merged_cells_are_anchors_with_spans(paper: Paper) -> None:
    for x0, top, x1, bottom in (
        (50, 100, 100, 160),
        (100, 100, 300, 130),
        (100, 130, 200, 160),
        (200, 130, 300, 160),
    ):
        paper.box(x0, top, x1, bottom)
    paper.text(54, 128, "STT")
    paper.text(104, 118, "Đơn vị")
    paper.text(104, 148, "Chủ trì")
    paper.text(204, 148, "Phối hợp")
    cells = only_table(read_pdf(paper.save())).cells
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in cells] == [
        ("STT", 0, 0, 2, 1), ("Đơn vị", 0, 1, 1, 2), ("Chủ trì", 1, 1, 1, 1), ("Phối hợp", 1, 2, 1, 1),
    ]  # fmt: skip


def test_wrapped_lines_are_joined_and_items_kept_apart(paper: Paper) -> None:
    paper.grid([50, 170, 350], [100, 190])
    paper.wrapped(54, 112, "Rà soát, đánh giá thủ tục hành chính theo quy định", 110)
    paper.text(174, 112, "- Báo cáo quý;")
    paper.text(174, 126, "- Báo cáo năm.")
    assert rows(only_table(read_pdf(paper.save()))) == [
        ["Rà soát, đánh giá thủ tục hành chính theo quy định", "- Báo cáo quý;\n- Báo cáo năm."]
    ]


def test_a_line_drawn_in_one_go_over_the_rulings_is_cut_at_them(paper: Paper) -> None:
    paper.grid([50, 100, 160], [100, 120, 140])
    end = paper.text(54, 114, "Quý I")
    blanks = " " * round((104 - end) / (paper.text(54, 600, " ") - 54))
    paper.text(54, 134, f"Quý I{blanks}Sở Y tế")
    assert rows(only_table(read_pdf(paper.save())))[1] == ["Quý I", "Sở Y tế"]


def test_a_bold_face_drawn_twice_is_read_once(paper: Paper) -> None:
    paper.grid(XS, YS, TEXTS)
    for shift in (0.2, 0.4):
        paper.text(104 + shift, 144, TEXTS[1][1])
    assert rows(only_table(read_pdf(paper.save()))) == TEXTS


def test_letters_filled_in_from_another_font_stand_in_their_places(paper: Paper) -> None:
    """LibreOffice with Liberation Serif draws "Th c hi n" in one go and "ự", "ệ" from DejaVu over it."""
    paper.grid([50, 200, 300], [100, 130])
    size, x, holes = 10.0, 54.0, []
    base = paper.canvas.beginText(x, paper.height - 114)
    base.setFont("Body", size)
    pen = x
    for letter in "Thực hiện kiểm":
        width = paper.canvas.stringWidth(letter, "Body", size)
        if letter in "ựệể":
            holes.append((pen, letter))
        else:
            base.setTextOrigin(pen, paper.height - 114)
            base.textOut(letter)
        pen += width
    paper.canvas.drawText(base)
    for at, letter in holes:
        paper.text(at, 114, letter, bold=True)
    paper.text(204, 114, "Sở")
    assert rows(only_table(read_pdf(paper.save()))) == [["Thực hiện kiểm", "Sở"]]


def test_a_word_drawn_in_three_pieces_is_one_word(paper: Paper) -> None:
    """Word draws "tr", "iể", "n" as three objects: a change of objects within a word, twice."""
    end = 50.0
    for i, piece in enumerate(["Tổ chức tr", "iể", "n khai"]):
        end = paper.text(end, 100, piece, bold=i == 1)
    assert texts(read_pdf(paper.save())) == ["Tổ chức triển khai"]


def test_superscripts_stay_in_their_line(paper: Paper) -> None:
    paper.grid([50, 200, 300], [100, 130])
    end = paper.text(54, 116, "500 m")
    end = paper.text(end, 112.5, "2", 6)
    paper.text(end, 116, " đất")
    paper.text(204, 116, "Sở")
    assert rows(only_table(read_pdf(paper.save())))[0][0] == "500 m2 đất"


def test_text_turned_within_a_cell_is_read(paper: Paper) -> None:
    paper.grid([50, 80, 300], [100, 200])
    paper.text(84, 120, "Nội dung công việc, nhiệm vụ trọng tâm")
    paper.canvas.saveState()
    paper.canvas.translate(70, paper.height - 190)
    paper.canvas.rotate(90)
    paper.canvas.setFont("Body", 10)
    paper.canvas.drawString(0, 0, "Chủ trì thực hiện")
    paper.canvas.restoreState()
    assert rows(only_table(read_pdf(paper.save()))) == [
        ["Chủ trì thực hiện", "Nội dung công việc, nhiệm vụ trọng tâm"]
    ]


RULING_STYLES = [
    "strokes",
    "thin boxes",
    "cell boxes",
    "one path",
    "dashes",
    "double",
    "white on colour",
    "form",
]


@pytest.mark.parametrize("style", RULING_STYLES)
def test_rulings_count_however_they_are_drawn(  # noqa: PLR0912 - one branch a style
    paper: Paper, style: str
) -> None:
    canvas, height = paper.canvas, paper.height
    if style == "thin boxes":
        for x in XS:
            paper.box(x - 0.3, YS[0], x + 0.3, YS[-1], fill=1, stroke=0)
        for y in YS:
            paper.box(XS[0], y - 0.3, XS[-1], y + 0.3, fill=1, stroke=0)
    elif style == "cell boxes":
        for x0, x1 in pairwise(XS):
            for top, bottom in pairwise(YS):
                paper.box(x0, top, x1, bottom)
    elif style == "one path":
        path = canvas.beginPath()
        for x in XS:
            path.moveTo(x, height - YS[0])
            path.lineTo(x, height - YS[-1])
        for y in YS:
            path.moveTo(XS[0], height - y)
            path.lineTo(XS[-1], height - y)
        canvas.drawPath(path)
    elif style == "white on colour":
        canvas.setFillColorRGB(0.8, 0.85, 0.95)
        paper.box(XS[0], YS[0], XS[-1], YS[-1], fill=1, stroke=0)
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.setFillColorRGB(0, 0, 0)
        paper.grid(XS, YS)
    elif style == "form":
        canvas.beginForm("table")
        for x in XS:
            canvas.line(x / 2, (height - YS[0]) / 2, x / 2, (height - YS[-1]) / 2)
        for y in YS:
            canvas.line(XS[0] / 2, (height - y) / 2, XS[-1] / 2, (height - y) / 2)
        canvas.endForm()
        canvas.saveState()
        canvas.scale(2, 2)
        canvas.doForm("table")
        canvas.restoreState()
    else:
        if style == "dashes":
            canvas.setDash(3, 2)
        paper.grid(XS, YS)
        if style == "double":
            paper.grid([x + 1.8 for x in XS], [y + 1.8 for y in YS])
    paper.fill(XS, YS, TEXTS)
    assert rows(only_table(read_pdf(paper.save()))) == TEXTS


def test_lines_nobody_sees_are_no_rulings(paper: Paper) -> None:
    paper.canvas.setStrokeColorRGB(1, 1, 1)
    paper.grid(XS[:3], YS)
    paper.text(54, 114, "Trắng trên trắng")
    document = read_pdf(paper.save())
    assert not list(document.tables())


def test_coloured_headings_add_no_rows(paper: Paper) -> None:
    paper.canvas.setFillColorRGB(0.85, 0.88, 0.95)
    for x0, x1 in pairwise(XS):
        paper.box(x0 + 1, YS[0] + 1, x1 - 1, YS[1] - 1, fill=1, stroke=0)
    paper.canvas.setFillColorRGB(0, 0, 0)
    paper.grid(XS, YS, TEXTS)
    assert rows(only_table(read_pdf(paper.save()))) == TEXTS


def test_underlined_words_part_no_cell(paper: Paper) -> None:
    paper.grid([50, 200, 300], [100, 160, 190], [["Kế hoạch năm 2021 của Sở", "Sở"], ["a", "b"]])
    paper.line(54, 116, paper.text(54, 140, "Kế hoạch năm 2021 của Sở"), 116)
    assert only_table(read_pdf(paper.save())).row_count == 2


@pytest.mark.parametrize("sides", ["left and right", "bottom", "top"])
def test_open_sides_lose_no_cell(paper: Paper, sides: str) -> None:
    inner = slice(1, -1) if sides == "left and right" else slice(None)
    for x in XS[inner]:
        paper.line(x, YS[0], x, YS[-1])
    for y in YS[{"bottom": slice(0, -1), "top": slice(1, None)}.get(sides, slice(None))]:
        paper.line(XS[0], y, XS[-1], y)
    paper.fill(XS, YS, TEXTS)
    assert rows(only_table(read_pdf(paper.save()))) == TEXTS


def test_a_table_within_a_cell_is_nested(paper: Paper) -> None:
    paper.grid([50, 200, 500], [100, 300], [["Ngoài", ""]])
    paper.grid([220, 300, 400], [150, 180, 210], [["a", "b"], ["c", "d"]])
    table = only_table(read_pdf(paper.save()))
    (inner,) = next(cell for cell in table.cells if cell.column == 1).nested
    assert rows(inner) == [["a", "b"], ["c", "d"]]
    assert rows(table) == [["Ngoài", ""]]


def test_a_frame_around_prose_is_a_paragraph(paper: Paper) -> None:
    paper.box(50, 100, 545, 160)
    paper.text(60, 120, "Ghi chú: văn bản này thay thế văn bản trước.")
    document = read_pdf(paper.save())
    assert not list(document.tables())
    assert texts(document) == ["Ghi chú: văn bản này thay thế văn bản trước."]


def test_letterhead_lines_are_paragraphs_left_block_first(paper: Paper) -> None:
    left = ["UBND TỈNH QUẢNG TRỊ", "SỞ CÔNG THƯƠNG", "Số: 12/KH-SCT"]
    right = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Quảng Trị, ngày 29 tháng 12 năm 2021",
    ]
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        paper.centred(150, 80 + 14 * i, a, 10, bold=i == 1)
        paper.centred(420, 80 + 14 * i + (2 if i == 2 else 0), b, 10)
    paper.line(110, 111, 190, 111)
    paper.centred(297, 160, "KẾ HOẠCH", 13, bold=True)
    paper.wrapped(
        50, 200, "Thực hiện nhiệm vụ được giao, Sở ban hành kế hoạch với các nội dung sau. " * 3, 495
    )
    document = read_pdf(paper.save())
    assert texts(document)[:7] == [*left, *right, "KẾ HOẠCH"]
    assert len(texts(document)) == 8
    title = list(document.paragraphs())[6]
    assert (title.alignment, title.bold) == ("center", True)


def test_paragraphs_end_at_short_lines_and_begin_at_indents(paper: Paper) -> None:
    first = "Căn cứ Luật Tổ chức chính quyền địa phương, các văn bản hướng dẫn thi hành của các bộ, ngành trung ương;"
    second = "- Tăng cường trách nhiệm của người đứng đầu."
    third = "- Nâng cao chất lượng."
    y = paper.wrapped(85, 100, first, 460)
    y = paper.wrapped(85, y + 13, second, 460)
    paper.wrapped(85, y + 13, third, 460)
    paper.text(
        50,
        400,
        "Chữ ở lề trái cho biết lề, dòng này dài gần hết chiều ngang của trang giấy A4 đứng.",
    )
    assert texts(read_pdf(paper.save()))[:3] == [first, second, third]


def test_running_page_numbers_are_left_out(paper: Paper) -> None:
    paper.centred(297, 40, "3")
    paper.text(50, 200, "Nội dung 3")
    paper.centred(297, 815, "Trang 3/10")
    assert texts(read_pdf(paper.save())) == ["Nội dung 3"]


def test_blocks_come_in_reading_order(paper: Paper) -> None:
    paper.text(50, 80, "Trước bảng")
    paper.grid(XS, YS, TEXTS)
    paper.text(50, 230, "Sau bảng")
    blocks = read_pdf(paper.save()).blocks
    assert [block.text if isinstance(block, Paragraph) else "table" for block in blocks] == [
        "Trước bảng", "table", "Sau bảng",
    ]  # fmt: skip


def test_every_letter_is_read_once(paper: Paper) -> None:
    paper.text(50, 80, "Trước bảng: “kinh tế - xã hội”")
    paper.grid(XS, YS, TEXTS)
    path = paper.save()
    document = read_pdf(path)
    ours = "".join(texts(document)) + "".join(
        cell.text for table in document.tables() for cell in table.cells
    )
    with pdfplumber.open(path) as pdf:
        theirs = "".join(character["text"] for character in pdf.pages[0].chars)
    assert sorted(ours.replace(" ", "")) == sorted(theirs.replace(" ", ""))


def test_pdfplumber_reads_the_same_table(paper: Paper) -> None:
    paper.grid(XS, YS, TEXTS)
    path = paper.save()
    with pdfplumber.open(path) as pdf:
        (reference,) = pdf.pages[0].extract_tables()
    assert rows(only_table(read_pdf(path))) == reference


def test_an_encrypted_file_asks_for_its_password(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("bí mật", canPrint=0))
    canvas.drawString(100, 100, "x")
    canvas.save()
    with pytest.raises(EncryptedFileError):
        read_pdf(path)


@pytest.mark.parametrize("part", [0.3, 0.6])
def test_a_truncated_file_is_damaged_or_partly_read(paper: Paper, part: float) -> None:
    paper.grid(XS, YS, TEXTS)
    path = paper.save()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises((DamagedFileError, NeedsOcrError)):
        read_pdf(path)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>"]
)
def test_what_only_begins_like_a_pdf_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises((DamagedFileError, NoPagesError)):
        read_pdf(path)


def test_a_document_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    path.write_bytes(_assembled(objects))
    with pytest.raises(NoPagesError):
        read_pdf(path)


def test_a_page_that_fails_alone_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "one_bad.pdf"
    stream = b"BT /F1 12 Tf 72 700 Td (Con lai) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    path.write_bytes(_assembled(objects))
    document = read_pdf(path)
    assert texts(document) == ["Con lai"]
    assert [(problem.code, problem.page) for problem in document.problems] == [("page_unreadable", 2)]


def _assembled(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
