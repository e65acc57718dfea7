"""One source's burst gets half of the places, as long as others have something for the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.bursts import bursting, shared_out
from news.items import Item, Origin, Status

PLACES = 10


@pytest.fixture
def told(item, now):
    """An item of a source (None: of staff), so many hours old."""

    def make(source: str | None, hours: float, entered: float | None = None) -> Item:
        made[0] += 1
        at, first = now - timedelta(hours=hours), now - timedelta(hours=hours if entered is None else entered)
        origin = Origin(source, source) if source else None
        return item(id=f"i{made[0]:04}", origin=origin, published=at, first_published=first)

    made = [0]
    return make


def newest(*items):
    return sorted(items, key=lambda one: one.published, reverse=True)


def sources(items):
    return [one.origin.source_id if one.origin else None for one in items]


def test_a_burst_does_not_push_the_others_out(told):
    burst = [told("loud", hours=1, entered=0) for _ in range(40)]
    others = [told("quiet", hours=48 + n * 24) for n in range(5)] + [told(None, hours=30) for _ in range(5)]
    shown = shared_out(newest(*burst, *others), PLACES)
    assert sources(shown).count("loud") == PLACES // 2
    assert len(shown) == PLACES
    assert list(shown) == newest(*shown)


def test_what_the_others_leave_is_filled_with_the_rest_of_the_burst(told):
    shown = shared_out(newest(*(told("loud", 1, 0) for _ in range(40)), told("quiet", 5)), PLACES)
    assert (len(shown), sources(shown).count("loud")) == (PLACES, PLACES - 1)


def test_old_news_of_others_does_not_fill_the_places(told):
    shown = shared_out(newest(*(told("loud", 1, 0) for _ in range(40)), told("quiet", 24 * 60)), PLACES)
    assert sources(shown) == ["loud"] * PLACES


def test_news_of_others_that_is_thirty_days_old_to_the_second_still_fills_a_place(told):
    burst = [told("loud", 1, 0) for _ in range(40)]
    for age, places in ((1 + 24 * 30, PLACES - 1), (1 + 24 * 30 + 1 / 3600, PLACES)):
        shown = shared_out(newest(*burst, told("quiet", age)), PLACES)
        assert sources(shown).count("loud") == places


def test_what_came_at_once_is_a_burst_however_old_its_dates(told):
    assert bursting([told("new here", hours=30 * n, entered=0) for n in range(PLACES)], PLACES)


def test_a_source_that_publishes_much_all_year_is_no_burst(told):
    assert not bursting([told("steady", hours=30 * n) for n in range(PLACES)], PLACES)


def test_staff_s_own_items_are_no_burst(told):
    assert not bursting([told(None, 0) for _ in range(PLACES)], PLACES)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2000), st.integers(0, 100)), min_size=1, max_size=80))
def test_it_is_as_long_as_it_can_be_in_order_and_twice_the_same(drawn):
    from datetime import UTC, datetime

    now = datetime(2026, 3, 2, tzinfo=UTC)
    items = newest(*(
        Item(f"{n:04}", "s", "T", "fr", Status.PUBLISHED, now, now, published=now - timedelta(hours=age),
             first_published=now - timedelta(hours=entered), origin=Origin(source, source))
        for n, (source, age, entered) in enumerate(drawn)
    ))  # fmt: skip
    shown = shared_out(items, PLACES)
    assert len(shown) == min(len(items), PLACES)
    assert [items.index(one) for one in shown] == sorted(items.index(one) for one in shown)
    assert shared_out(items, PLACES) == shown
    assert shown[0] == items[0]
