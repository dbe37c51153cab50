import pytest

from phuluc.audit.years import years_of


@pytest.mark.parametrize(
    ("text", "single", "spans", "why"),
    [
        ("Kế hoạch CCHC năm 2021", {2021}, set(), "the usual way"),
        ("Quý I/2020; tháng 12/2021", {2020, 2021}, set(), "behind a quarter or month"),
        ("Nghị định số 61/2018/NĐ-CP", set(), set(), "the year of a symbol is not what the text is about"),
        ("ngày 23 tháng 4 năm 2018, 31/12/2019", set(), set(), "nor that of a date"),
        ("TCVN ISO 9001:2015", set(), set(), "nor that of a standard"),
        ("giai đoạn 2021-2025", set(), {(2021, 2025)}, "a span"),
        (
            "giai đoạn 2021-2025, định hướng đến năm 2030",
            set(),
            {(2021, 2025)},
            "an outlook is no year of the plan",
        ),
        ("năm 2021 và năm 2022", set(), {(2021, 2022)}, "two years are no single one"),
        ("Tuyên truyền CCHC 2021", {2021}, set(), "a bare year"),
        ("20211 hồ sơ, 1.2020", set(), set(), "other figures"),
        (None, set(), set(), "an empty cell"),
    ],
)
def test_years(text, single, spans, why):
    assert years_of(text) == (single, spans), why
