"""Webhooks, told over real HTTP on loopback."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import ThreadingHTTPServer

import pytest

from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import edit_item, history_of, post_item, retract_item
from desk.notifying.webhook_delivery import deliver, spread
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
from desk.operating.maintenance import checkup
from desk.operating.retention import forget
from desk.operating.scheduler import Worker
from desk.unit_of_work import unit_of_work
from news.drafts import Draft
from news.errors import InvalidFields, NotAllowed, NotFound
from news.webhooks import Event, signature
from tests.loopback import QuietHandler, running


class Receiver(ThreadingHTTPServer):
    """Keeps what it is told; answers ``status``, with ``fields``."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.fields: dict[str, str] = {}
        super().__init__(("127.0.0.1", 0), Taking)

    def url(self, path: str = "/in") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def bodies(self) -> list[dict]:
        return [json.loads(body) for _, body in self.told]


class Taking(QuietHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        for name, value in {"Content-Length": "0", **self.server.fields}.items():
            self.send_header(name, value)
        self.end_headers()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running(Receiver()) as server:
        yield server


@pytest.fixture
def hook(collecting: Desk, receiver: Receiver):
    return add_webhook(collecting, receiver.url(), (), "cli")


def post(desk: Desk, title: str = "News", **said: str):
    return post_item(desk, Draft(title=title, **{"status": "published", "date": "2026-03-01"} | said), "cli")


def told(desk: Desk) -> int:
    spread(desk)
    return deliver(desk)


def test_what_readers_see_is_told_as_it_happens(collecting, receiver, hook, clock):
    item = post(collecting)
    told(collecting)
    edit_item(collecting, item.id, Draft(title="Better news"), "cli", only=frozenset({"title"}))
    told(collecting)
    retract_item(collecting, item.id, "cli")
    told(collecting)
    assert [(said["type"], said["data"]["title"], said["data"]["status"]) for said in receiver.bodies()] == [
        ("item.published", "News", "published"), ("item.changed", "Better news", "published"),
        ("item.retracted", "Better news", "withdrawn"),
    ]  # fmt: skip
    assert receiver.bodies()[0]["data"]["url"].startswith("https://news.example.org/items/")
    assert told(collecting) == 0


def test_a_message_is_signed_as_standard_webhooks_says(collecting, receiver, hook):
    post(collecting)
    told(collecting)
    ((head, body),) = receiver.told
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert head["webhook-signature"] == f"v1,{expected}"
    assert int(head["webhook-timestamp"]) == int(collecting.now().timestamp())
    assert (head["content-type"], head["webhook-id"][:4], len(key)) == ("application/json", "msg_", 32)


def test_the_specifications_own_example_is_signed_the_same():
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_drafts_and_what_waits_are_told_to_nobody(collecting, receiver, hook):
    item = post(collecting, "Draft", status="draft")
    post(collecting, "Later", status="scheduled", date="2030-01-01")
    post(collecting, "Waiting", status="review")
    edit_item(collecting, item.id, Draft(title="Other"), "cli", only=frozenset({"title"}))
    retract_item(collecting, item.id, "cli")
    assert (told(collecting), receiver.told, deliveries_of(collecting, hook.id, "cli")) == (0, [], ())


def test_what_was_taken_back_before_it_could_be_told_leaks_nothing(collecting, receiver, hook):
    item = post(collecting, "Public")
    edit_item(
        collecting, item.id, Draft(title="Secret", summary="Secret", body="Secret", status="draft"), "cli",
        only=frozenset({"title", "summary", "body", "status"}),
    )  # fmt: skip
    told(collecting)
    (said,) = receiver.bodies()
    assert (said["type"], said["data"]["title"], said["data"]["id"]) == ("item.retracted", "Public", item.id)
    assert "Secret" not in json.dumps(said)


def test_a_webhook_is_told_only_of_what_it_asked_for(collecting, receiver, hook):
    change_webhook(collecting, hook.id, "cli", events=("item.retracted",))
    item = post(collecting)
    told(collecting)
    assert receiver.told == []
    retract_item(collecting, item.id, "cli")
    assert told(collecting) == 1


def test_what_fails_is_tried_again_later_with_the_same_words_and_a_new_signature(collecting, receiver, hook, clock):
    receiver.status = 500
    post(collecting)
    assert told(collecting) == 0
    (delivery,) = deliveries_of(collecting, hook.id, "cli")
    assert (delivery.attempts, delivery.status, delivery.error_key) == (1, 500, "source.fetch.status")
    assert get_webhook(collecting, hook.id, "cli").failing == collecting.now()
    assert (told(collecting), len(receiver.told)) == (0, 1)
    clock.forward(minutes=1)
    receiver.status = 200
    assert told(collecting) == 1
    (first, body), (second, again) = receiver.told
    assert body == again and first["webhook-id"] == second["webhook-id"]
    assert first["webhook-signature"] != second["webhook-signature"]
    (delivery,) = deliveries_of(collecting, hook.id, "cli")
    assert (delivery.delivered, delivery.due, delivery.status) == (collecting.now(), None, 200)
    assert get_webhook(collecting, hook.id, "cli").failing is None


def test_a_receiver_says_how_long_to_leave_it_alone(collecting, receiver, hook):
    receiver.status, receiver.fields = 429, {"Retry-After": "7200"}
    post(collecting)
    told(collecting)
    (delivery,) = deliveries_of(collecting, hook.id, "cli")
    assert (delivery.due - collecting.now()).total_seconds() == 7200


def test_after_twelve_tries_a_message_is_given_up_and_after_five_days_the_webhook(collecting, receiver, hook, clock):
    receiver.status = 500
    post(collecting)
    for _ in range(20):
        told(collecting)
        clock.forward(hours=6)
    (delivery,) = deliveries_of(collecting, hook.id, "cli")
    assert (delivery.attempts, delivery.due, len(receiver.told)) == (12, None, 12)
    assert get_webhook(collecting, hook.id, "cli").stopped is None
    clock.forward(hours=6)
    post(collecting, "More")
    post(collecting, "Still more")
    told(collecting)
    assert "check.webhook" in {problem.key for problem in checkup(collecting)}
    stopped = get_webhook(collecting, hook.id, "cli")
    assert stopped.stopped == collecting.now() and not stopped.told
    assert history_of(collecting, "webhook", hook.id)[0].action == "stopped"
    post(collecting, "Unheard")
    assert (told(collecting), len(receiver.told)) == (0, 14)
    receiver.status = 200
    change_webhook(collecting, hook.id, "cli", active=True)
    post(collecting, "Heard")
    assert told(collecting) == 1


def test_a_receiver_that_is_gone_is_told_nothing_more(collecting, receiver, hook):
    receiver.status = 410
    post(collecting)
    post(collecting)
    told(collecting)
    assert get_webhook(collecting, hook.id, "cli").stopped == collecting.now()
    assert {each.due for each in deliveries_of(collecting, hook.id, "cli")} == {None}


def test_one_that_a_person_paused_is_not_stopped_by_a_test_that_fails(collecting, receiver, hook):
    change_webhook(collecting, hook.id, "cli", active=False)
    receiver.status = 410
    try_webhook(collecting, hook.id, "cli")
    told(collecting)
    paused = get_webhook(collecting, hook.id, "cli")
    assert (paused.active, paused.stopped) == (False, None)


def test_a_redirect_is_not_followed(collecting, receiver, hook):
    receiver.status, receiver.fields = 302, {"Location": receiver.url("/elsewhere")}
    post(collecting)
    assert (told(collecting), len(receiver.told)) == (0, 1)


def test_a_private_address_is_not_reached_unless_allowed(desk, receiver):
    hook = add_webhook(desk, receiver.url(), (), "cli")
    post(desk)
    assert (told(desk), receiver.told) == (0, [])
    (delivery,) = deliveries_of(desk, hook.id, "cli")
    assert delivery.error_key == "source.fetch.refused_address"


def test_two_workers_tell_once(collecting, receiver, hook):
    post(collecting)
    spread(collecting)
    threads = [threading.Thread(target=deliver, args=(collecting,)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(receiver.told) == 1


def test_a_test_is_sent_also_to_one_that_is_paused(collecting, receiver, hook):
    change_webhook(collecting, hook.id, "cli", active=False)
    post(collecting)
    try_webhook(collecting, hook.id, "cli")
    assert told(collecting) == 1
    assert [said["type"] for said in receiver.bodies()] == ["webhook.test"]


def test_a_new_secret_signs_at_once_and_a_removed_webhook_is_told_nothing(collecting, receiver, hook):
    renewed = renew_secret(collecting, hook.id, "cli")
    assert renewed.secret != hook.secret
    try_webhook(collecting, hook.id, "cli")
    told(collecting)
    head, body = receiver.told[0]
    assert head["webhook-signature"] == signature(
        renewed.secret, head["webhook-id"], int(head["webhook-timestamp"]), body
    )
    try_webhook(collecting, hook.id, "cli")
    remove_webhook(collecting, hook.id, "cli")
    post(collecting)
    assert (told(collecting), list_webhooks(collecting, "cli")) == (0, ())


@pytest.mark.parametrize(("url", "events", "fields"), [
    ("nope", (), {"url"}), ("ftp://x.example/", (), {"url"}), ("https://x.example/", ("item.born",), {"events"}),
    ("", ("x",), {"url", "events"}), ("javascript:alert(1)", (), {"url"}),
])  # fmt: skip
def test_a_wrong_webhook_is_refused_by_its_fields(desk, url, events, fields):
    with pytest.raises(InvalidFields) as refused:
        add_webhook(desk, url, events, "cli")
    assert set(refused.value.fields) == fields


def test_only_admins_keep_webhooks(desk, editor, admin):
    hook = add_webhook(desk, "https://x.example/", ("item.published",), admin)
    assert hook.events == {Event.PUBLISHED}
    for act in (
        lambda: add_webhook(desk, "https://x.example/", (), editor), lambda: list_webhooks(desk, editor),
        lambda: renew_secret(desk, hook.id, editor), lambda: try_webhook(desk, hook.id, editor),
        lambda: remove_webhook(desk, hook.id, editor), lambda: deliveries_of(desk, hook.id, editor),
        lambda: change_webhook(desk, hook.id, editor, active=False),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotFound):
        get_webhook(desk, "x", admin)


def test_history_keeps_no_secret(desk, admin):
    hook = add_webhook(desk, "https://x.example/", (), admin)
    renewed = renew_secret(desk, hook.id, admin)
    remove_webhook(desk, hook.id, admin)
    said = history_of(desk, "webhook", hook.id)
    assert [each.action for each in said] == ["removed", "secret renewed", "added"]
    assert hook.secret not in str(said) and renewed.secret not in str(said)


def test_the_worker_tells_by_itself(collecting, receiver, hook):
    post(collecting)
    Worker(collecting, threading.Event()).webhooks()
    assert [said["type"] for said in receiver.bodies()] == ["item.published"]


def test_a_change_that_did_not_last_is_told_to_nobody(collecting, receiver, hook):
    with pytest.raises(RuntimeError), unit_of_work(collecting) as (desk, _):
        post(desk)
        raise RuntimeError
    assert (told(collecting), list_items(collecting)) == (0, ())


def test_what_was_told_is_forgotten_after_a_month(collecting, receiver, hook, clock):
    post(collecting)
    told(collecting)
    clock.forward(days=30)
    assert forget(collecting) == 0
    clock.forward(hours=1)
    assert forget(collecting) == 1


def test_a_clock_put_back_holds_no_message_up(collecting, receiver, hook, clock):
    clock.forward(days=400)
    post(collecting)
    spread(collecting)
    clock.forward(days=-400)
    assert deliver(collecting) == 1
    assert replace(hook) == get_webhook(collecting, hook.id, "cli")
