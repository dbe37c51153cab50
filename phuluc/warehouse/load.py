"""`phuluc load`: the order of the steps, the same for every target."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import duckdb

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.storage.light_arrow import import_arrow_without_pandas
from phuluc.warehouse.address import parse_address
from phuluc.warehouse.difference import PARTS, Difference, Memory
from phuluc.warehouse.shape import comments, table_shape
from phuluc.warehouse.source import Source, held_still
from phuluc.warehouse.targets import Work, open_target
from phuluc.warehouse.views import views
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: documents sent, documents removed, rows sent; all 0 when nothing had changed."""

    target: str
    changed: int = 0
    removed: int = 0
    rows: int = 0


def load(out: Path, url: str) -> Loaded:
    """Make the target equal to the tables of `out`, by document, all or nothing.

    Raises UsageError for a wrong URL or folder, TargetError where the target cannot be reached or written; it
    is then as it was.
    """
    import_arrow_without_pandas()
    address = parse_address(url)
    source = Source(out)
    with held_still(out), _damage_told(out):
        target = open_target(address)
        try:
            lacking = target.additions()
            digests = source.digests() | {"": _version()}
            remembered = target.digests()
            if not lacking and digests == remembered:
                return Loaded(address.shown)
            memory = Memory(remembered, target.parts() if remembered else PARTS.empty_table())
            # Rows of an earlier shape are all sent again: a fingerprint says nothing about them.
            whole = {*lacking.tables, *lacking.columns} if remembered else set(TABLES)
            difference = Difference(source, target.duck, memory, digests, whole)
            described_anew = bool(lacking) or remembered.get("") != digests[""]
            rows = target.apply(Work(difference, lacking, digests, described_anew))
            return Loaded(address.shown, difference.changed, difference.removed, rows)
        finally:
            target.close()


@contextmanager
def _damage_told(out: Path) -> Iterator[None]:
    """Turn what DuckDB or the system refuses about the files of `out` into a TargetError."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise TargetError(say("load.unreadable", out=out, error=" ".join(str(error).split()))) from None


def _version() -> str:
    """Name what else decides the look of a target: shape, comments, views."""
    digest = blake2b(digest_size=16)
    for table in TABLES:
        digest.update(repr((table_shape(table, "duckdb"), comments(table))).encode())
    for statement in views():
        digest.update(statement.encode())
    return digest.hexdigest()
