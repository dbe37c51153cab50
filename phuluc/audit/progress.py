"""How an audit tells where it is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Protocol

from phuluc.language import say

_EVERY_SECONDS = 10.0


class Progress(Protocol):
    """What an audit calls while it works."""

    def step(self, name: str, total: int = 0) -> None:
        """Say that a step (read, group, report) begins, and with how many documents, where they are counted."""

    def advance(self) -> None:
        """Say that a document is done."""

    def end(self) -> None:
        """Say that all is done, or nothing more will be."""


class Silent:
    """Says nothing: for use as a library and in tests."""

    def step(self, name: str, total: int = 0) -> None:
        """Say nothing."""

    def advance(self) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


class Lines:
    """A line every ten seconds, on standard error."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._name, self._total, self._done = "", 0, 0

    def step(self, name: str, total: int = 0) -> None:
        """Note the step."""
        self._name, self._total, self._done = name, total, 0
        self._tell()

    def advance(self) -> None:
        """Count a document."""
        self._done += 1
        self._tell()

    def end(self) -> None:
        """Leave the last word to the command."""

    def _tell(self) -> None:
        if time.monotonic() - self._said >= _EVERY_SECONDS:
            self._said = time.monotonic()
            count = f" {self._done}/{self._total}" if self._total else ""
            print(f"{say(f'audit.step.{self._name}')}{count}", file=sys.stderr, flush=True)


class Bar:
    """A bar over the documents, then the name of the step."""

    def __init__(self) -> None:
        # rich takes 60 ms to import: only on a terminal.
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
        from rich.progress import Progress as RichProgress  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=None)

    def step(self, name: str, total: int = 0) -> None:
        """Show the step."""
        self._bar.start()
        self._bar.update(self._task, description=say(f"audit.step.{name}"), total=total or None, completed=0)

    def advance(self) -> None:
        """Move the bar."""
        self._bar.advance(self._task)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def progress() -> Progress:
    """Choose how to tell."""
    return Bar() if sys.stderr.isatty() else Lines()
