"""OpenDocument spreadsheets: the format stores beside each value the text that the sheet shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import EncryptedFileError, TooLargeError
from extract.package import Package
from extract.sheets.model import RawCell, RawSheet, TextRun

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MAX_REPEATED = 10_000  # rows or cells repeated beyond use: an empty sheet says "repeated 1048576 times"
_MAX_CELLS = 3_000_000


def ods_sheets(path: Path) -> list[RawSheet]:
    """Give the sheets of a workbook."""
    with Package(path) as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise EncryptedFileError("the workbook is protected by a password")
        root = package.xml("content.xml")
    styles = _styles(root)
    return [
        _sheet(table, styles) for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    ]


def _styles(root: etree._Element) -> dict[str, tuple[bool, bool, bool, str | None]]:
    """Give (bordered, bold, centered, font) of each automatic cell style."""
    found = {}
    for style in root.iter(_STYLE + "style"):
        cell, text = style.find(_STYLE + "table-cell-properties"), style.find(_STYLE + "text-properties")
        paragraph = style.find(_STYLE + "paragraph-properties")
        borders = (
            [cell.get(_FO + name) for name in ("border-left", "border-right", "border-top", "border-bottom")]
            if (cell is not None)
            else []
        )
        whole = cell.get(_FO + "border") if cell is not None else None
        drawn = sum(border not in {None, "none"} for border in borders) >= 2 or whole not in {None, "none"}
        bold = text is not None and text.get(_FO + "font-weight") == "bold"
        centered = paragraph is not None and paragraph.get(_FO + "text-align") == "center"
        font = text.get(_STYLE + "font-name") if text is not None else None
        found[style.get(_STYLE + "name", "")] = (drawn, bold, centered, font)
    return found


def _sheet(table: etree._Element, styles: dict[str, tuple[bool, bool, bool, str | None]]) -> RawSheet:
    cells: list[RawCell] = []
    borders: dict[int, int] = {}
    row = 0
    for line, repeated in _rows(table):
        for copy in range(repeated):
            column = 0
            for element, times in _cells(line):
                drawn, bold, centered, font = styles.get(
                    element.get(_TABLE + "style-name", ""), (False,) * 3 + (None,)
                )
                borders[row + copy] = borders.get(row + copy, 0) + drawn * min(times, 2)
                text = "\n".join(_paragraph(paragraph) for paragraph in element.iterchildren(_TEXT + "p"))
                if text.strip():
                    spans = (
                        _number(element, "number-rows-spanned"),
                        _number(element, "number-columns-spanned"),
                    )
                    for place in range(column, column + min(times, _MAX_REPEATED)):
                        run = (TextRun(text, font),)
                        cells.append(RawCell(row + copy, place, run, *spans, bold=bold, centered=centered))
                column += times
            if len(cells) > _MAX_CELLS:
                raise TooLargeError(f"a sheet has more than {_MAX_CELLS:,} cells")
        row += repeated
    bordered = frozenset(number for number, count in borders.items() if count >= 2)
    return RawSheet(table.get(_TABLE + "name", ""), tuple(cells), bordered)


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Give rows, through groups and headings, and how often each stands; blank ones count, but cost nothing."""
    for element in table:
        if element.tag == _TABLE + "table-row":
            times = _number(element, "number-rows-repeated")
            blank = next(element.iter(_TEXT + "p"), None) is None
            yield element, min(times, 2 if blank else _MAX_REPEATED)
        elif element.tag in {
            _TABLE + name for name in ("table-header-rows", "table-row-group", "table-rows")
        }:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    for element in row:
        if element.tag in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            yield element, _number(element, "number-columns-repeated")


def _number(element: etree._Element, name: str) -> int:
    value = element.get(_TABLE + name, "1")
    return max(1, int(value)) if value.isdecimal() else 1


def _paragraph(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == _TEXT + "s":
            pieces.append(" ")
        elif child.tag == _TEXT + "line-break":
            pieces.append("\n")
        elif child.tag == _TEXT + "tab":
            pieces.append("\t")
        elif isinstance(child.tag, str) and not child.tag.startswith(
            _OFFICE
        ):  # not the notes (office:annotation)
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
