"""``depeche webhook``: telling other sites what changes."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_table
from cli.values import OneOf
from news.webhooks import Event

command = group("webhook")
_id = click.argument("webhook_id", metavar="ID")


@make("webhook.add")
@click.argument("url", metavar="URL")
@option("--event", "events", multiple=True, key="webhook_event", type=OneOf(tuple(Event)))
@json_option
def add(url: str, events: tuple[str, ...], as_json: bool) -> None:
    """Add a webhook, and print its secret this once."""
    from cli.opening import ACTOR, desk
    from desk.notifying.webhooks import add_webhook, webhook_json

    hook = add_webhook(desk(), url, events, ACTOR)
    if as_json:
        show_json(webhook_json(hook) | {"secret": hook.secret})
    else:
        click.echo(hook.secret)


@make("webhook.list")
@json_option
def list_(as_json: bool) -> None:
    """List the webhooks."""
    from cli.opening import ACTOR, desk
    from desk.notifying.webhooks import list_webhooks, webhook_json

    found = list_webhooks(desk(), ACTOR)
    if as_json:
        show_json([webhook_json(each) for each in found])
    else:
        show_table(("id", "url", "events", "active", "failing", "stopped"), (
            (each.id, each.url, tuple(sorted(each.events)), each.active, each.failing, each.stopped)
            for each in found
        ))  # fmt: skip


@make("webhook.remove")
@_id
def remove(webhook_id: str) -> None:
    """Forget a webhook."""
    from cli.opening import ACTOR, desk
    from desk.notifying.webhooks import remove_webhook

    note("cli.webhook.removed", url=remove_webhook(desk(), webhook_id, ACTOR).url)


@make("webhook.test")
@_id
def test(webhook_id: str) -> None:
    """Send a message without news, now."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from cli.serving.logs import keep_quiet
    from desk.notifying.webhook_delivery import deliver_one
    from desk.notifying.webhooks import get_webhook, try_webhook

    keep_quiet()
    desk = open_desk()
    url = get_webhook(desk, webhook_id, ACTOR).url
    note("cli.webhook.arrived", url=url, status=deliver_one(desk, try_webhook(desk, webhook_id, ACTOR)))


for each in (add, list_, remove, test):
    command.add_command(each)
