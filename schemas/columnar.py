"""Records to plain columns: what a worker hands over. Needs no pyarrow, so a worker never imports it."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from schemas.columns import Column, columns_of
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

Columns: TypeAlias = list[list[Any]]
"""One list of plain values per column, in column order; structs as dicts, maps as tuples of pairs."""


class RecordError(ValueError):
    """A record that breaks its model: a null where none may be, a code outside its list, a wrong type."""


@cache
def table_columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table."""
    return columns_of(TABLES[table].record)


def to_columns(table: str, records: Sequence[object]) -> Columns:
    """Turn records of one table into columns, checking code lists and nulls.

    Raises RecordError naming table and column. Types are checked by Arrow, a whole column at a time.
    """
    return [_values(table, column, records) for column in table_columns(table)]


def _values(table: str, column: Column, records: Sequence[object]) -> list[Any]:
    values = list(map(attrgetter(column.name), records))
    if column.codes:
        strange = set(values).difference(column.codes, (None,))
        if strange:
            raise RecordError(f"{table}.{column.name}: {sorted(map(str, strange))} not in {column.codes}")
    if not column.nullable and None in values:
        raise RecordError(f"{table}.{column.name}: null in a column that may not be null")
    if column.item is not None and column.item.kind == "struct":
        return [[_as_dict(column.item, entry) for entry in value] for value in values]
    if column.kind == "struct":
        return [None if value is None else _as_dict(column, value) for value in values]
    if column.kind == "map":
        return [tuple(value.items()) for value in values]
    return values


def _as_dict(struct: Column, value: object) -> dict[str, object]:
    return {member.name: getattr(value, member.name) for member in struct.members}
