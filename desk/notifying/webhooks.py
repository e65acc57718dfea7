"""Keeping webhooks: adding, changing, removing and trying them. Admins', and the shell's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desk.context import Actor, Desk, name_of
from news.days import rfc3339
from news.errors import InvalidFields, InvalidInput, NotFound
from news.ids import is_id
from news.items import Change
from news.users import Action, User, require
from news.webhooks import MOST, TEST, Delivery, Event, Webhook, checked_events, checked_target, secret_from
from storage.contract import Reader, Transaction

RECENT = 50


def add_webhook(desk: Desk, url: str, events: tuple[str, ...], actor: Actor) -> Webhook:
    """Add a webhook; its secret is for whoever adds it, this once. Raises InvalidFields, NotAllowed, and InvalidInput
    when there are as many as there may be."""
    _require(actor)
    target, wanted = _checked(url, events or tuple(Event))
    with desk.storage.transaction() as tx:
        if len(tx.webhooks()) >= MOST:
            raise InvalidInput("webhook.many", most=MOST)
        hook = Webhook(desk.mint(), target, wanted, secret_from(secrets.token_bytes(32)), desk.now())
        tx.put_webhook(hook)
        _note(desk, tx, hook, actor, "added")
    return hook


def list_webhooks(desk: Desk, actor: Actor) -> tuple[Webhook, ...]:
    """Webhooks, newest first. Raises NotAllowed."""
    _require(actor)
    with desk.storage.read() as reader:
        return reader.webhooks()


def get_webhook(desk: Desk, webhook_id: str, actor: Actor) -> Webhook:
    """The webhook of that id. Raises NotFound, NotAllowed."""
    _require(actor)
    with desk.storage.read() as reader:
        return _stored(reader, webhook_id)


def change_webhook(
    desk: Desk, webhook_id: str, actor: Actor, *, url: str | None = None, events: tuple[str, ...] | None = None,
    active: bool | None = None,
) -> Webhook:  # fmt: skip
    """Change what is given. One that was stopped starts again when it is made ``active``, or gets another address.

    Raises InvalidFields, NotFound, NotAllowed.
    """

    def changed(hook: Webhook) -> Webhook:
        target, wanted = _checked(hook.url if url is None else url, tuple(hook.events) if events is None else events)
        after = replace(hook, url=target, events=wanted, active=hook.active if active is None else active)
        return replace(after, failing=None, stopped=None) if active or target != hook.url else after

    return _change(desk, webhook_id, actor, "changed", changed)


def renew_secret(desk: Desk, webhook_id: str, actor: Actor) -> Webhook:
    """Give a webhook another secret, at once. Raises NotFound, NotAllowed."""
    made = secret_from(secrets.token_bytes(32))
    return _change(desk, webhook_id, actor, "secret renewed", lambda hook: replace(hook, secret=made))


def remove_webhook(desk: Desk, webhook_id: str, actor: Actor) -> Webhook:
    """Forget a webhook, and what it was told. Raises NotFound, NotAllowed."""
    _require(actor)
    with desk.storage.transaction() as tx:
        hook = _stored(tx, webhook_id)
        tx.drop_webhook(hook.id)
        _note(desk, tx, hook, actor, "removed")
    return hook


def try_webhook(desk: Desk, webhook_id: str, actor: Actor) -> Delivery:
    """Tell a webhook a message without news, whether it is active or not: the worker sends it within seconds.

    Raises NotFound, NotAllowed.
    """
    _require(actor)
    with desk.storage.transaction() as tx:
        hook = _stored(tx, webhook_id)
        now = desk.now()
        delivery = Delivery(
            f"msg_{desk.mint()}", hook.id, TEST, message(TEST, now, {"newsroom": desk.settings.title}), now, now
        )
        tx.put_delivery(delivery)
    return delivery


def deliveries_of(desk: Desk, webhook_id: str, actor: Actor) -> tuple[Delivery, ...]:
    """What the webhook was told of late, newest first. Raises NotFound, NotAllowed."""
    _require(actor)
    with desk.storage.read() as reader:
        return reader.deliveries(_stored(reader, webhook_id).id, RECENT)


def message(event: str, at: datetime, data: dict[str, object]) -> str:
    """The body of a message (Standard Webhooks, *Payload structure*)."""
    return json.dumps({"type": event, "timestamp": rfc3339(at), "data": data}, ensure_ascii=True)


def webhook_json(hook: Webhook) -> dict[str, object]:
    """A webhook as JSON values, without its secret."""
    return {
        "id": hook.id, "url": hook.url, "events": sorted(hook.events), "active": hook.active,
        "created": rfc3339(hook.created), "failing_since": hook.failing and rfc3339(hook.failing),
        "stopped": hook.stopped and rfc3339(hook.stopped),
    }  # fmt: skip


def delivery_json(delivery: Delivery) -> dict[str, object]:
    """A delivery as JSON values; ``error`` is a message key."""
    moments = {name: getattr(delivery, name) for name in ("due", "tried", "delivered")}
    return {
        "id": delivery.id, "event": delivery.event, "created": rfc3339(delivery.created),
        "attempts": delivery.attempts, "status": delivery.status, "error": delivery.error_key,
    } | {name: at and rfc3339(at) for name, at in moments.items()}  # fmt: skip


def _change(
    desk: Desk, webhook_id: str, actor: Actor, action: str, changed: Callable[[Webhook], Webhook]
) -> Webhook:  # fmt: skip
    _require(actor)
    with desk.storage.transaction() as tx:
        before = _stored(tx, webhook_id)
        after = changed(before)
        if after != before:
            tx.put_webhook(after)
            _note(desk, tx, after, actor, action)
    return after


def _checked(url: str, events: tuple[str, ...]) -> tuple[str, frozenset[Event]]:
    wrong: dict[str, InvalidInput] = {}
    target, wanted = url, frozenset[Event]()
    try:
        target = checked_target(url)
    except InvalidInput as error:
        wrong["url"] = error
    try:
        wanted = checked_events(events)
    except InvalidInput as error:
        wrong["events"] = error
    if wrong:
        raise InvalidFields(wrong)
    return target, wanted


def _stored(reader: Reader, webhook_id: str) -> Webhook:
    hook = reader.webhook(webhook_id) if is_id(webhook_id) else None
    if hook is None:
        raise NotFound("webhook.unknown", id=webhook_id[:80])
    return hook


def _note(desk: Desk, tx: Transaction, hook: Webhook, actor: Actor, action: str) -> None:
    said: dict[str, object] = {"name": hook.url, "events": sorted(hook.events), "active": hook.active}
    tx.add_change(Change("webhook", hook.id, desk.now(), name_of(actor), action, data=said))


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.WEBHOOKS)
