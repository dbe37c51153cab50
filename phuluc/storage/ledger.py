"""What is known of every input from earlier runs: enough to see that nothing changed, without opening it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Entry:
    """One input as the last run saw it.

    Attributes:
        made_by: fingerprint of the versions and options its rows were made with.
        code: error code of a failed document, or of one with a part missing that the next run may get; else "".
        status: "failed" for a failed document.
        read_by: fingerprint of what read it, where the reading is kept, else "".
        timeout, memory_mb: what it was allowed; one that cost too much is tried again only when allowed more.
    """

    location: str
    source_path: str
    doc_id: str
    byte_size: int
    modified_ns: int
    made_by: str
    code: str = ""
    timeout: float = 0.0
    memory_mb: int = 0
    read_by: str = ""
    status: str = "failed"


def read_ledger(texts: Iterable[str]) -> dict[str, Entry]:
    """Give all entries of the texts of the ledger's files, by location."""
    entries: dict[str, Entry] = {}
    for text in texts:
        for line in text.splitlines():
            entry = Entry(**json.loads(line))
            # The fingerprints are the same in all entries: one string for a million inputs.
            for name in ("made_by", "read_by", "code", "status"):
                object.__setattr__(entry, name, sys.intern(getattr(entry, name)))
            entries[entry.location] = entry
    return entries


def ledger_lines(entries: Iterable[Entry]) -> str:
    """Give the text of one ledger file, in order of location."""
    ordered = sorted(entries, key=lambda entry: entry.location)
    # Plain ASCII: a location may hold surrogates (a file name that is no UTF-8), which UTF-8 cannot carry.
    names = Entry.__slots__
    return "".join(json.dumps({name: getattr(entry, name) for name in names}) + "\n" for entry in ordered)
