"""From rows as read to pieces of work: cut rows joined, cells carried over a page, shifted cells put back.

A `Work` is one body row as its author meant it, still by columns; `extract.tasks` reads it by roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.linebreaks import ITEM_START, seam
from extract.profiles import kinds
from extract.row_kinds import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.profiles import CellKind
    from extract.tables import Column, LogicalTable, Role, Row

# A repair must put this many cells more where their kind belongs (each counts 2) before it is believed.
_GAIN = 3.0
_MISPLACED = -1.0
# A body or a time in so few characters, without a verb, is no description of work.
_SHORT = 40


@dataclass(slots=True)
class Merged:
    """A cell that may cover several rows, on several pages; all of them read its text."""

    text: str
    tall: bool = False


@dataclass(slots=True)
class Work:
    """One body row: the table rows it was joined from, a cell a column, what was done to it."""

    rows: list[int]
    cells: list[Merged]
    widths: list[int]
    spread: list[bool]
    confidence: float = 1.0
    flags: set[str] = field(default_factory=set)

    def text(self, column: int) -> str:
        """Give the text of one column, "" where it says nothing."""
        return self.cells[column].text


def join_text(before: str, after: str) -> str:
    """Join what a page break cut: a new line where an item begins, else a blank."""
    if not before or not after:
        return before or after
    gap = seam(before, after)
    return f"{before}\n{after}" if gap and ITEM_START.match(after) else before + gap + after


@dataclass(slots=True)
class Heading:
    """A section row, and the rows its title goes on in overleaf."""

    rows: list[int]


def collect(table: LogicalTable) -> list[Work | Heading]:
    """Give the works of a table in order, and the section headings where they stand between them."""
    found: list[Work | Heading] = []
    last: Work | None = None
    piece = 0
    keys = _keys(table)
    for index, row in enumerate(table.rows):
        if row.kind in ("header", "numbering"):
            continue
        if row.kind == "section":
            found.append(Heading([index]))
            last = None
            piece = row.piece
            continue
        if row.kind == "continuation" and found and isinstance(found[-1], Heading):
            found[-1].rows.append(index)
            piece = row.piece
            continue
        cells = _cells(row, last, adjacent=row.piece == piece)
        if row.kind == "continuation" and last is not None:
            _append(last, cells, index)
        else:
            if last is not None and row.piece != piece:
                _carry(last, cells, keys)
            last = Work(
                [index],
                cells,
                [row.width(column) for column in range(len(cells))],
                [slot.left for slot in row.slots],
                min((slot.confidence for slot in row.slots if slot.text), default=1.0),
            )
            found.append(last)
        if last is not None and any(slot.repaired for slot in row.slots):
            last.flags.add("ocr_repaired")
        piece = row.piece
    if not table.spans_known:
        for work in found:
            if isinstance(work, Work):
                put_back(work, table.columns)
    return found


def _cells(row: Row, last: Work | None, *, adjacent: bool) -> list[Merged]:
    cells: list[Merged] = []
    for column, slot in enumerate(row.slots):
        if slot.left and cells:
            cells.append(cells[-1])
        elif slot.above and adjacent and last is not None:
            cells.append(last.cells[column])
        else:
            cells.append(Merged(slot.text, slot.tall))
    return cells


def _append(work: Work, cells: Sequence[Merged], index: int) -> None:
    seen: set[int] = set()
    for column, cell in enumerate(cells):
        if cell is not work.cells[column] and id(cell) not in seen:
            work.cells[column].text = join_text(work.cells[column].text, cell.text)
        seen.add(id(cell))
    work.rows.append(index)
    work.flags.add("joined_over_page")


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns that say to which work a row belongs: its number, what groups works left of it, the work."""

    number: int | None
    leading: frozenset[int]
    work: int | None


def _keys(table: LogicalTable) -> Keys:
    roles = [column.role for column in table.columns]
    number = roles.index("stt") if "stt" in roles else None
    if not table.spans_known or "task" not in roles:
        return Keys(number, frozenset(), None)
    work = roles.index("task")
    # Where activities stand under works, a work groups rows like what stands left of it.
    leading = range(work + 1 if "activity" in roles else work)
    return Keys(number, frozenset(leading) - {number}, work)


