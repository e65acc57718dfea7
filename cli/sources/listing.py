"""``depeche source list``."""

from __future__ import annotations

from cli.commands import command as make
from cli.commands import json_option, option
from cli.output import show_json, show_table
from cli.values import OneOf
from news.health import State, state_of


@make("source.list")
@option("--state", type=OneOf(tuple(State)), key="source_state")
@json_option
def command(state: str | None, as_json: bool) -> None:
    """List the sources, last added first."""
    from cli.opening import desk as open_desk
    from cli.sources.source import source_told, state_words

    desk = open_desk()
    with desk.storage.read() as reader:
        asked = [one for one in reader.sources() if state in (None, state_of(one, desk.now()))]
        sources = sorted(asked, key=lambda source: (source.created, source.id), reverse=True)
        counts = reader.source_item_counts()
    if as_json:
        show_json([source_told(desk, source) for source in sources])
        return
    rows = ((one.id, one.kind.value, counts.get(one.id, 0), one.name, state_words(desk, one)) for one in sources)
    show_table(("id", "kind", "items", "name", "state"), rows)
