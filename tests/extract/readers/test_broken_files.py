"""Whatever is done to a file, a reader gives a Document or a ReadError, never another error."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.containers import members
from extract.errors import DamagedFileError, EncryptedFileError, ReadError, TooLargeError
from extract.readers import read
from tests.extract.readers.packages import p, tbl, tc, tr, write_docx

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One sound file of each format that needs no helper."""
    folder = tmp_path_factory.mktemp("sound")
    body = p("KẾ HOẠCH") + tbl(tr(tc("STT"), tc("Nhiệm vụ")), tr(tc("1"), tc("Ban hành"))) * 3
    write_docx(folder / "a.docx", body, styles="<w:style/>", numbering="<w:num/>")
    book = openpyxl.Workbook()
    for row in range(1, 9):
        for column in range(1, 5):
            book.active.cell(row, column, f"ô {row * column}")  # type: ignore[union-attr]
    book.save(folder / "a.xlsx")
    html = "<html><body><p>KẾ HOẠCH</p><table><tr><td colspan=2>a<tr><td>b<td>c</table></body></html>"
    (folder / "a.html").write_text(html, encoding="utf-8")
    (folder / "a.txt").write_text(
        "KẾ HOẠCH\nSTT\tViệc\tHạn\n1\t<b>a</b>\tb\n| a | b |\n|---|---|\n| 1 | 2 |", encoding="utf-8"
    )
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.write(folder / "a.docx", "Kế hoạch.docx")
        archive.write(folder / "a.txt", "a.txt")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def attempt(path: Path) -> None:
    """Read a file; a ReadError is an answer, anything else fails the test."""
    try:
        read(path)
    except ReadError as error:
        if not (error.message and error.advice["vi"]):
            pytest.fail("an error that does not say what is wrong and what to do")


NAMES = ["a.docx", "a.xlsx", "a.html", "a.txt", "a.zip"]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_truncated(
    sound: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("cut") / name
    path.write_bytes(sound[name][: data.draw(st.integers(0, len(sound[name])))])
    attempt(path)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_flipped_bytes(
    sound: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    broken = bytearray(sound[name])
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(broken) - 1), st.integers(0, 255)), min_size=1, max_size=8)
    ):
        broken[place] = value
    path = tmp_path_factory.mktemp("flip") / name
    path.write_bytes(bytes(broken))
    attempt(path)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "xl/workbook.xml",
                                  "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"])  # fmt: skip
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_broken_xml_inside_a_sound_package(
    sound: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, part: str, data: st.DataObject
) -> None:
    name = "a.xlsx" if part.startswith("xl") else "a.docx"
    with zipfile.ZipFile(io.BytesIO(sound[name])) as source:
        parts = {info: source.read(info) for info in source.namelist()}
    xml = parts[part]
    cut = data.draw(st.integers(0, len(xml)))
    parts[part] = xml[:cut] + data.draw(st.binary(max_size=6)) + xml[cut + data.draw(st.integers(0, 40)) :]
    path = tmp_path_factory.mktemp("xml") / name
    with zipfile.ZipFile(path, "w") as target:
        for info, content in parts.items():
            target.writestr(info, content)
    attempt(path)


@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"{\\rtf1", b"\xff\xfe"]),
)
@settings(max_examples=100, deadline=None)
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, start: bytes) -> None:
    if start in {b"%PDF-1.4\n", b"{\\rtf1"}:
        return  # these readers have failure tests of their own
    path = tmp_path_factory.mktemp("random") / "a"
    path.write_bytes(start + data)
    attempt(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("_rels/.rels", "<Relationships/>")
        package.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    with pytest.raises(TooLargeError):
        read(tmp_path / "a.docx")


def test_an_archive_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("a.txt", b"0" * 300_000_000)
        archive.writestr("b.txt", b"x")
    found = {member.name: member for member in members(tmp_path / "a.zip")}
    assert isinstance(found["a.txt"].error, TooLargeError)
    assert found["b.txt"].data == b"x"


def test_entities_are_not_expanded_and_no_file_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("bí mật")
    write_docx(tmp_path / "a.docx", p("x"))
    with zipfile.ZipFile(tmp_path / "a.docx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (depth, b"&l%d;" % (depth - 1) * 10) for depth in range(1, 10))
    doctype = (
        b'<!DOCTYPE w [<!ENTITY l0 "ha"><!ENTITY s SYSTEM "'
        + (tmp_path / "secret").as_uri().encode()
        + b'">'
        + laughs
        + b"]>"
    )
    body = parts["word/document.xml"].replace(b">x<", b">x&s;&l9;<")
    parts["word/document.xml"] = doctype + body
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    try:
        shown = str(read(tmp_path / "b.docx"))
    except ReadError:
        return
    assert "bí mật" not in shown
    assert "haha" not in shown


def test_an_encrypted_member_of_a_package(tmp_path: Path) -> None:
    data = bytearray(write_docx(tmp_path / "a.docx", p("x")).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(mark, start + 4)
    (tmp_path / "b.docx").write_bytes(bytes(data))
    with pytest.raises(EncryptedFileError):
        read(tmp_path / "b.docx")


def test_a_document_that_nests_too_deeply_is_said_to_be_too_large(tmp_path: Path) -> None:
    depth = 3000
    body = "<w:customXml>" * depth + p("x") + "</w:customXml>" * depth
    with pytest.raises((TooLargeError, DamagedFileError)):
        read(write_docx(tmp_path / "a.docx", body))
