"""Pictures of the places found."""

import base64
import hashlib
from io import BytesIO

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from phuluc.audit.report import ReportOptions
from phuluc.audit.report import pictures as taking
from phuluc.audit.report.pictures import take_pictures
from phuluc.audit.report.reading import Tables
from schemas.review import Evidence
from tests.report.made_up import MadeUp

A4 = (595, 842)


@pytest.fixture
def pdf(tmp_path):
    """A page with a black block where the row is: 100 to 140 points from the top."""
    path = tmp_path / "plan.pdf"
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.rect(60, A4[1] - 130, 400, 20, fill=1)
    canvas.drawString(60, A4[1] - 400, "Quyet dinh so 38/QD-SKHCCN ngay 28")
    canvas.drawString(60, A4[1] - 420, "Ke hoach")
    canvas.drawString(60, A4[1] - 440, "Ke hoach")
    canvas.showPage()
    canvas.save()
    return path


def _made(pdf, box=(50.0, 100.0, 545.0, 140.0), rules=("number_repeated",), **document):
    made = MadeUp()
    doc_id = hashlib.sha256(pdf.read_bytes()).hexdigest()
    made.document("plan.pdf", **({"doc_id": doc_id, "source_format": "pdf"} | document))
    doc_id = made.tables["documents"][0].doc_id
    for rule in rules:
        made.finding(rule, doc_id, made.task(doc_id, "Rà soát", box=list(box)))
    return made, doc_id


def _taken(folder, made, files, most=10):
    tables = Tables(made.write(folder / "out"))
    return take_pictures(tables, list(tables.findings()), ReportOptions(files=files, most_pictures=most))


def _image(picture):
    return Image.open(
        BytesIO(base64.b64decode(picture.source.removeprefix("data:image/png;base64,")))
    ).convert("RGB")


def test_a_picture_shows_the_row_outlined_and_little_else(tmp_path, pdf):
    made, doc_id = _made(pdf)
    (picture,) = _taken(tmp_path, made, {doc_id: pdf}).values()
    image = _image(picture)
    assert (picture.page, image.size) == (1, (picture.width, picture.height))
    assert image.width == pytest.approx((495 + 16) * 1.5, abs=2)  # the row's width and a margin, at 108 dpi
    assert image.height == pytest.approx((40 + 44) * 1.5, abs=2)
    assert max(image.getpixel((200, 63))) < 60  # the block
    assert min(image.getpixel((200, 5))) > 240  # the paper above


def test_a_row_over_a_whole_page_is_shown_by_its_beginning(tmp_path, pdf):
    made, doc_id = _made(pdf, box=(50.0, 20.0, 545.0, 830.0))
    (picture,) = _taken(tmp_path, made, {doc_id: pdf}).values()
    assert picture.height < 800


@pytest.mark.parametrize("box", [(-50.0, -10.0, 900.0, 40.0), (580.0, 835.0, 700.0, 900.0)])
def test_boxes_beyond_the_page_are_no_trouble(tmp_path, pdf, box):
    made, doc_id = _made(pdf, box=box)
    (picture,) = _taken(tmp_path, made, {doc_id: pdf}).values()
    assert _image(picture).size == (picture.width, picture.height)


@pytest.mark.parametrize(
    ("page", "text", "there"),
    [
        (1, "Quyet dinh so 38/QD-SKHCCN", True),
        (1, "Quyet dinh so 38/QD-SKHCCN ngay 28 thang 02", True),  # the sentence goes on in another line
        (1, "Quyet dinh so 38/QD-SKHCCN | Quyet dinh so 38", True),  # two are compared: the first is shown
        (1, "Ke hoach", False),  # stands there twice: nobody knows which
        (1, "Bao cao", False),  # does not stand there
        (2, "Quyet dinh", False),  # there is no such page
    ],
)
def test_a_finding_without_a_row_is_shown_where_its_words_stand(tmp_path, pdf, page, text, there):
    made, doc_id = _made(pdf, rules=())
    made.finding("dates_differ", doc_id, None, evidence=Evidence(file="plan.pdf", page=page, text=text))
    found = [_image(picture) for picture in _taken(tmp_path, made, {doc_id: pdf}).values()]
    assert len(found) == there
    for image in found:
        assert image.height < 120  # a line and what stands around it
        letters = image.crop((30, 25, image.width - 30, image.height - 25))
        assert min(letters.convert("L").getdata()) < 90


def test_a_file_that_was_changed_is_not_shown(tmp_path, pdf):
    made, doc_id = _made(pdf)
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert _taken(tmp_path, made, {doc_id: pdf}) == {}


def test_a_file_that_is_gone_or_no_pdf_is_passed_over(tmp_path, pdf):
    made, doc_id = _made(pdf)
    assert _taken(tmp_path, made, {doc_id: tmp_path / "gone.pdf"}) == {}
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 cut short")
    made, doc_id = _made(broken)
    assert _taken(tmp_path, made, {doc_id: broken}) == {}


def test_every_rule_gets_some_before_one_gets_all(tmp_path, pdf):
    made, doc_id = _made(pdf, rules=["number_repeated"] * 5 + ["no_deadline"] * 3)
    kept = _taken(tmp_path, made, {doc_id: pdf}, most=4)
    rules = {finding.finding_id: finding.rule for finding in made.tables["findings"]}
    assert sorted(rules[each] for each in kept) == ["no_deadline"] * 2 + ["number_repeated"] * 2


def test_together_they_stay_within_their_bound(tmp_path, pdf, monkeypatch):
    made, doc_id = _made(pdf, rules=["number_repeated"] * 5)
    size = len(next(iter(_taken(tmp_path, made, {doc_id: pdf}).values())).source)
    monkeypatch.setattr(taking, "MOST_BYTES", size * 2)
    for number, row in enumerate(made.tables["rows"]):  # no two alike: the same picture counts once
        row.bbox = [50.0 + number, 100.0, 545.0, 140.0]
    assert 1 <= len(_taken(tmp_path, made, {doc_id: pdf})) <= 2
