"""What one run does to a folder of documents, whatever the documents do."""

import hashlib
from pathlib import Path

import pytest
from documents import convert

from phuluc.batch.progress import Silent
from phuluc.exits import TargetError
from phuluc.versions import converter_version


class Watching(Silent):
    """Remembers which documents were converted; may stop the run like Ctrl-C."""

    def __init__(self, stop_after=None):
        self.seen = []
        self.stop_after = stop_after

    def finished(self, outcome):
        self.seen.append(outcome.source.source_path)
        if len(self.seen) == self.stop_after:
            raise KeyboardInterrupt


def test_every_input_has_its_row_and_its_rows(archive):
    archive.put(a="1\tx\n2\ty", sub__b="partial only", c="damaged file")
    summary = archive.convert()
    assert archive.statuses() == {"a.txt": "ok", "c.txt": "failed", "sub/b.txt": "partial"}
    assert [row["cells"] for row in archive.rows("rows")] == [["1", "x"], ["2", "y"], ["partial only"]]
    assert (summary.ok, summary.partial, summary.failed) == (1, 1, 1)
    assert [(each.source_path, each.code) for each in summary.failures] == [("c.txt", "damaged_file")]


def test_doc_id_is_the_hash_of_the_bytes(archive):
    archive.put(a="Kế hoạch").convert()
    assert archive.documents()["a.txt"]["doc_id"] == hashlib.sha256("Kế hoạch".encode()).hexdigest()


def test_every_table_can_be_read_even_without_rows(archive):
    archive.put(a="x").convert()
    for table in (
        "tasks",
        "deadlines",
        "units",
        "indicators",
        "targets",
        "citations",
        "findings",
        "task_groups",
    ):
        assert archive.rows(table) == []


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("hang", "timeout"),  # an endless loop in a parser
        ("die", "crashed"),  # a library that calls exit, or a segmentation fault
        ("eat", "out_of_memory"),  # a decompression bomb
        ("bug", "internal_error"),  # a bug of ours
        ("unreadable", "not_accessible"),  # a right withdrawn while the run goes on
        ("mistyped", "internal_error"),  # a record with a value of a wrong type
    ],
)
def test_a_document_that_misbehaves_costs_itself_alone(archive, how, code):
    archive.put(a="x", b=f"{how} now", c="y")
    archive.convert(timeout=1.5)
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "failed", "c.txt": "ok"}
    assert archive.codes() == {"b.txt": code}


def test_a_traceback_goes_to_the_run_folder_not_to_the_data(archive):
    archive.put(a="bug here").convert()
    assert archive.documents()["a.txt"]["errors"][0]["message"] == "ZeroDivisionError: a bug"
    (log,) = archive.out.glob(".phuluc/run-*/errors.log")
    assert "in misbehave" in log.read_text()


def test_a_second_run_does_nothing(archive):
    archive.put(a="x", b="damaged file", c="y").convert()
    before, watching = archive.bytes(), Watching()
    summary = archive.convert(reporter=watching)
    assert watching.seen == []
    assert archive.bytes() == before
    assert (summary.unchanged, summary.ok, len(summary.failures)) == (3, 0, 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda archive: archive.put(new="n", b="changed\tnow"),
        lambda archive: (archive.input / "a.txt").rename(archive.input / "z.txt"),
        lambda archive: archive.put(copy_of_a="x\t1", aa_copy_of_c="y\t3"),
        lambda archive: (archive.input / "a.txt").write_text("y\t3"),  # becomes a copy of c
        lambda archive: (archive.input / "b.txt").touch(),
    ],
    ids=["new and changed", "moved", "copied", "overwritten by a copy", "touched"],
)
def test_a_run_over_earlier_work_gives_the_bytes_of_a_first_run(archive, another, change):
    archive.put(a="x\t1", b="x\t2", c="y\t3").convert()
    change(archive)
    archive.convert()
    fresh = another()
    fresh.convert(archive.input)
    assert archive.bytes() == fresh.bytes()


def test_only_what_changed_is_converted(archive):
    archive.put(a="x", b="y", c="z").convert()
    archive.put(b="other", d="w")
    watching = Watching()
    summary = archive.convert(reporter=watching)
    assert sorted(watching.seen) == ["b.txt", "d.txt"]
    assert (summary.changed, summary.unchanged) == (1, 2)


