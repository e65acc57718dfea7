"""``depeche source edit``: everything that ``source add`` takes, changed afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import json_option, option
from cli.sources.source import SELECTORS, show_source, with_selectors
from cli.values import Misuse, OneOf, Pair
from news.selections import LANGUAGES

if TYPE_CHECKING:
    from news.sources import Selectors


@make("source.edit")
@click.argument("source_id", metavar="ID")
@option("--url", metavar="URL", key="source_url")
@option("--kind", type=OneOf(("auto", "feed", "page", "wordpress")))
@option("--name", key="source_name")
@option("--category", "categories", metavar="SLUG", multiple=True, key="source_category")
@option("--no-categories", is_flag=True, key="source_no_categories")
@option("--map", type=Pair(), multiple=True, key="map")
@option("--no-map", is_flag=True, key="source_no_map")
@option("--trust", type=OneOf(("publish", "review")))
@option("--lang", "language", type=OneOf((*LANGUAGES, "auto")), key="source_lang")
@with_selectors
@json_option
def command(source_id: str, as_json: bool, no_categories: bool, no_map: bool, **given: Any) -> None:
    """Change the given settings of a source."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.editing import SourceEdit, edit_source
    from desk.sources.registry import get_source

    chosen = {name: given.pop(f"select_{name}") for name in SELECTORS}
    changes = {name: value for name, value in given.items() if value not in (None, ())}
    changes |= ({"categories": ()} if no_categories else {}) | ({"map": ()} if no_map else {})
    if changes.get("language") == "auto":
        changes["language"] = ""
    desk = open_desk()
    if any(value is not None for value in chosen.values()):
        changes["selectors"] = _selectors(get_source(desk, source_id).selectors, chosen)
    if not changes:
        raise Misuse("cli.source.nothing_to_edit")
    show_source(desk, edit_source(desk, source_id, SourceEdit(**changes), ACTOR), as_json)


def _selectors(before: Selectors, chosen: dict[str, str | None]) -> Selectors:
    """Those given instead of those there; an empty one leaves the place to good guesses again."""
    from dataclasses import replace

    return replace(before, **{name: value.strip() or None for name, value in chosen.items() if value is not None})
