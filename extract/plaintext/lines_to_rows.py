"""Lines of a flattened table to its rows: where the next row begins.

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


_AT_NUMBER = 3.0  # cells are drawn from the top, as a rule


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
        begins |= {index for index in range(1, len(lines)) if _begins_anew(lines, index, blank_before)}
    else:
        numbered = [
            index
            for index, line in enumerate(lines)
            if not single[index] and (NUMBER.match(line[column]) or _is_heading(line[column]))
        ]
        begins |= _between_numbers(lines, numbered, blank_before, begins)
        begins |= {  # several rows under one number
            index
            for index in range(min(numbered, default=0) + 1, len(lines))
            if not lines[index][column] and _begins_surely(lines, index)
        }
    return sorted(index for index in begins if index < len(lines))


def _begins_anew(lines: list[list[str]], at: int, blank_before: list[bool]) -> bool:
    """Tell the first line of a row in a table without numbers: several cells begin, none goes on."""
    texts = [(column, text) for column, text in enumerate(lines[at]) if text]
    goes_on = sum(
        (text[0].islower() and not ITEM_START.match(text)) or bool(_OPEN_END.search(lines[at - 1][column]))
        for column, text in texts
    )
    begins = len(texts) - goes_on
    plain = sum(not ITEM_START.match(text) for _, text in texts) - goes_on
    if goes_on:  # a cell merged over several rows flows on beside them
        return goes_on == 1 and begins >= 3 and plain >= 2
    return plain >= 2 or (plain >= 1 and begins >= 3) or (blank_before[at] and bool(texts))


def _begins_surely(lines: list[list[str]], at: int) -> bool:
    texts = [(column, text) for column, text in enumerate(lines[at]) if text]
    return len(texts) >= 3 and all(
        (text[0].isupper() or text[0].isdigit()) and not _OPEN_END.search(lines[at - 1][column])
        for column, text in texts
    )


def _between_numbers(
    lines: list[list[str]], numbered: list[int], blank_before: list[bool], fixed: set[int]
) -> set[int]:
    """Choose one beginning between each numbered line and the one before it."""
    found: set[int] = set()
    previous = -1
    for index in numbered:
        floor = max([previous + 1, *(begin for begin in fixed if begin <= index)])
        candidates = range(floor, index + 1)
        best = max(
            candidates,
            key=lambda at: (_score(lines, at, blank_before) + (_AT_NUMBER if at == index else 0), at),
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
