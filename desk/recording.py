"""Storing a change of an item as one thing: the item, its history, and what is to be told outside."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from desk.context import Actor, name_of
from news.items import Change, Item, Status
from news.webhooks import event_of
from storage.contract import Transaction

_NOT_HISTORY = {"version", "origin"}
# What waits in the outbox for a copy of a picture to be made, and for webhooks to be told.
PICTURE, WEBHOOKS = "picture", "webhook"


def record(tx: Transaction, before: Item | None, after: Item, *, actor: Actor, action: str, now: datetime) -> None:
    """Store ``after`` in ``tx``, with a line of history; a change the public can see goes to the outbox too."""
    showed = tx.named_feeds_showing(after.id)
    tx.put_item(after, now)
    tx.add_change(Change("item", after.id, now, name_of(actor), action, after.version, difference(before, after)))
    announce(tx, before, after, now, showed)
    if _shows_a_new_picture(before, after):
        assert after.image is not None
        tx.enqueue_once(PICTURE, {"item": after.id, "url": after.image.url}, now)


def announce(
    tx: Transaction, before: Item | None, after: Item, now: datetime, showed: frozenset[str] = frozenset()
) -> None:
    """What the public can see of the change is to be told outside. ``showed``: the named feeds that showed it."""
    if after.visible or (before and before.visible):
        topic = "item.shown" if after.visible else "item.hidden"
        public = [item for item in (before, after) if item and item.visible]
        touched = sorted(frozenset[str]().union(*(item.categories for item in public)))
        languages = sorted({item.language for item in public})
        feeds = showed | tx.named_feeds_showing(after.id)
        told: dict[str, object] = {"item": after.id, "categories": touched, "languages": languages}
        tx.enqueue(topic, told | ({"feeds": sorted(feeds)} if feeds else {}), now)
        _tell_webhooks(tx, before, after, now)


def _tell_webhooks(tx: Transaction, before: Item | None, after: Item, now: datetime) -> None:
    event = event_of(before, after)
    if event and any(hook.told and event in hook.events for hook in tx.webhooks()):
        title = after.title if after.visible or before is None else before.title
        tx.enqueue(WEBHOOKS, {"event": event.value, "item": after.id, "title": title, "at": now.isoformat()}, now)


def _shows_a_new_picture(before: Item | None, after: Item) -> bool:
    if after.image is None or not after.image.wanted or after.status is Status.WITHDRAWN or after.merged_into:
        return False
    had = before.image if before and before.status is not Status.WITHDRAWN and not before.merged_into else None
    return had is None or had.url != after.image.url


def difference(before: Item | None, after: Item) -> dict[str, object]:
    """The fields in which ``after`` differs, each with what it was and what it became, as JSON values."""
    new, old = plain(after), plain(before) if before else {}
    changed = sorted(name for name in new if new[name] != old.get(name) and name not in _NOT_HISTORY)
    return {name: {"from": old.get(name), "to": new[name]} for name in changed}


def plain(item: Item) -> dict[str, object]:
    """The fields of ``item`` as the JSON values that history holds."""
    plain: dict[str, Any] = json.loads(json.dumps(_fields(item), default=_value))
    if plain["image"]:
        del plain["image"]["kept"]
    return plain


def _fields(thing: Any) -> dict[str, object]:
    """As ``dataclasses.asdict``, without its deep copies: thousands of items may arrive at once."""
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _value(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if is_dataclass(value):
        return _fields(value)
    raise TypeError(type(value).__name__)
