"""``depeche init``: make the database, or bring it up to this program's shape."""

from __future__ import annotations

from cli.commands import command as make
from cli.commands import option
from cli.output import note


@make("init")
@option("--sample", is_flag=True)
def command(sample: bool) -> None:
    """Create the database, or bring it up to date."""
    from cli.opening import settings
    from desk.operating.maintenance import prepare

    desk, _, kept = prepare(settings())
    if kept:
        note("cli.init.kept", path=kept)
    note("cli.init.ready", path=desk.settings.database)
    if sample:
        from desk.operating.sample import fill_with_sample

        note("cli.init.sample" if fill_with_sample(desk) else "cli.init.not_empty")