def test_removed_inputs_are_reported_and_dropped_only_on_request(archive):
    archive.put(a="x", b="y").convert()
    (archive.input / "b.txt").unlink()
    assert archive.convert().removed == ["b.txt"]
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "ok"}
    assert archive.convert(prune=True).removed == ["b.txt"]
    assert archive.statuses() == {"a.txt": "ok"}
    assert [row["cells"] for row in archive.rows("rows")] == [["x"]]


def test_another_folder_into_the_same_output_adds_to_it(archive, tmp_path):
    archive.put(a="x").convert()
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text("y")
    archive.convert(other)
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "ok"}


def test_copies_have_rows_of_their_own_in_documents_only(archive):
    archive.put(a="x", b="x", sub__c="x")
    summary = archive.convert()
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "duplicate", "sub/c.txt": "duplicate"}
    assert len(archive.rows("rows")) == 1
    assert archive.documents()["b.txt"]["doc_id"] == archive.documents()["a.txt"]["doc_id"]
    assert sum(row["table_count"] for row in archive.rows("documents")) == 1
    assert summary.duplicates == 2


def test_a_copy_stands_in_when_the_first_is_pruned(archive):
    archive.put(a="x", b="x").convert()
    (archive.input / "a.txt").unlink()
    watching = Watching()
    archive.convert(prune=True, reporter=watching)
    assert archive.statuses() == {"b.txt": "ok"}
    assert watching.seen == []


def test_empty_files_are_no_copies_of_each_other(archive):
    archive.put(a="", b="").convert()
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "ok"}


def test_fresh_forgets_what_stands(archive):
    archive.put(a="x", b="y").convert()
    (archive.input / "b.txt").unlink()
    watching = Watching()
    archive.convert(fresh=True, reporter=watching)
    assert watching.seen == ["a.txt"]
    assert archive.statuses() == {"a.txt": "ok"}


@pytest.mark.parametrize("workers", [1, 3])
def test_bytes_do_not_depend_on_workers_or_order(archive, another, monkeypatch, workers):
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 4)
    files = {f"d{number}": f"slow {number}\n" * (number % 5 + 1) for number in range(12)}
    archive.put(**files).convert()
    second = another()
    second.put(**dict(reversed(files.items()))).convert(workers=workers)
    assert second.bytes() == archive.bytes()
    assert len(list(archive.out.glob("rows/*.parquet"))) == 4


def test_rows_stand_in_order_of_path_and_position(archive):
    archive.put(b="1\n2", a="3\n4", c="5").convert(workers=2)
    assert [row["cells"] for row in archive.rows("rows")] == [["3"], ["4"], ["1"], ["2"], ["5"]]


def test_interrupted_work_is_kept_and_completed(archive, another):
    archive.put(**{f"d{number}": f"slow {number}" for number in range(8)})
    summary = archive.convert(reporter=Watching(stop_after=3))
    assert summary.state == "interrupted"
    assert archive.rows("documents") == []  # readable, though its one bucket is not complete
    watching = Watching()
    assert archive.convert(reporter=watching).state == "finished"
    assert len(watching.seen) == 5
    fresh = another()
    fresh.convert(archive.input)
    assert archive.bytes() == fresh.bytes()


def test_other_options_convert_again(archive):
    from phuluc.document.records import Options

    archive.put(a="x").convert()
    watching = Watching()
    archive.convert(reporter=watching, options=Options(plan_year=2020))
    assert watching.seen == ["a.txt"]


def test_a_new_version_converts_again(archive, monkeypatch):
    archive.put(a="x").convert()
    monkeypatch.setattr("phuluc.versions.UNDERSTANDING", 99)
    watching = Watching()
    archive.convert(reporter=watching)
    assert watching.seen == ["a.txt"]
    assert archive.documents()["a.txt"]["converter_version"].endswith(".u99")


def test_a_timeout_is_tried_again_only_with_more_time(archive):
    archive.put(a="hang on").convert(timeout=0.5)
    same, more = Watching(), Watching()
    archive.convert(reporter=same, timeout=0.5)
    archive.convert(reporter=more, timeout=0.7)
    assert (same.seen, more.seen) == ([], ["a.txt"])


