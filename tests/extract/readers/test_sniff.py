"""Formats are decided by content: names lie."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ReadError,
    UnsupportedFormatError,
)
from extract.sniff import detect, sniff
from tests.extract.readers.packages import p, write_docx

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(stream: str) -> bytes:
    return OLE + b"\0" * 1016 + stream.encode("utf-16-le").ljust(512, b"\0")


def archive(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in files.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind", "why"),
    [
        ("ke-hoach", b"%PDF-1.4\n", "pdf", "no ending"),
        ("a.doc", b"\r\n\r\n%PDF-1.4\n", "pdf", "junk before the mark, another ending"),
        ("a.doc", b"{\\rtf1\\ansi", "rtf", "RTF called .doc"),
        ("a.doc", b"<html><body><table>", "html", "a page called .doc"),
        ("a.xls", b"<?xml version='1.0'?>\n<html xmlns:o='urn:x'>", "html", "a page called .xls"),
        ("a.doc", b"<!-- saved --><!DOCTYPE html><p>", "html", "a comment before the page"),
        ("a.htm", "<html><p>Kế hoạch".encode("utf-16"), "html", "a page in UTF-16"),
        ("a.txt", b"<table><tr><td>a</td></tr></table>", "html", "a page without its head"),
        ("a.txt", "Kế hoạch\n<p>bảo đảm</p>".encode(), "text", "text with residue of markup is text"),
        ("a.txt", b"<ul> - a", "text", "residue at the very beginning"),
        ("a.docx", ole("WordDocument"), "doc", "old Word called .docx"),
        ("a", ole("Workbook"), "xls", "old Excel"),
        ("a", ole("Book"), "xls", "older Excel"),
        ("a", archive(**{"word__document_dot_xml": b""}), "docx", "a Word package without ending"),
        ("a.zip", archive(**{"xl__workbook_dot_xml": b""}), "xlsx", "a workbook called .zip"),
        ("a", archive(**{"xl__workbook_dot_bin": b""}), "xlsb", "a binary workbook"),
        ("a", archive(mimetype=b"application/vnd.oasis.opendocument.text"), "odt", "OpenDocument"),
        ("a", archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods", "OpenDocument"),
        ("a.docx", archive(a_dot_pdf=b"%PDF-"), "zip", "an archive called .docx"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image", "PNG"),
        ("a", b"\xff\xd8\xff\xe0", "image", "JPEG"),
        ("a", b"II*\0", "image", "TIFF"),
        ("a.pdf", "Kế hoạch".encode(), "text", "text called .pdf"),
        ("a.txt", "Kế hoạch".encode("utf-16-le"), "text", "UTF-16 without a mark"),
        ("a.txt", b"C\xe9ng ho\xb5 x\xb7 h\xe9i", "text", "TCVN3"),
        (
            "a.eml",
            b"From: a@b.vn\r\nTo: c@d.vn\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nhi",
            "eml",
            "a mail",
        ),
        (
            "a.mht",
            b"From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n",
            "mhtml",
            "a web archive",
        ),
    ],
)
def test_kinds(tmp_path: Path, name: str, data: bytes, kind: str, why: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert detect(tmp_path / name) == kind, why


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"", EmptyFileError, "no bytes"),
        (b" \r\n\t\0\0", EmptyFileError, "blanks alone"),
        (b"PK\x05\x06" + b"\0" * 18, EmptyFileError, "an archive of nothing"),
        (b"PK\x03\x04 cut", DamagedFileError, "a cut archive"),
        (OLE + b"\0" * 100, DamagedFileError, "a cut OLE file"),
        (ole("EncryptedPackage"), EncryptedFileError, "an encrypted DOCX is an OLE file"),
        (ole("PowerPoint Document"), UnsupportedFormatError, "a presentation"),
        (
            archive(**{"[Content_Types]_dot_xml": b"", "ppt__presentation_dot_xml": b""}),
            UnsupportedFormatError,
            "another one",
        ),
        (b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 40, UnsupportedFormatError, "a program"),
        (bytes(range(256)) * 20, UnsupportedFormatError, "random bytes"),
    ],
)
def test_what_is_no_document(tmp_path: Path, data: bytes, error: type[ReadError], why: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(ReadError) as raised:
        detect(tmp_path / "a")
    assert type(raised.value) is error, why


def test_formats_as_the_documents_table_names_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"))
    assert sniff(tmp_path / "a") == "xls"
    assert sniff(write_docx(tmp_path / "b", p("x"))) == "docx"
    (tmp_path / "c").write_bytes(archive(a=b"x"))
    with pytest.raises(UnsupportedFormatError):
        sniff(tmp_path / "c")


def test_a_folder_or_a_missing_file_is_an_error_of_the_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(ReadError, match="cannot be read"):
            detect(path)
