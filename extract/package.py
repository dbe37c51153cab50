"""ZIP packages of office files (DOCX, XLSX, ODS): opened within limits, their XML parsed without entities."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from extract.errors import DamagedFileError, EncryptedFileError, TooLargeError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

MAX_PART_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
_MAX_RATIO = 400  # XML of real plans packs 5 to 60 times; a bomb packs 1000 times
_RATIO_FROM = 16 * 1024 * 1024
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# "Strict" OOXML says the same under other names; rewriting them beats two of every tag.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip


class Package:
    """One open package; parts are read when asked for. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise DamagedFileError(f"the ZIP package cannot be opened: {error}") from error
        self._infos = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self.repaired: list[str] = []
        check_sizes(self._zip.infolist())

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        """Give the part names, without a leading slash."""
        return list(self._infos)

    def read(self, name: str) -> bytes:
        """Give a part's bytes; DamagedFileError when it is missing, cut off or fails its checksum."""
        info = self._infos.get(name)
        if info is None:
            raise DamagedFileError(f"the package has no part {name}")
        if info.flag_bits & 0x1:
            raise EncryptedFileError("the package is encrypted")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise DamagedFileError(f"part {name} cannot be unpacked: {error}") from error
        except RuntimeError as error:  # zipfile's word for "password required"
            raise EncryptedFileError(f"part {name} is encrypted") from error

    def xml(self, name: str) -> etree._Element:
        """Parse a part; one that is not well-formed is repaired as far as it goes and named in `repaired`."""
        data = self.read(name)
        if b"purl.oclc.org" in data[:4096]:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        try:
            return etree.fromstring(data, _parser(recover=False))
        except (etree.XMLSyntaxError, ValueError) as error:
            self.repaired.append(name)
            return _repaired(data, name, error)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part ("" = the package): id to (last word of the type, target part)."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self:
            return {}
        found = {}
        for relationship in self.xml(rels).iter(_RELATIONSHIP):
            if relationship.get("TargetMode") == "External":
                continue
            target = relationship.get("Target", "")
            part = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            found[relationship.get("Id", "")] = (relationship.get("Type", "").rpartition("/")[2], part)
        return found


def check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    """Raise TooLargeError for what would unpack beyond the limits (a ZIP bomb, or a file beyond use)."""
    total = 0
    for info in infos:
        total += info.file_size
        suspicious = info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(1, info.compress_size)
        if info.file_size > MAX_PART_BYTES or total > MAX_TOTAL_BYTES or suspicious:
            raise TooLargeError(f"{info.filename} would unpack to {info.file_size:,} bytes")


def _repaired(data: bytes, name: str, cause: Exception) -> etree._Element:
    """Read XML as far as it goes; DamagedFileError when that is nothing."""
    try:
        root: etree._Element | None = etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or len(root) == 0:
        raise DamagedFileError(f"part {name} is not XML: {cause}") from cause
    return root


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=recover,
        remove_comments=True,
    )
