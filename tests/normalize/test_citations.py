"""What a citation says: type, symbol, year, date, issuer. One row a wording, with why it is here."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.citations import find_citations

Facts = tuple[
    str | None, str | None, int | None, tuple[int | None, int | None, int | None] | None, str | None
]

# text, [(doc_type, symbol_normalised, year, date as (year, month, day), issuer)], why
CASES: list[tuple[str, list[Facts], str]] = [
    (
        "Căn cứ Kế hoạch số 424/KH-UBND ngày 16/12/2019 của Ủy ban nhân dân tỉnh về việc thực hiện",
        [("KH", "424/KH-UBND", 2019, (2019, 12, 16), "Ủy ban nhân dân tỉnh")],
        "the plain form: the year comes from the date",
    ),
    (
        "Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng "
        "khóa XII một số vấn đề",
        [
            ("NQ", "18-NQ/TW", 2017, (2017, 10, 25),
             "Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII"),
        ],
        "a long issuer ends where the subject begins",
    ),
    (
        "Nghị định số 130/2005/NĐ-CP của Chính phủ ngày 17/10/2005 về",
        [("NĐ", "130/2005/NĐ-CP", 2005, (2005, 10, 17), "Chính phủ")],
        "issuer before date",
    ),
    (
        "Nghị định số 130/NĐ-CP ngày 17/10/2015 của Chính phủ",
        [("NĐ", "130/NĐ-CP", 2015, (2015, 10, 17), "Chính phủ")],
        "a wrong year is not corrected",
    ),
    (
        "Nghị quyết số 08/NQ/CP ngày 24/01/2018 của Chính phủ về",
        [("NQ", "08/NQ-CP", 2018, (2018, 1, 24), "Chính phủ")],
        "a typing error is mended",
    ),
    (
        "hướng dẫn tại văn bản số 975/SNV-CCHC ngày 18/7/2016 của Sở Nội vụ.",
        [("CV", "975/SNV-CCHC", 2016, (2016, 7, 18), "Sở Nội vụ")],
        "an official letter",
    ),
    (
        "Công văn số 4643/UBND-KGVX ngày 28/8/2024; số 4975/UBND-KGVX ngày 17/09/2024 và số 6138/UBND- KGVX",
        [
            ("CV", "4643/UBND-KGVX", 2024, (2024, 8, 28), None),
            ("CV", "4975/UBND-KGVX", 2024, (2024, 9, 17), None),
            ("CV", "6138/UBND-KGVX", None, None, None),
        ],
        "a list says its type once",
    ),
    (
        "các Tờ trình số 1280/TTr-CP và số 1281/TTr-CP ngày 29/12/2025",
        [("TTr", "1280/TTr-CP", None, None, None), ("TTr", "1281/TTr-CP", 2025, (2025, 12, 29), None)],
        "the date of the last is not given to the first",
    ),
    (
        "Luật Tổ chức Quốc hội số 57/2014/QH13 được sửa đổi theo Luật số 65/2020/QH14 và Nghị quyết số 203/2025/QH15",
        [
            ("L", "57/2014/QH13", 2014, None, None),
            ("L", "65/2020/QH14", 2020, None, None),
            ("NQ", "203/2025/QH15", 2025, None, None),
        ],
        "the word before it tells law from resolution",
    ),
    (
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
        [("L", "64/2025/QH15", 2025, None, None)],
        "the word luật inside a law's name does not begin another",
    ),
    (
        "Luật thuế xuất khẩu, thuế nhập khẩu số 04/1998/QH10 ngày 20/05/1998",
        [("L", "04/1998/QH10", 1998, (1998, 5, 20), None)],
        "a comma in a law's name",
    ),
    (
        "Quyết định ban hành Kế hoạch số 3647/QĐ-UBND ngày 17/11/2021 của UBND tỉnh ban hành",
        [("QĐ", "3647/QĐ-UBND", 2021, (2021, 11, 17), "UBND tỉnh")],
        "the symbol is the decision's, not the plan's",
    ),
    (
        "ngày 16/12/2019 Sở Khoa học và Công nghệ (KH&CN) ban hành Kế hoạch số 930/KH-SKHCN về việc",
        [("KH", "930/KH-SKHCN", 2019, (2019, 12, 16), "Sở Khoa học và Công nghệ")],
        "date and issuer stand before",
    ),
    (
        "(Kèm theo Báo cáo số: /BC-SKHCN ngày /11/2020 của Sở KH&CN)",
        [("BC", "/BC-SKHCN", 2020, (2020, 11, None), "Sở KH&CN")],
        "a draft: number and day are still to come",
    ),
    (
        "Căn cứ Nghị định số 178/CP ngày 28/10/1994 của Chính phủ",
        [("NĐ", "178/CP", 1994, (1994, 10, 28), "Chính phủ")],
        "the form before 1996",
    ),
    (
        "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;",
        [("L", None, 2001, (2001, 12, 25), None)],
        "a law by name and date",
    ),
    (
        "theo quy định của Luật Ngân sách nhà nước (năm 2015), các văn bản hướng dẫn",
        [("L", None, 2015, (2015, None, None), None)],
        "a law by name and year",
    ),
    (
        "theo quy định của Luật ngân sách nhà nước, các văn bản hướng dẫn thi hành",
        [("L", None, None, None, None)],
        "a law by its name alone, appealed to",
    ),
    (
        "Thực hiện Nghị quyết số 18, 19-NQ/TW ngày 25/10/2017",
        [("NQ", "18-NQ/TW", None, None, None), ("NQ", "19-NQ/TW", 2017, (2017, 10, 25), None)],
        "two numbers share one symbol",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_citations(text: str, expected: list[Facts], why: str) -> None:
    found = [
        (
            item.doc_type,
            item.symbol_normalised,
            item.year,
            (item.cited_date.year, item.cited_date.month, item.cited_date.day) if item.cited_date else None,
            item.cited_issuer,
        )
        for item in find_citations(text)
    ]
    assert found == expected, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kiểm tra tại 3/4 đơn vị trực thuộc, đạt tỷ lệ 75%", "a fraction"),
        ("tiêu chuẩn TCVN ISO 9001:2015 và LAS-XD 706", "standards"),
        ("Mẫu số 23/CKTC-NSH", "the code of a form"),
        ("dự án Luật Giám định tư pháp (sửa đổi)", "a bill is no law yet"),
        ("bổ sung dự án Luật sửa đổi một số điều của Luật Thương mại", "nor is what it would amend cited"),
        ("Kế hoạch cải cách hành chính năm 2020", "a plan without a symbol"),
        ("pháp luật về ngân sách nhà nước", "the law in general"),
    ],
)
def test_no_citation(text: str, why: str) -> None:
    assert find_citations(text) == [], why


def test_the_words_of_a_citation_are_its_text() -> None:
    text = "thực hiện Chỉ thị số 30/CT-TTg ngày 30/10/2018 của Thủ tướng Chính phủ về nâng cao"
    (item,) = find_citations(text)
    assert item.text == "Chỉ thị số 30/CT-TTg ngày 30/10/2018 của Thủ tướng Chính phủ"
    assert text[item.start : item.end] == item.text


@given(st.text(alphabet="0123456789/-–QĐKHUBND Nghịquyếtđnhsốày của,;.\n()", max_size=120))
def test_spans_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_citations(text)
    assert all(text[item.start : item.end] == item.text for item in found if "ellipsis" not in item.mended)
    assert all(first.start <= second.start for first, second in pairwise(found))
