"""What is known of every input from earlier runs: enough to see that nothing changed, without opening it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One input as the last run saw it.

    Attributes:
        made_by: fingerprint of the versions and options its rows were made with.
        code: error code of a failed document, else "".
        timeout: seconds it was allowed; a timeout is tried again only when allowed more.
    """

    location: str
    source_path: str
    doc_id: str
    byte_size: int
    modified_ns: int
    made_by: str
    code: str = ""
    timeout: float = 0.0


def read_ledger(files: Iterable[Path]) -> dict[str, Entry]:
    """Give all entries of the ledger's files, by location."""
    entries: dict[str, Entry] = {}
    for path in files:
        for line in path.read_text("ascii").splitlines():
            entry = Entry(**json.loads(line))
            entries[entry.location] = entry
    return entries


def ledger_lines(entries: Iterable[Entry]) -> str:
    """Give the text of one ledger file, in order of location."""
    ordered = sorted(entries, key=lambda entry: entry.location)
    # Plain ASCII: a location may hold surrogates (a file name that is no UTF-8), which UTF-8 cannot carry.
    return "".join(json.dumps(asdict(entry)) + "\n" for entry in ordered)
