"""Legacy encodings: decided per font from all its text, decoded before anything tidies."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.legacy import (
    LegacyState,
    damage,
    decide,
    decode_run,
    decode_tcvn3,
    decode_text,
    decode_viqr,
    decode_vni,
    font_encoding,
    has_capitals_only,
)
from normalize.syllables import is_syllable
from normalize.text import tidy


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam", "TCVN3"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc", "Đ is the section sign"),
        ("Thñ t\xadíng", "Thủ tướng", "ư is the soft hyphen"),
        (
            "n\u2212íc, \u2212u tiªn",
            "nước, ưu tiên",
            "PDF writes a minus for it, also at the beginning of a word",
        ),
        ("5 \u2212 3", "5 − 3", "a minus between figures is a minus"),
        ("x\u2219 héi", "xã hội", "PDF writes a bullet operator for ã"),
        ("ho\u03bc", "hoà", "Greek mu for the micro sign"),
        ("¼ ½ ¾ ¨ ¹", "ẳ ẵ ắ ă ạ", "what NFKC would destroy"),
        ("\uf0ae\uf0ac", "đơ", "letters of a symbol font"),
        ("abc 123 (a)", "abc 123 (a)", "ASCII stays"),
    ],
)
def test_tcvn3(written: str, expected: str, why: str) -> None:
    assert decode_tcvn3(written) == expected, why


@pytest.mark.parametrize(
    ("written", "expected", "why"),
    [
        ("UÛY BAN NHAÂN DAÂN TÆNH", "ỦY BAN NHÂN DÂN TỈNH", "VNI"),
        ("Caên cöù Luaät Toå chöùc HÑND vaø UBND", "Căn cứ Luật Tổ chức HĐND và UBND", "VNI"),
        ("chính, chiùnh", "chính, chính", "both spellings of í"),
        ("Uûy ban", "Ủy ban", "capital letter, small mark"),
        ("coâng vieâïc", "công việc", "hat and tone as two signs"),
        ("ñöôïc", "được", "ơ with its tone"),
    ],
)
def test_vni(written: str, expected: str, why: str) -> None:
    assert decode_vni(written) == expected, why


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Vie^.t Nam", "Việt Nam"),
        ("ddo^.c la^.p", "độc lập"),
        ("DDa\\.i", "Đa.i"),
        ("Ke^' hoa.ch na(m 2021.", "Kế hoạch năm 2021."),
        ("ngu+o+`i", "người"),
    ],
)
def test_viqr(written: str, expected: str) -> None:
    assert decode_viqr(written) == expected


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        ("ABCDEF+.VnTimeH", "tcvn3", True),
        ("ABCDEF+.VnTime,Bold", "tcvn3", False),
        (".VnTimeH,Bold", "tcvn3", True),
        ("VNI-Times", "vni", False),
        ("VNI-Helve-Condense", "vni", False),
        ("XYZABC+VNI-Times", "vni", False),
        ("Times New Roman", None, False),
        ("Arial", None, False),
        ("Vni", None, False),
        (None, None, False),
    ],
)
def test_font_names(font: str | None, encoding: str | None, capitals: bool) -> None:
    assert (font_encoding(font), has_capitals_only(font)) == (encoding, capitals)


LONG = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. QuyÕt ®Þnh cña Bé tr\xadëng Bé Tµi chÝnh"
UNICODE = (
    "Cộng hoà xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Quyết định của Bộ trưởng Bộ Tài chính"
)
VNI = (
    "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc. "
    "Quyeát ñònh cuûa Boä tröôûng Boä Taøi chính"
)
FRENCH = (
    "Le décret relatif à l'organisation du Gouvernement, après délibération, a été adopté à la majorité des députés. "
    * 3
)


@pytest.mark.parametrize(
    ("samples", "expected", "why"),
    [
        ({None: LONG}, {None: "tcvn3"}, "proved by the text"),
        ({None: VNI}, {None: "vni"}, "proved by the text"),
        ({None: UNICODE}, {}, "Unicode"),
        ({None: unicodedata.normalize("NFD", UNICODE)}, {}, "decomposed Unicode"),
        ({None: FRENCH}, {}, "another language with accents"),
        ({None: "English text without marks " * 20}, {}, "nothing to decide by"),
        ({None: "Céng hoµ"}, {}, "too little to decide by"),
        ({".VnTime": "Céng hoµ"}, {".VnTime": "tcvn3"}, "the font promises, nothing speaks against it"),
        ({".VnTime": UNICODE}, {}, "Unicode typed in a legacy font"),
        ({".VnTime": "KH&CN 2021"}, {".VnTime": "tcvn3"}, "ASCII is the same in both"),
        (
            {".VnTime": LONG, "VNI-Times": VNI, "Arial": UNICODE},
            {".VnTime": "tcvn3", "VNI-Times": "vni"},
            "a mixture",
        ),
        (
            {".VnTime": LONG, "Times New Roman": "NhiÖm vô träng t©m"},
            {".VnTime": "tcvn3", "Times New Roman": "tcvn3"},
            "a few words in another font of a document that is TCVN3",
        ),
        (
            {".VnTime": LONG, "Arial": "Café Orléans"},
            {".VnTime": "tcvn3"},
            "but not names that are right as they stand",
        ),
    ],
)
def test_the_decision(samples: dict[str | None, str], expected: dict[str | None, str], why: str) -> None:
    assert dict(decide(samples).fonts) == expected, why


def test_a_word_of_unicode_in_a_decoded_font_stays() -> None:
    state = LegacyState({".VnTime": "tcvn3"})
    assert decode_run("quyết ®Þnh", ".VnTime", state) == "quyết định"


@pytest.mark.parametrize(
    ("encoding", "pieces", "expected", "why"),
    [
        ("tcvn3", ["Thñ t", "−", "íng"], ["Thủ t", "ư", "ớng"], "the letter drawn alone"),
        ("tcvn3", ["−", "u tiªn"], ["ư", "u tiên"], "at the beginning of a line"),
        ("vni", ["Boä tröô", "ûng"], ["Bộ\u2060 trưở", "\u2060ng"], "a letter of two signs, cut in two"),
        ("vni", ["coù"], ["có\u2060"], "as long as before"),
    ],
)
def test_pieces_of_a_line_keep_their_lengths(
    encoding: str, pieces: list[str], expected: list[str], why: str
) -> None:
    state = LegacyState({"F": encoding})  # type: ignore[dict-item]
    found = state.decode_pieces(pieces, state.key("F"))
    assert [len(piece) for piece in found] == [len(piece) for piece in pieces]
    assert tidy("".join(found)) == tidy("".join(expected)), why


def test_fonts_of_capitals() -> None:
    state = LegacyState({".VnTimeH": "tcvn3", ".VnTime": "tcvn3"})
    assert decode_run("ñy ban nh©n d©n", ".VnTimeH", state) == "ỦY BAN NHÂN DÂN"
    assert decode_run("ñy ban", ".VnTime", state) == "ủy ban"
    assert decode_run("Uỷ ban", "Arial", state) == "Uỷ ban"


@pytest.mark.parametrize(
    ("fonts", "label"),
    [
        ({}, None),
        ({"a": "tcvn3"}, "tcvn3"),
        ({"a": "vni", "b": "vni"}, "vni"),
        ({"a": "vni", "b": "tcvn3"}, "mixed"),
    ],
)
def test_what_the_documents_table_says(fonts: dict[str | None, str], label: str | None) -> None:
    assert LegacyState(fonts).label == label  # type: ignore[arg-type]


def test_order_matters_decode_first_then_tidy() -> None:
    assert tidy(decode_tcvn3("Thñ t\xadíng")) == "Thủ tướng"
    assert decode_tcvn3(tidy("Thñ t\xadíng")) != "Thủ tướng"


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Th? t\ufffdớng, thế nào? Ai?", 1),  # the sign of Unicode itself; "?" after a word is a question
        ("th?t", 1),
        ("Tr??ng ban", 2),  # two letters, one after the other
        ("TR??NG", 2),
        ('"?y ban"', 1),  # the first letter of a word
        ("t\ue001nh", 1),  # a sign of some font's own, inside a word
        ("\uf0b7 Việc", 0),  # a bullet of a symbol font
        ("chưa?Nếu chưa", 0),  # a forgotten blank
        ("xem https://a.vn/x?q và a.vn?id=5&b", 0),  # addresses
        (UNICODE, 0),
    ],
)
def test_damage_that_cannot_be_undone_is_counted(text: str, lost: int) -> None:
    assert damage(text) == lost


@pytest.mark.parametrize(
    "word", ["hoà", "hòa", "nghĩa", "quyết", "gì", "giết", "khuỷu", "Đắk", "thuở", "quốc", "yêu"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) is (word != "Đắk")


@pytest.mark.parametrize("word", ["Céng", "hoµ", "ViÖt", "nghỉu2", "ngh", "hoắcc", "các̣", "côp"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


REVERSE = {
    decode_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0xFF) if decode_tcvn3(chr(code)) != chr(code)
}


@settings(deadline=None)
@given(st.lists(st.sampled_from(UNICODE.replace(".", "").split()), min_size=1, max_size=30))
def test_what_was_written_in_tcvn3_is_read_again(words: list[str]) -> None:
    text = " ".join(words).lower()
    assert decode_tcvn3("".join(REVERSE.get(letter, letter) for letter in text)) == text


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_decoded_without_an_error(text: str) -> None:
    assert isinstance(decode_text(text)[0], str)
    assert isinstance(decode_vni(text), str)
    assert isinstance(decode_viqr(text), str)
