"""The frame of a document: the lines of its letterhead and signature, whether they stand in paragraphs or tables.

Typists set the two columns of a letterhead as a table without borders, as tabs, or as text boxes; readers give
back a table, one merged line ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI …"), or separate lines. `lines` makes them one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

import regex

from extract.document import Paragraph, Table
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.document import Document

MOTTO = regex.compile(
    r"c[ộo]ng\s*h(?:[òo]a|oà)\s*x[ãa]\s*h[ộo]i\s*ch[ủu]\s*ngh[ĩi]a\s*vi[ệe]t\s*nam"
    r"|đ[ộo]c\s*l[ậa]p\s*[-–—.]?\s*t[ựu]\s*do\s*[-–—.]?\s*h[ạa]nh\s*ph[úu]c",
    regex.IGNORECASE,
)
PARTY = regex.compile(r"đ[ảa]ng\s*c[ộo]ng\s*s[ảa]n\s*vi[ệe]t\s*nam", regex.IGNORECASE)
RECIPIENTS = regex.compile(r"n[ơo]i\s*(?:nh[ậa]n|g[ửu]i)\b\s*[:.]?", regex.IGNORECASE)
_NUMBER_LINE = regex.compile(r"(?:^|\n)\s*(?:[\p{L} ]{0,30}\s)?[Ss](?:ố|Ố)\s*:?[\s\d.…_]*[/\-]")
_BROKEN_DATE = regex.compile(
    r"ngày\s*\n\s*\d{1,2}\s+tháng\b|ngày\s+\d{1,2}\s+tháng\s*\n\s*\d|tháng\s+\d{1,2}\s*\n\s*năm\s+\d{4}"
    r"|\p{L},\s*\n\s*ngày\s+\d{1,2}\s+tháng|^\p{Lu}\p{Ll}+\s*\n\s*\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?,\s*ngày\b",
    regex.MULTILINE,
)
_BROKEN_NAME = regex.compile(
    r"^(?:ỦY|UỶ|UY)\s*\n\s*BAN\b|^(?:ỦY|UỶ|UY) BAN(?: NHÂN)?\s*\n\s*(?:NHÂN )?DÂN\b"
    r"|^HỘI ĐỒNG(?: NHÂN)?\s*\n\s*(?:NHÂN )?DÂN\b",
    regex.MULTILINE,
)
# A torn line is a short one.
_LONGEST_TORN = 120
_AUTHORITY = regex.compile(r"^(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)[./]?\s+")
_DIGIT = regex.compile(r"\d")
_WHOLE_DATE = regex.compile(r"ngày.*tháng.*năm")
# Rows and columns beyond which a table with a motto in it is a sheet, not a letterhead.
_LETTERHEAD_ROWS = 8
_LETTERHEAD_COLUMNS = 6
_SIGNATURE_ROWS = 12
# A sheet's letterhead stands in its first rows.
# A frame has two boxes side by side, at most a gap between them; more columns are a table of data, whose cells
# name other documents ("Nghị định số 08/2014/NĐ-CP").
_MOST_FRAME_COLUMNS = 3
_SHEET_HEAD_ROWS = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the frame.

    `cell` is None in a paragraph, else (row, column) in the table `block` stands for; `left` is the left edge of
    its paragraph where the format has pages.
    """

    text: str
    block: int
    page: int | None = None
    cell: tuple[int, int] | None = None
    first: bool = True
    bold: bool = False
    centred: bool = False
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fixed words of `data/letterhead.toml`, folded with `normalize.text.key`, longest first."""

    organ_heads: tuple[str, ...]
    unfinished: frozenset[str]
    body_starts: tuple[str, ...]
    positions: tuple[str, ...]
    honorifics: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Give the fixed words, read once."""
    raw: dict[str, list[str]] = tomllib.loads(
        (files("extract") / "data" / "letterhead.toml").read_text("utf-8")
    )
    words = {
        name: sorted({key(entry) for entry in entries}, key=len, reverse=True)
        for name, entries in raw.items()
    }
    return Vocabulary(
        organ_heads=tuple(words["organ_heads"]),
        unfinished=frozenset(words["unfinished"]),
        body_starts=tuple(words["body_starts"]),
        positions=tuple(words["positions"]),
        honorifics=frozenset(words["honorifics"]),
    )


