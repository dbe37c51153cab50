"""The output folder: what lies where, and the journalled commit that a kill at any moment cannot break.

OUT/<table>/part-<bucket>.parquet are the product. OUT/.phuluc holds what the next run needs:
`store.json` (layout), `ledger/` (inputs), `spool/` (finished documents of unfinished buckets), `staging/` and
`journal.json` (a commit under way), `run-*/` (manifests).
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from phuluc.exits import TargetError
from phuluc.files import replace_text
from phuluc.ledger import Entry, ledger_lines, read_ledger
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

_TABLES = tuple(name for name, spec in TABLES.items() if spec.written_by == "convert")
_NO_ROOM = {
    errno.ENOSPC: "the disk is full; make room and run the same command again",
    errno.EDQUOT: "your disk quota is used up; make room and run the same command again",
    errno.EROFS: "it is read-only; choose another folder with -o",
    errno.EACCES: "you may not write there; choose another folder with -o",
    errno.EPERM: "you may not write there; choose another folder with -o",
    errno.ENOTDIR: "it is not a folder; choose another with -o",
    errno.EEXIST: "it is not a folder; choose another with -o",
}


@contextmanager
def writing_to(out: Path) -> Iterator[None]:
    """Turn what the operating system refuses about `out` into a TargetError that says what to do."""
    try:
        yield
    except OSError as error:
        advice = _NO_ROOM.get(error.errno or 0, "check the folder and run the same command again")
        raise TargetError(f"cannot write to {out}: {error.strerror or error}: {advice}") from error


@dataclass(frozen=True, slots=True)
class Change:
    """Files to move into place and files or folders to remove, as one step that happens whole or not at all."""

    moves: list[tuple[Path, Path]] = field(default_factory=list)
    drops: list[Path] = field(default_factory=list)


class Store:
    """One output folder, held open for writing by one process; every method may raise TargetError."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.state = out / ".phuluc"
        self.spool = self.state / "spool"
        self.unpacked = self.state / "unpacked"
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Create the folder, lock it, and finish a commit that a kill cut short."""
        with writing_to(self.out):
            self.state.mkdir(parents=True, exist_ok=True)
            self._lock = (self.state / "lock").open("w")
            try:
                # A record lock: unlike flock it is not inherited by children that outlive a killed parent.
                fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise TargetError(
                    f"{self.out} is being written by another run; wait for it to end"
                ) from error
            self._finish_journal()
            shutil.rmtree(self.state / "staging", ignore_errors=True)
            shutil.rmtree(self.unpacked, ignore_errors=True)

    def close(self) -> None:
        """Remove what is of this run alone, and give up the lock."""
        shutil.rmtree(self.unpacked, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()

    def bits(self) -> int | None:
        """Give the number of bits of doc_id that name a bucket; None for a new or emptied folder."""
        path = self.state / "store.json"
        whole = all(self.part(table, 0).exists() for table in _TABLES)
        return int(json.loads(path.read_text())["bits"]) if whole and path.exists() else None

    def begin(self, bits: int) -> None:
        """Start from nothing: every table one empty file, no ledger, in one commit that drops all else."""
        from phuluc.parquet import write_empty  # noqa: PLC0415 - pyarrow

        with writing_to(self.out):
            change = self.stage_bucket(0, {}, ())
            stage = self._stage("audit")
            for table in TABLES.keys() - set(_TABLES):
                if not any((self.out / table).glob("**/*.parquet")):
                    write_empty(table, stage / table)
                    change.moves.append((stage / table, self.part(table, 0)))
            self.replace_all(bits, [change])

    def part(self, table: str, bucket: int) -> Path:
        """Give the file of a table's bucket."""
        return self.out / table / f"part-{bucket:04x}.parquet"

    def read(self, bucket: int) -> dict[str, pa.Table]:
        """Give the tables of a bucket as they stand."""
        from phuluc.parquet import DamagedTableError, read_table  # noqa: PLC0415 - pyarrow

        paths = {name: self.part(name, bucket) for name in _TABLES}
        try:
            return {name: read_table(name, path) for name, path in paths.items() if path.exists()}
        except DamagedTableError as error:
            raise TargetError(f"{error}; convert again with --fresh, or to another folder") from error

    def ledger(self) -> dict[str, Entry]:
        """Give what is known of every input, by location; a bucket deleted by hand is not known."""
        files = sorted((self.state / "ledger").glob("*.jsonl"))
        return read_ledger(path for path in files if self.part("documents", int(path.stem, 16)).exists())

    def write(self, bucket: int, tables: dict[str, pa.Table], entries: Iterable[Entry]) -> None:
        """Replace a bucket: its tables, its part of the ledger, and its spool goes, all or nothing."""
        with writing_to(self.out):
            change = self.stage_bucket(bucket, tables, entries)
            change.drops.append(self.spool / f"{bucket:04x}.spool")
            self._commit(change)

    def write_audit(self, tables: Mapping[str, pa.Table]) -> None:
        """Replace whole tables that are not written by documents, all of them or none."""
        from phuluc.parquet import write_table  # noqa: PLC0415 - pyarrow

        with writing_to(self.out):
            stage, change = self._stage("audit"), Change()
            for name, table in tables.items():
                write_table(table, stage / name)
                change.moves.append((stage / name, self.part(name, 0)))
                standing = (self.out / name).glob("**/*.parquet")
                change.drops.extend(path for path in standing if path != self.part(name, 0))
            self._commit(change)

    def stage_bucket(self, bucket: int, tables: dict[str, pa.Table], entries: Iterable[Entry]) -> Change:
        """Write the files of a bucket aside; gives the change that puts them in place."""
        from phuluc.parquet import write_empty, write_table  # noqa: PLC0415 - pyarrow

        stage, change = self._stage(f"{bucket:04x}"), Change()
        for table in _TABLES:
            rows = tables.get(table)
            # Bucket 0 always has its file, so that a table without rows can be read.
            if (rows is None or not rows.num_rows) and bucket:
                change.drops.append(self.part(table, bucket))
                continue
            change.moves.append((stage / table, self.part(table, bucket)))
            if rows is None:
                write_empty(table, stage / table)
            else:
                write_table(rows, stage / table)
        change.moves.append((stage / "ledger", self._ledger_file(bucket)))
        (stage / "ledger").write_text(ledger_lines(entries), "ascii")
        return change

    def replace_all(self, bits: int, changes: Iterable[Change]) -> None:
        """Put staged buckets in place of all that stands, and note the new number of bits, all or nothing."""
        with writing_to(self.out):
            moves = [move for change in changes for move in change.moves]
            stage = self._stage("layout")
            moves.append((stage / "store.json", self.state / "store.json"))
            (stage / "store.json").write_text(json.dumps({"bits": bits}))
            kept = {target for _, target in moves}
            drops = [path for path in self._files() if path not in kept]
            self._commit(Change(moves, [*drops, self.spool]))

    def _ledger_file(self, bucket: int) -> Path:
        return self.state / "ledger" / f"{bucket:04x}.jsonl"

    def _stage(self, name: str) -> Path:
        stage = self.state / "staging" / name
        stage.mkdir(parents=True, exist_ok=True)
        return stage

    def _commit(self, change: Change) -> None:
        """Write down what is to happen, then do it; from the rename of the journal on it will happen."""
        relative = {
            "moves": [[str(path.relative_to(self.out)) for path in pair] for pair in change.moves],
            "drops": [str(path.relative_to(self.out)) for path in change.drops],
        }
        replace_text(self.state / "journal.json", json.dumps(relative))
        self._finish_journal()

    def _finish_journal(self) -> None:
        journal = self.state / "journal.json"
        if not journal.exists():
            return
        planned = json.loads(journal.read_text())
        for source, target in planned["moves"]:
            (self.out / target).parent.mkdir(parents=True, exist_ok=True)
            # Gone when this move was done before the kill.
            if (self.out / source).exists():
                os.replace(self.out / source, self.out / target)  # noqa: PTH105 - the atomic one, by name
        for name in planned["drops"]:
            path = self.out / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        journal.unlink()

    def _files(self) -> list[Path]:
        tables = [path for table in _TABLES for path in (self.out / table).glob("**/*.parquet")]
        return [*tables, *(self.state / "ledger").glob("*.jsonl")]
