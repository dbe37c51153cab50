"""Lines of a flattened table to its rows: where does the next row begin?

A row begins at the line of its number when cells are drawn from the top, and above it when they are centred; it
begins where texts begin (capitals, bullets) and none goes on (small letters).
"""

from __future__ import annotations

import regex

from extract.linebreaks import ITEM_START

NUMBER = regex.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*[a-zđ]?|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])[.)]?$|[-–+*]$|[A-Z]\d{2}(?:\.\d+)*$"
)
_OPEN_END = regex.compile(
    r"[,\-–/(]$|\b(?:và|của|các|theo|về|cho|tại|với|trong|do|từ|đến|hoặc|là|có|được)$", regex.I
)


def number_column(lines: list[list[str]]) -> int | None:
    """Give the column that holds running numbers: the first or second, where most entries are numbers."""
    for column in range(min(2, len(lines[0]) if lines else 0)):
        entries = [line[column] for line in lines if line[column]]
        numbers = sum(bool(NUMBER.match(entry)) for entry in entries)
        if numbers >= 2 and numbers >= 0.5 * len(entries):
            return column
    return None


def first_lines(lines: list[list[str]], blank_before: list[bool], single: list[bool]) -> list[int]:
    """Give the indices of the lines that begin a row.

    Args:
        lines: the cut text of each line, one entry a column.
        blank_before: whether a blank line stands before the line.
        single: whether the line is a row by itself (a section title written over the columns).
    """
    if not lines:
        return []
    column = number_column([line for line, alone in zip(lines, single, strict=True) if not alone])
    begins = {0}
    for index, alone in enumerate(single):
        if alone:
            begins |= {index, index + 1}
    if column is None:
        begins |= {index for index in range(1, len(lines)) if _score(lines, index, blank_before) >= 2}
    else:
        numbered = [
            index
            for index, line in enumerate(lines)
            if not single[index] and (NUMBER.match(line[column]) or _is_heading(line[column]))
        ]
        begins |= _between_numbers(lines, numbered, blank_before, begins)
    return sorted(index for index in begins if index < len(lines))


def _between_numbers(
    lines: list[list[str]], numbered: list[int], blank_before: list[bool], fixed: set[int]
) -> set[int]:
    """Choose one beginning between each numbered line and the one before it."""
    found: set[int] = set()
    previous = -1
    for index in numbered:
        floor = max([previous + 1, *(begin for begin in fixed if begin <= index)])
        if previous < 0 and floor == 0:
            floor = 0 if 0 in fixed else previous + 1
        candidates = range(floor, index + 1)
        best = max(
            candidates, key=lambda at: (_score(lines, at, blank_before) + (1.5 if at == index else 0), at)
        )
        if best not in fixed:
            found.add(best)
        previous = index
    return found


def _is_heading(text: str) -> bool:
    return text.casefold() in {"stt", "tt", "số tt", "số"}


def _score(lines: list[list[str]], at: int, blank_before: list[bool]) -> float:
    """Weigh what speaks for a row beginning at a line: texts that begin there against texts that go on."""
    if at == 0:
        return 3.0
    score = 2.0 if blank_before[at] else 0.0
    for column, text in enumerate(lines[at]):
        if not text:
            continue
        above = next(
            (lines[up][column] for up in range(at - 1, max(-1, at - 3), -1) if lines[up][column]), ""
        )
        directly = bool(lines[at - 1][column])
        if text[0].islower() and not ITEM_START.match(text):
            score -= 2.0 if directly else 1.0
        elif directly and _OPEN_END.search(above):
            score -= 1.5
        elif not directly:
            score += 1.0
        elif above.endswith((".", ";", "./.")) and text[0].isupper():
            score += 0.25
        else:
            score -= 0.25
    return score
