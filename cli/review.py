"""``depeche review``: what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_table
from cli.values import Whole

if TYPE_CHECKING:
    from news.items import Item

_ids = click.argument("item_ids", metavar="ID...", nargs=-1, required=True)

command = group("review")


@make("review.list")
@option("--limit", type=Whole(1, 100_000), default=50)
@json_option
def list_(limit: int, as_json: bool) -> None:
    """List what waits."""
    from cli.opening import desk as open_desk
    from desk.review import waiting
    from desk.views import item_json

    desk = open_desk()
    items = waiting(desk, limit, 0)
    if as_json:
        with desk.storage.read() as reader:
            show_json([item_json(desk, reader, item) for item in items])
        return
    rows = ((item.id, item.published and item.published.date(), _from(item), item.title) for item in items)
    show_table(("id", "date", "source", "title"), rows)


@make("review.accept")
@_ids
@option("--category", "categories", metavar="SLUG", multiple=True, key="category")
def accept(item_ids: tuple[str, ...], categories: tuple[str, ...]) -> None:
    """Publish what waits."""
    from cli.opening import ACTOR, desk
    from desk.review import accept as accept_items

    note("cli.review.accepted", count=accept_items(desk(), item_ids, ACTOR, categories=categories or None))


@make("review.refuse")
@_ids
def refuse(item_ids: tuple[str, ...]) -> None:
    """Refuse what waits; it is not collected again."""
    from cli.opening import ACTOR, desk
    from desk.review import refuse as refuse_items

    note("cli.review.refused", count=refuse_items(desk(), item_ids, ACTOR))


def _from(item: Item) -> str | None:
    return item.origin.source_name if item.origin else None


for each in (list_, accept, refuse):
    command.add_command(each)