def test_a_document_too_large_is_tried_again_only_with_more_memory(archive):
    archive.put(a="eat it").convert(memory_mb=512)
    same, more = Watching(), Watching()
    archive.convert(reporter=same, memory_mb=512)
    archive.convert(reporter=more, memory_mb=1024)
    assert (same.seen, more.seen) == ([], ["a.txt"])


def test_a_part_that_a_missing_helper_cost_is_tried_again(archive):
    archive.put(a="unhelped text", b="partial text").convert()
    assert archive.statuses() == {"a.txt": "partial", "b.txt": "partial"}
    watching = Watching()
    assert archive.convert(reporter=watching).failures == []
    assert watching.seen == ["a.txt"]


def test_a_child_killed_from_outside_is_tried_again(archive, tmp_path):
    archive.put(a="x")
    summary = archive.convert(function=Killed(tmp_path / "killed"))
    assert (summary.ok, archive.statuses()) == (1, {"a.txt": "ok"})


class Killed:
    """Dies by kill -9 at the first document, then works."""

    def __init__(self, mark):
        self.mark = mark

    def __call__(self, source, options):
        import os
        import signal

        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return convert(source, options)


def test_tables_deleted_by_hand_are_made_again(archive):
    archive.put(a="x").convert()
    before = archive.bytes()
    for path in archive.out.glob("*/part-*.parquet"):
        path.unlink()
    archive.convert()
    assert archive.bytes() == before


def test_a_second_run_at_the_same_time_is_refused(archive):
    archive.put(a="x")

    class Meanwhile(Silent):
        def planned(self, documents, summary):
            import subprocess
            import sys

            code = (
                "import sys; from pathlib import Path; from phuluc.storage.store import Store\n"
                "from phuluc.exits import TargetError\n"
                "try: Store(Path(sys.argv[1])).open()\n"
                "except TargetError as error: print(error)"
            )
            done = subprocess.run(
                [sys.executable, "-c", code, archive.out], capture_output=True, text=True, check=True
            )
            self.said = done.stdout

    meanwhile = Meanwhile()
    archive.convert(reporter=meanwhile)
    assert "another run" in meanwhile.said


def test_names_of_every_kind(archive):
    names = ["một kế hoạch.txt", "line\nbreak.txt", "'quote\".txt", "a b#?%.txt", "x" * 200 + ".txt"]
    for number, name in enumerate(names):
        (archive.input / name).write_text(str(number))
    archive.convert()
    assert sorted(archive.documents()) == sorted(names)


def test_a_name_that_is_no_utf8_is_shown_with_its_bytes(archive):
    import os

    Path(os.fsdecode(os.fsencode(archive.input) + b"/k\xea.txt")).write_text("x")
    archive.convert()
    assert archive.statuses() == {"k\\xea.txt": "ok"}
    assert archive.convert().unchanged == 1


def test_files_of_systems_and_open_editors_are_no_inputs(archive):
    archive.put(a="x")
    for name in (".DS_Store", "Thumbs.db", "~$a.docx", ".hidden/b.txt"):
        path = archive.input / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("junk")
    archive.convert()
    assert list(archive.documents()) == ["a.txt"]


def test_a_pipe_among_the_files_does_not_block(archive):
    import os

    os.mkfifo(archive.input / "pipe.txt")
    archive.put(a="x").convert()
    assert archive.codes() == {"pipe.txt": "not_accessible"}


def test_a_folder_without_read_permission_is_an_input_that_failed(archive, monkeypatch):
    import os

    archive.put(a="x", locked__b="y")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    archive.convert()
    assert archive.statuses() == {"a.txt": "ok", "locked": "failed"}
    assert archive.codes() == {"locked": "not_accessible"}


def test_an_output_inside_the_input_is_not_read(archive):
    archive.out = archive.input / "out"
    archive.put(a="x").convert()
    archive.convert()
    assert list(archive.documents()) == ["a.txt"]


@pytest.mark.parametrize("folder", ["file", "/proc/nothing/out", "/dev/null/out"])
def test_an_output_that_cannot_be_made(archive, folder):
    (archive.input.parent / "file").write_text("")
    archive.out = archive.input.parent / folder
    archive.put(a="x")
    with pytest.raises(TargetError, match=Path(folder).name):
        archive.convert()


