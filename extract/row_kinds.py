"""What kind each row is, once the columns are known: section, body, or the rest of a row cut at a page end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from extract.labels import parse_label, split_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.tables import LogicalTable, Role, Row, Slot

# A cell merged over so large a share of the columns is a heading across the table.
_ACROSS = 0.6
_PLACEHOLDER = regex.compile(r"[\s.…_\-–—/xX]*")
_HANGING = regex.compile(
    r"(?:[,\-–/(&]|(?<!\p{L})(?:và|của|cho|với|các|những|về|theo|tại|trong|đến|từ|bằng|được|là|có|số|để|do|ở))\s*$",
    regex.IGNORECASE,
)
_ENDED = regex.compile(r"[.;:!?]['\"”)]*\s*$")
_ITEM = regex.compile(r"\s*(?:[-–+•*]|\(?(?:\d{1,2}|[a-zđ])[.)])\s*")
_WHO_AND_WHEN: tuple[Role, ...] = ("lead", "deadline")
# A column filled in so large a share of the rows is one that every row of its own fills.
_ALWAYS = 0.9
_KEYS: tuple[Role, ...] = ("task", "activity", "objective")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the rows of a table usually look: where the roles are, which columns every row fills."""

    places: dict[Role, int]
    always: frozenset[int]


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing: empty, or dots and dashes of a form."""
    if text[:1].isalnum() and text[0] not in "xX":
        return False
    return _PLACEHOLDER.fullmatch(text) is not None


def classify_rows(table: LogicalTable) -> LogicalTable:
    """Tell section rows and continuations from body rows; header and numbering rows stay what they are."""
    places: dict[Role, int] = {
        column.role: number for number, column in enumerate(table.columns) if column.role != "extra"
    }
    habits = Habits(places, _always_filled(table, places))
    rows: list[Row] = []
    before: list[Slot] = []
    piece = 0
    heading: Row | None = None
    for row in table.rows:
        if row.kind != "body":
            rows.append(row)
            continue
        starts_piece = row.piece != piece
        piece = row.piece
        if starts_piece and heading is not None and _goes_on_heading(heading, row):
            rows.append(replace(row, kind="continuation"))
            continue
        heading = None
        if is_section(row, places):
            heading = row
            row = replace(row, kind="section")  # noqa: PLW2901 # the row in its new kind
            before = []
        elif starts_piece and before and goes_on(before, row, habits):
            row = replace(row, kind="continuation")  # noqa: PLW2901 # the same
            before = [b if b.text else a for a, b in zip(before, row.slots, strict=True)]
        else:
            before = list(row.slots)
        rows.append(row)
    return replace(table, rows=tuple(rows))


def is_section(row: Row, places: dict[Role, int]) -> bool:
    """Tell whether a row only opens a section: a number and a title, or a title across the table."""
    filled = [column for column in row.filled() if not is_blank(row.slots[column].text)]
    if not filled or len(filled) > 2 or any(slot.above and slot.text for slot in row.slots[1:]):
        return False
    count = len(row.slots)
    last = filled[-1]
    text = row.slots[last].text
    across = row.width(last) >= max(2, _ACROSS * (count - last))
    if len(filled) == 2:
        label = parse_label(row.slots[filled[0]].text)
        if label is None or filled[0] != places.get("stt", 0):
            return False
        if across and last + row.width(last) >= count - 1:
            return label.kind != "bullet"
        return label.kind in ("roman", "upper") and last in _key_places(places)
    if across and (count > 2 or last == 0) and (row.width(last) >= count - 1 or last <= 1):
        return True
    if last not in (0, 1, *_key_places(places)):
        return False
    number, words = split_label(text)
    label = parse_label(number) if number else None
    if label is not None and (label.kind in ("roman", "upper") or last == places.get("stt")):
        return True
    return len(words) > 3 and (text.isupper() or (row.slots[last].bold and last != places.get("lead", -1)))


def _key_places(places: dict[Role, int]) -> list[int]:
    return [places[role] for role in ("section", *_KEYS) if role in places]


def _goes_on_heading(heading: Row, row: Row) -> bool:
    """Tell whether the first row of a page is the rest of a section title that the page end cut."""
    filled = row.filled()
    if len(filled) != 1 or filled[0] != heading.filled()[-1]:
        return False
    before, text = heading.slots[filled[0]].text, row.slots[filled[0]].text
    if split_label(text)[0] is not None or _ENDED.search(before):
        return False
    return text[0].islower() or text.isupper() == before.isupper()


def _always_filled(table: LogicalTable, places: dict[Role, int]) -> frozenset[int]:
    """Find the columns that nearly every row fills, the rows at the top of a page aside: they may be cut."""
    rows: list[Row] = []
    piece = -1
    for row in table.rows:
        if row.kind == "body" and not is_section(row, places) and row.piece == piece:
            rows.append(row)
        if row.kind == "body":
            piece = row.piece
    return frozenset(
        column
        for column in range(len(table.columns))
        if len(rows) > 1 and sum(bool(row.slots[column].text) for row in rows) >= _ALWAYS * len(rows)
    )


def goes_on(before: Sequence[Slot], row: Row, habits: Habits) -> bool:
    """Tell whether the first row of a page goes on with the last row of the page before.

    Every cell speaks: it goes on in small letters or after an open comma; it says the same again or begins
    afresh after a full stop. So do the habits of the table: a row without the number that every row has, or
    without saying who and when, is the rest of a cut one; a row that fills every usual column is whole.
    """
    places = habits.places
    number = places.get("stt")
    if number is not None and row.slots[number].text and before[number].text:
        return False
    score = 0.0
    if number is not None and not (row.slots[number].text or row.slots[number].tall or before[number].tall):
        score += 1.5 if number in habits.always else 0.5
    for column, slot in enumerate(row.slots):
        if slot.text and not slot.left and (before[column].text or not before[column].tall):
            score += _cell_goes_on(before[column].text, slot.text)
    usual = habits.always - {number}
    if len(usual) > 1 and all(row.slots[column].text for column in usual):
        score -= 1.5
    who_and_when = [places[role] for role in _WHO_AND_WHEN if role in places]
    if all(not row.slots[column].text for column in who_and_when):
        score += 0.5
    keys = [places[role] for role in _KEYS if role in places]
    if keys and all(not row.slots[column].text for column in keys):
        # Every row says what is to be done; one that says neither this nor all of who and when is a rest.
        said = all(row.slots[column].text for column in who_and_when)
        score += 1.0 if not said and habits.always.intersection(keys) else 0.5
    return score >= 0.5


def _cell_goes_on(before: str, text: str) -> float:
    first = text.lstrip('"“(')[:1]
    if not before:
        return -0.5
    if text[0] in '"“(' and not _ENDED.search(before):
        return 1.0
    if first.islower() or first in ",.;:)%/&" or _HANGING.search(before):
        return 1.0
    if before.casefold() == text.casefold():
        return -1.0
    if _ITEM.match(text):
        return 0.5 if _ITEM.match(before) or "\n" in before else 0.0
    return -0.5 if _ENDED.search(before) else 0.0
