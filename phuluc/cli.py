"""The command line: which commands there are, and the one place that turns errors into exit codes.

Commands live in `phuluc.commands.<name>` and are imported only when called, so that `phuluc --help` is quick.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import cast

import click

from phuluc import __version__
from phuluc.exits import INTERRUPTED, OK, SOME_FAILED, CommandError
from phuluc.language import language_option, say

COMMANDS: dict[str, str] = {
    "convert": "Convert files, folders and archives to Parquet tables.",
    "inspect": "Show what is understood of one document.",
    "status": "Show what a run did and which files need a person.",
    "deadline": "Give the normal form of deadline texts.",
    "unit": "Give the organisations named in cell texts.",
    "audit": "Find contradictions and gaps across documents.",
    "load": "Load the tables into a warehouse.",
    "export": "Write the tables as xlsx, csv or jsonl.",
    "schema": "Print the data dictionary.",
    "doctor": "Check the optional helpers.",
}
"""Every command with the line `phuluc --help` shows; a command is there when its module is."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, not when commands are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of use."""
        del ctx
        return [name for name in COMMANDS if find_spec(f"phuluc.commands.{name}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return cast("click.Command", import_module(f"phuluc.commands.{cmd_name}").command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="phuluc")
@language_option
def group() -> None:
    """Turn Vietnamese plans and reports into tables of tasks, deadlines and organisations.

    With PHULUC_TRACEBACK=1 in the environment an internal error shows where it happened.
    """


def main() -> None:
    """Run the command line and exit with the code of the contract."""
    try:
        code = group.main(standalone_mode=False)
    except click.exceptions.Abort:
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except CommandError as error:
        click.echo(f"phuluc: {error}", err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except MemoryError:
        click.echo("phuluc: out of memory", err=True)
        code = SOME_FAILED
    except BrokenPipeError:  # "phuluc schema | head" is no error
        # What is left in the buffer has nowhere to go; without this the interpreter complains at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    except Exception as error:  # a bug: the user gets one line, the developer the rest on request
        if os.environ.get("PHULUC_TRACEBACK"):
            raise
        click.echo(say("bug", error=f"{type(error).__name__}: {error}"), err=True)
        code = SOME_FAILED
    sys.exit(code if isinstance(code, int) else 0)
