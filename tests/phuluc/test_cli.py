"""The command line as a user meets it: exit codes, messages, what is written and what is not."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).parents[2] / "samples"


def phuluc(*arguments, **named):
    """Run the program as installed; English unless said otherwise."""
    program = Path(sys.executable).parent / "phuluc"
    environment = os.environ | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | named.pop("env", {})
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment, **named
    )


def beginning_of(name):
    """A document that converts quickly."""
    return "\n".join((SAMPLES / name).read_text("utf-8").splitlines()[:60])


def documents(out):
    return {
        row["source_path"]: row
        for row in pq.ParquetFile(out / "documents/part-0000.parquet").read().to_pylist()
    }


def encrypted_pdf():
    """A PDF that asks for a password."""
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(72, 720, "hidden")
    canvas.save()
    return stream.getvalue()


def pdf_without_pages():
    stream = io.BytesIO()
    PdfDocument.new().save(stream)
    return stream.getvalue()


BROKEN = {
    "empty.pdf": b"",
    "encrypted.pdf": encrypted_pdf(),
    "no_pages.pdf": pdf_without_pages(),
    "blank.txt": b" \n\n ",
    "truncated.pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog",
    "truncated.docx": b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
    "noise.docx": bytes(range(256)) * 40,
    "program.pdf": b"\x7fELF\x02\x01\x01" + b"\0" * 500,
    "line\nbreak.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """One good document among broken ones, converted once."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "in").mkdir()
    for name, content in BROKEN.items():
        (folder / "in" / name).write_bytes(content)
    good = SAMPLES / "so-khcn-quang-tri-ke-hoach-cchc-2021-2025.txt"
    (folder / "in" / "misnamed.pdf").write_bytes(good.read_bytes())
    done = phuluc("convert", folder / "in", "-o", folder / "out")
    return folder, done


def test_broken_documents_fail_alone_with_a_code(broken):
    folder, done = broken
    rows = documents(folder / "out")
    assert set(rows) == {*BROKEN, "misnamed.pdf"}
    assert {name for name, row in rows.items() if row["status"] == "failed"} == set(BROKEN)
    assert all(rows[name]["errors"][0]["code"] != "internal_error" for name in BROKEN)
    assert rows["encrypted.pdf"]["errors"][0]["code"] == "encrypted_file"
    assert rows["no_pages.pdf"]["errors"][0]["code"] == "no_pages"
    assert rows["empty.pdf"]["errors"][0]["code"] == "empty_file"
    assert done.returncode == 1


def test_a_misnamed_document_is_read_by_its_content(broken):
    folder, _ = broken
    row = documents(folder / "out")["misnamed.pdf"]
    assert (row["status"], row["source_format"]) == ("ok", "text")
    assert row["task_count"] >= 30


def test_no_traceback_reaches_the_screen(broken):
    _, done = broken
    assert "Traceback" not in done.stderr + done.stdout
    assert f"{len(BROKEN)} failed" in done.stderr
    assert "line\\nbreak.xlsx" in done.stderr  # one line, whatever the name


@pytest.mark.parametrize(("lang", "advice"), [("en", "fetch it again"), ("vi", "hãy lấy lại tệp")])
def test_status_lists_what_needs_a_person_with_advice(broken, lang, advice):
    folder, _ = broken
    said = phuluc("status", folder / "out", "--lang", lang)
    assert said.returncode == 0
    for name in BROKEN:
        assert name.replace("\n", "\\n") in said.stdout
    assert advice in said.stdout


def test_status_as_json(broken):
    folder, _ = broken
    state = json.loads(phuluc("status", folder / "out", "--json").stdout)
    assert {each["source_path"] for each in state["quarantine"]} == set(BROKEN)
    assert sum(each["documents"] for each in state["counts"]) == len(BROKEN) + 1
    assert state["last_run"]["state"] == "finished"


def test_the_language_follows_the_locale(broken):
    folder, _ = broken
    said = phuluc("status", folder / "out", env={"LC_ALL": "vi_VN.UTF-8"})
    assert "Tài liệu cần người xem" in said.stdout


