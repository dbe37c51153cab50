"""How a run tells where it is: a bar on a terminal, plain lines elsewhere, JSON lines for machines."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from phuluc.batch.outcome import Outcome
    from phuluc.batch.summary import Summary

_EVERY_SECONDS = 10.0
"""How often plain lines say how far the run is."""


class Reporter(Protocol):
    """What a run calls while it works."""

    def planned(self, documents: int, summary: Summary) -> None:
        """Say how many documents will be converted; `summary` knows what is already done."""

    def finished(self, outcome: Outcome) -> None:
        """Say that a document is done."""

    def ended(self, summary: Summary) -> None:
        """Say that the run is over (done or interrupted)."""


class Silent:
    """Says nothing: for use as a library and in tests."""

    def planned(self, documents: int, summary: Summary) -> None:
        """Say nothing."""

    def finished(self, outcome: Outcome) -> None:
        """Say nothing."""

    def ended(self, summary: Summary) -> None:
        """Say nothing."""


class PlainLines:
    """One line per failure and one now and then, on standard error."""

    def __init__(self) -> None:
        self._total = self._done = self._failed = 0
        self._began = self._said = time.monotonic()

    def planned(self, documents: int, summary: Summary) -> None:
        """Note the total."""
        del summary
        self._total = documents

    def finished(self, outcome: Outcome) -> None:
        """Name a failure at once, the progress every ten seconds."""
        self._done += 1
        if outcome.status == "failed":
            self._failed += 1
            _say(f"failed {printable(outcome.source.source_path)}: {outcome.code}")
        now = time.monotonic()
        if now - self._said >= _EVERY_SECONDS:
            self._said = now
            speed = self._done / (now - self._began)
            left = (self._total - self._done) / speed
            _say(
                f"{self._done}/{self._total} documents, {speed:.1f} per second, {left:.0f} s left, "
                f"{self._failed} failed"
            )

    def ended(self, summary: Summary) -> None:
        """Leave the last word to the command."""


class Bar:
    """A bar with speed, time left and failures so far."""

    def __init__(self) -> None:
        # rich takes 60 ms to import: only on a terminal.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._failed = 0
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]} failed {task.fields[failed]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, failed=0, speed="")

    def planned(self, documents: int, summary: Summary) -> None:
        """Show the bar."""
        del summary
        self._progress.update(self._task, total=documents)
        self._progress.start()

    def finished(self, outcome: Outcome) -> None:
        """Move the bar; name a failure above it."""
        if outcome.status == "failed":
            self._failed += 1
            path = printable(outcome.source.source_path)
            self._progress.console.print(f"failed {path}: {outcome.code}", markup=False)
        speed = self._progress.tasks[0].speed
        self._progress.update(
            self._task, advance=1, failed=self._failed, speed=f"{speed:.1f}/s" if speed else ""
        )

    def ended(self, summary: Summary) -> None:
        """Take the bar away."""
        del summary
        self._progress.stop()


class JsonLines:
    """Events as JSON lines on standard error."""

    def __init__(self) -> None:
        import structlog  # noqa: PLC0415 - 0.1 s, only for --log-json

        self._log = structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr),
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )

    def planned(self, documents: int, summary: Summary) -> None:
        """Log the size of the run."""
        self._log.msg("planned", documents=documents, unchanged=summary.unchanged)

    def finished(self, outcome: Outcome) -> None:
        """Log one document."""
        self._log.msg(
            "document",
            source_path=outcome.source.source_path,
            doc_id=outcome.source.doc_id,
            status=outcome.status,
            code=outcome.code,
            seconds=round(outcome.seconds, 3),
        )

    def ended(self, summary: Summary) -> None:
        """Log the counts."""
        self._log.msg("ended", **summary.counts())


def reporter_for(*, log_json: bool) -> Reporter:
    """Choose how to report."""
    if log_json:
        return JsonLines()
    return Bar() if sys.stderr.isatty() else PlainLines()


def printable(path: str) -> str:
    """Give a path on one line: a name may hold line breaks or terminal controls."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in path)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
