"""The steps on their own, on arrays: seals, posture, rules, numerals, labels, repair."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ImageDraw

from extract.document import Cell, Table
from extract.scan.capitals import in_case
from extract.scan.context import apart, meant
from extract.scan.engine import Box
from extract.scan.ink import ink_of, seals, to_grey
from extract.scan.picture import resolution
from extract.scan.register import same_columns
from extract.scan.repair import repair, repair_before
from extract.scan.roman import has_serifs, numeral, word_ink
from extract.scan.rules import find_rules
from extract.scan.sheet import Sheet, letter_height, parts_of
from extract.scan.textlines import find_lines
from extract.scan.upright import posture
from tests.extract.scan import sheets


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-2.0, 0.0, 0.5])
def test_posture_undoes_how_the_page_lies(turn: int, skew: float) -> None:
    grey = to_grey(sheets.pixels(sheets.scanned(sheets.plan(), skew, turn)), sheets.DPI)
    found = posture(grey, sheets.DPI)
    assert found.turn == turn
    assert found.skew == pytest.approx(skew, abs=0.06)


def test_rules_are_found_where_they_are_drawn() -> None:
    grey = to_grey(sheets.pixels(sheets.scanned(sheets.plan())), sheets.DPI)
    rules = find_rules(grey, sheets.DPI)
    assert [rule.at for rule in sorted(rules.horizontal)] == pytest.approx([120, 150, 180, 210, 240], abs=0.8)
    assert [rule.at for rule in sorted(rules.vertical)] == pytest.approx(sheets.COLUMNS, abs=0.8)


def test_the_bars_of_capitals_are_no_rules() -> None:
    page = sheets.blank()
    sheets.write(page, (60, 60), "TTTT HIỆN TTHC ETF LLL", 16, bold=True)
    rules = find_rules(to_grey(sheets.pixels(page), sheets.DPI), sheets.DPI)
    assert (rules.horizontal, rules.vertical) == ([], [])


def test_a_seal_is_told_from_red_words() -> None:
    page = sheets.blank()
    assert seals(sheets.pixels(sheets.seal(page, 300, 200)), sheets.DPI)
    words = sheets.pixels(page).copy()
    words[300:330, 200:700] = (200, 30, 30)  # a red line of text
    assert seals(words, sheets.DPI) == []


@pytest.mark.parametrize(
    ("drawn", "read_as", "meant"),
    [
        ("II", "H", "II"),
        ("III", "IH", "III"),
        ("III", "II", "III"),  # the worst: a numeral, and the wrong one
        ("III/2024", "II1/2024", "III/2024"),
        ("VII", "VH", "VII"),
        ("VI", "VỊ", "VI"),
        ("I)", "I)", "I)"),
        ("IV/2024", "ïV/2024", "IV/2024"),
        ("III/2024", "IIIZ2024", "III/2024"),  # the slash taken for a letter
        ("I)", "D", "I)"),  # "(Quý I);" as "(Quý D;"
        ("D", "D", None),
        ("TT", "TT", None),
        ("H", "H", None),
        ("Sở", "Sở", None),
        ("11", "11", None),
    ],
)
def test_numerals_are_counted_by_their_strokes(drawn: str, read_as: str, meant: str | None) -> None:
    assert numeral(read_as, _ink(drawn)) == meant


def test_a_one_is_no_numeral() -> None:
    assert not has_serifs(_ink("1"))
    assert has_serifs(_ink("I"))


def _ink(text: str) -> np.ndarray:
    page = sheets.blank(160, 40)
    sheets.write(page, (20, 10), text)
    ink = word_ink(ink_of(to_grey(sheets.pixels(page), sheets.DPI), sheets.DPI))
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ÐĐơn", "Đơn"),
        ("sOát", "soát"),
        ("(kh0a", "(khoa"),  # "khôa" is no syllable
        ("đ0n", None),  # đon or đôn
        ("rä", None),  # rà or rã
        ("hồ", None),
        ("TTHC", None),
        ("VNeID", None),
        ("2020", None),
        ("", None),
    ],
)
def test_a_word_is_repaired_only_where_one_syllable_is_left(word: str, expected: str | None) -> None:
    assert repair(word) == expected


@pytest.mark.parametrize(
    ("word", "following", "expected"),
    [
        ("Chỉ", "cục", "Chi"),
        ("chỉ", "tiết;", "chi"),
        ("CHỈ", "CỤC", "CHI"),
        ("chỉ", "tiêu", None),  # an aim; "chi tiêu" is spending, and is one as well
        ("Chỉ", "thị", None),
    ],
)
def test_a_word_that_cannot_stand_before_the_next_is_repaired(
    word: str, following: str, expected: str | None
) -> None:
    assert repair_before(word, following) == expected


@pytest.mark.parametrize(
    ("before", "word", "after", "sure", "expected"),
    [
        ("Đơn", "vỉ", "chủ", 0.9, "vị"),
        ("Sản", "phấm,", "yêu", 0.95, "phẩm,"),  # no document has the word: however sure the engine is
        ("", "Úy", "ban", 0.96, "Ủy"),  # a hook, and a pair that is everywhere
        ("KẾ", "HOACH", "", 0.9, "HOẠCH"),
        ("Đơn", "vị", "chủ", 0.3, None),  # read badly, but it stands beside its neighbours
        ("bình", "đẳng", "giới", 0.9, None),
        ("trại", "tòng", "quân", 0.9, None),  # "tổng" differs in two marks
        ("Đơn,", "vỉ", "", 0.9, None),  # a sign parts the words
    ],
)
def test_a_word_is_read_with_its_neighbours(
    before: str, word: str, after: str, sure: float, expected: str | None
) -> None:
    assert meant(before, word, after, sure) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ngânsáchcủa", "ngân sách của"),
        ("thuộcSở", "thuộc Sở"),
        ("nghiêng", None),
        ("video", None),
        ("website", None),
    ],
)
def test_words_run_together_are_parted_where_one_way_is_left(word: str, expected: str | None) -> None:
    assert apart(word) == expected


@pytest.mark.parametrize(
    ("read", "heights", "expected"),
    [
        ("SỞ", [1.4, 1.0], "Sở"),
        ("sở", [1.4, 1.0], "Sở"),
        ("SỞ", [1.4, 1.4], "SỞ"),
        ("SỞ.", [1.0, 1.0], "sở."),
        ("BỘ", [1.4, 1.0], "Bộ"),
        ("SỞ", [1.2], "SỞ"),  # letters that touch: nothing is known
    ],
)
def test_capitals_are_told_by_their_height(read: str, heights: list[float], expected: str) -> None:
    assert in_case(read, heights) == expected


def test_marks_belong_to_the_line_of_their_letters() -> None:
    page = sheets.blank()
    for number, text in enumerate(("thực hiện sắp xếp", "toàn tổ chức bộ", "TTHC.")):
        sheets.write(page, (40, 60 + 14 * number), text)  # single spacing: marks fill the white between lines
    grey = to_grey(sheets.pixels(page), sheets.DPI)
    ink = ink_of(grey, sheets.DPI)
    parts = parts_of(ink)
    sheet = Sheet(grey, ink, parts, letter_height(parts.height[1:], 18.0), sheets.DPI, 1)
    lines = find_lines(sheet, sheet.within(Box(0, 0, *reversed(ink.shape))))
    assert [round((line.baseline - lines[0].baseline) / sheet.point) for line in lines] == [0, 14, 28]
    assert sum(len(line.members) for line in lines) == len(parts.left) - 1


@pytest.mark.parametrize(("level", "hole"), [(25, 0.0), (170, 0.0), (25, 5.0)])
def test_faint_and_broken_rules_are_found(level: int, hole: float) -> None:
    page = sheets.plan()
    pen = ImageDraw.Draw(page)
    at = (180 * sheets.POINT, 330 * sheets.POINT)
    for y in (150, 180):
        box = [at[0], y * sheets.POINT - 2, at[1], y * sheets.POINT + 2]
        pen.rectangle(box, fill=sheets.PAPER)
        for x0, x1 in ((180, 250), (250 + hole, 330)):
            pen.line([v * sheets.POINT for v in (x0, y, x1, y)], fill=(level, level, level), width=2)
    rules = find_rules(to_grey(sheets.pixels(sheets.scanned(page)), sheets.DPI), sheets.DPI)
    assert [rule.at for rule in sorted(rules.horizontal)] == pytest.approx([120, 150, 180, 210, 240], abs=0.8)


@pytest.mark.parametrize(
    ("size", "stated", "expected"),
    [
        ((2480, 3508), 300.0, 300.0),
        ((1654, 2339), 72.0, 200.0),  # a camera's note: the sheet would be 82 cm high
        ((1654, 2339), 0.0, 200.0),
        ((400, 200), 0.0, 96.0),  # a cut-out from a screen
    ],
)
def test_the_resolution_is_the_one_that_makes_a_sheet_of_paper(
    size: tuple[int, int], stated: float, expected: float
) -> None:
    assert resolution(*size, stated) == pytest.approx(expected, rel=0.01)


def test_edges_of_the_next_sheet_are_laid_over_those_of_the_first() -> None:
    first = _table(1, (40.0, 75.0, 330.0, 550.0))
    second = _table(2, (47.0, 82.4, 336.6, 557.0))  # fed in 7 points aside
    other = _table(3, (40.0, 300.0, 480.0))  # another table
    edges = [block.column_edges for block in same_columns([first, second, other]) if isinstance(block, Table)]
    assert edges == [first.column_edges, first.column_edges, other.column_edges]


def _table(page: int, edges: tuple[float, ...]) -> Table:
    return Table((Cell(0, 0, "x"),), 1, len(edges) - 1, "ocr", page, None, edges)
