"""Text conversions: tabs and pipes are tables, markup residue goes, no word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Paragraph, Table
from extract.errors import EmptyFileError
from extract.plaintext.reader import read_text, text_document
from extract.plaintext.residue import clean
from tests.extract.readers.packages import outline

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Một\n\nHai", ["Một", "Hai"], "blank lines part paragraphs"),
        (
            "Phụ lục 1\nTHỐNG KÊ\n(Kèm theo)",
            ["Phụ lục 1", "THỐNG KÊ", "(Kèm theo)"],
            "each line of a converter is one",
        ),
        ("STT\tViệc\tHạn\n1\ta\tb", [[["STT", "Việc", "Hạn"], ["1", "a", "b"]]], "tabs"),
        (
            "Tên\nA\tB\tC\n1\t2\t3\nHết",
            ["Tên", [["A", "B", "C"], ["1", "2", "3"]], "Hết"],
            "title right above a table",
        ),
        (
            "A\tB\tC\n\n1\t2\t3",
            [[["A", "B", "C"]], [["1", "2", "3"]]],
            "a blank line ends a table (page break)",
        ),
        ("A\tB\tC\f1\t2\t3", [[["A", "B", "C"]], [["1", "2", "3"]]], "and so does a form feed"),
        (
            "A\tB\tC\nI. CHUNG\n1\t2\t3",
            [[["A", "B", "C"], ["I. CHUNG", "", ""], ["1", "2", "3"]]],
            "a row whose empty cells were cut off",
        ),
        (
            "\tCăn cứ Luật Tổ chức;\n\tXét đề nghị",
            ["Căn cứ Luật Tổ chức;", "Xét đề nghị"],
            "a tab for the indent",
        ),
        ("1.\tMục đích\n2.\tYêu cầu", ["1. Mục đích", "2. Yêu cầu"], "numbers set off by a tab are no table"),
        ("Số: 12/KH\tHà Nội, ngày 1", ["Số: 12/KH Hà Nội, ngày 1"], "one line with one tab is no table"),
        ("\t\t+ 01 báo cáo;\t\t", [[["", "", "+ 01 báo cáo;", "", ""]]], "one row alone on its page"),
        ("06\t0\t03\n----\t---\t----", [[["06", "0", "03"]]], "a rule of dashes is markup"),
        ("| A | B |\n|---|:-:|\n| 1 | 2 |", [[["A", "B"], ["1", "2"]]], "Markdown table"),
        (
            "A | B\n---|---\n1 | x \\| y",
            [[["A", "B"], ["1", "x | y"]]],
            "without outer pipes; an escaped pipe",
        ),
        (
            "Bảng\n| A | B |\n|---|---|\n| 1 | 2 |\nHết",
            ["Bảng", [["A", "B"], ["1", "2"]], "Hết"],
            "text around it",
        ),
        ("a | b", ["a | b"], "a pipe in prose"),
        ("## **II. CHỈ TIÊU**\n\n---\n\n* * *", ["II. CHỈ TIÊU"], "headings and rules of Markdown"),
        ("Một dòng  \nHai", ["Một dòng", "Hai"], "two blanks at the end break a line"),
    ],
)
def test_blocks(text: str, expected: list[str], why: str) -> None:
    assert outline(text_document(text)) == expected, why


def test_rows_keep_the_number_of_fields_they_have() -> None:
    [table] = text_document("A\tB\tC\n1\t2\n1\t\t3").tables()
    assert [(cell.row, cell.column) for cell in table.cells] == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2),
    ]  # fmt: skip
    assert (table.method, table.spans_known, table.column_count) == ("text", False, 3)


@pytest.mark.parametrize(
    ("raw", "text", "bold", "why"),
    [
        ("<b>I</b>", "I", True, "bold"),
        ("**Điều 1.** Ban hành", "Điều 1. Ban hành", False, "bold in part"),
        ("*(Kèm theo Kế hoạch số: /KH-SCT)*", "(Kèm theo Kế hoạch số: /KH-SCT)", False, "italic"),
        ("*Căn cứ Nghị quyết số 76/NQ-CP;*", "Căn cứ Nghị quyết số 76/NQ-CP;", False, "italic"),
        ("__đậm__ và _nghiêng_", "đậm và nghiêng", False, "underscores"),
        (
            "snake_case_name ____",
            "snake_case_name ____",
            False,
            "underscores inside words and blanks to fill stay",
        ),
        ("(*) Ghi chú (**)", "(*) Ghi chú (**)", False, "marks of notes"),
        ("2*3*4 và 5 * 3", "2*3*4 và 5 * 3", False, "products"),
        (r"1\. Mục \* sao", "1. Mục * sao", False, "escapes"),
        (
            '<ul style="list-style-type: none"> - Một. - Hai. ',
            "- Một.\n- Hai.",
            False,
            "a list that is never closed",
        ),
        (
            "<ul> - Văn phòng Sở - Thanh tra Sở </ul>",
            "- Văn phòng Sở\n- Thanh tra Sở",
            False,
            "items without a stop",
        ),
        (
            "<ul> - Phòng Kế hoạch - Tài chính - Thanh tra </ul>",
            "- Phòng Kế hoạch - Tài chính\n- Thanh tra",
            False,
            "a dash inside a name is no bullet",
        ),
        (
            "<ul> - giai đoạn 2021 - 2025 của tỉnh </ul>",
            "- giai đoạn 2021\n- 2025 của tỉnh",
            False,
            "known limit",
        ),
        ("<ul> <li>- Một;</li> <li>- Hai</li> </ul>", "- Một;\n- Hai", False, "items with tags"),
        ("- Một. - Hai.", "- Một. - Hai.", False, "no list, no lines: verbatim"),
        ("<p>bảo 100%</p> <ul> - Niêm yết. </ul>", "bảo 100%\n- Niêm yết.", False, "paragraph, then list"),
        ("dưới < 5% và > 3%", "dưới < 5% và > 3%", False, "comparisons are no tags"),
        ("<http://skhcn.gov.vn>", "http://skhcn.gov.vn", False, "automatic link"),
        ("[Cổng](https://a.vn/x) ![](b.png)", "Cổng", False, "link and picture"),
        ("[1] và [Ghi chú]", "[1] và [Ghi chú]", False, "brackets alone"),
        ("KH&amp;CN &lt; R&D; &nbsp;x", "KH&CN < R&D; x", False, "entities; an ampersand that is none"),
        ("m<sup>2</sup>", "m2", False, "inline tags"),
        ("a<br>b<br/>c", "a\nb\nc", False, "line breaks"),
        ("Ủy ban", "Ủy ban", False, "NFD becomes NFC"),
    ],
)
def test_residue(raw: str, text: str, bold: bool, why: str) -> None:
    piece = clean(raw)
    assert (piece.text, piece.bold) == (text, bold), why


def test_lines_of_wrapped_text_are_joined() -> None:
    text = (
        "Thực hiện Kế hoạch số 424/KH-UBND của Ủy ban nhân dân tỉnh về việc thực hiện\n"
        "nhiệm vụ cải cách hành chính trên địa bàn tỉnh, Sở Khoa học và Công nghệ xây\n"
        "dựng kế hoạch như sau:\n"
        "1. Mục đích của kế hoạch là tăng cường trách nhiệm của người đứng đầu các đơn\n"
        "vị trong việc thực hiện cải cách.\n"
    )
    assert [paragraph.text.split()[0] for paragraph in text_document(text).paragraphs()] == ["Thực", "1."]


@pytest.mark.parametrize(
    ("encoding", "why"),
    [
        ("utf-8", "the common case"),
        ("utf-8-sig", "with a mark"),
        ("utf-16", "Unicode text of Excel"),
        ("utf-16-le", "without a mark"),
        ("utf-16-be", "without a mark"),
        ("utf-32", "rare"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, why: str) -> None:
    text = "STT\tNhiệm vụ\tHạn\r\n1\tBan hành kế hoạch\tQuý I\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert outline(read_text(tmp_path / "a.txt")) == [
        [["STT", "Nhiệm vụ", "Hạn"], ["1", "Ban hành kế hoạch", "Quý I"]]
    ], why


def test_windows_1258(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"K\xea\xec hoa\xf2ch n\xe3m 2021 cu\xd2a \xf0\xf5n vi\xf2")
    assert outline(read_text(tmp_path / "a.txt")) == ["Kế hoạch năm 2021 của đơn vị"]


TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. QuyÕt ®Þnh cña Bé tr\xadëng Bé Tµi chÝnh"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
def test_tcvn3_in_a_plain_file(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TCVN3.encode(encoding))
    document = read_text(tmp_path / "a.txt")
    assert outline(document) == [
        "Cộng hoà xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Quyết định của Bộ trưởng Bộ Tài chính"
    ]
    assert document.legacy_encoding == "tcvn3"


def test_broken_bytes_are_said_and_cost_no_more_than_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "Kế hoạch cải cách hành chính năm 2021".encode() + b"\xff. " + "Mục đích".encode()
    )
    document = read_text(tmp_path / "a.txt")
    assert [problem.code for problem in document.problems] == ["damaged_file"]
    assert "Kế hoạch cải cách" in outline(document)[0]


def test_nothing_but_blanks() -> None:
    with pytest.raises(EmptyFileError):
        text_document(" \n\t \n")


words = st.lists(st.text(alphabet="abcđêộ123", min_size=1, max_size=5), min_size=1, max_size=5).map(" ".join)
line = st.one_of(
    words, st.lists(st.one_of(words, st.just("")), min_size=3, max_size=6).map("\t".join), st.just("")
)


@settings(deadline=None)
@given(st.lists(line, min_size=1, max_size=25))
def test_every_word_comes_out_once_and_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = text_document(text)
    except EmptyFileError:
        assert not text.split()
        return
    found = [
        block.text if isinstance(block, Paragraph) else " ".join(cell.text for cell in block.cells)
        for block in document.blocks
    ]
    assert " ".join(found).split() == text.split()


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_said_to_be_empty(text: str) -> None:
    try:
        document = text_document(text)
    except EmptyFileError:
        return
    for block in document.blocks:
        assert not isinstance(block, Paragraph) or block.text
        assert not isinstance(block, Table) or block.grid()


def test_the_sample_documents_are_read_line_by_line() -> None:
    """The words of each sample, markup aside, are the words of its document, in order."""
    from pathlib import Path

    samples = sorted((Path(__file__).parents[3] / "samples").rglob("*.txt"))
    assert samples
    for path in samples:
        source = regex.sub(
            r"<(?!http)[^<>]*>|[*#<>\\]|^[-\t]+$", "", path.read_text(encoding="utf-8"), flags=regex.M
        )
        document = read_text(path)
        found = [
            block.text if isinstance(block, Paragraph) else " ".join(cell.text for cell in block.cells)
            for block in document.blocks
        ]
        assert regex.sub(r"[*#<>\\]", "", " ".join(found)).split() == source.split(), path.name
