"""What enters a feed, changes there and leaves it is numbered, in order, once for each item."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.items import Brought, Status


def log(room, *members, language=None):
    """Titles in the order of the log; those of items that left in brackets."""
    selection = room.selection(*members, language=language)
    with room.storage.read() as reader:
        passages = reader.passages(selection, 1, reader.last_passage(selection))
        items = reader.items_named([passage.item_id for passage in passages])
    titles = [(passage.left, items[passage.item_id].title) for passage in passages]
    return [f"({title})" if left else title for left, title in titles]


def numbers(room, *members):
    selection = room.selection(*members)
    with room.storage.read() as reader:
        return [passage.number for passage in reader.passages(selection, 1, 1000)]


@pytest.fixture
def masters(room):
    return room.category("masters")


def test_items_are_told_in_the_order_they_entered_whatever_their_dates(room, masters):
    room.post("Une", masters)
    room.post("Ancienne", published=room.now - timedelta(days=900))
    room.post("Deux", masters, language="en")
    assert log(room) == ["Une", "Ancienne", "Deux"]
    assert log(room, masters) == ["Une", "Deux"]
    assert (log(room, masters, language="fr"), log(room, language="en")) == (["Une"], ["Deux"])
    assert numbers(room, masters) == [1, 2]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.SCHEDULED])
def test_what_was_never_shown_is_not_told(room, masters, status):
    hidden = room.post("Secret", masters, status=status, due=room.now + timedelta(days=1))
    room.keep(hidden, title="Autre")
    assert (log(room), log(room, masters)) == ([], [])


@pytest.mark.parametrize("said", [{"title": "Autre"}, {"summary": "Autre"}, {"language": "en"}, {"author": "Zoé"}])
def test_an_item_that_changes_moves_to_the_end(room, masters, said):
    item = room.post("Une", masters)
    room.post("Deux", masters)
    changed = room.keep(item, **said)
    assert log(room, masters) == ["Deux", changed.title]
    assert numbers(room, masters) == [2, 3]


def test_an_item_in_other_categories_is_another_for_the_readers_of_all(room, masters):
    item = room.post("Une", masters)
    room.post("Deux", masters)
    room.keep(item, categories=frozenset({masters.id, room.category("doctorat").id}))
    assert log(room) == log(room, masters) == ["Deux", "Une"]


def test_what_readers_cannot_see_is_no_passage(room, masters):
    item = room.post("Une", masters)
    room.post("Deux", masters)
    room.keep(item, version=2, overridden=frozenset({"title"}))
    assert log(room, masters) == ["Une", "Deux"]


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DRAFT])
def test_an_item_that_leaves_is_told_at_the_end_with_the_moment(room, masters, status):
    item = room.post("Une", masters)
    room.post("Deux", masters)
    room.later(hours=1)
    room.keep(item, status=status)
    assert log(room) == log(room, masters) == log(room, masters, language="fr") == ["Deux", "(Une)"]
    assert log(room, masters, language="en") == []
    with room.storage.read() as reader:
        (gone,) = reader.departures(room.selection(masters), 9)
    assert (gone.number, gone.item_id, gone.guid, gone.left) == (3, item.id, item.guid, room.now)


def test_a_departure_names_the_identity_readers_know(room, masters):
    item = room.post("Une", masters, brought=Brought("https://old.example/?p=1", keeps=True))
    room.keep(item, status=Status.WITHDRAWN)
    with room.storage.read() as reader:
        assert [gone.guid for gone in reader.departures(room.selection(), 9)] == ["https://old.example/?p=1"]


def test_departures_come_latest_first_and_no_more_than_asked_for(room, masters):
    items = [room.post(f"n° {number}", masters) for number in range(4)]
    for item in items:
        room.keep(item, status=Status.WITHDRAWN)
    with room.storage.read() as reader:
        assert [gone.item_id for gone in reader.departures(room.selection(masters), 2)] == [items[3].id, items[2].id]


def test_an_item_that_comes_back_has_not_left(room, masters):
    item = room.keep(room.post("Une", masters), status=Status.WITHDRAWN)
    room.keep(item, status=Status.PUBLISHED)
    assert log(room, masters) == ["Une"]
    assert numbers(room, masters) == [3]


def test_an_item_that_moves_to_another_category_or_language_leaves_the_former(room, masters):
    doctorat, item = room.category("doctorat"), room.post("Une", masters)
    item = room.keep(item, categories=frozenset({doctorat.id}))
    assert (log(room, masters), log(room, doctorat), log(room)) == (["(Une)"], ["Une"], ["Une"])
    room.keep(item, language="en")
    assert [log(room, doctorat, language=tag) for tag in (None, "fr", "en")] == [["Une"], ["(Une)"], ["Une"]]
    assert log(room, masters, language="en") == []


def test_a_copy_merged_into_another_story_leaves(room, masters):
    told, copy = room.post("Racontée", masters), room.post("Copie", masters)
    room.keep(copy, merged_into=told.id)
    assert log(room, masters) == ["Racontée", "(Copie)"]


def test_numbers_before_and_after_are_found_over_gaps(room, masters):
    items = [room.post(f"n° {number}", masters) for number in range(4)]
    room.keep(items[1], title="n° 1 bis")
    room.keep(items[2], title="n° 2 bis")
    selection = room.selection(masters)
    assert numbers(room, masters) == [1, 4, 5, 6]
    with room.storage.read() as reader:
        assert [reader.last_passage(selection, before) for before in (None, 6, 4, 1)] == [6, 5, 1, 0]
        assert [reader.next_passage(selection, after) for after in (0, 1, 5, 6)] == [1, 4, 6, 0]
        assert reader.last_passage(room.selection(masters, language="en")) == 0


def test_a_transaction_that_fails_leaves_no_passage(room, masters):
    with pytest.raises(ZeroDivisionError), room.storage.transaction() as tx:
        tx.put_item(room.item("Une", masters), room.now)
        raise ZeroDivisionError
    assert log(room) == []


def test_items_are_found_by_their_ids_whatever_their_status(room):
    shown, draft = room.post("Une"), room.post("Brouillon", status=Status.DRAFT)
    with room.storage.read() as reader:
        assert reader.items_named([shown.id, draft.id, "nothing"]) == {shown.id: shown, draft.id: draft}
        assert reader.items_named([]) == {}
