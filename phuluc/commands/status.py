"""`phuluc status`: counts, and the documents that need a person, with reason and advice."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, get_args

import click

from phuluc.batch.failures import advice_for
from phuluc.batch.progress import printable
from phuluc.language import language, language_option, say
from phuluc.storage.places import PlaceParam, on_this_machine
from phuluc.storage.state import read_state
from schemas.document import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from phuluc.storage.places import Place
    from phuluc.storage.state import FolderState, Trouble

_STATUSES: tuple[Status, ...] = get_args(Status)


@click.command("status")
@click.argument("out", type=PlaceParam(exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a page.")
@language_option
def command(out: Place, *, as_json: bool) -> None:
    """Show counts by status and format, and the documents that need a person, of the folder OUT."""
    with on_this_machine(out, "documents") as folder:
        state = read_state(folder)
    if as_json:
        click.echo(json.dumps(_as_json(state), indent=1, ensure_ascii=False))
        return
    _tell_counts(out, state)
    failed = [trouble for trouble in state.troubles if trouble.status == "failed"]
    partial = [trouble for trouble in state.troubles if trouble.status == "partial"]
    for title, troubles in (("status.quarantine", failed), ("status.partials", partial)):
        if troubles:
            click.echo(f"\n{say(title)}")
            _tell_troubles(troubles)
    if gone := state.gone():
        click.echo(f"\n{say('status.gone')}")
        for source_path in gone:
            click.echo(f"  {printable(source_path)}")
    if not state.troubles:
        click.echo(f"\n{say('status.none')}")


def _tell_counts(out: Place, state: FolderState) -> None:
    click.echo(say("status.head", out=out, inputs=state.counts.total()))
    if run := state.last_run:
        click.echo(
            say(
                "status.run",
                started=run["started"],
                ended=run.get("ended", "?"),
                state=say(f"state.{run['state']}"),
                version=run["version"],
            )
        )
        if run["state"] == "running":
            done = sum(int(str(run[status])) for status in ("ok", "partial", "failed"))
            click.echo(say("status.progress", done=done, planned=run["planned"]))
    heads = [say("status.format"), *(say(f"status.{status}") for status in _STATUSES), say("status.total")]
    lines = [heads]
    for form in sorted({form for form, _ in state.counts}):
        numbers = [state.counts[form, status] for status in _STATUSES]
        lines.append([form or say("status.unknown"), *map(str, numbers), str(sum(numbers))])
    sums = [sum(n for (_, each), n in state.counts.items() if each == status) for status in _STATUSES]
    lines.append([say("status.total"), *map(str, sums), str(sum(sums))])
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    click.echo()
    for first, *rest in lines:
        padded = "  ".join(text.rjust(width) for text, width in zip(rest, widths[1:], strict=True))
        click.echo(f"{first.ljust(widths[0])}  {padded}")


def _tell_troubles(troubles: Iterable[Trouble]) -> None:
    """List troubles by cause: the advice is said once, the documents under it."""
    for code, group in groupby(sorted(troubles, key=lambda each: each.code), key=lambda each: each.code):
        click.echo(f"  {code}: {advice_for(code, language())}")
        for trouble in group:
            place = f", {say('status.page', page=trouble.page)}" if trouble.page else ""
            click.echo(f"    {printable(trouble.source_path)}{place}: {printable(trouble.message)}")


def _as_json(state: FolderState) -> dict[str, object]:
    return {
        "counts": [
            {"source_format": form or None, "status": status, "documents": number}
            for (form, status), number in sorted(state.counts.items())
        ],
        "quarantine": [
            {
                "source_path": trouble.source_path,
                "status": trouble.status,
                "code": trouble.code,
                "message": trouble.message,
                "page": trouble.page,
                "advice": advice_for(trouble.code, language()),
            }
            for trouble in state.troubles
        ],
        "gone": state.gone(),
        "last_run": state.last_run or None,
    }
