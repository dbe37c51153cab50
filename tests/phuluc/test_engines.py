"""Shards, and the same rows from a cluster as from this machine."""

import marshal
import os
import time
from pathlib import Path

import pytest
from distributed import Client
from documents import convert
from hypothesis import given
from hypothesis import strategies as st

from phuluc.batch.engine import convert_shard, let_go
from phuluc.batch.isolate import Limits
from phuluc.batch.shards import cut_shards
from phuluc.document.records import Options, Source
from phuluc.exits import TargetError
from schemas.tables import TABLES


@given(st.lists(st.integers(0, 200_000_000), max_size=60), st.integers(1, 8))
def test_every_document_is_in_one_shard_in_its_order(sizes, workers):
    sources = [Source(Path(str(number)), str(number), str(number), size) for number, size in enumerate(sizes)]
    shards = list(cut_shards(sources, workers))
    assert [source for shard in shards for source in shard] == sources
    assert all(shards)


@given(st.lists(st.integers(0, 1_000_000), min_size=40, max_size=200), st.integers(1, 4))
def test_shards_are_of_about_equal_cost(sizes, workers):
    sources = [Source(Path(str(number)), str(number), str(number), size) for number, size in enumerate(sizes)]
    costs = [sum(source.byte_size + 50_000 for source in shard) for shard in cut_shards(sources, workers)]
    limit = min(16_000_000, sum(costs) / (4 * workers))
    assert all(limit <= cost < limit + 1_050_000 for cost in costs[:-1])


def test_a_cluster_gives_the_bytes_of_this_machine(archive, another, cluster):
    files = {f"d{number}": f"{number}\n" * (number + 1) for number in range(20)}
    archive.put(**files, bad="die here", worse="hang", bug="bug", copy="1\n" * 2)
    archive.convert(timeout=2)
    second = another()
    second.convert(archive.input, engine="dask", scheduler=cluster.scheduler_address, timeout=2)
    assert second.codes() == {"bad.txt": "crashed", "worse.txt": "timeout", "bug.txt": "internal_error"}
    assert second.bytes() == archive.bytes()


def test_a_worker_that_dies_has_its_shard_done_by_another(archive, another, cluster, tmp_path):
    archive.put(**{f"d{number}": f"slow {number}" for number in range(12)})
    archive.convert(
        engine="dask", scheduler=cluster.scheduler_address, function=KillsWorker(tmp_path / "mark")
    )
    assert (tmp_path / "mark").exists()
    fresh = another()
    fresh.convert(archive.input)
    assert archive.bytes() == fresh.bytes()


class KillsWorker:
    """Kills the Dask worker that isolates it, once."""

    def __init__(self, mark):
        self.mark = mark

    def __call__(self, source, options):
        import os
        import signal
        import time

        if not self.mark.exists():
            self.mark.touch()
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(5)
        return convert(source, options)


def test_a_scheduler_that_does_not_answer_is_said(archive):
    import dask

    archive.put(a="x")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(TargetError, match="tcp://"),
    ):
        archive.convert(engine="dask", scheduler="tcp://127.0.0.1:9")


def test_a_cluster_of_its_own_needs_no_address(archive):
    archive.put(a="x", b="y")
    archive.convert(engine="dask")
    assert archive.statuses() == {"a.txt": "ok", "b.txt": "ok"}


def test_the_program_leaves_a_foreign_cluster_running(archive, cluster):
    archive.put(a="x")
    archive.convert(engine="dask", scheduler=cluster.scheduler_address)
    with Client(cluster.scheduler_address) as client:
        assert client.submit(max, 1, 2).result() == 2


@pytest.fixture
def sources(archive):
    archive.put(a="x", b="die here", c="y")
    return [
        Source(path, path.name, path.stem * 64, path.stat().st_size)
        for path in sorted(archive.input.iterdir())
    ]


def who(source, options):
    """Convert, and tell by the title which process did."""
    records = convert(source, options)
    records.documents[0].title = str(os.getpid())
    return records


def processes(outcomes):
    return [marshal.loads(outcome.rows["documents"])[TITLE][0] for outcome in outcomes]  # noqa: S302 - our own


TITLE = TABLES["documents"].column_names.index("title")


def test_a_child_is_kept_for_the_next_shard_and_ended_when_none_comes(sources, monkeypatch):
    monkeypatch.setattr("phuluc.batch.engine._IDLE_SECONDS", 0.5)
    limits = Limits(timeout=20, memory_mb=1024)
    first = processes(convert_shard(who, sources[:1], Options(), limits))
    assert processes(convert_shard(who, sources[2:], Options(), limits)) == first
    time.sleep(1)
    assert not Path(f"/proc/{first[0]}").exists()


def test_another_work_gets_another_child(sources):
    first = processes(convert_shard(who, sources[:1], Options(), Limits(timeout=20)))
    later = processes(convert_shard(who, sources[:1], Options(plan_year=2020), Limits(timeout=20)))
    let_go()
    assert first != later
    assert not any(Path(f"/proc/{pid}").exists() for pid in first + later)


def test_a_child_that_dies_in_a_shard_costs_its_document_alone(sources):
    codes = [outcome.code for outcome in convert_shard(convert, sources, Options(), Limits(timeout=20))]
    again = [outcome.code for outcome in convert_shard(convert, sources[:1], Options(), Limits(timeout=20))]
    let_go()
    assert (sorted(codes), again) == (["", "", "crashed"], [""])
