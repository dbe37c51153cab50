"""The five sample documents read by hand: letterheads, citations, targets, figures, work assigned in prose."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.citations import FoundCitation, cite
from extract.indicators import Indicator, read_indicators
from extract.issuer import issuer_of
from extract.letterhead import Letterhead, read_letterhead
from extract.prose import find_prose_tasks
from extract.readers import read
from extract.targets import find_targets
from extract.understand import understand_tables
from normalize.deadlines import parse_deadline

if TYPE_CHECKING:
    from extract.document import Document
    from extract.tables import LogicalTable

SAMPLES = Path(__file__).parents[2] / "samples"
SHARE = "so-khcn-thong-ke-nhiem-vu-cchc-2020"
TRADE = "so-cong-thuong-ke-hoach-cchc-2021"
REPORT = "so-khcn-binh-dinh-bao-cao-cchc-quy-3-2020"
PLAN = "so-khcn-tien-giang-ke-hoach-cchc-2020"
DECISION = "so-khcn-quang-tri-ke-hoach-cchc-2021-2025"


@cache
def sample(name: str) -> tuple[Document, tuple[LogicalTable, ...], Letterhead]:
    """Document, tables and letterhead of a sample."""
    document = read(SAMPLES / f"{name}.txt")
    return document, tuple(understand_tables(document)), read_letterhead(document)


# sample, fields of the letterhead; what the file does not say is None
LETTERHEADS: list[tuple[str, dict[str, object]]] = [
    (
        SHARE,
        {
            "doc_type": None, "symbol": None, "issuer": "Sở KH&CN", "place": None, "year": 2020, "month": 11,
            "day": None,
            "title": "THỐNG KÊ VIỆC THỰC HIỆN CÁC NHIỆM VỤ TẠI KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2020",
            "period_start_year": 2020, "period_end_year": 2020, "signer_name": None, "attached_to": "/BC-SKHCN",
        },
    ),
    (
        TRADE,
        {
            "doc_type": "KH", "number": None, "symbol": "/KH-SCT",
            "title": "Cải cách hành chính của Sở Công Thương năm 2021",
            "issuer": "Sở Công Thương", "place": None, "year": 2020, "month": 12, "day": 31,
            "period_start_year": 2021,
            "period_end_year": 2021, "signer_name": "Ngô Văn Tổng", "signer_title": "GIÁM ĐỐC",
        },
    ),
    (
        REPORT,
        {
            "doc_type": "BC", "number": None, "symbol": "/BC-SKHCCN",
            "title": "Công tác cải cách hành chính quý III năm 2020",
            "place": "Bình Định", "year": 2020, "month": 9, "day": 9, "signer_name": "Lê Công Nhường",
            "period_start_year": 2020, "recipients": ("Sở Nội vụ (b/c)", "Lưu: VT, VP"),
        },
    ),
    (
        PLAN,
        {
            "doc_type": "KH", "number": "44", "symbol": "44/KH-SKH&CN",
            "title": "Thực hiện nhiệm vụ cải cách hành chính năm 2020",
            "place": "Tiền Giang", "year": 2020, "month": 1, "day": 15, "signer_name": "Dương Văn Bon",
            "period_start_year": 2020, "period_end_year": 2020,
        },
    ),
    (
        DECISION,
        {
            "doc_type": "QĐ", "promulgates": "KH", "number": "333", "symbol": "333/QĐ-SKHCN", "place": "Quảng Trị",
            "title": "Ban hành Kế hoạch Cải cách hành chính giai đoạn 2021-2025, định hướng đến năm 2030 "
            "của Sở Khoa học và Công nghệ Quảng Trị",
            "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH QUẢNG TRỊ", "year": 2021, "month": 12, "day": 29,
            "period_start_year": 2021, "period_end_year": 2025, "signer_name": "Trần Ngọc Lân",
            "signer_title": "GIÁM ĐỐC",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), LETTERHEADS)
def test_letterhead(name: str, expected: dict[str, object]) -> None:
    letterhead = sample(name)[2]
    assert {field: getattr(letterhead, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("name", "class_id", "province"),
    [
        (SHARE, "so.skhcn", None),
        (TRADE, "so.sct", None),
        (REPORT, "so.skhcn", "Tỉnh Bình Định"),
        (PLAN, "so.skhcn", "Tỉnh Tiền Giang"),
        (DECISION, "so.skhcn", "Tỉnh Quảng Trị"),
    ],
)
def test_issuer(name: str, class_id: str, province: str | None) -> None:
    document, _, letterhead = sample(name)
    issuer = issuer_of(letterhead, document)
    assert (issuer.class_id, issuer.province_name) == (class_id, province)


def citations(name: str) -> list[FoundCitation]:
    """Everything a sample cites."""
    document, tables, _ = sample(name)
    return cite(document, tables)


@pytest.mark.parametrize(
    ("name", "with_symbol", "by_name", "basis", "attachment"),
    [
        (SHARE, 12, 0, 0, 1),
        (TRADE, 6, 2, 0, 1),
        (REPORT, 42, 0, 0, 1),
        (PLAN, 37, 0, 2, 1),
        (DECISION, 17, 0, 4, 2),
    ],
)
def test_every_document_named_is_cited(
    name: str, with_symbol: int, by_name: int, basis: int, attachment: int
) -> None:
    """Counted by hand; a symbol in the letterhead itself is not among them."""
    found = citations(name)
    assert sum(item.citation.symbol is not None for item in found) == with_symbol
    assert sum(item.citation.symbol is None for item in found) == by_name
    assert sum(item.context == "basis" for item in found) == basis
    assert sum(item.context == "attachment" for item in found) == attachment


def test_four_spellings_of_one_office_are_one() -> None:
    spelt = {
        c.citation.symbol.rpartition("-")[2]
        for c in citations(REPORT)
        if c.citation.symbol and "SKH" in c.citation.symbol
    }
    meant = {
        c.citation.issuer_code
        for c in citations(REPORT)
        if c.citation.issuer_code and "SKH" in c.citation.issuer_code
    }
    assert spelt == {"SKHCN", "SKHCCN", "SKHHCN", "SKHCHN"}
    assert meant == {"SKHCN"}


def test_one_number_is_two_plans() -> None:
    """42/KH-SKHCN of 30 January is another plan than that of 31 January."""
    days = {
        c.citation.cited_date.day
        for c in citations(REPORT)
        if c.citation.number == "42" and c.citation.cited_date
    }
    assert days == {30, 31}


@pytest.mark.parametrize(
    ("name", "prose", "cells"),
    [(SHARE, 0, 21), (TRADE, 14, 0), (REPORT, 0, 0), (PLAN, 8, 2), (DECISION, 31, 10)],
)
def test_targets(name: str, prose: int, cells: int) -> None:
    """Counted by hand; the report's "đạt tỷ lệ 75%" is a result."""
    found = find_targets(*sample(name))
    assert sum(target.passage.table is None for target in found) == prose
    assert sum(target.passage.table is not None for target in found) == cells


