"""What an output folder says about itself: every document with its status, and the last run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phuluc.exits import UsageError
from phuluc.language import say
from phuluc.storage.light_arrow import import_arrow_without_pandas

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.document import Status


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing wrong with one document."""

    source_path: str
    status: Status
    code: str
    message: str
    page: int | None


@dataclass(frozen=True, slots=True)
class FolderState:
    """Counts and troubles of an output folder.

    Attributes:
        counts: number of documents by (format or "", status).
        troubles: every error of every document, in order of path.
        last_run: the manifest of the latest run, {} where there is none.
    """

    counts: Counter[tuple[str, Status]]
    troubles: list[Trouble]
    last_run: dict[str, object]

    def gone(self) -> list[str]:
        """Give the inputs that the last run did not find any more and whose rows still stand."""
        removed = self.last_run.get("removed")
        return [] if self.last_run.get("prune") or not isinstance(removed, list) else removed


def read_state(out: Path) -> FolderState:
    """Read the state of an output folder; raises UsageError where there is none."""
    import_arrow_without_pandas()
    from phuluc.storage.parquet import read_table  # noqa: PLC0415 - pyarrow

    paths = sorted((out / "documents").glob("**/*.parquet"))
    if not paths:
        raise UsageError(say("not_an_output", out=out))
    counts: Counter[tuple[str, Status]] = Counter()
    troubles = []
    for path in paths:
        table = read_table("documents", path).select(["source_path", "source_format", "status", "errors"])
        for row in table.to_pylist():
            counts[row["source_format"] or "", row["status"]] += 1
            troubles += [Trouble(row["source_path"], row["status"], **error) for error in row["errors"]]
    troubles.sort(key=lambda trouble: trouble.source_path)
    manifests = sorted((out / ".phuluc").glob("run-*/manifest.json"))
    last_run = json.loads(manifests[-1].read_text("utf-8")) if manifests else {}
    return FolderState(counts, troubles, last_run)
