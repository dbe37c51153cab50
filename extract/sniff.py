"""What a file is, by its content: magic bytes, a look inside ZIP and OLE, the first words of text.

Names lie: web pages called .doc, PDFs without an ending, workbooks called .xls that are XML or HTML.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Literal, TypeAlias

import regex

from extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    ReadError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import SourceFormat

Kind: TypeAlias = Literal[
    "pdf",
    "docx",
    "doc",
    "xlsx",
    "xlsb",
    "xls",
    "ods",
    "html",
    "mhtml",
    "rtf",
    "odt",
    "text",
    "image",
    "zip",
    "eml",
]
_FORMATS: dict[Kind, SourceFormat] = {
    "pdf": "pdf", "docx": "docx", "doc": "doc", "xlsx": "xlsx", "xlsb": "xlsx", "xls": "xls", "ods": "xls",
    "html": "html", "mhtml": "html", "rtf": "rtf", "odt": "odt", "text": "text", "image": "image",
}  # fmt: skip
_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"GIF87a",
    b"GIF89a",
    b"\0\0\0\x0cjP  ",
)
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = regex.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|title|div|p|h[1-6]|center|span|font|style|tr|td)\b",
    regex.IGNORECASE,
)
_HTML_START = regex.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                            regex.IGNORECASE | regex.DOTALL)  # fmt: skip
_MAIL = regex.compile(rb"(?:[A-Za-z][A-Za-z0-9\-]{1,40}:[^\n]{0,998}\r?\n(?:[ \t][^\n]*\r?\n)*){3,}")
_MAIL_FIELD = regex.compile(
    rb"^(?:From|Date|Subject|MIME-Version|Received|Return-Path|Message-ID):", regex.I | regex.M
)
_CONTROL = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(path: Path) -> SourceFormat:
    """Give the format of a document.

    Raises:
        EmptyFileError, UnsupportedFormatError (also for archives and mails: see `extract.containers`),
        EncryptedFileError, DamagedFileError, ReadError (no permission).
    """
    kind = detect(path)
    if kind not in _FORMATS:
        raise UnsupportedFormatError(f"a {kind} file is a container, not a document")
    return _FORMATS[kind]


def detect(path: Path) -> Kind:
    """Give the kind of any file we know, containers among them; errors as `sniff`."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror or error}") from error
    if not head.strip(b" \t\r\n\0"):
        raise EmptyFileError("the file holds nothing")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _inside_zip(path)
    if head.startswith(_OLE):
        return _inside_ole(path, head)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    return _by_words(path, head)


def _by_words(path: Path, head: bytes) -> Kind:
    """Text of some kind, or nothing we read."""
    flat = head.replace(b"\0", b"") if _is_wide(head) else head
    if flat is head and len(_CONTROL.findall(head)) > max(4, len(head) // 200):
        return _by_library(path)
    if _HTML_START.match(flat.lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    if _MAIL.match(flat.lstrip()) and len(_MAIL_FIELD.findall(flat[:8192])) >= 2:
        return (
            "mhtml"
            if regex.search(rb"multipart/related|snapshot-content-location", flat[:8192], regex.I)
            else "eml"
        )
    # A page that begins with its text or with Word's office tags; Markdown with a stray <p> is no page.
    start = flat[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<" and len(_HTML.findall(flat[:16384])) >= 2:
        return "html"
    return "text"


def _is_wide(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.1 * len(sample) and min(even, odd) <= max(even, odd) // 8


def _inside_zip(path: Path) -> Kind:
    """Office packages are ZIP files; tell them by their parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            names = {info.filename.lstrip("/") for info in infos}
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        KeyError,
        RuntimeError,
    ) as error:
        raise DamagedFileError(f"a ZIP file that cannot be opened: {error}") from error
    if b"opendocument.text" in mime:
        return "odt"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return "docx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "[Content_Types].xml" in names or mime:
        raise UnsupportedFormatError("an office package that is neither a text nor a workbook")
    if not infos:
        raise EmptyFileError("an archive of no files")
    return "zip"


def _inside_ole(path: Path, head: bytes) -> Kind:
    """Old Office files are OLE containers; their streams are named in UTF-16 in the directory."""
    data = path.read_bytes() if path.stat().st_size < 200_000_000 else head

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise EncryptedFileError("an Office file protected by a password")
    if has("WordDocument"):
        return "doc"
    if has("Workbook") or has("Book"):
        return "xls"
    if has("__substg1.0_") or has("PowerPoint Document"):
        raise UnsupportedFormatError("an Outlook message or a presentation")
    if len(data) % 512 or len(data) < 1536:
        raise DamagedFileError("an Office file that is cut off")
    raise UnsupportedFormatError("an OLE file that is neither a text nor a workbook")


def _by_library(path: Path) -> Kind:
    """Ask libmagic for a word on what it is, for the message; what we read was recognised before."""
    try:
        import magic  # noqa: PLC0415 - loads a shared library; only for files that nothing else recognised

        name = str(magic.from_file(str(path)))
    except (ImportError, OSError, ValueError):
        name = "binary data"
    raise UnsupportedFormatError(f"not a document: {name[:120]}")
