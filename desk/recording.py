"""Storing a change of an item as one thing: the item, its history, and what is to be told outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desk.context import Actor, name_of
from desk.item_history import difference, first_line
from news.items import Change, Item, Status
from news.moments import apart, asked, is_told
from news.webhooks import Webhook, event_of
from storage.contract import Transaction
from storage.records import Written

# What waits in the outbox for a copy of a picture to be made, and for webhooks to be told.
PICTURE, WEBHOOKS = "picture", "webhook"
# Among what staff changed on an item: what it was joined to.
JOINED = "story"


def record(tx: Transaction, before: Item | None, after: Item, *, actor: Actor, action: str, now: datetime) -> Item:
    """Store ``after`` in ``tx``, with a line of history; a change the public can see goes to the outbox too. The
    item as it is stored: what readers are told of has a second of its own as ``updated``."""
    after = _apart(tx, [after])[0] if is_told(before, after) else after
    showed = tx.named_feeds_showing(after.id)
    tx.put_item(after, now)
    tx.add_change(Change("item", after.id, now, name_of(actor), action, after.version, difference(before, after)))
    announce(tx, before, after, now, showed)
    if _shows_a_new_picture(before, after):
        assert after.image is not None
        tx.enqueue_once(PICTURE, {"item": after.id, "url": after.image.url}, now)
    if after.visible and not (before and before.visible):
        join_what_waited(tx, after, actor, now)
    return after


def become_copy(tx: Transaction, copy: Item, into: Item, *, actor: Actor, now: datetime) -> None:
    """``copy``, and what was a copy of it, are told by ``into`` from now on; a line in the history of both."""
    for each in (copy, *tx.copies([copy.id]).get(copy.id, ())):
        joined = replace(
            each, merged_into=into.id, story_id=into.story_id, overridden=each.overridden | {JOINED},
            version=each.version + 1,
        )  # fmt: skip
        tx.drop_joins(each.id)
        record(tx, each, joined, actor=actor, action="merged", now=now)
    tx.add_change(Change("item", into.id, now, name_of(actor), f"tells: {copy.title}"))


def join_what_waited(tx: Transaction, item: Item, actor: Actor, now: datetime) -> None:
    """What was to be one story with ``item`` once it is public becomes a copy of it; what cannot any more is left."""
    waited = tx.joins([item.id]).get(item.id, ())
    if not waited:
        return
    tx.drop_joins(item.id)
    for other_id in waited:
        other = tx.item(other_id)
        other = tx.item(other.merged_into) if other and other.merged_into else other
        if other and other.id != item.id and can_be_copy(other, item):
            become_copy(tx, other, item, actor=actor, now=now)


def can_be_copy(copy: Item, into: Item) -> bool:
    """Whether ``copy`` can be told by ``into``: it is told itself, and in the same language."""
    told = copy.status not in (Status.DRAFT, Status.WITHDRAWN)
    return told and copy.language == into.language and copy.merged_into is None and copy.id != into.id


def record_new(
    tx: Transaction,
    items: Sequence[Item],
    *,
    actor_of: Callable[[Item], Actor],
    action: str,
    now: datetime,
    texts: Mapping[str, str] | None = None,
) -> None:
    """As ``record`` for each of ``items``, none of which is stored yet; what feeds show of them is told once for all
    that stand in the same ones. ``texts``: the plain text of bodies, by the body, where it is known."""
    items = _all_apart(tx, items)
    tx.put_new_items(items, now, texts or {})
    tx.add_changes(
        Written("item", item.id, item.version, now, name_of(actor_of(item)), action, first_line(item)) for item in items
    )
    shown = [item for item in items if item.visible]
    hooks = [hook for hook in tx.webhooks() if hook.told] if shown else []
    told = _said_of_all(shown, tx.named_feeds_showing_each([item.id for item in shown]))
    for item in items:
        if hooks and item.visible:
            told += _for_webhooks(hooks, None, item, now)
        if item.image and _shows_a_new_picture(None, item):
            told.append((PICTURE, {"item": item.id, "url": item.image.url}))
    tx.enqueue_all(told, now)


def _apart(tx: Transaction, items: Sequence[Item]) -> list[Item]:
    return apart(items, tx.moments_taken(asked(items)))


def _all_apart(tx: Transaction, items: Sequence[Item]) -> list[Item]:
    told = iter(_apart(tx, [item for item in items if item.visible]))
    return [next(told) if item.visible else item for item in items]


def announce(
    tx: Transaction, before: Item | None, after: Item, now: datetime, showed: frozenset[str] = frozenset()
) -> None:
    """What the public can see of the change is to be told outside. ``showed``: the named feeds that showed it."""
    if after.visible or (before and before.visible):
        topic, payload = _said(before, after, showed | tx.named_feeds_showing(after.id))
        tx.enqueue_all([(topic, payload), *_for_webhooks(tx.webhooks(), before, after, now)], now)


def _said(before: Item | None, after: Item, feeds: frozenset[str]) -> tuple[str, dict[str, object]]:
    topic = "item.shown" if after.visible else "item.hidden"
    public = [item for item in (before, after) if item and item.visible]
    touched = sorted(frozenset[str]().union(*(item.categories for item in public)))
    languages = sorted({item.language for item in public})
    told: dict[str, object] = {"item": after.id, "categories": touched, "languages": languages}
    return topic, told | ({"feeds": sorted(feeds)} if feeds else {})


def _said_of_all(shown: Sequence[Item], feeds: Mapping[str, frozenset[str]]) -> list[tuple[str, Mapping[str, object]]]:
    """What ``_said`` says of ``shown`` new items, which stand in these ``feeds``, without naming them."""
    places = {(item.categories, item.language, feeds.get(item.id, frozenset())): item for item in shown}
    said = [_said(None, item, named) for (_, _, named), item in places.items()]
    return [(topic, {name: what for name, what in told.items() if name != "item"}) for topic, told in said]


def _for_webhooks(
    hooks: Sequence[Webhook], before: Item | None, after: Item, now: datetime
) -> list[tuple[str, dict[str, object]]]:
    event = event_of(before, after)
    if not event or not any(hook.told and event in hook.events for hook in hooks):
        return []
    title = after.title if after.visible or before is None else before.title
    return [(WEBHOOKS, {"event": event.value, "item": after.id, "title": title, "at": now.isoformat()})]


def _shows_a_new_picture(before: Item | None, after: Item) -> bool:
    if after.image is None or not after.image.wanted or after.status is Status.WITHDRAWN or after.merged_into:
        return False
    had = before.image if before and before.status is not Status.WITHDRAWN and not before.merged_into else None
    return had is None or had.url != after.image.url
