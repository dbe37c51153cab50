"""What a run did, in numbers and names, and the manifest that keeps it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from phuluc.files import replace_text

if TYPE_CHECKING:
    from pathlib import Path

    from schemas.document import Status

State: TypeAlias = Literal["running", "finished", "interrupted"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One document of the quarantine list: what is wrong and what to do."""

    source_path: str
    code: str
    advice: str


@dataclass(slots=True)
class Summary:
    """What became of the inputs of one run; `failures` includes those that failed in an earlier run."""

    inputs: int = 0
    ok: int = 0
    partial: int = 0
    failed: int = 0
    unchanged: int = 0
    changed: int = 0
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
            "ok": self.ok,
            "partial": self.partial,
            "failed": self.failed,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "duplicates": self.duplicates,
            "removed": len(self.removed),
            "failures": len(self.failures),
            "state": self.state,
        }


class Manifest:
    """The run folder `OUT/.phuluc/run-<time>`: `manifest.json`, and `errors.log` with tracebacks of bugs."""

    def __init__(self, state_folder: Path, request: dict[str, object]) -> None:
        now = datetime.now(UTC)
        self._folder = state_folder / f"run-{now:%Y%m%dT%H%M%S.%f}"
        self._request = request | {"started": now.isoformat(timespec="seconds")}

    def write(self, summary: Summary) -> None:
        """Write the manifest as things stand."""
        self._folder.mkdir(parents=True, exist_ok=True)
        content = self._request | asdict(summary)
        if summary.state != "running":
            content["ended"] = datetime.now(UTC).isoformat(timespec="seconds")
        replace_text(self._folder / "manifest.json", json.dumps(content, indent=1, ensure_ascii=True))

    def log_trace(self, source_path: str, trace: str) -> None:
        """Keep the traceback of a document that met a bug."""
        with (self._folder / "errors.log").open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{source_path!r}\n{trace}\n")
