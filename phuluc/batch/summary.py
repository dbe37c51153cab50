"""What a run did, in numbers and names, and the manifest that keeps it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from phuluc.storage.folder import STATE

if TYPE_CHECKING:
    from phuluc.storage.folder import Folder
    from schemas.document import Status

_EVERY_SECONDS = 30.0

State: TypeAlias = Literal["running", "finished", "interrupted"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One document of the quarantine list: what is wrong and what to do."""

    source_path: str
    code: str
    advice: str


@dataclass(slots=True)
class Summary:
    """What became of the inputs of one run; `failures` includes those that failed in an earlier run.

    `planned`: documents to convert; `understood_again`: those of them that an earlier run had read.
    """

    inputs: int = 0
    planned: int = 0
    ok: int = 0
    partial: int = 0
    failed: int = 0
    unchanged: int = 0
    changed: int = 0
    understood_again: int = 0
    duplicates: int = 0
    removed: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    state: State = "running"

    def count(self, status: Status) -> None:
        """Count one converted document."""
        if status == "ok":
            self.ok += 1
        elif status == "partial":
            self.partial += 1
        else:
            self.failed += 1

    def counts(self) -> dict[str, int | str]:
        """Give the numbers alone."""
        return {
            "inputs": self.inputs,
            "planned": self.planned,
            "ok": self.ok,
            "partial": self.partial,
            "failed": self.failed,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "understood_again": self.understood_again,
            "duplicates": self.duplicates,
            "removed": len(self.removed),
            "failures": len(self.failures),
            "state": self.state,
        }


class Manifest:
    """The run folder `OUT/.phuluc/run-<time>`: `manifest.json`, and `errors.log` with tracebacks of bugs."""

    def __init__(self, folder: Folder, request: dict[str, object]) -> None:
        now = datetime.now(UTC)
        self._folder = folder
        self._run = f"{STATE}/run-{now:%Y%m%dT%H%M%S.%f}"
        self._logged = False
        self._written = time.monotonic()
        self._request = request | {"started": now.isoformat(timespec="seconds")}

    def write(self, summary: Summary) -> None:
        """Write the manifest as things stand."""
        content = self._request | asdict(summary)
        if summary.state != "running":
            content["ended"] = datetime.now(UTC).isoformat(timespec="seconds")
        self._folder.write(f"{self._run}/manifest.json", json.dumps(content, indent=1).encode())
        self._written = time.monotonic()
        if self._logged:
            self._folder.settle([f"{self._run}/errors.log"])

    def keep_up(self, summary: Summary) -> None:
        """Write the manifest now and then, so that `phuluc status` tells how far a long run is."""
        if time.monotonic() - self._written >= _EVERY_SECONDS:
            self.write(summary)

    def log_trace(self, source_path: str, trace: str) -> None:
        """Keep the traceback of a document that met a bug."""
        path = self._folder.draft(f"{self._run}/errors.log")
        with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{source_path!r}\n{trace}\n")
        self._logged = True
