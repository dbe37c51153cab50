"""Provinces of both eras: names people write, codes, the crosswalk of 1 July 2025, web addresses."""

import datetime

import pytest

from normalize.places import (
    districts_named,
    era_of,
    find_province,
    predecessors,
    province_by_code,
    province_named,
    province_of_host,
    provinces,
    successor,
)

OLD = datetime.date(2020, 6, 1)
NEW = datetime.date(2025, 9, 1)


def test_there_are_63_and_34():
    assert (len(provinces("63")), len(provinces("34"))) == (63, 34)
    assert len({province.code for province in provinces("63")}) == 63
    assert len({province.code for province in provinces("34")}) == 34


def test_every_old_province_went_into_one_new_one():
    assert {successor(old).code for old in provinces("63")} == {new.code for new in provinces("34")}
    assert sum(len(predecessors(new)) for new in provinces("34")) == 63


def test_seven_codes_mean_another_province_in_the_new_list():
    reused = {
        old.code
        for old in provinces("63")
        if (new := province_by_code(old.code, "34")) is not None and new.short != old.short
    }
    assert reused == {"15", "24", "44", "52", "80", "82", "91"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TP.HCM", "79"), ("Tp. Hồ Chí Minh", "79"), ("TPHCM", "79"), ("BR-VT", "77"), ("Bà Rịa - Vũng Tàu", "77"),
        ("TT Huế", "46"), ("Thừa Thiên - Huế", "46"), ("B. Định", "52"), ("Đắc Lắc", "66"), ("Đăk Lăk", "66"),
        ("Dak Lak", "66"), ("Bắc Cạn", "06"), ("Hoà Bình", "17"), ("Hòa Bình", "17"), ("QUẢNG TRỊ", "45"),
        ("tỉnh Tiền Giang", "82"), ("Thành phố Đà Nẵng", "48"), ("Kontum", "62"), ("Quang Binh", "44"),
        ("K.Hòa", "56"),
    ],
)  # fmt: skip
def test_names_people_write(name, code):
    province = province_named(name, OLD)
    assert province is not None
    assert (province.era, province.code) == ("63", code)


@pytest.mark.parametrize("name", ["H.Giang", "Khoa", "CT", "Quy Nhơn", "", "Sở Y tế", "tỉnh"])
def test_a_name_of_none_or_of_two_is_none(name):
    assert province_named(name, OLD) is None


def test_the_day_decides_the_era():
    assert province_named("Quảng Trị", OLD).code == "45"
    assert province_named("Quảng Trị", NEW).code == "44"
    assert province_named("Bình Định", NEW).era == "63"  # a paper of today that means the old province
    assert province_named("Huế", datetime.date(2024, 1, 1)).name == "Tỉnh Thừa Thiên Huế"
    assert province_named("Huế", datetime.date(2025, 3, 1)).name == "Thành phố Huế"
    assert (era_of(datetime.date(2025, 6, 30)), era_of(datetime.date(2025, 7, 1)), era_of(None)) == (
        "63",
        "34",
        None,
    )


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("trên địa bàn tỉnh Tiền Giang năm 2020, gửi Hà Nội", "Tiền Giang"),  # the marked name wins
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Quảng Trị"),
        ("Sở Y tế Hà Nam", "Hà Nam"),
        ("Hà Nam và Nam Định", None),  # two
        ("Sở Khoa học và Công nghệ", None),
    ],
)
def test_the_province_in_a_text(text, short):
    province = find_province(text, OLD)
    assert (province.short if province else None) == short


@pytest.mark.parametrize(
    ("host", "short"),
    [
        ("http://skhcn.binhdinh.gov.vn/vi/", "Bình Định"),
        ("dichvucong.hochiminhcity.gov.vn", "Hồ Chí Minh"),
        ("vanthu@quangtri.gov.vn", "Quảng Trị"),
        ("https://baria-vungtau.gov.vn", "Bà Rịa - Vũng Tàu"),
        ("https://chinhphu.vn", None),
        ("binhdinh.example.com", None),
    ],
)
def test_the_province_of_a_web_address(host, short):
    province = province_of_host(host, OLD)
    assert (province.short if province else None) == short


def test_districts_stand_with_their_province():
    assert [district.province_code for district in districts_named("huyện Mai Châu")] == ["17"]
    assert len(districts_named("Tân Phú")) > 1
    assert districts_named("Không Có") == ()
