"""What a column is, read from a record class: the one place that looks at type annotations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

Kind: TypeAlias = Literal["text", "integer", "number", "boolean", "date", "list", "map", "struct"]

_SCALARS: dict[object, Kind] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    dt.date: "date",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        codes: the only values a text column may hold; empty where any text may stand.
        item: what a list holds (its name is "item").
        members: what a struct holds, in order.
    """

    name: str
    kind: Kind
    nullable: bool
    description: str
    codes: tuple[str, ...] = ()
    item: Column | None = None
    members: tuple[Column, ...] = ()


def columns_of(record: type) -> tuple[Column, ...]:
    """Give the columns of a record class, or the members of a struct inside one, in order."""
    if not is_dataclass(record):
        raise TypeError(f"{record} is no record class")
    hints = get_type_hints(record, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(record))


def _column(name: str, annotation: Any) -> Column:  # Any: annotations have no narrower common type
    description = ""
    if get_origin(annotation) is Annotated:
        annotation, description = get_args(annotation)
    nullable = NoneType in get_args(annotation)
    if nullable:
        (annotation,) = (option for option in get_args(annotation) if option is not NoneType)
    if annotation in _SCALARS:
        return Column(name, _SCALARS[annotation], nullable, description)
    if get_origin(annotation) is Literal:
        return Column(name, "text", nullable, description, codes=get_args(annotation))
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        return Column(name, "list", nullable, description, item=_column("item", item))
    if annotation == dict[str, str]:
        return Column(name, "map", nullable, description)
    return Column(name, "struct", nullable, description, members=columns_of(annotation))
