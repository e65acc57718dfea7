"""When a story was last told otherwise, as feeds that show each story once need to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.items import Item, Status
from news.selections import Selection, build


@pytest.fixture
def a(room):
    return room.category("a")


@pytest.fixture
def b(room):
    return room.category("b")


def told(room: Any, selection: Selection, item: Item) -> datetime | None:
    with room.storage.read() as reader:
        return reader.told_at(selection, [item.story_id]).get(item.story_id)


def english(room: Any, story: Item, *categories: Any, **said: Any) -> Item:
    made = {"language": "en", "story_id": story.story_id, "first_published": room.now} | said
    return room.post("In English", *categories, **made)


@pytest.fixture
def french(room, a):
    return room.post("En français", a, first_published=room.now)


def test_a_story_told_once_changed_when_its_item_did(room, a, french):
    room.later(hours=1)
    room.keep(french, title="Autre", updated=room.now)
    assert told(room, build([a], any_of=False), french) == room.now
    assert told(room, Selection(), french) == room.now


def test_a_translation_that_bears_an_older_date_is_news_of_the_moment_it_appeared(room, a, french):
    room.later(days=3)
    english(room, french, a, published=french.published, updated=french.updated)
    assert told(room, build([a], any_of=False), french) == room.now


def test_tellings_stored_together_are_news_of_their_own_dates(room, a):
    room.later(days=3)
    old = room.now.replace(year=2020)
    french = room.post("En français", a, published=old, updated=old, first_published=room.now)
    english(room, french, a, published=old, updated=old)
    assert told(room, build([a], any_of=False), french) == old


@pytest.mark.parametrize("leaving", [{"status": Status.WITHDRAWN}, {"status": Status.DRAFT, "first_published": None}])
def test_a_telling_that_goes_moves_the_one_that_stays(room, a, french, leaving):
    room.later(hours=1)
    gone = english(room, french, a)
    room.later(hours=1)
    room.keep(gone, **leaving)
    assert told(room, build([a], any_of=False), french) == room.now


def test_a_telling_filed_elsewhere_moves_where_it_came_and_where_it_left(room, a, b, french):
    room.keep(french, categories=frozenset({a.id, b.id}))
    room.later(hours=1)
    moving = english(room, french, a)
    room.later(hours=1)
    room.keep(moving, categories=frozenset({b.id}))
    assert told(room, build([a], any_of=False), french) == room.now
    assert told(room, build([b], any_of=False), french) == room.now
    assert told(room, build([a], any_of=False, excluded=[b]), french) == room.now


def test_a_telling_elsewhere_moves_nothing_here(room, a, b, french):
    room.later(hours=1)
    english(room, french, b)
    assert told(room, build([a], any_of=False), french) == french.updated


def test_a_story_that_is_told_once_moves_by_no_filing(room, a, b, french):
    room.later(hours=1)
    room.keep(french, categories=frozenset({a.id, b.id}))
    assert told(room, build([b], any_of=False), french) == french.updated


def test_many_stories_are_asked_for_at_once_and_none_is_no_error(room, a, french):
    other = room.post("Autre", a)
    with room.storage.read() as reader:
        selection = build([a], any_of=False)
        assert reader.told_at(selection, []) == {}
        assert reader.told_at(selection, [french.story_id, other.story_id]).keys() == {french.story_id, other.story_id}


steps = st.tuples(
    st.integers(0, 2),
    st.frozensets(st.integers(0, 2)),
    st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.WITHDRAWN, Status.DRAFT]),
    st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12))
def test_the_time_of_a_story_never_goes_back_while_it_is_shown_and_moves_when_another_telling_is(new_room, changes):
    room = new_room()
    categories = [room.category(slug) for slug in ("a", "b", "c")]
    story = room.item().story_id
    tellings = [replace(room.item(), story_id=story, language=tag, status=Status.DRAFT) for tag in ("fr", "en", "de")]
    one, other, third = categories
    selections = [
        Selection(), build([one], any_of=False), build([one, other], any_of=False), build([one, other], any_of=True),
        build([one], any_of=False, excluded=[third]), build([one, other], any_of=True, excluded=[third]),
    ]  # fmt: skip
    before: dict[str, Any] = {}
    for number, filed, status, edited in changes:
        room.later(minutes=1)
        tellings[number] = stepped(tellings[number], {categories[n].id for n in filed}, status, edited, room.now)
        with room.storage.transaction() as tx:
            tx.put_item(tellings[number], room.now)
        with room.storage.read() as reader:
            for selection in selections:
                shown = reader.shelf(selection, limit=9, prefer="en")
                assert len(shown) <= 1
                now = (shown[0].id, reader.told_at(selection, [story])[story]) if shown else None
                was = before.get(selection.address)
                if now and was:
                    assert now[1] >= was[1], selection.address
                    assert now[0] == was[0] or now[1] > was[1], f"{selection.address}: another telling, the same time"
                before[selection.address] = now


def stepped(item: Item, categories: set[str], status: Status, edited: bool, now: datetime) -> Item:
    public = status is Status.PUBLISHED
    first = (item.first_published if item.status is Status.PUBLISHED else now) if public else None
    updated = now if edited else item.updated
    return replace(item, categories=frozenset(categories), status=status, first_published=first, updated=updated)
