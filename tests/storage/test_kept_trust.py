"""Floods, copies of one story, and items that look alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.floods import Flood, FloodKind
from news.items import Item, Origin, Status
from news.recognise import Alias
from news.similar import title_keys
from news.sources import Source
from storage.records import ItemQuery

TITLE = "Une chaire d’hydrologie ouvre à Port-Sévigny"


@pytest.fixture
def source(room) -> Source:
    return room.source()


def of(source: Source, **said: object) -> dict[str, object]:
    return {"origin": Origin(source.id, source.name), **said}


def flood(source: Source, room, kind: FloodKind = FloodKind.RENAMED) -> Flood:
    return Flood(source.id, source.name, kind, room.now, 0)


def held(room, source: Source, count: int = 3) -> list[Item]:
    items = [room.post(f"n{n}", status=Status.REVIEW, **of(source)) for n in range(count)]
    with room.storage.transaction() as tx:
        tx.put_flood(flood(source, room), [item.id for item in items])
    return items


def test_what_waits_together_comes_back_as_one(room, source):
    items = held(room, source)
    with room.storage.read() as reader:
        assert reader.flood(source.id) == replace(flood(source, room), items=3)
        assert reader.floods() == (reader.flood(source.id),)
        assert reader.flood_items(source.id) == tuple(reversed(items))
        assert reader.items(ItemQuery(flooded=False)) == ()
        assert len(reader.items(ItemQuery())) == 3


def test_a_flood_counts_only_what_still_waits_and_keeps_when_it_began(room, source):
    items = held(room, source)
    room.later(hours=1)
    room.keep(items[0], status=Status.WITHDRAWN)
    late = room.post("n9", status=Status.REVIEW, **of(source))
    with room.storage.transaction() as tx:
        tx.put_flood(flood(source, room, FloodKind.MANY), [late.id])
        found = tx.flood(source.id)
    assert (found.items, found.kind, found.since) == (3, FloodKind.RENAMED, room.now - timedelta(hours=1))


def test_a_flood_that_is_decided_is_no_more(room, source):
    held(room, source)
    with room.storage.transaction() as tx:
        tx.end_flood(source.id)
    with room.storage.read() as reader:
        assert (reader.flood(source.id), reader.floods(), reader.flood_items(source.id)) == (None, (), ())
        assert len(reader.items(ItemQuery(flooded=False))) == 3


def test_a_flood_of_a_removed_source_is_nobodys(room, source):
    held(room, source)
    with room.storage.transaction() as tx:
        tx.put_source(replace(source, removed=room.now), room.now)
        assert tx.floods() == ()


def test_a_source_has_copies_once_something_of_it_is_known(room, source):
    other = room.source("Autre")
    item = room.post(**of(source))
    with room.storage.transaction() as tx:
        assert tx.sources_with_copies([source.id]) == frozenset()
        tx.put_aliases(source.id, item.id, [Alias("guid", "1")], "print")
        assert tx.sources_with_copies([source.id, other.id, "unknown"]) == {source.id}


def test_links_are_known_that_lead_to_an_item_whatever_became_of_it(room, source):
    room.post(**of(source), link="https://www.partner.example/1/")
    room.post("Attend", **of(source), link="https://partner.example/2", status=Status.REVIEW)
    asked = ["partner.example/1", "partner.example/2", "partner.example/3"]
    with room.storage.read() as reader:
        assert reader.links_known(asked) == {"partner.example/1", "partner.example/2"}
        assert reader.links_known([]) == frozenset()


def test_a_renamed_copy_is_the_other_one_and_its_next_word_is_a_change(room, source):
    old, new = room.post("Vieux", **of(source)), room.post("Neuf", **of(source))
    with room.storage.transaction() as tx:
        tx.put_aliases(source.id, old.id, [Alias("guid", "1")], "old print")
        tx.put_aliases(source.id, new.id, [Alias("guid", "2"), Alias("link", "x")], "new print")
        tx.rename_copy(source.id, new.id, old.id)
        known = tx.known(source.id, [Alias("guid", "1"), Alias("guid", "2"), Alias("link", "x")])
    assert {copy.item.id for copy in known.values()} == {old.id}
    assert {copy.fingerprint for copy in known.values()} == {""}


def test_what_was_withdrawn_is_found_by_its_link_unless_its_source_went(room, source):
    link = "https://www.partenaire.example/1/?utm_source=x"
    gone = room.post(status=Status.WITHDRAWN, link=link, **of(source))
    room.post(link="https://partenaire.example/2")
    with room.storage.transaction() as tx:
        wanted = ["partenaire.example/1", "partenaire.example/2"]
        assert tx.ended_by_canonical(wanted) == {"partenaire.example/1": gone}
        tx.put_source(replace(source, removed=room.now), room.now)
        assert tx.ended_by_canonical(wanted) == {}


def test_titles_are_found_by_their_keys_within_days_and_elsewhere_alone(room, source):
    other = room.source("Autre")
    mine = room.post(TITLE, **of(source))
    room.post(TITLE, published=room.now - timedelta(days=30), **of(source))
    room.post(TITLE, status=Status.DRAFT)
    room.post("Autre chose, tout à fait différente", **of(source))
    keys = title_keys(TITLE + " !")

    def found(besides: str, **past: float) -> set[str]:
        with room.storage.read() as reader:
            rows = reader.titled_alike(
                keys, room.now - timedelta(days=2), room.now + timedelta(**past), besides=besides, limit=50
            )
            return {item_id for _, item_id, _ in rows}

    assert found(other.id, days=1) == {mine.id}
    assert found(source.id, days=1) == set()
    assert found(other.id, days=-1) == set()
    assert found("nobody", days=1) == {mine.id}


def test_a_pair_is_a_pair_both_ways_and_apart_for_ever(room):
    one, two, three = (room.post(name) for name in "abc")
    with room.storage.transaction() as tx:
        tx.put_likeness(one.id, two.id, apart=False)
        tx.put_likeness(three.id, one.id, apart=False)
        tx.put_likeness(one.id, one.id, apart=False)
        assert tx.likenesses([one.id, two.id]) == {one.id: (two.id, three.id), two.id: (one.id,)}
        tx.put_likeness(two.id, one.id, apart=True)
        tx.put_likeness(one.id, two.id, apart=False)
        assert tx.likenesses([one.id, two.id]) == {one.id: (three.id,)}
        assert (tx.apart(one.id), tx.apart(two.id), tx.apart(three.id)) == ({two.id}, {one.id}, frozenset())


def test_what_was_merged_is_proposed_no_more_and_is_a_copy(room):
    one, two = room.post("Une"), room.post("Deux")
    with room.storage.transaction() as tx:
        tx.put_likeness(one.id, two.id, apart=False)
    copy = room.keep(two, merged_into=one.id)
    with room.storage.read() as reader:
        assert reader.likenesses([one.id, two.id]) == {}
        assert reader.copies([one.id, two.id]) == {one.id: (copy,)}


def test_what_is_too_old_to_be_compared_with_anything_gets_no_keys_until_it_gets_another_date(room, source):
    old = room.post(TITLE, published=room.now - timedelta(days=40), **of(source))
    with room.storage.transaction() as tx:
        late = replace(old, id=room.mint(), story_id=room.mint(), origin=None)
        tx.put_new_items([late], room.now)

    def found() -> set[str]:
        with room.storage.read() as reader:
            rows = reader.titled_alike(
                title_keys(TITLE), room.now - timedelta(days=90), room.now, besides=None, limit=50
            )
            return {item_id for _, item_id, _ in rows}

    assert found() == set()
    with room.storage.transaction() as tx:
        tx.put_item(replace(old, published=room.now - timedelta(days=1), version=2), room.now)
    assert found() == {old.id}
