"""`phuluc export`: the tables for people without a database."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from phuluc.export import Format, export
from phuluc.language import language_option, say


@click.command("export")
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(get_args(Format)), required=True, help="Kind of file.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Where to write; default: OUT/export (csv, jsonl: one file a table) or OUT/export.xlsx.",
)
@language_option
def command(out: Path, form: Format, target: Path | None) -> None:
    """Write the tables of the folder OUT as one xlsx workbook, or as csv or jsonl files.

    The headings of xlsx and csv are in the language of --lang. Text that a spreadsheet program would run as a
    formula stays text; in csv an apostrophe is put before it.
    """
    written = export(out, form, target)
    click.echo(say("exported", rows=written.rows, tables=written.tables, path=written.path))
