"""What happened to a category or a named feed, for webhooks: left in the outbox by the transaction in which it happens,
and only where one wants to know. It is told as it was then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk.categories.views import either_json
from desk.recording import WEBHOOKS
from news.categories import Category
from news.named_feeds import NamedFeed
from news.webhooks import Event
from storage.contract import Transaction


def tell_webhooks(tx: Transaction, event: Event, one: Category, now: datetime, **more: object) -> None:
    """``event`` happened to ``one``, a category or a named feed. ``more``: what else the message says (JSON)."""
    if any(hook.told and event in hook.events for hook in tx.webhooks()):
        kind = "feed" if isinstance(one, NamedFeed) else "category"
        data: Mapping[str, object] = {kind: either_json(one), **more}
        tx.enqueue(WEBHOOKS, {"event": event.value, "data": data, "at": now.isoformat()}, now)
