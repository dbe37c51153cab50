"""Values under number formats: the text is what the sheet shows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.sheets.number_format import show_number

DAY = 45721.0  # 5 March 2025


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1.0, "General", "1"),
        (1.5, "General", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.0, "General", "1234567"),
        (-3.0, "General", "-3"),
        (1e20, "General", "1E+20"),
        (1.0, "00", "01"),
        (7.0, "000", "007"),
        (0.75, "0%", "75%"),
        (0.125, "0.0%", "12.5%"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (1234.5, "#,##0", "1,235"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.0, "#,##0", "0"),
        (0.0, "#", ""),
        (12.0, "0.##", "12."),
        (12.5, "0.##", "12.5"),
        (1500000.0, "#,##0,", "1,500"),
        (-5.0, "0;(0)", "(5)"),
        (-5.0, "0;-0", "-5"),
        (0.0, '0;-0;"-"', "-"),
        (5.0, '"Quý "0', "Quý 5"),
        (5.0, r"0\.", "5."),
        (12.0, '0" văn bản"', "12 văn bản"),
        (5.0, "[Red]0", "5"),
        (150.0, '[>100]"nhiều";0', "nhiều"),
        (50.0, '[>100]"nhiều";0', "50"),
        (3.0, "@", "3"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (0.5, "# ?/?", "1/2"),
        (2.25, "# ?/?", "2 1/4"),
        (1234.0, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "1,234"),
        (0.0, '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
        (DAY, "dd/mm/yyyy", "05/03/2025"),
        (DAY, "mm/dd/yyyy", "03/05/2025"),
        (DAY, "d/m/yyyy", "5/3/2025"),
        (DAY, "yyyy-mm-dd", "2025-03-05"),
        (DAY, "d/m/yy", "5/3/25"),
        (DAY, "mmm-yy", "Mar-25"),
        (DAY, "mm/yyyy", "03/2025"),
        (DAY, "yyyy", "2025"),
        (DAY, "[$-42A]dd mmmm yyyy", "05 Tháng Ba 2025"),
        (DAY, '"Ngày "dd" tháng "mm" năm "yyyy', "Ngày 05 tháng 03 năm 2025"),
        (DAY, r"dd\/mm\/yyyy", "05/03/2025"),
        (DAY, "[$-409]d\\-mmm\\-yyyy;@", "5-Mar-2025"),
        (DAY + 0.5625, "dd/mm/yyyy hh:mm", "05/03/2025 13:30"),
        (0.5625, "h:mm AM/PM", "1:30 PM"),
        (0.5625, "hh:mm:ss", "13:30:00"),
        (1.5, "[h]:mm", "36:00"),
        (1.0, "dd/mm/yyyy", "01/01/1900"),
        (61.0, "dd/mm/yyyy", "01/03/1900"),
        (-1.0, "dd/mm/yyyy", "-1"),
        (0.9999999, "hh:mm", "00:00"),
    ],
)
def test_what_the_sheet_shows(value: float, code: str, expected: str) -> None:
    assert show_number(value, code) == expected


def test_the_other_epoch() -> None:
    assert show_number(DAY - 1462, "dd/mm/yyyy", from_1904=True) == "05/03/2025"


@settings(deadline=None)
@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)))
def test_dates_keep_their_order(day: dt.date) -> None:
    serial = float((day - dt.date(1899, 12, 30)).days)
    assert show_number(serial, "dd/mm/yyyy") == day.strftime("%d/%m/%Y")
    assert show_number(serial, "mm/dd/yyyy") == day.strftime("%m/%d/%Y")


@settings(deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(alphabet='0#?.,;%@ "\\dmyhsE+-/[]', max_size=12),
)
def test_any_format_code_gives_some_text(value: float, code: str) -> None:
    assert isinstance(show_number(value, code), str)
