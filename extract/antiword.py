"""antiword: the text and the cells of .doc files, where LibreOffice is missing or loses a table.

Its DocBook output has paragraphs and table rows, but neither fonts nor merged cells.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from lxml import etree

from extract.document import Cell, Document, Paragraph, Table
from extract.errors import DamagedFileError, MissingHelperError, TooLargeError
from normalize.legacy import LegacyState, decide
from normalize.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extract.document import Block

_SECONDS = 60


def antiword() -> str | None:
    """Give the path of antiword, None where it is not installed."""
    return shutil.which("antiword")


def read_antiword(path: Path) -> Document:
    """Read a .doc file by antiword.

    Raises:
        MissingHelperError, DamagedFileError, TooLargeError.
    """
    program = antiword()
    if program is None:
        raise MissingHelperError("antiword is not installed")
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the path is an argument
            [program, "-x", "db", "--", str(path.absolute())],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLargeError(f"antiword did not finish within {_SECONDS} seconds") from error
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    root: etree._Element | None = etree.fromstring(done.stdout, parser) if done.stdout.strip() else None
    if root is None:
        raise DamagedFileError(
            f"antiword cannot read it: {done.stderr.decode('utf-8', 'replace')[:200].strip()}"
        )
    for info in root.iter("bookinfo"):
        info.clear()
    state = decide({None: "".join(str(text) for text in root.itertext())})
    blocks = tuple(_blocks(root, state))
    if not blocks:
        raise DamagedFileError("antiword finds no text in it")
    return Document("doc", blocks, legacy_encoding=state.label)


def _blocks(root: etree._Element, state: LegacyState) -> Iterator[Block]:
    """Paragraphs and tables in order; antiword begins a new group of rows whenever the columns change."""
    rows: list[list[str]] = []
    for element in root.iter("para", "title", "row"):
        if element.tag == "row":
            rows.append([_text(entry, state) for entry in element.iterchildren("entry")])
            continue
        if any(ancestor.tag == "entry" for ancestor in element.iterancestors()):
            continue
        is_frame = element.find("informaltable") is not None
        if rows and not is_frame:
            yield _table(rows)
            rows = []
        text = "" if is_frame else _text(element, state)
        if text:
            yield Paragraph(text)
    if rows:
        yield _table(rows)


def _text(element: etree._Element, state: LegacyState) -> str:
    lines = "".join(str(text) for text in element.itertext()).strip("\n").split("\n")
    return tidy(state.decode("\n".join(lines), state.key(None)))


def _table(rows: list[list[str]]) -> Table:
    cells = tuple(
        Cell(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line)
    )
    return Table(cells, len(rows), max(map(len, rows)), "markup", spans_known=False)
