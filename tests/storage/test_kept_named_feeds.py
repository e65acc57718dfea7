"""A named feed shows what its selection holds, by the same shelves, logs and states as a category."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.errors import Conflict
from news.named_feeds import Chosen, NamedFeed
from news.selections import build

ANYTHING = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LANGUAGES = ["fr", "en", "de"]
choices = st.tuples(
    st.frozensets(st.integers(0, 2)), st.booleans(), st.frozensets(st.integers(0, 2), max_size=1),
    st.sampled_from([None, None, "fr", "en"]),
)  # fmt: skip
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("post"), st.frozensets(st.integers(0, 2)), st.sampled_from(LANGUAGES), st.booleans()),
        st.tuples(st.just("move"), st.frozensets(st.integers(0, 2)), st.integers(0, 5), st.booleans()),
        st.tuples(st.just("change"), choices),
        st.tuples(st.just("merge"), st.permutations([0, 1, 2]).map(lambda order: order[:2])),
    ),
    max_size=10,
)


def chosen_of(choice: Any, categories: list[Any]) -> Chosen:
    members, any_of, excluded, language = choice
    ids = tuple(sorted(categories[each].id for each in members))
    return Chosen(ids, any_of and len(ids) > 1, tuple(categories[each].id for each in excluded), language)


def named(room: Any, chosen: Chosen, slug: str = "choisi", **said: Any) -> NamedFeed:
    made = NamedFeed(room.mint(), slug.title(), slug.title(), slug, 0, room.now, chosen=chosen)
    return kept(room, replace(made, **said))


def kept(room: Any, feed: NamedFeed, **said: Any) -> NamedFeed:
    feed = replace(feed, **said)
    with room.storage.transaction() as tx:
        tx.put_named_feed(feed, room.now)
    return feed


def stored(room: Any) -> NamedFeed:
    with room.storage.read() as reader:
        return reader.named_feeds()[0]


def log(room: Any, feed: NamedFeed, language: str | None = None) -> list[tuple[str, bool]]:
    with room.storage.read() as reader:
        chosen = build([feed], any_of=False, language=language)
        return [(one.item_id, one.left is not None) for one in reader.passages(chosen, 1, 10_000)]


@ANYTHING
@given(choices, deeds)
def test_it_shows_what_a_walk_over_everything_finds_whatever_happens(new_room, choice, done):
    room = new_room()
    categories = [room.category(slug) for slug in ("un", "deux", "trois")]
    items: list[Any] = [room.post("Un", categories[0], categories[1])]
    feed = named(room, chosen_of(choice, categories))
    merged: set[str] = set()
    for what, *said in done:
        room.later(minutes=1)
        if what == "post":
            items.append(room.post("x", *(categories[each] for each in said[0]), language=said[1]))
        elif what == "move" and said[1] < len(items):
            ids = frozenset(categories[each].id for each in said[0])
            status = items[said[1]].status if said[2] else "withdrawn"
            items[said[1]] = room.keep(items[said[1]], categories=ids, status=type(items[0].status)(status))
        elif what == "change":
            feed = kept(room, stored(room), chosen=chosen_of(said[0], categories))
        elif what == "merge" and len({categories[each].id for each in said[0]} - merged) == 2:
            gone, into = (categories[each].id for each in said[0])
            with room.storage.transaction() as tx:
                tx.merge_category(gone, into, "cli", room.now)
            merged.add(gone)
            categories[said[0][0]] = categories[said[0][1]]
    feed = stored(room)
    with room.storage.read() as reader:
        now = reader.items_named([item.id for item in items])
        seen = [item.id for item in reader.shelf(build([feed], any_of=False), limit=100)]
        held = {item.id for item in now.values() if item.visible and feed.chosen.holds(item.categories, item.language)}
        assert (set(seen), len(seen)) == (held, len(held))
        assert reader.category_counts()[feed.id] == len(held)
        for language in (None,) if feed.chosen.language else (None, "fr"):
            shown = {each for each in held if language in (None, now[each].language)}
            assert {item for item, left in log(room, feed, language) if not left} == shown
    assert room.storage.problems() == ()


def test_a_change_of_what_it_shows_moves_only_what_has_to_and_keeps_the_ids(room):
    doctorat, masters = room.category("doctorat"), room.category("masters")
    both, one, other = room.post("a", doctorat, masters), room.post("b", doctorat), room.post("c", masters)
    feed = named(room, Chosen((doctorat.id,)))
    before = room.state(feed)
    room.later(hours=1)
    with room.storage.read() as reader:
        would = reader.moving(Chosen((masters.id,)), feed.id)
        assert (would.coming, would.leaving, reader.moving(Chosen()).coming) == (1, 1, 3)
    feed = kept(room, feed, chosen=Chosen((masters.id,)))
    after = room.state(feed)
    assert (after.id, after.created) == (before.id, before.created)
    assert (after.revision > before.revision, after.changed_at) == (True, room.now)
    assert room.shelf(feed) == [other, both]
    assert log(room, feed) == [(both.id, False), (one.id, True), (other.id, False)]


def test_what_does_not_touch_it_does_not_change_it(room):
    doctorat, masters = room.category("doctorat"), room.category("masters")
    feed = named(room, Chosen((doctorat.id,), language="fr"))
    before = room.state(feed)
    room.later(hours=1)
    room.post("a", masters)
    room.post("b", doctorat, language="en")
    kept(room, named(room, Chosen((masters.id,)), "autre"), chosen=Chosen())
    assert room.state(feed) == before
    room.post("c", doctorat)
    assert room.state(feed).changed_at > before.changed_at


def test_old_items_come_to_it_in_the_order_of_their_dates(room):
    doctorat = room.category("doctorat")
    new = room.post("new", doctorat)
    old = room.post("old", doctorat, published=room.now.replace(year=2001))
    feed = named(room, Chosen((doctorat.id,)))
    assert [item for item, _ in log(room, feed)] == [old.id, new.id]
    assert room.shelf(feed) == [new, old]


def test_one_that_was_retired_takes_nothing_new_and_keeps_what_it_has(room):
    doctorat = room.category("doctorat")
    item = room.post("a", doctorat)
    feed = named(room, Chosen((doctorat.id,)))
    kept(room, feed, retired=room.now, closes=room.now, farewell=room.mint())
    room.post("b", doctorat)
    room.keep(item, title="A")
    assert [each.title for each in room.shelf(feed)] == ["A"]


def test_a_retired_category_of_it_keeps_what_it_had_in_it(room):
    doctorat, masters = room.category("doctorat"), room.category("masters")
    item = room.post("a", doctorat)
    feed = named(room, Chosen(tuple(sorted((doctorat.id, masters.id))), any_of=True))
    room.keep_category(replace(doctorat, retired=room.now, closes=room.now, farewell=room.mint()))
    room.post("b", doctorat)
    other = room.post("c", masters)
    assert room.shelf(feed) == [other, item]


def test_categories_and_named_feeds_share_their_addresses_past_ones_too(room):
    doctorat = room.category("doctorat")
    feed = named(room, Chosen((doctorat.id,)), "choisi")
    kept(room, feed, slug="retenu")
    room.keep_category(replace(doctorat, slug="these"))
    for slug in ("choisi", "retenu"):
        with pytest.raises(Conflict):
            room.category(slug)
    for slug in ("doctorat", "these"):
        with pytest.raises(Conflict):
            named(room, Chosen(), slug)
    with room.storage.read() as reader:
        assert [(one.slug, one.past_slugs) for one in reader.named_feeds()] == [("retenu", ("choisi",))]
        found = reader.category_of_slug("choisi")
        assert isinstance(found, NamedFeed)
        assert [one.slug for one in reader.categories()] == ["these"]


def test_which_named_feeds_show_an_item_is_known(room):
    doctorat, masters = room.category("doctorat"), room.category("masters")
    item = room.post("a", doctorat)
    one, _ = named(room, Chosen((doctorat.id,)), "un"), named(room, Chosen((masters.id,)), "deux")
    with room.storage.read() as reader:
        assert reader.named_feeds_showing(item.id) == {one.id}


def test_a_story_that_is_told_otherwise_after_a_change_says_when(room):
    doctorat, masters = room.category("doctorat"), room.category("masters")
    french = room.post("a", doctorat)
    room.later(hours=1)
    english = room.post("b", masters, language="en", story_id=french.story_id)
    both = Chosen(tuple(sorted((doctorat.id, masters.id))), any_of=True, prefer="en")
    feed = named(room, both)
    room.later(hours=1)
    feed = kept(room, feed, chosen=Chosen((doctorat.id,), prefer="en"))
    with room.storage.read() as reader:
        assert reader.told_at(build([feed], any_of=False), [english.story_id]) == {french.story_id: room.now}
