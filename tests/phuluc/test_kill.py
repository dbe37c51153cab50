"""A kill at any moment leaves a folder that reads clean, and the next run completes it."""

import errno
import os

import pyarrow.parquet as pq
import pytest

import phuluc.storage.parquet
from phuluc.exits import TargetError

FILES = {f"d{number}": f"{number}\n" * (number + 1) for number in range(6)}


class KillError(BaseException):
    """Stands for kill -9: nothing of the program may catch it."""


def kill_at(monkeypatch, target, name, call):
    """Let the `call`-th call of `target.name` never happen."""
    real, calls = getattr(target, name), []

    def dying(*arguments, **named):
        calls.append(arguments)
        if len(calls) == call:
            raise KillError
        return real(*arguments, **named)

    monkeypatch.setattr(target, name, dying)


def reads_clean(out):
    for path in out.glob("*/**/*.parquet"):
        if ".phuluc" not in path.parts:
            pq.ParquetFile(path).read()


@pytest.fixture
def undisturbed(another):
    def make(archive):
        fresh = another()
        fresh.convert(archive.input)
        return fresh.bytes()

    return make


@pytest.mark.parametrize("call", range(1, 40, 3))
def test_killed_while_files_are_moved(archive, undisturbed, monkeypatch, call):
    """Renames: journals, tables, ledger, data package, manifests, in a first run and in one that changes it."""
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 3)
    archive.put(**FILES)
    with monkeypatch.context() as patch:
        kill_at(patch, os, "replace", call)
        try:
            archive.convert()
        except KillError:
            reads_clean(archive.out)
    archive.put(d1="changed", d9="new")
    (archive.input / "d2.txt").unlink()
    with monkeypatch.context() as patch:
        kill_at(patch, os, "replace", call)
        try:
            archive.convert(prune=True)
        except KillError:
            reads_clean(archive.out)
    archive.convert(prune=True)
    assert archive.bytes() == undisturbed(archive)
    assert not (archive.out / ".phuluc" / "journal.json").exists()


@pytest.mark.parametrize("call", range(1, 22, 4))
def test_killed_while_a_table_is_written(archive, undisturbed, monkeypatch, call):
    monkeypatch.setattr("phuluc.batch.plan.DOCUMENTS_PER_BUCKET", 3)
    archive.put(**FILES)
    with monkeypatch.context() as patch:
        kill_at(patch, phuluc.storage.parquet, "write_table", call)
        with pytest.raises(KillError):
            archive.convert()
    reads_clean(archive.out)
    archive.convert()
    assert archive.bytes() == undisturbed(archive)


def test_a_spool_cut_short_loses_only_its_last_document(archive, undisturbed):
    archive.put(**FILES)

    class Stop:
        done = 0

        def planned(self, documents, summary):
            self.planned = documents

        def finished(self, outcome):
            self.done += 1
            if self.done == 4:
                raise KeyboardInterrupt

        def ended(self, summary):
            pass

    archive.convert(reporter=Stop())
    (spool,) = archive.out.glob(".phuluc/spool/*")
    content = spool.read_bytes()
    spool.write_bytes(content[:-20])
    counting = Stop()
    counting.done = 10
    archive.convert(reporter=counting)
    assert counting.planned == 3
    assert archive.bytes() == undisturbed(archive)


@pytest.mark.parametrize("call", [1, 5, 12, 14])
def test_a_full_disk_is_said_and_resumed(archive, undisturbed, monkeypatch, call):
    archive.put(**FILES)
    real, calls = phuluc.storage.parquet.write_table, []

    def full(name, rows, path):
        calls.append(path)
        if len(calls) == call:
            path.write_bytes(b"half a fi")
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(name, rows, path)

    with monkeypatch.context() as patch:
        patch.setattr(phuluc.storage.parquet, "write_table", full)
        with pytest.raises(TargetError, match="disk is full"):
            archive.convert()
    reads_clean(archive.out)
    archive.convert()
    assert archive.bytes() == undisturbed(archive)


def test_a_full_disk_while_documents_are_spooled(archive, undisturbed, monkeypatch):
    archive.put(**FILES)

    def full(self, bucket, finished):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("phuluc.storage.spool.Spool.add", full)
        with pytest.raises(TargetError, match="disk is full"):
            archive.convert()
    reads_clean(archive.out)
    archive.convert()
    assert archive.bytes() == undisturbed(archive)
