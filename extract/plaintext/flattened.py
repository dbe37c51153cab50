"""Text flattened by a converter (`pdftotext -layout`): tables drawn with blanks, letterheads side by side, prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.document import Cell, Paragraph, Table
from extract.linebreaks import ITEM_START
from extract.plaintext.columns import crosses, cut, find_columns, learn_columns, segments
from extract.plaintext.lines_to_rows import NUMBER, first_lines
from extract.plaintext.residue import clean
from extract.plaintext.wrapping import join_wrapped, wrap_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.document import Block
    from extract.plaintext.columns import Column

_MIN_COLUMNS = 3
_MAX_BLANK = 2  # blank lines inside a table
_PAGE_NUMBER = regex.compile(r"\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*$")


def is_flattened(lines: list[str]) -> bool:
    """Tell text laid out with blanks: several lines of three stretches, no tabs."""
    wide = [line for line in lines if "\t" not in line and len(segments(line.strip())) >= _MIN_COLUMNS]
    tabbed = sum("\t" in line for line in lines)
    return len(wide) >= 3 and len(wide) > tabbed


def flattened_blocks(text: str) -> Iterator[Block]:
    """Give the blocks of flattened text, page by page (form feeds)."""
    pages = [
        page.expandtabs(8).split("\n") for page in text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    ]
    marked = [(page, table_regions(page)) for page in pages]
    prose = [
        line
        for page, regions in marked
        for number, line in enumerate(page)
        if not any(first <= number < last for first, last in regions) and len(segments(line)) == 1
    ]
    width = wrap_width([line.strip() for line in prose])
    heading: list[str] = []
    for page, regions in marked:
        start = 0
        for first, last in regions:
            yield from _prose(page[start:first], width)
            table, heading = _table(page[first:last], heading)
            yield table
            start = last
        yield from _prose(page[start:], width)


def table_regions(lines: list[str]) -> list[tuple[int, int]]:
    """Give the line ranges of tables: from a line of three stretches on, while lines keep to its columns."""
    regions: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if len(segments(lines[at])) < _MIN_COLUMNS:
            at += 1
            continue
        last = _end(lines, at)
        rows = [line for line in lines[at:last] if line.strip()]
        if len(rows) >= 2 and len(find_columns(rows)) >= _MIN_COLUMNS:
            first = _heading_above(lines, at, find_columns(rows), regions[-1][1] if regions else 0)
            regions.append((first, last))
            at = last
        else:
            at += 1
    return regions


def _end(lines: list[str], first: int) -> int:
    """Give one past the last line of the table that begins at `first`."""
    last, blank = first + 1, 0
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            blank += 1
            if blank > _MAX_BLANK:
                break
            continue
        if blank and len(segments(line)) < _MIN_COLUMNS and not _goes_on(lines, number, first, last):
            break
        blank = 0
        last = number + 1
    return last


def _goes_on(lines: list[str], number: int, first: int, last: int) -> bool:
    """Tell whether lines after a blank one still belong to the table: a numbered row follows, or they fit."""
    columns = find_columns([line for line in lines[first:last] if line.strip()])
    ahead = [line for line in lines[number : number + 12] if len(segments(line)) >= _MIN_COLUMNS]
    if not columns:
        return False
    if any(NUMBER.match(segments(line)[0].text) and not crosses(line, columns) for line in ahead):
        return True
    found = segments(lines[number])
    starts = [column.starts for column in columns]
    return all(any(start[span.start] for start in starts) for span in found) and not crosses(
        lines[number], columns
    )


def _heading_above(lines: list[str], first: int, columns: list[Column], floor: int) -> int:
    """Take in lines of a centred heading that stand above its widest line ("Thời gian" over "hoàn thành")."""
    start = first
    while start > floor and lines[start - 1].strip() and not crosses(lines[start - 1], columns):
        found = segments(lines[start - 1])
        if (
            len(found) == 1
            and abs((found[0].start + found[0].end) - (columns[0].start + len(lines[first]))) < 12
        ):
            break  # a title in the middle of the page
        start -= 1
    return start


def _table(lines: list[str], heading: list[str]) -> tuple[Table, list[str]]:
    """Give the table, and its heading: the first one of a document tells where it ends on later pages."""
    kept = [number for number, line in enumerate(lines) if line.strip()]
    rows = [lines[number] for number in kept]
    columns = learn_columns(rows)
    single = [_is_title(line, columns) for line in rows]
    texts = [
        _title_cells(line, len(columns)) if alone else cut(rows, index, columns)
        for index, (line, alone) in enumerate(zip(rows, single, strict=True))
    ]
    blank_before = [number > 0 and not lines[number - 1].strip() for number in kept]
    begins = first_lines(texts, blank_before, single)
    again = _repeated(texts, heading)
    if again:
        begins = sorted({0, again, *(begin for begin in begins if begin > again)})
    cells = []
    for row, (first, last) in enumerate(zip(begins, [*begins[1:], len(rows)], strict=True)):
        for column in range(len(columns)):
            piece = clean(_joined([texts[index][column] for index in range(first, last)]))
            if piece.text or column == 0:
                cells.append(Cell(row, column, piece.text, bold=piece.bold))
    table = Table(tuple(cells), len(begins), len(columns), "text", spans_known=False)
    return table, heading or [cell.text for cell in cells if cell.row == 0 and cell.text]


def _repeated(texts: list[list[str]], heading: list[str]) -> int:
    """Count the leading lines that say the heading again."""
    known = " ".join(heading).split()
    count = 0
    for line in texts:
        words = " ".join(line).split()
        if not words or any(word not in known for word in words):
            break
        count += 1
    return count if count < len(texts) else 0


def _is_title(line: str, columns: list[Column]) -> bool:
    """Tell a section's title, a row by itself: one stretch over the columns, perhaps behind its number."""
    found = segments(line)
    if len(found) > 2 or not crosses(line, columns) or found[0].start > columns[0].start + 3:
        return False
    if len(found) == 2:
        return bool(NUMBER.match(found[0].text)) and found[1].text.upper() == found[1].text
    label = found[0].text.split()[0]
    return not label.isdigit()


def _title_cells(line: str, count: int) -> list[str]:
    found = segments(line)
    return [*(span.text for span in found), *([""] * (count - len(found)))]


def _joined(parts: list[str]) -> str:
    """Join the lines of a cell; a bullet begins a line of its own."""
    joined = ""
    for part in parts:
        if part:
            bullet = ITEM_START.match(part) and not part[0].isalnum()
            joined = joined + ("\n" if bullet else " ") + part if joined else part
    return joined


def _prose(lines: list[str], width: int | None) -> Iterator[Paragraph]:
    """Paragraphs; lines of two far stretches (letterhead, signatures) are read left, then right."""
    run: list[str] = []
    pairs: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        found = segments(line)
        if len(found) == 2 and found[1].start - found[0].end >= 4 and found[1].start > 20:
            yield from _wrapped(run, width)
            run = []
            pairs.append((found[0].text, found[1].text))
            continue
        if pairs:
            yield from (Paragraph(clean(text).text) for side in zip(*pairs, strict=True) for text in side)
            pairs = []
        if not line.strip():
            yield from _wrapped(run, width)
            run = []
        elif not _PAGE_NUMBER.match(line):
            run.append(line)


def _wrapped(run: list[str], width: int | None) -> Iterator[Paragraph]:
    if not run:
        return
    margin = min(len(line) - len(line.lstrip()) for line in run)
    for line in join_wrapped([line[margin:] for line in run], width):
        piece = clean(line)
        if piece.text:
            yield Paragraph(piece.text, bold=piece.bold)
