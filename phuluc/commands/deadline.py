"""`phuluc deadline`: the normal form of deadline texts, from arguments or from JSON lines."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from normalize.deadlines import parse_deadline
from phuluc.exits import OK, SOME_FAILED, UsageError
from phuluc.language import language_option, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO


@click.command("deadline")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option(
    "--year", type=click.IntRange(1945, 2100), help="Plan year: the year of a date that names none."
)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Read {"text": ..., "plan_year": ...} lines from standard input; write one line for each, in order.',
)
@language_option
def command(texts: tuple[str, ...], year: int | None, jsonl: bool) -> int:
    """Give the normal form of each TEXT as one line of JSON.

    A bad line of --jsonl is answered by a line with "error" in its place and told on standard error; the others
    are answered all the same, and the exit code is 1.
    """
    if jsonl == bool(texts):
        raise UsageError(say("deadline.usage"))
    if jsonl:
        return _answer_lines(sys.stdin.buffer, sys.stdout.buffer, year)
    for text in texts:
        click.echo(json.dumps({"text": text, **parse_deadline(text, year).to_json()}, ensure_ascii=False))
    return OK


def _answer_lines(lines: Iterable[bytes], out: BinaryIO, year: int | None) -> int:
    """Answer every line as it comes, so that a program on the other end of the pipe can ask one by one."""
    code = OK
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text, plan_year = _question(line, year)
            answer = {"text": text, **parse_deadline(text, plan_year).to_json()}
        except ValueError as error:
            code = SOME_FAILED
            click.echo(say("deadline.bad_line", number=number, error=error), err=True)
            answer = {"text": None, "status": "unparsed", "reason": None, "parts": [], "error": str(error)}
        # A lone surrogate ("\ud800") has no UTF-8; backslashreplace gives back the JSON escape it came as.
        out.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        out.flush()
    return code


def _question(line: bytes, year: int | None) -> tuple[str, int | None]:
    """Give (text, plan year) of one line; ValueError says what is wrong with it."""
    record: object = json.loads(line.decode("utf-8-sig"))
    if not isinstance(record, dict):
        raise ValueError('not an object {"text": ..., "plan_year": ...}')
    text, plan_year = record.get("text"), record.get("plan_year", year)
    if text is not None and not isinstance(text, str):
        raise ValueError('"text" is no string')
    if isinstance(plan_year, str) and plan_year.strip().isdecimal():
        plan_year = int(plan_year)
    if isinstance(plan_year, bool) or not isinstance(plan_year, int | None):
        raise ValueError('"plan_year" is no year')
    return text or "", year if plan_year is None else plan_year


deadline = command
