"""A store that was a copy: its feeds go on from a point that nobody can have seen."""

from __future__ import annotations

from datetime import timedelta

import pytest


def numbers(room, *members, language=None):
    selection = room.selection(*members, language=language)
    with room.storage.read() as reader:
        return [passage.number for passage in reader.passages(selection, 1, reader.last_passage(selection))]


def state(room, *members, language=None):
    with room.storage.read() as reader:
        return reader.feed_state(room.selection(*members, language=language))


def tell_anew(room, now):
    with room.storage.transaction() as tx:
        tx.tell_feeds_anew(now)


@pytest.fixture
def masters(room):
    return room.category("masters")


def test_every_feed_has_changed(room, masters):
    room.post("Une", masters)
    feeds = [(), (masters,)]
    before = {(each, tongue): state(room, *each, language=tongue) for each in feeds for tongue in (None, "fr", "en")}
    later = room.now + timedelta(days=2)
    tell_anew(room, later)
    for (each, tongue), was in before.items():
        now = state(room, *each, language=tongue)
        assert now.id == was.id
        assert now.revision > was.revision
        assert now.changed_at >= later


def test_what_changed_grows_also_where_the_clock_went_back(room, masters):
    room.post("Une", masters)
    before = state(room, masters)
    tell_anew(room, room.now - timedelta(days=30))
    assert state(room, masters).changed_at > before.changed_at


def test_the_last_of_each_log_is_told_once_more_and_the_log_goes_on_from_there(room, masters):
    room.post("Une", masters)
    room.post("Deux")
    room.post("Trois", masters)
    later = room.now + timedelta(days=2)
    tell_anew(room, later)
    far = int(later.timestamp())
    assert numbers(room) == [1, 2, far]
    assert numbers(room, masters) == [1, far]
    assert numbers(room, language="en") == []
    room.post("Quatre", masters)
    assert numbers(room) == [1, 2, far, far + 1]
    tell_anew(room, later)
    assert numbers(room) == [1, 2, far, far + 2]
