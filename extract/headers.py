"""Where the heading of a table stands: the header block, its levels, the numbering row, its repetitions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from rapidfuzz.fuzz import ratio

from extract.headings import match_heading
from extract.labels import parse_label
from extract.period_marks import names_period
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import Row

# A header further down than this has a title page before it; we do not look for it.
SEARCH_DEPTH = 10
# Headings of more levels than this are not seen in administrative tables.
MAX_LEVELS = 4
_LONGEST_SUBHEADING = 90
# A heading word inside a longer text ("Thực hiện các nhiệm vụ do UBND tỉnh giao") names no column.
_COVERED = 0.4
_SURELY_COVERED = 0.7
_RECOGNISED_ALIKE = 85.0  # of 100: two printings of one header as recognition reads them
_NUMBERING = regex.compile(r"\(?\s*(\d{1,2}|[A-ZĐ]|[a-z])\s*[.)]?(?:\s*=\s*[\d()+\-*/x:.\s%a-zA-Z]+)?\s*\)?")
_YEAR = regex.compile(r"\(?(?:19|20)\d\d\)?")
_FIGURE = regex.compile(r"[\d\s.,/%+\-()]+")


@dataclass(frozen=True, slots=True)
class Header:
    """A header block: rows `start` to `end` (excluded); `numbered` when a numbering row follows it.

    `named`: it uses the wording of headings (else it only looks like a header, or the markup says so).
    """

    start: int
    end: int
    numbered: bool
    named: bool

    @property
    def body(self) -> int:
        """The first row after the header and its numbering row."""
        return self.end + int(self.numbered)


def find_header(rows: Sequence[Row], marked: int = 0, spans_known: bool = True) -> Header | None:
    """Find the header block of a piece; `marked` is the number of rows the markup itself calls headings."""
    for start in range(min(SEARCH_DEPTH, len(rows))):
        if start and not _prefatory(rows[start - 1]):
            break
        if _names_columns(rows[start]):
            end = _extend(rows, start, spans_known)
            while end < min(marked, MAX_LEVELS) and not is_numbering(rows[end]):
                end += 1
            return Header(start, end, end < len(rows) and is_numbering(rows[end]), named=True)
    if 0 < marked < len(rows):
        return Header(0, marked, is_numbering(rows[marked]), named=False)
    if _looks_like_header(rows, spans_known):
        end = _extend(rows, 0, spans_known)
        return Header(0, end, end < len(rows) and is_numbering(rows[end]), named=False)
    return None


def _prefatory(row: Row) -> bool:
    """Tell whether a row may stand above a header: blank, or a line of a title, never a numbered row."""
    filled = row.filled()
    return len(filled) <= 2 and not (filled and parse_label(row.slots[filled[0]].text))


def _names_columns(row: Row) -> bool:
    """Tell whether at least two cells, and half of those filled, use the wording of headings."""
    filled = row.filled()
    if len(filled) < 2:
        return False
    filled = [column for column in filled if not names_period(row.slots[column].text)]  # "T1 | T2 | … | T12"
    matches = [match for column in filled if (match := match_heading(row.slots[column].text))]
    known = [match for match in matches if match.confidence >= 0.55 and match.coverage >= _COVERED]
    return len({match.role for match in known}) >= 2 and 2 * len(known) >= len(filled)


def _looks_like_header(rows: Sequence[Row], spans_known: bool) -> bool:
    """Tell whether unknown first rows head the rows below: words over every column, figures only below."""
    first = rows[0] if rows else None
    if first is None or len(rows) < 2 or len(first.filled()) < 2 or parse_label(first.cells[0]):
        return False
    end = _extend(rows, 0, spans_known)
    texts = [row.slots[column].text for row in rows[:end] for column in row.filled()]
    covered = {column for row in rows[:end] for column, slot in enumerate(row.slots) if slot.text}
    if len(covered) < len(first.slots) - 1 or any(len(t) > 120 or _FIGURE.fullmatch(t) for t in texts):
        return False
    if all(first.slots[column].bold for column in first.filled()):
        return True
    below = [row.slots[column].text for row in rows[end:] for column in row.filled()]
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in below)
    return figures > 0 and figures * 3 >= len(below)


def _extend(rows: Sequence[Row], start: int, spans_known: bool) -> int:
    end = start + 1
    while end < len(rows) and end - start < MAX_LEVELS:
        if not _continues_header(rows[start:end], rows[end], spans_known):
            break
        end += 1
    return end


def _continues_header(header: Sequence[Row], row: Row, spans_known: bool) -> bool:
    filled = row.filled()
    texts = [row.slots[column].text for column in filled]
    if any(len(t) > _LONGEST_SUBHEADING or (_FIGURE.fullmatch(t) and not _YEAR.fullmatch(t)) for t in texts):
        return False
    if not filled or is_numbering(row) or _opens_section(texts[0]):
        return False
    if _breaks_words(header[-1], row):
        return True
    return _lies_under(header[-1], row) if spans_known else _fills_blanks(header[-1], row)


def _lies_under(header: Row, row: Row) -> bool:
    """Tell whether a heading cell reaches down into the row, or stands over several of its cells."""
    if any(slot.above and slot.text for slot in row.slots):
        return True
    filled = row.filled()
    wide = [column for column in header.filled() if header.width(column) > 1]
    under = [c for c in filled if any(w <= c < w + header.width(w) for w in wide)]
    return len(under) == len(filled) and len(filled) >= 2


def _fills_blanks(header: Row, row: Row) -> bool:
    """Tell the second level of a header whose spans a conversion lost: it stands where the first is blank."""
    filled = row.filled()
    if _repeats_above(header, row):
        return True
    if 0 not in filled and all(_is_heading(row.slots[column].text) for column in filled):
        return True
    blanks = {column for column, slot in enumerate(header.slots) if not slot.text}
    groups = blanks | {column - 1 for column in blanks if column}
    return len(filled) >= 2 and groups.issuperset(filled) and not blanks.isdisjoint(filled)


def _is_heading(text: str) -> bool:
    match = match_heading(text)
    return match is not None and match.coverage >= _SURELY_COVERED


def _opens_section(text: str) -> bool:
    label = parse_label(text)
    return label is not None and label.kind != "bullet"


def _repeats_above(header: Row, row: Row) -> bool:
    """Tell whether a conversion printed the cells that reach down a second time, beside the second level."""
    same = [column for column in row.filled() if row.slots[column].text == header.slots[column].text]
    groups = [
        column
        for column in range(1, len(header.slots))
        if header.slots[column].text and header.slots[column].text == header.slots[column - 1].text
    ]
    return len(same) >= 2 and bool(groups) and 0 in same


def _breaks_words(header: Row, row: Row) -> bool:
    """Tell whether a row holds the second lines of headings that were broken over cells ("Đơn vị chủ" / "trì")."""
    filled = row.filled()
    if not filled or row.slots[0].text:
        return False
    for column in filled:
        first, second = header.slots[column].text, row.slots[column].text
        whole = match_heading(f"{first} {second}")
        if not first or whole is None or whole.coverage < 1 or match_heading(second):
            return False
    return True


def is_numbering(row: Row) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3 …, (1) (2) …, A B 1 2 …, (5)=(3)+(4)."""
    texts = [row.slots[column].text for column in row.filled()]
    if len(texts) < 3 or len(texts) < len(row.slots) - 1:
        return False
    marks: list[str] = []
    for text in texts:
        match = _NUMBERING.fullmatch(text)
        if match is None:
            return False
        marks.append(match[1])
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    letters = [mark for mark in marks if not mark.isdigit()]
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    ordered = letters == sorted(letters) and (len(letters) <= 4 or not numbers)
    return rising and ordered and (len(numbers) >= 2 or len(letters) >= 3)


