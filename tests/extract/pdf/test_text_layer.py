"""The text layer is judged page by page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from extract.errors import NeedsOcrError
from extract.pdf import reader
from tests.extract.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

read_pdf = partial(reader.read_pdf, ocr="never")

PROSE = "Căn cứ tình hình thực tế, Sở ban hành kế hoạch với các nội dung sau. " * 6


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "page.pdf")


def hidden(paper: Paper) -> None:
    text = paper.canvas.beginText(50, 700)
    text.setFont("Body", 10)
    text.setTextRenderMode(3)
    for start in range(0, len(PROSE), 60):
        text.textLine(PROSE[start : start + 60])
    paper.canvas.drawText(text)


def test_a_document_of_pictures_needs_ocr(paper: Paper) -> None:
    paper.picture(0, 0, 595, 842)
    with pytest.raises(NeedsOcrError):
        read_pdf(paper.save())


def test_a_picture_among_text_pages_is_a_problem_of_its_page(paper: Paper) -> None:
    paper.text(50, 100, "Trang có chữ")
    paper.new_page()
    paper.picture(0, 0, 595, 842)
    document = read_pdf(paper.save())
    assert len(document.pages) == 2
    assert [(problem.code, problem.page) for problem in document.problems] == [("page_needs_ocr", 2)]
    assert [block.page for block in document.blocks] == [1]


def invisible_layer(paper: Paper) -> None:
    paper.picture(0, 0, 595, 842)
    hidden(paper)


def few_words(paper: Paper) -> None:
    paper.picture(0, 0, 595, 842)
    paper.text(300, 700, "Ký bởi: Sở Công Thương")


def layer_under_the_picture(paper: Paper) -> None:
    paper.wrapped(50, 100, PROSE, 480)
    paper.picture(0, 0, 595, 842)


def scan_in_strips(paper: Paper) -> None:
    for i in range(8):
        paper.picture(0, 105 * i, 595, 105 * (i + 1))
    paper.text(300, 700, "Ký bởi: Sở Công Thương")


@pytest.mark.parametrize("page", [invisible_layer, few_words, layer_under_the_picture, scan_in_strips])
def test_text_that_is_not_the_pages_is_not_taken_for_it(paper: Paper, page: object) -> None:
    assert callable(page)
    page(paper)
    with pytest.raises(NeedsOcrError):
        read_pdf(paper.save())


def logo(paper: Paper) -> None:
    paper.picture(50, 50, 120, 120)
    paper.wrapped(50, 200, PROSE, 480)


def background(paper: Paper) -> None:
    paper.picture(0, 0, 595, 842)
    paper.wrapped(50, 100, PROSE, 480)


@pytest.mark.parametrize("page", [logo, background])
def test_pictures_beside_or_behind_text_do_no_harm(paper: Paper, page: object) -> None:
    assert callable(page)
    page(paper)
    document = read_pdf(paper.save())
    assert not document.problems
    assert " ".join(paragraph.text for paragraph in document.paragraphs()) == PROSE.strip()


def test_an_empty_page_is_no_problem(paper: Paper) -> None:
    paper.text(50, 100, "Trang đầu")
    paper.new_page()
    document = read_pdf(paper.save())
    assert not document.problems
    assert len(document.pages) == 2
