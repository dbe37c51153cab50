"""The tables and how they hang together, as a Mermaid entity diagram."""

from __future__ import annotations

from schemas.columnar import table_columns
from schemas.dictionary import type_name
from schemas.tables import TABLES


def diagram() -> str:
    """Give the diagram: each table with its key and the columns that point elsewhere."""
    lines = ["erDiagram"]
    for table, spec in TABLES.items():
        nullable = {column.name for column in table_columns(table) if column.nullable}
        for name, (target, _) in spec.foreign_keys.items():
            lines.append(f"    {target} {'|o' if name in nullable else '||'}--o{{ {table} : {name}")
    for table, spec in TABLES.items():
        lines.append(f"    {table} {{")
        for column in table_columns(table):
            marks = ["PK"] * (column.name in spec.key) + ["FK"] * (column.name in spec.foreign_keys)
            if marks:
                lines.append(f"        {type_name(column)} {column.name} {', '.join(marks)}")
        lines.append("    }")
    return "\n".join(lines) + "\n"
