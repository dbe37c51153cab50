"""Automatic numbers are not in the text of a Word file; STT columns and section rows are often made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.docx.numbering import format_number
from extract.docx.reader import read_docx
from tests.extract.readers.packages import outline, p, tbl, tc, tr, write_docx

if TYPE_CHECKING:
    from pathlib import Path


def level(number: int, kind: str, text: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def lists(*levels: str, nums: str = "") -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return abstract + (nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')


def item(text: str, depth: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


ROMAN, DECIMAL, DOUBLE = (
    level(0, "upperRoman", "%1."),
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2."),
)


@pytest.mark.parametrize(
    ("numbering", "body", "expected", "why"),
    [
        (lists(DECIMAL), item("a") + item("b"), ["1. a", "2. b"], "counts"),
        (lists(ROMAN), item("a") + item("b"), ["I. a", "II. b"], "Roman"),
        (lists(level(0, "lowerLetter", "%1)")), item("x") + item("y"), ["a) x", "b) y"], "letters"),
        (lists(level(0, "bullet", "-")), item("x"), ["- x"], "bullet"),
        (
            lists(level(0, "bullet", "\uf0b7", more='<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>')),
            item("x"),
            ["• x"],
            "bullet of a symbol font",
        ),
        (lists(level(0, "none", "")), item("x"), ["x"], "a list that shows nothing"),
        (lists(level(0, "decimalZero", "%1")), item("x"), ["01 x"], "leading zero"),
        (
            lists(DECIMAL, DOUBLE),
            item("a") + item("b", 1) + item("c", 1) + item("d") + item("e", 1),
            ["1. a", "1.1. b", "1.2. c", "2. d", "2.1. e"],
            "a deeper level begins again",
        ),
        (
            lists(ROMAN, level(1, "decimal", "%2.")),
            item("A") + item("b", 1) + item("C") + item("d", 1),
            ["I. A", "1. b", "II. C", "1. d"],
            "tasks under sections",
        ),
        (
            lists(ROMAN, level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')),
            item("A") + item("b", 1) + item("C") + item("d", 1),
            ["I. A", "1. b", "II. C", "2. d"],
            "tasks numbered through all sections",
        ),
        (lists(level(0, "decimal", "%1.", start=5)), item("a"), ["5. a"], "begins at five"),
        (
            lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", more="<w:isLgl/>")),
            item("A") + item("b", 1),
            ["I. A", "1.1 b"],
            "legal numbering writes figures only",
        ),
        (
            lists(
                DECIMAL,
                nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
                '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>',
            ),
            item("a") + item("b", num=2),
            ["1. a", "2. b"],
            "two lists that share a definition go on counting",
        ),
        (
            lists(
                DECIMAL,
                nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId '
                'w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
            ),
            item("a") + item("b") + item("c", num=2) + item("d", num=2),
            ["1. a", "2. b", "1. c", "2. d"],
            "a start override begins anew, once",
        ),
        (
            lists(DECIMAL),
            item("a") + item("b", num=0) + item("c"),
            ["1. a", "b", "2. c"],
            "number 0 takes the number away",
        ),
        (
            lists(DECIMAL),
            item("a") + item("b", num=9) + item("c"),
            ["1. a", "b", "2. c"],
            "a list that is not defined",
        ),
        (lists(level(0, "decimal", "Nhiệm vụ %1:")), item("a"), ["Nhiệm vụ 1: a"], "words in the label"),
        (
            lists(DECIMAL),
            item("") + item("a"),
            ["1.", "2. a"],
            "an empty paragraph is counted and shows its number",
        ),
    ],
)
def test_labels(tmp_path: Path, numbering: str, body: str, expected: list[str], why: str) -> None:
    assert outline(read_docx(write_docx(tmp_path / "a.docx", body, numbering=numbering))) == expected, why


def test_an_stt_column_of_automatic_numbers(tmp_path: Path) -> None:
    body = tbl(tr(tc(item("")), tc("Ban hành")), tr(tc(item("")), tc("Kiểm tra")))
    document = read_docx(write_docx(tmp_path / "a.docx", body, numbering=lists(level(0, "decimal", "%1"))))
    assert outline(document) == [[["1", "Ban hành"], ["2", "Kiểm tra"]]]


def test_a_number_from_the_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = item("A") + p("b", '<w:pStyle w:val="H2"/>')
    document = read_docx(
        write_docx(tmp_path / "a.docx", body, numbering=lists(DECIMAL, DOUBLE), styles=styles)
    )
    assert outline(document) == ["1. A", "1.1. b"]


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (0, "upperRoman", "0"),
        (12, "decimalEnclosedCircle", "⑫"),
        (7, "hebrew1", "7"),
    ],
)
def test_number_formats(number: int, kind: str, expected: str) -> None:
    assert format_number(number, kind) == expected
