"""The three scores as a person would compute them with a pencil."""

import datetime as dt

import pytest

from phuluc.audit.report.model import Document, Fact, Filled, Group, Member
from phuluc.audit.report.scores import Agreement, Score, agreements, time_key


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        (Filled(24, 24, 24, 24), 100),  # nothing left out
        (Filled(24, 24, 23, 24), 98.6),  # one deadline of 72 cells
        (Filled(10, 10, 0, 5), 50),  # a plan without deadlines, products for half
        (Filled(3, 0, 0, 0), 0),
        (Filled(0, 0, 0, 0), None),  # a report without tasks has nothing to be complete in
    ],
)
def test_completeness_is_the_share_of_cells_that_say_something(filled, expected):
    assert Score(0, filled).completeness == (None if expected is None else pytest.approx(expected, abs=0.05))


@pytest.mark.parametrize(
    ("tasks", "errors", "warnings", "infos", "expected"),
    [
        (50, 0, 0, 0, 100),
        (50, 1, 0, 0, 94),  # 3 per 50 tasks are 6 per 100
        (50, 0, 3, 0, 94),  # three warnings weigh as much as an error
        (100, 1, 0, 0, 97),  # the same error in a plan twice as long counts half
        (50, 0, 0, 40, 100),  # notes take off nothing
        (4, 2, 2, 0, 0),  # never below zero
        (0, 2, 0, 0, None),
    ],
)
def test_soundness_takes_off_findings_per_hundred_tasks(tasks, errors, warnings, infos, expected):
    score = Score(0, Filled(tasks, 0, 0, 0), errors=errors, warnings=warnings, infos=infos)
    assert score.soundness == (None if expected is None else pytest.approx(expected))


def test_agreement_is_the_share_of_comparisons_that_agree():
    assert Score(0, Filled(1, 1, 1, 1), agreement=Agreement(3, 12)).concord == 25
    assert Score(0, Filled(1, 1, 1, 1)).concord is None


def _document(body, year, last=None):
    return Document(str(body), "a", None, "ok", None, None, body, year, last or year, None, 1)


def _fact(doc, lead=None, due=None, kind=None, whole_year=False):
    return Fact(f"t{doc}", doc, lead, lead, None, kind or ("date" if due else "none"), due, whole_year)


@pytest.mark.parametrize(
    ("fact", "document", "expected", "why"),
    [
        (_fact(0, due=dt.date(2020, 3, 31)), _document(0, 2020), "Q1", "the last day of a quarter is in it"),
        (_fact(0, due=dt.date(2020, 4, 1)), _document(0, 2020), "Q2", "the first of the next is not"),
        (_fact(0, due=dt.date(2021, 1, 15)), _document(0, 2020), "Q5", "the report after the year's end"),
        (_fact(0, due=dt.date(2019, 12, 31)), _document(0, 2020), "Q0", "done before the year begins"),
        (_fact(0, kind="continuous"), _document(0, 2020), "continuous", "no date, yet a time"),
        (_fact(0, due=dt.date(2022, 3, 1)), _document(0, 2021, 2025), None, "quarters of five years differ"),
        (_fact(0, kind="by_reference"), _document(0, 2020), None, "another document decides"),
        (_fact(0), _document(0, 2020), None, "nothing said"),
    ],
)
def test_times_are_compared_by_quarter_of_the_plans_year(fact, document, expected, why):
    assert time_key(fact, document) == expected, why


def test_a_task_is_compared_with_the_like_tasks_of_other_bodies_only():
    documents = [_document(0, 2020), _document(0, 2021), _document(1, 2020), _document(2, 2020)]
    facts = [
        _fact(0, "office", dt.date(2020, 2, 1)),
        _fact(1, "office", dt.date(2021, 2, 1)),  # another plan of the same body: not compared with the first
        _fact(2, "office", dt.date(2020, 8, 1)),  # the lead agrees with both, the quarter with none
        _fact(3, None, dt.date(2020, 1, 1)),  # names no lead: its quarter alone is compared
    ]
    group = Group("g", None, tuple(Member(fact, 1, False) for fact in facts))
    assert agreements([group], documents) == {
        0: Agreement(1 + 1, 1 + 2),
        1: Agreement(1 + 1, 1 + 2),
        2: Agreement(2 + 0, 2 + 3),
        3: Agreement(2, 3),
    }
