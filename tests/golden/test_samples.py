"""The sample documents: task rows against a reading by hand, everything else against what was last approved.

`tests/golden/*.json` was read from the sources by a person and is never written by a program.
`tests/golden/understood/*.txt` is what the program makes of each sample, to be looked at in a diff;
`pytest --regen-golden` writes it anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.readers import read
from extract.tasks import task_rows
from extract.understand import understand_tables
from tests.layouts.gold import GOLDEN, ROOT, Gold, load_gold
from tests.layouts.samples import NAME as RENDERED
from tests.layouts.samples import SOURCE as RENDERED_FROM
from tests.layouts.scoring import compare, convert, fold, texts_of

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix == ".txt")
REPORT = GOLDEN / "so-khcn-binh-dinh-bao-cao-cchc-quy-3-2020.json"


@pytest.mark.parametrize("gold", load_gold(), ids=lambda gold: gold.sample.stem)
def test_every_task_row_of_a_sample_is_exact(gold: Gold) -> None:
    found = convert(gold.sample)
    score = compare(gold.accepting(found), found, gold.sample.stem)
    assert (score.details, score.exact, score.too_many) == ([], len(gold.tasks), 0)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".pdf"])
def test_every_task_row_of_a_rendered_sample_is_exact(suffix: str) -> None:
    gold = next(gold for gold in load_gold() if gold.sample.stem == RENDERED_FROM)
    score = compare(gold.tasks, convert(ROOT / "samples" / f"{RENDERED}{suffix}"))
    assert (score.details, score.exact) == ([], 24)


def test_the_numbers_of_rows_are_those_counted_by_hand() -> None:
    counts = {gold.sample.stem: len(gold.tasks) for gold in load_gold()}
    assert counts == {
        "so-khcn-thong-ke-nhiem-vu-cchc-2020": 23,
        "so-cong-thuong-ke-hoach-cchc-2021": 46,
        "so-khcn-tien-giang-ke-hoach-cchc-2020": 24,
        "so-khcn-quang-tri-ke-hoach-cchc-2021-2025": 30,
    }


def test_the_report_has_statistics_tables_and_no_task() -> None:
    expected = json.loads(REPORT.read_text(encoding="utf-8"))
    tables = understand_tables(read(ROOT / "samples" / expected["sample"], ocr="never"))
    assert [table.kind for table in tables if table.kind == "task"] == []
    found = [[fold(cell) for cell in row.cells] for table in tables for row in table.rows]
    for table in expected["tables"]:
        for row in table["body"]:
            cells = [fold(cell) for cell in row]
            # Spare empty columns at the right end may stand or not.
            assert any(_trimmed(cells) == _trimmed(other) for other in found), row


def test_the_headings_of_the_report_are_found_down_to_the_lowest_level() -> None:
    expected = json.loads(REPORT.read_text(encoding="utf-8"))
    tables = understand_tables(read(ROOT / "samples" / expected["sample"], ocr="never"))
    headings = [[fold(column.heading) for column in table.columns] for table in tables]
    for table in expected["tables"]:
        leaves = [fold(leaf) for leaf in table["leaf_headings"]]
        assert any(
            len(columns) >= len(leaves)
            and all(column.endswith(leaf) for column, leaf in zip(columns, leaves, strict=False))
            for columns in headings
        ), leaves


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_is_understood_of_a_sample_is_what_was_approved(
    sample: Path, request: pytest.FixtureRequest
) -> None:
    golden = GOLDEN / "understood" / f"{sample.stem}.txt"
    understood = _understood(sample)
    if request.config.getoption("--regen-golden"):
        golden.write_text(understood, encoding="utf-8")
    assert understood == golden.read_text(encoding="utf-8")


def test_golden_files_are_not_being_written_anew(request: pytest.FixtureRequest) -> None:
    assert not request.config.getoption("--regen-golden"), "golden files written: look at the diff"


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _understood(sample: Path) -> str:
    """Tables with their kinds, roles and the kind of each row; task rows with level, parent and flags."""
    lines: list[str] = []
    for table in understand_tables(read(sample, ocr="never")):
        lines += [f"table {table.index} {table.kind} {table.title!r}"]
        lines += [f"  column {column.role}: {column.heading}" for column in table.columns]
        lines += ["  rows " + " ".join(row.kind for row in table.rows)]
        for task in task_rows(table) if table.kind == "task" else ():
            place = f"row {task.row} level {task.level} parent {task.parent} {' '.join(task.flags)}"
            lines += [f"  task {place.rstrip()}"]
            lines += [f"    {name}: {text}" for name, text in sorted(texts_of(task).items())]
    return "\n".join(lines) + "\n"
