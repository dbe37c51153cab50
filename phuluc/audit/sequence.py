"""Faults of a numbering: a number twice, a number left out, a number out of order, a step without one.

A numbering may begin again at 1 wherever it likes (per section, per table), and go on over a section's end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

FaultKind: TypeAlias = Literal["repeated", "missing", "order", "blank"]


class Step(NamedTuple):
    """One numbered thing: its number (None: it has none), the section it stands in, the words it goes with."""

    number: int | None
    section: Hashable
    words: str


class Fault(NamedTuple):
    """What is wrong at `at`: `other` is the step that has the number already, `numbers` what is left out.

    `sure`: no reading of the numbering makes it right.
    """

    kind: FaultKind
    at: int
    other: int | None = None
    numbers: tuple[int, ...] = ()
    sure: bool = True


@dataclass(slots=True)
class _Run:
    """Numbers from 1 on: which step had which, and whether it has gone on over the end of a section."""

    steps: dict[int, int]
    last: int
    at: int
    crossed: bool = False


def faults(steps: Sequence[Step]) -> Iterator[Fault]:
    """Give the faults of a numbering, in order."""
    numbered = [index for index, step in enumerate(steps) if step.number is not None]
    run: _Run | None = None
    for position, index in enumerate(numbered):
        number = steps[index].number or 0
        after = steps[numbered[position + 1]].number if position + 1 < len(numbered) else None
        if run is None:
            run = _Run({number: index}, number, index)
            if number > 1 and _unnumbered(steps, 0, index):
                yield Fault("blank", _unnumbered(steps, 0, index)[0], numbers=(number - 1,))
            continue
        same_section = steps[index].section == steps[run.at].section
        if number == run.last + 1:
            run.crossed = run.crossed or not same_section
            yield from (Fault("blank", blank) for blank in _unnumbered(steps, run.at + 1, index))
        elif number == 1 and not (same_section and number in run.steps and _goes_on(after, run.last)):
            if same_section and run.last == 1 and steps[index].words != steps[run.at].words:
                yield Fault("repeated", index, run.at, sure=False)
            run = _Run({}, 1, index)
        elif number in run.steps and (same_section or run.crossed or number == run.last > 2):
            # 1 1 2 may also be two lists, the first with one item.
            sure = (same_section or run.crossed) and not number == run.last == 1
            yield Fault("repeated", index, run.steps[number], sure=sure)
            # 1 2 2 4 and 1 2 1 4: a slip of the pen, it was to be 3.
            number = run.last + 1 if after == run.last + 2 else max(number, run.last)
        elif after == run.last + 2 and same_section:  # 1 2 13 4: a slip of the pen
            yield Fault("order", index, run.at)
            number = run.last + 1
        elif number > run.last + 1 and same_section:
            yield from _left_out(steps, run, index, run.last)
        elif not same_section and number > 1:
            # A section that begins at 2 lacks its 1; one that begins beyond the last number may go on from it.
            yield from _left_out(steps, run, index, run.last if number > run.last and run.crossed else 0)
            run = _Run({}, number, index, run.crossed)
        else:
            yield Fault("order", index, run.at, sure=False)
        run.steps.setdefault(number, index)
        run.last, run.at = number, index


def _goes_on(after: int | None, last: int) -> bool:
    return after in (last + 1, last + 2)


def _left_out(steps: Sequence[Step], run: _Run, index: int, last: int) -> Iterator[Fault]:
    number = steps[index].number or 0
    numbers = tuple(range(last + 1, number))
    blanks = [
        blank
        for blank in _unnumbered(steps, run.at + 1, index)
        if last or steps[blank].section == steps[index].section
    ]
    if len(blanks) == len(numbers):
        yield from (Fault("blank", blank, numbers=(n,)) for blank, n in zip(blanks, numbers, strict=True))
    else:
        yield Fault("missing", index, run.at, numbers)


def _unnumbered(steps: Sequence[Step], first: int, last: int) -> list[int]:
    return [index for index in range(first, last) if steps[index].number is None]
