"""The number and the date that signing software stamps into the gaps a typist left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.letterhead import read_letterhead
from extract.readers import read
from tests.extract.pdf.paper import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from extract.document import Document

SIZE = 12.0


def page(path: Path, *stamps: tuple[float, float, str]) -> Document:
    """Draw a letterhead with gaps, and the stamps (x, baseline, text) as form fields over it."""
    paper = Paper(path)
    paper.text(80, 70, "ỦY BAN NHÂN DÂN", SIZE)
    paper.text(80, 86, "TỈNH QUẢNG NGÃI", SIZE)
    paper.text(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", SIZE)
    paper.text(330, 86, "Độc lập - Tự do - Hạnh phúc", SIZE)
    paper.text(80, 110, "Số:           /KH-UBND", SIZE)
    paper.text(300, 110, "Quảng Ngãi, ngày        tháng 11 năm 2024", SIZE)
    paper.text(240, 150, "KẾ HOẠCH", SIZE, bold=True)
    paper.text(180, 168, "Cải cách hành chính năm 2025", SIZE, bold=True)
    for i, (x, baseline, text) in enumerate(stamps):
        paper.canvas.acroForm.textfield(
            name=f"stamp{i}", value=text, x=x, y=paper.height - baseline - 6, width=90, height=20,
            fontSize=SIZE, borderWidth=0, fillColor=None, borderColor=None, textColor=None,
        )  # fmt: skip
    paper.canvas.save()
    return read(path)


@pytest.mark.parametrize(
    ("off", "why"),
    [(0.0, "on the line"), (2.5, "the clerk's program sets it a little lower"), (-3.0, "or higher")],
)
def test_stamps_stand_in_their_gaps(tmp_path: Path, off: float, why: str) -> None:
    document = page(tmp_path / "a.pdf", (102, 110 + off, "565"), (398, 110 + off, "15"))
    texts = [paragraph.text for paragraph in document.paragraphs()]
    assert "Số: 565 /KH-UBND" in texts, why
    assert "Quảng Ngãi, ngày 15 tháng 11 năm 2024" in texts
    letterhead = read_letterhead(document)
    assert (letterhead.number, letterhead.day) == ("565", 15)


def test_what_else_a_signature_shows_is_no_text_of_the_document(tmp_path: Path) -> None:
    plain = page(tmp_path / "a.pdf")
    signed = page(
        tmp_path / "b.pdf", (450, 20, "18.11.2024 07:25:14"), (250, 152, "Signed by: UBND"), (80, 300, "7")
    )
    assert signed.blocks == plain.blocks
