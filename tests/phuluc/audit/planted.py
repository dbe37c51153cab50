"""Plans with what a careful auditor finds in them, and what beside it only looks like a mistake.

A file of `plans/` is a plan as `tests.layouts.plan` writes it; behind a line of dashes stand, one a line,

    error stt_repeated | words of its evidence or message | why         must be found, with that severity
    not stt_repeated | words of a place | why                            must not be reported there as error or warning

Errors that are not in the list are wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tests.layouts.plan import Plan, parse_plan

PLANS = Path(__file__).parent / "plans"


class Expected(NamedTuple):
    severity: str
    rule: str
    words: str
    why: str


class Planted(NamedTuple):
    plan: Plan
    expected: tuple[Expected, ...]


def load() -> list[Planted]:
    return [_read(path) for path in sorted(PLANS.glob("*.txt"))]


def _read(path: Path) -> Planted:
    plan, _, expected = path.read_text("utf-8").partition("\n---\n")
    rows = [line.split(" | ") for line in expected.splitlines() if line.strip()]
    return Planted(
        parse_plan(path.stem, plan, has_tasks=True),
        tuple(Expected(*row[0].split(" "), row[1], row[2]) for row in rows),
    )
