"""Errors that end a command, and the exit code of each: the only place that maps them."""

from __future__ import annotations

from typing import ClassVar

OK = 0
SOME_FAILED = 1
WRONG_USAGE = 2
TARGET_UNREACHABLE = 3
INTERRUPTED = 130


class CommandError(Exception):
    """A command that cannot go on; the message says what to do."""

    exit_code: ClassVar[int] = SOME_FAILED


class UsageError(CommandError):
    """Arguments that make no sense together."""

    exit_code = WRONG_USAGE


class TargetError(CommandError):
    """The output cannot be written or reached (no right, no room, no such server)."""

    exit_code = TARGET_UNREACHABLE
