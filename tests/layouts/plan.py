"""A document as its author means it: letterhead, prose, tables of rows, and the task rows to be found.

Documents are written by hand in `plans/*.txt` (task tables) and `others/*.txt` (none), one line a row:

    issuer: SỞ NỘI VỤ                     before the first table: lines of the letterhead and the text
    table: PHỤ LỤC 1                      begins a table (its title may be empty)
    columns: stt=TT | task=Nội dung | lead+support=Đơn vị > Chủ trì, phối hợp | extra=Mã | …
    # I | CÔNG TÁC CHỈ ĐẠO                 a section row: label, title
    1 | Ban hành kế hoạch | … | …          a task row
    = 2 | Nhóm nhiệm vụ về … |             a group heading: its work is all in the rows below it
    ! 3 | | | …                            a numbered row without content: no task

In a cell `//` ends a paragraph, `^` is the cell above going on downwards, `<` the cell to the left going on
sideways, `A ;; B` under the role `lead+support` is one cell for both ("Chủ trì: A; phối hợp: B").
`A > B` in a heading are its levels. A column without role is `extra`; in a `mark` column an "x" says that the
work is due in the quarter or month of its heading; in tables that are no task tables
roles do not matter and every row is expected to be found as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
ROLES = (
    "objective", "task", "activity", "product", "lead", "support", "oversight",
    "start", "deadline", "status", "funding", "note",
)  # fmt: skip
COLUMNS = ("section_label", "section_title", "stt", *ROLES, "extra")

RowKind = Literal["section", "task", "group", "empty"]


@dataclass(frozen=True, slots=True)
class Column:
    """Its role in `ROLES`, "stt", "section", "lead+support" or "extra", and its heading by levels."""

    role: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    kind: RowKind
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanTable:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One document; `head` are (name, text) lines in order; `has_tasks` says which folder it is from."""

    name: str
    head: tuple[tuple[str, str], ...]
    tables: tuple[PlanTable, ...]
    has_tasks: bool
    text: tuple[str, ...] = field(default=())

    def of(self, name: str, default: str = "") -> str:
        return next((text for key, text in self.head if key == name), default)

    def tasks(self, sideways: bool = True) -> list[dict[str, str]]:
        """The expected task rows, empty columns left out; `extra` joins its texts with " | ".

        Without `sideways`, a cell merged to the right is only in its first column: tab-separated text has
        an empty field there, and nothing tells it from an empty cell.
        """
        if not self.has_tasks:
            return []
        return [row for table in self.tables for row in _tasks_of(table, sideways)]


def parse_plan(name: str, text: str, has_tasks: bool) -> Plan:
    head: list[tuple[str, str]] = []
    tables: list[PlanTable] = []
    title: str | None = None
    columns: tuple[Column, ...] = ()
    rows: list[PlanRow] = []

    def close() -> None:
        if title is not None:
            tables.append(PlanTable(title, columns, tuple(rows)))
            rows.clear()

    for line in text.splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        if line.startswith("table:"):
            close()
            title = line.removeprefix("table:").strip()
        elif line.startswith("columns:"):
            columns = parse_columns(line.removeprefix("columns:"))
        elif title is None:
            key, _, value = line.partition(":")
            head.append((key.strip(), value.strip()))
        else:
            rows.append(_row(line, len(columns), name))
    close()
    prose = tuple(value for key, value in head if key == "text")
    return Plan(name, tuple(head), tuple(tables), has_tasks, prose)


def load(folder: Literal["plans", "others"]) -> list[Plan]:
    return [
        parse_plan(path.stem, path.read_text(encoding="utf-8"), folder == "plans")
        for path in sorted((HERE / folder).glob("*.txt"))
    ]


def parse_columns(text: str) -> tuple[Column, ...]:
    return tuple(_column(part) for part in text.split("|"))


def _column(part: str) -> Column:
    role, _, heading = part.partition("=")
    return Column(role.strip(), tuple(level.strip() for level in heading.split(">")))


def _row(line: str, width: int, name: str) -> PlanRow:
    kind: RowKind = "task"
    marks: dict[str, RowKind] = {"# ": "section", "= ": "group", "! ": "empty"}
    for mark, meaning in marks.items():
        if line.startswith(mark):
            kind, line = meaning, line.removeprefix(mark)
    cells = [cell.strip() for cell in line.split("|")]
    if kind == "section":
        return PlanRow(kind, tuple(cells))
    if len(cells) > width:
        raise ValueError(f"{name}: {len(cells)} cells in {width} columns: {line}")
    return PlanRow(kind, tuple(cells + [""] * (width - len(cells))))


def paragraphs(cell: str) -> str:
    return "\n".join(part.strip() for part in cell.split("//"))


def resolved(table: PlanTable, sideways: bool = True) -> list[tuple[str, ...]]:
    """The cells of each row with shared ones repeated; a section row as it stands."""
    out: list[tuple[str, ...]] = []
    above = [""] * len(table.columns)
    for row in table.rows:
        if row.kind == "section":
            out.append(row.cells)
            above = [""] * len(table.columns)
            continue
        cells: list[str] = []
        for index, cell in enumerate(row.cells):
            text = (
                above[index]
                if cell == "^"
                else (cells[index - 1] if sideways else "")
                if cell == "<"
                else paragraphs(cell)
            )
            cells.append(text)
        above = cells
        out.append(tuple(cells))
    return out


def _tasks_of(table: PlanTable, sideways: bool) -> list[dict[str, str]]:
    tasks: list[dict[str, str]] = []
    section, group = ("", ""), None
    for row, cells in zip(table.rows, resolved(table, sideways), strict=True):
        by_role = dict(zip((column.role for column in table.columns), cells, strict=False))
        if row.kind == "section":
            section, group = (cells[0], paragraphs(cells[1])), None
        if row.kind == "group":  # what is filed under it is told by its number: 1a, b, 1.1 but not 2
            group = (by_role.get("stt", ""), by_role.get("task", ""))
        if row.kind != "task":
            continue
        if by_role.get("stt", "").isdigit():
            group = None
        label, title = group or section
        task = {"section_label": label, "section_title": title, "filed_under": "group" if group else ""}
        extra: list[str] = []
        for column, text in zip(table.columns, cells, strict=True):
            if column.role == "extra":
                extra += [text] if text else []
            elif column.role == "mark":
                extra += [text] if text else []
                due = [task.get("deadline", ""), column.levels[-1] if text else ""]
                task["deadline"] = ", ".join(filter(None, due))
            elif column.role == "section":
                label, dot, title = text.partition(". ")
                task["section_label"], task["section_title"] = (label, title) if dot else ("", text)
            elif column.role == "lead+support":
                task["lead"], _, task["support"] = (part.strip() for part in text.partition(";;"))
            else:
                task[column.role] = text
        task["extra"] = " | ".join(extra)
        tasks.append({key: text for key, text in task.items() if text})
    return tasks
