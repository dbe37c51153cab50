"""`phuluc schema`: the data dictionary."""

from __future__ import annotations

import json

import click

from schemas.tables import TABLES


@click.command("schema")
@click.argument("table", required=False, type=click.Choice(list(TABLES)))
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json", "sql"]),
    default="markdown",
    show_default=True,
    help="Dictionary for people, JSON Schema, or CREATE TABLE statements (DuckDB, PostgreSQL).",
)
def command(table: str | None, form: str) -> None:
    """Print the columns of TABLE, or of all tables."""
    names = [table] if table else list(TABLES)
    if form == "json":
        # pydantic takes 0.15 s to import, needed for this form alone
        from schemas.models import json_schema  # noqa: PLC0415

        found = {name: json_schema(name) for name in names}
        click.echo(json.dumps(found[table] if table else found, indent=1, ensure_ascii=False))
    elif form == "sql":
        from schemas.sql import create_table  # noqa: PLC0415 - one form, one module

        click.echo("\n".join(create_table(name) for name in names), nl=False)
    else:
        from phuluc.warehouse.views import views_section  # noqa: PLC0415 - one form, one module
        from schemas.dictionary import dictionary  # noqa: PLC0415 - one form, one module

        title, views = ("", "") if table else ("# Tables\n\n", "\n" + views_section())
        click.echo(title + "\n".join(dictionary(name) for name in names) + views, nl=False)
