"""`docs/warehouse.md`: `python -m phuluc.warehouse.reference > docs/warehouse.md`. Text from the page's own file."""

from __future__ import annotations

from importlib.resources import files

from phuluc.warehouse.shape import column_type, foreign_keys, indexed
from phuluc.warehouse.views import views_table
from schemas.columnar import table_columns
from schemas.diagram import diagram
from schemas.tables import TABLES


def page() -> str:
    """Give the page: the text in `data/warehouse.md`, with what is made from the schema put in."""
    text = files("phuluc").joinpath("data/warehouse.md").read_text("utf-8")
    return (
        text.replace("{diagram}\n", diagram())
        .replace("{types}\n", _types())
        .replace("{keys}\n", _keys())
        .replace("{views}\n", "\n".join(views_table()) + "\n")
    )


def _types() -> str:
    lines = ["| column | DuckDB | PostgreSQL |", "|---|---|---|"]
    for table in TABLES:
        for column in table_columns(table):
            if column.kind in ("list", "map", "struct"):
                both = (column_type(column, "duckdb"), column_type(column, "postgresql"))
                lines.append(f"| `{table}.{column.name}` | `{both[0]}` | `{both[1]}` |")
    return "\n".join(lines) + "\n"


def _keys() -> str:
    lines = [
        "| table | primary key | foreign keys (PostgreSQL) | indexes (PostgreSQL) |",
        "|---|---|---|---|",
    ]
    for table, spec in TABLES.items():
        points = ", ".join(f"`{name}` → `{to}.{key}`" for name, (to, key) in foreign_keys(table).items())
        names = ", ".join(f"`{name}`" for name in indexed(table))
        lines.append(f"| `{table}` | {', '.join(f'`{name}`' for name in spec.key)} | {points} | {names} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
