"""``depeche category``: the newsroom's categories, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.newsroom.category_ending import merge, retire
from cli.output import note, show_json, show_table
from cli.values import Misuse

if TYPE_CHECKING:
    from news.categories import Category

command = group("category")


@make("category.list")
@option("--retired", is_flag=True)
@json_option
def list_(retired: bool, as_json: bool) -> None:
    """List the categories, in their order; with ``--retired`` also those that have ended, last."""
    from cli.opening import desk
    from desk.categories.registry import list_categories
    from desk.categories.views import category_json

    categories = list_categories(desk(), retired=retired)
    if as_json:
        show_json([category_json(category) for category in categories])
    else:
        columns = ("rank", "slug", "name_fr", "name_en", *(("retired",) if retired else ()))
        rows = (
            (one.rank, one.slug, one.name_fr, one.name_en, f"{one.retired:%Y-%m-%d}" if one.retired else "")
            for one in categories
        )
        show_table(columns, (row[: len(columns)] for row in rows))


@make("category.add")
@click.argument("name_fr", metavar="NAME_FR")
@option("--name-en")
@option("--slug")
@option("--alias", "aliases", multiple=True, key="alias")
@json_option
def add(name_fr: str, name_en: str | None, slug: str | None, aliases: tuple[str, ...], as_json: bool) -> None:
    """Add a category at the end."""
    from cli.opening import ACTOR, desk
    from desk.categories.registry import add_category

    _show(add_category(desk(), name_fr, name_en=name_en, slug=slug, aliases=aliases, actor=ACTOR), as_json)


@make("category.rename")
@click.argument("slug", metavar="SLUG")
@option("--name-fr")
@option("--name-en")
@option("--slug", "new_slug", key="new_slug")
@option("--alias", "aliases", multiple=True, key="alias")
@json_option
def rename(slug: str, as_json: bool, **given: Any) -> None:
    """Change a category’s names or address; the old address leads to the new one."""
    from cli.opening import ACTOR, desk
    from desk.categories.registry import rename_category

    changes = {name: value for name, value in given.items() if value not in (None, ())}
    if not changes:
        raise Misuse("cli.category.nothing_to_rename")
    _show(rename_category(desk(), slug, actor=ACTOR, **changes), as_json)


@make("category.order")
@click.argument("slugs", metavar="SLUG...", nargs=-1, required=True)
def order(slugs: tuple[str, ...]) -> None:
    """Put these categories first, in this order."""
    from cli.opening import ACTOR, desk
    from desk.categories.registry import order_categories

    order_categories(desk(), slugs, ACTOR)
    note("cli.category.ordered", slugs=", ".join(slugs))


def _show(category: Category, as_json: bool) -> None:
    from desk.categories.views import category_json

    if as_json:
        show_json(category_json(category))
    else:
        note("cli.category.saved", name=category.name_fr, slug=category.slug, rank=category.rank)


for each in (list_, add, rename, order, merge, retire):
    command.add_command(each)
