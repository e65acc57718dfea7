"""``depeche source list``."""

from __future__ import annotations

from cli.commands import command as make
from cli.commands import json_option
from cli.output import show_json, show_table


@make("source.list")
@json_option
def command(as_json: bool) -> None:
    """List the sources, last added first."""
    from cli.opening import desk as open_desk
    from cli.source import source_told, state_of

    desk = open_desk()
    with desk.storage.read() as reader:
        sources = sorted(reader.sources(), key=lambda source: (source.created, source.id), reverse=True)
        counts = reader.source_item_counts()
    if as_json:
        show_json([source_told(desk, source) for source in sources])
        return
    rows = ((one.id, one.kind.value, counts.get(one.id, 0), one.name, state_of(one)) for one in sources)
    show_table(("id", "kind", "items", "name", "state"), rows)
