"""Text flattened by a converter (`pdftotext -layout`): tables drawn with blanks, letterheads side by side, prose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.document import Cell, Paragraph, Table
from extract.labels import parse_label, split_label
from extract.linebreaks import ITEM_START, seam
from extract.plaintext.cutting import CutLine, cut_pages
from extract.plaintext.gutters import find_seams
from extract.plaintext.heading_cells import heading_cells, heading_end
from extract.plaintext.page_lines import PageLine, Span, page_lines, segments
from extract.plaintext.regions import MIN_COLUMNS, begins_row, find_regions, is_number_heading, is_numbering
from extract.plaintext.residue import clean
from extract.plaintext.row_cuts import Cells, find_cells
from extract.plaintext.wrapping import join_wrapped, wrap_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.document import Block
    from extract.plaintext.regions import Region


_ASIDE = 2  # characters a cell may begin beside its column's place
_AROUND = 8  # … where a word with a capital might be its first
_CLOSE = 1.0  # contradicted lines: by less, another number of columns was right in 10 of 31 tables
_GUESSED = 0.6  # confidence of such a table
_HEADING_LINES = 9  # a heading with its numbering row has no more


def is_flattened(lines: list[str]) -> bool:
    """Tell text laid out with blanks: several lines of three stretches, no tabs."""
    wide = [line for line in lines if "\t" not in line and len(segments(line.strip())) >= MIN_COLUMNS]
    tabbed = sum("\t" in line for line in lines)
    return len(wide) >= 3 and len(wide) > tabbed


def flattened_blocks(text: str) -> Iterator[Block]:
    """Give the blocks of flattened text in order."""
    lines = page_lines(text)
    regions = find_regions(lines)
    inside = {number for region in regions for number in range(region.first, region.last)}
    prose = [
        line.text.strip()
        for number, line in enumerate(lines)
        if number not in inside and len(line.segments) == 1
    ]
    width = wrap_width(prose)
    start = 0
    for region in regions:
        if region.first < start:
            continue
        table, last = _table(lines, region)
        yield from _prose(lines[start : region.first], width)
        yield table
        start = last
    yield from _prose(lines[start:], width)


def _table(lines: Sequence[PageLine], region: Region) -> tuple[Table, int]:
    """Give the table of a region, and one past its last line."""
    own = list(lines[region.first : region.last])
    pages = _by_page(own)
    seams, sure = find_seams(pages)
    titles = [
        [_is_title(line, places, below) for line, below in zip(page, [*page[1:], None], strict=True)]
        for page, places in zip(pages, seams, strict=True)
    ]
    plain = [
        [line for line, title in zip(page, alone, strict=True) if not title]
        for page, alone in zip(pages, titles, strict=True)
    ]
    head_words = _head_words(own, region.core - region.first)
    body: list[CutLine] = []
    across: list[bool] = []
    heads = 0
    for number, (page, alone, cells) in enumerate(zip(pages, titles, cut_pages(plain, seams), strict=True)):
        rest = iter(cells)
        cut = [
            _across(line, len(seams[0]) + 1) if title else next(rest)
            for line, title in zip(page, alone, strict=True)
        ]
        again = _repeated(cut, head_words) if number else 0
        heads = heads or (_as_long(body, cut[:again]) if number else _numbering_at(page))
        body += cut[again:]
        across += alone[again:]
    numbered = _numbered(body, across)
    if numbered is None:
        across = [alone or _is_numbered_title(body, number) for number, alone in enumerate(across)]
    found = find_cells(body, numbered, across, heads or heading_end(body, across))
    table = _built(body, found)
    return replace(table, confidence=table.confidence if sure >= _CLOSE else _GUESSED), region.last


def _by_page(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    pages: list[list[PageLine]] = []
    for line in lines:
        if not pages or pages[-1][0].page != line.page:
            pages.append([])
        pages[-1].append(line)
    return pages


def _is_title(line: PageLine, seams: Sequence[int], below: PageLine | None) -> bool:
    """Tell a section's title, a row by itself: one stretch over the columns, perhaps behind its number.

    "II   XÂY DỰNG VÀ TỔ CHỨC …", "I. CÔNG TÁC CHỈ ĐẠO" where numbers stand in a column of their own, or in the
    first column of a table without numbers.
    """
    found = line.segments
    if len(found) > 2 or not seams:
        return False
    title = found[-1]
    over = sum(title.start < seam - 1 and title.end > seam + 1 for seam in seams)
    if len(found) == 2:
        label = parse_label(found[0].text)
        if label is None or not over:
            return False
        if title.text.isupper() or label.kind in ("roman", "upper"):
            return True
        if over == 1:
            return _goes_through(line, seams) and below is not None and begins_row(below.segments[0].text)
        return not _holds_cells(line, seams)
    if title.start >= seams[0]:
        return False
    number, words = split_label(title.text)
    label = parse_label(number) if number else None
    if label is not None and words:
        return label.kind in ("roman", "upper") or (over > 0 and not _holds_cells(line, seams))
    return over > 1 and not _holds_cells(line, seams)


def _goes_through(line: PageLine, seams: Sequence[int]) -> bool:
    """Tell words that run on in small letters where a column begins: "Công tác chuẩn bị trước mùa | mưa bão"."""
    seam = next(place for place in seams if place > line.segments[-1].start + 1)
    return all(word.text[0].islower() for word in line.words if abs(word.start - seam) <= _AROUND)


def _is_numbered_title(lines: Sequence[CutLine], at: int) -> bool:
    """Tell "1. Hoàn thiện thể chế" alone on its line, in a table without a column of numbers."""
    texts = lines[at].texts
    if not at or any(texts[1:]) or at + 1 == len(lines) or not lines[at + 1].texts[0]:
        return False
    number, words = split_label(texts[0])
    return bool(number and words) and not lines[at + 1].texts[0][0].islower()


def _holds_cells(line: PageLine, seams: Sequence[int]) -> bool:
    """Tell cells one blank apart from a title: where columns begin, words begin with capitals."""
    capitals = [word.start for word in line.words[1:] if word.text[0].isupper() or word.text[0].isdigit()]
    begun = sum(any(abs(start - seam) <= _ASIDE for start in capitals) for seam in seams)
    return begun >= max(2, sum(seam < line.words[-1].end for seam in seams) / 2)


def _across(line: PageLine, count: int) -> CutLine:
    cells: list[Span | None] = [None] * count
    for column, span in enumerate(line.segments[:count]):
        cells[column] = span
    return CutLine(line, tuple(cells))


def _head_words(lines: Sequence[PageLine], core: int) -> set[str]:
    words: set[str] = set()
    for number, line in enumerate(lines):
        if number > core and (
            number > core + 4 or begins_row(line.segments[0].text) or line.page != lines[0].page
        ):
            break
        words |= set(line.text.split())
    return words


def _repeated(lines: Sequence[CutLine], words: set[str]) -> int:
    """Count the leading lines of a page that print the heading again, its numbering row with them."""
    count = 0
    for line in lines:
        said = line.line.text.split()
        if not all(word in words for word in said):
            break
        count += 1
    if not count or sum(len(line.line.segments) for line in lines[:count]) < MIN_COLUMNS:
        return 0
    if count < len(lines) and is_numbering(lines[count].line):
        count += 1
    return count


def _numbering_at(lines: Sequence[PageLine]) -> int:
    """Give one past the numbering row under a heading, 0 where there is none."""
    return next((n + 1 for n, line in enumerate(lines[:_HEADING_LINES]) if n and is_numbering(line)), 0)


def _as_long(lines: Sequence[CutLine], again: Sequence[CutLine]) -> int:
    """Give how many lines say what the heading printed again says, 0 where that cannot be told."""
    wanted = Counter(word for line in again for word in line.line.text.split())
    said: Counter[str] = Counter()
    for number, line in enumerate(lines[: _HEADING_LINES if wanted else 0]):
        said.update(line.line.text.split())
        if said == wanted:
            return number + 1
    return 0


def _numbered(lines: Sequence[CutLine], across: Sequence[bool]) -> list[bool] | None:
    """Tell which lines have a running number; None when the first column holds none."""
    first = [line.texts[0] for line in lines]
    flags = [bool(text) and (parse_label(text) is not None or is_number_heading(text)) for text in first]
    entries = sum(bool(text) and not alone for text, alone in zip(first, across, strict=True))
    numbers = sum(flag and not alone for flag, alone in zip(flags, across, strict=True))
    return flags if numbers >= 2 and numbers >= 0.5 * entries else None


def _built(lines: Sequence[CutLine], found: Cells) -> Table:
    count = len(found.cells)
    first, last = found.groups[0].rows[0]
    numbering = last - 1 if last - first > 1 and is_numbering(lines[last - 1].line) else last
    cells, below = heading_cells(lines[first:numbering])
    if numbering < last:
        cells += [Cell(below, column, text) for column, text in enumerate(lines[numbering].texts) if text]
        below += 1
    titles: set[int] = set()
    row = below
    for group in found.groups[1:]:
        if group.across:
            cells += _title_cells(lines[group.rows[0][0]], row, count)
            titles.add(row)
        row += len(group.rows)
    for column, own in enumerate(found.cells):
        for top, bottom, begin, end in own[1:]:
            at = top - 1 + below
            piece = clean(_joined([line.texts[column] for line in lines[begin:end]]))
            if at not in titles and (piece.text or not column):
                cells.append(Cell(at, column, piece.text, row_span=bottom - top + 1, bold=piece.bold))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(tuple(cells), row, count, "text", spans_known=True)


def _title_cells(line: CutLine, row: int, count: int) -> list[Cell]:
    texts = [text for text in line.texts if text]
    cells = [Cell(row, column, clean(text).text) for column, text in enumerate(texts)]
    return [*cells[:-1], cells[-1]._replace(column_span=count - len(cells) + 1)]


def _joined(parts: Sequence[str]) -> str:
    """Join the lines of a cell; a bullet begins a line of its own."""
    joined = ""
    for part in parts:
        if part:
            bullet = ITEM_START.match(part) and not part[0].isalnum()
            joined = joined + ("\n" if bullet else seam(joined, part)) + part if joined else part
    return joined


def _prose(lines: Sequence[PageLine], width: int | None) -> Iterator[Paragraph]:
    """Paragraphs; lines of two far stretches (letterhead, signatures) are read left, then right."""
    run: list[str] = []
    pairs: list[tuple[str, str]] = []
    for line in [*lines, None]:
        found = line.segments if line else ()
        if len(found) == 2 and found[1].start - found[0].end >= 4 and found[1].start > 20:
            yield from _wrapped(run, width)
            run = []
            pairs.append((found[0].text, found[1].text))
            continue
        if pairs:
            yield from (Paragraph(clean(text).text) for side in zip(*pairs, strict=True) for text in side)
            pairs = []
        if line is None or line.blank_before:
            yield from _wrapped(run, width)
            run = []
        if line is not None:
            run.append(line.text)
    yield from _wrapped(run, width)


def _wrapped(run: list[str], width: int | None) -> Iterator[Paragraph]:
    if not run:
        return
    margin = min(len(line) - len(line.lstrip()) for line in run)
    for line in join_wrapped([line[margin:] for line in run], width):
        piece = clean(line)
        if piece.text:
            yield Paragraph(piece.text, bold=piece.bold)
