"""Leases and looks of many sources at once, and what a tick touches."""

from __future__ import annotations

from datetime import timedelta

from news.rhythm import Hints
from news.rules import usual_rules
from news.sources import Check
from storage.sqlite.sources import DUE


def lease(room, limit=100):
    with room.storage.transaction() as tx:
        return tx.lease_sources(room.now, room.now + timedelta(minutes=3), limit)


def test_what_a_source_says_about_being_asked_comes_back(room):
    source = room.source()
    check = Check(
        room.now, hints=Hints(3600, frozenset({0, 23}), frozenset({5, 6})), rhythm=86_400,
        moved_to="https://b.example/", moved_since=room.now,
    )  # fmt: skip
    with room.storage.transaction() as tx:
        tx.put_check(source.id, check)
        assert tx.source(source.id).check == check


def test_many_looks_are_kept_at_once_and_end_their_leases(room):
    made = {room.source(f"S{number}").id: Check(room.now, checked=room.now, failures=number) for number in range(5)}
    assert len(lease(room)) == 5
    with room.storage.transaction() as tx:
        tx.put_checks(made)
        assert {key: source.check for key, source in tx.sources_named(made).items()} == made
    assert len(lease(room)) == 5


def test_a_look_at_a_source_that_is_not_there_harms_nobody(room):
    with room.storage.transaction() as tx:
        tx.put_checks({"gone": Check(room.now)})
        assert tx.sources_named(["gone"]) == {}


def test_leases_are_prolonged_and_given_back(room):
    first, second = room.source("A"), room.source("B")
    lease(room)
    with room.storage.transaction() as tx:
        tx.extend_leases([first.id], room.now + timedelta(minutes=5))
    room.later(minutes=4)
    assert [source.name for source in lease(room)] == ["B"], "that of the other ran out"
    with room.storage.transaction() as tx:
        tx.end_leases([first.id, second.id])
    assert len(lease(room)) == 2


def test_a_lease_that_was_ended_is_not_prolonged(room):
    source = room.source()
    lease(room)
    with room.storage.transaction() as tx:
        tx.put_check(source.id, Check(room.now))
        tx.extend_leases([source.id], room.now + timedelta(minutes=5))
    assert len(lease(room)) == 1


def test_leases_give_whole_sources_most_overdue_first(room):
    late = room.source(
        "Tard", check=Check(room.now - timedelta(days=1)), rules=usual_rules([("a", "b")]), language="fr"
    )
    room.source("Maintenant")
    assert lease(room)[0] == late
    assert len(lease(room)) == 0


def test_a_tick_walks_along_indexes_only(room):
    room.source()
    with room.storage.read() as reader:
        given = {"now": 0, "until": 180, "limit": 100}
        plan = [row["detail"] for row in reader.rows(f"EXPLAIN QUERY PLAN {DUE}", given)]
    print(*plan, sep="\n")
    walks = [line for line in plan if "source" in line]
    assert len(walks) == 2
    assert any("source_due (next_at<?)" in line for line in walks)
    assert any("source_looked_at (checked>?)" in line for line in walks)
