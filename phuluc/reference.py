"""The command reference, from the commands themselves: `python -m phuluc.reference > docs/commands.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from phuluc.cli import group

if TYPE_CHECKING:
    from collections.abc import Iterator


def reference() -> str:
    """Give `docs/commands.md`."""
    context = click.Context(group, info_name="phuluc", **group.context_settings)
    parts = [
        "# Commands\n",
        "Made by `uv run python -m phuluc.reference > docs/commands.md`. Every command has `-h` and `--help`.\n",
    ]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            parts.append("\n".join(_section(name, command, context)))
    return "\n".join(parts)


def _section(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield f"## phuluc {name}\n"
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"    phuluc {name} {usage}\n"
    yield f"{_unwrapped(command.help or '')}\n"
    yield "| option | meaning |"
    yield "|---|---|"
    # Without `--help`, which click adds at the first use, by the names that use had.
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            option, meaning = (text.replace("|", "\\|") for text in record)
            yield f"| `{option}` | {meaning} |"
    yield ""


def _unwrapped(text: str) -> str:
    paragraphs = text.replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


if __name__ == "__main__":
    print(reference(), end="")
