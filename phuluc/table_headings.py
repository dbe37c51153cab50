"""Headings for people: tables and columns in the language in force. Codes, ids and JSON keys stay English."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from phuluc.language import language
from schemas.tables import TABLES


def table_heading(table: str) -> str:
    """Give the name of a table: "Nhiệm vụ" for tasks."""
    return _vietnamese()[table] if language() == "vi" else table


def column_headings(table: str) -> tuple[str, ...]:
    """Give the headings of a table's columns, in column order; within a table no two are the same."""
    columns = TABLES[table].column_names
    if language() != "vi":
        return columns
    names = _vietnamese()
    # "status" is the state of processing in documents, of the work in tasks: "table.column" goes first.
    return tuple(names.get(f"{table}.{column}") or names[column] for column in columns)


@cache
def _vietnamese() -> dict[str, str]:
    text = files("phuluc").joinpath("data/headings_vi.csv").read_text("utf-8")
    return {row["name"]: row["vi"] for row in csv.DictReader(text.splitlines())}
