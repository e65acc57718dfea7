"""Finding items of any status, as staff and programs ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.context import Desk
from desk.selecting import category_of
from news.days import day_begins
from news.errors import InvalidInput, NotFound
from news.ids import is_id
from news.items import Item, Status
from storage.records import ItemQuery, Order, Place


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items to list; None means any. ``category``: a slug. ``source``, ``owner``: ids. ``since``: published at
    or after; ``until``: not after that day, or before that moment. ``own``: written here, not collected.
    ``untranslated``: told in one language alone. ``after``, ``before``: going on from a place in the ``order``.
    Days are those of the newsroom's zone, moments are aware."""

    status: str | None = None
    category: str | None = None
    source: str | None = None
    since: date | datetime | None = None
    language: str | None = None
    text: str | None = None
    owner: str | None = None
    limit: int = 50
    offset: int = 0
    until: date | datetime | None = None
    own: bool | None = None
    untranslated: bool = False
    order: Order = Order.NEWEST
    after: Place | None = None
    before: Place | None = None


def list_items(desk: Desk, wanted: ItemFilter = ItemFilter()) -> tuple[Item, ...]:
    """Items of any status, ties by the later id. Raises InvalidInput, NotFound for a wrong filter."""
    with desk.storage.read() as reader:
        if wanted.source and not (is_id(wanted.source) and reader.source(wanted.source)):
            raise NotFound("source.unknown", id=wanted.source[:80])
        return reader.items(
            ItemQuery(
                statuses=frozenset({_status(wanted.status)}) if wanted.status else None,
                category_id=category_of(reader, wanted.category).id if wanted.category else None,
                source_id=wanted.source,
                language=wanted.language,
                owner_id=wanted.owner,
                since=_moment(desk, wanted.since),
                until=_end(desk, wanted.until),
                text=wanted.text,
                own=wanted.own,
                untranslated=wanted.untranslated,
                order=wanted.order,
                after=wanted.after,
                before=wanted.before,
                copies=wanted.source is not None,
                limit=wanted.limit,
                offset=wanted.offset,
            )
        )


def _status(text: str) -> Status:
    if text not in list(Status):
        raise InvalidInput("item.status.unknown", status=text[:20])
    return Status(text)


def _moment(desk: Desk, since: date | datetime | None) -> datetime | None:
    if since is None or isinstance(since, datetime):
        return since
    return day_begins(since, desk.settings.timezone)


def _end(desk: Desk, until: date | datetime | None) -> datetime | None:
    if until is None or isinstance(until, datetime):
        return until
    return day_begins(until + timedelta(days=1), desk.settings.timezone)
