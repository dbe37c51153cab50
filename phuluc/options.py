"""Options that several commands share, described once."""

from __future__ import annotations

import click

ocr_option = click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Recognise pages that are pictures: those that need it, none, or all.",
)
