"""`phuluc export`: the tables for people without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from phuluc.exits import UsageError
from phuluc.export import Format, export
from phuluc.language import language_option, say
from phuluc.storage.places import PlaceParam, on_this_machine

if TYPE_CHECKING:
    from phuluc.storage.partitions import By
    from phuluc.storage.places import Place

_FORMATS = (*get_args(Format), "parquet")


@click.command("export")
@click.argument("out", type=PlaceParam(exists=True, file_okay=False))
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True, help="Kind of file.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(("province", "year", "type")),
    help="With parquet: put rows in folders by this code of their document (tasks/by_province=p79/…); may be repeated.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Where to write; default: OUT/export (csv, jsonl: one file a table; parquet: folders) or OUT/export.xlsx.",
)
@language_option
def command(out: Place, form: str, by: tuple[By, ...], target: Path | None) -> None:
    """Write the tables of the folder OUT as one xlsx workbook, as csv or jsonl files, or as parquet in folders by code.

    The headings of xlsx and csv are in the language of --lang. Text that a spreadsheet program would run as a
    formula stays text; in csv an apostrophe is put before it. A cell of xlsx holds 32,767 characters: longer text
    ends in "…" there, csv and jsonl keep it whole.
    """
    if bool(by) != (form == "parquet"):
        raise UsageError(say("export.by"))
    if target is None and not isinstance(out, Path):
        raise UsageError(say("place.needs_to"))
    with on_this_machine(out) as folder:
        if form == "parquet":
            from phuluc.storage.partitions import write_partitions  # noqa: PLC0415 - duckdb

            written = write_partitions(folder, by, target or folder / "export")
        else:
            written = export(folder, cast("Format", form), target)
    click.echo(say("exported", rows=written.rows, tables=written.tables, path=written.path))
