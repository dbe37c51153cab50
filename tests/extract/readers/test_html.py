"""Web pages: what a browser shows, in its order; page furniture around an act is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import NoPagesError
from extract.html.reader import page_document, read_html, read_mhtml
from tests.extract.readers.packages import outline

if TYPE_CHECKING:
    from pathlib import Path


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        ("<p>Một\n  hai</p><p>ba</p>", ["Một hai", "ba"], "blanks fold, paragraphs part"),
        ("Một<br>Hai", ["Một\nHai"], "a break before a capital is kept"),
        (
            "<p>Sở Khoa học<br>và Công nghệ</p>",
            ["Sở Khoa học và Công nghệ"],
            "a break inside a phrase is not",
        ),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"], "text around a block"),
        ("<p>KH&amp;CN &ndash; 5&nbsp;%</p>", ["KH&CN – 5 %"], "entities"),
        ("<ul><li>một<li>hai</ul>", ["- một", "- hai"], "list items have their bullet"),
        ("<ol><li>một</li><li>hai</li></ol>", ["1. một", "2. hai"], "or number"),
        ('<ol start="3" type="a"><li>ba</li></ol>', ["c. ba"], "start and type"),
        ("<ul><li>- một</li></ul>", ["- một"], "a bullet that was typed is not doubled"),
        ('<ul style="list-style-type: none"><li>một</li></ul>', ["một"], "a list without bullets"),
        ("<p>thấy</p><p style='display: none'>ẩn</p><p hidden>ẩn</p>", ["thấy"], "hidden elements"),
        ("<style>p{}</style><script>x()</script><p>a</p><!-- b -->", ["a"], "code and comments"),
        ("<p>a<![if !supportLists]>b<![endif]><o:p></o:p></p>", ["ab"], "Word's conditional comments"),
        ("<pre>a\nB</pre>", ["a\nB"], "preformatted lines"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [[["a", "b"], ["c", "d"]]], "tags left open"),
        ("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", [[["a", "a"], ["b", "c"]]], "colspan"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", [[["a", "b"], ["a", "c"]]], "rowspan"),
        (
            "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
            [[["a", "b"], ["a", "c"], ["a", "d"]]],
            "rowspan=0 reaches to the end",
        ),
        ("<table><tr><td rowspan=99>a<td>b<tr><td>c</table>", [[["a", "b"], ["a", "c"]]], "rowspan too long"),
        (
            "<table><tr><td colspan=999999999>a<tr><td>b<td>c</table>",
            [[["a", ""], ["b", "c"]]],
            "colspan no number",
        ),
        (
            "<table><tr><td colspan=9>a<tr><td>b<td>c</table>",
            [[["a", "a"], ["b", "c"]]],
            "colspan over columns there are",
        ),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td colspan=2>c<td>d</table>",
            [[["a", "b", ""], ["a", "c", "d"]]],
            "spans side by side; no cell begins in the fourth column",
        ),
        (
            "<table><tfoot><tr><td>cộng<td>2<tbody><tr><td>x<td>1</table>",
            [[["x", "1"], ["cộng", "2"]]],
            "the foot is shown last",
        ),
        (
            "<table><tr><td>x<p>y</p><ul><li>z</ul><td>b</table>",
            [[["x\ny\n- z", "b"]]],
            "blocks in a cell are lines",
        ),
        (
            "<table><tr><td><table><tr><td>1<td>2<tr><td>3<td>4</table></table>",
            [[["1", "2"], ["3", "4"]]],
            "a table around a table is a frame",
        ),
        ("<table><tr><td>hộp</table>", ["hộp"], "a table of one cell is a box"),
        ("<form><table><tr><td>a<td>b</table></form>", [[["a", "b"]]], "a table in a form"),
    ],
)
def test_what_a_browser_shows(body: str, expected: list[str], why: str) -> None:
    assert outline(page_document(page(body))) == expected, why


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("<thead><tr><td>a<td>b<tr><td>c<td>d</thead><tbody><tr><td>1<td>2", 2),
        ("<tr><th>a<th>b<tr><td>1<td>2", 1),
        ("<tr><td>a<td>b<tr><td>1<td>2", 0),
    ],
)
def test_header_rows(rows: str, count: int) -> None:
    [table] = page_document(page(f"<table>{rows}</table>")).tables()
    assert table.header_rows == count


def test_bold_and_alignment() -> None:
    body = "<p align=center><b>a</b></p><p style='text-align:right;font-weight:700'>b</p>"
    body += "<center><p>c</p></center><p>d</p>"
    found = [(line.bold, line.alignment) for line in page_document(page(body)).paragraphs()]
    assert found == [(True, "center"), (True, "right"), (False, "center"), (False, None)]


def test_a_nested_data_table_stays_in_its_cell() -> None:
    body = "<table>" + "<tr><td>a<td>b" * 3 + "<tr><td>c<td>d<table><tr><td>1<td>2</table></table>"
    [table] = page_document(page(body)).tables()
    [cell] = [cell for cell in table.cells if cell.nested]
    assert cell.text == "d\n1 2"


ACT = (
    "<div id=act><table><tr><td>UBND TỈNH X<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</table>"
    + "<p>Căn cứ Luật Tổ chức chính quyền địa phương;</p>" * 5
    + "<table><tr><td>STT<td>Nhiệm vụ<td>Hạn<tr><td>1<td>a<td>b<tr><td>2<td>c<td>d</table>"
    + "<p>Nơi nhận: Như trên.</p></div>"
)


def test_an_act_is_found_between_menus_and_links() -> None:
    menu = "<nav><ul><li><a href=/>Trang chủ</a><li><a href=/vb>Văn bản</a></ul></nav>"
    related = "<aside><h3>Văn bản liên quan</h3>" + "<p><a href=#>Quyết định số 1</a></p>" * 9 + "</aside>"
    main = f"<main><div>Tải về</div>{ACT}</main>"
    body = f"{menu}<header>Cổng thông tin</header>{main}{related}<footer>Bản quyền</footer>"
    found = outline(page_document(page(f"<script src=a.js></script>{body}")))
    assert found == outline(page_document(page(ACT)))


def test_a_page_without_furniture_is_kept_whole() -> None:
    assert outline(page_document(page(f"<div>Đầu trang</div>{ACT}")))[0] == "Đầu trang"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("<p>Kế hoạch</p>".encode(), "UTF-8 without a word about it"),
        ("<meta charset=utf-8><p>Kế hoạch</p>".encode("utf-8-sig"), "a mark"),
        ("<p>Kế hoạch</p>".encode("utf-16"), "UTF-16"),
        ('<?xml version="1.0" encoding="utf-8"?><html><body><p>Kế hoạch</p></body></html>'.encode(), "XHTML"),
        (b"<meta charset=windows-1258><p>K\xea\xec hoa\xf2ch</p>", "the Vietnamese code page"),
        (b"<p>K\xea\xec hoa\xf2ch</p>", "the same, unsaid"),
        ("<meta charset=iso-8859-1><p>Kế hoạch</p>".encode(), "a page that lies: valid UTF-8 is UTF-8"),
        (b"<meta charset=nonsense><p>K\xea\xec hoa\xf2ch</p>", "an encoding nobody knows"),
        (b"<p>K&#7871; ho&#7841;ch</p>", "references"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "a.html").write_bytes(data)
    assert outline(read_html(tmp_path / "a.html")) == ["Kế hoạch"], why


def test_legacy_fonts_of_old_pages() -> None:
    body = (
        '<font face=".VnTimeH">céng hoµ x· héi</font>'
        "<p style='font-family:\".VnTime\"'>Quy&Otilde;t ®Þnh cña Bé tr&shy;ëng</p>"
        '<p><font face="VNI-Times">Uûy ban nhaân daân tænh</font></p><p>Sở Nội vụ</p>'
    )
    document = page_document(page(body))
    assert outline(document) == [
        "CỘNG HOÀ XÃ HỘI",
        "Quyết định của Bộ trưởng",
        "Ủy ban nhân dân tỉnh",
        "Sở Nội vụ",
    ]
    assert document.legacy_encoding == "mixed"


def test_a_web_archive(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(
        b"From: <Saved by Windows>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X\r\n\r\n--X\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>K=E1=BA=BF ho=E1=BA=A1ch</p>\r\n--X--\r\n"
    )
    assert outline(read_mhtml(tmp_path / "a.mht")) == ["Kế hoạch"]


def test_a_page_that_shows_nothing() -> None:
    with pytest.raises(NoPagesError):
        page_document(page("<script>x</script>"))


def test_a_page_nested_very_deeply_does_not_end_the_reader() -> None:
    assert "đáy" in str(outline(page_document(page("<div>" * 200 + "đáy" + "</div>" * 200))))


word = st.text(alphabet="abcđêộ12", min_size=1, max_size=5)


@settings(max_examples=80, deadline=None)
@given(st.recursive(word, lambda inner: st.tuples(st.sampled_from(["p", "div", "b", "span", "td", "li", "section"]),
                                                  st.lists(inner, max_size=4)), max_leaves=20))  # fmt: skip
def test_every_visible_word_comes_out_in_order(tree: object) -> None:
    def write(node: object) -> str:
        return (
            f" {node} " if isinstance(node, str) else f"<{node[0]}>{''.join(map(write, node[1]))}</{node[0]}>"
        )  # type: ignore[index]

    def read(node: object) -> list[str]:
        return [node] if isinstance(node, str) else [leaf for child in node[1] for leaf in read(child)]  # type: ignore[index]

    if not read(tree):
        return
    found = " ".join(map(str, outline(page_document(page(write(tree)))))).split()
    assert [word for word in found if word != "-"] == read(tree)