def test_a_good_run_ends_with_0_and_a_described_folder(tmp_path):
    done = phuluc("convert", SAMPLES, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    package = json.loads((tmp_path / "out/datapackage.json").read_text())
    assert len(package["resources"]) == 11
    for resource in package["resources"]:
        for path in resource["path"]:
            assert pq.ParquetFile(tmp_path / "out" / path).schema_arrow.names == [
                field["name"] for field in resource["schema"]["fields"]
            ]


def test_a_single_file_is_called_by_its_name(tmp_path):
    name = "so-khcn-thong-ke-nhiem-vu-cchc-2020.txt"
    phuluc("convert", SAMPLES / name, "-o", tmp_path / "out")
    assert list(documents(tmp_path / "out")) == [name]


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert"],
        ["convert", "nowhere.pdf", "-o", "out"],
        ["convert", ".", "-o", "out", "--workers", "0"],
        ["convert", ".", "-o", "out", "--ocr", "perhaps"],
        ["convert", "."],
        ["status", "nowhere"],
        ["schema", "nothing"],
        ["invented"],
        ["--invented"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_writes_nothing(tmp_path, arguments):
    done = phuluc(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Usage" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_output_is_wrong_usage(tmp_path):
    for command in (["status", "."], ["export", ".", "--format", "csv"]):
        done = phuluc(*command, cwd=tmp_path)
        assert (done.returncode, "holds no converted documents" in done.stderr) == (2, True)


@pytest.mark.parametrize("target", ["/proc/out", "/dev/null", "/dev/null/out"])
def test_an_output_that_cannot_be_written_is_3(target):
    done = phuluc("convert", SAMPLES, "-o", target)
    assert done.returncode == 3
    assert target in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_3(tmp_path):
    # A file size limit of the shell stands for the full disk: the first write that grows too large fails.
    program = Path(sys.executable).parent / "phuluc"
    script = f"trap '' XFSZ; ulimit -f 8; exec {program} convert {SAMPLES} -o {tmp_path}/out"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert phuluc("convert", SAMPLES, "-o", tmp_path / "out").returncode == 0


def test_no_input_files_is_no_failure(tmp_path):
    (tmp_path / "in").mkdir()
    done = phuluc("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert (done.returncode, "no input files" in done.stderr) == (0, True)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_130_and_resumes(tmp_path, kind):
    (tmp_path / "in").mkdir()
    text = beginning_of("so-khcn-quang-tri-ke-hoach-cchc-2021-2025.txt")
    for number in range(150):
        (tmp_path / "in" / f"{number}.txt").write_text(f"{text}\n{number}")
    program = Path(sys.executable).parent / "phuluc"
    command = [program, "convert", tmp_path / "in", "-o", tmp_path / "out", "--workers", "1", "--log-json"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    lines = iter(run.stderr)
    while '"document"' not in next(lines):
        pass
    run.send_signal(kind)
    said = "".join(lines)
    assert run.wait(20) == 130
    assert "Traceback" not in said
    time.sleep(0.1)
    again = phuluc("convert", tmp_path / "in", "-o", tmp_path / "out", "--log-json")
    assert again.returncode == 0
    assert 0 < again.stderr.count('"event": "document"') < 150
    assert len(documents(tmp_path / "out")) == 150


@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_kill_9_loses_nothing_that_was_finished(tmp_path, victim):
    (tmp_path / "in").mkdir()
    text = beginning_of("so-cong-thuong-ke-hoach-cchc-2021.txt")
    for number in range(80):
        (tmp_path / "in" / f"{number}.txt").write_text(f"{text}\n{number}")
    phuluc("convert", tmp_path / "in", "-o", tmp_path / "calm")
    program = Path(sys.executable).parent / "phuluc"
    command = [program, "convert", tmp_path / "in", "-o", tmp_path / "torn", "--workers", "2", "--log-json"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    seen = 0
    for line in run.stderr:
        seen += '"document"' in line
        if seen == 10:
            children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
            os.kill(run.pid if victim == "parent" else int(children[0]), signal.SIGKILL)
            seen += 1
    assert run.wait(60) == (-signal.SIGKILL if victim == "parent" else 0)
    again = phuluc("convert", tmp_path / "in", "-o", tmp_path / "torn", "--log-json")
    assert again.returncode == 0
    assert again.stderr.count('"event": "document"') <= 70
    calm, torn = (
        {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).glob("*/*.parquet")
        }
        for name in ("calm", "torn")
    )
    assert calm == torn


def test_log_json_gives_only_json(tmp_path):
    done = phuluc("convert", SAMPLES, "-o", tmp_path / "out", "--log-json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    count = len(list(SAMPLES.rglob("*.*")))
    assert [event["event"] for event in events] == ["planned", *["document"] * count, "ended"]
    assert events[-1]["ok"] == count


def test_export_in_every_format(broken, tmp_path):
    folder, _ = broken
    for form in ("xlsx", "csv", "jsonl"):
        done = phuluc("export", folder / "out", "--format", form, "--to", tmp_path / form)
        assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "jsonl/tasks.jsonl").read_text().splitlines()]
    assert len([row for row in rows if row["source"] == "text"]) == 30
    assert isinstance(rows[0]["extra"], dict)
    assert len((tmp_path / "csv/tasks.csv").read_text("utf-8-sig").splitlines()) > 30


def test_help_is_short_of_imports():
    code = (
        "import sys; from click.testing import CliRunner; from phuluc.cli import group\n"
        "assert CliRunner().invoke(group, ['--help']).exit_code == 0\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & "
        "{'pydantic', 'pyarrow', 'pandas', 'rich', 'multiprocessing', 'pypdfium2', 'lxml', 'structlog', 'numpy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_convert_imports_neither_pandas_nor_pydantic_nor_underthesea(tmp_path):
    code = (
        "import sys; from phuluc.cli import main\n"
        f"sys.argv = ['phuluc', 'convert', {str(SAMPLES)!r}, '-o', {str(tmp_path / 'out')!r}]\n"
        "try: main()\n"
        "except SystemExit: print(*sorted({'pandas', 'pydantic', 'underthesea', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_pipe_that_closes_early_is_no_error():
    program = Path(sys.executable).parent / "phuluc"
    script = f"set -o pipefail; {program} schema --format json | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
