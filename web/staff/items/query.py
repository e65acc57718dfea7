"""What the address of the list asks for: every view of it is an address that can be kept and sent."""

from __future__ import annotations

from datetime import date

from flask import request

from desk.items.listing import ItemFilter
from news.errors import InvalidInput
from news.ids import is_id
from news.items import Status
from news.selections import LANGUAGES
from news.users import Action, User
from storage.records import Order
from web.staff.items.keyset_paging import Start

FILTERS = ("q", "status", "category", "language", "source", "author", "from", "to", "missing", "sort")
OWN, MINE, TRANSLATION = "own", "me", "translation"
_LONGEST_SEARCH = 200


def filters() -> dict[str, str]:
    """The filters of this address by name; "" for those it does not name."""
    return {name: request.args.get(name, "").strip() for name in FILTERS}


def item_filter(given: dict[str, str], where: Start, me: User, limit: int) -> ItemFilter:
    """``given`` as a filter: authors see their own items alone. Raises InvalidInput."""
    _one_of(given["status"], tuple(Status), "staff.filter.status")
    _one_of(given["language"], LANGUAGES, "staff.filter.language")
    _one_of(given["missing"], (TRANSLATION,), "lists.filter.missing")
    _one_of(given["sort"], tuple(Order), "lists.filter.sort")
    since, until = _day(given["from"]), _day(given["to"])
    if since and until and since > until:
        raise InvalidInput("lists.filter.dates", since=since.isoformat(), until=until.isoformat())
    return ItemFilter(
        status=given["status"] or None,
        category=given["category"] or None,
        source=given["source"] if given["source"] not in ("", OWN) else None,
        own=True if given["source"] == OWN or given["missing"] else None,
        language=given["language"] or None,
        text=given["q"][:_LONGEST_SEARCH] or None,
        owner=_owner(given["author"], me),
        since=since,
        until=until,
        untranslated=given["missing"] == TRANSLATION,
        order=Order(given["sort"]) if given["sort"] else Order.NEWEST,
        after=where.after,
        before=where.before,
        limit=limit,
    )


def _owner(author: str, me: User) -> str | None:
    if author == MINE or not me.may(Action.EDIT_ANY):
        return me.id
    if author and not is_id(author):
        raise InvalidInput("lists.filter.author")
    return author or None


def _one_of(given: str, known: tuple[str, ...], key: str) -> None:
    if given and given not in known:
        raise InvalidInput(key, given=given[:40])


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-10-04") else None
    except ValueError:
        found = None
    if text and (found is None or not 1900 <= found.year <= 2199):
        raise InvalidInput("lists.filter.day", given=text[:40])
    return found
