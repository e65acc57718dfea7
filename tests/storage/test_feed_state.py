"""A feed's revision and ``changed_at`` move when what it shows enters, changes or leaves, and only then."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from news.items import Origin, Status

TAGS = (None, "fr", "en")


@pytest.fixture
def three(room):
    return [room.category(slug) for slug in ("doctorat", "ingenieurs", "masters")]


def states(room, categories):
    """The state of every stored feed, by the category's slug (or all) and the language."""
    feeds = itertools.product([(), *((category,) for category in categories)], TAGS)
    return {(members[0].slug if members else "all", tag): room.state(*members, language=tag) for members, tag in feeds}


def moved(room, categories, act):
    before = states(room, categories)
    act()
    after = states(room, categories)
    for name, state in after.items():
        if state != before[name]:
            assert state.revision > before[name].revision
            assert state.changed_at >= before[name].changed_at + timedelta(seconds=1)
    return {name for name in after if after[name] != before[name]}


def of(*slugs, languages=(None, "fr")):
    return set(itertools.product(slugs, languages))


def test_every_feed_has_an_id_of_its_own_that_stays(room, three):
    before = states(room, three)
    room.post("Une", *three)
    assert len({state.id for state in before.values()}) == len(before)
    assert {name: state.id for name, state in states(room, three).items()} == {n: s.id for n, s in before.items()}


def test_an_item_that_enters_moves_the_feeds_that_show_it_and_no_others(room, three):
    act = lambda: room.post("Une", three[0], three[1])  # noqa: E731
    assert moved(room, three, act) == of("all", "doctorat", "ingenieurs")


def test_an_item_that_changes_moves_the_feeds_that_show_it(room, three):
    item = room.post("Une", three[0])
    assert moved(room, three, lambda: room.keep(item, title="Deux")) == of("all", "doctorat")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.WITHDRAWN])
def test_an_item_that_leaves_moves_the_feeds_that_showed_it(room, three, status):
    item = room.post("Une", three[0], three[2])
    assert moved(room, three, lambda: room.keep(item, status=status)) == of("all", "doctorat", "masters")


def test_an_item_merged_into_another_story_leaves(room, three):
    first, second = room.post("Une"), room.post("Autre", three[0])
    assert moved(room, three, lambda: room.keep(second, merged_into=first.id)) == of("all", "doctorat")


def test_a_change_of_categories_moves_the_old_and_the_new(room, three):
    item = room.post("Une", three[0])
    act = lambda: room.keep(item, categories=frozenset({three[1].id}))  # noqa: E731
    assert moved(room, three, act) == of("all", "doctorat", "ingenieurs")


def test_a_change_of_language_moves_both_languages(room, three):
    item = room.post("Une", three[0])
    assert moved(room, three, lambda: room.keep(item, language="en")) == of("all", "doctorat", languages=TAGS)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW, Status.SCHEDULED, Status.WITHDRAWN])
def test_what_is_not_shown_moves_nothing(room, three, status):
    number = room.storage.change_number()
    hidden = room.item("Secret", *three, status=status, due=room.now + timedelta(hours=1))
    assert moved(room, three, lambda: room.keep(hidden)) == set()
    assert moved(room, three, lambda: room.keep(hidden, title="Autre")) == set()
    assert room.storage.change_number() == number


def test_a_renamed_category_moves_whatever_shows_its_name(room, three):
    room.post("Dans les deux", three[0], three[1])
    renamed = replace(three[0], name_fr="Thèses")
    act = lambda: room.keep_category(renamed)  # noqa: E731
    assert moved(room, three, act) >= of("all", "doctorat", "ingenieurs") | of("doctorat", languages=["en"])
    room.post("Ailleurs", three[2])
    before = states(room, three)
    room.keep_category(replace(renamed, name_fr="Doctorats"))
    assert {name for name, state in states(room, three).items() if state != before[name]}.isdisjoint(of("masters"))


def test_an_empty_category_moves_nobody_elses_feeds(room, three):
    room.post("Ailleurs", three[1])
    act = lambda: room.keep_category(replace(three[0], name_fr="Thèses"))  # noqa: E731
    assert moved(room, three, act) <= of("doctorat", languages=TAGS)


