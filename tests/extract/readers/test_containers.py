"""Archives and mails give their files one by one; a bad one does not stop the others."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from extract.containers import MAX_DEPTH, Member, is_container, member_name, members
from extract.errors import DamagedFileError, EncryptedFileError, TooLargeError, UnsupportedFormatError
from tests.extract.readers.packages import p, write_docx

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def listing(found: Iterable[Member]) -> dict[str, bytes | str | None]:
    return {member.name: member.error.code if member.error else member.data for member in found}


def test_members_with_folders_and_nested_archives(tmp_path: Path) -> None:
    office = write_docx(tmp_path / "x.docx", p("x")).read_bytes()
    inner = zipped({"Báo cáo.txt": b"2"})
    (tmp_path / "a.zip").write_bytes(
        zipped(
            {
                "2020/Kế hoạch.txt": b"1",
                "trong.zip": inner,
                "a.docx": office,
                "2020/": b"",
                "__MACOSX/._a": b"x",
            }
        )
    )
    assert listing(members(tmp_path / "a.zip")) == {
        "2020/Kế hoạch.txt": b"1",
        "trong.zip/Báo cáo.txt": b"2",
        "a.docx": office,
    }


@pytest.mark.parametrize(
    ("stored", "flag", "expected", "why"),
    [
        ("Kế hoạch.doc", 0x800, "Kế hoạch.doc", "said to be UTF-8"),
        ("Kế hoạch.doc".encode().decode("cp437"), 0, "Kế hoạch.doc", "UTF-8, not said"),
        (b"K\xea\xec hoa\xf2ch.doc".decode("cp437"), 0, "Kế hoạch.doc", "Windows-1258"),
        ("plain.doc", 0, "plain.doc", "ASCII"),
        ("../../etc/passwd", 0, "etc/passwd", "no way out of a folder"),
        ("C:\\Users\\a.doc", 0, "Users/a.doc", "nor to a drive"),
        ("/a//b.doc", 0, "a/b.doc", "nor to the root"),
        ("Kế.doc", 0x800, "Kế.doc", "NFD becomes NFC"),
    ],
)
def test_names(stored: str, flag: int, expected: str, why: str) -> None:
    info = zipfile.ZipInfo(stored)
    info.filename = stored  # ZipInfo itself would rewrite the separators
    info.flag_bits = flag
    assert member_name(info) == expected, why


def test_a_broken_member_is_named_and_the_others_come(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"AAAAAAAA", "b.txt": b"B"}))
    data[data.find(b"AAAAAAAA")] = 0
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert listing(members(tmp_path / "a.zip")) == {"a.txt": DamagedFileError.code, "b.txt": b"B"}


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"A"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert listing(members(tmp_path / "a.zip")) == {"a.txt": EncryptedFileError.code}


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = b"end"
    for _ in range(MAX_DEPTH + 2):
        data = zipped({"a.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    [member] = members(tmp_path / "a.zip")
    assert isinstance(member.error, TooLargeError)


def test_a_mail_gives_its_text_and_its_attachments(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.vn", "c@d.vn", "Kế hoạch"
    mail.set_content("Kính gửi")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="Kế hoạch năm 2021.pdf")
    mail.add_attachment(zipped({"b.txt": b"2"}), maintype="application", subtype="zip", filename="a.zip")
    (tmp_path / "a.eml").write_bytes(bytes(mail))
    assert is_container(tmp_path / "a.eml")
    assert listing(members(tmp_path / "a.eml")) == {
        "part1.txt": "Kính gửi\n".encode(),
        "Kế hoạch năm 2021.pdf": b"%PDF-",
        "a.zip/b.txt": b"2",
    }


def test_what_is_no_container(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", p("x"))
    assert not is_container(path)
    assert not is_container(tmp_path / "none")
    with pytest.raises(UnsupportedFormatError):
        list(members(path))
