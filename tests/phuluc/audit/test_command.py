"""`phuluc audit`: what it writes, says and exits with."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from phuluc.cli import group
from phuluc.exits import TargetError, UsageError

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "samples" / "so-cong-thuong-ke-hoach-cchc-2021.txt"


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("converted")
    shutil.copy(SAMPLE, folder / "plan.txt")
    done = CliRunner().invoke(group, ["convert", str(folder / "plan.txt"), "-o", str(folder / "out")])
    assert done.exit_code == 0
    return folder / "out"


@pytest.fixture
def out(converted, tmp_path):
    return Path(shutil.copytree(converted, tmp_path / "out"))


def audit(out, *options):
    return CliRunner().invoke(group, ["audit", str(out), *map(str, options)], standalone_mode=False)


def findings(out):
    return pq.read_table(out / "findings").to_pylist()


def written(out):
    names = ["findings", "task_groups", "audit.html", "audit.xlsx", "datapackage.json"]
    files = [
        path
        for name in names
        for path in ([out / name] if (out / name).is_file() else (out / name).rglob("*"))
    ]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_writes_tables_and_report(out):
    done = audit(out, "--lang", "en")
    assert done.exception is None
    assert re.match(r"1 documents, 49 tasks: 3 errors, \d+ warnings, \d+ notes", done.output)
    assert {finding["rule"] for finding in findings(out) if finding["severity"] == "error"} == {
        "product_year",
        "stt_repeated",
        "year_of_appendix",
    }
    assert '"findings/part-0000.parquet"' in (out / "datapackage.json").read_text("utf-8")
    assert (out / "audit.html").stat().st_size > 0


def test_the_same_bytes_again(out):
    audit(out, "--lang", "en")
    first = written(out)
    audit(out, "--lang", "en")
    assert written(out) == first


def test_messages_speak_the_language_ids_do_not(out):
    audit(out, "--lang", "en")
    english = findings(out)
    audit(out, "--lang", "vi")
    vietnamese = findings(out)
    assert [each["finding_id"] for each in english] == [each["finding_id"] for each in vietnamese]
    assert "STT 33 đã dùng cho một nhiệm vụ khác ở trên" in [each["message"] for each in vietnamese]


def test_findings_point_to_what_is_there(out):
    audit(out)
    documents = {row["doc_id"] for row in pq.read_table(out / "documents").to_pylist()}
    tasks = {row["task_id"] for row in pq.read_table(out / "tasks").to_pylist()}
    for finding in findings(out):
        assert finding["doc_id"] in documents
        assert finding["task_id"] in tasks | {None}
        assert finding["evidence"]["file"] == "plan.txt"
    assert len({finding["finding_id"] for finding in findings(out)}) == len(findings(out))


def test_accepted_findings_are_counted_not_written(out, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text('[[suppress]]\nrule = "year_of_appendix"\nreason = "đã đính chính"', "utf-8")
    done = audit(out, "--rules", rules, "--lang", "vi")
    assert "1 phát hiện được chấp nhận: đã đính chính" in done.output
    assert "year_of_appendix" not in {finding["rule"] for finding in findings(out)}


def test_without_the_file_what_was_read_of_it_is_audited(out):
    audit(out)
    before = findings(out)
    (out.parent / "empty").mkdir()
    audit(out, "--source", out.parent / "empty")
    assert findings(out) == before


def test_without_what_was_read_the_file_is_read_again_and_without_both_the_tables_are_audited_still(out):
    audit(out)
    before = findings(out)
    shutil.rmtree(out / ".phuluc" / "readings")
    audit(out)
    assert findings(out) == before
    (out.parent / "empty").mkdir()
    audit(out, "--source", out.parent / "empty")
    rules = {finding["rule"] for finding in before}
    assert {finding["rule"] for finding in findings(out)} == rules - {"abbreviation_unexplained"}


def test_a_folder_of_files_that_were_moved(out):
    audit(out)
    before = findings(out)
    moved = out.parent / "moved"
    moved.mkdir()
    shutil.copy(SAMPLE, moved / "plan.txt")
    audit(out, "--source", moved)
    assert findings(out) == before


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda out: shutil.rmtree(out / "documents"), UsageError),
        (lambda out: next((out / "tasks").glob("*.parquet")).write_bytes(b"PAR1"), TargetError),
    ],
)
def test_what_it_cannot_read(spoil, error, out):
    spoil(out)
    assert isinstance(audit(out).exception, error)


def test_tables_alone_are_enough(out):
    shutil.rmtree(out / ".phuluc")
    assert audit(out).exception is None
    assert "stt_repeated" in {finding["rule"] for finding in findings(out)}


PAGE = (ROOT / "docs" / "audit.md").read_text("utf-8")


def run_with_plugin(folder, module, out):
    """Run the program with a distribution of one module installed beside it."""
    site = folder / "site"
    info = site / "house_rules-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "house_rules.py").write_text(module, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[phuluc.audit]\nhouse_rules = house_rules\n")
    program = Path(sys.executable).parent / "phuluc"
    return subprocess.run(
        [program, "audit", out, "--lang", "en"],
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def plugin_of_the_page():
    return next(code for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "hookimpl" in code)


def test_the_plugin_of_the_page_runs(out, tmp_path):
    module = plugin_of_the_page().replace('"mua sắm" in', '"tuyên truyền" in')
    done = run_with_plugin(tmp_path, module, out)
    assert done.returncode == 0, done.stderr
    found = [finding for finding in findings(out) if finding["rule"] == "house_funding_missing"]
    assert [finding["message"] for finding in found] == ["no funding is named"] * len(found) != []


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (lambda code: code.replace("task.task or", "task.words or"), 1, "house_funding_missing"),
        (lambda code: code.replace("house_funding_missing", "stt_repeated"), 2, "stt_repeated"),
        (lambda code: "import nowhere_to_be_found\n" + code, 2, "nowhere_to_be_found"),
    ],
    ids=["its rule fails", "its rule has a name of ours", "it cannot be loaded"],
)
def test_a_broken_plugin(change, code, says, out, tmp_path):
    done = run_with_plugin(tmp_path, change(plugin_of_the_page()), out)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:  # the findings of the others are there
        assert "product_year" in {finding["rule"] for finding in findings(out)}


def test_the_settings_of_the_page_are_understood(out, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text(re.search(r"```toml\n(only.*?)```", PAGE, re.DOTALL)[1], "utf-8")
    assert audit(out, "--rules", rules).exception is None
