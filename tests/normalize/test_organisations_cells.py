"""What a cell of organisation names means: the corpus is the specification, `why` says why a cell is in it."""

import csv
import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.organisations import UnitContext, build_glossary, parse_units

CORPUS = Path(__file__).with_name("organisation_cells.csv")
DEPARTMENT = UnitContext(issuer="Sở Khoa học và Công nghệ tỉnh Tiền Giang")


def cells() -> list[dict[str, str]]:
    return list(csv.DictReader(CORPUS.read_text(encoding="utf-8").splitlines()))


def context(row: dict[str, str]) -> UnitContext:
    day = datetime.date.fromisoformat(row["date"]) if row["date"] else None
    return UnitContext(issuer=row["issuer"], date=day)


def classes(text: str, known: UnitContext) -> str:
    """The classes in order, "?" for a name that stays unresolved."""
    return " ".join(mention.class_id or "?" for mention in parse_units(text, known))


@pytest.mark.parametrize("row", cells(), ids=lambda row: f"{row['text'][:40]} [{row['why'][:30]}]")
def test_a_cell_names_these_classes(row):
    assert classes(row["text"], context(row)) == row["classes"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(str.upper, id="all capitals"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed letters"),
        pytest.param(lambda text: text.replace(" ", "  "), id="double blanks"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="hard blanks"),
        pytest.param(lambda text: f"- {text};", id="list residue"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng Sở, các phòng, đơn vị thuộc Sở",
        "Giám đốc các Sở: Tài chính, Nội vụ, Công Thương",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Chi cục Tiêu chuẩn Đo lường Chất lượng",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy, Đảng ủy UBND tỉnh",
    ],
)
def test_the_way_of_typing_changes_nothing(text, written):
    assert classes(written(text), DEPARTMENT) == classes(text, DEPARTMENT)


def without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@pytest.mark.parametrize(
    "text",
    [
        "Văn phòng Sở, Thanh tra Sở",
        "Sở Khoa học và Công nghệ",
        "Các phòng, đơn vị",
        "UBND các huyện, thành phố",
    ],
)
def test_names_without_diacritics_are_the_same_names(text):
    assert classes(without_marks(text), DEPARTMENT) == classes(text, DEPARTMENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chi cuïc Tieâu chuaån Ño löôøng Chaát löôïng", "sub.cc_tcdlcl"),  # VNI-Windows
        ("Së Tµi chÝnh", "so.stc"),  # TCVN3
        ("Sở Công Thương", "so.sct"),  # Unicode stays Unicode
        ("Công an", "khac.cat"),  # letters of Latin-1 only, and yet Unicode
    ],
)
def test_fonts_of_the_1990s_are_decoded_and_offsets_stay_raw(text, expected):
    (mention,) = parse_units(text, DEPARTMENT)
    assert mention.class_id == expected
    assert mention.surface == text == text[mention.start : mention.end]


@pytest.mark.parametrize("text", ["", " ", "-", "...", "nt", "-nt-", "Như trên", "//", "0", "•"])
def test_an_empty_cell_names_none(text):
    assert parse_units(text, DEPARTMENT) == ()


@pytest.mark.parametrize(
    ("text", "position", "canonical"),
    [
        ("Chánh Văn phòng UBND tỉnh", "Chánh Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("Trưởng Ban Quản lý Khu kinh tế", "Trưởng ban", "Ban Quản lý Khu kinh tế"),
        ("Trưởng phòng Kế hoạch - Tài chính", "Trưởng phòng", "Phòng Kế hoạch - Tài chính"),
        ("Trưởng các phòng", "Trưởng phòng", "Các phòng thuộc Sở"),
        ("Giám đốc Sở", "Giám đốc", "Giám đốc Sở"),
        ("Chủ tịch UBND các huyện", "Chủ tịch", "Ủy ban nhân dân cấp huyện"),
    ],
)
def test_titles_go_into_position(text, position, canonical):
    (mention,) = parse_units(text, DEPARTMENT)
    assert (mention.position, mention.canonical) == (position, canonical)


def test_a_title_goes_for_every_name_of_its_list():
    found = parse_units("Giám đốc các Sở: Tài chính, Nội vụ; Chủ tịch UBND huyện Tân Phú", DEPARTMENT)
    assert [(item.surface, item.position) for item in found] == [
        ("Tài chính", "Giám đốc"),
        ("Nội vụ", "Giám đốc"),
        ("Chủ tịch UBND huyện Tân Phú", "Chủ tịch"),
    ]


@pytest.mark.parametrize(
    ("text", "scope", "table_scope"),
    [
        ("Văn phòng Sở", "issuer_sub", "issuer_sub"),
        ("Ban Giám đốc", "issuer_lead", "issuer_sub"),
        ("Các phòng", "issuer_group", "issuer_group"),
        ("Sở Nội vụ", "external", "external"),
        ("Sở KH&CN", "issuer", "issuer_sub"),
        ("Bộ Tài chính", "central", "external"),
        ("Các sở, ban, ngành", "external_group", "external"),
        ("Doanh nghiệp", "nonunit", "external"),
    ],
)
def test_scope_is_seen_from_the_issuer(text, scope, table_scope):
    (mention,) = parse_units(text, DEPARTMENT)
    assert (mention.scope, mention.table_scope) == (scope, table_scope)


@pytest.mark.parametrize(
    ("text", "canonical", "place"),
    [
        ("UBND phường Quy Nhơn", "Ủy ban nhân dân phường", "Quy Nhơn"),
        ("UBND thị xã An Nhơn", "Ủy ban nhân dân thị xã", "An Nhơn"),
        ("UBND tỉnh Kon Tum", "Ủy ban nhân dân tỉnh", "Kon Tum"),
        ("UBND TP. Hồ Chí Minh", "Ủy ban nhân dân thành phố", "Hồ Chí Minh"),
        ("Sở KH&CN Bình Định", "Sở Khoa học và Công nghệ", "Bình Định"),
    ],
)
def test_a_place_behind_a_name_is_kept(text, canonical, place):
    (mention,) = parse_units(text, UnitContext(issuer="Chính phủ"))
    assert (mention.canonical, mention.place) == (canonical, place)


@pytest.mark.parametrize("text", ["Sở KH", "Phòng QLCN", "Phòng ABCXYZ", "Sở Khám phá vũ trụ", "Ban XYZT"])
def test_what_is_not_known_is_not_guessed(text):
    (mention,) = parse_units(text, DEPARTMENT)
    assert (mention.kind, mention.class_id, mention.canonical, mention.basis) == (
        "unresolved",
        None,
        None,
        None,
    )


def test_an_ambiguous_name_keeps_its_candidates():
    (mention,) = parse_units("Sở KH", DEPARTMENT)
    assert {candidate.class_id for candidate in mention.candidates} >= {"so.skhcn", "so.skhdt"}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Trung tâm Khuyến ngư", "sub.tt_kn"),  # one letter from Khuyến nông, another body
        ("Chi cục Phòng chống lụt bão", "sub.cc_pctnxh"),
        ("Sở Công an", "so.sct"),
        ("Phòng Quản lý Công ích", "sub.p_qlcnghe"),
    ],
)
def test_a_near_name_is_another_name(text, other):
    assert other not in {mention.class_id for mention in parse_units(text, DEPARTMENT)}


