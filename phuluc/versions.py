"""Versions of what decides the rows: a change of either makes `convert` do documents again."""

from __future__ import annotations

from phuluc import __version__
from phuluc.document.reading import shape

READING = 4
"""Raise when a reader gives another Document for the same bytes (extract's readers, OCR)."""

UNDERSTANDING = 2
"""Raise when the same Document gives other records (roles, rows, letterhead, deadlines, units, …)."""


def read_by(ocr: str) -> str:
    """Name everything that decides what is read of a document besides its bytes."""
    return f"r{READING}.{shape()} ocr={ocr}"


def converter_version() -> str:
    """Give what `documents.converter_version` says: program, reading, understanding."""
    return f"{__version__}+r{READING}.u{UNDERSTANDING}"
