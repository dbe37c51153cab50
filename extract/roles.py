"""Which column says what: headings first, what the cells hold where a heading is silent or contradicted.

A role that was not read from its heading is marked `guessed` and has a confidence of at most `GUESS`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.headings import HeadingMatch, match_levels
from extract.period_marks import period_columns
from extract.profiles import Profile, profile
from extract.stages import stage_columns
from normalize.text import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.profiles import CellKind
    from extract.tables import Column, LogicalTable, Role

# A guess from the cells alone is worth this much.
GUESS = 0.6
# So many of the filled cells must be of a kind before a column may be guessed by it.
_MOST = 0.6
_FEWEST_CELLS = 2
_TASK_LENGTH = 18
# Cells of these kinds name no body.
_NO_BODY: tuple[CellKind, ...] = ("verb", "number", "deadline", "status")
_BODIES = ("đơn vị", "cơ quan", "bộ phận", "người", "đầu mối", "phòng", "tổ chức")
_WHO: tuple[Role, ...] = ("lead", "support", "oversight")
_UNIQUE: tuple[Role, ...] = (
    "stt", "section", "objective", "task", "activity", "product", "lead", "support", "oversight",
    "start", "deadline", "status", "funding", "note",
)  # fmt: skip


def assign_roles(table: LogicalTable) -> LogicalTable:
    """Give every column of a table its role; columns without one keep "extra" and confidence 0."""
    bodies = [row for row in table.rows if row.kind == "body"]
    profiles = [
        profile([row.slots[number].text for row in bodies if not row.slots[number].left])
        for number in range(len(table.columns))
    ]
    matches = [match_levels(column.headings) for column in table.columns]
    columns = [_by_heading(column, match) for column, match in zip(table.columns, matches, strict=True)]
    stages = stage_columns(columns, profiles)
    columns = _settle_results(columns, matches, profiles)
    columns = _one_each(columns, profiles)
    columns = _contradicted(columns, profiles)
    columns = _general_and_specific(columns)
    periods = period_columns(columns, bodies)
    columns = [
        replace(column, role="extra", confidence=0.0) if number in periods else column
        for number, column in enumerate(columns)
    ]
    columns = _guess(columns, matches, profiles, dated=bool(periods))
    if not any(columns[number].role == "deadline" for number in stages):
        stages = {}
    return replace(table, columns=tuple(columns), periods=periods, stages=stages)


def against(table: LogicalTable) -> float:
    """Sum what the headings say against a task table ("Điểm tối đa" 1.0, "Địa điểm" 0.5)."""
    matches = (match_levels(column.headings) for column in table.columns)
    return sum(
        1.0 if match.confidence > 0.55 else 0.5
        for match in matches
        if match is not None and match.role == "against"
    )


def _by_heading(column: Column, match: HeadingMatch | None) -> Column:
    if match is None or match.role == "against" or match.role == "result":  # noqa: PLR1714 # narrows the type
        return column
    return replace(column, role=match.role, confidence=match.confidence)


def _settle_results(
    columns: Sequence[Column], matches: Sequence[HeadingMatch | None], profiles: Sequence[Profile]
) -> list[Column]:
    """Read "Kết quả" as the state of the work beside a product column or over states, else as the product."""
    settled = list(columns)
    for number, match in enumerate(matches):
        if match is None or match.role != "result":
            continue
        has_product = any(column.role == "product" for column in settled)
        states = profiles[number].share("status") >= 0.5
        role: Role = "status" if has_product or states else "product"
        settled[number] = replace(settled[number], role=role, confidence=match.confidence * 0.8)
    return settled


def _one_each(columns: Sequence[Column], profiles: Sequence[Profile]) -> list[Column]:
    """Keep one column a role: the surest, then the fullest, then the leftmost; two tasks are task and activity."""
    kept = list(columns)
    for role in _UNIQUE:
        rivals = [number for number, column in enumerate(kept) if column.role == role]
        if len(rivals) < 2:
            continue
        if role == "task" and not any(column.role == "activity" for column in kept):
            first, second = rivals[:2]
            kept[second] = replace(kept[second], role="activity", confidence=kept[second].confidence * 0.9)
            rivals = [first, *rivals[2:]]
        if role == "deadline":
            rivals = _dated_first(rivals, profiles)
        best = max(rivals, key=lambda n: (kept[n].confidence, profiles[n].count > 0, -rivals.index(n)))
        for number in rivals:
            if number != best:
                kept[number] = replace(kept[number], role="extra", confidence=0.0)
    return kept


def _dated_first(rivals: Sequence[int], profiles: Sequence[Profile]) -> list[int]:
    return sorted(rivals, key=lambda number: -profiles[number].share("deadline"))


def _contradicted(columns: Sequence[Column], profiles: Sequence[Profile]) -> list[Column]:
    """Take a role back where the cells speak against it: states under "Tiến độ", figures under "Thực hiện"."""
    kept = list(columns)
    for number, (column, cells) in enumerate(zip(columns, profiles, strict=True)):
        if cells.count and column.role in _WHO and cells.share("unit") < 0.3:
            kept[number] = _no_doer(column, cells, kept)
        if cells.count < _FEWEST_CELLS or column.role not in ("deadline", "start"):
            continue
        if cells.share("deadline") >= 0.3:
            continue
        if cells.share("status") >= _MOST and not any(other.role == "status" for other in kept):
            kept[number] = replace(column, role="status", confidence=GUESS, guessed=True)
        elif cells.share("clock") >= _MOST or cells.share("number") >= 0.9:
            kept[number] = replace(column, role="extra", confidence=0.0)
    return kept


def _no_doer(column: Column, cells: Profile, columns: Sequence[Column]) -> Column:
    """Give a doer's column that names none its role by the cells: "Thực hiện" over dates, states or figures."""
    for kind, role in (("status", "status"), ("deadline", "deadline")):
        if cells.share(kind) >= _MOST and cells.share("abbreviation") < 0.3:  # type: ignore[arg-type] # literals
            taken = any(other.role == role for other in columns)
            return replace(
                column,
                role="extra" if taken else role,  # type: ignore[arg-type] # literals
                confidence=0.0 if taken else GUESS,
                guessed=not taken,
            )
    if cells.share("number") >= _MOST:
        return replace(column, role="extra", confidence=0.0)
    return column


