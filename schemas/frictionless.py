"""The Frictionless Data Package descriptor: tables, columns, keys, for any tool that reads that standard.

Standard: https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from schemas.columnar import table_columns
from schemas.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.columns import Column, Kind

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "list": "array",
    "map": "object",
    "struct": "object",
}


def data_package(files: Mapping[str, list[str]]) -> dict[str, Json]:
    """Describe the tables of `files` (table name to paths relative to the descriptor)."""
    return {
        "name": "phuluc",
        "profile": "data-package",
        "title": "Tasks of Vietnamese plans and reports",
        "resources": [_resource(name, files[name]) for name in TABLES if files.get(name)],
    }


def _resource(name: str, paths: list[str]) -> dict[str, Json]:
    return {
        "name": name,
        "title": name,
        "description": (TABLES[name].record.__doc__ or "").strip(),
        "path": list(paths),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": table_schema(name),
    }


def table_schema(name: str) -> dict[str, Json]:
    """Give the Table Schema of a table."""
    spec = TABLES[name]
    keys: list[Json] = [
        {"fields": column, "reference": {"resource": table, "fields": target}}
        for column, (table, target) in spec.foreign_keys.items()
    ]
    return {
        "fields": [_field(column) for column in table_columns(name)],
        "primaryKey": list(spec.key),
        "foreignKeys": keys,
    }


def _field(column: Column) -> dict[str, Json]:
    constraints: dict[str, Json] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.codes:
        constraints["enum"] = list(column.codes)
    field: dict[str, Json] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
    }
    return field | {"constraints": constraints} if constraints else field
