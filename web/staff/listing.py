"""The list of items: all of them for editors, one's own for authors; filtered by the address."""

from __future__ import annotations

from flask import render_template, request

from desk.categories import list_categories
from desk.items import ItemFilter, list_items
from desk.sources import list_sources
from news.errors import InvalidInput
from news.items import Status
from news.selections import LANGUAGES
from news.users import Action
from web.context import current_desk
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number

PER_PAGE = 40
_FILTERS = ("q", "status", "category", "language", "source")


@staff.get("/")
@needs(Action.WRITE)
def items() -> str:
    """Everything this person may edit, newest first."""
    desk, number = current_desk(), page_number()
    asked = {name: request.args.get(name, "").strip() for name in _FILTERS}
    found = list_items(desk, _filter(asked, number))
    with desk.storage.read() as reader:
        counts = reader.item_counts() if me().may(Action.EDIT_ANY) else {}
    return render_template(
        "staff/items.html",
        page=cut(found, number, PER_PAGE),
        asked=asked,
        filtered=any(asked.values()),
        statuses=tuple(Status),
        counts=counts,
        categories=list_categories(desk),
        sources=list_sources(desk) if me().may(Action.SOURCES) else (),
    )


def _filter(asked: dict[str, str], number: int) -> ItemFilter:
    if asked["status"] and asked["status"] not in tuple(Status):
        raise InvalidInput("staff.filter.status", given=asked["status"][:40])
    if asked["language"] and asked["language"] not in LANGUAGES:
        raise InvalidInput("staff.filter.language", given=asked["language"][:40])
    return ItemFilter(
        status=asked["status"] or None,
        category=asked["category"] or None,
        source=asked["source"] or None,
        language=asked["language"] or None,
        text=asked["q"][:200] or None,
        owner=None if me().may(Action.EDIT_ANY) else me().id,
        limit=PER_PAGE + 1,
        offset=(number - 1) * PER_PAGE,
    )
