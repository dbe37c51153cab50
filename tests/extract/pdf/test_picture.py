"""Pictures show each page with its cells outlined."""

from pathlib import Path

import pytest
from PIL import Image

from extract.pdf.picture import draw
from extract.pdf.reader import read_pdf
from tests.extract.pdf.paper import Paper


@pytest.mark.parametrize("turn", [0, 90])
def test_each_page_has_a_picture_with_its_cells(tmp_path: Path, turn: int) -> None:
    size = (595.0, 842.0) if turn == 0 else (842.0, 595.0)
    paper = Paper(tmp_path / "kế hoạch.pdf", size, turn)
    paper.grid([50, 100, 300], [100, 130, 160], [["1", "Việc"], ["2", "Khác"]])
    paper.new_page()
    paper.text(50, 100, "Trang hai")
    path = paper.save()
    first, second = draw(path, read_pdf(path), tmp_path / "pictures")
    image = Image.open(first)
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)
    outline = image.getpixel((int(52 / size[0] * image.width), int(130 * image.height / size[1]) - 2))
    assert isinstance(outline, tuple)
    assert outline[2] > outline[0], "a blue outline at the first cell's lower border"
    assert second.name.endswith("-002.png")


def test_a_very_large_page_is_drawn_smaller(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "tall.pdf", (3000, 14000))
    paper.text(50, 100, "Cao")
    path = paper.save()
    (picture,) = draw(path, read_pdf(path), tmp_path)
    image = Image.open(picture)
    assert image.width * image.height <= 20_500_000
