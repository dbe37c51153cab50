"""An existing target and the tables of this version: what to add, or why not to touch it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from phuluc.exits import TargetError
from phuluc.language import say
from phuluc.warehouse.shape import Shape, table_shape
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from phuluc.warehouse.shape import Dialect


@dataclass(frozen=True, slots=True)
class Additions:
    """Tables and columns that the target lacks."""

    tables: list[str] = field(default_factory=list)
    columns: dict[str, list[Shape]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tables or self.columns)


def additions(standing: Mapping[str, Sequence[Shape]], dialect: Dialect) -> Additions:
    """Compare; raises TargetError naming every migration that somebody must do first.

    Args:
        standing: the columns of the tables in the target that have names of ours.
    """
    lacking, migrations = Additions(), []
    for table in TABLES:
        if table not in standing:
            lacking.tables.append(table)
            continue
        there = {column.name: column for column in standing[table]}
        wanted = {column.name: column for column in table_shape(table, dialect)}
        migrations += [
            f"ALTER TABLE {quote(table)} ALTER COLUMN {quote(name)} TYPE {column.type} "
            f"({say('load.now', type=there[name].type)})"
            for name, column in wanted.items()
            if name in there and not _same(there[name].type, column.type)
        ]
        migrations += [
            f"ALTER TABLE {quote(table)} ALTER COLUMN {quote(name)} DROP NOT NULL"
            for name, column in wanted.items()
            if name in there and column.nullable and not there[name].nullable
        ]
        # Replacing rows would lose what stands in a column that this version does not know.
        migrations += [
            f"ALTER TABLE {quote(table)} DROP COLUMN {quote(name)} ({say('load.unknown_column')})"
            for name in there
            if name not in wanted
        ]
        if new := [column for name, column in wanted.items() if name not in there]:
            lacking.columns[table] = new
            migrations += [
                f"ALTER TABLE {quote(table)} ADD {quote(column.name)} ({say('load.key_column')})"
                for column in new
                if column.name in TABLES[table].key
            ]
    if migrations:
        raise TargetError(say("load.migration", migrations="; ".join(migrations)))
    return lacking


def _same(there: str, wanted: str) -> bool:
    # DuckDB's catalogue quotes the members of a struct only where they are reserved words.
    return there.replace('"', "") == wanted.replace('"', "")
