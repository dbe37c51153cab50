"""docs/audit-report.md computes scores as the program does, and says where its bounds lie."""

import re
from pathlib import Path

import pytest

from phuluc.audit.report import ReportOptions
from phuluc.audit.report.model import Filled
from phuluc.audit.report.scores import Agreement, Score
from phuluc.audit.report.wording import Wording

PAGE = (Path(__file__).parents[2] / "docs" / "audit-report.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+ .*) \|$", PAGE.split("<!-- examples: scores -->")[1], re.MULTILINE)


@pytest.mark.parametrize("row", ROWS)
def test_an_example_of_scores(row):
    cells = row.split(" | ")
    tasks, leads, deadlines, products, errors, warnings, agreeing, compared = map(int, cells[:8])
    agreement = Agreement(agreeing, compared)
    score = Score(
        0, Filled(tasks, leads, deadlines, products), errors=errors, warnings=warnings, agreement=agreement
    )
    figures = (score.completeness, score.soundness, score.concord)
    assert cells[8:] == ["–" if each is None else f"{each:.1f}" for each in figures]


def test_there_are_examples():
    assert len(ROWS) == 4


@pytest.mark.parametrize("key", ["completeness", "soundness", "concord"])
def test_the_formulas_are_those_of_the_report(key):
    words = Wording("en")
    assert f"**{words(key)}** = {words(f'{key}.formula')}" in PAGE


def test_the_bounds_are_those_of_the_program():
    options, words = ReportOptions(), Wording("en")
    bounds = [
        words.write(each) for each in (options.most_findings, options.most_groups, options.most_pictures)
    ]
    assert "at most {} findings, {} groups\n  and {} pictures".format(*bounds) in PAGE
