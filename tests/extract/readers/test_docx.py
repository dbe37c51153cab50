"""Word documents: what stands on the page comes out, in order, with the spans that were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Table
from extract.docx.reader import read_docx
from extract.errors import DamagedFileError, NoPagesError
from tests.extract.readers.packages import outline, p, tbl, tc, texts, tr, write_docx

if TYPE_CHECKING:
    from pathlib import Path

ACROSS = '<w:gridSpan w:val="2"/>'
DOWN, BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        (p("Căn cứ  Luật"), ["Căn cứ Luật"], "blanks are folded"),
        ("<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t></w:r></w:p>", ["A B"], "a tab is a blank"),
        (
            "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Năm 2021</w:t></w:r></w:p>",
            ["KẾ HOẠCH\nNăm 2021"],
            "a line of its own",
        ),
        (
            "<w:p><w:r><w:t>Sở Khoa học</w:t><w:br/><w:t>và Công nghệ</w:t></w:r></w:p>",
            ["Sở Khoa học và Công nghệ"],
            "a phrase broken to fit goes on in small letters",
        ),
        (
            '<w:p><w:r><w:t>A</w:t><w:br w:type="page"/><w:t>B</w:t></w:r></w:p>',
            ["A", "B"],
            "a page break parts paragraphs",
        ),
        (
            "<w:p><w:r><w:t>Kế hoạch</w:t><w:noBreakHyphen/><w:t>Tài chính</w:t></w:r></w:p>",
            ["Kế hoạch-Tài chính"],
            "the hyphen that does not break",
        ),
        (
            "<w:p><w:r><w:t>phối</w:t><w:softHyphen/><w:t>hợp</w:t></w:r></w:p>",
            ["phốihợp"],
            "a soft hyphen is not shown",
        ),
        (
            "<w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>",
            ["mới"],
            "tracked changes: inserted stays, deleted goes",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>ở đây</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>ở kia</w:t></w:r></w:moveTo></w:p>",
            ["ở kia"],
            "moved text stands where it was moved to",
        ),
        (p("thấy") + p("ẩn", run="<w:vanish/>"), ["thấy"], "hidden text is not shown"),
        (p("hiện", run='<w:vanish w:val="0"/>'), ["hiện"], "hidden switched off"),
        (
            "<w:sdt><w:sdtContent>" + p("trong ô điều khiển") + "</w:sdtContent></w:sdt>",
            ["trong ô điều khiển"],
            "block content control",
        ),
        (
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>ngày</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            ["ngày"],
            "inline control",
        ),
        (
            "<w:p><w:hyperlink><w:r><w:t>Cổng</w:t></w:r></w:hyperlink>"
            "<w:smartTag><w:r><w:t> tin</w:t></w:r></w:smartTag></w:p>",
            ["Cổng tin"],
            "text in links and smart tags",
        ),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
            ["7"],
            "a field shows its result, not its code",
        ),
        (
            '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2021</w:t></w:r></w:fldSimple></w:p>',
            ["2021"],
            "simple field",
        ),
        (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> đạt</w:t></w:r></w:p>',
            ["✓ đạt"],
            "symbol font",
        ),
        ("<w:p><w:r><w:t>\uf0b7 Một</w:t></w:r></w:p>", ["• Một"], "a bullet typed in a symbol font"),
        (
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><m:oMath><m:r><m:t>≥ 90%</m:t></m:r></m:oMath></w:p>",
            ["x≥ 90%"],
            "a formula's text",
        ),
        (
            "<w:p><w:r><w:t>neo</w:t></w:r><w:r><mc:AlternateContent>"
            '<mc:Choice Requires="wps"><w:drawing><w:txbxContent>'
            + p("hộp")
            + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
            + p("hộp")
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["neo", "hộp"],
            "a text box stands twice in the file and is read once",
        ),
        ("<w:customXml>" + p("bọc") + "</w:customXml>", ["bọc"], "custom XML around a paragraph"),
    ],
)
def test_what_a_paragraph_shows(tmp_path: Path, body: str, expected: list[str], why: str) -> None:
    assert outline(read_docx(write_docx(tmp_path / "a.docx", body))) == expected, why


def test_footnotes_stand_at_the_end_under_their_marks(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>Sáng kiến</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Hết")
    note = f'<w:footnote w:id="2">{p("Theo Quyết định")}</w:footnote>'
    document = read_docx(write_docx(tmp_path / "a.docx", body, footnotes=note))
    assert outline(document) == ["Sáng kiến¹", "Hết", "¹ Theo Quyết định"]


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([tr(tc("a"), tc("b"))], [["a", "b"]], "plain"),
        ([tr(tc("a", ACROSS)), tr(tc("b"), tc("c"))], [["a", "a"], ["b", "c"]], "gridSpan"),
        ([tr(tc("a", DOWN), tc("b")), tr(tc("", BELOW), tc("c"))], [["a", "b"], ["a", "c"]], "vMerge"),
        (
            [tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")), tr(tc("b"), tc("c"))],
            [["a", "a"], ["b", "c"]],
            "hMerge, as old converters write it",
        ),
        (
            [tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridBefore w:val="1"/>')],
            [["a", "b"], ["", "c"]],
            "a row that begins later",
        ),
        (
            [tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridAfter w:val="1"/>')],
            [["a", "b"], ["c", ""]],
            "a row that ends sooner",
        ),
        (
            [tr(tc("", BELOW), tc("b")), tr(tc("c"), tc("d"))],
            [["", "b"], ["c", "d"]],
            "merged upwards with nothing above",
        ),
        (
            [tr(tc("a"), tc("b")), tr(tc("x"), tc("y"), properties="<w:del/>"), tr(tc("c"), tc("d"))],
            [["a", "b"], ["c", "d"]],
            "a deleted row",
        ),
        ([tr(tc(p("một") + p("hai")), tc("b"))], [["một\nhai", "b"]], "each paragraph is a line"),
        (
            ["<w:sdt><w:sdtContent>" + tr(tc("a"), tc("b")) + "</w:sdtContent></w:sdt>"],
            [["a", "b"]],
            "a row in a control",
        ),
        (
            [tr("<w:sdt><w:sdtContent>" + tc("a") + "</w:sdtContent></w:sdt>", tc("b"))],
            [["a", "b"]],
            "a cell in a control",
        ),
    ],
)
def test_tables(tmp_path: Path, rows: list[str], expected: list[list[str]], why: str) -> None:
    document = read_docx(write_docx(tmp_path / "a.docx", tbl(*rows)))
    assert [texts(table) for table in document.tables()] == [expected], why


def test_header_rows_are_the_leading_ones_marked_as_such(tmp_path: Path) -> None:
    head = "<w:tblHeader/>"
    rows = [
        tr(tc("1"), tc("2"), properties=head),
        tr(tc("3"), tc("4"), properties=head),
        tr(tc("5"), tc("6")),
    ]
    [table] = read_docx(write_docx(tmp_path / "a.docx", tbl(*rows))).tables()
    assert table.header_rows == 2


def test_edges_dragged_by_hand_make_no_phantom_columns(tmp_path: Path) -> None:
    rows = [
        tr(tc("STT"), tc("Nhiệm vụ", ACROSS), tc("Chủ trì")),
        tr(tc("1", ACROSS), tc("Ban hành"), tc("Văn phòng")),
    ]
    [table] = read_docx(write_docx(tmp_path / "a.docx", tbl(*rows, grid=(500, 15, 3000, 1500)))).tables()
    assert texts(table) == [["STT", "Nhiệm vụ", "Chủ trì"], ["1", "Ban hành", "Văn phòng"]]


def test_a_nested_table_is_kept_and_its_words_stand_in_the_cell(tmp_path: Path) -> None:
    inner = tbl(tr(tc("x"), tc("y")))
    body = tbl(tr(tc("a"), tc(p("b") + inner + p("c"))), tr(tc("d"), tc("e")), tr(tc("f"), tc("g")))
    [table] = read_docx(write_docx(tmp_path / "a.docx", body)).tables()
    [outer] = [cell for cell in table.cells if cell.nested]
    assert outer.text == "b\nx y\nc"
    assert texts(outer.nested[0]) == [["x", "y"]]


def test_a_table_that_only_frames_another_is_taken_away(tmp_path: Path) -> None:
    inner = tbl(tr(tc("STT"), tc("Nhiệm vụ")), tr(tc("1"), tc("Ban hành")))
    body = tbl(tr(tc(p("PHỤ LỤC") + inner + p(""))))
    assert outline(read_docx(write_docx(tmp_path / "a.docx", body))) == [
        "PHỤ LỤC",
        [["STT", "Nhiệm vụ"], ["1", "Ban hành"]],
    ]


def test_bold_and_alignment_come_from_runs_and_styles(tmp_path: Path) -> None:
    look = '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="T">{look}</w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="T2"><w:basedOn w:val="T"/></w:style>'
    body = p("Tên", '<w:pStyle w:val="T2"/>') + p("thường", '<w:jc w:val="right"/>') + p("đậm", run="<w:b/>")
    found = list(read_docx(write_docx(tmp_path / "a.docx", body, styles=styles)).paragraphs())
    assert [(paragraph.bold, paragraph.alignment) for paragraph in found] == [
        (True, "center"),
        (False, "right"),
        (True, None),
    ]


def test_a_letterhead_in_the_page_header_is_read_when_the_body_has_none(tmp_path: Path) -> None:
    header = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    with_head = write_docx(tmp_path / "a.docx", p("KẾ HOẠCH") + section, header1=header)
    assert outline(read_docx(with_head)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]
    twice = write_docx(tmp_path / "b.docx", header + p("KẾ HOẠCH") + section, header1=header)
    assert outline(read_docx(twice)) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]
    page_number = write_docx(tmp_path / "c.docx", p("KẾ HOẠCH") + section, header1=p("2"))
    assert outline(read_docx(page_number)) == ["KẾ HOẠCH"]


def test_runs_in_legacy_fonts_are_decoded_and_capital_fonts_give_capitals(tmp_path: Path) -> None:
    time, capitals = (f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>' for name in (".VnTime", ".VnTimeH"))
    cut = f"<w:r><w:rPr>{time}</w:rPr><w:t>Thñ t</w:t><w:softHyphen/></w:r>"
    cut += f"<w:r><w:rPr>{time}<w:b/></w:rPr><w:t>íng</w:t></w:r>"
    body = (
        p("céng hoµ x· héi", run=capitals)
        + p("§éc lËp - Tù do", run=time)
        + f"<w:p>{cut}</w:p>"
        + p("Kế hoạch")
    )
    document = read_docx(write_docx(tmp_path / "a.docx", body))
    assert outline(document) == ["CỘNG HOÀ XÃ HỘI", "Độc lập - Tự do", "Thủ tướng", "Kế hoạch"]
    assert document.legacy_encoding == "tcvn3"


def test_unicode_typed_in_a_legacy_font_stays(tmp_path: Path) -> None:
    body = p("Kế hoạch cải cách hành chính năm 2021 của tỉnh", run='<w:rFonts w:ascii=".VnTime"/>')
    document = read_docx(write_docx(tmp_path / "a.docx", body))
    assert outline(document) == ["Kế hoạch cải cách hành chính năm 2021 của tỉnh"]
    assert document.legacy_encoding is None


def test_a_broken_side_part_costs_only_what_it_says(tmp_path: Path) -> None:
    document = read_docx(write_docx(tmp_path / "a.docx", p("Căn cứ"), numbering="<w:num"))
    assert outline(document) == ["Căn cứ"]
    assert [problem.code for problem in document.problems] == ["damaged_file"]


def test_a_document_cut_in_its_xml_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    document = read_docx(write_docx(tmp_path / "a.docx", p("một") + p("hai") + "<w:p><w:r>"))
    assert outline(document) == ["một", "hai"]
    assert [problem.code for problem in document.problems] == ["damaged_file"]


def test_no_word_at_all(tmp_path: Path) -> None:
    with pytest.raises(NoPagesError):
        read_docx(write_docx(tmp_path / "a.docx", p("  ")))


def test_not_a_package(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(DamagedFileError):
        read_docx(tmp_path / "a.docx")


word = st.text(alphabet="aăâbcđêghiôơuưếộ12%", min_size=1, max_size=6)
cell = st.lists(word, max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=6),
    prose=st.lists(word, max_size=4),
)
def test_every_word_comes_out_in_its_place(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], prose: list[str]
) -> None:
    import docx

    source = docx.Document()
    for text in prose:
        source.add_paragraph(text)
    table = source.add_table(len(rows), 3)
    for row, line in zip(table.rows, rows, strict=True):
        for target, text in zip(row.cells, line, strict=True):
            target.text = text
    path = tmp_path_factory.mktemp("round") / "a.docx"
    source.save(str(path))
    try:
        document = read_docx(path)
    except NoPagesError:
        pytest.fail("a table was there")
    assert [text for text in outline(document) if isinstance(text, str)] == prose
    assert [texts(block) for block in document.blocks if isinstance(block, Table)] == [rows]