def _carry(before: Work, cells: list[Merged], keys: Keys) -> None:
    """Let cells over several rows go on overleaf: printed empty there, with the rest, or there for the first time."""
    went_on = False
    for column, cell in enumerate(cells):
        above = before.cells[column]
        groups = column in keys.leading
        goes_on = bool(cell.text and above.text) and cell.text[0].islower()
        if not (above.tall or cell.tall or groups or (goes_on and column == keys.work)):
            continue
        if cell.text and above.text and not goes_on:
            continue  # a new cell
        if cell.text and not above.text and not (above.tall or groups):
            continue
        above.text = join_text(above.text, cell.text)
        above.tall = True
        cells[column] = above
        went_on = went_on or goes_on
    if went_on and keys.number is not None and not cells[keys.number].text:
        cells[keys.number] = before.cells[keys.number]


def put_back(work: Work, columns: Sequence[Column]) -> None:
    """Move the cells of a row that a conversion shifted back under their headings, in their order.

    The cells of a merged column vanish in some conversions and the rest moves left: a doer stands under
    "Sản phẩm", a date under "Phối hợp". The order of the cells is kept; of all ways to lay them on the
    columns the one wins in which most cells are of the kind of their column.
    """
    filled = [column for column, cell in enumerate(work.cells) if not is_blank(cell.text)]
    texts = [work.cells[column].text for column in filled]
    now = [_fit(text, columns[column].role) for text, column in zip(texts, filled, strict=True)]
    if sum(score <= _MISPLACED for score in now) < 2:
        return
    best, places = _lay(texts, columns)
    if best - sum(now) < _GAIN or places == filled:
        return
    blanks = [work.cells[column] for column in range(len(work.cells)) if column not in filled]
    moved = dict(zip(places, (work.cells[column] for column in filled), strict=True))
    work.cells = [moved.get(column) or Merged("") for column in range(len(work.cells))]
    for column, text in zip((c for c in range(len(work.cells)) if c not in moved), blanks, strict=False):
        work.cells[column].text = text.text  # a dash of a form stays a dash
    work.flags.add("cells_shifted")


# By role: kinds of cell that belong there, kinds that belong elsewhere, the score of a cell of neither.
_KINDS: dict[Role, tuple[frozenset[CellKind], frozenset[CellKind], float]] = {
    "stt": (frozenset({"label"}), frozenset(), -2.0),
    "deadline": (frozenset({"deadline"}), frozenset({"unit", "status"}), -0.5),
    "start": (frozenset({"deadline"}), frozenset({"unit", "status"}), -0.5),
    "lead": (frozenset({"unit", "abbreviation"}), frozenset({"deadline", "status"}), -1.0),
    "support": (frozenset({"unit", "abbreviation"}), frozenset({"deadline", "status"}), -1.0),
    "oversight": (frozenset({"unit", "abbreviation"}), frozenset({"deadline", "status"}), -1.0),
    "status": (frozenset({"status"}), frozenset(), -1.0),
    "funding": (frozenset(), frozenset(), 0.0),
    "note": (frozenset(), frozenset(), 0.0),
    "extra": (frozenset(), frozenset(), 0.0),
}


def _fit(text: str, role: Role) -> float:
    """Score how well a cell suits a column: 2 of its kind, 0 cannot tell, down to -2 of another kind."""
    found = kinds(text)
    if role in _KINDS:
        at_home, elsewhere, neither = _KINDS[role]
        if found & at_home:
            return 2.0
        return -2.0 if found & elsewhere else neither
    short = len(text) <= _SHORT and "verb" not in found
    return -1.0 if found & {"status", "label"} or (short and found & {"unit", "deadline"}) else 0.0


def _lay(texts: Sequence[str], columns: Sequence[Column]) -> tuple[float, list[int]]:
    """Lay the cells on the columns, order kept, for the best total fit; of equal ways the rightmost."""
    nothing: tuple[float, int, tuple[int, ...]] = (float("-inf"), 0, ())
    best = [(0.0, 0, nothing[2]), *[nothing] * len(texts)]
    for column, described in enumerate(columns):
        for number in range(len(texts), 0, -1):
            score, right, places = best[number - 1]
            if score == float("-inf"):
                continue
            candidate = (score + _fit(texts[number - 1], described.role), right + column, (*places, column))
            best[number] = max(best[number], candidate)
    return best[-1][0], list(best[-1][2])
