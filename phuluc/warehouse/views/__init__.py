"""The ready-made views: one SQL file each, the same for DuckDB and PostgreSQL. The first line says what it answers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from schemas.sql import quote


@cache
def view_queries() -> dict[str, str]:
    """Give the query of every view, by name; later ones may build upon earlier ones."""
    folder = files("phuluc.warehouse.views")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return {name[2:-4]: folder.joinpath(name).read_text("utf-8") for name in names}


def views() -> list[str]:
    """Give the statements that make the views."""
    return [f"CREATE OR REPLACE VIEW {quote(name)} AS\n{query}" for name, query in view_queries().items()]


def view_meaning(name: str) -> str:
    """Give what a view answers: the comment its file begins with."""
    lines = view_queries()[name].splitlines()
    return " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))


def views_section() -> str:
    """Give the section of the dictionary about the views."""
    lines = ["## Views", "", "Made by `phuluc load` in DuckDB and PostgreSQL.", "", *views_table()]
    return "\n".join(lines) + "\n"


def views_table() -> list[str]:
    """Give the views and what they answer, as lines of a Markdown table."""
    rows = (f"| `{name}` | {view_meaning(name)} |" for name in view_queries())
    return ["| view | answers |", "|---|---|", *rows]
