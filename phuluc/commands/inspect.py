"""`phuluc inspect`: what is understood of one document, without writing anything but pictures on request."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from phuluc.batch.failures import advice_for
from phuluc.batch.outcome import TABLE_NAMES
from phuluc.batch.progress import printable
from phuluc.document.pipeline import convert_document
from phuluc.document.records import Options, Source
from phuluc.exits import OK, SOME_FAILED
from phuluc.language import language, language_option, say
from phuluc.options import ocr_option

if TYPE_CHECKING:
    from phuluc.document.records import DocumentRecords, OcrMode


@click.command("inspect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print all records as JSON instead of a page.")
@click.option(
    "--picture",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write an image of every page with the found cells drawn in to this folder (PDF).",
)
@ocr_option
@click.option(
    "--plan-year",
    type=click.IntRange(1945, 2200),
    help="Year of deadlines without one, used only where the document states none.",
)
@language_option
def command(file: Path, *, as_json: bool, folder: Path | None, ocr: OcrMode, plan_year: int | None) -> int:
    """Show what is understood of FILE: letterhead, tables and their roles, tasks, deadlines, units.

    Exit codes: 0 the file was read, 1 it could not be.
    """
    content = file.read_bytes()
    source = Source(file, file.name, hashlib.sha256(content).hexdigest(), len(content))
    records = convert_document(source, Options(ocr=ocr, plan_year=plan_year))
    if as_json:
        found = {table: [asdict(record) for record in getattr(records, table)] for table in TABLE_NAMES}
        click.echo(json.dumps(found, indent=1, ensure_ascii=False, default=_iso))
    else:
        _tell(records)
    if records.documents[0].status == "failed":
        return SOME_FAILED
    if folder is not None:
        _draw(file, ocr, folder)
    return OK


def _tell(records: DocumentRecords) -> None:
    document = records.documents[0]
    if document.status == "failed":
        for error in document.errors:
            path = printable(document.source_path)
            click.echo(say("inspect.failed", path=path, code=error.code, message=error.message))
            click.echo(advice_for(error.code, language()))
        return
    from phuluc.page import show  # noqa: PLC0415 - rich, 60 ms

    show(records)


def _draw(file: Path, ocr: OcrMode, folder: Path) -> None:
    # Pictures need the readers and pypdfium2's image support: loaded on request.
    from extract.pdf.picture import draw  # noqa: PLC0415
    from extract.readers import read  # noqa: PLC0415

    document = read(file, ocr=ocr)
    if document.source_format != "pdf":
        click.echo(say("inspect.no_picture"), err=True)
        return
    for path in draw(file, document, folder):
        click.echo(say("inspect.picture", path=path), err=True)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
