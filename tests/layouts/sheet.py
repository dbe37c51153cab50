"""A logical table laid out on a grid: cells with spans, as every writer draws them."""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.layouts.plan import paragraphs

if TYPE_CHECKING:
    from tests.layouts.layout import Layout
    from tests.layouts.plan import Column, PlanTable


@dataclass(frozen=True, slots=True)
class Box:
    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Boxes that cover the whole grid; `header_rows` from the top are headings (with the numbering row)."""

    boxes: tuple[Box, ...]
    row_count: int
    column_count: int
    header_rows: int

    def grid(self, covered: str | None = None) -> list[list[str]]:
        """The text of each position; of a covered one, `covered` or the text that covers it."""
        rows = [[""] * self.column_count for _ in range(self.row_count)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.row_span):
                for column in range(box.column, box.column + box.column_span):
                    anchor = (row, column) == (box.row, box.column)
                    rows[row][column] = box.text if anchor or covered is None else covered
        return rows


def lay_out(table: PlanTable, layout: Layout) -> list[Sheet]:
    """Give the sheets of one table: one, or several where rows are cut in the middle."""
    sheet = _whole(table, layout)
    if layout.spare_columns:
        sheet = _spread(sheet)
    return _cut(sheet, layout)


def _whole(table: PlanTable, layout: Layout) -> Sheet:
    kept = [
        index
        for index, column in enumerate(table.columns)
        if not (layout.numbers == "none" and column.role == "stt")
    ]
    columns = [table.columns[index] for index in kept]
    boxes = _headings(columns, layout)
    row = header_rows = max(box.row + box.row_span for box in boxes)
    body: list[list[Box]] = []
    for plan_row in table.rows:
        if plan_row.kind == "section":
            body.append(_section(plan_row.cells, row, len(columns), layout))
        else:
            cells = [plan_row.cells[index] for index in kept]
            body.append(_cells(cells, columns, row, plan_row.kind == "group", layout))
        row += 1
    boxes += _merged(body, layout)
    return Sheet(tuple(boxes), row, len(columns), header_rows)


def _headings(columns: list[Column], layout: Layout) -> list[Box]:
    paths = _paths(columns, layout.header_levels)
    depth = max(map(len, paths))
    boxes: list[Box] = []
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            end = column + 1
            if level < len(path) - 1:
                while end < len(paths) and _under_one(path, paths[end], level):
                    end += 1
            if level < len(path):
                down = depth - level if level == len(path) - 1 else 1
                text = _broken(path[level]) if layout.broken_headings else path[level]
                boxes.append(Box(level, column, text, down, end - column, bold=True))
            column = end
    return boxes + _numbering(depth, len(paths), layout)


def _paths(columns: list[Column], levels: int) -> list[list[str]]:
    """The headings of each column from the top, a common one put above doers, then above doers and times."""
    paths = [list(column.levels) for column in columns]
    for heading, roles in (
        ("Phân công thực hiện", ("lead", "support")),
        ("Tổ chức thực hiện", ("lead", "support", "deadline")),
    ):
        if max(map(len, paths)) < levels:
            for path, column in zip(paths, columns, strict=True):
                if column.role in roles:
                    path.insert(0, heading)
    return paths


def _under_one(path: list[str], other: list[str], level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == path[: level + 1]


def _numbering(row: int, count: int, layout: Layout) -> list[Box]:
    if not layout.numbering:
        return []
    names = string.ascii_uppercase if layout.numbering == "A" else [str(n + 1) for n in range(count)]
    shape = "({})" if layout.numbering == "(1)" else "{}"
    return [Box(row, column, shape.format(names[column])) for column in range(count)]


def _broken(heading: str) -> str:
    words = heading.split()
    return "\n".join(" ".join(words[start : start + 2]) for start in range(0, len(words), 2))


def _section(cells: tuple[str, ...], row: int, width: int, layout: Layout) -> list[Box]:
    label, title = cells[0], paragraphs(cells[1])
    whole = f"{label}. {title}"
    if layout.sections == "across":
        return [Box(row, 0, whole, column_span=width, bold=True)]
    if layout.sections == "first":
        return [Box(row, 0, whole, bold=True), *(Box(row, column, "") for column in range(1, width))]
    if layout.sections == "plain":
        rest = [Box(row, column, "") for column in range(2, width)]
        return [Box(row, 0, label, bold=True), Box(row, 1, title, bold=True), *rest]
    return [Box(row, 0, label, bold=True), Box(row, 1, title, column_span=width - 1, bold=True)]


def _cells(cells: list[str], columns: list[Column], row: int, group: bool, layout: Layout) -> list[Box]:
    boxes = []
    for index, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        text = cell if cell in ("^", "<") else paragraphs(cell)
        if column.role == "lead+support" and ";;" in text:
            lead, support = (part.strip() for part in text.split(";;"))
            text = f"Chủ trì: {lead}; phối hợp: {support}"
        if column.role == "stt":
            text = _number(text, layout)
        boxes.append(Box(row, index, text, bold=group))
    return boxes


def _number(text: str, layout: Layout) -> str:
    if layout.numbers == "two" and text.isdigit():
        return text.zfill(2)
    if layout.numbers == "dot" and text and text != "^":
        return text + "."
    return "" if layout.numbers == "same" else text


def _merged(body: list[list[Box]], layout: Layout) -> list[Box]:
    """Resolve "^" and "<" as the layout draws shared cells."""
    open_boxes: dict[int, Box] = {}
    done: list[Box] = []
    for cells in body:
        for box in cells:
            target = {"^": box.column, "<": box.column - 1}.get(box.text)
            if target is None:
                covered = range(box.column, box.column + box.column_span)
                done += [open_boxes.pop(column) for column in covered if column in open_boxes]
                open_boxes[box.column] = box
                continue
            above = open_boxes[target]
            if layout.merges == "spans":
                if box.text == "^":
                    open_boxes[target] = replace(above, row_span=box.row - above.row + 1)
                else:
                    open_boxes[target] = replace(above, column_span=2)
                    if box.column in open_boxes:
                        done.append(open_boxes.pop(box.column))
                continue
            text = above.text if layout.merges == "repeat" or box.text == "<" else ""
            if box.column in open_boxes:
                done.append(open_boxes[box.column])
            open_boxes[box.column] = replace(box, text=text)
            if not text:
                done.append(open_boxes[box.column])
                open_boxes[box.column] = above
    done += open_boxes.values()
    unique = {(box.row, box.column): box for box in sorted(done, key=lambda box: box.row_span)}
    return sorted(unique.values(), key=lambda box: (box.row, box.column))


def _spread(sheet: Sheet) -> Sheet:
    boxes = [replace(box, column=2 * box.column, column_span=2 * box.column_span - 1) for box in sheet.boxes]
    covered = {
        (row, column)
        for box in boxes
        for row in range(box.row, box.row + box.row_span)
        for column in range(box.column, box.column + box.column_span)
    }
    boxes += [
        Box(row, column, "")
        for row in range(sheet.row_count)
        for column in range(1, 2 * sheet.column_count - 1, 2)
        if (row, column) not in covered
    ]
    return Sheet(tuple(boxes), sheet.row_count, 2 * sheet.column_count - 1, sheet.header_rows)


def _cut(sheet: Sheet, layout: Layout) -> list[Sheet]:
    """Cut rows in the middle: what of a cell does not fit on the page goes on in the next sheet."""
    rows = [
        row
        for row in range(sheet.header_rows, sheet.row_count)
        if sum(len(box.text) > 30 for box in sheet.boxes if box.row == row and box.column_span == 1) >= 1
    ]
    at = [rows[index] for index in layout.cut if index < len(rows)]
    header = [box for box in sheet.boxes if box.row < sheet.header_rows]
    sheets: list[Sheet] = []
    first = sheet.header_rows
    pending: list[Box] = []
    for end in [*at, None]:
        last = sheet.row_count if end is None else end + 1
        top = sheet.header_rows if not sheets or layout.cut_header else 0
        offset = top + bool(pending) - first
        boxes = list(header) if top else []
        boxes += [replace(box, row=top) for box in pending]
        pending = []
        for box in sheet.boxes:
            if box.row + box.row_span <= first or box.row >= last or box.row < sheet.header_rows:
                continue
            start = max(box.row, first)
            stop = min(box.row + box.row_span, last)
            if box.row < first and (upper := _at(boxes, top, box.column)) is not None:
                boxes[boxes.index(upper)] = replace(upper, row_span=1 + stop - start)
                if end is not None and stop == last:
                    pending.append(replace(box, row=0, text="", row_span=1))
                continue
            text = box.text if start == box.row else ""
            rest = ""
            if end is not None and stop == last:
                if box.row == end and box.column_span == 1:
                    text, rest = _halves(text)
                pending.append(replace(box, row=0, text=rest, row_span=1))
            boxes.append(replace(box, row=start + offset, text=text, row_span=stop - start))
        sheets.append(Sheet(tuple(boxes), last + offset, sheet.column_count, top))
        first = last
    return sheets


def _at(boxes: list[Box], row: int, column: int) -> Box | None:
    return next((box for box in boxes if (box.row, box.column) == (row, column)), None)


def _halves(text: str) -> tuple[str, str]:
    words = text.split(" ")
    if len(text) <= 30 or len(words) < 4:
        return text, ""
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])
