"""XLSX workbooks, straight from the package's XML: values under their number formats, merges, borders.

The libraries give values (calamine) or take seconds for styles (openpyxl); what a sheet *shows* needs both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from extract.document import Problem
from extract.errors import DamagedFileError, TooLargeError
from extract.package import Package
from extract.sheets.model import RawCell, RawSheet, TextRun
from extract.sheets.number_format import BUILT_IN, show_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = regex.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_CELLS = 3_000_000


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell format (`cellXfs` entry) says that matters here."""

    code: str = "General"
    bold: bool = False
    font: str | None = None
    bordered: bool = False
    centered: bool = False


@dataclass(slots=True)
class Workbook:
    """The parts that all sheets of a workbook share."""

    strings: list[tuple[TextRun, ...]] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False


def xlsx_sheets(path: Path) -> tuple[list[RawSheet], list[Problem]]:
    """Give the sheets of a workbook in their order, and what could not be read."""
    problems: list[Problem] = []
    sheets: list[RawSheet] = []
    with Package(path) as package:
        main = next(
            (part for kind, part in package.related("").values() if kind == "officeDocument"),
            "xl/workbook.xml",
        )
        root = package.xml(main)
        related = package.related(main)
        book = _workbook(package, root, dict(related.values()), problems)
        for entry in root.iter(S + "sheet"):
            kind, part = related.get(entry.get(_R_ID, ""), ("", ""))
            if kind != "worksheet":
                continue  # chart and dialog sheets hold no cells
            try:
                sheet = _sheet(package.xml(part), entry, book)
            except DamagedFileError as error:
                problems.append(Problem(error.code, f"sheet {entry.get('name')}: {error.message}"))
                continue
            sheets.append(sheet)
        problems += [
            Problem("damaged_file", f"part {name} is not well-formed; what could be read was read")
            for name in package.repaired
        ]
    if not sheets and problems:
        raise DamagedFileError(problems[0].message)
    return sheets, problems


def _workbook(
    package: Package, root: etree._Element, parts: dict[str, str], problems: list[Problem]
) -> Workbook:
    book = Workbook()
    properties = root.find(S + "workbookPr")
    book.from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    for kind in ("sharedStrings", "styles"):
        if kind not in parts:
            continue
        try:
            part = package.xml(parts[kind])
        except DamagedFileError as error:
            problems.append(Problem(error.code, error.message))
            continue
        if kind == "styles":
            book.styles = _styles(part)
        else:
            book.strings = [_string(item) for item in part.iterchildren(S + "si")]
    return book


def _string(item: etree._Element) -> tuple[TextRun, ...]:
    """Give the runs of a shared or inline string; a run without a font of its own has the cell's."""
    runs: list[TextRun] = []
    for element in item:
        if element.tag == S + "t":
            runs.append(TextRun(_unescaped(element.text or "")))
        elif element.tag == S + "r":  # not rPh: phonetic guides
            font = element.find(f"{S}rPr/{S}rFont")
            text = _unescaped(element.findtext(S + "t") or "")
            runs.append(TextRun(text, font.get("val") if font is not None else None))
    return tuple(runs)


def _unescaped(text: str) -> str:
    """Undo `_x000D_`: signs that XML cannot hold."""
    return str(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)) if "_x" in text else text


def _styles(root: etree._Element) -> list[CellStyle]:
    codes = dict(BUILT_IN)
    for element in root.iterfind(f"{S}numFmts/{S}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    fonts = [
        (_is_on(font.find(S + "b")), name.get("val") if (name := font.find(S + "name")) is not None else None)
        for font in root.iterfind(f"{S}fonts/{S}font")
    ]
    borders = [
        sum(side.get("style", "none") != "none" for side in border) >= 2
        for border in root.iterfind(f"{S}borders/{S}border")
    ]
    styles = []
    for xf in root.iterfind(f"{S}cellXfs/{S}xf"):
        font = int(xf.get("fontId", "0"))
        border = int(xf.get("borderId", "0"))
        align = xf.find(S + "alignment")
        styles.append(
            CellStyle(
                code=codes.get(int(xf.get("numFmtId", "0")), "General"),
                bold=font < len(fonts) and fonts[font][0],
                font=fonts[font][1] if font < len(fonts) else None,
                bordered=border < len(borders) and borders[border],
                centered=align is not None and align.get("horizontal", "").startswith("center"),
            )
        )
    return styles


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false"}


def _sheet(root: etree._Element, entry: etree._Element, book: Workbook) -> RawSheet:
    merges = _merges(root)
    cells: list[RawCell] = []
    borders: dict[int, int] = {}
    for row, column, element in _elements(root):
        style = _style(element, book)
        if style.bordered:
            borders[row] = borders.get(row, 0) + 1
        runs = _runs(element, style, book)
        if runs:
            rows, columns = merges.get((row, column), (1, 1))
            cells.append(RawCell(row, column, runs, rows, columns, bold=style.bold, centered=style.centered))
            if len(cells) > MAX_CELLS:
                raise TooLargeError(f"sheet {entry.get('name')} has more than {MAX_CELLS:,} cells")
    bordered = frozenset(row for row, count in borders.items() if count >= 2)
    return RawSheet(entry.get("name", ""), tuple(cells), bordered)


def _elements(root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
    """Cells with their positions; both references are optional in the format."""
    row = -1
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        number = line.get("r", "")
        row = int(number) - 1 if number.isdecimal() else row + 1
        column = -1
        for element in line:
            place = _REFERENCE.match(element.get("r", ""))
            column = _column(place[1]) if place else column + 1
            yield row, column, element


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merges(root: etree._Element) -> dict[tuple[int, int], tuple[int, int]]:
    found = {}
    for element in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        corners = _REFERENCE.findall(element.get("ref", ""))
        if len(corners) == 2:
            (left, top), (right, bottom) = corners
            first = (int(top) - 1, _column(left))
            found[first] = (int(bottom) - first[0], _column(right) - first[1] + 1)
    return found


def _style(element: etree._Element, book: Workbook) -> CellStyle:
    index = element.get("s", "0")
    return book.styles[int(index)] if index.isdigit() and int(index) < len(book.styles) else CellStyle()


def _runs(element: etree._Element, style: CellStyle, book: Workbook) -> tuple[TextRun, ...]:
    """Give what a cell shows, () for nothing."""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        inline = element.find(S + "is")
        runs = _string(inline) if inline is not None else ()
    else:
        value = element.findtext(S + "v") or ""
        if kind == "s":
            runs = book.strings[int(value)] if value.isdecimal() and int(value) < len(book.strings) else ()
        else:
            runs = (TextRun(_value(kind, value, style, from_1904=book.from_1904)),)
    if not any(run.text.strip() for run in runs):
        return ()
    return tuple(TextRun(run.text, run.font or style.font) for run in runs)


def _value(kind: str, value: str, style: CellStyle, *, from_1904: bool) -> str:
    if not value or kind in {"str", "e", "d"}:
        return _unescaped(value)
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    try:
        return show_number(float(value), style.code, from_1904=from_1904)
    except (ValueError, OverflowError, ArithmeticError):
        return value
