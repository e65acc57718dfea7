"""Webhooks, for admins: adding one, its secret shown once, what it was told, trying it, pausing and removing it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.notifying.webhooks import (
    add_webhook,
    change_webhook,
    deliveries_of,
    get_webhook,
    list_webhooks,
    remove_webhook,
    renew_secret,
    try_webhook,
)
from news.errors import DepecheError, InvalidFields, InvalidInput
from news.users import Action
from news.webhooks import Event, Webhook
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]


@staff.get("/webhooks")
@needs(Action.WEBHOOKS)
def webhooks() -> str:
    """All webhooks, and a form for one more."""
    return _list_page("", tuple(Event))


@staff.post("/webhooks")
@needs(Action.WEBHOOKS)
def add_hook() -> Answer:
    """Add a webhook, and show its secret this once."""
    url, events = request.form.get("url", ""), tuple(request.form.getlist("events"))
    if not events:
        return _list_page(url, events, InvalidFields({"events": _no_events()})), 422
    try:
        hook = add_webhook(current_desk(), url, events, me())
    except InvalidInput as wrong:
        return _list_page(url, events, wrong), 422
    return render_template("staff/webhook_secret.html", hook=hook)


@staff.get("/webhooks/<webhook_id>")
@needs(Action.WEBHOOKS)
def webhook(webhook_id: str) -> str:
    """A webhook, and what it was told of late."""
    hook = get_webhook(current_desk(), webhook_id, me())
    return _page(hook, hook.url, tuple(hook.events))


@staff.post("/webhooks/<webhook_id>")
@needs(Action.WEBHOOKS)
def change_hook(webhook_id: str) -> Answer:
    """Change its address and events."""
    url, events = request.form.get("url", ""), tuple(request.form.getlist("events"))
    try:
        change_webhook(current_desk(), webhook_id, me(), url=url, events=events)
    except InvalidInput as wrong:
        return _page(get_webhook(current_desk(), webhook_id, me()), url, events, wrong), 422
    return _back(webhook_id, "saved")


@staff.post("/webhooks/<webhook_id>/active")
@needs(Action.WEBHOOKS)
def switch_hook(webhook_id: str) -> Response:
    """Pause it, or start it again."""
    change_webhook(current_desk(), webhook_id, me(), active=request.form.get("active") == "yes")
    return _back(webhook_id, "saved")


@staff.post("/webhooks/<webhook_id>/test")
@needs(Action.WEBHOOKS)
def test_hook(webhook_id: str) -> Response:
    """Have the worker send it a message without news."""
    try_webhook(current_desk(), webhook_id, me())
    return _back(webhook_id, "tested")


@staff.post("/webhooks/<webhook_id>/secret")
@needs(Action.WEBHOOKS)
def renew_hook(webhook_id: str) -> str:
    """Give it a new secret, shown this once."""
    return render_template("staff/webhook_secret.html", hook=renew_secret(current_desk(), webhook_id, me()))


@staff.post("/webhooks/<webhook_id>/remove")
@needs(Action.WEBHOOKS)
def remove_hook(webhook_id: str) -> Response:
    """Forget it."""
    remove_webhook(current_desk(), webhook_id, me())
    flash(words()("webhook.said.removed"), "good")
    return redirect(url_for(".webhooks"), 303)


def _no_events() -> InvalidInput:
    return InvalidInput("webhook.events", choices=", ".join(Event))


def _list_page(url: str, events: tuple[str, ...], error: DepecheError | None = None) -> str:
    found = list_webhooks(current_desk(), me())
    shown = {"url": url, "chosen": events, "all_events": tuple(Event), "error": error, "errors": _fields(error)}
    return render_template("staff/webhooks.html", hooks=found, **shown)


def _page(hook: Webhook, url: str, events: tuple[str, ...], error: DepecheError | None = None) -> str:
    told = deliveries_of(current_desk(), hook.id, me())
    shown = {"url": url, "chosen": events, "all_events": tuple(Event), "error": error, "errors": _fields(error)}
    return render_template("staff/webhook.html", hook=hook, told=told, **shown)


def _fields(error: DepecheError | None) -> Mapping[str, DepecheError]:
    return error.fields if isinstance(error, InvalidFields) else {}


def _back(webhook_id: str, said: str) -> Response:
    flash(words()(f"webhook.said.{said}"), "good")
    return redirect(url_for(".webhook", webhook_id=webhook_id), 303)
