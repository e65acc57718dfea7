"""``depeche review``: what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.items.review_flood import flood, floods
from cli.output import note, show_json, show_table
from cli.values import Misuse, Whole
from cli.words import words

if TYPE_CHECKING:
    from desk.context import Desk
    from news.items import Item

_MOST = 100_000
_ids = click.argument("item_ids", metavar="[ID]...", nargs=-1)
_source = option("--source", metavar="ID", key="review_source")
_categories = option("--category", "categories", metavar="SLUG", multiple=True, key="category")

command = group("review")


@make("review.list")
@option("--limit", type=Whole(1, _MOST), default=50)
@_source
@json_option
def list_(limit: int, source: str | None, as_json: bool) -> None:
    """List what waits."""
    from cli.opening import desk as open_desk
    from desk.items.review import waiting
    from desk.items.views import item_json
    from desk.sources.floods import floods as waiting_floods
    from desk.stories.merging import resembling

    desk = open_desk()
    items = waiting(desk, limit, 0, source)
    like = resembling(desk, [item.id for item in items])
    if as_json:
        with desk.storage.read() as reader:
            told = [item_json(desk, reader, item) for item in items]
        show_json([one | {"resembles": [other.id for other in like.get(str(one["id"]), ())]} for one in told])
        return
    rows = [_row(item, like.get(item.id, ())) for item in items]
    show_table(("id", "date", "source", "title", "resembles"), rows)
    for one in waiting_floods(desk):
        click.echo(words().count(f"flood.says.{one.kind.value}", one.items, source=one.source_name))


@make("review.accept")
@_ids
@_source
@_categories
def accept(item_ids: tuple[str, ...], source: str | None, categories: tuple[str, ...]) -> None:
    """Publish what waits."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.items.review import accept as accept_items

    desk = open_desk()
    ids = _chosen(desk, item_ids, source)
    note("cli.review.accepted", count=accept_items(desk, ids, ACTOR, categories=categories or None))


@make("review.edit")
@_ids
@_source
@_categories
def edit(item_ids: tuple[str, ...], source: str | None, categories: tuple[str, ...]) -> None:
    """Give what waits other categories."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.items.review import categorise

    if not categories:
        raise Misuse("cli.review.no_category")
    desk = open_desk()
    note("cli.review.edited", count=categorise(desk, _chosen(desk, item_ids, source), ACTOR, categories))


@make("review.refuse")
@_ids
@_source
def refuse(item_ids: tuple[str, ...], source: str | None) -> None:
    """Refuse what waits; it is not collected again."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.items.review import refuse as refuse_items

    desk = open_desk()
    note("cli.review.refused", count=refuse_items(desk, _chosen(desk, item_ids, source), ACTOR))


@make("review.apart")
@click.argument("item_id", metavar="ID")
@click.argument("other_id", metavar="OTHER")
def apart(item_id: str, other_id: str) -> None:
    """Say that two items are two stories."""
    from cli.opening import ACTOR, desk
    from desk.stories.merging import keep_apart

    keep_apart(desk(), item_id, other_id, ACTOR)
    note("cli.story.apart")


def _chosen(desk: Desk, item_ids: tuple[str, ...], source: str | None) -> tuple[str, ...]:
    """The items named, or else all that wait from a source."""
    from desk.items.review import waiting

    if bool(item_ids) == bool(source):
        raise Misuse("cli.review.which")
    return item_ids or tuple(item.id for item in waiting(desk, _MOST, 0, source))


def _row(item: Item, like: tuple[Item, ...]) -> tuple[object, ...]:
    source = item.origin.source_name if item.origin else None
    return item.id, item.published and item.published.date(), source, item.title, [other.id for other in like]


for each in (list_, accept, edit, refuse, apart, floods, flood):
    command.add_command(each)
