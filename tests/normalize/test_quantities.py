"""What figures mean; what can be read in two ways has no value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.document_dates import PartialDate, search_date
from normalize.quantities import Figure, parse_figure, parse_number, scale_of

# text, value, why
NUMBERS: list[tuple[str, float | None, str]] = [
    ("62", 62, "plain"),
    ("01", 1, "a leading zero"),
    ("1.380", 1380, "the point groups thousands"),
    ("1.234.567", 1234567, "twice"),
    ("13,3", 13.3, "the comma is the decimal mark"),
    ("1.234,5", 1234.5, "both"),
    ("1,234.5", 1234.5, "both, the English way"),
    ("1,234,567", 1234567, "two commas group"),
    ("1.5", 1.5, "a point before one figure is a decimal mark"),
    ("0,345", 0.345, "nothing is grouped behind a zero"),
    ("12 000", 12000, "a blank groups too"),
    ("-5,2", -5.2, "below zero"),
    ("12,345", None, "12.345 or 12,345: doubtful"),
    ("1.2.3", None, "a label"),
    ("báo cáo", None, "words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "why"), NUMBERS)
def test_number(text: str, value: float | None, why: str) -> None:
    assert parse_number(text) == value, why


# cell, figure, why
CELLS: list[tuple[str, Figure | None, str]] = [
    ("2/3", Figure("2/3", 2, 3), "a fraction keeps its whole"),
    ("75%", Figure("75%", 75, unit="%"), "a share"),
    ("22²", Figure("22²", 22), "the mark of a footnote"),
    ("3(1)", Figure("3(1)", 3), "the same in brackets"),
    ("5*", Figure("5*", 5), "and as a star"),
    ("-", Figure("-", None), "a placeholder is there and has no value"),
    ("1.200 triệu đồng", Figure("1.200 triệu đồng", 1200, unit="triệu đồng"), "a unit in the cell"),
    ("11 UBND cấp huyện và 11 Phòng GDĐT", None, "a sentence that begins with a figure"),
    ("Báo cáo", None, "words"),
    ("", None, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "figure", "why"), CELLS)
def test_cell(cell: str, figure: Figure | None, why: str) -> None:
    assert parse_figure(cell) == figure, why


def test_scale_of_money() -> None:
    assert scale_of("triệu đồng") == (1e6, "đồng")
    assert scale_of("cuộc") == (1.0, "cuộc")


@given(st.integers(0, 10**9))
def test_grouped_thousands_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}".replace(",", ".")) == number


# text, (year, month, day), why
DATES: list[tuple[str, tuple[int | None, int | None, int | None] | None, str]] = [
    ("ngày 29 tháng 12 năm 2021", (2021, 12, 29), "in words"),
    ("ngày 16/12/2019", (2019, 12, 16), "in figures"),
    ("ngày 17-9-2003", (2003, 9, 17), "with hyphens"),
    ("ngày tháng 01 năm 2020", (2020, 1, None), "the day is still to come"),
    ("ngày /11/2020", (2020, 11, None), "the same in figures"),
    ("ngày / /2026", (2026, None, None), "only the year is known"),
    ("ngày …..tháng…… năm 2025", (2025, None, None), "dots"),
    ("ngày 25 tháng 12 năm1998", (1998, 12, 25), "a lost blank"),
    ("31/02/2020", None, "no such day"),
    ("02/3", None, "a fraction"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts", "why"), DATES)
def test_date(text: str, parts: tuple[int | None, int | None, int | None] | None, why: str) -> None:
    found = search_date(text)
    assert (found and (found[0].year, found[0].month, found[0].day)) == parts, why


def test_parts_agree_when_none_differs() -> None:
    whole = PartialDate(2020, 1, 15)
    assert PartialDate(2020, 1, None).agrees(whole)
    assert not PartialDate(2020, 2, None).agrees(whole)