def test_a_body_out_of_its_time_is_believed_less():
    name = "Sở Thông tin và Truyền thông"
    (then,) = parse_units(name, UnitContext(issuer="UBND tỉnh", date=datetime.date(2020, 1, 1)))
    (later,) = parse_units(name, UnitContext(issuer="UBND tỉnh", date=datetime.date(2026, 1, 1)))
    assert then.class_id == later.class_id == "so.stttt"
    assert later.confidence < then.confidence


def test_a_mended_word_is_said_to_be_fuzzy():
    (mention,) = parse_units("Đảng ủyy UBND tỉnh", DEPARTMENT)
    assert (mention.class_id, mention.basis) == ("dang.du_ubnd", "fuzzy")
    assert mention.confidence < 0.8


def test_a_number_counts_members_and_the_document_names_them():
    glossary = build_glossary(
        ["Trung tâm Khuyến công và Trung tâm Xúc tiến Thương mại", "Trung tâm XTTM", "Trung tâm KC: không"]
    )
    (mention,) = parse_units("2 Trung tâm", UnitContext(issuer="Sở Công Thương", glossary=glossary))
    assert (mention.class_id, mention.count) == ("grp.trung_tam", 2)


def test_json_has_the_public_keys_in_order():
    (mention,) = parse_units("VP Sở", DEPARTMENT)
    assert mention.to_json() == {
        "surface": "VP Sở",
        "start": 0,
        "end": 5,
        "kind": "unit",
        "class_id": "sub.van_phong",
        "canonical": "Văn phòng Sở",
        "scope": "issuer_sub",
        "position": None,
        "count": None,
        "basis": "abbreviation",
        "confidence": 0.9,
    }


PIECES = """Sở Phòng các phòng đơn vị thuộc Văn phòng Tài chính , ; - và ( ) : UBND huyện xã Trưởng Giám đốc KHTC 2 1.
a) Chi cục Trung tâm tỉnh Quy Nhơn Bộ của liên quan / & Đảng ủy Tỉnh x Ð ß 的"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_gives_mentions_that_stand_in_it(text):
    found = parse_units(text, DEPARTMENT)
    for mention in found:
        assert mention.surface == text[mention.start : mention.end] != ""
        assert 0 <= mention.confidence <= 1
        assert (mention.kind == "unresolved") <= (mention.class_id is None)
    starts = [mention.start for mention in found]
    assert starts == sorted(starts)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Văn phòng Sở", "Thanh tra Sở", "Sở Nội vụ", "Các phòng"]), min_size=1, max_size=6
    )
)
def test_a_list_names_what_its_items_name(items):
    whole = classes("; ".join(items), DEPARTMENT).split()
    assert whole == [name for item in items for name in classes(item, DEPARTMENT).split()]


@pytest.mark.parametrize(
    "unit", ["Các phòng ", "KHTC ", "Văn phòng Sở, ", "a) ", "các ", "(", "Sở Abc và ", "x"]
)
def test_a_cell_of_any_length_is_read(unit):
    text = unit * (20_000 // len(unit))
    assert all(
        mention.surface == text[mention.start : mention.end] for mention in parse_units(text, DEPARTMENT)
    )
