"""Which lines belong together: the words decide, and the room at a line's end where it is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pdf.lines import Line, LineEnd, join_lines, line_ends

JOINED = [
    (["Các phòng,", "đơn vị"], "Các phòng, đơn vị", "a wrapped line is joined with a blank"),
    (["kinh tế -", "xã hội"], "kinh tế - xã hội", "a dash between words stays between words"),
    (["kinh tế", "- xã hội"], "kinh tế - xã hội", "a dash in front of a small letter begins no item"),
    (["- Báo cáo quý I", "- Báo cáo năm"], "- Báo cáo quý I\n- Báo cáo năm", "items begin lines"),
    (["- Báo cáo;", "- lập dự toán."], "- Báo cáo;\n- lập dự toán.", "an item in small letters after a stop"),
    (["a) Văn phòng Sở", "b) Thanh tra Sở"], "a) Văn phòng Sở\nb) Thanh tra Sở", "lettered items"),
    (["1. Mục đích.", "2. Yêu cầu."], "1. Mục đích.\n2. Yêu cầu.", "numbered items"),
    (["+ Sở Y tế", "+ Sở Nội vụ"], "+ Sở Y tế\n+ Sở Nội vụ", "plus signs"),
    (["số 23/CT-", "UBND ngày"], "số 23/CT-UBND ngày", "a symbol broken behind its hyphen"),
    (["Nghị định 30/", "2020"], "Nghị định 30/2020", "a symbol broken behind its slash"),
    (["a) Văn phòng; b) Thanh tra;", "c) Trung tâm"], None, "items within lines: a letter may begin a line"),
    ([], "", "no lines"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "why"), JOINED)
def test_lines_are_joined_by_their_words(lines: list[str], expected: str | None, why: str) -> None:
    assert join_lines(lines) == (expected if expected is not None else "\n".join(lines)), why


KNOWN_ENDS: list[tuple[list[str], list[LineEnd], str, str]] = [
    (["Văn phòng Sở", "Thanh tra Sở"], ["typed"], "Văn phòng Sở\nThanh tra Sở", "the next word had room"),
    (["Văn phòng Sở", "Thanh tra Sở"], ["wrapped"], "Văn phòng Sở Thanh tra Sở", "it had none"),
    (["Sở Khoa học", "và Công nghệ"], ["typed"], "Sở Khoa học và Công nghệ", "a phrase broken by hand goes on"),
    (["các sở,", "Ban"], ["typed"], "các sở, Ban", "an open comma goes on"),
    (["30/7/202", "1"], ["cut"], "30/7/2021", "a word too long for its column"),
    (["a) Văn phòng; b) Thanh tra;", "c) Trung tâm"], ["wrapped"],
     "a) Văn phòng; b) Thanh tra; c) Trung tâm", "items within lines, broken by the column"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "ends", "expected", "why"), KNOWN_ENDS)
def test_known_line_ends_decide(lines: list[str], ends: list[LineEnd], expected: str, why: str) -> None:
    assert join_lines(lines, ends) == expected, why


def line(text: str, x0: float, x1: float, baseline: float = 0.0, word: float = 20.0) -> Line:
    return Line(text, x0, baseline - 8, x1, baseline + 2, baseline, 10.0, False, word)


ENDS = [
    ([line("Quý I", 5, 30), line("Quý II", 5, 35, 12)], "typed", "half the column is empty"),
    ([line("Các phòng, đơn", 5, 85), line("vị", 5, 15, 12)], "wrapped", "the next word needs 20 of 15 points"),
    ([line("Giữa", 40, 60), line("cột", 38, 62, 12)], "typed", "centred lines have room on both sides"),
    ([line("thụt đầu dòng vào", 25, 90), line("sau", 5, 25, 12)], "wrapped", "an indent is no room"),
    ([line("30/7/202", 5, 98), line("1", 5, 10, 12)], "cut", "figures go on where no more fits"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected", "why"), ENDS)
def test_the_room_at_the_end_of_a_line_tells_why_it_ends(lines: list[Line], expected: str, why: str) -> None:
    assert line_ends(lines, 5, 100) == [expected], why


def test_more_room_between_lines_is_a_paragraph() -> None:
    full = [line("một hai ba", 5, 98, y) for y in (0, 12, 24, 42)]
    assert line_ends(full, 5, 100) == ["wrapped", "wrapped", "typed"]


WORDS = st.text(st.sampled_from("abcđêư -/.;:,1Ă"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(WORDS, max_size=6))
def test_joining_loses_and_adds_no_letter(lines: list[str]) -> None:
    assert "".join(join_lines(lines).split()) == "".join("".join(lines).split())
