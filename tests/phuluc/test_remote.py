"""Inputs and outputs in an object store: the same rows, the same guarantees, by URL."""

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from documents import convert
from test_run import Watching

from phuluc.batch.isolate import Limits
from phuluc.batch.progress import Silent
from phuluc.batch.run import Job, run
from phuluc.exits import TargetError, UsageError
from phuluc.storage.places import Url


class Bucket:
    """A bucket with inputs under in/ and tables under out/."""

    def __init__(self, files, name):
        self.files, self.name = files, name
        files.mkdir(name)
        self.input, self.out = Url(f"s3://{name}/in"), Url(f"s3://{name}/out")

    def put(self, **files):
        for name, text in files.items():
            self.files.pipe_file(f"{self.name}/in/{name.replace('__', '/')}.txt", text.encode())
        return self

    def convert(self, *inputs, reporter=None, function=convert, workers=1, **job):
        limits = Limits(workers=workers, timeout=20, memory_mb=1024)
        wanted = Job(inputs or (self.input,), job.pop("out", self.out), limits=limits, **job)
        return run(wanted, function, reporter or Silent())

    def bytes(self):
        self.files.invalidate_cache()
        names = [name for name in self.files.find(f"{self.name}/out") if "/.phuluc/" not in name]
        return {name.split("/out/")[1]: self.files.cat_file(name) for name in names}

    def state(self):
        self.files.invalidate_cache()
        root = f"{self.name}/out/.phuluc/"
        return {name.removeprefix(root).split("/")[0] for name in self.files.find(root)}


@pytest.fixture
def bucket(store, tmp_path, request, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Bucket(store, f"b{abs(hash(request.node.name)) % 10**12}")


FILES = {f"d{number}": f"{number}\n" * (number + 1) for number in range(6)}


def test_the_store_gets_the_bytes_of_a_disk(bucket, archive, monkeypatch):
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 3)
    files = FILES | {"copy": "0\n", "sub__deep": "x", "bad": "damaged file"}
    bucket.put(**files)
    archive.put(**files).convert()
    summary = bucket.convert(workers=2)
    assert (summary.ok, summary.failed, summary.duplicates) == (7, 1, 1)
    assert bucket.bytes() == archive.bytes()
    assert bucket.state() <= {"ledger", "store.json"} | {
        name for name in bucket.state() if name[:4] == "run-"
    }


def test_from_the_store_to_a_disk_and_from_a_disk_to_the_store(bucket, archive):
    bucket.put(**FILES)
    archive.put(**FILES).convert()
    before = archive.bytes()
    bucket.convert(archive.input)
    assert bucket.bytes() == before
    bucket.convert(out=archive.out, fresh=True)
    assert archive.bytes() == before


def test_a_second_run_fetches_nothing_and_only_changes_are_converted(bucket, monkeypatch):
    bucket.put(**FILES).convert()
    fetched = []
    import phuluc.storage.remote

    real = phuluc.storage.remote.fetched
    monkeypatch.setattr(
        phuluc.storage.remote, "fetched", lambda url, *more: fetched.append(url) or real(url, *more)
    )
    watching = Watching()
    assert bucket.convert(reporter=watching).unchanged == 6
    assert (watching.seen, fetched) == ([], [])
    bucket.put(d1="changed now", new="n")
    bucket.convert(reporter=watching)
    assert sorted(watching.seen) == ["d1.txt", "new.txt"]


def test_what_is_gone_is_pruned(bucket, archive):
    bucket.put(**FILES).convert()
    bucket.files.rm(f"{bucket.name}/in/d2.txt")
    assert bucket.convert().removed == ["d2.txt"]
    bucket.convert(prune=True)
    archive.put(**{name: text for name, text in FILES.items() if name != "d2"}).convert()
    assert bucket.bytes() == archive.bytes()


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_members_of_an_archive_in_the_store(bucket, archive, cluster, tmp_path, engine):
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as bundle:
        bundle.writestr("sub/b.txt", "1\n2")
        bundle.writestr("c.txt", "x")
    bucket.put(a="x\ny")
    bucket.files.put_file(str(tmp_path / "more.zip"), f"{bucket.name}/in/more.zip")
    bucket.convert(engine=engine, scheduler=cluster.scheduler_address)
    archive.put(a="x\ny")
    (tmp_path / "more.zip").rename(archive.input / "more.zip")
    archive.convert()
    assert bucket.bytes() == archive.bytes()
    assert "unpacked" not in bucket.state()


@pytest.mark.parametrize(
    ("kind", "calls"),
    [
        ("put_object", [3, 16, 33]),  # drafts, journals, manifests
        ("copy_object", [5, 14, 25]),  # the moves of a commit
        ("delete_objects", [1, 2, 4]),  # what was staged, the journal
    ],
)
def test_cut_off_at_any_request(bucket, archive, monkeypatch, kind, calls):
    """From some request on nothing reaches the store, as after a kill or when the network goes.

    The next run, on another machine (without what waits on this one), completes the folder.
    """
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 3)
    monkeypatch.setattr("phuluc.storage.lease._alive", lambda mark: False)
    monkeypatch.setattr(
        "phuluc.storage.lease.Lease.give_back", lambda self: self._done.set()
    )  # the dead give nothing back
    archive.put(**FILES).convert()
    bucket.put(**FILES)
    for call in calls:
        with monkeypatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", f"{os.environ['XDG_CACHE_HOME']}-{call}")
            cut_at(patch, type(bucket.files), kind, call)
            with pytest.raises(TargetError):
                bucket.convert()
        bucket.files.invalidate_cache()
        for path in bucket.files.glob(f"{bucket.name}/out/*/*.parquet"):
            with bucket.files.open(path) as stream:
                pq.ParquetFile(stream).read()
        bucket.convert()
        assert bucket.bytes() == archive.bytes()
        assert not bucket.state() & {"journal.json", "staging"}
        bucket.files.rm(bucket.out, recursive=True)


