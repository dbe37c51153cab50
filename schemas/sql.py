"""SQL: the tables as DDL that DuckDB and PostgreSQL both take; lists, maps and structs are JSON columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.columnar import table_columns
from schemas.tables import TABLES

if TYPE_CHECKING:
    from schemas.columns import Column, Kind

_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE PRECISION",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "JSON",
    "map": "JSON",
    "struct": "JSON",
}


def create_table(table: str) -> str:
    """Give the CREATE TABLE statement of a table, with its key and a comment on every column.

    Foreign keys are comments: rows are replaced document by document, and a duplicate document shares its
    doc_id, so a database could not enforce them.
    """
    spec = TABLES[table]
    lines = [_column(column, spec.foreign_keys.get(column.name)) for column in table_columns(table)]
    key = ", ".join(quote(name) for name in spec.key)
    body = "".join(lines) + f"  PRIMARY KEY ({key})\n"
    doc = (spec.record.__doc__ or "").strip()
    return f"-- {doc}\nCREATE TABLE {quote(table)} (\n{body});\n"


def quote(name: str) -> str:
    """Give an identifier in quotes ("end" and "start" are reserved words)."""
    return '"' + name.replace('"', '""') + '"'


def _column(column: Column, target: tuple[str, str] | None) -> str:
    null = "" if column.nullable else " NOT NULL"
    check = ""
    if column.codes:
        codes = ", ".join("'" + code.replace("'", "''") + "'" for code in column.codes)
        check = f" CHECK ({quote(column.name)} IN ({codes}))"
    points = f" -> {target[0]}.{target[1]}" if target else ""
    return f"  {quote(column.name)} {_TYPES[column.kind]}{null}{check}, -- {column.description}{points}\n"
