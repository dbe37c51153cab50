"""Web pages to `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.document import Document
from extract.errors import NoPagesError
from extract.html.blocks import blocks
from extract.html.page import main_content, parse

if TYPE_CHECKING:
    from pathlib import Path


def read_html(path: Path) -> Document:
    """Read a page, saved from a site or from Word.

    Raises:
        DamagedFileError: no element in it.
        NoPagesError: no visible word in it.
    """
    found = tuple(blocks(main_content(parse(path.read_bytes()))))
    if not found:
        raise NoPagesError("the page shows no word")
    return Document("html", found)
