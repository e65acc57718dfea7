"""Categories that end: what stays on their shelves, what becomes another's, what moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.errors import Conflict
from news.items import Status

GRACE = timedelta(days=30)


def retire(room, category, successor=None):
    return room.keep_category(
        replace(
            category, retired=room.now, closes=room.now + GRACE, farewell=room.mint(),
            successor=successor and successor.id,
        )
    )  # fmt: skip


def merge(room, category, into):
    with room.storage.transaction() as tx:
        return tx.merge_category(category.id, into.id, "cli", room.now)


def titles(items):
    return [item.title for item in items]


def test_an_ended_category_comes_back_with_everything(room):
    other = room.category("deux")
    made = retire(room, room.category("un"), other)
    with room.storage.read() as reader:
        assert reader.category_of_slug("un") == made
    with room.storage.transaction() as tx:
        tx.close_category(made.id, room.now)
    with room.storage.read() as reader:
        assert reader.category_of_slug("un") == replace(made, closed=room.now)


def test_a_retired_category_keeps_what_it_showed_and_takes_nothing_new(room):
    ended = room.category("un")
    old, moved = room.post("avant", ended), room.post("changé", ended, status=Status.SCHEDULED, due=room.now)
    retire(room, ended)
    room.post("après", ended)
    room.keep(moved, status=Status.PUBLISHED)
    room.keep(old, title="corrigé")
    assert titles(room.shelf(ended)) == ["corrigé"]
    with room.storage.read() as reader:
        assert reader.category_counts()[ended.id] == 1


def test_closing_moves_its_own_feeds_alone(room):
    ended = room.category("un")
    room.post("actualité", ended)
    retire(room, ended)
    room.later(days=30)
    own, everything = room.state(ended), room.state()
    with room.storage.transaction() as tx:
        tx.close_category(ended.id, room.now)
    assert room.state(ended).changed_at > own.changed_at
    assert room.state() == everything


@pytest.mark.parametrize("language", [None, "fr", "en"])
def test_the_feeds_of_an_ended_category_move_with_the_name_of_its_successor(room, language):
    third = room.category("trois")
    second = room.category("deux")
    first = retire(room, room.category("un"), second)
    retire(room, second, third)
    before = room.state(first, language=language)
    room.keep_category(replace(third, name_fr="Autrement"))
    assert room.state(first, language=language).changed_at > before.changed_at


def test_a_merge_gives_the_items_and_keeps_their_dates(room):
    gone, into = room.category("un"), room.category("deux")
    old = room.post("ancienne", gone, published=room.now - timedelta(days=400))
    room.later(hours=1)
    both = room.post("les deux", gone, into)
    draft = room.post("brouillon", gone, status=Status.DRAFT)
    room.later(hours=1)
    assert merge(room, gone, into) == 3
    assert titles(room.shelf(into)) == ["les deux", "ancienne"]
    assert room.shelf(gone) == []
    with room.storage.read() as reader:
        for item in (old, both, draft):
            found = reader.item(item.id)
            assert found == replace(item, categories=frozenset({into.id}), version=item.version + 1)
            change = reader.history("item", item.id)[0]
            assert (change.version, change.actor) == (found.version, "cli")
            assert change.data == {"categories": {"from": sorted(item.categories), "to": [into.id]}}
        assert reader.category_counts() == {"": 2, gone.id: 0, into.id: 2}


def test_a_merge_gives_every_address_and_nobody_else_may_take_one(room):
    gone, into = room.category("zero"), room.category("deux")
    gone = room.keep_category(replace(gone, slug="un"))
    merge(room, gone, into)
    with room.storage.read() as reader:
        for slug in ("zero", "un", "deux"):
            assert reader.category_of_slug(slug).id == into.id
        assert set(reader.category_of_slug("un").past_slugs) == {"zero", "un"}
    with pytest.raises(Conflict):
        room.category("un")
    room.keep_category(replace(into, slug="un"))
    with room.storage.read() as reader:
        assert reader.category_of_slug("deux").slug == "un"


def test_a_merge_moves_what_shows_its_items_and_nothing_else(room):
    gone, into, beside, apart = (room.category(slug) for slug in ("un", "deux", "trois", "quatre"))
    room.post("actualité", gone, beside)
    room.post("ailleurs", apart)
    room.later(hours=1)
    before = {one.slug: room.state(one) for one in (into, beside, apart)}
    merge(room, gone, into)
    moved = [one.slug for one in (into, beside, apart) if room.state(one) != before[one.slug]]
    assert moved == ["deux", "trois"]
    assert room.state(into).changed_at == room.now


def test_what_is_filed_under_a_merged_category_comes_to_the_other(room):
    first, second, third = (room.category(slug) for slug in ("un", "deux", "trois"))
    merge(room, first, second)
    merge(room, second, third)
    late = room.post("en retard", first)
    assert titles(room.shelf(third)) == ["en retard"]
    with room.storage.read() as reader:
        assert reader.item(late.id).categories == {third.id}


def test_the_reach_of_a_category_counts_every_item_and_names_what_shows_them(room):
    one, beside, apart = (room.category(slug) for slug in ("un", "deux", "trois"))
    room.post("visible", one, beside)
    room.post("brouillon", one, apart, status=Status.DRAFT)
    with room.storage.read() as reader:
        reach = reader.reach(one.id)
    assert (reach.items, reach.feeds) == (2, {"", one.id, beside.id})
