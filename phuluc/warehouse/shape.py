"""What the tables of a target look like: types, keys, comments and indexes, all from `schemas`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from schemas.columnar import table_columns
from schemas.sql import quote
from schemas.tables import TABLES

if TYPE_CHECKING:
    from schemas.columns import Column, Kind

Dialect: TypeAlias = Literal["duckdb", "postgresql"]

DOCUMENTS_LOADED = "phuluc_documents_loaded"
FILES_LOADED = "phuluc_files_loaded"
PARTS_LOADED = "phuluc_parts_loaded"

_SCALARS: dict[Dialect, dict[Kind, str]] = {
    "duckdb": {
        "text": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
        "map": "MAP(VARCHAR, VARCHAR)",
    },
    "postgresql": {
        "text": "text",
        "integer": "bigint",
        "number": "double precision",
        "boolean": "boolean",
        "date": "date",
        "map": "jsonb",
        "struct": "jsonb",
    },
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A column of a target: name, type in the target's own spelling, whether null may stand."""

    name: str
    type: str
    nullable: bool


@cache
def table_shape(table: str, dialect: Dialect) -> tuple[Shape, ...]:
    """Give the columns of one of our tables in a target."""
    return tuple(
        Shape(column.name, column_type(column, dialect), column.nullable) for column in table_columns(table)
    )


def column_type(column: Column, dialect: Dialect) -> str:
    """Give the type of a column, spelled as the catalogue of the target spells it."""
    if column.item is not None:
        # PostgreSQL has arrays of scalars; of records only as types of their own, which jsonb spares.
        if column.item.members and dialect == "postgresql":
            return "jsonb"
        return column_type(column.item, dialect) + "[]"
    if column.members and dialect == "duckdb":
        members = (f"{quote(each.name)} {column_type(each, dialect)}" for each in column.members)
        return f"STRUCT({', '.join(members)})"
    return _SCALARS[dialect][column.kind]


def create_table(table: str, dialect: Dialect, *, keyed: bool = True) -> str:
    """Give CREATE TABLE; with `keyed` the primary key, else it is added after the rows."""
    lines = [
        f"{quote(each.name)} {each.type}{'' if each.nullable else ' NOT NULL'}"
        for each in table_shape(table, dialect)
    ]
    if keyed:
        lines.append(primary_key(table))
    return f"CREATE TABLE {quote(table)} ({', '.join(lines)})"


def add_column(table: str, column: Shape) -> str:
    """Give the statement that adds a column of a later version: nullable, old rows have no value."""
    return f"ALTER TABLE {quote(table)} ADD COLUMN {quote(column.name)} {column.type}"


def primary_key(table: str) -> str:
    """Give the PRIMARY KEY clause."""
    return f"PRIMARY KEY ({', '.join(map(quote, TABLES[table].key))})"


def comments(table: str) -> list[str]:
    """Give COMMENT ON for a table and its columns: meaning, codes, what it points to."""
    spec = TABLES[table]
    statements = [f"COMMENT ON TABLE {quote(table)} IS {literal((spec.record.__doc__ or '').strip())}"]
    for column in table_columns(table):
        meaning = column.description
        if column.codes:
            meaning += "; one of " + ", ".join(column.codes)
        if target := spec.foreign_keys.get(column.name):
            meaning += f" (-> {target[0]}.{target[1]})"
        statements.append(f"COMMENT ON COLUMN {quote(table)}.{quote(column.name)} IS {literal(meaning)}")
    return statements


def foreign_keys(table: str) -> dict[str, tuple[str, str]]:
    """Give the foreign keys a database can hold: `column -> (table, column)`.

    Not those to `documents`: two inputs with the same bytes are two rows with one doc_id; the table of loaded
    documents, one row a doc_id, stands for them. Not those of audit tables: findings may be older than what
    they speak of.
    """
    spec = TABLES[table]
    if spec.written_by != "convert":
        return {}
    return {
        column: (DOCUMENTS_LOADED, "doc_id") if target == "documents" else (target, name)
        for column, (target, name) in spec.foreign_keys.items()
    }


def indexed(table: str) -> list[str]:
    """Give the columns to index: whatever points elsewhere, and doc_id, by which rows are replaced."""
    spec = TABLES[table]
    columns = dict.fromkeys(["doc_id", *spec.foreign_keys])
    return [column for column in columns if column != spec.key[0]]


def literal(text: str) -> str:
    """Give a string literal."""
    return "'" + text.replace("'", "''") + "'"
