"""A corpus of documents from templates with known task rows, of any size: what throughput and resume are tried on."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tests.layouts.layout import COMMON
from tests.layouts.plan import Plan, PlanRow, PlanTable, load
from tests.layouts.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Form = Literal["text", "html", "xlsx", "docx", "pdf"]
MIXED: tuple[Form, ...] = ("text", "html", "text", "xlsx", "html", "text", "docx", "html", "text", "pdf")
"""One format after the other, about as cheap ones and dear ones come in an archive of our day."""
_PER_FOLDER = 500
_BROKEN = (
    b"",
    b"%PDF-1.7\ncut short",
    b"PK\x03\x04cut short",
    bytes(range(256)) * 20,
    b"\xd0\xcf\x11\xe0" + b"\0" * 99,
)


def generate(
    folder: Path, count: int, *, forms: Sequence[Form] = MIXED, rows: int = 12, broken: int = 100
) -> int:
    """Write `count` documents of about `rows` tasks below `folder`; one in `broken` is no document (0: none).

    No two have the same bytes. Gives the number of task rows that should be found.
    """
    plans = [_short(plan, rows) for plan in load("plans")]
    chance = random.Random(7)  # noqa: S311 - a repeatable corpus, no secret
    expected = 0
    for number in range(count):
        here = folder / f"{number // _PER_FOLDER:03}"
        here.mkdir(parents=True, exist_ok=True)
        if broken and number % broken == broken - 1:
            content = _BROKEN[number // broken % len(_BROKEN)]
            (here / f"d{number:06}.pdf").write_bytes(content and content + str(number).encode())
            continue
        plan = _numbered(plans[chance.randrange(len(plans))], number)
        write(plan, COMMON, forms[number % len(forms)], here)
        expected += len(plan.tasks())
    return expected


def generate_long(folder: Path, rows: int) -> None:
    """Write one PDF with a table of at least `rows` rows: 8,700 make some 500 pages."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = next(iter(load("plans")))
    table = plan.tables[0]
    many = table.rows * -(-rows // len(table.rows))
    long = replace(plan, name="long", tables=(PlanTable(table.title, table.columns, many),))
    write(long, COMMON, "pdf", folder)


def _short(plan: Plan, rows: int) -> Plan:
    tables = tuple(PlanTable(table.title, table.columns, table.rows[:rows]) for table in plan.tables[:1])
    return replace(plan, tables=tables)


def _numbered(plan: Plan, number: int) -> Plan:
    """Mark the longest cell of every row, so that no two documents are equal."""
    tables = [
        PlanTable(table.title, table.columns, tuple(_marked(row, number) for row in table.rows))
        for table in plan.tables
    ]
    return replace(plan, name=f"d{number:06}", tables=tuple(tables))


def _marked(row: PlanRow, number: int) -> PlanRow:
    if row.kind != "task":
        return row
    longest = max(range(len(row.cells)), key=lambda column: len(row.cells[column]))
    cells = list(row.cells)
    cells[longest] += f" (lần {number})"
    return replace(row, cells=tuple(cells))
