"""The page on like tasks says what the program does."""

from pathlib import Path

import pytest

from phuluc.audit.grouping import GroupingSettings, TaskText, explain

PAGE = (Path(__file__).parents[2] / "docs" / "same-task.md").read_text(encoding="utf-8")


def task(text):
    return TaskText("id", "doc", text)


def test_the_worked_example():
    left, right, _, vi, en = PAGE.split("```\n")[1].splitlines()
    reason = explain(task(left), task(right))
    assert (reason.text("vi"), reason.text("en")) == (vi, en)


def quoted(cell):
    return [part for n, part in enumerate(cell.split('"')) if n % 2]


@pytest.mark.parametrize("row", [line for line in PAGE.splitlines() if line.startswith('| "')])
def test_the_pairs_at_the_top(row):
    same, different = (quoted(cell) for cell in row.split("|")[1:3])
    assert explain(task(same[0]), task(same[1])).score >= GroupingSettings().threshold
    assert explain(task(different[0]), task(different[1])).score < GroupingSettings().threshold


def test_the_data_files_it_names_are_there():
    folder = Path(__file__).parents[2] / "phuluc" / "audit" / "grouping" / "data"
    named = {word.strip("`.,;:()") for word in PAGE.split() if word.strip("`.,;:()").endswith(".csv")}
    assert {Path(name).name for name in named} <= {path.name for path in folder.iterdir()}
