"""Many new things at once, as the contract has it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from news.errors import Conflict
from news.items import Change, Item, Origin, Status
from news.recognise import Alias
from storage.records import ItemQuery, NewCopy


def collected(room: Any, source: Any, title: str, *categories: Any, guid: str | None = None) -> Item:
    keeps = guid is not None and guid.startswith("https://")
    return room.item(title, *categories, origin=Origin(source.id, source.name, guid, ("Terme",), keeps))  # type: ignore[no-any-return]


def test_new_items_stored_together_are_on_the_shelf_in_the_search_and_in_the_counts(room: Any) -> None:
    news, source = room.category("actualites"), room.source()
    items = [collected(room, source, f"Nouvelle {number}", news) for number in range(3)]
    with room.storage.transaction() as tx:
        tx.put_new_items(items, room.now)
    assert [item.id for item in room.shelf(news)] == [item.id for item in reversed(items)]
    assert len(room.shelf(text="nouvelle")) == 3
    with room.storage.read() as reader:
        assert reader.category_counts() == {"": 3, news.id: 3}


def test_of_items_stored_together_none_is_stored_when_one_has_an_identity_that_is_taken(room: Any) -> None:
    news, source = room.category("actualites"), room.source()
    taken = "https://partenaire.example/1"
    before = room.keep(collected(room, source, "Avant", news, guid=taken))
    state = room.state(news)
    late = [collected(room, source, "Après", news), collected(room, source, "Encore", news, guid=taken)]
    with room.storage.transaction() as tx:
        with pytest.raises(Conflict) as refused:
            tx.put_new_items(late, room.now)
        assert refused.value.message_args["guid"] == taken
    assert [item.id for item in room.shelf(news)] == [before.id]
    assert room.state(news) == state
    with room.storage.read() as reader:
        assert len(reader.items(ItemQuery())) == 1


def test_names_of_copies_stored_together_are_known(room: Any) -> None:
    source = room.source()
    items = [collected(room, source, f"Nouvelle {number}") for number in range(2)]
    one, other = Alias("guid", "1"), Alias("link", "https://partenaire.example/2")
    with room.storage.transaction() as tx:
        tx.put_new_items(items, room.now)
        tx.put_new_copies({source.id: [NewCopy(items[0].id, (one,), "a"), NewCopy(items[1].id, (other, one), "b")]})
    with room.storage.read() as reader:
        known = reader.known(source.id, [one, other])
    assert {alias: copy.item.id for alias, copy in known.items()} == {one: items[0].id, other: items[1].id}
    assert [known[one].fingerprint, known[other].fingerprint] == ["a", "b"]


def test_history_and_outbox_keep_the_order_in_which_they_were_told(room: Any) -> None:
    changes = [Change("item", "x", room.now, "source:1", f"step {number}", number) for number in range(3)]
    with room.storage.transaction() as tx:
        tx.add_changes(changes)
        tx.enqueue_all([("a", {"n": 1}), ("b", {"n": 2})], room.now)
    with room.storage.read() as reader:
        assert [change.action for change in reader.history("item", "x")] == ["step 2", "step 1", "step 0"]
        assert [(row.topic, row.payload) for row in reader.outbox(room.now)] == [("a", {"n": 1}), ("b", {"n": 2})]


def test_nothing_at_all_can_be_stored_together(room: Any) -> None:
    source = room.source()
    before = room.state()
    with room.storage.transaction() as tx:
        tx.put_new_items([], room.now)
        tx.put_new_copies({source.id: []})
        tx.add_changes([])
        tx.enqueue_all([], room.now)
        assert tx.named_feeds_showing_each([]) == {}
    assert room.state() == before


def test_a_translation_of_a_story_in_public_may_come_among_others(room: Any) -> None:
    news = room.category("actualites")
    first = room.post("Une histoire", news)
    room.later(days=1)
    other = replace(room.item("A story", news, story_id=first.story_id), language="en")
    with room.storage.transaction() as tx:
        tx.put_new_items([other, room.item("Autre chose", news)], room.now)
    with room.storage.read() as reader:
        told = reader.told_at(room.selection(news), [first.story_id])
        assert {item.id for item in reader.story(first.story_id)} == {first.id, other.id}
    assert told == {first.story_id: room.now}
    assert room.shelf(news)[0].status is Status.PUBLISHED


def test_the_moments_that_public_items_are_told_at_are_taken_and_no_others(room: Any) -> None:
    news = room.category("actualites")
    at = [room.now + timedelta(seconds=number) for number in (0, 5, 6, 100, 200)]
    shown = [room.keep(room.item(f"Titre {number}", news, updated=at[number])) for number in range(4)]
    room.keep(room.item("Brouillon", news, updated=at[4], status=Status.DRAFT))
    room.keep(room.item("Copie", news, updated=at[4], merged_into=shown[0].id))
    with room.storage.transaction() as tx:
        assert tx.moments_taken([(at[0], at[1]), (at[3], at[4])]) == {at[0], at[1], at[3]}
        assert tx.moments_taken([]) == frozenset()