@cache
def _position_pattern() -> regex.Pattern[str]:
    titles = "|".join(regex.escape(title) for title in vocabulary().positions)
    return regex.compile(rf"\b(?:{titles})\b")


def table_kind_hint(table: Table) -> Literal["letterhead", "signature"] | None:
    """Say whether a table is the letterhead or the signature block of a document, None for any other table."""
    return frame_kind(
        [cell.text for cell in table.cells if cell.text.strip()], table.row_count, table.column_count
    )


def frame_kind(
    texts: Sequence[str], row_count: int, column_count: int
) -> Literal["letterhead", "signature"] | None:
    """Judge the filled cells of a table of so many rows and columns; see `table_kind_hint`."""
    if not texts or column_count > _LETTERHEAD_COLUMNS:
        return None
    if row_count <= _LETTERHEAD_ROWS and any(MOTTO.search(text) or PARTY.match(text) for text in texts):
        return "letterhead"
    if row_count <= _SIGNATURE_ROWS and any(RECIPIENTS.match(text.lstrip(" *_")) for text in texts):
        return "signature"
    # A letterhead that lost its motto ("ỦY BAN NHÂN DÂN / Số: 12/KH-UBND" beside "Hà Nội, ngày …").
    if row_count <= 3 and any(_NUMBER_LINE.search(text) for text in texts):
        return "letterhead" if any(_WHOLE_DATE.search(text) for text in texts) else None
    # A signature without recipients: nothing but titles and a name.
    if len(texts) <= 4 and row_count <= 6 and all(len(text) < 200 for text in texts):
        said = [_AUTHORITY.sub("", key(line)) for text in texts for line in text.split("\n")]
        if any(_position_pattern().match(line) for line in said) and not any(
            _DIGIT.search(text) for text in texts
        ):
            return "signature"
    return None


def lines(document: Document) -> list[Line]:
    """Give the lines of paragraphs, letterheads and signatures, and the first rows of a sheet, in reading order."""
    found: list[Line] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            found += _paragraph_lines(block, index)
        elif table_kind_hint(block):
            found += _table_lines(block, index, block.row_count)
        elif (index == 0 and block.column_count <= _MOST_FRAME_COLUMNS) or document.source_format in (
            "xlsx",
            "xls",
        ):
            found += _table_lines(block, index, _SHEET_HEAD_ROWS)
    return _joined(found)


def _unbroken(text: str) -> str:
    """Take out the breaks a converter left inside what is one line ("CỘNG HÒA XÃ HỘI" / "CHỦ NGHĨA VIỆT NAM")."""
    if "\n" not in text:
        return text
    for pattern in (MOTTO, _BROKEN_DATE, _BROKEN_NAME):
        text = pattern.sub(lambda match: match[0].replace("\n", " "), text)
    return text


def _joined(found: list[Line]) -> list[Line]:
    """Do the same for lines that a converter made paragraphs of their own."""
    whole: list[Line] = []
    for line in found:
        if whole and whole[-1].cell is None and line.cell is None and _is_torn(whole[-1].text, line.text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole


def _is_torn(first: str, second: str) -> bool:
    if len(first) > _LONGEST_TORN or len(second) > _LONGEST_TORN:
        return False
    seam = len(first)
    both = f"{first}\n{second}"
    return any(
        match.start() < seam < match.end()
        for pattern in (MOTTO, _BROKEN_DATE, _BROKEN_NAME)
        for match in pattern.finditer(both)
    )


def _paragraph_lines(paragraph: Paragraph, index: int) -> list[Line]:
    centred = paragraph.alignment == "center"
    left = paragraph.bbox[0] if paragraph.bbox else None
    return [
        Line(text.strip(), index, paragraph.page, None, number == 0, paragraph.bold, centred, left)
        for number, text in enumerate(_unbroken(paragraph.text).split("\n"))
        if text.strip()
    ]


def _table_lines(table: Table, index: int, rows: int) -> list[Line]:
    return [
        Line(text.strip(), index, table.page, (cell.row, cell.column), number == 0, cell.bold)
        for cell in table.cells
        if cell.row < rows
        for number, text in enumerate(_unbroken(cell.text).split("\n"))
        if text.strip()
    ]
