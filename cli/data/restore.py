"""``depeche restore``: put a backup in the database's place."""

from __future__ import annotations

from pathlib import Path

import click

from cli.commands import command as make
from cli.output import note


@make("restore")
@click.argument("file", metavar="FILE")
def command(file: str) -> None:
    """Put a copy in the database’s place."""
    from cli.opening import settings
    from desk.operating.maintenance import restore

    asked = settings()
    kept = restore(asked, Path(file))
    note("cli.restore.done", path=file, database=asked.database)
    if kept:
        note("cli.restore.kept", path=kept)
