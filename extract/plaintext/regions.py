"""Where the tables of a flattened text stand: from a heading over several columns to a signature, a title or prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.headings import match_heading
from extract.labels import parse_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.plaintext.page_lines import PageLine, Span

MIN_COLUMNS = 3
_MAX_BLANK = 2  # blank lines inside a table
_SURE = 0.5  # confidence of a heading's wording
_COVERED = 0.4  # of its words
_NUMBER_HEADING = regex.compile(r"(?:s[ốo]\s*)?(?:stt|tt|st|t|số)\.?$", regex.IGNORECASE)
_END = regex.compile(
    r"(?:Nơi nhận|NƠI NHẬN|Ghi chú\s*:|GHI CHÚ|Lưu ý\s*:)|(?:TM|KT|TL|TUQ|Q)\.\s*\p{Lu}|T/M\b|NGƯỜI LẬP"
    r"|THỦ TRƯỞNG|\(?Đã ký\)?$"
)
_TITLE = regex.compile(
    r"(?:phụ lục|biểu(?: mẫu)?(?: số)?\s*\d*|mẫu số|danh mục|kế hoạch)\b", regex.IGNORECASE
)
_UNIT_NOTE = regex.compile(r"\(|đơn vị(?: tính)?\s*:|đvt", regex.IGNORECASE)
_LONGEST_HEADING = 60
_SHORT_HEADING = 24
_HEADING_LINES = 5  # above and below the line that names the columns
_FOLLOWING = 6


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of one table: first, one past the last, and the line of the heading that names the columns."""

    first: int
    last: int
    core: int


def find_regions(lines: Sequence[PageLine]) -> list[Region]:
    """Give the tables in order; they do not overlap."""
    cores = [number for number in range(len(lines)) if _is_core(lines, number)]
    regions: list[Region] = []
    for core in cores:
        if regions and core < regions[-1].last:
            before = regions[-1]
            if _says_again(lines, before, core):
                continue
            first = _first(lines, core, before.core + 1)
            regions[-1] = Region(before.first, _without_title(lines, first), before.core)
            regions.append(Region(first, _last(lines, core), core))
            continue
        floor = regions[-1].last if regions else 0
        regions.append(Region(_first(lines, core, floor), _last(lines, core), core))
    return [region for region in regions if region.last - region.first > 1]


def is_number_heading(text: str) -> bool:
    """Tell the heading of the running numbers: "STT", "TT", "Số TT"."""
    return _NUMBER_HEADING.match(text) is not None


def begins_row(text: str) -> bool:
    """Tell a running number; the "T" under "ST" is none, but the end of the heading "STT" in a narrow column."""
    return parse_label(text) is not None and not is_number_heading(text)


def is_numbering(line: PageLine) -> bool:
    """Tell the row that numbers the columns: "1 2 3 …", "(1) (2) …", "A B C …"."""
    return len(line.segments) >= MIN_COLUMNS and all(parse_label(span.text) for span in line.segments)


def names_columns(line: PageLine) -> bool:
    """Tell a line of headings: three stretches or more, two of them with the wording of headings."""
    found = line.segments
    if len(found) < MIN_COLUMNS or max(len(span.text) for span in found) > _LONGEST_HEADING:
        return False
    if is_number_heading(found[0].text):
        return any(_is_heading(span) for span in found[1:])
    if parse_label(found[0].text):
        return False
    return 2 * sum(_is_heading(span) for span in found) > len(found)


def _is_heading(span: Span) -> bool:
    match = match_heading(span.text)
    return match is not None and match.confidence >= _SURE and match.coverage >= _COVERED


def _is_core(lines: Sequence[PageLine], number: int) -> bool:
    if names_columns(lines[number]):
        return not (
            number and names_columns(lines[number - 1]) and lines[number].page == lines[number - 1].page
        )
    if len(lines[number].segments) < MIN_COLUMNS:
        return False
    below = lines[number + 1 : number + 1 + _FOLLOWING]
    return sum(len(line.segments) >= MIN_COLUMNS for line in below) >= 2


def _says_again(lines: Sequence[PageLine], region: Region, core: int) -> bool:
    """Tell a line inside a table from the heading of another: a row, or the heading printed again overleaf."""
    line = lines[core]
    if not names_columns(line):
        return True
    first = _first(lines, core, region.core + 1)
    parted = lines[first].blank_before or _looks_like_title(lines[first - 1])
    if not (parted or is_number_heading(line.segments[0].text)):
        return True
    before, here = lines[region.core].text.split(), lines[core].text.split()
    words = set(" ".join(line.text for line in lines[region.first : region.core + _HEADING_LINES]).split())
    return before == here or sum(word in words for word in here) >= 0.8 * len(here)


def _looks_like_title(line: PageLine) -> bool:
    text = line.segments[0].text
    return len(line.segments) == 1 and text.isupper()


def _first(lines: Sequence[PageLine], core: int, floor: int) -> int:
    """Take in the lines of a centred heading above the line that names the columns ("Thời gian" over "hoàn thành")."""
    first = core
    while first > max(floor, core - _HEADING_LINES) and _is_above(lines[first - 1], lines[first : core + 1]):
        first -= 1
    return first


def _is_above(line: PageLine, below: Sequence[PageLine]) -> bool:
    """Tell a line of headings over those of `below`, the last of which names the columns."""
    if line.page != below[0].page or below[0].blank_before > 1:
        return False
    found = line.segments
    texts = [span.text for span in found]
    if any(len(text) > _LONGEST_HEADING or _END.match(text) for text in texts) or _UNIT_NOTE.match(texts[0]):
        return False
    if len(found) == 1 and _TITLE.match(texts[0]):
        return False
    if len(found) == 1 and texts[0].isupper() and " " in texts[0] and not below[-1].text.isupper():
        return False  # a title, unless the headings are in capitals too
    return all(_goes_on_below(span, below) or _is_heading(span) for span in found)


def _goes_on_below(span: Span, below: Sequence[PageLine]) -> bool:
    """Tell a stretch with nothing under it, or words that go on in small letters or stand over one column."""
    for line in below:
        under = [other for other in line.segments if other.start < span.end and span.start < other.end]
        if under:
            return len(under) == 1 and (under[0].text[0].islower() or len(span.text) <= _SHORT_HEADING)
    return True


def _last(lines: Sequence[PageLine], core: int) -> int:
    """Give one past the last line of the table: before its signature, a title, or a wide stretch of white."""
    for number in range(core + 1, len(lines)):
        line = lines[number]
        first = line.segments[0].text
        if _END.match(first) and len(line.segments) < MIN_COLUMNS:
            return number
        if len(line.segments) == 1 and first.isupper() and _TITLE.match(first) and line.segments[0].start > 8:
            return number
        if line.blank_before > _MAX_BLANK and line.page == lines[number - 1].page:
            ahead = [other for other in lines[number : number + _FOLLOWING] if other.page == line.page]
            if not any(len(other.segments) >= MIN_COLUMNS for other in ahead):
                return number
    return len(lines)


def _without_title(lines: Sequence[PageLine], last: int) -> int:
    """Leave out the title of the next table above its heading."""
    end = last
    while end > 1 and len(lines[end - 1].segments) == 1 and lines[end - 1].segments[0].start > 2:
        end -= 1
    return end
