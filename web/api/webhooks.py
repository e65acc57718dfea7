"""Webhooks, for admins."""

from __future__ import annotations

from desk.notifying.webhooks import (
    add_webhook,
    change_webhook,
    deliveries_of,
    delivery_json,
    get_webhook,
    list_webhooks,
    remove_webhook,
    renew_secret,
    try_webhook,
    webhook_json,
)
from news.users import Action
from news.webhooks import Webhook
from web.api.routes import Answer, Asked, call

_FOUND = ("failing_since", "stopped")


def _shown(hook: Webhook) -> Answer:
    told = webhook_json(hook)
    edition = {name: value for name, value in told.items() if name not in _FOUND}
    return Answer(told, edition=edition, location=f"/webhooks/{hook.id}")


def _with_secret(hook: Webhook) -> Answer:
    told = webhook_json(hook) | {"secret": hook.secret}
    return Answer(told, edition=_shown(hook).edition, location=f"/webhooks/{hook.id}")


def current(asked: Asked) -> Answer:
    """The webhook of the address, for ``If-Match``."""
    return _shown(get_webhook(asked.desk, asked.path["webhook_id"], asked.user))


@call("GET", "/webhooks", Action.WEBHOOKS, "webhooks", "List webhooks", answer="WebhookList")
def webhooks(asked: Asked) -> Answer:
    """All of them, newest first."""
    return Answer([webhook_json(each) for each in list_webhooks(asked.desk, asked.user)])


@call("GET", "/webhooks/{webhook_id}", Action.WEBHOOKS, "webhooks", "Read a webhook", answer="Webhook")
def webhook(asked: Asked) -> Answer:
    """One, without its secret."""
    return current(asked)


@call(
    "POST", "/webhooks", Action.WEBHOOKS, "webhooks", "Add a webhook; its secret is in this answer alone",
    body="NewWebhook", answer="WebhookMade", status=201, writes=True, makes=True,
)  # fmt: skip
def add_a_webhook(asked: Asked) -> Answer:
    """Add it, for all events unless some are named."""
    return _with_secret(add_webhook(asked.desk, asked.text("url"), asked.texts("events"), asked.user))


@call(
    "PATCH", "/webhooks/{webhook_id}", Action.WEBHOOKS, "webhooks", "Change a webhook, pause it, start it again",
    body="WebhookChange", answer="Webhook", writes=True, current=current, guarded=True,
)  # fmt: skip
def change_a_webhook(asked: Asked) -> Answer:
    """Change what is sent."""
    body, active = asked.body, asked.body.get("active")
    return _shown(change_webhook(
        asked.desk, asked.path["webhook_id"], asked.user, url=asked.text("url") if "url" in body else None,
        events=asked.texts("events") if "events" in body else None, active=active if isinstance(active, bool) else None,
    ))  # fmt: skip


@call(
    "DELETE", "/webhooks/{webhook_id}", Action.WEBHOOKS, "webhooks", "Remove a webhook", status=204, writes=True,
    current=current, guarded=True,
)  # fmt: skip
def remove_a_webhook(asked: Asked) -> Answer:
    """Forget it."""
    remove_webhook(asked.desk, asked.path["webhook_id"], asked.user)
    return Answer(None)


@call(
    "POST", "/webhooks/{webhook_id}/secret", Action.WEBHOOKS, "webhooks", "Give a webhook a new secret",
    answer="WebhookMade", writes=True, current=current,
)  # fmt: skip
def renew_a_secret(asked: Asked) -> Answer:
    """The old one is good no more."""
    return _with_secret(renew_secret(asked.desk, asked.path["webhook_id"], asked.user))


@call(
    "POST", "/webhooks/{webhook_id}/test", Action.WEBHOOKS, "webhooks", "Tell a webhook something without news",
    answer="Delivery", status=202, writes=True, current=current,
)  # fmt: skip
def try_a_webhook(asked: Asked) -> Answer:
    """202: the worker sends it within seconds."""
    return Answer(delivery_json(try_webhook(asked.desk, asked.path["webhook_id"], asked.user)))


@call(
    "GET", "/webhooks/{webhook_id}/deliveries", Action.WEBHOOKS, "webhooks", "What a webhook was told of late",
    answer="DeliveryList",
)  # fmt: skip
def webhook_deliveries(asked: Asked) -> Answer:
    """The last fifty, newest first."""
    return Answer([delivery_json(each) for each in deliveries_of(asked.desk, asked.path["webhook_id"], asked.user)])
