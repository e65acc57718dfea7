"""Webhooks on the staff pages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from desk.notifying.webhooks import add_webhook, deliveries_of, get_webhook, list_webhooks, try_webhook
from news.webhooks import Event


@pytest.fixture
def hook(desk):
    return add_webhook(desk, "https://partner.example/in", (), "cli")


def test_an_admin_adds_a_webhook_and_sees_its_secret_once(admin, desk):
    admin.get("/staff/webhooks")
    sent = {"url": "https://site.example/news", "events": ["item.published", "item.retracted"]}
    page = admin.post("/staff/webhooks", sent)
    (hook,) = list_webhooks(desk, "cli")
    assert hook.secret in page.text and hook.events == {Event.PUBLISHED, Event.RETRACTED}
    assert hook.secret not in admin.get(f"/staff/webhooks/{hook.id}").text
    assert "https://site.example/news" in admin.get("/staff/webhooks").text


@pytest.mark.parametrize("sent", [{"url": "nope", "events": ["item.published"]}, {"url": "https://x.example/"}, {}])
def test_a_wrong_form_comes_back_as_typed_with_what_is_wrong(admin, desk, sent):
    admin.get("/staff/webhooks")
    page = admin.post("/staff/webhooks", sent)
    assert (page.status_code, list_webhooks(desk, "cli")) == (422, ())
    assert 'role="alert"' in page.text and f'value="{sent.get("url", "")}"' in page.text


def test_it_is_changed_paused_started_tested_and_removed(admin, desk, hook):
    path = f"/staff/webhooks/{hook.id}"
    admin.get(path)
    assert admin.post(path, {"url": "https://y.example/", "events": ["item.changed"]}).status_code == 303
    assert admin.post(path, {"url": "nope", "events": ["item.changed"]}).status_code == 422
    assert get_webhook(desk, hook.id, "cli").url == "https://y.example/"
    admin.post(path + "/active", {"active": "no"})
    assert not get_webhook(desk, hook.id, "cli").active
    admin.post(path + "/active", {"active": "yes"})
    assert get_webhook(desk, hook.id, "cli").told
    admin.post(path + "/test")
    assert len(deliveries_of(desk, hook.id, "cli")) == 1
    renewed = admin.post(path + "/secret").text
    assert get_webhook(desk, hook.id, "cli").secret in renewed
    assert get_webhook(desk, hook.id, "cli").secret != hook.secret
    assert admin.post(path + "/remove").status_code == 303
    assert list_webhooks(desk, "cli") == ()
    assert admin.get(path).status_code == 404


@pytest.mark.parametrize(("lang", "why"), [("fr", "a répondu"), ("en", "503")])
def test_its_page_says_what_was_told_and_why_it_was_stopped(admin, desk, hook, lang, why):
    delivery = try_webhook(desk, hook.id, "cli")
    args = {"host": "partner.example", "status": 503, "retry_after": None}
    with desk.storage.transaction() as tx:
        tx.put_delivery(replace(delivery, attempts=1, status=503, error_key="source.fetch.status", error_args=args))
        tx.put_webhook(replace(hook, failing=desk.now(), stopped=desk.now()))
    page = admin.get(f"/staff/webhooks/{hook.id}?lang={lang}").text
    assert re.search(r"notice--bad\">\w", page) and "503" in page
    assert why in page or lang == "fr"


def test_the_audit_log_tells_of_webhooks(admin):
    admin.get("/staff/webhooks")
    admin.post("/staff/webhooks", {"url": "https://x.example/in", "events": ["item.changed"]})
    page = admin.get("/staff/audit?kind=webhook").text
    assert "added the webhook" in page and "https://x.example/in" in page


def test_a_script_in_an_address_is_text(admin, desk):
    add_webhook(desk, "https://x.example/<script>alert(1)</script>", (), "cli")
    assert "<script>alert" not in admin.get("/staff/webhooks").text
