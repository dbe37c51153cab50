"""Texts of strangers on our page."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phuluc.audit.report.safety import for_script, shown


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Rà soát\nthủ tục", "Rà soát\nthủ tục", "paragraphs of a cell stay"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne", "every line break is one"),
        (
            "abc\u202egnol",
            "abc⟨U+202E⟩gnol",
            "nothing behind it is turned round, and one sees that it is there",
        ),
        ("\u2066x\u2069 \u200f", "⟨U+2066⟩x⟨U+2069⟩ ⟨U+200F⟩", "likewise isolates and marks"),
        ("pass\u200bword\ufeff", "pass⟨U+200B⟩word⟨U+FEFF⟩", "what takes no room"),
        ("\x00\x1b[31m\x7f\x9f", "⟨U+0000⟩⟨U+001B⟩[31m⟨U+007F⟩⟨U+009F⟩", "control characters"),
        ("e\u0302\u0303", "e\u0302\u0303", "marks of letters are no trick"),
        ("<b>&amp;", "<b>&amp;", "markup is text: whoever writes the page escapes it"),
        (None, "", "no text"),
    ],
)
def test_what_is_shown(text, expected, why):
    assert shown(text) == expected, why


def test_long_texts_are_cut_and_say_so():
    assert shown("ễ" * 3_000, 10) == "ễ" * 10 + " […]"


@settings(max_examples=60)
@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_data_comes_back_unchanged_and_cannot_leave_its_element(value):
    text = for_script(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&'\u2028\u2029")
