"""The lists staff work from: every filter, every order, and going on from a place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from news.items import Origin, Status
from news.users import Role, User
from storage.minting import Mint
from storage.records import ItemQuery, Order, Place
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def asked(room, **query):
    with room.storage.read() as reader:
        return list(reader.items(ItemQuery(**query)))


def titles(room, **query):
    return [item.title for item in asked(room, **query)]


@pytest.fixture
def five(room):
    """Five items, added a, b, c, d, e; b and c of one moment, d the oldest."""
    for title, hours in (("a", 0), ("b", 1), ("c", 1), ("d", -5), ("e", 9)):
        room.post(title, published=room.now + timedelta(hours=hours))
    return room


@pytest.mark.parametrize(
    ("order", "expected"), [(Order.NEWEST, "ecbad"), (Order.OLDEST, "dabce"), (Order.ADDED, "edcba")]
)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_list_is_read_page_by_page_in_either_direction_without_losing_or_repeating_one(five, order, expected, size):
    whole = asked(five, order=order)
    assert "".join(item.title for item in whole) == expected
    for at, item in enumerate(whole):
        place = Place(item.published, item.id)
        assert asked(five, order=order, after=place, limit=size) == whole[at + 1 : at + 1 + size]
        assert asked(five, order=order, before=place, limit=size) == whole[max(at - size, 0) : at]


def test_a_page_goes_on_where_it_was_although_the_item_beside_it_has_another_date_now(five):
    newest = asked(five)
    place = Place(newest[1].published, newest[1].id)
    five.keep(newest[1], published=newest[1].published + timedelta(days=30))
    assert asked(five, after=place) == newest[2:]


def test_dates_bound_a_list_from_and_until(five):
    assert titles(five, since=five.now, until=five.now + timedelta(hours=9)) == ["c", "b", "a"]


def test_what_was_written_here_and_what_was_collected_are_told_apart(room):
    source = room.source()
    room.post("ours")
    room.post("theirs", origin=Origin(source.id, source.name, "1", (), False))
    assert (titles(room, own=True), titles(room, own=False)) == (["ours"], ["theirs"])


def test_the_untranslated_are_those_whose_story_no_other_language_tells(room):
    alone = room.post("alone")
    told = room.post("told")
    room.post("told in English", language="en", story_id=told.story_id, status=Status.DRAFT)
    lost = room.post("lost")
    room.post("withdrawn in English", language="en", story_id=lost.story_id, status=Status.WITHDRAWN)
    assert titles(room, untranslated=True) == ["lost", "alone"]
    with room.storage.read() as reader:
        found = reader.told_in([alone.story_id, told.story_id, lost.story_id])
    assert found == {
        alone.story_id: frozenset({"fr"}), told.story_id: frozenset({"fr", "en"}), lost.story_id: frozenset({"fr"}),
    }  # fmt: skip


def test_a_copy_tells_nothing(room):
    told = room.post("told")
    room.post("a copy in English", language="en", story_id=told.story_id, merged_into=told.id)
    with room.storage.read() as reader:
        assert reader.told_in([told.story_id]) == {told.story_id: frozenset({"fr"})}


def test_no_stories_are_told_in_no_language(room):
    with room.storage.read() as reader:
        assert reader.told_in([]) == {}


def test_an_older_database_is_brought_up_to_date_and_its_lists_are_answered_from_indexes(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0026_lists", path):
        pass
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0026_lists" in store.migrate(NOW)
    with store.transaction() as tx:
        tx.put_user(User(tx.mint(), "a@school.example", Role.AUTHOR, "x", NOW))
    with closing(sqlite3.connect(path)) as looked:
        plans = [
            str(looked.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
            for sql in (
                "SELECT * FROM item WHERE owner_id = 'x' AND (sorted, key) < (1, 1) ORDER BY sorted DESC, key DESC",
                "SELECT status, count(*) FROM item WHERE merged_into IS NULL GROUP BY status",
                "SELECT * FROM item WHERE status IN ('draft') AND (sorted, key) < (1, 1)"
                " ORDER BY sorted DESC, key DESC",
            )
        ]
    for plan, index in zip(plans, ("item_of_owner", "item_counted", "item_of_status"), strict=True):
        assert index in plan
        assert "TEMP B-TREE" not in plan
    store.close()


def test_pages_of_a_hundred_items_of_one_second_follow_each_other(room):
    made = [room.post(f"n{number}") for number in range(100)]
    pages, place = [], None
    while found := asked(room, after=place, limit=7):
        pages.append(found)
        place = Place(found[-1].published, found[-1].id)
    assert [item for page in pages for item in page] == made[::-1]
    assert all(left[-1].id > right[0].id for left, right in pairwise(pages))
