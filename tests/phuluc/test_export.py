"""Exports for people: headings in their language, nothing that a spreadsheet program would run."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from phuluc.cli import group
from phuluc.language import language_option
from phuluc.table_headings import column_headings, table_heading
from schemas.tables import TABLES

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1+1", '=cmd|" /C calc"!A0']


@pytest.fixture
def out(archive):
    archive.put(**{f"d{number}": f"{text}\nplain" for number, text in enumerate(FORMULAS)}).convert()
    return archive.out


def _export(out, form, lang, to):
    done = CliRunner().invoke(group, ["export", str(out), "--format", form, "--lang", lang, "--to", str(to)])
    assert done.exit_code == 0, done.output
    return to


def _in_vietnamese(function, *given):
    import click

    @click.command()
    @language_option
    def command():
        click.echo(json.dumps(function(*given)))

    return json.loads(CliRunner().invoke(command, ["--lang", "vi"]).output)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_vietnamese_heading_of_its_own(table):
    headings = _in_vietnamese(column_headings, table)
    assert len(headings) == len(TABLES[table].column_names)
    assert len(set(headings)) == len(headings)
    assert not set(headings) & set(TABLES[table].column_names)
    # What Excel takes as the name of a sheet.
    assert len(_in_vietnamese(table_heading, table)) <= 31 - len(" 99")


@pytest.mark.parametrize(("lang", "heading"), [("vi", "Mã văn bản"), ("en", "doc_id")])
def test_headings_of_csv(out, tmp_path, lang, heading):
    folder = _export(out, "csv", lang, tmp_path / "csv")
    with (folder / "documents.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream))[0] == heading


@pytest.mark.parametrize(
    ("lang", "sheet", "heading"), [("vi", "Văn bản", "Mã văn bản"), ("en", "documents", "doc_id")]
)
def test_headings_of_xlsx(out, tmp_path, lang, sheet, heading):
    book = openpyxl.load_workbook(_export(out, "xlsx", lang, tmp_path / "x.xlsx"))
    assert book[sheet]["A1"].value == heading
    assert len(book.sheetnames) == len(TABLES)


def test_jsonl_keeps_its_keys(out, tmp_path):
    folder = _export(out, "jsonl", "vi", tmp_path / "jsonl")
    row = json.loads((folder / "documents.jsonl").read_text("utf-8").splitlines()[0])
    assert tuple(row) == TABLES["documents"].column_names


def _targets(folder, *texts):
    """Write an output folder whose table of targets says these texts."""
    from phuluc.storage.parquet import write_table
    from schemas.arrow import to_arrow
    from schemas.content import TargetRecord

    for table in ("documents", "targets"):
        (folder / table).mkdir(parents=True)
    write_table("documents", (), folder / "documents" / "part-0000.parquet")
    records = [
        TargetRecord(target_id=str(number), doc_id="d", text=text) for number, text in enumerate(texts)
    ]
    write_table("targets", [to_arrow("targets", records)], folder / "targets" / "part-0000.parquet")
    return folder


def _cells(path, sheet="targets"):
    column = TABLES["targets"].column_names.index("text") + 1
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=2, min_col=column, max_col=column)
    return [(cell.data_type, cell.value) for (cell,) in rows]


def _csv(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row["text"] for row in csv.DictReader(stream)]


@pytest.mark.parametrize("start", FORMULAS)
def test_formulas_are_text(tmp_path, start):
    out = _targets(tmp_path / "out", start)
    assert _csv(_export(out, "csv", "en", tmp_path / "csv") / "targets.csv") == ["'" + start]
    assert _cells(_export(out, "xlsx", "en", tmp_path / "x.xlsx")) == [("s", start)]


def test_a_semicolon_does_not_begin_a_cell_of_csv(tmp_path):
    """Excel in Vietnamese separates by it; what stands in quotes it does not cut."""
    out = _targets(tmp_path / "out", "a;=1+1")
    lines = (_export(out, "csv", "en", tmp_path / "csv") / "targets.csv").read_text("utf-8-sig").splitlines()
    assert '"a;=1+1"' in lines[1]


LONG = [  # text, what a cell of xlsx shows, why
    ("ễ" * 32_767, "ễ" * 32_767, "just fits"),
    ("ễ" * 100_000, "ễ" * 32_766 + "…", "cut, and it shows"),
    ("𠀀" * 20_000, "𠀀" * 16_383 + "…", "counts twice in Excel"),
    ("#N/A", "#N/A", "text, no error value"),
    ("a\x0bb\ufffec", "abc", "what XML cannot hold"),
]


@pytest.mark.parametrize("case", LONG, ids=lambda case: case[2])
def test_what_a_cell_holds(tmp_path, case):
    text, shown, _ = case
    out = _targets(tmp_path / "out", text)
    assert _cells(_export(out, "xlsx", "en", tmp_path / "x.xlsx")) == [("s", shown)]
    assert _csv(_export(out, "csv", "en", tmp_path / "csv") / "targets.csv") == [text]


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr("phuluc.workbook._ROWS_PER_SHEET", 2)
    out = _targets(tmp_path / "out", "a", "b", "c", "d", "e")
    path = _export(out, "xlsx", "en", tmp_path / "x.xlsx")
    sheets = ("targets", "targets 2", "targets 3")
    assert [[value for _, value in _cells(path, sheet)] for sheet in sheets] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]


def test_the_program_exports_in_vietnamese(out, tmp_path):
    program = Path(sys.executable).parent / "phuluc"
    done = subprocess.run(
        [program, "export", out, "--format", "csv", "--to", tmp_path / "csv", "--lang", "vi"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "đã ghi" in done.stdout) == (0, True), done.stderr
