"""Storing a change of an item as one thing: the item, its history, and what is to be told outside."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime

from desk.context import Actor, name_of
from news.items import Change, Item
from news.webhooks import event_of
from storage.contract import Transaction

_NOT_HISTORY = {"version", "origin"}
# What waits in the outbox for webhooks to be told of it.
WEBHOOKS = "webhook"


def record(tx: Transaction, before: Item | None, after: Item, *, actor: Actor, action: str, now: datetime) -> None:
    """Store ``after`` in ``tx``, with a line of history; a change the public can see goes to the outbox too."""
    tx.put_item(after, now)
    tx.add_change(Change("item", after.id, now, name_of(actor), action, after.version, difference(before, after)))
    if after.visible or (before and before.visible):
        topic = "item.shown" if after.visible else "item.hidden"
        public = [item for item in (before, after) if item and item.visible]
        touched = sorted(frozenset[str]().union(*(item.categories for item in public)))
        languages = sorted({item.language for item in public})
        tx.enqueue(topic, {"item": after.id, "categories": touched, "languages": languages}, now)
        _tell_webhooks(tx, before, after, now)


def _tell_webhooks(tx: Transaction, before: Item | None, after: Item, now: datetime) -> None:
    event = event_of(before, after)
    if event and any(hook.told and event in hook.events for hook in tx.webhooks()):
        title = after.title if after.visible or before is None else before.title
        tx.enqueue(WEBHOOKS, {"event": event.value, "item": after.id, "title": title, "at": now.isoformat()}, now)


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
