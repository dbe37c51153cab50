"""The notation of the grammar file, and that the file keeps to it."""

from __future__ import annotations

import pytest

from normalize.deadlines.bnf import GrammarError, compile_lexer
from normalize.deadlines.words import lexer


@pytest.mark.parametrize(
    ("rule", "text", "matches", "why"),
    [
        ("a.b = ngày mai", "ngày mai ", "ngày mai ", "words in order"),
        ("a.b = ngày mai?", "ngày kia ", "ngày ", "an optional word"),
        ("a.b = ngày | tháng", "tháng ", "tháng ", "alternatives"),
        ("a.b = ( ngày | tháng )+", "ngày tháng năm ", "ngày tháng ", "repetition"),
        (r"a.b = /\d+/ '/' /\d+/", "5 / 12 / ", "5 / 12 ", "token patterns and signs"),
        ("a.b = quý !năm", "quý năm ", None, "not before"),
        ("a.b = quý &năm", "quý năm ", "quý ", "only before, without taking it"),
        ("Part = một | hai\na.b = quý Part", "quý hai ", "quý hai ", "named parts"),
        ("a.b = ngày /$/", "ngày ", "ngày ", "the end of the cell"),
        ("a.b = ngà", "ngày ", None, "whole tokens only"),
    ],
)
def test_notation(rule: str, text: str, matches: str | None, why: str) -> None:
    found = compile_lexer(rule).match(text.split(maxsplit=1)[0], text, 0)
    assert (found.group() if found else None) == matches, why


def test_captures_keep_their_names() -> None:
    grammar = compile_lexer(r"time.m = tháng m:/\d+/ ( năm y:/\d{4}/ | '/' y:/\d{4}/ )?")
    found = grammar.match("tháng", "tháng 3 / 2021 ", 0)
    assert found
    assert found.lastgroup == "time_m"
    assert [(name, found[group]) for name, group in grammar.captures["time_m"] if found[group]] == [
        ("m", "3 "),
        ("y", "2021 "),
    ]


def test_first_lexeme_wins() -> None:
    found = compile_lexer("a.long = ngày mai\na.short = ngày").match("ngày", "ngày mai ", 0)
    assert found
    assert found.lastgroup == "a_long"


@pytest.mark.parametrize("rule", ["a.b = ( ngày", "a.b = Unknown", "a.b = ngày )", "a.b = ngày?", "a.b = § "])
def test_errors_are_told(rule: str) -> None:
    with pytest.raises(GrammarError):
        compile_lexer(rule)


def test_the_grammar_of_the_package_compiles() -> None:
    assert {"ngày", "tháng", "quý", "trước", "hằng", "tết"} <= lexer().words
