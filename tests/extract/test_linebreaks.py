"""What stood where a narrow column or a page end broke a line."""

import pytest

from extract.linebreaks import seam


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("Kế hoạch cải cách", "hành chính", " "),  # a blank, nearly always
        ("Nghị định số 61/2018/NĐ-", "CP của Chính phủ", ""),  # the hyphen stays inside the symbol
        ("Nghị định 60/2021/NĐ", "-CP ngày 21/6/2021", ""),  # some writers break before it
        ("Hoàn thành/", "Chưa hoàn thành", ""),  # a slash holds as well
        ("Phòng Kế hoạch -", "Tài chính", " "),  # a dash between blanks is a word of its own
        ("kinh tế", "- xã hội", " "),  # and no symbol stands before it
        ("Sở KH&ĐT", "-Công khai", " "),  # a bullet typed without a blank, after an abbreviation
        ("Văn phòng Bộ (Phòng KSTTHC", ")", ""),  # a bracket that closes stands by its word
        ("30/6/201", "9", ""),  # a narrow column of dates breaks inside the year
        ("trước ngày 30/6", "2019 - 2020", " "),  # a whole year is a word of its own
    ],
)
def test_seam(before: str, after: str, between: str) -> None:
    assert seam(before, after) == between
