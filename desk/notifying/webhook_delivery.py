"""Telling webhooks: the worker turns what happened into deliveries, and sends those that are due.

A change of an item left a row in the outbox within its own transaction. Here each row becomes a delivery for each
webhook that wants it, whose body stays the same at every try. What cannot be told is tried again as
``news.push.next_try`` says, twelve times at most; a webhook that took nothing for five days, or answers 410, is stopped
until an admin starts it again (Standard Webhooks, *Delivery*).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from desk.context import Desk
from desk.http_client import client_for
from desk.items.views import item_json
from desk.notifying.outbox import WHENEVER
from desk.notifying.webhooks import message
from desk.recording import WEBHOOKS
from net.messages import Limits, Request, Response
from news.errors import FetchFailed, NotFound
from news.items import Change
from news.links import host_of
from news.push import GIVE_UP_AFTER, LONGEST_REST, next_try
from news.webhooks import STOP_AFTER, Delivery, Event, Webhook, signature
from storage.contract import Transaction
from storage.records import OutboxRow

LIMITS = Limits(connect=5.0, idle=10, total=15.0, wire=100_000, decoded=100_000, redirects=0)
_AT_ONCE = 200
_CLAIMED_FOR = timedelta(minutes=5)
_GONE = 410
_LOG = logging.getLogger("depeche.webhooks")
_HIDDEN: dict[str, object] = {"link": None, "summary": "", "content_html": "", "author": None, "image": None}


def spread(desk: Desk) -> int:
    """Turn what happened into deliveries; how many rows of the outbox are done."""
    done = 0
    while rows := _rows(desk):
        with desk.storage.transaction() as tx:
            for row in rows:
                _deliver_to_all(desk, tx, row)
                tx.drop_outbox(row.id)
        done += len(rows)
    return done


def deliver(desk: Desk, *, stop: threading.Event | None = None, limits: Limits = LIMITS) -> int:
    """Send the deliveries that are due; how many arrived. ``stop``: once set, the rest stays due."""
    sent = _claimed(desk)
    if not sent:
        return 0
    arrived = 0
    with closing(client_for(desk.settings, limits=limits, stop=stop)) as client:
        for request, outcome in client.fetch_many(sent):
            arrived += _remember(desk, sent[request], outcome)
    _LOG.info("%d of %d webhook message(s) arrived", arrived, len(sent))
    return arrived


def deliver_one(desk: Desk, delivery: Delivery) -> int:
    """Send one delivery now, without a worker; the HTTP status of the answer. Raises FetchFailed, and NotFound
    when the webhook was removed."""
    now = desk.now()
    with desk.storage.read() as reader:
        hook = reader.webhook(delivery.webhook_id)
    if hook is None:
        raise NotFound("webhook.unknown", id=delivery.webhook_id)
    request = _request(hook, delivery, now)
    with closing(client_for(desk.settings, limits=LIMITS)) as client:
        for _, outcome in client.fetch_many([request]):
            _remember(desk, delivery, outcome)
            if isinstance(outcome, FetchFailed):
                raise outcome
            return outcome.status
    raise FetchFailed("source.fetch.stopped", host=host_of(hook.url)[:200])


def _rows(desk: Desk) -> tuple[OutboxRow, ...]:
    with desk.storage.read() as reader:
        return reader.outbox(WHENEVER, limit=_AT_ONCE, topics=(WEBHOOKS,))


def _deliver_to_all(desk: Desk, tx: Transaction, row: OutboxRow) -> None:
    event = Event(str(row.payload["event"]))
    told = row.payload["data"] if "data" in row.payload else _item(desk, tx, row, event)
    if not isinstance(told, dict):
        return
    at = datetime.fromisoformat(str(row.payload["at"]))
    body = message(event.value, at, told)
    for hook in tx.webhooks():
        if hook.told and event in hook.events:
            now = desk.now()
            tx.put_delivery(Delivery(f"msg_{desk.mint()}", hook.id, event.value, body, now, now))


def _item(desk: Desk, tx: Transaction, row: OutboxRow, event: Event) -> dict[str, object] | None:
    """What is told of an item. What was public when it happened and no longer is, is not told: its retraction is,
    next."""
    item = tx.item(str(row.payload["item"]))
    if item is None or (event is not Event.RETRACTED and not item.visible):
        return None
    hidden = _HIDDEN | {"title": row.payload["title"]} if event is Event.RETRACTED else {}
    return item_json(desk, tx, item) | hidden


def _claimed(desk: Desk) -> dict[Request, Delivery]:
    """The requests to send now. They are put off first: another worker finds nothing to do, and what a crash leaves
    unsaid is said later."""
    now = desk.now()
    with desk.storage.read() as reader:
        if not reader.due_deliveries(now, 1, now + LONGEST_REST):
            return {}
    found: dict[Request, Delivery] = {}
    with desk.storage.transaction() as tx:
        hooks = {hook.id: hook for hook in tx.webhooks()}
        for delivery in tx.due_deliveries(now, _AT_ONCE, now + LONGEST_REST):
            tx.put_delivery(replace(delivery, due=now + _CLAIMED_FOR))
            found[_request(hooks[delivery.webhook_id], delivery, now)] = delivery
    return found


def _request(hook: Webhook, delivery: Delivery, now: datetime) -> Request:
    body, at = delivery.body.encode("ascii"), int(now.timestamp())
    fields = (
        f"webhook-id: {delivery.id}", f"webhook-timestamp: {at}",
        f"webhook-signature: {signature(hook.secret, delivery.id, at, body)}",
    )  # fmt: skip
    return Request(hook.url, json=body, fields=fields)


def _remember(desk: Desk, delivery: Delivery, outcome: Response | FetchFailed) -> bool:
    now = desk.now()
    with desk.storage.transaction() as tx:
        hook = tx.webhook(delivery.webhook_id)
        if hook is None:
            return False
        tried = replace(delivery, attempts=delivery.attempts + 1, tried=now)
        if isinstance(outcome, Response):
            status = outcome.status
            tx.put_delivery(replace(tried, due=None, delivered=now, status=status, error_key=None, error_args={}))
            if hook.failing:
                tx.put_webhook(replace(hook, failing=None))
            return True
        tx.put_delivery(_after_failure(tried, outcome, now))
        _note_failure(tx, hook, outcome, now)
    return False


def _after_failure(tried: Delivery, failure: FetchFailed, now: datetime) -> Delivery:
    said = failure.message_args
    status, asked = said.get("status"), said.get("retry_after")
    given_up = tried.attempts >= GIVE_UP_AFTER or status == _GONE
    later = next_try(now, tried.attempts, asked if isinstance(asked, int) else None)
    return replace(
        tried, due=None if given_up else later, status=status if isinstance(status, int) else None,
        error_key=failure.key, error_args=dict(said),
    )  # fmt: skip


def _note_failure(tx: Transaction, hook: Webhook, failure: FetchFailed, now: datetime) -> None:
    since = min(hook.failing or now, now)
    stops = failure.message_args.get("status") == _GONE or now - since >= STOP_AFTER
    after = replace(hook, failing=since, stopped=now if stops and hook.told else hook.stopped)
    if after != hook:
        tx.put_webhook(after)
    if after.stopped and not hook.stopped:
        _give_up(tx, tx.due_deliveries(now + LONGEST_REST, 10_000), hook)
        tx.add_change(Change("webhook", hook.id, now, "worker", "stopped", data={"name": hook.url}))
        _LOG.error("webhook %s stopped: %s", hook.id, failure)


def _give_up(tx: Transaction, waiting: Iterable[Delivery], hook: Webhook) -> None:
    for each in waiting:
        if each.webhook_id == hook.id:
            tx.put_delivery(replace(each, due=None, error_key="webhook.was_stopped"))
