"""Records to Arrow: the schema of each table, and a fast, checked way from record objects to `pyarrow.Table`.

pyarrow takes 0.1 s to import: import this module only where a table is built or read.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.columns import Column, columns_of
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCALARS = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "map": pa.map_(pa.string(), pa.string()),
}


class RecordError(ValueError):
    """A record that breaks its model: a null where none may be, a code outside its list, a wrong type."""


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table; columns that may not be null are marked so."""
    return pa.schema([_field(column) for column in columns_of(TABLES[table].record)])


def to_arrow(table: str, records: Sequence[object]) -> pa.Table:
    """Turn records of one table into an Arrow table, column by column.

    Raises RecordError naming table and column; checking whole columns costs a tenth of checking each record.
    """
    schema = arrow_schema(table)
    arrays = [_array(table, column, records) for column in columns_of_table(table)]
    return pa.Table.from_arrays(arrays, schema=schema)


@cache
def columns_of_table(table: str) -> tuple[Column, ...]:
    """Give the columns of a table."""
    return columns_of(TABLES[table].record)


def _array(table: str, column: Column, records: Sequence[object]) -> pa.Array:
    values = list(map(attrgetter(column.name), records))
    if column.codes:
        strange = set(values).difference(column.codes, (None,))
        if strange:
            raise RecordError(f"{table}.{column.name}: {sorted(map(str, strange))} not in {column.codes}")
    if column.item is not None and column.item.kind == "struct":
        values = [[_as_dict(column.item, entry) for entry in value] for value in values]
    elif column.kind == "struct":
        values = [None if value is None else _as_dict(column, value) for value in values]
    elif column.kind == "map":
        values = [tuple(value.items()) for value in values]
    try:
        array = pa.array(values, type=_type(column))
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError) as error:
        raise RecordError(f"{table}.{column.name}: {error}") from error
    if array.null_count and not column.nullable:
        raise RecordError(f"{table}.{column.name}: null in a column that may not be null")
    return array


def _as_dict(struct: Column, value: object) -> dict[str, object]:
    return {member.name: getattr(value, member.name) for member in struct.members}


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _type(column), nullable=column.nullable)


@cache
def _type(column: Column) -> pa.DataType:
    if column.item is not None:
        return pa.list_(_field(column.item))
    if column.kind == "struct":
        return pa.struct([_field(member) for member in column.members])
    return _SCALARS[column.kind]
