"""``depeche item merge`` and ``item split``: one story that several sources tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import json_option
from cli.output import note, show_json

if TYPE_CHECKING:
    from desk.context import Desk
    from news.items import Item


@make("item.merge")
@click.argument("item_id", metavar="ID")
@click.argument("into_id", metavar="INTO")
@json_option
def merge(item_id: str, into_id: str, as_json: bool) -> None:
    """Make an item a copy of another."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.stories.merging import merge_items

    desk = open_desk()
    into = merge_items(desk, item_id, into_id, ACTOR)
    _show(desk, into, as_json, "cli.story.merged")


@make("item.split")
@click.argument("item_id", metavar="ID")
@json_option
def split(item_id: str, as_json: bool) -> None:
    """Make a copy an item of its own again."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.stories.merging import split_item

    desk = open_desk()
    _show(desk, split_item(desk, item_id, ACTOR), as_json, "cli.story.split")


def _show(desk: Desk, item: Item, as_json: bool, key: str) -> None:
    from desk.items.views import item_json

    if as_json:
        with desk.storage.read() as reader:
            show_json(item_json(desk, reader, item))
    else:
        note(key, title=item.title)
