"""Every command and option is documented, and the page in docs/ is the one the program gives."""

from pathlib import Path

import click
import pytest

from phuluc.cli import COMMANDS, group
from phuluc.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
THERE = group.list_commands(click.Context(group))


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == reference(), "run: uv run python -m phuluc.reference > docs/commands.md"


@pytest.mark.parametrize("name", THERE)
def test_every_option_says_what_it_does(name):
    command = group.get_command(click.Context(group), name)
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.opts


@pytest.mark.parametrize("name", THERE)
def test_help_opens_with_the_line_of_the_list_or_better(name):
    assert COMMANDS[name].endswith(".")
    assert group.get_command(click.Context(group), name).name == name


def test_modules_and_commands_are_the_same_set():
    modules = {path.stem for path in (Path(__file__).parents[2] / "phuluc/commands").glob("[a-z]*.py")}
    assert modules == set(THERE)
