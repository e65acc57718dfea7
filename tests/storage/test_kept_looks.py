"""The log of looks, items by week, and what staff were told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from news.health import Look, Seen, State
from news.items import Origin, Status
from news.sources import Check, Source


def look(room, source: Source, what: Seen = Seen.CHANGED, **said: object) -> Look:
    made = Look(room.now, what, **said)
    with room.storage.transaction() as tx:
        tx.add_looks({source.id: made})
    return made


def looks(room, source: Source, limit: int = 1000) -> tuple[Look, ...]:
    with room.storage.read() as reader:
        return reader.looks(source.id, limit)


def test_a_log_comes_back_latest_first(room):
    source, other = room.source(), room.source("Autre")
    first = look(room, source, took=80, before=3, new=2, changed=1)
    room.later(minutes=5)
    second = look(room, source, Seen.FAILED, error_key="source.fetch.status", error_args={"host": "h", "status": 500})
    look(room, other)
    assert looks(room, source) == (second, first)
    assert looks(room, source, 1) == (second,)


def test_a_log_keeps_two_hundred_lines_of_ninety_days(room):
    source, other = room.source(), room.source("Autre")
    kept = look(room, other)
    for _ in range(205):
        room.later(minutes=1)
        look(room, source)
    assert len(looks(room, source)) == 200
    room.later(days=91)
    last = look(room, source)
    assert looks(room, source) == (last,)
    assert looks(room, other) == (kept,), "each log is bounded by itself"


def test_a_log_of_nobody_is_written_nowhere(room):
    with room.storage.transaction() as tx:
        tx.add_looks({"nobody": Look(room.now, Seen.SAME)})
        assert tx.looks("nobody", 9) == ()


def test_items_are_counted_by_the_week_they_are_dated_in(room):
    source, other = room.source(), room.source("Autre")
    of = {"origin": Origin(source.id, source.name)}
    until = room.now + timedelta(hours=15)
    for days, how in ((0, {}), (1, {}), (8, {"status": Status.WITHDRAWN}), (20, {}), (22, {}), (-1, {})):
        room.post(published=room.now - timedelta(days=days), **of, **how)
    room.post()
    with room.storage.read() as reader:
        told = reader.weekly([source.id, other.id], until, 3)
    assert told == {source.id: (1, 1, 2), other.id: (0, 0, 0)}


def test_what_was_told_is_remembered_until_it_is_well(room):
    source, other = room.source(), room.source("Autre")

    def told(**said: State) -> dict[str, State]:
        with room.storage.transaction() as tx:
            tx.put_told({{"a": source.id, "b": other.id}[name]: state for name, state in said.items()})
            return tx.told_of_sources()

    assert told(a=State.QUIET, b=State.GONE) == {source.id: State.QUIET, other.id: State.GONE}
    assert told(a=State.FAILING, b=State.WELL) == {source.id: State.FAILING}
    with room.storage.transaction() as tx:
        tx.put_source(replace(source, removed=room.now), room.now)
        assert tx.told_of_sources() == {}


def test_what_was_learned_of_a_source_comes_back(room):
    source = room.source()
    check = Check(room.now, said=room.now, longest=5, took=80, slow=2, same=7)
    with room.storage.transaction() as tx:
        tx.put_check(source.id, check)
        assert tx.source(source.id).check == check
