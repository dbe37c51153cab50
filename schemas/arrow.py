"""Arrow: the schema of each table, and tables built from records or columns.

pyarrow and numpy take 0.2 s to import: import this module only where a table is built or read.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from schemas.columnar import Columns, RecordError, table_columns, to_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.columns import Column

_SCALARS = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "map": pa.map_(pa.string(), pa.string()),
}


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table; columns that may not be null are marked so."""
    return pa.schema([_field(column) for column in table_columns(table)])


def to_arrow(table: str, records: Sequence[object]) -> pa.Table:
    """Turn records of one table into an Arrow table; raises RecordError naming table and column."""
    return pa.Table.from_batches([to_batch(table, to_columns(table, records))])


def to_batch(table: str, columns: Columns) -> pa.RecordBatch:
    """Turn columns from `to_columns` into a record batch; raises RecordError naming table and column."""
    schema = arrow_schema(table)
    arrays = []
    for field, values in zip(schema, columns, strict=True):
        try:
            arrays.append(_array(values, field.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise RecordError(f"{table}.{field.name}: {error}") from error
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: list[object], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type=kind)
    except UnicodeEncodeError:
        return pa.array([_whole_characters(value) for value in values], type=kind)


def _whole_characters(value: object) -> object:
    """Give `value` with U+FFFD for lone surrogates (a PDF's broken character map): they are no UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return type(value)(map(_whole_characters, value))
    if isinstance(value, dict):
        return {name: _whole_characters(each) for name, each in value.items()}
    return value


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _type(column), nullable=column.nullable)


def _type(column: Column) -> pa.DataType:
    if column.item is not None:
        return pa.list_(_field(column.item))
    if column.kind == "struct":
        return pa.struct([_field(member) for member in column.members])
    return _SCALARS[column.kind]