def test_years_of_targets() -> None:
    found = find_targets(*sample(DECISION))
    years = [target.due_year for target in found if target.passage.table is None]
    assert (years.count(2025), years.count(2030), years.count(None)) == (16, 6, 9)


def indicators() -> list[Indicator]:
    """The figures of the report's statistics tables."""
    return [figure for table in sample(REPORT)[1] for figure in read_indicators(table)]


def test_every_figure_of_the_report() -> None:
    """By table, counted by hand; "-" is printed and has no value."""
    assert [len(read_indicators(table)) for table in sample(REPORT)[1]] == [
        4,
        6,
        32,
        40,
        8,
        19,
        6,
        7,
        11,
        3,
        11,
    ]
    assert sum(figure.value is None for figure in indicators()) == 4


@pytest.mark.parametrize(
    ("row_path", "column_path", "value", "denominator"),
    [
        ((), ("Tổng số biên chế, lao động hiện có", "Biên chế hành chính", "Hợp đồng lao động"), 5, None),
        (("Số lượng công chức, viên chức được tuyển dụng", "Công chức"), ("Năm trước",), 8, None),
        (("2. Viên chức sự nghiệp", "Đào tạo ngắn hạn"), ("Năm báo cáo", "Quý II"), 3, None),
        ((), ("Dịch vụ công trực tuyến mức độ 3", "Hồ sơ tiếp nhận", "Tiếp nhận qua mạng"), 53, None),
        (
            ("Năng lượng nguyên tử, an toàn bức xạ và hạt",),
            ("Kết quả giải quyết", "Số hồ sơ đang giải quyết", "Chưa đến hạn"), 1, None,
        ),
        (
            ("Về số lượng đơn vị sự nghiệp công lập thực hiện cơ chế tự chủ",
             "Số đơn vị được nhà nước bảo đảm chi thường xuyên"), ("Số lượng",), 1, 3,
        ),
    ],
)  # fmt: skip
def test_figure(
    row_path: tuple[str, ...], column_path: tuple[str, ...], value: float, denominator: float | None
) -> None:
    found = [
        figure for figure in indicators() if (figure.row_path, figure.column_path) == (row_path, column_path)
    ]
    assert [(figure.value, figure.denominator) for figure in found] == [(value, denominator)]


def test_the_four_reports_that_part_five_demands() -> None:
    document, _, letterhead = sample(PLAN)
    (task,) = [task for task in find_prose_tasks(document, letterhead) if task.deadline]
    assert task.lead == "Các đơn vị trực thuộc"
    parts = parse_deadline(task.deadline or "", 2020).parts
    assert [str(part.end) for part in parts] == ["2020-02-26", "2020-05-26", "2020-08-26", "2020-11-20"]


def test_the_articles_of_the_decision_assign_work() -> None:
    document, _, letterhead = sample(DECISION)
    found = find_prose_tasks(document, letterhead)
    assert [(task.lead, task.task[:25]) for task in found[:3]] == [
        ("Lãnh đạo các phòng, đơn vị thuộc Sở", "tổ chức triển khai thực h"),
        ("Chánh Văn phòng Sở", "hướng dẫn triển khai, the"),
        ("Chánh Văn phòng Sở, Trưởng các phòng, đơn vị thuộc Sở", "thi hành Quyết định này"),
    ]


@pytest.mark.parametrize("name", [SHARE, REPORT])
def test_reports_assign_nothing(name: str) -> None:
    document, _, letterhead = sample(name)
    assert find_prose_tasks(document, letterhead) == []
