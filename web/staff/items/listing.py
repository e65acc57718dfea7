"""The list of items: all of them for editors, one's own for authors; filtered by the address."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from desk.categories.registry import list_categories
from desk.items.listing import list_items
from desk.sources.registry import list_sources
from news.items import Item, Status
from news.selections import LANGUAGES
from news.users import Action
from storage.contract import Reader
from storage.records import Order
from web.context import current_desk
from web.staff.access import me, needs, staff
from web.staff.items.keyset_paging import keyset_page, start
from web.staff.items.query import MINE, OWN, TRANSLATION, filters, item_filter
from web.staff.person_names import person_name
from web.staff.undoing import just_done

PER_PAGE = 40
# What stands behind « plus de filtres », which is open where one of them is used.
_BEHIND = ("author", "from", "to", "missing", "sort")


@staff.get("/")
@needs(Action.WRITE)
def items() -> str:
    """Everything this person may edit, newest first unless asked otherwise."""
    desk, where, given = current_desk(), start(), filters()
    page = keyset_page(list_items(desk, item_filter(given, where, me(), PER_PAGE + 1)), where, PER_PAGE)
    everybody = me().may(Action.EDIT_ANY)
    with desk.storage.read() as reader:
        counts = reader.item_counts() if everybody else {}
        people = [(each.id, person_name(each)) for each in reader.users() if each.id != me().id] if everybody else []
        lacking = _lacking(reader, page.entries)
    narrowed = any(value for name, value in given.items() if name != "sort")
    return render_template(
        "staff/items.html",
        page=page,
        asked=given,
        filtered=narrowed,
        behind=any(given[name] for name in _BEHIND),
        said={name: value for name, value in given.items() if value},
        started=narrowed or where.after or where.before or page.entries,
        statuses=tuple(Status),
        orders=tuple(Order),
        counts=counts,
        categories=list_categories(desk),
        sources=list_sources(desk) if me().may(Action.SOURCES) else (),
        people=people,
        everybody=everybody,
        lacking=lacking,
        just_done=just_done(),
        own=OWN,
        mine=MINE,
        untranslated=TRANSLATION,
    )


def _lacking(reader: Reader, entries: Sequence[Item]) -> dict[str, str]:
    """For our own items of which no other language tells the story: the language that is missing, by the item's id."""
    ours = [item for item in entries if not item.origin and item.status is not Status.WITHDRAWN]
    told = reader.told_in({item.story_id for item in ours}) if ours else {}
    found = {}
    for item in ours:
        missing = [code for code in LANGUAGES if code not in told.get(item.story_id, frozenset()) | {item.language}]
        if missing:
            found[item.id] = missing[0]
    return found