def cut_at(patch, files, kind, call):
    """Let the `call`-th request of a kind, and all that follow, never happen."""
    real, calls = files._call_s3, []

    async def dying(self, method, *arguments, **named):
        if method == kind:
            calls.append(method)
        if len(calls) >= call:
            raise ConnectionError("the cable is cut")
        return await real(self, method, *arguments, **named)

    patch.setattr(files, "_call_s3", dying)


def test_finished_documents_outlive_a_kill_on_the_same_machine(bucket):
    bucket.put(**FILES)
    assert bucket.convert(reporter=Watching(stop_after=4)).state == "interrupted"
    watching = Watching()
    bucket.convert(reporter=watching)
    assert len(watching.seen) == 2
    assert not any(Path(os.environ["XDG_CACHE_HOME"]).rglob("*.spool"))


HOLDER = """
import sys
from phuluc.storage.places import Url
from phuluc.storage.store import Store
store = Store(Url(sys.argv[1])); store.open(); print("held", flush=True); sys.stdin.read()
"""


def test_a_run_that_lives_keeps_others_out_and_a_dead_one_does_not(bucket):
    bucket.put(a="x")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, bucket.out], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(TargetError, match=f"another run.*{holder.pid}"):
            bucket.convert()
        holder.send_signal(signal.SIGKILL)
    assert bucket.convert().ok == 1


def test_a_run_that_slept_too_long_finds_itself_replaced(bucket):
    class Robbed(Silent):
        def planned(self, documents, summary):
            bucket.files.pipe_file(f"{bucket.name}/out/.phuluc/lock", b'{"token": "another"}')

    bucket.put(a="x")
    with pytest.raises(TargetError, match="taken over"):
        bucket.convert(reporter=Robbed())


def test_a_file_that_changed_since_it_was_identified_is_tried_again(bucket):
    class Changing(Silent):
        def planned(self, documents, summary):
            bucket.put(b="other bytes")

    bucket.put(a="x", b="y")
    failures = bucket.convert(reporter=Changing()).failures
    assert [(each.source_path, each.code) for each in failures] == [("b.txt", "not_accessible")]
    assert bucket.convert().failures == []


@pytest.mark.parametrize(
    ("url", "error", "said"),
    [
        ("s3://no-such-bucket-here/in", UsageError, "nothing is there|cannot be reached"),
        ("s3://{name}/empty", UsageError, "nothing is there"),
        ("gopher://old/in", UsageError, "gopher"),
    ],
)
def test_a_url_without_files_is_said(bucket, archive, url, error, said):
    with pytest.raises(error, match=said):
        bucket.convert(Url(url.format(name=bucket.name)), out=archive.out)


def test_a_bucket_that_is_not_there_is_an_unreachable_target(bucket, archive):
    archive.put(a="x")
    with pytest.raises(TargetError, match="no-such-bucket"):
        bucket.convert(archive.input, out=Url("s3://no-such-bucket-here/out"))


def test_a_cluster_reads_from_the_store(bucket, archive, cluster):
    bucket.put(**FILES, bug="bug")
    archive.put(**FILES, bug="bug").convert()
    bucket.convert(engine="dask", scheduler=cluster.scheduler_address)
    assert bucket.bytes() == archive.bytes()


def test_paths_need_no_client_of_stores():
    code = "import sys, phuluc.commands.convert, phuluc.storage.collect; print('fsspec' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_commands_read_a_folder_in_the_store(bucket, tmp_path):
    from click.testing import CliRunner

    from phuluc.cli import group

    def phuluc(*arguments):
        return CliRunner().invoke(group, [*map(str, arguments), "--lang", "en"])

    bucket.put(**FILES, bad="damaged file").convert()
    status = phuluc("status", bucket.out)
    assert f"{bucket.out}: 7 documents" in status.output
    assert "bad.txt" in status.output
    assert "finished" in status.output
    phuluc("export", bucket.out, "--format", "csv", "--to", tmp_path / "csv")
    assert (tmp_path / "csv" / "documents.csv").read_text().count(".txt") == 7
    assert "--to" in str(phuluc("export", bucket.out, "--format", "csv").exception)
    target = f"duckdb://{tmp_path}/x.duckdb"
    assert "7 documents" in phuluc("load", bucket.out, target).output
    assert "nothing has changed" in phuluc("load", bucket.out, target).output
    assert "no converted documents" in str(phuluc("status", bucket.input).exception)
    assert phuluc("audit", bucket.out).exit_code == 0
    written = bucket.bytes()
    assert {"audit.html", "findings/part-0000.parquet", "task_groups/part-0000.parquet"} <= written.keys()
