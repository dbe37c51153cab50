"""What a document's symbol says, form by form; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.symbols import document_types, find_symbols, mend_organ, parse_symbol, type_of

# text, normalised, doc_type, number, year, issuer_code, why
SYMBOLS: list[tuple[str, str, str | None, str | None, int | None, str, str]] = [
    ("333 /QĐ-SKHCN", "333/QĐ-SKHCN", "QĐ", "333", None, "SKHCN", "a blank before the stroke"),
    ("424/KH-UBND", "424/KH-UBND", "KH", "424", None, "UBND", "the plain form"),
    ("565    /TB-UBND", "565/TB-UBND", "TB", "565", None, "UBND", "a stamped number and its gap"),
    ("186/KH- UBND", "186/KH-UBND", "KH", "186", None, "UBND", "broken at the end of a line"),
    ("30c/NQ-CP", "30c/NQ-CP", "NQ", "30c", None, "CP", "a letter in the number"),
    ("50/2020/QĐ-UBND", "50/2020/QĐ-UBND", "QĐ", "50", 2020, "UBND", "a normative act carries its year"),
    ("12/98/QĐ-BTC", "12/98/QĐ-BTC", "QĐ", "12", 1998, "BTC", "the year in two figures, as until 2000"),
    ("56/2017/QH14", "56/2017/QH14", None, "56", 2017, "QH", "law or resolution: the symbol does not tell"),
    ("87/2025/UBTVQH15", "87/2025/UBTVQH15", None, "87", 2025, "UBTVQH", "the standing committee"),
    ("12/1999/PL-UBTVQH10", "12/1999/PL-UBTVQH10", "PL", "12", 1999, "UBTVQH", "an ordinance"),
    ("01-NQ/TU", "01-NQ/TU", "NQ", "01", None, "TU", "party: the hyphen first"),
    ("26-CTr/TU", "26-CTr/TU", "CTr", "26", None, "TU", "a programme, not a directive (CT)"),
    ("03-CT/TW", "03-CT/TW", "CT", "03", None, "TW", "a directive, not a programme (CTr)"),
    ("10-QĐi/TW", "10-QĐi/TW", "QyĐ", "10", None, "TW", "the party's spelling of quy định"),
    ("15/QyĐ-UBND", "15/QyĐ-UBND", "QyĐ", "15", None, "UBND", "quy định differs from quyết định by one letter"),
    ("36-HD/VPTW", "36-HD/VPTW", "HD", "36", None, "VPTW", "a party office"),
    ("57-L/CTN", "57-L/CTN", "L", "57", None, "CTN", "laws of 1993"),
    ("975/SNV-CCHC", "975/SNV-CCHC", "CV", "975", None, "SNV", "an official letter has no type"),
    ("6138/UBND- KGVX", "6138/UBND-KGVX", "CV", "6138", None, "UBND", "a letter broken at the end of a line"),
    ("123/SVH,TT&DL-VP", "123/SVH,TT&DL-VP", "CV", "123", None, "SVH,TT&DL", "comma and ampersand in an organ"),
    ("135/SGD&ĐT-GDTrH", "135/SGD&ĐT-GDTrH", "CV", "135", None, "SGD&ĐT", "small letters in a drafting unit"),
    ("02/2004/TTLT/BNV-BTC", "02/2004/TTLT-BNV-BTC", "TTLT", "02", 2004, "BNV-BTC", "a joint circular, the old mark"),
    ("12/2006/TTLT-BKH-BNV-BCA", "12/2006/TTLT-BKH-BNV-BCA", "TTLT", "12", 2006, "BKH-BNV-BCA", "of three"),
    ("184/KL-TTr", "184/KL-TTr", "KL", "184", None, "TTr", "TTr is an inspectorate here, not a submission"),
    ("505/TTr-CP", "505/TTr-CP", "TTr", "505", None, "CP", "and a submission here"),
    ("123/KH-UBND-VX", "123/KH-UBND-VX", "KH", "123", None, "UBND", "a drafting unit after the organ"),
    ("12/QĐ-UBND.HC", "12/QĐ-UBND.HC", "QĐ", "12", None, "UBND", "the same behind a point"),
    ("101/QĐ.BQL-TC", "101/QĐ-BQL-TC", "QĐ", "101", None, "BQL", "a point instead of the hyphen"),
    ("Số: /KH-SKH&CN", "/KH-SKH&CN", "KH", None, None, "SKH&CN", "a draft: the number is still to come"),
    ("Số: …/2025/TT-BKHCN", "/2025/TT-BKHCN", "TT", None, 2025, "BKHCN", "dots for the number"),
    ("Số      -KH/TU", "-KH/TU", "KH", None, None, "TU", "a party draft"),
    # Typing errors, mended where one reading is left.
    ("08/NQ/CP", "08/NQ-CP", "NQ", "08", None, "CP", "a stroke for the hyphen"),
    ("18/NQ-TW", "18-NQ/TW", "NQ", "18", None, "TW", "a party act in the form of the state"),
    ("30-QĐ/UBND", "30/QĐ-UBND", "QĐ", "30", None, "UBND", "and the other way round"),
    ("28/CT-TTG", "28/CT-TTg", "CT", "28", None, "TTg", "the wrong case"),
    ("12/QD-UBND", "12/QĐ-UBND", "QĐ", "12", None, "UBND", "a lost stroke"),
    ("42/KH-SKHHCN", "42/KH-SKHCN", "KH", "42", None, "SKHCN", "a letter typed twice"),
    ("333/QĐ-SKHCHN", "333/QĐ-SKHCN", "QĐ", "333", None, "SKHCN", "and once more, further on"),
    ("30c/NQCP", "30c/NQ-CP", "NQ", "30c", None, "CP", "the hyphen was a soft one and got lost"),
    ("01/2018/TTVPCP", "01/2018/TT-VPCP", "TT", "01", 2018, "VPCP", "likewise: TT and VPCP, not TTV and PCP"),
    ("18/BCTĐ-STP", "18/BCTĐ-STP", None, "18", None, "STP", "a type of its own before a known organ"),
    ("144 /2002/QĐ/BTC", "144/2002/QĐ-BTC", "QĐ", "144", 2002, "BTC", "the habit of 2002"),
]  # fmt: skip


@pytest.mark.parametrize("case", SYMBOLS, ids=lambda case: case[0])
def test_symbol(case: tuple[str, str, str | None, str | None, int | None, str, str]) -> None:
    text, *expected, why = case
    symbol = parse_symbol(text)
    assert symbol is not None, why
    found = [symbol.normalised, symbol.doc_type, symbol.number, symbol.year, symbol.issuer_code]
    assert found == expected, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3/4 đơn vị", "a fraction"),
        ("20/11", "a date"),
        ("ngày 16/12/2019", "a whole date"),
        ("TCVN ISO 9001:2015", "a standard"),
        ("GB/T 44413-2024", "a foreign standard"),
        ("10%/năm", "a rate"),
        ("5 triệu đồng/người", "a price"),
        ("quý 3/2020", "a quarter"),
        ("100/TTHC được", "no code stands behind a type or organ"),
    ],
)  # fmt: skip
def test_no_symbol(text: str, why: str) -> None:
    assert not [symbol for symbol in find_symbols(text) if symbol.certain], why


def test_mending_is_told() -> None:
    assert [s.mended for s in find_symbols("08/NQ/CP; 12/QD-UBND; 28/CT-TTG; 424/KH-UBND")] == [
        ("separator",), ("type",), ("organ",), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "mended", "why"),
    [
        ("SKHCN", "SKHCN", "known"),
        ("SKHHCN", "SKHCN", "doubled letter"),
        ("SKH&CN", "SKH&CN", "Tiền Giang's own spelling is no error"),
        ("HDND", "HĐND", "lost stroke"),
        ("SXYZT", "SXYZT", "unknown stays as printed"),
        ("BNN", "BNN", "a known short code is not shortened"),
    ],
)
def test_organ(code: str, mended: str, why: str) -> None:
    assert mend_organ(code)[0] == mended, why


def test_symbol_ends_before_the_next_word() -> None:
    (symbol,) = find_symbols("Kế hoạch 42/KH-UBND - UBND tỉnh giao Sở Tài chính")
    assert symbol.text == "42/KH-UBND"


def test_the_decree_has_27_abbreviations_and_3_copies() -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục III; its abbreviations are distinct with case."""
    decree = [t for t in document_types().values() if t.family in ("administrative", "copy")]
    assert len({t.abbreviation for t in decree}) == len(decree)
    for abbreviation in [
        "NQ",
        "QĐ",
        "CT",
        "QC",
        "QyĐ",
        "TC",
        "TB",
        "HD",
        "CTr",
        "KH",
        "PA",
        "ĐA",
        "DA",
        "BC",
        "BB",
        "TTr",
        "HĐ",
        "CĐ",
        "BGN",
        "BTT",
        "GUQ",
        "GM",
        "GGT",
        "GNP",
        "PG",
        "PC",
        "PB",
        "SY",
        "TrS",
        "SL",
    ]:
        assert type_of(abbreviation) is not None, abbreviation


@given(st.text(alphabet="0123456789/-–QĐKHUBNDCPTTgsSố: .…&,\nể", max_size=60))
def test_spans_stand_in_the_text(text: str) -> None:
    for symbol in find_symbols(text):
        assert text[symbol.start : symbol.end] == symbol.text
        assert symbol.number is None or symbol.number in symbol.text


@given(
    number=st.integers(1, 9999),
    year=st.none() | st.integers(1997, 2030),
    kind=st.sampled_from(["KH", "QĐ", "BC", "CTr", "TTr"]),
    organ=st.sampled_from(["UBND", "SKHCN", "BTC", "SNV", "HĐND"]),
)
def test_what_is_written_is_read_back(number: int, year: int | None, kind: str, organ: str) -> None:
    written = f"{number:02d}/{f'{year}/' if year else ''}{kind}-{organ}"
    symbol = parse_symbol(written)
    assert symbol is not None
    assert (symbol.normalised, symbol.doc_type, symbol.year) == (written, kind, year)
