"""Webhooks, their deliveries and kept answers, with every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from news.webhooks import Delivery, Event, Webhook
from storage.records import ItemQuery, KeptAnswer, Place

HOUR = timedelta(hours=1)


def made(room) -> Webhook:
    return Webhook(room.mint(), "https://x.example/in", frozenset(Event), "whsec_c2VjcmV0", room.now)


def test_a_webhook_comes_back_as_it_was_last_stored(room):
    first, second = made(room), made(room)
    with room.storage.transaction() as tx:
        tx.put_webhook(first)
        tx.put_webhook(second)
        changed = replace(
            first, url="https://y.example/", events=frozenset({Event.CHANGED}), active=False, failing=room.now,
            stopped=room.now + HOUR,
        )  # fmt: skip
        tx.put_webhook(changed)
        assert (tx.webhook(first.id), tx.webhooks(), tx.webhook("x")) == (changed, (second, changed), None)


def test_deliveries_are_due_in_order_and_go_with_their_webhook(room):
    hook = made(room)
    told = [Delivery(room.mint(), hook.id, "item.changed", "{}", room.now, room.now + n * HOUR) for n in (2, 1, 9)]
    with room.storage.transaction() as tx:
        tx.put_webhook(hook)
        for each in told:
            tx.put_delivery(each)
        assert tx.due_deliveries(room.now + 3 * HOUR, 9) == (told[1], told[0])
        assert tx.due_deliveries(room.now + 3 * HOUR, 1) == (told[1],)
        assert tx.due_deliveries(room.now, 9, room.now + 8 * HOUR) == (told[2],)
        assert tx.deliveries(hook.id, 2) == (told[2], told[1])
        failed = replace(told[1], due=None, attempts=3, tried=room.now, status=500, error_key="k", error_args={"a": 1})
        tx.put_delivery(failed)
        assert tx.delivery(failed.id) == failed
        assert tx.due_deliveries(room.now + 3 * HOUR, 9) == (told[0],)
        assert tx.forget_deliveries(room.now + HOUR) == 1
        tx.drop_webhook(hook.id)
        tx.put_delivery(told[0])
        assert (tx.webhooks(), tx.deliveries(hook.id, 9)) == ((), ())


def test_an_answer_is_kept_by_person_and_name(room):
    answer = KeptAnswer("u1", "k", "hash", 201, {"ETag": '"x"'}, '{"a": 1}', room.now)
    with room.storage.transaction() as tx:
        tx.put_answer(replace(answer, status=200))
        tx.put_answer(answer)
        assert (tx.kept_answer("u1", "k"), tx.kept_answer("u2", "k")) == (answer, None)
        assert tx.forget_answers(room.now) == 0
        assert tx.forget_answers(room.now + HOUR) == 1
        assert tx.kept_answer("u1", "k") is None


def test_a_list_goes_on_after_an_item_though_others_came_in_between(room):
    items = [room.post(f"N {n}", published=room.now + HOUR) for n in range(3)]
    with room.storage.read() as reader:
        assert reader.items(ItemQuery(after=Place(room.now + HOUR, items[1].id))) == (items[0],)
    room.post("Later", published=room.now + 2 * HOUR)
    with room.storage.read() as reader:
        assert reader.items(ItemQuery(after=Place(room.now + HOUR, items[1].id))) == (items[0],)
        assert reader.items(ItemQuery(after=Place(room.now, "none"))) == ()
