"""What kind of table it is: a task table says what is to be done and, for it, who does it or by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from extract.frame import frame_kind
from extract.headings import match_levels
from extract.labels import parse_label
from extract.profiles import profile
from extract.roles import against
from extract.row_kinds import is_blank

if TYPE_CHECKING:
    from extract.tables import LogicalTable, TableKind

# Headings that assign nothing weigh 1.0 or 0.5 each; so much refutes a table with only who or only when,
# and so much any table.
_REFUTES_HALF = 1.0
_REFUTES_ALL = 2.0
# A column with so large a share of clock times is a timetable.
_CLOCKS = 0.6
# Where only a guess says who or when, the heading of the work must be beyond doubt.
_SURE_WORK = 0.9
# So many of its cells being figures, a column says how much; a bound may stand before each ("≥ 60").
_FIGURES = 0.6
_BOUND = regex.compile(r"^\s*(?:[≥≤<>]=?|trên|dưới|tối thiểu|từ)\s*", regex.IGNORECASE)
_WHO_OR_WHEN = ("lead", "support", "oversight", "deadline", "start")


def kind_of(table: LogicalTable) -> TableKind:
    """Classify a table whose roles are assigned."""
    if says_what_is_to_be_done(table):
        return "task"
    texts = [row.slots[column].text for row in table.rows for column in row.filled()]
    frame = frame_kind(texts, len(table.rows), len(table.columns))
    if frame is not None:
        return frame
    if _is_statistics(table):
        return "statistics"
    return "other"


def says_what_is_to_be_done(table: LogicalTable) -> bool:
    """Tell whether the columns name work and, for it, a doer or a time, and no row form refutes it."""
    roles = {column.role for column in table.columns}
    if "task" not in roles:
        return False
    who = bool(roles & {"lead", "support", "oversight"})
    when = bool(roles & {"deadline", "start"} or table.periods)
    weight = against(table)
    if weight >= _REFUTES_ALL or not (who or when) or _is_programme(table):
        return False
    if not (who and when) and any(c.guessed and c.role in _WHO_OR_WHEN for c in table.columns):
        work = next(column for column in table.columns if column.role == "task")
        if weight or work.guessed or work.confidence < _SURE_WORK:
            return False
    if not when and _counts_indicators(table, weight):
        return False
    if weight >= _REFUTES_HALF and not (who and when):
        return False
    return _first_column_is_work(table) and _is_filled_in(table)


def _counts_indicators(table: LogicalTable, weight: float) -> bool:
    """Tell a table of indicators from one of work: its rows are named "Chỉ tiêu" and say how much, not by when.

    "Chỉ tiêu | Đơn vị tính | Kế hoạch năm | Đơn vị theo dõi" names a body for every row and assigns it nothing.
    """
    work = next(column for column in table.columns if column.role == "task")
    match = match_levels(work.headings)
    if match is None or match.role != "objective":
        return False
    bodies = [row for row in table.rows if row.kind == "body"]
    figures = [
        profile([_BOUND.sub("", row.slots[number].text) for row in bodies if not row.slots[number].left])
        for number, column in enumerate(table.columns)
        if column.role not in ("stt", "funding")
    ]
    return weight > 0 or any(column.share("number") >= _FIGURES for column in figures)


def _is_programme(table: LogicalTable) -> bool:
    """Refuse programmes of a meeting and timetables: a column of clock times."""
    bodies = [row for row in table.rows if row.kind == "body"]
    return any(
        profile([row.slots[number].text for row in bodies]).share("clock") >= _CLOCKS
        for number in range(min(len(table.columns), 3))
    )


def _is_filled_in(table: LogicalTable) -> bool:
    """Refuse blank forms: some row must say what is to be done."""
    work = [n for n, c in enumerate(table.columns) if c.role in ("task", "activity", "objective")]
    return any(
        not is_blank(row.slots[number].text) for row in table.rows if row.kind == "body" for number in work
    )


def _first_column_is_work(table: LogicalTable) -> bool:
    """Refuse lists whose rows are bodies or persons ("Đơn vị được kiểm tra | Nội dung | Thời gian").

    A plan of inspections that also says who leads each is no such list.
    """
    roles = {column.role for column in table.columns if not column.guessed}
    for column in table.columns:
        if column.role == "stt":
            continue
        if column.role == "extra" and not {"lead", "deadline"} <= roles:
            cells = profile(
                [row.slots[table.columns.index(column)].text for row in table.rows if row.kind == "body"]
            )
            return cells.share("unit") < 0.6
        return True
    return False


def _is_statistics(table: LogicalTable) -> bool:
    """Tell whether figures fill a third of the cells, or most of one column beside the numbering."""
    bodies = [row for row in table.rows if row.kind not in ("header", "numbering")]
    shares: list[tuple[int, float]] = []
    for number in range(len(table.columns)):
        cells = [row.slots[number].text for row in bodies if number in row.filled()]
        if number == 0 and all(parse_label(text) for text in cells if text):
            continue
        column = profile(cells)
        shares.append((column.count, column.share("number")))
    filled = sum(count for count, _ in shares)
    figures = sum(count * share for count, share in shares)
    return filled > 0 and (
        figures >= 0.3 * filled or any(count >= 2 and share >= 0.6 for count, share in shares)
    )
