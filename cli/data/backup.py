"""``depeche backup``: a consistent copy of the database, while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from cli.commands import command as make
from cli.output import note


@make("backup")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Copy the database to a file, even while in use."""
    from cli.opening import desk
    from desk.operating.maintenance import backup

    backup(desk(), Path(file))
    note("cli.backup.done", path=file)
