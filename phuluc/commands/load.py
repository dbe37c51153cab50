"""`phuluc load`: the tables into a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from phuluc.language import language_option, say
from phuluc.storage.places import PlaceParam, on_this_machine

if TYPE_CHECKING:
    from phuluc.storage.places import Place


@click.command("load")
@click.argument("out", type=PlaceParam(exists=True, file_okay=False))
@click.argument("target")
@language_option
def command(out: Place, target: str) -> None:
    """Make TARGET equal to the tables of the folder OUT; only what changed since the last load is sent.

    TARGET is duckdb:///path/to/file.duckdb, postgresql://user@host/database or delta:///path/to/folder. Give
    passwords by PGPASSWORD, ~/.pgpass or PGSERVICE rather than in the URL. One load is one step: whole, or not at
    all, and then the target is as it was.

    Exit codes: 0 the target is equal to OUT, 2 wrong usage, 3 the target cannot be reached or written.
    """
    from phuluc.warehouse.load import load  # noqa: PLC0415 - duckdb and pyarrow

    with on_this_machine(out) as folder:
        done = load(folder, target)
    if done.changed or done.removed:
        click.echo(
            say("loaded", target=done.target, changed=done.changed, removed=done.removed, rows=done.rows)
        )
    else:
        click.echo(say("load.unchanged", target=done.target))