def _general_and_specific(columns: Sequence[Column]) -> list[Column]:
    """Shift the work one step out where its own column is missing.

    Only a general column ("Lĩnh vực") or only "Hoạt động" or "Mục tiêu": that is what is to be done.
    """
    kept = list(columns)
    roles = [column.role for column in kept]
    if "task" in roles:
        return kept
    for role in ("activity", "section", "objective"):
        if role in roles:
            number = roles.index(role)
            sure = 0.9 if role == "activity" else 0.7
            kept[number] = replace(kept[number], role="task", confidence=kept[number].confidence * sure)
            break
    return kept


def _names_a_body(column: Column) -> bool:
    """Tell a heading that begins with a body though what it does is not in the vocabulary ("Đơn vị đảm nhận")."""
    leaf = key(column.headings[-1]) if column.headings else ""
    return any(leaf.startswith(f"{word} ") for word in _BODIES)


def _guess(
    columns: Sequence[Column],
    matches: Sequence[HeadingMatch | None],
    profiles: Sequence[Profile],
    *,
    dated: bool,
) -> list[Column]:
    """Find roles in what the cells hold, for roles no heading claimed, among columns no heading settled.

    `dated`: a calendar of crosses says when.
    """
    kept = list(columns)
    free = [
        number
        for number, column in enumerate(kept)
        if column.role in ("extra", "note") and (matches[number] is None or matches[number].role != "against")  # type: ignore[union-attr] # None is ruled out before
    ]

    def take(role: Role, candidates: Sequence[int]) -> None:
        if not candidates or any(column.role == role for column in kept):
            return
        number = candidates[0]
        kept[number] = replace(kept[number], role=role, confidence=GUESS, guessed=True)
        free.remove(number)

    def mostly(kind: str, numbers: Sequence[int]) -> list[int]:
        good = [
            n
            for n in numbers
            if profiles[n].count >= _FEWEST_CELLS and profiles[n].share(kind) >= _MOST  # type: ignore[arg-type] # kinds named below
        ]
        return sorted(good, key=lambda n: -profiles[n].share(kind))  # type: ignore[arg-type] # the same

    unnamed = [number for number in free if kept[number].role == "extra"]
    if 0 in unnamed and profiles[0].share("label") >= _MOST:
        take("stt", [0])
    take("deadline", [n for n in mostly("deadline", free) if profiles[n].share("unit") < _MOST])
    unnamed = [number for number in free if kept[number].role == "extra"]
    named = [n for n in unnamed if matches[n] is None and _names_a_body(kept[n])]
    units = sorted(
        n for n in {*mostly("unit", unnamed), *named} if max(profiles[n].share(k) for k in _NO_BODY) < 0.3
    )
    take("lead", units)
    take("support", units[1:])
    if (dated or any(c.role == "deadline" for c in kept)) and any(c.role == "lead" for c in kept):
        unnamed = [number for number in free if kept[number].role == "extra"]
        work = [n for n in mostly("verb", unnamed) if profiles[n].length >= _TASK_LENGTH]
        if not any(match is not None and match.role == "against" for match in matches):
            take("task", sorted(work))
    return kept
