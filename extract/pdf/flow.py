"""Text outside tables: runs to lines, lines to paragraphs in reading order."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.document import Alignment, Paragraph
from extract.pdf.lines import SAME_LINE, Line, begins_item, join_lines, line_ends, line_of
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.pdf.content import Run

COLUMN_GAP = 1.6  # of the letter size: a gap within a line that parts two columns (a tab, a letterhead)
INDENT = 8.0  # points by which a first line stands in
LOOSE = 1.22  # a line distance this much larger than the usual one begins a paragraph
ASKEW = 0.05  # part of the text's width by which a centred line may stand aside
MARGIN = 0.09  # part of the page's height where running page numbers stand

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)


def text_lines(runs: Sequence[Run]) -> list[list[Line]]:
    """Lines from top to bottom, each as its segments from left to right (more than one: columns)."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        last = groups[-1][-1] if groups else None
        if last is not None and run.baseline - last.baseline <= SAME_LINE * max(run.size, last.size):
            groups[-1].append(run)
        else:
            groups.append([run])
    result = []
    for group in groups:
        group.sort(key=lambda run: run.x0)
        segments: list[list[Run]] = []
        end = 0.0
        for run in group:
            if segments and run.x0 - end <= COLUMN_GAP * run.size:
                segments[-1].append(run)
            else:
                segments.append([run])
            end = max(end, run.x1) if segments[-1][0] is not run else run.x1
        lines = [line for segment in segments if (line := line_of(segment)).text]
        if lines:
            result.append(lines)
    return result


def drop_page_number(lines: list[list[Line]], height: float) -> list[list[Line]]:
    """Leave out a bare number that stands alone at the head or foot of the page."""
    kept = list(lines)
    if kept and kept[0][0].bottom < MARGIN * height and _is_page_number(kept[0]):
        del kept[0]
    if kept and kept[-1][0].top > (1 - MARGIN) * height and _is_page_number(kept[-1]):
        del kept[-1]
    return kept


def _is_page_number(segments: list[Line]) -> bool:
    return len(segments) == 1 and bool(_PAGE_NUMBER.fullmatch(segments[0].text))


def paragraphs(lines: list[list[Line]], page: int, body: tuple[float, float]) -> list[Paragraph]:
    """Paragraphs of consecutive lines; `body` is the left and right border of the page's text.

    Lines of several segments (a letterhead's two blocks) are read column by column, each line its own
    paragraph.
    """
    result: list[Paragraph] = []
    single: list[Line] = []
    block: list[list[Line]] = []
    for segments in lines:
        if len(segments) == 1 and not (block and _within_block(segments[0], block)):
            result += _columns(block, page, body)
            block = []
            single.append(segments[0])
        else:
            result += _single_column(single, page, body)
            single = []
            block.append(segments)
    return result + _columns(block, page, body) + _single_column(single, page, body)


def _within_block(line: Line, block: list[list[Line]]) -> bool:
    """Whether a lone line stands in one of the columns of the lines just above it."""
    above = block[-1]
    if line.baseline - above[0].baseline > 3.0 * line.size:
        return False
    if len(block[-1]) < 2 and len(block) < 2:
        return False
    columns = next((segments for segments in reversed(block) if len(segments) > 1), None)
    if columns is None:
        return False
    split = (columns[0].x1 + columns[1].x0) / 2
    return line.x1 < split + line.size or line.x0 > split - line.size


def _columns(block: list[list[Line]], page: int, body: tuple[float, float]) -> list[Paragraph]:
    if not block:
        return []
    widest = max(block, key=len)
    borders = [(a.x1 + b.x0) / 2 for a, b in pairwise(widest)]
    columns: list[list[Line]] = [[] for _ in range(len(borders) + 1)]
    for segments in block:
        for line in segments:
            middle = (line.x0 + line.x1) / 2
            columns[sum(middle > border for border in borders)].append(line)
    return [_paragraph([line], page, body) for column in columns for line in column]


def _single_column(lines: list[Line], page: int, body: tuple[float, float]) -> list[Paragraph]:
    if not lines:
        return []
    ended = _ended(lines, body)
    pitch = _usual_pitch(lines)
    result = []
    current = [lines[0]]
    for before, line, end in zip(lines, lines[1:], ended, strict=False):
        if _new_paragraph(before, line, current, ended=end, pitch=pitch, body=body):
            result.append(_paragraph(current, page, body))
            current = [line]
        else:
            current.append(line)
    result.append(_paragraph(current, page, body))
    return result


def _ended(lines: list[Line], body: tuple[float, float]) -> list[bool]:
    """For each line but the last: whether its typist ended it (centred lines have room on both sides)."""
    ended = []
    for pair in pairwise(lines):
        centred = alignment_of(pair[0], body) == "center"
        left = pair[0].x0 - (body[1] - pair[0].x1) if centred else body[0]
        ended.append(line_ends(pair, left, body[1]) == ["typed"])
    return ended


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Give the usual distance of baselines, in letter sizes."""
    pitches = sorted((b.baseline - a.baseline) / a.size for a, b in pairwise(lines) if a.size)
    return pitches[len(pitches) // 3] if pitches else 1.2


def _new_paragraph(  # noqa: PLR0913 - one decision over all that is known of two lines
    before: Line, line: Line, current: list[Line], *, ended: bool, pitch: float, body: tuple[float, float]
) -> bool:
    distance = (line.baseline - before.baseline) / max(before.size, 1.0)
    if ended or distance > max(pitch, 1.0) * LOOSE or distance < 0:
        return True
    if abs(line.size - before.size) > 0.15 * before.size:
        return True
    if alignment_of(line, body) == "center" and _stands_evenly(before, body):
        return line.bold != before.bold  # a title over two lines, the first of which may fill the width
    indented = line.x0 > before.x0 + INDENT and line.x0 > body[0] + INDENT
    if len(current) > 1 or before.x0 < line.x0 + INDENT:
        return indented or (begins_item(line.text) and line.x0 > body[0] + INDENT)
    return False


def alignment_of(line: Line, body: tuple[float, float]) -> Alignment:
    """How a line stands between the borders of the text."""
    left, right = line.x0 - body[0], body[1] - line.x1
    if left > INDENT and right > INDENT and _stands_evenly(line, body):
        return "center"
    return "right" if left > 4 * INDENT and right < INDENT else "left"


def _stands_evenly(line: Line, body: tuple[float, float]) -> bool:
    """Whether the room left and right of a line is the same."""
    return abs((line.x0 - body[0]) - (body[1] - line.x1)) < ASKEW * (body[1] - body[0])


def _paragraph(lines: list[Line], page: int, body: tuple[float, float]) -> Paragraph:
    box = (
        min(line.x0 for line in lines), min(line.top for line in lines),
        max(line.x1 for line in lines), max(line.bottom for line in lines),
    )  # fmt: skip
    bold = sum(len(line.text) if line.bold else -len(line.text) for line in lines) > 0
    text = tidy(join_lines([line.text for line in lines]).replace("\n", " "))
    alignments = {alignment_of(line, body) for line in lines}
    alignment = alignments.pop() if len(alignments) == 1 else "center" if _centred(lines, body) else "left"
    return Paragraph(text, page, box, alignment, bold)


def _centred(lines: list[Line], body: tuple[float, float]) -> bool:
    return alignment_of(lines[-1], body) == "center" and all(_stands_evenly(line, body) for line in lines)
