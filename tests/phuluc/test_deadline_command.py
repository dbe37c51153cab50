"""`phuluc deadline`: from arguments, from JSON lines, and what it does with bad ones."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from phuluc.commands.deadline import command
from phuluc.exits import OK, SOME_FAILED, CommandError


def ask(*arguments: str, lines: str | bytes = "") -> tuple[int, list[dict[str, object]], str]:
    """Exit code, the answers, and what was told on standard error."""
    result = CliRunner().invoke(command, arguments, input=lines, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_arguments_are_answered_in_order() -> None:
    code, answers, _ = ask("Quý I", "Trước 5/12", "--year", "2021")
    assert code == OK
    assert [(answer["text"], answer["parts"][0]["end"]) for answer in answers] == [  # type: ignore[index]
        ("Quý I", "2021-03-31"),
        ("Trước 5/12", "2021-12-05"),
    ]


def test_lines_are_answered_in_order_with_their_own_year() -> None:
    lines = '{"text": "Quý I", "plan_year": 2020}\n\n{"text": "Quý I"}\n{"text": "-", "plan_year": null}\n'
    code, answers, _ = ask("--jsonl", "--year", "2021", lines=lines)
    assert code == OK
    assert [(answer["status"], answer["parts"][0]["start"]) for answer in answers] == [  # type: ignore[index]
        ("ok", "2020-01-01"),
        ("ok", "2021-01-01"),
        ("no_deadline", None),
    ]


def test_an_answer_has_the_published_keys() -> None:
    _, (answer,), _ = ask("--jsonl", lines='{"text": "Tháng 13", "plan_year": 2020}')
    assert list(answer) == ["text", "status", "reason", "parts"]
    assert answer["reason"] == "invalid_month"


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"text": 5}',
        '{"text": "Quý I", "plan_year": "soon"}',
        '{"text": "Quý I", "plan_year": true}',
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_the_rest_go_on(line: str) -> None:
    code, answers, told = ask(
        "--jsonl", lines=f'{{"text": "Quý I/2021"}}\n{line}\n{{"text": "Quý II/2021"}}\n'
    )
    assert code == SOME_FAILED
    assert [answer["status"] for answer in answers] == ["ok", "unparsed", "ok"]
    assert "error" in answers[1]
    assert "line 2" in told


def test_a_line_that_is_no_utf8_is_told() -> None:
    code, answers, told = ask("--jsonl", lines=b'{"text": "Qu\xff"}\n{"text": "2021"}\n')
    assert (code, [answer["status"] for answer in answers]) == (SOME_FAILED, ["unparsed", "ok"])
    assert "line 1" in told


def test_a_lone_surrogate_comes_back_as_it_came() -> None:
    _, (answer,), _ = ask("--jsonl", lines='{"text": "\\ud800 Quý I/2021"}')
    assert answer["text"] == "\ud800 Quý I/2021"


@pytest.mark.parametrize("arguments", [(), ("--jsonl", "Quý I")])
def test_texts_or_lines_not_both(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        ask(*arguments)
