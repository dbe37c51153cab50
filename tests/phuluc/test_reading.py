"""What is read of a document is kept and given back equal in every value, and understood to the same bytes."""

import zlib
from pathlib import Path

import pytest

from extract.document import Cell, Document, Page, Paragraph, Problem, Table
from extract.errors import DamagedFileError, MissingHelperError, ReadError
from extract.readers import read
from phuluc.document.reading import pack, unpack

SAMPLES = sorted((Path(__file__).parents[2] / "samples").iterdir())
INNER = Table((Cell(0, 0, "trong"),), 1, 1, "markup")
EVERYTHING = Document(
    "pdf",
    (
        Paragraph("Kế hoạch\nsố 1", 1, (0.1, 1 / 3, 2e-17, 4.0), "center", True),
        Paragraph("lone \ud835 surrogate"),
        Table(
            (Cell(0, 0, "ô", 2, 3, (1.0, 2.0, 3.0, 4.5), True, 0.9, (INNER,), True), Cell(0, 3, "")),
            2,
            4,
            "lattice",
            3,
            (0.0, 0.0, 9.5, 9.25),
            (0.0, 1.5, 2.0, 3.0, 4.0),
            False,
            2,
            0.25,
            "Sheet 1",
        ),
    ),
    (Page(1, 595.3, 841.9), Page(2, 841.9, 595.3, "ocr")),
    "tcvn3",
    (Problem("needs_ocr", "page is a picture", 2), Problem("x", "y")),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample_comes_back_as_it_was_read(sample):
    document = read(sample)
    assert repr(unpack(pack(document))) == repr(document)  # repr: 1 and 1.0, lists and tuples differ in it


@pytest.mark.parametrize("document", [EVERYTHING, Document("text", ())], ids=["everything", "nothing"])
def test_every_value_comes_back(document):
    assert repr(unpack(pack(document))) == repr(document)


def test_why_a_file_cannot_be_read_comes_back():
    error = unpack(pack(DamagedFileError("cut short", 3)))
    assert (type(error), error.message, error.page) == (DamagedFileError, "cut short", 3)


def test_what_may_go_better_next_time_is_not_kept():
    assert pack(MissingHelperError("no LibreOffice")) == b""


@pytest.mark.parametrize(
    "damaged",
    [
        b"no zlib",
        pack(EVERYTHING)[:-9],
        zlib.compress(b"[1, 2"),
        zlib.compress(b'["no_such_code", "", null]'),
    ],
)
def test_damaged_bytes_are_no_document(damaged):
    with pytest.raises(ValueError):  # noqa: PT011 - any: the file is read again
        unpack(damaged)


def test_a_document_too_large_is_not_kept(monkeypatch):
    monkeypatch.setattr("phuluc.document.reading._LARGEST", 100)
    assert pack(EVERYTHING) == b""
    assert isinstance(unpack(pack(ReadError("short"))), ReadError)