def test_members_of_archives_are_inputs(archive):
    import zipfile

    archive.put(a="x")
    with zipfile.ZipFile(archive.input / "more.zip", "w") as bundle:
        bundle.writestr("sub/b.txt", "1\n2")
        bundle.writestr("c.txt", "x")
    archive.convert()
    assert archive.statuses() == {"a.txt": "ok", "more.zip/c.txt": "duplicate", "more.zip/sub/b.txt": "ok"}
    before, watching = archive.bytes(), Watching()
    assert archive.convert(reporter=watching).unchanged == 3
    assert (watching.seen, archive.bytes()) == ([], before)
    assert not (archive.out / ".phuluc" / "unpacked").exists()
    (archive.input / "more.zip").unlink()
    archive.convert(prune=True)
    assert archive.statuses() == {"a.txt": "ok"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04" + b"\0" * 50, {"damaged_file", "unsupported_format"}),
        (b"PK\x05\x06" + b"\0" * 18, set()),  # an archive without members is a file like any other
    ],
)
def test_an_archive_that_cannot_be_opened_is_an_input_itself(archive, content, code):
    (archive.input / "more.zip").write_bytes(content)
    archive.convert()
    assert list(archive.documents()) == ["more.zip"]
    assert set(archive.codes().values()) <= code


def test_unchanged_files_are_not_read_again(archive, monkeypatch):
    archive.put(a="x", b="y").convert()
    read = []
    real = Path.open

    def opened(self, *arguments, **named):
        read.append(self.name)
        return real(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", opened)
    archive.convert()
    assert not {"a.txt", "b.txt"} & set(read)


@pytest.mark.parametrize("first", [2, 20], ids=["grown", "shrunk"])
def test_an_archive_that_outgrew_its_files_gets_those_of_a_first_run(archive, another, monkeypatch, first):
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 4)
    archive.put(**{f"d{number}": f"{number}\n" * number for number in range(first)}).convert()
    for path in archive.input.iterdir():
        path.unlink()
    archive.put(**{f"d{number}": f"{number}\n" * number for number in range(9)})
    archive.convert(prune=True)
    fresh = another()
    fresh.convert(archive.input)
    assert archive.bytes() == fresh.bytes()


def test_a_damaged_table_is_named_not_overwritten(archive):
    archive.put(a="x").convert()
    (archive.out / "rows/part-0000.parquet").write_bytes(b"PAR1 and nothing else")
    archive.put(b="y")
    with pytest.raises(TargetError, match=r"rows/part-0000.parquet.*--fresh"):
        archive.convert()
    archive.convert(fresh=True)
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "ok"}


def test_links_to_folders_are_followed_once(archive, tmp_path):
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "b.txt").write_text("y")
    archive.put(a="x")
    (archive.input / "linked").symlink_to(other)
    (archive.input / "loop").symlink_to(archive.input)
    archive.convert()
    assert archive.statuses() == {"a.txt": "ok", "linked/b.txt": "ok"}


def test_the_manifest_tells_what_a_run_did(archive):
    import json

    archive.put(a="x", b="damaged file").convert()
    (path,) = archive.out.glob(".phuluc/run-*/manifest.json")
    manifest = json.loads(path.read_text())
    assert (manifest["state"], manifest["ok"], manifest["failed"]) == ("finished", 1, 1)
    assert manifest["failures"][0]["code"] == "damaged_file"
    assert "fetch it again" in manifest["failures"][0]["advice"]
    assert manifest["started"] <= manifest["ended"]
    assert manifest["version"] == converter_version()
    assert (manifest["engine"], manifest["planned"], manifest["limits"]["timeout"]) == ("local", 2, 20)


def test_the_manifest_keeps_up_with_a_long_run(archive, monkeypatch):
    import json

    monkeypatch.setattr("phuluc.batch.summary._EVERY_SECONDS", 0)
    said = []

    class Looking(Silent):
        def finished(self, outcome):
            (path,) = archive.out.glob(".phuluc/run-*/manifest.json")
            manifest = json.loads(path.read_text())
            said.append((manifest["state"], manifest["ok"], manifest["planned"]))

    archive.put(a="x", b="y").convert(reporter=Looking())
    assert said == [("running", 1, 2), ("running", 2, 2)]
