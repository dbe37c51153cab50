"""Reading and understanding are versioned apart: what was read is kept, and understood again without its file."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from test_run import Watching

from extract.errors import DamagedFileError
from extract.readers import read
from phuluc.document.pipeline import convert_document
from phuluc.document.records import Options

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def real(archive):
    """An archive of real documents: text, PDF, a broken one, one inside a ZIP."""
    for name in ("so-khcn-tien-giang-phu-luc-cchc-2020.pdf", "so-khcn-thong-ke-nhiem-vu-cchc-2020.txt"):
        shutil.copy(SAMPLES / name, archive.input)
    (archive.input / "cut.pdf").write_bytes(b"%PDF-1.7 cut short")
    with zipfile.ZipFile(archive.input / "more.zip", "w") as bundle:
        bundle.write(SAMPLES / "so-cong-thuong-ke-hoach-cchc-2021.txt", "plan.txt")
    return archive


@pytest.fixture
def readers(monkeypatch, tmp_path):
    """Give the names of the files that a reader opened; children write them down."""
    log = tmp_path / "read"

    def noting(path, **named):
        with log.open("a") as stream:
            stream.write(path.name + "\n")
        return read(path, **named)

    monkeypatch.setattr("phuluc.document.pipeline.read", noting)

    def names():
        found = sorted(log.read_text().split()) if log.exists() else []
        log.unlink(missing_ok=True)
        return found

    return names


def fresh_run(archive, another, **job):
    fresh = another()
    fresh.convert(archive.input, function=convert_document, **job)
    return fresh.bytes()


def test_a_new_understanding_reads_no_file(real, another, readers, monkeypatch):
    real.convert(function=convert_document)
    assert len(readers()) == 4
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    watching = Watching()
    summary = real.convert(function=convert_document, reporter=watching)
    assert (len(watching.seen), summary.understood_again, readers()) == (4, 4, [])
    assert real.bytes() == fresh_run(real, another)
    assert {row["converter_version"][-4:] for row in real.rows("documents")} == {".u99"}


def test_workers_of_a_cluster_get_what_was_read(real, another, cluster):
    real.convert(function=convert_document)
    expected = fresh_run(real, another, options=Options(plan_year=2031))
    for path in real.input.iterdir():
        before = path.stat()
        path.write_bytes(bytes(before.st_size))  # who reads it now finds other rows
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    later = Options(plan_year=2031)
    real.convert(function=convert_document, engine="dask", scheduler=cluster.scheduler_address, options=later)
    assert real.bytes() == expected


def test_a_new_reading_reads_every_file(real, another, readers, monkeypatch):
    real.convert(function=convert_document)
    readers()
    monkeypatch.setattr("phuluc.versions.READING", 99)
    assert real.convert(function=convert_document).understood_again == 0
    assert len(readers()) == 4
    assert real.bytes() == fresh_run(real, another)


def test_another_option_of_understanding_reads_no_file(real, another, readers):
    real.convert(function=convert_document)
    readers()
    real.convert(function=convert_document, options=Options(plan_year=2031))
    assert readers() == []
    assert real.bytes() == fresh_run(real, another, options=Options(plan_year=2031))


def test_another_option_of_reading_reads_again(real, readers):
    real.convert(function=convert_document)
    readers()
    real.convert(function=convert_document, options=Options(ocr="never"))
    assert len(readers()) == 4


def test_only_changed_files_are_read(real, another, readers, monkeypatch):
    real.convert(function=convert_document)
    readers()
    shutil.copy(SAMPLES / "so-khcn-tien-giang-ke-hoach-cchc-2020.txt", real.input / "cut.pdf")
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    real.convert(function=convert_document)
    assert readers() == ["cut.pdf"]
    assert real.bytes() == fresh_run(real, another)


@pytest.mark.parametrize("keep", [True, False])
def test_readings_are_kept_unless_told_otherwise(real, readers, monkeypatch, keep):
    real.convert(function=convert_document, keep_readings=keep)
    assert any(real.out.glob(".phuluc/readings/*")) is keep
    readers()
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    real.convert(function=convert_document, keep_readings=keep)
    assert bool(readers()) is not keep


def test_readings_outlive_a_new_layout(real, another, readers, monkeypatch):
    real.convert(function=convert_document)
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 1)
    real.convert(function=convert_document)
    readers()
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    real.convert(function=convert_document)
    assert readers() == []
    assert real.bytes() == fresh_run(real, another)


def damage_whole(path):
    path.write_bytes(b"no zip")


def damage_entry(path):
    content = bytearray(path.read_bytes())
    content[200:400] = b"x" * 200
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [Path.unlink, damage_whole, damage_entry])
def test_damaged_readings_are_read_again(real, another, readers, monkeypatch, damage):
    (real.input / "more.zip").unlink()
    real.convert(function=convert_document)
    readers()
    (kept,) = real.out.glob(".phuluc/readings/*.zip")
    damage(kept)
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    real.convert(function=convert_document)
    assert readers()
    assert real.bytes() == fresh_run(real, another)


def test_a_member_of_an_archive_whose_reading_is_gone_is_read_by_the_next_run(real, another, monkeypatch):
    real.convert(function=convert_document)
    next(real.out.glob(".phuluc/readings/*.zip")).unlink()
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    real.convert(function=convert_document)
    real.convert(function=convert_document)
    assert real.bytes() == fresh_run(real, another)


def test_a_file_that_could_not_be_read_is_not_read_again_either(archive, readers, monkeypatch):
    def damaged(path, **named):
        raise DamagedFileError("cut short", 7)

    archive.put(a="x")
    monkeypatch.setattr("phuluc.document.pipeline.read", damaged)
    archive.convert(function=convert_document)
    before = archive.documents()["a.txt"]
    monkeypatch.setattr("phuluc.document.pipeline.read", None)
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    archive.convert(function=convert_document)
    again = archive.documents()["a.txt"]
    assert (again["errors"], again["status"]) == (before["errors"], "failed")
    assert again["converter_version"] != before["converter_version"]
