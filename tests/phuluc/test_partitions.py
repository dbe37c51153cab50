"""Parquet in folders by code, beside OUT's own files."""

import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from phuluc.cli import group
from phuluc.document.pipeline import convert_document
from schemas.tables import TABLES

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def out(archive):
    for path in SAMPLES.glob("*.txt"):
        shutil.copy(path, archive.input)
    (archive.input / "copy.txt").write_bytes((archive.input / path.name).read_bytes())
    (archive.input / "empty.txt").write_bytes(b"")
    archive.convert(function=convert_document)
    return archive.out


def export(out, to, *by, code=0):
    more = [word for each in by for word in ("--by", each)]
    done = CliRunner().invoke(group, ["export", str(out), "--format", "parquet", "--to", str(to), *more])
    assert (done.exit_code, code) in ((0, 0), (1, 2)), done.output
    return done


def rows(folder, table):
    columns = [duckdb.ColumnExpression(name) for name in TABLES[table].column_names]
    return sorted(duckdb.read_parquet(f"{folder}/{table}/**/*.parquet").select(*columns).fetchall(), key=repr)


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_every_row_lies_in_the_folder_of_its_codes(out, tmp_path):
    export(out, tmp_path / "lake", "province", "year")
    for table in TABLES:
        mine = rows(out, table)
        if not any((tmp_path / "lake" / table).glob("**/*.parquet")):
            assert mine == []
            continue
        assert rows(tmp_path / "lake", table) == mine
    folders = {path.parent.parent.name for path in (tmp_path / "lake" / "tasks").rglob("*.parquet")}
    assert all(folder.isascii() and folder.startswith("by_province=") for folder in folders)
    assert len(folders) > 1
    documents = duckdb.read_parquet(f"{tmp_path}/lake/documents/**/*.parquet", hive_partitioning=True)
    expected = "coalesce('p' || coalesce(province_code_34, province_code), 'none')"
    # A copy lies beside its original, though its own row says nothing but that.
    assert documents.filter(f"status <> 'duplicate' AND by_province <> {expected}").fetchall() == []


def test_the_same_tables_give_the_same_bytes_and_nothing_stale_stays(out, tmp_path):
    export(out, tmp_path / "lake", "type")
    first = content(tmp_path / "lake")
    export(out, tmp_path / "lake", "year")
    export(out, tmp_path / "lake", "type")
    assert content(tmp_path / "lake") == first


def test_a_folder_of_something_else_is_left_alone(out, tmp_path):
    (tmp_path / "tasks").mkdir()
    assert "--to" in str(export(out, tmp_path, "year", code=2).exception)
    assert (tmp_path / "tasks").exists()


def test_a_code_is_needed(out, tmp_path):
    assert "--by" in str(export(out, tmp_path / "lake", code=2).exception)
