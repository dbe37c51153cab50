"""`phuluc audit`: what contradicts, what is missing, what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from phuluc.batch.progress import printable
from phuluc.exits import OK, SOME_FAILED
from phuluc.language import language, language_option, say
from phuluc.storage.places import PlaceParam, on_this_machine
from schemas.review import Severity

if TYPE_CHECKING:
    from phuluc.audit.run import Verdict
    from phuluc.storage.places import Place

_RESULTS = ("findings", "task_groups", "audit.html", "audit.xlsx", "datapackage.json")


@click.command("audit")
@click.argument("out", type=PlaceParam(exists=True, file_okay=False))
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML file that chooses rules, sets thresholds and severities, and names what is accepted and why.",
)
@click.option(
    "--source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that holds the converted files now; pictures of places are cut out of them.",
)
@language_option
def command(out: Place, rules: Path | None, source: Path | None) -> int:
    """Audit the tables of the folder OUT: findings, groups of like tasks, audit.html and audit.xlsx beside them.

    Whatever is found, the exit code is 0; 1 when a rule failed (the findings of the others are written), 2 wrong
    usage, 3 OUT cannot be read or written.
    """
    from phuluc.storage.light_arrow import import_arrow_without_pandas  # noqa: PLC0415 - pyarrow

    import_arrow_without_pandas()
    from phuluc.audit.progress import progress  # noqa: PLC0415 - with the rest of the audit
    from phuluc.audit.run import Audit, audit  # noqa: PLC0415 - pyarrow

    with on_this_machine(out, readings=True) as folder:
        verdict = audit(Audit(folder, language(), rules, source), progress())
        if not isinstance(out, Path):
            from phuluc.storage.store import publish  # noqa: PLC0415 - for URLs alone

            publish(folder, out, _RESULTS)
    _tell(verdict)
    return SOME_FAILED if verdict.findings.broken else OK


def _tell(verdict: Verdict) -> None:
    counts = verdict.by_severity()
    found = {severity: counts[severity] for severity in get_args(Severity)}
    click.echo(
        say("audit.done", documents=verdict.documents, tasks=verdict.tasks, groups=verdict.groups, **found)
    )
    for reason, count in sorted(verdict.findings.suppressed.items()):
        click.echo(say("audit.suppressed", count=count, reason=printable(reason)))
    for (rule, where), error in verdict.findings.broken.items():
        click.echo(say("audit.broken", rule=rule, where=printable(where), error=error), err=True)
