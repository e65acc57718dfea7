"""Telling the hub which feeds have changed (W3C WebSub §6), as publishers and hubs have agreed since PubSubHubbub.

A ping is one POST for one feed in one format: ``hub.mode=publish``, its address as ``hub.url`` (PubSubHubbub 0.3 §7.1)
and as ``hub.topic``, since hubs read one or the other. When the hub itself fails, the round ends and everything waits.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desk.context import Desk
from desk.http_client import client_for
from desk.notifying.outbox import PING, WHENEVER
from feeds.uris import as_uri
from net.messages import Limits, Request
from news.categories import Category
from news.errors import FetchFailed
from news.push import GIVE_UP_AFTER, LONGEST_REST, next_try
from news.selections import build
from storage.contract import Reader, Transaction
from storage.records import OutboxRow

LIMITS = Limits(connect=5.0, idle=8, total=10.0, wire=100_000, decoded=100_000)
MOST = 10_000
_TOO_MANY_REQUESTS = 429
_LOG = logging.getLogger("depeche.push")


@dataclass(slots=True)
class _Round:
    """What came of one round. ``refused``: with why; ``failure``: why the hub itself failed, if it did."""

    told: list[OutboxRow] = field(default_factory=list)
    refused: dict[int, FetchFailed] = field(default_factory=dict)
    failure: FetchFailed | None = None


def ping(desk: Desk, *, stop: threading.Event | None = None, limits: Limits = LIMITS) -> int:
    """Tell the hub of every feed that is due; of how many it was told.

    What cannot be told is tried again later, as ``news.push.next_try`` says, twelve times at most. A round that the
    hub breaks off by failing (no answer, 429, 5xx) is one try of everything in it, or none when it took something
    before; until the next, nothing is sent to it. ``stop``: once set, the round ends, and the rest stays due.
    """
    hub = desk.settings.websub_hub
    if hub is None:
        return 0
    with desk.storage.read() as reader:
        due = _due(desk, reader, hub)
    if not due:
        return 0
    went = _post(desk, due, stop, limits)
    with desk.storage.transaction() as tx:
        _remember(tx, _unchanged(tx, due.values()), went, desk.now(), _rest(hub))
    _log(hub, went)
    return len(went.told)


def _rest(hub: str) -> str:
    return f"push {hub}"


def _due(desk: Desk, reader: Reader, hub: str) -> dict[Request, OutboxRow]:
    """The pings that may be sent now. A moment that lies further ahead than we ever set one is the clock's mistake."""
    now, rest = desk.now(), reader.mark(_rest(hub))
    if rest and _is_ahead(rest, now):
        return {}
    rows = reader.outbox(WHENEVER, limit=MOST, topics=(PING,))
    categories = {category.id: category for category in (*reader.categories(), *reader.named_feeds())}
    base = f"{desk.settings.base_url}/feeds/"
    due = (row for row in rows if not _is_ahead(row.due, now))
    return {_request(hub, as_uri(base + _address(row, categories))): row for row in due}


def _is_ahead(moment: datetime, now: datetime) -> bool:
    return timedelta() < moment - now <= LONGEST_REST


def _address(row: OutboxRow, categories: dict[str, Category]) -> str:
    said = {name: str(value) for name, value in row.payload.items()}
    members = (categories[said["category"]],) if said["category"] else ()
    return f"{build(members, any_of=False, language=said['language'] or None).address}.{said['format']}"


def _request(hub: str, topic: str) -> Request:
    return Request(hub, form=(("hub.mode", "publish"), ("hub.topic", topic), ("hub.url", topic)))


def _post(desk: Desk, due: dict[Request, OutboxRow], stop: threading.Event | None, limits: Limits) -> _Round:
    went = _Round()
    with closing(client_for(desk.settings, limits=limits, stop=stop)) as client:
        for request, outcome in client.fetch_many(due):
            row = due[request]
            if not isinstance(outcome, FetchFailed):
                went.told.append(row)
                continue
            went.refused[row.id] = outcome
            if _is_of_the_hub(outcome):
                went.failure = outcome
                break
    return went


def _is_of_the_hub(error: FetchFailed) -> bool:
    """Whether the hub itself failed; otherwise it is this one feed that it would not be told of."""
    status = error.message_args.get("status")
    return not isinstance(status, int) or status == _TOO_MANY_REQUESTS or status >= 500


def _unchanged(tx: Transaction, rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """Those that are still as they were read: a feed that has changed again in the meantime is told again."""
    now_there = {row.id: row for row in tx.outbox(WHENEVER, limit=MOST, topics=(PING,))}
    return [row for row in rows if now_there.get(row.id) == row]


def _remember(tx: Transaction, rows: Iterable[OutboxRow], went: _Round, now: datetime, rest: str) -> None:
    told = {row.id for row in went.told}
    asked = _retry_after(went.failure)
    for row in rows:
        if row.id in told:
            tx.drop_outbox(row.id)
        elif row.id in went.refused:
            _put_off(tx, row, now, row.attempts + 1, _retry_after(went.refused[row.id]))
        elif went.failure:
            _put_off(tx, row, now, row.attempts + (0 if told else 1), asked)
    if went.failure:
        tx.put_mark(rest, next_try(now, 1, asked))


def _retry_after(error: FetchFailed | None) -> int | None:
    asked = error.message_args.get("retry_after") if error else None
    return asked if isinstance(asked, int) else None


def _put_off(tx: Transaction, row: OutboxRow, now: datetime, attempts: int, retry_after: int | None) -> None:
    if attempts >= GIVE_UP_AFTER:
        _LOG.error("given up after %d tries: %s", attempts, dict(row.payload))
        tx.drop_outbox(row.id)
    else:
        tx.put_outbox(replace(row, due=next_try(now, attempts, retry_after), attempts=attempts))


def _log(hub: str, went: _Round) -> None:
    if went.told:
        _LOG.info("%d feed(s) told to the hub", len(went.told))
    if went.refused:
        _LOG.warning("the hub %s: %s", hub, went.failure or next(iter(went.refused.values())))
