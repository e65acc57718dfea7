"""Snapshots, turns to write, and what is left of one that failed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest


def in_threads(act: Callable[[int], None], count: int) -> None:
    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(act, number) for number in range(count)]:
            done.result()


def test_a_snapshot_sees_one_state_while_another_thread_writes(room):
    category = room.category("masters")
    room.post("Une", category)
    with room.storage.read() as reader:
        before = (reader.shelf(room.selection(), limit=9), reader.feed_state(room.selection(category)))
        in_threads(lambda _: room.post("Deux", category), 1)
        assert (reader.shelf(room.selection(), limit=9), reader.feed_state(room.selection(category))) == before
        assert reader.category_counts()[""] == 1
    assert [item.title for item in room.shelf()] == ["Deux", "Une"]


def test_the_change_number_does_not_look_through_an_old_snapshot_s_eyes(room):
    number = room.storage.change_number()
    in_threads(lambda _: room.post("Une"), 1)
    assert room.storage.change_number() > number


def test_a_snapshot_inside_another_is_the_same(room):
    with room.storage.read() as outer:
        outer.categories()
        in_threads(lambda _: room.category("masters"), 1)
        with room.storage.read() as inner:
            assert inner.categories() == ()
        assert outer.categories() == ()


def test_a_reading_inside_a_turn_to_write_sees_what_it_wrote(room):
    item = room.item("Une")
    with room.storage.transaction() as tx:
        tx.put_item(item, room.now)
        with room.storage.read() as reader:
            assert reader.item(item.id) == item


def test_no_turn_to_write_begins_inside_a_snapshot(room):
    with room.storage.read(), pytest.raises(RuntimeError), room.storage.transaction():
        pass
    room.post("Une")


def test_what_is_written_is_seen_by_nobody_before_the_end(room):
    seen: list[int] = []
    with room.storage.transaction() as tx:
        tx.put_item(room.item("Une"), room.now)
        in_threads(lambda _: seen.append(len(room.shelf())), 1)
    assert seen == [0]
    assert len(room.shelf()) == 1


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_nothing_of_a_turn_and_the_next_one_works(room, error):
    category = room.category("masters")
    before = (room.storage.change_number(), room.state(category))
    with pytest.raises(error), room.storage.transaction() as tx:
        tx.put_item(room.item("Une", category), room.now)
        tx.put_mark("worker", room.now)
        tx.enqueue("item.shown", {}, room.now)
        raise error
    with room.storage.read() as reader:
        assert reader.mark("worker") is None
        assert reader.outbox(room.now) == ()
        assert reader.shelf(room.selection(), limit=9, text="une") == ()
        assert reader.category_counts()[category.id] == 0
    assert (room.storage.change_number(), room.state(category)) == before
    room.post("Deux", category)
    assert len(room.shelf(category)) == 1


def test_threads_that_read_and_then_write_lose_nothing(room):
    category = room.category("masters")

    def posting(number: int) -> None:
        for turn in range(5):
            item = room.item(f"{number}-{turn}", category)
            with room.storage.transaction() as tx:
                assert len(tx.shelf(room.selection(category), limit=1)) <= 1
                tx.put_item(item, room.now)

    in_threads(posting, 8)
    with room.storage.read() as reader:
        assert reader.category_counts() == {category.id: 40, "": 40}
    assert {item.title for item in room.shelf(category)} == {f"{n}-{t}" for n in range(8) for t in range(5)}


def test_a_store_that_was_closed_opens_again_when_asked(room):
    item = room.post("Une")
    room.storage.close()
    assert room.shelf() == [item]
