"""Text and Markdown conversions: runs of tab-separated or piped lines are tables, the rest paragraphs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from extract.document import Document, Paragraph, Problem
from extract.errors import EmptyFileError
from extract.plaintext.decode import decode
from extract.plaintext.flattened import flattened_blocks, is_flattened
from extract.plaintext.residue import clean
from extract.plaintext.runs import pipe_table, tab_tables
from extract.plaintext.wrapping import join_wrapped, wrap_width
from normalize.legacy import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extract.document import Block

_LINE_END = regex.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")
_RULE_OR_FENCE = regex.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:[-*_]\s){2,}[-*_]|```\w*|~~~\w*)\s*$")
_PIPE_ROW = regex.compile(r".*(?<!\\)\|")
_PIPE_RULE = regex.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|\s*\|\s*:?-+:?\s*\|\s*$")


def read_text(path: Path) -> Document:
    """Read a text file of any encoding that Vietnamese offices used."""
    decoded = decode(path.read_bytes())
    text, legacy = decode_text(decoded.text)
    document = text_document(text)
    problems: tuple[Problem, ...] = ()
    if decoded.bad:
        problems = (Problem("damaged_file", f"{decoded.bad} places are no valid {decoded.encoding}"),)
    return replace(document, legacy_encoding=legacy.label, problems=problems)


def text_document(text: str) -> Document:
    """Give the paragraphs and tables of `text`. A blank line or a page break ends a table."""
    lines = _LINE_END.split(text.replace("\f", "\n\n"))
    if is_flattened(lines):
        return Document("text", tuple(flattened_blocks(text)))
    blocks = tuple(block for run in _runs(lines) for block in _blocks(run, wrap_width(lines)))
    if not blocks:
        raise EmptyFileError("the text holds nothing but blanks")
    return Document("text", blocks)


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """Lines between blank lines. A line of tabs alone is no blank line: it is an empty row."""
    run: list[str] = []
    for line in lines:
        if line.strip(" \u00a0\ufeff\u200b") or "\t" in line:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _blocks(run: list[str], width: int | None) -> Iterator[Block]:
    """Give the tables of a run, and its other lines as paragraphs, in order."""
    if len(run) > 1 and any(_PIPE_RULE.match(line) for line in run):
        yield from _piped(run, width)
        return
    for part in tab_tables(run):
        if isinstance(part, list):
            yield from _paragraphs(part, width)
        else:
            yield part


def _piped(run: list[str], width: int | None) -> Iterator[Block]:
    rule = next(index for index, line in enumerate(run) if _PIPE_RULE.match(line))
    first = rule - 1 if rule and _PIPE_ROW.match(run[rule - 1]) else rule
    last = rule + 1
    while last < len(run) and _PIPE_ROW.match(run[last]):
        last += 1
    if first:
        yield from _blocks(run[:first], width)
    table = pipe_table(
        [line for index, line in enumerate(run[first:last], first) if index != rule], rule - first
    )
    if table is not None:
        yield table
    if last < len(run):
        yield from _blocks(run[last:], width)


def _paragraphs(lines: list[str], width: int | None) -> Iterator[Paragraph]:
    kept = [line for line in lines if not _RULE_OR_FENCE.match(line)]
    for line in join_wrapped(kept, width):
        piece = clean(line)
        if piece.text:
            yield Paragraph(piece.text, bold=piece.bold or piece.heading)
