"""Which named feeds the hub is told of."""

from datetime import timedelta

import pytest

from desk.categories.ending import close_due, merge_category
from desk.categories.named_feeds import add_named_feed, change_named_feed
from desk.categories.named_feeds_ending import retire_named_feed

BASE = "https://news.example.org/feeds"


def feeds(*selections: str) -> list[str]:
    return sorted(f"{BASE}/{name}.{kind}" for name in selections for kind in ("atom", "rss", "json"))


@pytest.fixture
def choice(pushing, post, round_of, hub):
    """« Choix », which shows two categories; what came before is told."""
    post("Une", "doctorat")
    add_named_feed(pushing, "Choix", "doctorat,masters", actor="cli")
    add_named_feed(pushing, "Autre", "ingenieurs", actor="cli")
    round_of()
    hub.forget()


def told(hub) -> list[str]:
    return [topic for topic in hub.topics if "/choix" in topic or "/autre" in topic]


def test_it_is_told_of_an_item_that_comes_changes_or_leaves_in_each_language_and_format(choice, post, hub, round_of):
    post("Un master", "masters", language="en")
    round_of()
    assert told(hub) == feeds("choix", "choix.en")


def test_a_change_of_what_it_shows_is_told_and_of_nothing_else(choice, pushing, hub, round_of):
    change_named_feed(pushing, "choix", "masters", actor="cli")
    round_of()
    assert hub.topics == feeds("choix", "choix.fr", "choix.en")


def test_a_change_to_the_same_is_not_told(choice, pushing, hub, round_of):
    change_named_feed(pushing, "choix", "masters,doctorat", actor="cli")
    assert (round_of(), hub.topics) == (0, [])


@pytest.mark.parametrize("tongue", ["fr", "fr-else-en"])
def test_one_that_fixes_its_language_has_one_topic_in_each_format(choice, pushing, post, hub, round_of, tongue):
    change_named_feed(pushing, "choix", f"doctorat.{tongue}", actor="cli")
    round_of()
    assert hub.topics == feeds("choix")
    hub.forget()
    post("Deux", "doctorat")
    round_of()
    assert told(hub) == feeds("choix")


def test_a_merge_of_what_it_is_made_of_is_told(choice, pushing, hub, round_of):
    merge_category(pushing, "doctorat", "diversite-rse", actor="cli")
    round_of()
    assert told(hub) == feeds("choix", "choix.fr", "choix.en")


def test_its_end_is_told_when_it_is_said_and_when_it_comes(choice, pushing, clock, hub, round_of):
    retire_named_feed(pushing, "choix", actor="cli")
    round_of()
    assert told(hub) == feeds("choix", "choix.fr", "choix.en")
    hub.forget()
    clock.forward(seconds=timedelta(days=30).total_seconds())
    assert close_due(pushing) == 1
    round_of()
    assert hub.topics == feeds("choix", "choix.fr", "choix.en")


def test_a_feed_of_it_names_the_hub(choice, pushing):
    from desk.publishing.publisher import Publisher

    for name in ("choix", "choix.fr"):
        assert 'rel="hub"' in Publisher(pushing).feed(name, "atom").links
    change_named_feed(pushing, "choix", "doctorat.fr-else-en", actor="cli")
    assert 'rel="hub"' in Publisher(pushing).feed("choix", "atom").links
