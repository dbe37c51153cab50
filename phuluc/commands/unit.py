"""`phuluc unit`: the organisations that cell texts name, and the names of an archive that need a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from normalize.organisations import UnitContext, parse_units
from phuluc.exits import OK, SOME_FAILED, UsageError
from phuluc.language import language_option, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from normalize.organisations import Gazetteer


class _Chosen(TypedDict):
    """The arguments and options as click gives them."""

    texts: tuple[str, ...]
    issuer: str | None
    province: str | None
    jsonl: bool
    gazetteer: Path | None
    review: Path | None
    output: Path | None


@click.command("unit")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option("--issuer", help='Body that issued the document ("Sở Công Thương tỉnh Quảng Nam").')
@click.option("--province", help="Province of the issuer, where its name does not hold it.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Read {"text": ..., "issuer": ..., "province": ...} lines from standard input; write one for each.',
)
@click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV or XLSX with bodies of your own; they win over the known ones.",
)
@click.option(
    "--review",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="OUT",
    help="Write the unresolved names of the converted folder OUT as a spreadsheet to fill in.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where --review writes; default: OUT/units_review.xlsx.",
)
@language_option
def command(**chosen: Unpack[_Chosen]) -> int:
    """Give the organisations named in each TEXT as one line of JSON.

    With --review OUT: write the names that were not resolved, by frequency, with what they may mean. Fill in
    class_id or canonical and give the file back with --gazetteer.
    """
    if sum((bool(chosen["texts"]), chosen["jsonl"], chosen["review"] is not None)) != 1:
        raise UsageError(say("unit.usage"))
    if chosen["review"] is not None:
        return _review(chosen["review"], chosen["output"])
    gazetteer = _own(chosen["gazetteer"])
    context = UnitContext(chosen["issuer"], province=chosen["province"], gazetteer=gazetteer)
    if chosen["jsonl"]:
        return _answer_lines(sys.stdin.buffer, sys.stdout.buffer, context)
    for text in chosen["texts"]:
        click.echo(_answer(text, context).decode("utf-8", "replace"))
    return OK


def _own(path: Path | None) -> Gazetteer | None:
    if path is None:
        return None
    from phuluc.gazetteer_file import read_gazetteer  # noqa: PLC0415  only where a person has rows of their own

    return read_gazetteer(path)


def _review(out: Path, target: Path | None) -> int:
    from phuluc.gazetteer_file import unresolved_names, write_review  # noqa: PLC0415  reads tables, writes a workbook

    names = unresolved_names(out)
    target = target or out / "units_review.xlsx"
    write_review(target, names)
    click.echo(say("unit.review", count=len(names), file=target))
    return OK


def _answer_lines(lines: Iterable[bytes], out: BinaryIO, context: UnitContext) -> int:
    """Answer every line as it comes, in order."""
    code = OK
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(*_question(line, context))
        except ValueError as error:
            code = SOME_FAILED
            click.echo(say("unit.bad_line", number=number, error=error), err=True)
            record: dict[str, object] = {"text": None, "units": [], "error": str(error)}
            answer = json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")
        out.write(answer + b"\n")
        out.flush()
    return code


def _answer(text: str, context: UnitContext) -> bytes:
    record = {"text": text, "units": [unit.to_json() for unit in parse_units(text, context)]}
    # A lone surrogate has no UTF-8; backslashreplace gives back the JSON escape it came as.
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _question(line: bytes, context: UnitContext) -> tuple[str, UnitContext]:
    """Give text and context of one line; ValueError says what is wrong with it."""
    record: object = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict):
        raise ValueError('not an object {"text": ..., "issuer": ..., "province": ...}')
    values: dict[str, str | None] = {}
    for key in ("text", "issuer", "province"):
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f'"{key}" is no string')
        values[key] = value
    issuer, province = values["issuer"] or context.issuer, values["province"] or context.province
    return values["text"] or "", UnitContext(issuer, province=province, gazetteer=context.gazetteer)


unit = command
