"""Which language messages speak: `--lang`, else the locale. Data and codes are English whatever is chosen."""

from __future__ import annotations

import csv
import os
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_F = TypeVar("_F", bound="Callable[..., object] | click.Command")


def language_option(function: _F) -> _F:
    """Add `--lang` to a command; `language()` gives its value, the group's, or the locale's."""
    return click.option(
        "--lang",
        type=click.Choice(["vi", "en"]),
        expose_value=False,
        callback=_remember,
        help="Language of messages and reports; default: from the locale.",
    )(function)


def _remember(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    del parameter
    if value is not None:
        context.find_root().meta["phuluc.lang"] = value


def language() -> str:
    """Give the language in force: "vi" or "en"."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().meta.get("phuluc.lang") if context else None
    if chosen:
        return str(chosen)
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in variables if (value := os.environ.get(name))), "")
    return "vi" if locale.lower().startswith("vi") else "en"


def say(key: str, **values: object) -> str:
    """Give the message `key` of `data/messages.csv` in the language in force."""
    return _messages()[key][language()].format(**values)


@cache
def _messages() -> dict[str, dict[str, str]]:
    text = files("phuluc").joinpath("data/messages.csv").read_text("utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}
