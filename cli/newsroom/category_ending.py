"""``depeche category retire`` and ``merge``: the end of a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import json_option, option
from cli.output import note, show_json

if TYPE_CHECKING:
    from desk.categories.ending import Ending


@make("category.retire")
@click.argument("slug", metavar="SLUG")
@option("--successor")
@option("--dry-run", is_flag=True)
@json_option
def retire(slug: str, successor: str | None, dry_run: bool, as_json: bool) -> None:
    """End a category; its feeds say so, then its addresses answer 410."""
    from cli.opening import ACTOR, desk
    from desk.categories.ending import retire_category

    ending = retire_category(desk(), slug, successor=successor, actor=ACTOR, dry_run=dry_run)
    _show(ending, as_json)
    if ending.done and not as_json and ending.category.closes:
        closes = f"{ending.category.closes:%Y-%m-%d %H:%M} UTC"
        note("cli.category.retired", name=ending.category.name_fr, closes=closes)


@make("category.merge")
@click.argument("slug", metavar="SLUG")
@click.argument("into", metavar="INTO")
@option("--dry-run", is_flag=True)
@json_option
def merge(slug: str, into: str, dry_run: bool, as_json: bool) -> None:
    """Make a category part of another."""
    from cli.opening import ACTOR, desk
    from desk.categories.ending import merge_category

    ending = merge_category(desk(), slug, into, actor=ACTOR, dry_run=dry_run)
    _show(ending, as_json)
    if ending.done and not as_json and ending.heir:
        note("cli.category.merged", name=ending.category.name_fr, into=ending.heir.name_fr)


def _show(ending: Ending, as_json: bool) -> None:
    from desk.categories.ending_views import ending_json

    if as_json:
        show_json(ending_json(ending))
        return
    effect = ending.effect
    note("cli.category.ending.effect", items=effect.items, feeds=effect.feeds, sources=effect.sources)
    if not ending.done:
        note("cli.category.ending.nothing_done")
