"""The nouns of understanding a table: rows as read with their kinds, columns with their roles, tasks.

A `LogicalTable` is one table as its author meant it: page pieces joined, header found, columns in line.
Its rows are still what was read; nothing is filled in, repaired or dropped (that is `extract.tasks`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from extract.document import BBox, Method

RowKind: TypeAlias = Literal["header", "section", "numbering", "body", "continuation"]
TableKind: TypeAlias = Literal["task", "statistics", "letterhead", "signature", "other"]
Role: TypeAlias = Literal[
    "stt", "section", "objective", "task", "activity", "product", "lead", "support", "oversight",
    "start", "deadline", "status", "funding", "note", "extra",
]  # fmt: skip


class Slot(NamedTuple):
    """One position of a row: the text of the cell that covers it, and whether that cell began elsewhere.

    `above`: the cell began in an earlier row; `left`: in an earlier column; `tall`: it covers several rows.
    A named tuple: a long plan has ten thousand of them, and a frozen dataclass takes three times as long to make.
    """

    text: str = ""
    above: bool = False
    left: bool = False
    tall: bool = False
    bold: bool = False
    confidence: float = 1.0
    repaired: bool = False


@dataclass(frozen=True)  # no slots: `_filled` is kept
class Row:
    """One row as read. `piece` counts the page pieces of the table from 0; `bbox` is on `page`."""

    slots: tuple[Slot, ...]
    piece: int = 0
    page: int | None = None
    bbox: BBox | None = None
    kind: RowKind = "body"

    @property
    def cells(self) -> list[str]:
        """The text at every column, merged cells repeated."""
        return [slot.text for slot in self.slots]

    def filled(self) -> list[int]:
        """Give the columns where a cell with text begins (not those a merged cell only covers)."""
        return self._filled

    @cached_property
    def _filled(self) -> list[int]:
        return [
            column for column, slot in enumerate(self.slots) if slot.text and not slot.above and not slot.left
        ]

    def width(self, column: int) -> int:
        """How many columns the cell that begins at `column` covers."""
        end = column + 1
        while end < len(self.slots) and self.slots[end].left:
            end += 1
        return end - column


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading levels from outermost to leaf, the role found for it, and how sure that is."""

    headings: tuple[str, ...] = ()
    role: Role = "extra"
    confidence: float = 0.0
    guessed: bool = False

    @property
    def heading(self) -> str:
        """The flattened heading ("Đơn vị thực hiện / Chủ trì")."""
        return " / ".join(self.headings)


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """One table as its author meant it; `title` is what stands above it ("Phụ lục …"), "" if nothing does.

    `periods`: columns that tell the time by crosses, with the period each stands for. `stages`: columns that
    tell when each step of the work is due, with its name. `block`: where it begins in `Document.blocks`.
    """

    index: int
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    method: Method
    title: str = ""
    kind: TableKind = "other"
    spans_known: bool = True
    confidence: float = 1.0
    periods: dict[int, str] = field(default_factory=dict)
    stages: dict[int, str] = field(default_factory=dict)
    block: int = 0

    @property
    def page_first(self) -> int | None:
        """The page on which the table begins; None where the format has no pages."""
        return self.rows[0].page if self.rows else None

    @property
    def page_last(self) -> int | None:
        """The page on which the table ends; None where the format has no pages."""
        return self.rows[-1].page if self.rows else None

    @property
    def header_rows(self) -> tuple[Row, ...]:
        """The rows of the first header block, without its repetitions overleaf."""
        block: list[Row] = []
        for row in self.rows:
            if row.kind == "header":
                block.append(row)
            elif block:
                break
        return tuple(block)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One assigned piece of work as the table gives it; texts verbatim, None where the table has none.

    `row` and `rows` index `LogicalTable.rows`: the row it begins in, and every row it was joined from.
    `parent` is the position of its parent in the list of task rows of the same table.
    """

    row: int
    rows: tuple[int, ...]
    values: dict[Role, str]
    section_label: str | None = None
    section_title: str | None = None
    parent: int | None = None
    level: int = 1
    has_children: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
