"""A document as read, in bytes: kept beside the tables, so that it can be understood again without its file.

JSON, deflated: it is read back from folders that others may write to, where pickle would run what it is given.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from extract.document import Cell, Document, Page, Paragraph, Problem, Table
from extract.errors import ReadError
from phuluc.batch.failures import RETRY_CODES, read_error

if TYPE_CHECKING:
    from extract.document import Block

    Plain: TypeAlias = list[Any]  # what JSON gives: lists of plain values, one for each field

_LARGEST = 32 << 20
"""Bytes; a larger reading is not kept, its document is read again."""


def pack(read: Document | ReadError) -> bytes:
    """Give the bytes of what a reader gave; b"" for what is not worth keeping: too large, or to be tried again."""
    problems = [read] if isinstance(read, ReadError) else read.problems
    if any(problem.code in RETRY_CODES for problem in problems):
        return b""
    plain = [read.code, read.message, read.page] if isinstance(read, ReadError) else _plain(read)
    text = json.dumps(plain, default=_plain, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    # A broken character map gives lone surrogates. Level 1: a fifth more bytes than 6 in a third of the time.
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
    return packed if len(packed) <= _LARGEST else b""


def unpack(packed: bytes) -> Document | ReadError:
    """Give back what was packed, equal to it in every value; raises ValueError for damaged bytes."""
    try:
        first, *rest = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(rest) == 2:
        return read_error(first, *rest)
    blocks, pages, legacy_encoding, problems = rest
    return Document(
        first,
        tuple(map(_block, blocks)),
        tuple(Page(*page) for page in pages),
        legacy_encoding,
        tuple(Problem(*problem) for problem in problems),
    )


@cache
def shape() -> str:
    """Name what a packed document is made of: one packed by another shape cannot be unpacked."""
    nouns = (Document, Page, Problem, Paragraph, Table)
    names = [",".join(field.name for field in fields(noun)) for noun in nouns]
    return f"{zlib.crc32(';'.join((*names, *Cell._fields)).encode()):08x}"


def _plain(noun: Any) -> Plain:
    """Give the values of a dataclass with slots, in order; cells are tuples, which JSON writes as they are."""
    return [getattr(noun, name) for name in noun.__slots__]


def _block(values: Plain) -> Block:
    return _paragraph(values) if len(values) == len(fields(Paragraph)) else _table(values)


def _paragraph(values: Plain) -> Paragraph:
    text, page, bbox, alignment, bold = values
    return Paragraph(text, page, _tuple(bbox), alignment, bold)


def _table(values: Plain) -> Table:
    cells, rows, columns, method, page, bbox, edges, *rest = values
    return Table(tuple(map(_cell, cells)), rows, columns, method, page, _tuple(bbox), tuple(edges), *rest)


def _cell(values: Plain) -> Cell:
    row, column, text, rows, columns, bbox, bold, confidence, nested, repaired = values
    return Cell(
        row, column, text, rows, columns, _tuple(bbox), bold, confidence, tuple(map(_table, nested)), repaired
    )


def _tuple(values: Plain | None) -> Any:
    return None if values is None else tuple(values)
