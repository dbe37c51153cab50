"""What a document says of itself: the names it defines, who issued it, one entity for one office."""

import datetime

import pytest

from normalize.organisations import IssuerTexts, UnitContext, build_glossary, identify_issuer, parse_units

DAY = datetime.date(2021, 12, 29)


@pytest.mark.parametrize(
    ("texts", "key", "full"),
    [
        (["Trung tâm Xúc tiến Thương mại (XTTM) chủ trì"], "xttm", "Trung tâm Xúc tiến Thương mại"),
        (["Trung tâm Xúc tiến Thương mại (TTXTTM)"], "ttxttm", "Trung tâm Xúc tiến Thương mại"),
        (
            ["giao Phòng Quản lý Xuất nhập khẩu (sau đây viết tắt là QLXNK) thực hiện"],
            "phongqlxnk",
            "Phòng Quản lý Xuất nhập khẩu",
        ),
        (  # sample 001: never defined, yet written out elsewhere
            ["Trung tâm Khuyến công & Tư vấn phát triển công nghiệp và", "c) Trung tâm KC&TVPTCN."],
            "trungtamkctvptcn",
            "Trung tâm Khuyến công & Tư vấn phát triển công nghiệp",
        ),
        (["Sở Khoa học và Công nghệ (Sở KH&CN)"], "sokhcn", "Sở Khoa học và Công nghệ"),
    ],
)
def test_a_document_defines_names(texts, key, full):
    assert build_glossary(texts).expansions[key] == full


@pytest.mark.parametrize(
    "texts",
    [
        ["nhiệm vụ cải cách hành chính (CCHC) năm 2020"],  # no body
        ["Chỉ số cải cách hành chính (PAR Index)"],
        ["Văn phòng Sở (nếu có)"],
        [],
        ["", "   "],
    ],
)
def test_what_is_no_body_is_not_collected(texts):
    assert not build_glossary(texts).expansions


def test_letters_with_two_readings_in_the_document_mean_none():
    glossary = build_glossary(["Phòng Quản lý Xây dựng", "Phòng Quản lý Xe đạp", "Phòng QLXĐ, Phòng QLXD"])
    assert "phongqlxd" not in glossary.expansions


def test_a_defined_name_goes_before_the_gazetteer():
    glossary = build_glossary(["Phòng Quản lý Chuyên ngành (QLCN)"])
    (mention,) = parse_units("Phòng QLCN", UnitContext(issuer="Sở Khoa học và Công nghệ", glossary=glossary))
    assert (mention.class_id, mention.basis) == ("sub.p_qlcn", "glossary")


