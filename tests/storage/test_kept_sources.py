"""Sources, what is remembered of the last look at them, and leases."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from news.errors import Conflict
from news.rules import Rule, RuleKind, usual_rules
from news.sources import Check, Kind, Selectors, Trust


def lease(room, limit=10, minutes=10):
    with room.storage.transaction() as tx:
        return [source.name for source in tx.lease_sources(room.now, room.now + timedelta(minutes=minutes), limit)]


def test_a_source_comes_back_with_everything_and_its_check(room):
    category = room.category("masters")
    made = room.source(
        kind=Kind.PAGE, trust=Trust.REVIEW, language="en",
        rules=(*usual_rules([("M&A", category.id)], [category.id]), Rule(RuleKind.WORDS, "thèse*, prix", stop=True)),
        selectors=Selectors(item=".news > li", date="time"), paused=True,
    )  # fmt: skip
    check = Check(
        room.now + timedelta(hours=1), room.now, room.now, room.now, 3, "fetch.timeout", {"seconds": 20},
        'W/"é"', "Mon, 02 Mar 2026 09:00:00 GMT", "abc",
    )  # fmt: skip
    with room.storage.transaction() as tx:
        tx.put_check(made.id, check)
    with room.storage.read() as reader:
        assert reader.source(made.id) == reader.source_of_url(made.url) == replace(made, check=check)


def test_a_removed_source_is_no_longer_listed_and_its_address_is_free(room):
    gone = room.source()
    with room.storage.transaction() as tx:
        tx.put_source(replace(gone, removed=room.now), room.now)
    again = room.source()
    with room.storage.read() as reader:
        assert reader.sources() == (again,)
        assert reader.source_of_url(again.url) == again
        assert reader.source(gone.id) == replace(gone, removed=room.now)


def test_two_sources_never_have_one_address(room):
    room.source()
    with pytest.raises(Conflict):
        room.source()


def test_sources_stand_by_name(room):
    for name in ("Zeta", "Alpha"):
        room.source(name)
    with room.storage.read() as reader:
        assert [source.name for source in reader.sources()] == ["Alpha", "Zeta"]


def test_what_is_due_is_leased_once_most_overdue_first(room):
    room.source("Demain", check=Check(room.now + timedelta(days=1)))
    room.source("Hier", check=Check(room.now - timedelta(days=1)))
    room.source("Maintenant")
    assert lease(room) == ["Hier", "Maintenant"]
    assert lease(room) == []


def test_no_more_are_leased_than_asked_for(room):
    for name in ("A", "B", "C"):
        room.source(name)
    assert (len(lease(room, limit=2)), len(lease(room, limit=2)), len(lease(room, limit=2))) == (2, 1, 0)


def test_paused_and_removed_sources_are_never_leased(room):
    room.source("Pause", paused=True)
    room.source("Partie", removed=room.now)
    assert lease(room) == []


def test_a_lease_that_ran_out_is_taken_again(room):
    room.source()
    assert lease(room, minutes=10)
    room.later(minutes=9, seconds=59)
    assert not lease(room)
    room.later(seconds=1)
    assert lease(room)


def test_a_look_ends_the_lease(room):
    source = room.source()
    lease(room)
    with room.storage.transaction() as tx:
        tx.put_check(source.id, Check(room.now))
    assert lease(room)


def test_keeping_a_source_does_not_end_its_lease(room):
    source = room.source()
    lease(room)
    with room.storage.transaction() as tx:
        tx.put_source(replace(source, name="Autre"), room.now)
    assert not lease(room)


def test_two_who_lease_never_get_the_same_source(room):
    for number in range(40):
        room.source(f"S{number}")
    got: list[str] = []

    def taking():
        while some := lease(room, limit=3):
            got.extend(some)

    threads = [threading.Thread(target=taking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == 40
