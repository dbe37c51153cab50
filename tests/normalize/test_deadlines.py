"""The corpus is the specification: every phrasing under a value must mean exactly that value."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from deadline_values import value_of

from normalize.deadlines import Deadline, parse_deadline
from normalize.deadlines.residue import decode_residue

if TYPE_CHECKING:
    from datetime import date

CORPUS = Path(__file__).with_name("deadlines_corpus.txt")


def corpus() -> list[tuple[int, str, str]]:
    """(plan year, value, phrasing) of every line of the corpus."""
    cases: list[tuple[int, str, str]] = []
    year, value = 0, ""
    for line in CORPUS.read_text("utf-8").splitlines():
        if line.startswith("@ "):
            year = int(line[2:])
        elif line.startswith("= "):
            value = line[2:]
        elif line.startswith("    "):
            cases.append((year, value, line[4:].replace("\\n", "\n")))
    return cases


def by_value() -> dict[tuple[int, str], list[str]]:
    groups: dict[tuple[int, str], list[str]] = {}
    for year, value, phrasing in corpus():
        groups.setdefault((year, value), []).append(phrasing)
    return groups


@pytest.mark.parametrize(("key", "phrasings"), by_value().items(), ids=lambda item: str(item)[:60])
def test_phrasings_mean_their_value(key: tuple[int, str], phrasings: list[str]) -> None:
    year, value = key
    assert {phrasing: value_of(parse_deadline(phrasing, year)) for phrasing in phrasings} == dict.fromkeys(
        phrasings, value
    )


def test_corpus_is_read() -> None:
    assert len(corpus()) > 600


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_mean_the_same(form: str) -> None:
    for year, value, phrasing in corpus():
        if decode_residue(phrasing):
            continue  # a legacy font's code is no Unicode to be decomposed
        spelled = unicodedata.normalize(form, phrasing)  # type: ignore[arg-type] # a literal in the stubs
        assert unicodedata.normalize("NFC", value_of(parse_deadline(spelled, year))) == value, phrasing


def test_capitals_change_nothing_but_names() -> None:
    """A cell in capitals gives the same dates."""
    for year, _, phrasing in corpus():
        if decode_residue(phrasing) or any(letter in phrasing for letter in "lO|\n"):
            continue  # code and look-alikes have no capitals; a capital after a break opens a clause
        assert dates(parse_deadline(phrasing.upper(), year)) == dates(parse_deadline(phrasing, year)), (
            phrasing
        )


def dates(deadline: Deadline) -> list[tuple[str, date | None, date | None, str | None]]:
    return [(part.type, part.start, part.end, part.recurrence) for part in deadline.parts]


@pytest.mark.parametrize(
    ("text", "year", "expected", "why"),
    [
        ("Trước ngày 15/12", None, "refused: incomplete", "no year anywhere: no date is made up"),
        ("Quý III", None, "refused: incomplete", "as above"),
        ("Quý III/2021", None, "interval 2021-07-01/2021-09-30 quarter", "the cell states its year"),
        ("Hằng tháng", None, "recurring FREQ=MONTHLY month", "needs no year"),
        ("Trước 15/12", 1800, "refused: invalid_year", "a plan year outside 1945-2100 is none"),
        ("Tháng 13", None, "refused: invalid_month", "the wrong month is told before the missing year"),
        ("", 2021, "nothing: empty", ""),
        (" \n\t ", 2021, "nothing: empty", ""),
        ("<br>", 2021, "nothing: empty", "markup only"),
        ("Triển khai. " * 500, 2021, "refused: no_temporal_content", "prose is no deadline"),
    ],
)  # fmt: skip
def test_without_year_and_without_text(text: str, year: int | None, expected: str, why: str) -> None:
    assert value_of(parse_deadline(text, year)) == expected, why


def test_task_cell_gives_label_hints() -> None:
    task = "Báo cáo công tác CCHC (Quý I, 6 tháng, Quý III và năm)"
    deadline = parse_deadline("Trước ngày 26 tháng 2, 5, 8 và 20/11", 2020, task_text=task)
    assert [part.extension.label_hint for part in deadline.parts] == ["Quý I", "6 tháng", "Quý III", "năm"]
    assert [part.label for part in deadline.parts] == [None] * 4


def test_task_cell_with_another_count_gives_no_hint() -> None:
    deadline = parse_deadline("Tháng 3, 6", 2020, task_text="Báo cáo (quý I, quý II, quý III)")
    assert [part.extension.label_hint for part in deadline.parts] == [None, None]


def test_spans_point_into_the_raw_text() -> None:
    raw = "- Kế hoạch (<b>Quý I</b>);\n- Báo cáo (Tr­íc 30/11)".replace("Tr­íc", "Trước")
    parts = parse_deadline(raw, 2021).parts
    assert [raw[slice(*part.span)] for part in parts] == ["Quý I", "Trước 30/11"]


def test_spans_survive_a_legacy_font() -> None:
    raw = "Quyù II/2020; Tröôùc ngaøy 30/11/2020"
    parts = parse_deadline(raw, 2020).parts
    assert [raw[slice(*part.span)] for part in parts] == ["Quyù II/2020", "Tröôùc ngaøy 30/11/2020"]


def test_json_form() -> None:
    assert json.loads(parse_deadline("Trước Tết Nguyên đán Nhâm Dần", 2022).dumps()) == {
        "status": "ok",
        "reason": None,
        "parts": [
            {
                "label": None,
                "type": "date",
                "comparator": "before",
                "start": None,
                "end": "2022-02-01",
                "recurrence": None,
                "offset": None,
                "precision": "day",
                "year_inferred": False,
                "named": "Tết Nguyên đán Nhâm Dần",
            }
        ],
    }


def test_confidence_falls_with_every_choice() -> None:
    def confidence(text: str) -> float:
        return parse_deadline(text, 2021).parts[0].confidence

    assert confidence("Quý I/2021") == 1.0
    assert confidence("Quý I") < confidence("Quý I/2021")
    assert confidence("Quý Ill") < confidence("Quý III")
    assert confidence("Cuối tháng 3/2021") < confidence("31/3/2021")
