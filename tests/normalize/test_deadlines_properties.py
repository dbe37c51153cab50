"""Properties that hold for every text, and fuzzing with the words that the grammar knows."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize.deadlines import Deadline, parse_deadline
from normalize.deadlines.words import lexer, tokens

if TYPE_CHECKING:
    from normalize.deadlines.bnf import Lexeme

WORDS = sorted(lexer().words)
SIGNS = [
    ",",
    ";",
    ".",
    ":",
    "/",
    "-",
    "–",
    "(",
    ")",
    "\n",
    "…",
    "...",
    "I",
    "IV",
    "Ill",
    "%",
    "<b>",
    "</b>",
    "&nbsp;",
]
DIGITS = (
    st.integers(0, 40).map(str)
    | st.integers(1, 12).map(lambda n: f"{n:02d}")
    | st.integers(1990, 2035).map(str)
)
PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS).map(str.capitalize), DIGITS, st.sampled_from(SIGNS)
)
SOUP = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)
YEARS = st.none() | st.integers(1945, 2100)
FORMS = [
    "{d}/{m}/{y}",
    "ngày {d:02d}/{m:02d}/{y}",
    "{d}.{m}.{y}",
    "{d:02d}-{m:02d}-{y}",
    "ngày {d} tháng {m} năm {y}",
    "ngày {d} tháng {m}/{y}",
    "{y}-{m:02d}-{d:02d}",
]
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
NO_TIME = st.text(st.sampled_from("bcghklmpvxyăâêôơư ,;()"), min_size=1, max_size=40)


def check(text: str, deadline: Deadline) -> None:
    """What every answer keeps, whatever the text."""
    assert deadline.parts
    assert (deadline.status == "ok") == all(part.type != "none" for part in deadline.parts)
    assert (deadline.status == "ok") == (deadline.reason is None)
    for part in deadline.parts:
        assert 0 <= part.span[0] <= part.span[1] <= len(text)
        assert 0 < part.confidence <= 1
        if part.start and part.end:
            assert part.start <= part.end
        if part.comparator in {"before", "by"}:
            assert part.start is None
        if part.type in {"date", "interval"}:
            assert part.start or part.end
        if part.type in {"none", "by_reference", "relative"}:
            assert part.start is part.end is None
        if part.type == "relative":
            assert part.offset
        if part.recurrence:
            assert part.type == "recurring"
            assert part.recurrence.startswith("FREQ=")
    json.loads(deadline.dumps())


@given(st.text(max_size=200), YEARS)
@settings(max_examples=400, deadline=None)
def test_any_text_is_answered(text: str, year: int | None) -> None:
    check(text, parse_deadline(text, year))


@given(SOUP, YEARS)
@settings(max_examples=800, deadline=None)
def test_any_soup_of_grammar_words_is_answered(text: str, year: int | None) -> None:
    check(text, parse_deadline(text, year))


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_tokens_cover_the_text_in_order(text: str) -> None:
    found = tokens(text)
    assert len(found.words) == len(found.spans)
    assert found.text == "".join(f"{word} " for word in found.words)
    ends = [0, *(end for _, end in found.spans)]
    for (start, end), before in zip(found.spans, ends, strict=False):
        assert before <= start <= end <= len(text)


@given(NO_TIME, st.integers(1945, 2100))
@settings(max_examples=300, deadline=None)
def test_no_date_without_digits_or_time_words(text: str, year: int) -> None:
    if set(tokens(text).words) & lexer().words:
        return
    assert all(part.start is part.end is None for part in parse_deadline(text, year).parts)


@given(DAYS, st.sampled_from(FORMS))
@settings(max_examples=300, deadline=None)
def test_a_rendered_day_parses_back(day: date, form: str) -> None:
    (part,) = parse_deadline(form.format(d=day.day, m=day.month, y=day.year)).parts
    assert (part.type, part.start, part.end, part.precision, part.year_inferred) == (
        "date",
        day,
        day,
        "day",
        False,
    )


@given(
    DAYS,
    st.sampled_from(["trước ngày", "Trước", "chậm nhất", "đến hết ngày", "Không muộn hơn ngày", "hạn cuối:"]),
)
@settings(max_examples=200, deadline=None)
def test_a_rendered_limit_parses_back(day: date, lead: str) -> None:
    (part,) = parse_deadline(f"{lead} {day.day}/{day.month}", day.year).parts
    expected = "before" if lead.lower().startswith("trước") else "by"
    assert (part.comparator, part.start, part.end, part.year_inferred) == (expected, None, day, True)


@given(DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_a_rendered_range_parses_back_or_is_refused(first: date, last: date) -> None:
    deadline = parse_deadline(f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
    if first > last:
        assert deadline.reason == "inverted_interval"
    else:
        assert [(part.start, part.end) for part in deadline.parts] == [(first, last)]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True), st.integers(1950, 2099))
@settings(max_examples=200, deadline=None)
def test_a_list_of_months_has_a_part_each(months: list[int], year: int) -> None:
    parts = parse_deadline(f"Tháng {', '.join(map(str, months))}", year).parts
    assert [part.start for part in parts] == [date(year, month, 1) for month in months]


@given(st.integers(1, 4), st.integers(1950, 2099), st.sampled_from(["I II III IV", "1 2 3 4", "i ii iii iv"]))
def test_a_quarter_is_three_months(quarter: int, year: int, numerals: str) -> None:
    (part,) = parse_deadline(f"Quý {numerals.split()[quarter - 1]}/{year}").parts
    assert (part.start, part.precision) == (date(year, 3 * quarter - 2, 1), "quarter")
    assert part.end is not None
    assert part.end.month == 3 * quarter


@given(SOUP, YEARS)
@settings(max_examples=300, deadline=None)
def test_the_same_text_gives_the_same_answer(text: str, year: int | None) -> None:
    padded = parse_deadline(f"  {text}  ", year)
    assert [part.to_json() for part in padded.parts] == [
        part.to_json() for part in parse_deadline(text, year).parts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000,
        "ngày " * 800,
        "15/3/" * 700,
        "trước " * 600 + "15/3",
        "quý I, " * 500,
        "và " * 900,
        "- " * 1900,
        "từ ngày kể từ khi sau khi trước khi " * 90,
        "1/1/1/1/1/1/1" * 250,
    ],
    ids=lambda text: text[:12],
)
def test_repetition_is_answered(text: str) -> None:
    check(text, parse_deadline(text, 2021))


@pytest.mark.parametrize("lexeme", lexer().lexemes, ids=lambda lexeme: lexeme.name)
def test_every_lexeme_is_answered(lexeme: Lexeme) -> None:
    """Texts made from the grammar itself: each lexeme alone, after a comparator, and twice in a list."""

    @given(
        st.from_regex(rf"\A{lexeme.pattern}[^\n]{{0,8}}"), st.sampled_from(["", "trước ", "từ ", "báo cáo: "])
    )
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def answers(text: str, lead: str) -> None:
        for cell in (lead + text, f"{lead}{text}, {text}", f"{text} hằng năm"):
            check(cell, parse_deadline(cell, 2022))

    answers()
