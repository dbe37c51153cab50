"""`phuluc convert`: files, folders and archives to Parquet tables."""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from phuluc.batch.isolate import Limits
from phuluc.batch.progress import printable, reporter_for
from phuluc.batch.run import Job, run
from phuluc.document.pipeline import convert_document
from phuluc.document.records import Options
from phuluc.exits import INTERRUPTED, OK, SOME_FAILED, UsageError
from phuluc.language import language_option, say
from phuluc.options import ocr_option
from phuluc.storage.places import PlaceParam

if TYPE_CHECKING:
    from types import FrameType

    from phuluc.batch.engine import EngineName
    from phuluc.batch.summary import Summary
    from phuluc.document.records import OcrMode
    from phuluc.storage.places import Place


_REMOVED_SHOWN = 20
"""More names than that are in the manifest and in `phuluc status`."""


class _Chosen(TypedDict):
    """The arguments and options as click gives them."""

    inputs: tuple[Place, ...]
    out: Place
    workers: int
    engine: EngineName
    scheduler: str
    ocr: OcrMode
    timeout: float
    memory: int
    plan_year: int | None
    gazetteer: Path | None
    fresh: bool
    prune: bool
    keep_readings: bool
    log_json: bool


@click.command("convert")
@click.argument("inputs", nargs=-1, required=True, type=PlaceParam(exists=True))
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=PlaceParam(),
    help="Output folder, or its URL (s3://bucket/out).",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default="number of processors",
    help="Documents at once.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Convert in processes of this machine, or on a Dask cluster (pip install 'phuluc[dask]').",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Scheduler of the Dask cluster, tcp://HOST:PORT; default: start a cluster on this machine.",
)
@ocr_option
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=600.0,
    show_default=True,
    help="Seconds per document; a longer one fails with code timeout.",
)
@click.option(
    "--memory",
    type=click.IntRange(256),
    default=3072,
    show_default=True,
    help="Megabytes per document; a larger one fails with code out_of_memory.",
)
@click.option(
    "--plan-year",
    type=click.IntRange(1945, 2200),
    help="Year of deadlines without one, used only where a document states none.",
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV or XLSX with bodies of your own, e.g. what `phuluc unit --review` wrote and you filled in.",
)
@click.option(
    "--fresh", is_flag=True, help="Ignore earlier work in the output folder and do everything again."
)
@click.option("--prune", is_flag=True, help="Drop the rows of inputs that no longer exist.")
@click.option(
    "--keep-readings/--no-keep-readings",
    default=True,
    show_default=True,
    help="Keep what was read of every document in the output folder, so that a new version, another --plan-year or "
    "--gazetteer need not read the files again.",
)
@click.option("--log-json", is_flag=True, help="Report as JSON lines on standard error.")
@language_option
def command(**chosen: Unpack[_Chosen]) -> int:
    """Convert INPUTS (files, folders, archives, or their URLs) to Parquet tables in a folder.

    Run again over the same folder, it resumes: done and unchanged documents are skipped, changed ones
    replaced.

    Exit codes: 0 everything was converted, 1 at least one document failed, 2 wrong usage, 3 the output cannot
    be written, 130 interrupted.
    """
    if chosen["scheduler"] and chosen["engine"] != "dask":
        raise UsageError(say("scheduler_without_dask"))
    signal.signal(signal.SIGTERM, _stop)
    job = Job(
        chosen["inputs"],
        chosen["out"],
        _options(chosen),
        Limits(workers=chosen["workers"], timeout=chosen["timeout"], memory_mb=chosen["memory"]),
        engine=chosen["engine"],
        scheduler=chosen["scheduler"],
        fresh=chosen["fresh"],
        prune=chosen["prune"],
        keep_readings=chosen["keep_readings"],
    )
    summary = run(job, convert_document, reporter_for(log_json=chosen["log_json"]))
    if not chosen["log_json"]:
        _tell(summary, job)
    if summary.state == "interrupted":
        return INTERRUPTED
    return SOME_FAILED if summary.failures else OK


def _options(chosen: _Chosen) -> Options:
    gazetteer = chosen["gazetteer"]
    if gazetteer is None:
        return Options(ocr=chosen["ocr"], plan_year=chosen["plan_year"])
    from phuluc.gazetteer_file import read_gazetteer  # noqa: PLC0415 - needed by few

    read_gazetteer(gazetteer)  # a row that is wrong is wrong usage, told before any document is read
    digest = hashlib.sha256(gazetteer.read_bytes()).hexdigest()
    return Options(chosen["ocr"], chosen["plan_year"], str(gazetteer.resolve()), digest)


def _stop(number: int, frame: FrameType | None) -> None:
    # A polite kill is treated like Ctrl-C: children stopped, what is finished kept.
    del number, frame
    raise KeyboardInterrupt


def _tell(summary: Summary, job: Job) -> None:
    if not summary.inputs:
        click.echo(say("nothing"), err=True)
    click.echo(say("converted", **summary.counts()), err=True)
    if summary.removed:
        click.echo(say("pruned" if job.prune else "removed", count=len(summary.removed)), err=True)
        for source_path in summary.removed[:_REMOVED_SHOWN]:
            click.echo(f"  {printable(source_path)}", err=True)
        if len(summary.removed) > _REMOVED_SHOWN:
            click.echo("  …", err=True)
    if summary.failures:
        out = shlex.quote(str(job.out))
        click.echo(say("failures", count=len(summary.failures), out=out), err=True)
    if summary.state == "interrupted":
        click.echo(say("interrupted"), err=True)
