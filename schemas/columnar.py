"""Records to plain columns: what a worker hands over. Needs no pyarrow, so a worker never imports it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import chain
from numbers import Integral, Real
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias

from schemas.columns import Column, columns_of
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.columns import Kind

Columns: TypeAlias = list[list[Any]]
"""One list of plain values per column, in column order: numbers, strings, None, dates as days since 1970, lists;
structs as dicts, maps as tuples of pairs. Nothing else: they are sent and stored by `marshal`."""

_TYPES: dict[Kind, type] = {"text": str, "integer": int, "number": float, "boolean": bool, "date": dt.date}
_EPOCH = dt.date(1970, 1, 1).toordinal()
_LARGEST = 1 << 63


class RecordError(ValueError):
    """A record that breaks its model: a null where none may be, a code outside its list, a wrong type."""


@cache
def table_columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table."""
    return columns_of(TABLES[table].record)


def to_columns(table: str, records: Sequence[object]) -> Columns:
    """Turn records of one table into columns, checking code lists and nulls.

    Raises RecordError naming table and column.
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
    try:
        return _plain(column, values)
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise RecordError(f"{table}.{column.name}: {error}") from error


def _plain(column: Column, values: list[Any]) -> list[Any]:
    """Check types, of what lists and structs hold, too; a column at a time, for the sake of speed."""
    if column.item is not None:
        held = list(chain.from_iterable(filter(None, values)))
        plain = _plain(column.item, held)
        if plain is held:  # nothing to change: nearly always
            return values
        entries = iter(plain)
        return [None if value is None else [next(entries) for _ in value] for value in values]
    if column.kind == "struct":
        return _structs(column, values)
    if column.kind == "map":
        for value in values:
            if not set(map(type, (*value, *value.values()))) <= {str, NoneType}:
                raise TypeError("not only text")
        return [tuple(value.items()) for value in values]
    wanted = _TYPES[column.kind]
    if not set(map(type, values)) <= {wanted, NoneType}:
        values = [None if value is None else _as(wanted, value) for value in values]
    if wanted is dt.date:
        return [None if value is None else value.toordinal() - _EPOCH for value in values]
    if wanted is int and any(value and not -_LARGEST <= value < _LARGEST for value in values):
        raise OverflowError("a number beyond 64 bits")
    return values


def _structs(column: Column, values: list[Any]) -> list[Any]:
    there = [value for value in values if value is not None]
    members = [_plain(member, [getattr(value, member.name) for value in there]) for member in column.members]
    names = [member.name for member in column.members]
    rows = iter([dict(zip(names, row, strict=True)) for row in zip(*members, strict=True)])
    return [None if value is None else next(rows) for value in values]


def _as(wanted: type, value: Any) -> Any:
    """Give a value of another type of its kind (a number of numpy's, a library's own string) as the plain one."""
    kind = {int: Integral, float: Real}.get(wanted, wanted)
    if not isinstance(value, kind) or (isinstance(value, bool) and wanted is not bool):
        raise TypeError(f"{type(value).__name__} where {wanted.__name__} belongs")
    return value if wanted is dt.date else wanted(value)
