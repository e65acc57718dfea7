"""``depeche item show``."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import json_option
from cli.output import show_json, show_pairs
from cli.words import words


@make("item.show")
@click.argument("item_id", metavar="ID")
@json_option
def command(item_id: str, as_json: bool) -> None:
    """Show an item."""
    from cli.opening import desk as open_desk
    from desk.items.posting import get_item
    from desk.items.views import item_json, until_json
    from desk.publishing.shown_item import view

    desk = open_desk()
    item = get_item(desk, item_id)
    with desk.storage.read() as reader:
        told, shown = item_json(desk, reader, item) | until_json(item), view(desk, reader, item)
    if as_json:
        show_json(told)
        return
    names = [category.name(words().language) for category in shown.categories]
    plain = ("id", "status", "title", "published", "updated", "language", "author", "link", "url",
             "withdraw", "pin")  # fmt: skip
    show_pairs([*((head, told.get(head)) for head in plain), ("categories", names), ("source", shown.source_name)])
    show_pairs([("summary", told["summary"]), ("content", told["content_html"])])
