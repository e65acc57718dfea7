"""``depeche item list``."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from cli.commands import command as make
from cli.commands import json_option, option
from cli.output import show_json, show_table
from cli.values import OneOf, Whole
from news.days import parse_when
from news.items import Status
from news.selections import LANGUAGES

if TYPE_CHECKING:
    from desk.context import Desk

EVERYTHING = 2**31


@make("item.list")
@option("--category", metavar="SLUG", key="only_category")
@option("--status", type=OneOf([status.value for status in Status]), key="only_status")
@option("--source", metavar="ID", key="only_source")
@option("--since", metavar="DATE")
@option("--lang", "language", type=OneOf(LANGUAGES), key="only_lang")
@option("--limit", type=Whole(1, EVERYTHING), default=EVERYTHING, show_default=False)
@json_option
def command(
    category: str | None,
    status: str | None,
    source: str | None,
    since: str | None,
    language: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the items, newest first."""
    from cli.opening import desk as open_desk
    from desk.items.listing import ItemFilter, list_items
    from desk.items.views import item_json

    desk = open_desk()
    day_or_moment = _since(desk, since) if since else None
    items = list_items(desk, ItemFilter(status, category, source, day_or_moment, language=language, limit=limit))
    with desk.storage.read() as reader:
        told = [item_json(desk, reader, item) for item in items]
    if as_json:
        show_json(told)
    else:
        rows = ((one["id"], _day(one), one["status"], one["title"]) for one in told)
        show_table(("id", "date", "status", "title"), rows)


def _since(desk: Desk, text: str) -> date | datetime | None:
    when = parse_when(text, desk.settings.timezone)
    return when.day or when.moment


def _day(told: dict[str, object]) -> str:
    return str(told["published"] or "")[:10]
