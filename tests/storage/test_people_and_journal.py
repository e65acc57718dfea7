"""People, failed sign-ins, history, the outbox and remembered moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.errors import Conflict
from news.items import Change
from news.users import Role, User


@pytest.fixture
def zoe(room):
    user = User(room.mint(), "zoe@example.org", Role.EDITOR, "$argon2id$x", room.now, "en", 3, room.now)
    with room.storage.transaction() as tx:
        tx.put_user(user)
    return user


def test_a_user_comes_back_by_id_and_by_address(room, zoe):
    with room.storage.read() as reader:
        assert reader.user(zoe.id) == reader.user_of_email("zoe@example.org") == zoe
        assert reader.user("x") is reader.user_of_email("x@example.org") is None


def test_users_stand_by_address_and_a_change_replaces(room, zoe):
    ann = User(room.mint(), "ann@example.org", Role.AUTHOR, "x", room.now)
    with room.storage.transaction() as tx:
        tx.put_user(ann)
        tx.put_user(replace(zoe, role=Role.ADMIN))
    with room.storage.read() as reader:
        assert reader.users() == (ann, replace(zoe, role=Role.ADMIN))


def test_an_address_in_use_is_refused(room, zoe):
    with pytest.raises(Conflict, match=r"user\.email\.taken"), room.storage.transaction() as tx:
        tx.put_user(replace(zoe, id=room.mint()))


def test_failed_sign_ins_are_counted_per_subject_since_a_moment(room):
    with room.storage.transaction() as tx:
        for minutes in (0, 5, 10):
            tx.add_failure("zoe", room.now + timedelta(minutes=minutes))
        tx.add_failure("ann", room.now)
    with room.storage.read() as reader:
        last = room.now + timedelta(minutes=10)
        assert reader.failures_since("zoe", room.now + timedelta(minutes=5)) == (2, last)
        assert reader.failures_since("nobody", room.now) == (0, None)


def test_failed_sign_ins_are_forgotten_when_asked_and_after_a_day(room):
    with room.storage.transaction() as tx:
        tx.add_failure("zoe", room.now)
        tx.add_failure("ann", room.now)
        tx.clear_failures("zoe")
        assert tx.failures_since("zoe", room.now) == (0, None)
        tx.add_failure("bob", room.now + timedelta(days=1, seconds=1))
        assert tx.failures_since("ann", room.now) == (0, None)


def test_history_is_told_newest_first_and_by_object(room):
    changes = [Change("item", "1", room.now, "cli", f"action {n}", n, {"n": [n, None, "é"]}) for n in range(3)]
    with room.storage.transaction() as tx:
        for change in [*changes, replace(changes[0], object_id="2")]:
            tx.add_change(change)
    with room.storage.read() as reader:
        assert reader.history("item", "1") == tuple(reversed(changes))
        assert reader.history("item", "1", limit=1) == (changes[2],)
        assert reader.history("source", "1") == ()


def test_the_outbox_tells_what_is_due_oldest_first_until_it_is_dropped(room):
    with room.storage.transaction() as tx:
        tx.enqueue("b", {"x": 1}, room.now + timedelta(seconds=5))
        tx.enqueue("a", {"é": ["y"]}, room.now)
    with room.storage.transaction() as tx:
        (first,) = tx.outbox(room.now)
        assert (first.topic, first.payload, first.due, first.attempts) == ("a", {"é": ["y"]}, room.now, 0)
        tx.put_outbox(replace(first, due=room.now + timedelta(minutes=1), attempts=1))
        assert tx.outbox(room.now) == ()
        both = tx.outbox(room.now + timedelta(minutes=1))
        assert [(row.topic, row.attempts) for row in both] == [("b", 0), ("a", 1)]
        tx.drop_outbox(first.id)
        assert [row.topic for row in tx.outbox(room.now + timedelta(minutes=1))] == ["b"]


def test_the_outbox_is_asked_for_some_topics_alone(room):
    with room.storage.transaction() as tx:
        for topic in "abca":
            tx.enqueue(topic, {}, room.now)
    with room.storage.read() as reader:
        assert [row.topic for row in reader.outbox(room.now, topics=("c", "a"))] == ["a", "c", "a"]
        assert [row.topic for row in reader.outbox(room.now, limit=1, topics=("b",))] == ["b"]
        assert reader.outbox(room.now, topics=()) == ()


def test_what_waits_in_the_outbox_already_is_made_due_and_not_put_there_again(room):
    later = room.now + timedelta(hours=6)
    with room.storage.transaction() as tx:
        tx.enqueue_once("push", {"b": 1, "a": "é"}, room.now)
        (row,) = tx.outbox(room.now)
        tx.put_outbox(replace(row, due=later, attempts=3))
        tx.enqueue_once("push", {"a": "é", "b": 1}, room.now + timedelta(seconds=2))
        tx.enqueue_once("push", {"a": "e", "b": 1}, room.now)
        tx.enqueue_once("other", {"a": "é", "b": 1}, room.now)
    with room.storage.read() as reader:
        found = [(row.topic, row.payload["a"], row.due - room.now, row.attempts) for row in reader.outbox(later)]
    second = timedelta(seconds=1)
    assert found == [("push", "e", 0 * second, 0), ("other", "é", 0 * second, 0), ("push", "é", 2 * second, 0)]


def test_a_mark_is_the_last_moment_given(room):
    with room.storage.transaction() as tx:
        assert tx.mark("worker") is None
        tx.put_mark("worker", room.now)
        tx.put_mark("worker", room.now + timedelta(seconds=5))
        assert tx.mark("worker") == room.now + timedelta(seconds=5)