QUANG_TRI = [
    IssuerTexts(
        letterhead=("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG TRỊ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        symbol="333/QĐ-SKHCN",
        date=DAY,
    ),
    IssuerTexts(
        letterhead=("UBND TỈNH QUẢNG TRỊ", "SỞ KHOA HỌC & CÔNG NGHỆ"), symbol="333 /QĐ-SKHCHN", date=DAY
    ),
    IssuerTexts(authority=("GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH QUẢNG TRỊ",), date=DAY),
    IssuerTexts(
        annex=("(Ban hành kèm theo Quyết định số 333/QĐ-SKHCN của Giám đốc Sở KH&CN)",),
        place="Quảng Trị",
        date=DAY,
    ),
    IssuerTexts(title="Kế hoạch cải cách hành chính của Sở KHCN Quảng Trị", date=DAY),
    IssuerTexts(symbol="333/QĐ-SKHCN", hosts=("http://skhcn.quangtri.gov.vn",), date=DAY),
    IssuerTexts(symbol="333/QĐ-SKHCN", body=("trên địa bàn tỉnh Quảng Trị năm 2021",), date=DAY),
]


@pytest.mark.parametrize("texts", QUANG_TRI)
def test_one_office_is_one_entity_whatever_the_spelling(texts):
    issuer = identify_issuer(texts)
    assert issuer.entity_id == "so.skhcn@63:45"
    assert issuer.canonical == "Sở Khoa học và Công nghệ"
    assert (issuer.province_name, issuer.province_code, issuer.province_era) == ("Tỉnh Quảng Trị", "45", "63")
    assert issuer.province_code_34 == "44"
    assert issuer.parent_body == "Ủy ban nhân dân tỉnh Quảng Trị"


@pytest.mark.parametrize(
    ("texts", "class_id", "entity_id", "why"),
    [
        (
            IssuerTexts(
                letterhead=("UBND TỈNH BÌNH ĐỊNH", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"), symbol="12/BC-SKHHCN", date=DAY
            ),
            "so.skhcn", "so.skhcn@63:52", "a slip in the symbol makes no new body",
        ),
        (
            IssuerTexts(letterhead=("ỦY BAN NHÂN DÂN", "HUYỆN MAI CHÂU"), place="Mai Châu", date=DAY),
            "huyen.ubnd", "huyen.ubnd.mai-chau@63:17", "a district by the province of its seat",
        ),
        (
            IssuerTexts(letterhead=("UBND PHƯỜNG QUY NHƠN",), place="Quy Nhơn", date=datetime.date(2025, 8, 1)),
            "xa.ubnd", "xa.ubnd.quy-nhon@34:52", "a commune of the new era: Bình Định went into Gia Lai",
        ),
        (
            IssuerTexts(letterhead=("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",), date=datetime.date(2025, 8, 1)),
            "tinh.ubnd", "tinh.ubnd@34:79", "a central city is a province",
        ),
        (
            IssuerTexts(letterhead=("TỈNH ỦY KON TUM", "*"), symbol="26-KH/TU", date=DAY),
            "dang.tinhuy", "dang.tinhuy@63:62", "a party body",
        ),
        (
            IssuerTexts(
                letterhead=("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG"),
                place="Đà Lạt", date=DAY,
            ),
            "sub.cc_tcdlcl", "sub.cc_tcdlcl@63:68", "the second body of the box issues",
        ),
        (
            IssuerTexts(letterhead=("BỘ KHOA HỌC VÀ CÔNG NGHỆ",), place="Hà Nội", date=DAY),
            "bo.bkhcn", "bo.bkhcn", "a ministry is of no province, wherever it sits",
        ),
        (IssuerTexts(symbol="975/SNV-CCHC", place="Tam Kỳ", date=DAY), "so.snv", "so.snv@63:49", "a letter's symbol"),
        (
            IssuerTexts(annex=("(Kèm theo Báo cáo số: /BC-SKHCN ngày /11/2020 của Sở KH&CN)",), symbol="/BC-SKHCN"),
            "so.skhcn", None, "sample 000 names no province",
        ),
        (IssuerTexts(symbol="26/KH-UBND", date=DAY), None, None, "UBND of what level is not said"),
        (IssuerTexts(), None, None, "nothing"),
    ],
)  # fmt: skip
def test_who_issued_it(texts, class_id, entity_id, why):
    issuer = identify_issuer(texts)
    assert (issuer.class_id, issuer.entity_id) == (class_id, entity_id), why


def test_every_conclusion_has_its_evidence():
    issuer = identify_issuer(QUANG_TRI[0])
    assert [(item.source, item.says) for item in issuer.evidence] == [
        ("letterhead", "tinh.ubnd"),
        ("letterhead", "so.skhcn"),
        ("symbol", "so.skhcn"),
        ("letterhead", "Tỉnh Quảng Trị"),
    ]


def test_a_province_of_both_eras_has_no_code_while_the_day_is_unknown():
    issuer = identify_issuer(IssuerTexts(letterhead=("UBND TỈNH QUẢNG TRỊ", "SỞ Y TẾ")))
    assert issuer.province_name == "Tỉnh Quảng Trị"
    assert (issuer.province_code, issuer.province_era, issuer.entity_id) == (None, None, None)
    assert issuer.province_code_34 == "44"


@pytest.mark.parametrize(
    ("text", "issuer", "day", "entity"),
    [
        ("Văn phòng Sở", "Sở Khoa học và Công nghệ tỉnh Quảng Trị", DAY, "sub.van_phong/so.skhcn@63:45"),
        ("Sở Nội vụ", "Sở Khoa học và Công nghệ tỉnh Quảng Trị", DAY, "so.snv@63:45"),
        ("Sở Nội vụ", "UBND tỉnh Quảng Trị", datetime.date(2025, 9, 1), "so.snv@34:44"),
        ("Bộ Nội vụ", "Sở Y tế", None, "bo.bnv"),
        ("Văn phòng Sở", "Sở Y tế", DAY, None),  # of which province is not said
        ("UBND huyện Mai Châu", "UBND tỉnh Hòa Bình", DAY, "huyen.ubnd.mai-chau@63:17"),
        ("Phòng Nội vụ", "UBND huyện Mai Châu tỉnh Hòa Bình", DAY, "huyen.p_noivu/huyen.ubnd.mai-chau@63:17"),
        ("Phòng Xuất nhập khẩu", "Sở Công Thương tỉnh Hà Nam", DAY, "sub.phong*=phong-xuat-nhap-khau/so.sct@63:35"),
    ],
)  # fmt: skip
def test_an_entity_is_class_issuer_and_place_with_its_era(text, issuer, day, entity):
    (mention,) = parse_units(text, UnitContext(issuer=issuer, date=day))
    assert mention.entity_id == entity
