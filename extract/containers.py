"""Files that hold files: .zip archives and mails (.eml). Members are unpacked within limits, never by their names."""

from __future__ import annotations

import contextlib
import email
import email.policy
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.errors import (
    DamagedFileError,
    EncryptedFileError,
    ReadError,
    TooLargeError,
    UnsupportedFormatError,
)
from extract.package import MAX_PART_BYTES, MAX_TOTAL_BYTES, check_sizes
from extract.sniff import detect
from normalize.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

MAX_MEMBERS = 20_000
MAX_DEPTH = 4
_ZIP_START = b"PK\x03\x04"
_UTF8_NAME = 0x800
_NAME_CODES = ("cp1258", "cp1252", "cp437")
_JUNK = regex.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a container; `error` says why `data` is None.

    `name` is its path inside ("2020/KH.doc", nested "a.zip/KH.doc"): for display, never to be opened.
    """

    name: str
    data: bytes | None
    error: ReadError | None = None


def is_container(path: Path) -> bool:
    """Tell a file that holds files; the errors of `extract.sniff.detect` mean that it is none."""
    try:
        return detect(path) in {"zip", "eml"}
    except ReadError:
        return False


def members(path: Path) -> Iterator[Member]:
    """Give the files of a .zip or .eml, nested ones too, one at a time; a bad one does not stop the others.

    Raises:
        DamagedFileError, TooLargeError, UnsupportedFormatError: for the container itself.
    """
    kind = detect(path)
    if kind == "eml":
        yield from _mail(path.read_bytes())
    elif kind == "zip":
        with _opened(path) as archive:
            yield from _archive(archive, "", _Budget())
    else:
        raise UnsupportedFormatError(f"a {kind} file holds no files")


class _Budget:
    """What is left of the limits over all nested archives."""

    def __init__(self) -> None:
        self._bytes = MAX_TOTAL_BYTES
        self._members = MAX_MEMBERS

    def spend(self, size: int) -> None:
        """Count one member of `size` bytes; TooLargeError when the limit is passed."""
        self._bytes -= size
        self._members -= 1
        if self._bytes < 0 or self._members < 0:
            raise TooLargeError(
                f"the archive unpacks to more than {MAX_TOTAL_BYTES:,} bytes or {MAX_MEMBERS:,} files"
            )


@contextlib.contextmanager
def _opened(source: Path | io.BytesIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFileError(f"the archive cannot be opened: {error}") from error
    with archive:
        yield archive


def _archive(archive: zipfile.ZipFile, prefix: str, budget: _Budget, depth: int = 1) -> Iterator[Member]:
    for info in archive.infolist():
        name = prefix + member_name(info)
        if info.is_dir() or _JUNK.search(name):
            continue
        try:
            check_sizes([info])
            budget.spend(info.file_size)
            data = _unpacked(archive, info)
        except ReadError as error:
            yield Member(name, None, error)
            continue
        if data.startswith(_ZIP_START) and _is_plain_zip(data):
            yield from _nested(data, name, budget, depth)
        else:
            yield Member(name, data)


def _nested(data: bytes, name: str, budget: _Budget, depth: int) -> Iterator[Member]:
    if depth >= MAX_DEPTH:
        yield Member(name, None, TooLargeError(f"archives nest more than {MAX_DEPTH} deep"))
        return
    try:
        with _opened(io.BytesIO(data)) as inner:
            yield from _archive(inner, f"{name}/", budget, depth + 1)
    except ReadError as error:
        yield Member(name, None, error)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 0x1:
        raise EncryptedFileError("the member is protected by a password")
    try:
        with archive.open(info) as file:
            data = file.read(MAX_PART_BYTES + 1)  # sizes in the directory may lie
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        raise DamagedFileError(f"the member cannot be unpacked: {error}") from error
    if len(data) > MAX_PART_BYTES:
        raise TooLargeError(f"the member unpacks to more than {MAX_PART_BYTES:,} bytes")
    return data


def _is_plain_zip(data: bytes) -> bool:
    """Tell an archive from an office file, which is a ZIP file too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    return "[Content_Types].xml" not in names and "mimetype" not in names


def member_name(info: zipfile.ZipInfo) -> str:
    """Give a member's path. Without the UTF-8 flag the bytes are UTF-8 all the same, or an old code page.

    Python reads them as code page 437; Vietnamese Windows wrote 1258, and WinRAR, 7-Zip often UTF-8.
    """
    name = info.filename
    if info.flag_bits & _UTF8_NAME or name.isascii():
        return _safe(name)
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return _safe(name)
    try:
        return _safe(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _safe(max((data.decode(code, errors="replace") for code in _NAME_CODES), key=_vietnamese_words))


def _vietnamese_words(text: str) -> int:
    words = regex.findall(r"\p{L}+", unicodedata.normalize("NFC", text))
    return sum(1 if is_syllable(word) else -1 for word in words if not word.isascii()) - text.count("\ufffd")


def _safe(name: str) -> str:
    """Take drive letters, roots and ".." out of a path; it is shown, but may once be joined to a folder."""
    name = unicodedata.normalize("NFC", name)
    parts = [
        part
        for part in regex.split(r"[\\/]+", regex.sub(r"^[A-Za-z]:", "", name))
        if part not in {"", ".", ".."}
    ]
    return "/".join(parts) + ("/" if name.endswith("/") else "")


def _mail(data: bytes) -> Iterator[Member]:
    """Give the text of a mail and its attachments; an attached archive is opened like any other."""
    message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
    budget = _Budget()
    number = 0
    for part in message.walk():
        if part.is_multipart():
            continue
        number += 1
        try:
            content = part.get_payload(decode=True)
        except (ValueError, LookupError) as error:
            yield Member(
                f"part{number}", None, DamagedFileError(f"the attachment cannot be decoded: {error}")
            )
            continue
        if not isinstance(content, bytes) or not content.strip():
            continue
        name = _attachment_name(part, number)
        try:
            budget.spend(len(content))
        except ReadError as error:
            yield Member(name, None, error)
            continue
        if content.startswith(_ZIP_START) and _is_plain_zip(content):
            yield from _nested(content, name, budget, 1)
        else:
            yield Member(name, content)


def _attachment_name(part: EmailMessage, number: int) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, IndexError):  # headers of mails are the work of many programs
        name = None
    if name:
        return _safe(name) or f"part{number}"
    return f"part{number}" + {"text/html": ".html", "text/plain": ".txt"}.get(part.get_content_type(), "")
