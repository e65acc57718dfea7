"""The review list: what waits for a person, accepted, filed or refused one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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
from storage.records import ItemQuery, Place

_Decision = Callable[[Transaction, Item, datetime], Item]


def waiting(
    desk: Desk,
    limit: int = 50,
    offset: int = 0,
    source: str | None = None,
    after: Place | None = None,
) -> tuple[Item, ...]:
    """Items that wait for a person, newest first; ``source``: of that one alone (its id); ``after``: what follows that
    item. A copy of what is in public already waits for nobody, and a flood is one decision (``desk.sources.floods``).
    Raises NotFound for an unknown source."""
    with desk.storage.read() as reader:
        if source and not (is_id(source) and reader.source(source)):
            raise NotFound("source.unknown", id=source[:80])
        query = ItemQuery(
            frozenset({Status.REVIEW}), source_id=source, copies=False, flooded=False, after=after, limit=limit,
            offset=offset,
        )  # fmt: skip
        return reader.items(query)


def accept(desk: Desk, ids: Sequence[str], actor: Actor, categories: tuple[str, ...] | None = None) -> int:
    """Publish what waits, under ``categories`` (slugs) when given; how many. Raises NotFound, NotAllowed.

    Accepted items keep their own dates. One that has the link of what is in public already becomes a copy of that;
    what it was said to resemble is another story from now on.
    """
    with _turn(desk, actor) as (tx, now):
        return accept_in(desk, tx, _chosen(tx, ids), actor, now, categories)


def categorise(desk: Desk, ids: Sequence[str], actor: Actor, categories: tuple[str, ...]) -> int:
    """Give what waits these categories (slugs) and no others; it goes on waiting. How many were other before. Raises
    NotFound, NotAllowed."""
    with _turn(desk, actor) as (tx, now):
        given = _ids(tx, categories)
        others = [item for item in _chosen(tx, ids) if item.categories != given]
        return _decide(tx, others, actor, "edited", now, lambda _, item, __: _filed(item, given))


def refuse(desk: Desk, ids: Sequence[str], actor: Actor) -> int:
    """Withdraw what waits, so that it is not collected again; how many. Raises NotFound, NotAllowed."""
    with _turn(desk, actor) as (tx, now):
        return refuse_in(tx, _chosen(tx, ids), actor, now)


def accept_in(
    desk: Desk,
    tx: Transaction,
    items: Iterable[Item],
    actor: Actor,
    now: datetime,
    categories: tuple[str, ...] | None = None,
) -> int:
    """``accept`` within a transaction."""
    given = _ids(tx, categories) if categories is not None else None

    def accepted(tx: Transaction, item: Item, now: datetime) -> Item:
        after = _filed(item, item.categories if given is None else given)
        after = placed(after, Status.PUBLISHED, None, now, desk.settings.timezone)
        for other in tx.likenesses([item.id]).get(item.id, ()):
            tx.put_likeness(item.id, other, apart=True)
        return touched(item, _merged(tx, after), now)

    return _decide(tx, items, actor, "accepted", now, accepted)


def refuse_in(tx: Transaction, items: Iterable[Item], actor: Actor, now: datetime) -> int:
    """``refuse`` within a transaction."""
    return _decide(tx, items, actor, "refused", now, lambda _, item, now: withdrawn(item, now))


def _merged(tx: Transaction, item: Item) -> Item:
    if not item.link or not item.origin:
        return item
    told = tx.visible_by_canonical([canonical(item.link)]).get(canonical(item.link))
    if told is None or told.id == item.id or (told.origin and told.origin.source_id == item.origin.source_id):
        return item
    if told.id in tx.apart(item.id):
        return item
    return replace(item, merged_into=told.id, story_id=told.story_id)


def _filed(item: Item, categories: frozenset[str]) -> Item:
    """``item`` under ``categories``; what a person chose for a collected one, its source no longer decides."""
    if categories == item.categories:
        return item
    return replace(item, categories=categories, overridden=item.overridden | ({"categories"} if item.origin else set()))


def _ids(tx: Transaction, slugs: Iterable[str]) -> frozenset[str]:
    return frozenset(category_of(tx, slug).id for slug in slugs)


@contextmanager
def _turn(desk: Desk, actor: Actor) -> Iterator[tuple[Transaction, datetime]]:
    if isinstance(actor, User):
        require(actor, Action.REVIEW)
    now = desk.now()
    with desk.storage.transaction() as tx:
        yield tx, now


def _chosen(tx: Transaction, ids: Sequence[str]) -> list[Item]:
    found = []
    for item_id in dict.fromkeys(ids):
        item = tx.item(item_id) if is_id(item_id) else None
        if item is None:
            raise NotFound("item.unknown", id=item_id[:80])
        found.append(item)
    return found


def _decide(
    tx: Transaction, items: Iterable[Item], actor: Actor, action: str, now: datetime, decision: _Decision
) -> int:
    """Decide on those that wait; how many."""
    decided = 0
    for item in items:
        if item.status is Status.REVIEW:
            after = replace(decision(tx, item, now), version=item.version + 1)
            record(tx, item, after, actor=actor, action=action, now=now)
            decided += 1
    return decided
