"""`phuluc export`: the tables for people without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from phuluc.exits import UsageError
from phuluc.export import Format, export
from phuluc.language import language_option, say
from phuluc.places import PlaceParam, on_this_machine

if TYPE_CHECKING:
    from phuluc.places import Place


@click.command("export")
@click.argument("out", type=PlaceParam(exists=True, file_okay=False))
@click.option("--format", "form", type=click.Choice(get_args(Format)), required=True, help="Kind of file.")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Where to write; default: OUT/export (csv, jsonl: one file a table) or OUT/export.xlsx.",
)
@language_option
def command(out: Place, form: Format, target: Path | None) -> None:
    """Write the tables of the folder OUT as one xlsx workbook, or as csv or jsonl files.

    The headings of xlsx and csv are in the language of --lang. Text that a spreadsheet program would run as a
    formula stays text; in csv an apostrophe is put before it. A cell of xlsx holds 32,767 characters: longer text
    ends in "…" there, csv and jsonl keep it whole.
    """
    if target is None and not isinstance(out, Path):
        raise UsageError(say("place.needs_to"))
    with on_this_machine(out) as folder:
        written = export(folder, form, target)
    click.echo(say("exported", rows=written.rows, tables=written.tables, path=written.path))
