"""Storing a change of an item as one thing: the item, its history, and what is to be told outside."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime

from desk.context import Actor, name_of
from news.items import Change, Item
from storage.contract import Transaction

_NOT_HISTORY = {"version", "origin"}


def record(tx: Transaction, before: Item | None, after: Item, *, actor: Actor, action: str, now: datetime) -> None:
    """Store ``after`` in ``tx``, with a line of history; a change the public can see goes to the outbox too."""
    feeds = tx.named_feeds_showing(after.id)
    tx.put_item(after, now)
    feeds |= tx.named_feeds_showing(after.id)
    tx.add_change(Change("item", after.id, now, name_of(actor), action, after.version, difference(before, after)))
    if after.visible or (before and before.visible):
        topic = "item.shown" if after.visible else "item.hidden"
        public = [item for item in (before, after) if item and item.visible]
        touched = sorted(frozenset[str]().union(*(item.categories for item in public)))
        languages = sorted({item.language for item in public})
        told: dict[str, object] = {"item": after.id, "categories": touched, "languages": languages}
        tx.enqueue(topic, told | ({"feeds": sorted(feeds)} if feeds else {}), now)


def difference(before: Item | None, after: Item) -> dict[str, object]:
    """The fields in which ``after`` differs, each with what it was and what it became, as JSON values."""
    new, old = _plain(after), _plain(before) if before else {}
    changed = sorted(name for name in new if new[name] != old.get(name) and name not in _NOT_HISTORY)
    return {name: {"from": old.get(name), "to": new[name]} for name in changed}


def _plain(item: Item) -> dict[str, object]:
    plain: dict[str, object] = json.loads(json.dumps(asdict(item), default=_value))
    return plain


def _value(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(type(value).__name__)
