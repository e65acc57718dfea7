"""The review list: what waits for a person, accepted or refused one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from desk.context import Actor, Desk
from desk.recording import record
from desk.selecting import category_of
from news.errors import NotFound
from news.ids import is_id
from news.items import Item, Status
from news.lifecycle import placed, touched, withdrawn
from news.links import canonical
from news.users import Action, User, require
from storage.contract import Transaction
from storage.records import ItemQuery


def waiting(desk: Desk, limit: int = 50, offset: int = 0) -> tuple[Item, ...]:
    """Items that wait for a person, newest first; a copy of what is in public already waits for nobody."""
    with desk.storage.read() as reader:
        return reader.items(ItemQuery(frozenset({Status.REVIEW}), copies=False, limit=limit, offset=offset))


def accept(desk: Desk, ids: Sequence[str], actor: Actor, categories: tuple[str, ...] | None = None) -> int:
    """Publish what waits, under ``categories`` (slugs) when given; how many. Raises NotFound, NotAllowed.

    Accepted items keep their own dates. One that tells what is in public already becomes a copy of that.
    """

    def accepted(tx: Transaction, item: Item, now: datetime) -> Item:
        chosen = item.categories
        if categories is not None:
            chosen = frozenset(category_of(tx, slug).id for slug in categories)
        overridden = item.overridden | ({"categories"} if item.origin and chosen != item.categories else set())
        after = replace(item, categories=chosen, overridden=overridden)
        after = placed(after, Status.PUBLISHED, None, now, desk.settings.timezone)
        return touched(item, _merged(tx, after), now)

    return _decide(desk, ids, actor, "accepted", accepted)


def refuse(desk: Desk, ids: Sequence[str], actor: Actor) -> int:
    """Withdraw what waits, so that it is not collected again; how many. Raises NotFound, NotAllowed."""
    return _decide(desk, ids, actor, "refused", lambda _, item, now: withdrawn(item, now))


def _merged(tx: Transaction, item: Item) -> Item:
    if not item.link or not item.origin:
        return item
    told = tx.visible_by_canonical([canonical(item.link)]).get(canonical(item.link))
    if told is None or told.id == item.id or (told.origin and told.origin.source_id == item.origin.source_id):
        return item
    return replace(item, merged_into=told.id, story_id=told.story_id)


def _decide(
    desk: Desk, ids: Sequence[str], actor: Actor, action: str, decision: Callable[[Transaction, Item, datetime], Item]
) -> int:
    if isinstance(actor, User):
        require(actor, Action.REVIEW)
    now = desk.now()
    decided = 0
    with desk.storage.transaction() as tx:
        for item_id in dict.fromkeys(ids):
            item = tx.item(item_id) if is_id(item_id) else None
            if item is None:
                raise NotFound("item.unknown", id=item_id[:80])
            if item.status is Status.REVIEW:
                after = replace(decision(tx, item, now), version=item.version + 1)
                record(tx, item, after, actor=actor, action=action, now=now)
                decided += 1
    return decided
