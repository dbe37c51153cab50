"""`phuluc doctor`: which optional helpers are present."""

from __future__ import annotations

import click

from phuluc.doctor import examine
from phuluc.exits import OK, SOME_FAILED
from phuluc.language import language, language_option, say


@click.command("doctor")
@language_option
def command() -> int:
    """Check the optional helpers and print the install line of each that is missing (exit code 1 then)."""
    helpers = examine()
    for helper in helpers:
        if helper.version:
            click.echo(say("doctor.ok", name=helper.name, version=helper.version))
        else:
            use = helper.use[language()]
            click.echo(say("doctor.missing", name=helper.name, use=use, install=helper.install))
    if any(helper.version is None for helper in helpers):
        return SOME_FAILED
    click.echo(say("doctor.all"))
    return OK