def test_another_order_of_categories_moves_what_shows_categories(room, three):
    room.post("Une", three[0], three[1])
    ids = [category.id for category in reversed(three)]

    def act():
        with room.storage.transaction() as tx:
            tx.put_ranks(ids, room.now)

    assert moved(room, three, act) >= of("all", "doctorat", "ingenieurs")
    with room.storage.read() as reader:
        assert [category.id for category in reader.categories()] == ids


def test_a_renamed_source_moves_what_shows_its_items(room, three):
    source = room.source()
    room.post("Une", three[0], origin=Origin(source.id, source.name))
    room.post("Autre", three[1])

    def act(**said):
        with room.storage.transaction() as tx:
            tx.put_source(replace(source, **said), room.now)

    assert moved(room, three, lambda: act(paused=True)) == set()
    assert moved(room, three, lambda: act(name="Consœur")) == of("all", "doctorat")


def test_changed_at_only_grows_when_the_clock_goes_back(room, three):
    room.post("Une", three[0])
    room.later(days=-2)
    assert moved(room, three, lambda: room.post("Deux", three[0])) == of("all", "doctorat")


def test_changed_at_is_the_moment_of_the_change(room, three):
    room.later(hours=1)
    room.post("Une", three[0])
    assert room.state(three[0]).changed_at == room.state().changed_at == room.now


def test_a_thousand_items_stored_together_do_not_carry_changed_at_ahead_of_the_clock(room, three):
    room.later(hours=1)
    items = [room.item("Une", three[number % 3]) for number in range(100)]
    with room.storage.transaction() as tx:
        for item in items:
            tx.put_item(item, room.now)
    assert {room.state(*members).changed_at for members in ((), *((category,) for category in three))} == {room.now}


def test_a_combination_moves_with_each_of_its_categories(room, three):
    room.post("Une", three[0], three[1])
    asked = {"any_of": True, "excluded": (three[2],)}
    before = room.state(three[0], three[1], **asked)
    for category in three:
        room.post("Autre", category)
        after = room.state(three[0], three[1], **asked)
        assert after.revision > before.revision and after.changed_at > before.changed_at and after.id == before.id
        before = after


def test_all_without_a_category_moves_with_all(room, three):
    before = room.state(excluded=(three[0],))
    room.post("Sans rubrique")
    after = room.state(excluded=(three[0],))
    assert after.revision > before.revision and after.changed_at > before.changed_at


def test_a_combination_keeps_its_id_when_a_category_is_renamed(room, three):
    before = room.state(three[0], three[1])
    room.keep_category(replace(three[0], slug="theses", name_fr="Thèses"))
    assert room.state(replace(three[0], slug="theses"), three[1]).id == before.id


def test_the_change_number_grows_with_every_public_change(room, three):
    numbers = [room.storage.change_number()]
    item = room.post("Une", three[0])
    numbers.append(room.storage.change_number())
    room.keep(item, status=Status.WITHDRAWN)
    numbers.append(room.storage.change_number())
    room.keep_category(replace(three[0], name_fr="Thèses"))
    numbers.append(room.storage.change_number())
    assert numbers == sorted(set(numbers))


def test_a_revision_taken_back_is_not_given_twice_for_different_contents(room, three):
    with pytest.raises(ZeroDivisionError), room.storage.transaction() as tx:
        tx.put_item(room.item("Une", three[0]), room.now)
        raise ZeroDivisionError
    assert room.state(three[0]).revision == room.state(three[1]).revision - 1
    assert room.shelf() == []


def test_a_feed_that_prefers_a_language_has_an_id_of_its_own_and_moves_with_all_languages(room, three):
    prefers = [room.state(*members, prefer=tag) for members in ([], three[:1], three[:2]) for tag in ("fr", "en")]
    plain = [room.state(*members, language=tag) for members in ([], three[:1]) for tag in (None, "fr", "en")]
    assert len({state.id for state in (*prefers, *plain)}) == len(prefers) + len(plain)
    before = room.state(three[0], prefer="fr")
    room.later(hours=1)
    room.post("In English", three[0], language="en")
    after, every = room.state(three[0], prefer="fr"), room.state(three[0])
    assert (after.id, after.revision, after.changed_at) == (before.id, every.revision, every.changed_at)
    assert after.changed_at > before.changed_at
