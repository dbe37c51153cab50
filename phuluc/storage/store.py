"""The output folder: what lies where, and the journalled commit that a kill at any moment cannot break.

OUT/<table>/part-<bucket>.parquet are the product. OUT/.phuluc holds what the next run needs:
`store.json` (layout), `ledger/` (inputs), `readings/` (what was read), `spool/` (finished documents of unfinished
buckets), `staging/` and `journal.json` (a commit under way), `run-*/` (manifests).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from phuluc.batch.identify import Shelf
from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.storage.folder import STATE, writing_to
from phuluc.storage.ledger import Entry, ledger_lines, read_ledger
from phuluc.storage.package import write_package
from phuluc.storage.places import Url, open_folder
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from phuluc.storage.bucket import Content, Standing
    from phuluc.storage.places import Place
    from phuluc.storage.readings import Readings

_TABLES = tuple(name for name, spec in TABLES.items() if spec.written_by == "convert")
_STAGING = f"{STATE}/staging"
_JOURNAL = f"{STATE}/journal.json"
_UNPACKED = f"{STATE}/unpacked"
_LAYOUT = f"{STATE}/store.json"


@dataclass(frozen=True, slots=True)
class Change:
    """Files to move into place and files or folders to remove, as one step that happens whole or not at all."""

    moves: list[tuple[str, str]] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)


class Store:
    """One output folder, held open for writing by one process; every method may raise TargetError."""

    def __init__(self, out: Place) -> None:
        self.out = out
        self.folder = open_folder(out)
        self.spool = self.folder.here / "spool"

    def open(self) -> None:
        """Create the folder, lock it, and finish a commit that a kill cut short."""
        with writing_to(self.out):
            self.folder.hold()
            self._finish_journal()
            self.folder.remove([_STAGING, _UNPACKED])

    def close(self) -> None:
        """Remove what is of this run alone, and give up the lock."""
        with writing_to(self.out):
            self.folder.remove([_UNPACKED])
            self.folder.release()

    def shelf(self, *, other_machines: bool) -> Shelf:
        """Give the place for members of archives while a run goes on."""
        folder = self.folder.draft(_UNPACKED)

        def publish(path: Path) -> str:
            name = f"{_UNPACKED}/{path.relative_to(folder).as_posix()}"
            self.folder.settle([name])
            return self.folder.address(name)

        return Shelf(folder, publish if other_machines and isinstance(self.out, Url) else None)

    def bits(self) -> int | None:
        """Give the number of bits of doc_id that name a bucket; None for a new or emptied folder."""
        wanted = (_LAYOUT, *(part(table, 0) for table in _TABLES))
        whole = all(self.folder.exists(name) for name in wanted)
        return int(json.loads(self.folder.read(_LAYOUT))["bits"]) if whole else None

    def begin(self, bits: int) -> None:
        """Start from nothing: every table one empty file, no ledger, in one commit that drops all else."""
        with writing_to(self.out):
            shutil.rmtree(self.spool, ignore_errors=True)
            change = self.stage_bucket(0, None, ())
            for table in TABLES.keys() - set(_TABLES):
                if not self.folder.names(table, ".parquet"):
                    self._stage_rows(change, table, 0, ())
            self.replace_all(bits, [change])

    def readings(self, bucket: int) -> Readings:
        """Give what is kept of the documents of a bucket."""
        from phuluc.storage.readings import Readings  # noqa: PLC0415 - needed by few runs

        with writing_to(self.out):
            return Readings([path for path in self.folder.local([_readings_file(bucket)]) if path])

    def standing(self, buckets: Iterable[int]) -> Standing:
        """Give what stands in some buckets."""
        from phuluc.storage.bucket import Standing  # noqa: PLC0415 - pyarrow
        from phuluc.storage.parquet import DamagedTableError, StandingRows  # noqa: PLC0415
        from phuluc.storage.readings import Readings  # noqa: PLC0415 - zipfile

        numbers = list(buckets)
        names = [(table, number) for table in _TABLES for number in numbers]
        with writing_to(self.out):
            paths = self.folder.local([part(table, number) for table, number in names])
            kept = self.folder.local([_readings_file(number) for number in numbers])
            readings = Readings([path for path in kept if path])
        try:
            rows = {
                name: StandingRows(name, there)
                for name in _TABLES
                if (
                    there := [
                        path for (table, _), path in zip(names, paths, strict=True) if path and table == name
                    ]
                )
            }
        except DamagedTableError as error:
            raise TargetError(say("store.damaged", error=error)) from error
        return Standing(rows, readings)

    def ledger(self) -> dict[str, Entry]:
        """Give what is known of every input, by location; a bucket deleted by hand is not known."""
        with writing_to(self.out):
            standing = set(self.folder.names("documents", ".parquet"))
            files = self.folder.names(f"{STATE}/ledger", ".jsonl")
            known = [name for name in files if part("documents", int(name[-10:-6], 16)) in standing]
            return read_ledger(path.read_text("ascii") for path in self.folder.local(known) if path)

    def write(self, bucket: int, content: Content, entries: Iterable[Entry]) -> None:
        """Replace a bucket: its tables, what was read, and its part of the ledger, all or nothing."""
        with writing_to(self.out):
            self._commit(self.stage_bucket(bucket, content, entries))

    def write_audit(self, tables: Mapping[str, pa.Table]) -> None:
        """Replace whole tables that are not written by documents, all of them or none."""
        with writing_to(self.out):
            change = Change()
            for table, rows in tables.items():
                self._stage_rows(change, table, 0, (rows,))
                standing = self.folder.names(table, ".parquet")
                change.drops.extend(name for name in standing if name != part(table, 0))
            self._commit(change)

    def take_over(self, copy: Path, names: Sequence[str]) -> None:
        """See `publish`."""
        with writing_to(self.out):
            change = Change()
            for name in names:
                found = [copy / name] if (copy / name).is_file() else sorted((copy / name).rglob("*.*"))
                for path in found:
                    target = path.relative_to(copy).as_posix()
                    shutil.copyfile(path, self.folder.draft(f"{_STAGING}/{target}"))
                    change.moves.append((f"{_STAGING}/{target}", target))
            kept = {target for _, target in change.moves}
            standing = (old for name in names for old in self.folder.names(name, ""))
            change.drops.extend(old for old in standing if old not in kept)
            self._commit(change)

    def stage_bucket(self, bucket: int, content: Content | None, entries: Iterable[Entry]) -> Change:
        """Write the files of a bucket aside; gives the change that puts them in place."""
        from phuluc.storage.readings import write_readings  # noqa: PLC0415 - zipfile, and only here

        change = Change()
        for table in _TABLES:
            self._stage_rows(change, table, bucket, content.rows.get(table, ()) if content else ())
        staged = f"{_STAGING}/{bucket:04x}/readings"
        if content and write_readings(self.folder.draft(staged), content.readings):
            change.moves.append((staged, _readings_file(bucket)))
        else:
            change.drops.append(_readings_file(bucket))
        staged = f"{_STAGING}/{bucket:04x}/ledger"
        self.folder.draft(staged).write_text(ledger_lines(entries), "ascii")
        change.moves.append((staged, f"{STATE}/ledger/{bucket:04x}.jsonl"))
        return change

    def replace_all(self, bits: int, changes: Iterable[Change]) -> None:
        """Put staged buckets in place of all that stands, and note the new number of bits, all or nothing."""
        with writing_to(self.out):
            moves = [move for change in changes for move in change.moves]
            staged = f"{_STAGING}/store.json"
            self.folder.draft(staged).write_text(json.dumps({"bits": bits}))
            moves.append((staged, _LAYOUT))
            kept = {target for _, target in moves}
            standing = [name for table in _TABLES for name in self.folder.names(table, ".parquet")]
            standing += self.folder.names(f"{STATE}/ledger", ".jsonl")
            standing += self.folder.names(f"{STATE}/readings", ".zip")
            self._commit(Change(moves, [name for name in standing if name not in kept]))

    def describe(self) -> None:
        """Bring `datapackage.json` up to date."""
        with writing_to(self.out):
            write_package(self.folder)

    def _stage_rows(self, change: Change, table: str, bucket: int, rows: Iterable[pa.Table]) -> None:
        from phuluc.storage import parquet  # noqa: PLC0415 - pyarrow

        staged = f"{_STAGING}/{bucket:04x}/{table}"
        try:
            written = parquet.write_table(table, rows, self.folder.draft(staged))
        except parquet.DamagedTableError as error:
            raise TargetError(say("store.damaged", error=error)) from error
        # Bucket 0 always has its file, so that a table without rows can be read.
        if written or bucket == 0:
            change.moves.append((staged, part(table, bucket)))
        else:
            change.drops.append(part(table, bucket))

    def _commit(self, change: Change) -> None:
        """Write down what is to happen, then do it; from the moment the journal stands it will happen."""
        self.folder.keep()
        self.folder.settle([source for source, _ in change.moves])
        planned = {"moves": change.moves, "drops": change.drops}
        self.folder.write(_JOURNAL, json.dumps(planned).encode())
        self._finish_journal()

    def _finish_journal(self) -> None:
        if not self.folder.exists(_JOURNAL):
            return
        planned = json.loads(self.folder.read(_JOURNAL))
        self.folder.move([(source, target) for source, target in planned["moves"]])
        self.folder.remove([*planned["drops"], _STAGING])
        self.folder.remove([_JOURNAL])


def publish(copy: Path, out: Place, names: Sequence[str]) -> None:
    """Put files and folders of a copy on this machine in place of those of an output folder, all or none.

    Raises TargetError, also when another run is writing there.
    """
    store = Store(out)
    store.open()
    try:
        store.take_over(copy, names)
    finally:
        store.close()


def part(table: str, bucket: int) -> str:
    """Give the name of the file of a table's bucket."""
    return f"{table}/part-{bucket:04x}.parquet"


def bucket_number(file: Path) -> int:
    """Give the bucket of a file that `part` names; raises ValueError for another name."""
    return int(file.stem.removeprefix("part-"), 16)


def _readings_file(bucket: int) -> str:
    return f"{STATE}/readings/{bucket:04x}.zip"
