"""``depeche feed``: selections with a name and an address of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_table
from cli.values import Misuse

if TYPE_CHECKING:
    from desk.categories.named_feeds import Shown

command = group("feed")


@make("feed.list")
@json_option
def list_(as_json: bool) -> None:
    """List the named feeds, in the order they were made."""
    from cli.opening import desk
    from desk.categories.named_feed_views import named_feed_json
    from desk.categories.named_feeds import list_named_feeds

    found = list_named_feeds(desk())
    if as_json:
        show_json([named_feed_json(each) for each in found])
    else:
        rows = ((one.feed.slug, one.selection, one.feed.name_fr, one.feed.name_en) for one in found)
        show_table(("slug", "selection", "name_fr", "name_en"), rows)


@make("feed.add")
@click.argument("name_fr", metavar="NAME_FR")
@click.argument("selection", metavar="SELECTION")
@option("--name-en")
@option("--slug")
@json_option
def add(name_fr: str, selection: str, name_en: str | None, slug: str | None, as_json: bool) -> None:
    """Give a selection a name and an address."""
    from cli.opening import ACTOR, desk
    from desk.categories.named_feeds import add_named_feed

    _show(add_named_feed(desk(), name_fr, selection, name_en=name_en, slug=slug, actor=ACTOR), as_json)


@make("feed.rename")
@click.argument("slug", metavar="SLUG")
@option("--name-fr")
@option("--name-en")
@option("--slug", "new_slug", key="new_slug")
@json_option
def rename(slug: str, as_json: bool, **given: Any) -> None:
    """Change its names or address; the old address leads to the new one."""
    from cli.opening import ACTOR, desk
    from desk.categories.named_feeds import rename_named_feed

    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise Misuse("cli.feed.nothing_to_rename")
    _show(rename_named_feed(desk(), slug, actor=ACTOR, **changes), as_json)


@make("feed.change")
@click.argument("slug", metavar="SLUG")
@click.argument("selection", metavar="SELECTION")
@option("--dry-run", is_flag=True)
@json_option
def change(slug: str, selection: str, dry_run: bool, as_json: bool) -> None:
    """Let it show another selection."""
    from cli.opening import ACTOR, desk
    from desk.categories.named_feed_views import changing_json
    from desk.categories.named_feeds import change_named_feed

    made = change_named_feed(desk(), slug, selection, actor=ACTOR, dry_run=dry_run)
    if as_json:
        show_json(changing_json(made))
        return
    said: dict[str, object] = {"name": made.feed.name_fr, "before": made.before, "after": made.after}
    note("cli.feed.changing", **said, coming=made.moving.coming, leaving=made.moving.leaving)
    if not made.done:
        note("cli.category.ending.nothing_done")


@make("feed.retire")
@click.argument("slug", metavar="SLUG")
@option("--successor", key="feed_successor")
@option("--dry-run", is_flag=True)
@json_option
def retire(slug: str, successor: str | None, dry_run: bool, as_json: bool) -> None:
    """End it; it says so, then its addresses answer 410."""
    from cli.opening import ACTOR, desk
    from desk.categories.ending_views import feed_ending_json
    from desk.categories.named_feeds_ending import retire_named_feed

    ending = retire_named_feed(desk(), slug, successor=successor, actor=ACTOR, dry_run=dry_run)
    if as_json:
        show_json(feed_ending_json(ending))
        return
    note("cli.feed.ending", items=ending.items)
    if not ending.done:
        note("cli.category.ending.nothing_done")
    elif ending.feed.closes:
        note("cli.feed.retired", name=ending.feed.name_fr, closes=f"{ending.feed.closes:%Y-%m-%d %H:%M} UTC")


def _show(shown: Shown, as_json: bool) -> None:
    from desk.categories.named_feed_views import named_feed_json

    if as_json:
        show_json(named_feed_json(shown))
    else:
        feed = shown.feed
        note("cli.feed.saved", name=feed.name_fr, slug=feed.slug, selection=shown.selection, items=shown.items)


for each in (list_, add, rename, change, retire):
    command.add_command(each)
