from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.categories import Category
from news.push import LONGEST_REST, Topic, next_try, pushed, topics
from news.selections import Selection

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ONE, OTHER = (Category(name, name, name, name, 1, NOW) for name in ("un", "deux"))


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        (Selection(), True),
        (Selection(language="en"), True),
        (Selection((ONE,), language="fr"), True),
        (Selection((ONE, OTHER)), False),
        (Selection((ONE, OTHER), any_of=True), False),
        (Selection((ONE,), excluded=(OTHER,)), False),
        (Selection(excluded=(OTHER,)), False),
    ],
)
def test_all_and_single_categories_are_pushed_and_combinations_are_not(selection, told):
    assert pushed(selection) is told


def test_a_language_without_feeds_of_its_own_touches_those_of_all_languages():
    assert topics(["c"], ["de"], ["atom"]) == {Topic("", "", "atom"), Topic("c", "", "atom")}


@given(st.sets(st.text(min_size=1, max_size=3), max_size=6), st.sets(st.sampled_from(["fr", "en", "de"])))
def test_every_document_that_may_show_the_item_is_touched_once(categories, languages):
    spoken = len(languages - {"de"}) + 1
    assert len(topics(categories, languages, ["atom", "rss", "json"])) == 3 * spoken * (len(categories) + 1)


@pytest.mark.parametrize(
    ("attempts", "asked", "minutes"),
    [(1, None, 1), (2, None, 2), (3, 0, 4), (5, 60, 16), (9, None, 256), (10, None, 360), (1, 7200, 120), (9, 60, 256)],
)
def test_the_wait_doubles_up_to_six_hours_and_is_as_long_as_the_hub_asks(attempts, asked, minutes):
    assert next_try(NOW, attempts, asked) - NOW == timedelta(minutes=minutes)


@given(st.integers(0, 10**6), st.one_of(st.none(), st.integers(0, 10**12)))
def test_no_wait_is_shorter_than_a_minute_or_longer_than_a_day(attempts, asked):
    assert timedelta(minutes=1) <= next_try(NOW, attempts, min(asked or 0, 30 * 86400)) - NOW <= LONGEST_REST
