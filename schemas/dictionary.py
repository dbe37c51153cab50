"""The data dictionary as Markdown, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.columnar import table_columns
from schemas.tables import TABLES

if TYPE_CHECKING:
    from schemas.columns import Column


def dictionary(table: str) -> str:
    """Give the section of one table."""
    spec = TABLES[table]
    lines = [
        f"## {table}",
        "",
        (spec.record.__doc__ or "").strip(),
        "",
        f"Written by `phuluc {spec.written_by}`. Key: {', '.join(f'`{name}`' for name in spec.key)}.",
        "",
        "| column | type | null | meaning |",
        "|---|---|---|---|",
    ]
    for column in table_columns(table):
        meaning = column.description
        if column.codes:
            meaning += "; one of " + ", ".join(f"`{code}`" for code in column.codes)
        if target := spec.foreign_keys.get(column.name):
            meaning += f" (→ `{target[0]}.{target[1]}`)"
        null = "yes" if column.nullable else ""
        lines.append(f"| `{column.name}` | {type_name(column)} | {null} | {_cell(meaning)} |")
    return "\n".join(lines) + "\n"


def type_name(column: Column) -> str:
    """Give a column's type in words: "list of text", "{code, message, page}"."""
    if column.item is not None:
        return f"list of {type_name(column.item)}"
    if column.kind == "struct":
        return "{" + ", ".join(member.name for member in column.members) + "}"
    if column.kind == "map":
        return "map text → text"
    return column.kind


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
