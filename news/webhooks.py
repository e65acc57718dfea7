"""Webhooks: programs elsewhere that are told when an item is published, changed or retracted, and when a category or a
named feed is renamed, changed or ends.

What goes over the wire follows *Standard Webhooks* (github.com/standard-webhooks/standard-webhooks, spec v1): a body in
JSON ``{type, timestamp, data}``, and the headers ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from news.errors import InvalidInput
from news.items import Item
from news.links import checked_url

SECRET_BEGINS = "whsec_"  # noqa: S105  (how every secret begins, as the specification asks)
STOP_AFTER = timedelta(days=5)
MOST = 50


class Event(StrEnum):
    """What a webhook can be told of."""

    PUBLISHED = "item.published"
    CHANGED = "item.changed"
    RETRACTED = "item.retracted"
    CATEGORY_RENAMED = "category.renamed"
    CATEGORY_MERGED = "category.merged"
    CATEGORY_RETIRED = "category.retired"
    FEED_RENAMED = "feed.renamed"
    FEED_CHANGED = "feed.changed"
    FEED_RETIRED = "feed.retired"


TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Whom to tell. ``secret``: ``whsec_`` and base64; ``active``: as its admins wish; ``failing``: since when nothing
    has arrived, or None; ``stopped``: when we gave up by ourselves, or None."""

    id: str
    url: str
    events: frozenset[Event]
    secret: str
    created: datetime
    active: bool = True
    failing: datetime | None = None
    stopped: datetime | None = None

    @property
    def told(self) -> bool:
        """Whether it is told of anything now."""
        return self.active and self.stopped is None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing to tell one webhook. ``event``: an Event, or ``webhook.test``. ``body``: the JSON, the same at every
    try. ``due``: when to try next, or None once it arrived or was given up. ``status``: of the last answer, if any."""

    id: str
    webhook_id: str
    event: str
    body: str
    created: datetime
    due: datetime | None
    attempts: int = 0
    tried: datetime | None = None
    delivered: datetime | None = None
    status: int | None = None
    error_key: str | None = None
    error_args: dict[str, object] = field(default_factory=dict)


def event_of(before: Item | None, after: Item) -> Event | None:
    """What the change of an item is to readers; None for what they cannot see."""
    was = before is not None and before.visible
    if after.visible:
        return Event.CHANGED if was else Event.PUBLISHED
    return Event.RETRACTED if was else None


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The ``webhook-signature`` of a body (Standard Webhooks v1, *Symmetric*): ``v1,`` and the base64 of HMAC-SHA256
    over ``id.timestamp.body``. ``timestamp``: seconds since 1970 (UTC), when it is sent."""
    key = base64.b64decode(secret.removeprefix(SECRET_BEGINS))
    signed = f"{message_id}.{timestamp}.".encode("ascii") + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")


def secret_from(randomness: bytes) -> str:
    """A secret made of 24 to 64 random bytes, as the specification writes it."""
    return SECRET_BEGINS + base64.b64encode(randomness).decode("ascii")


def checked_target(text: str) -> str:
    """``text`` as the address of a webhook. Raises InvalidInput."""
    try:
        return checked_url(text)
    except InvalidInput as error:
        raise InvalidInput("webhook.url", given=text[:100]) from error


def checked_events(names: tuple[str, ...]) -> frozenset[Event]:
    """``names`` as events; at least one. Raises InvalidInput."""
    if not names or not set(names) <= set(Event):
        raise InvalidInput("webhook.events", choices=", ".join(Event))
    return frozenset(map(Event, names))