def repeats(rows: Sequence[Row], wanted: tuple[str, ...], *, recognised: bool) -> bool:
    """Tell whether rows print a header (its `header_key`) again; a recognised one may differ in some letters.

    "STT" of one scanned page is "SIT" on the next, where it may also have been lost.
    """
    if not wanted or not rows:
        return False
    if not recognised:
        return _begins_like(rows[0], wanted) and header_key(rows) == wanted
    return ratio("".join(header_key(rows)), "".join(wanted)) >= _RECOGNISED_ALIKE


def _begins_like(row: Row, wanted: tuple[str, ...]) -> bool:
    filled = row.filled()
    return bool(filled) and key(row.slots[filled[0]].text).replace(" ", "") == wanted[0]


def header_key(rows: Sequence[Row]) -> tuple[str, ...]:
    """Give what two printings of one header have in common: the wording, whatever the line breaks."""
    return tuple(key(row.slots[column].text).replace(" ", "") for row in rows for column in row.filled())


def flatten(header: Sequence[Row], column: int, spans_known: bool) -> tuple[str, ...]:
    """Give the heading levels of a column, outermost first, a cell that reaches down counted once."""
    levels: list[str] = []
    for number, row in enumerate(header):
        text = row.slots[column].text
        if not text and not spans_known and number + 1 < len(header):
            text = _group_heading(header, number, column)
        text = " ".join(text.split())
        if not text or (levels and levels[-1] == text):
            continue
        if number and _breaks_words(header[number - 1], row):
            levels[-1] = f"{levels[-1]} {text}"
        else:
            levels.append(text)
    return tuple(levels)


def _group_heading(header: Sequence[Row], number: int, column: int) -> str:
    """Find the heading a lost span left to the left, where a lower level stands in this column."""
    if not any(row.slots[column].text for row in header[number + 1 :]):
        return ""
    for left in range(column - 1, -1, -1):
        if header[number].slots[left].text:
            return header[number].slots[left].text
    return ""
