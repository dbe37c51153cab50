"""Web pages to `Document`."""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from extract.document import Document
from extract.errors import DamagedFileError, NoPagesError
from extract.html.blocks import blocks
from extract.html.look import font_samples
from extract.html.page import main_content, parse
from normalize.legacy import decide

if TYPE_CHECKING:
    from pathlib import Path


def read_html(path: Path) -> Document:
    """Read a page, saved from a site or from Word.

    Raises:
        DamagedFileError: no element in it.
        NoPagesError: no visible word in it.
    """
    return page_document(path.read_bytes())


def read_mhtml(path: Path) -> Document:
    """Read a web archive (.mht): the first page in it, without its pictures."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return page_document(content, part.get_content_charset())
    raise DamagedFileError("the web archive holds no page")


def page_document(data: bytes, charset: str | None = None) -> Document:
    """Give the document of a page's bytes; `charset` is what a mail header says of them."""
    root = main_content(parse(data, charset))
    legacy = decide({font: "".join(texts) for font, texts in font_samples(root).items()})
    found = tuple(blocks(root, legacy))
    if not found:
        raise NoPagesError("the page shows no word")
    return Document("html", found, legacy_encoding=legacy.label)
