"""Feeds that prefer a language: each story once, under the story's id."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from desk.categories.registry import rename_category
from desk.context import Desk
from desk.items.posting import edit_item, post_item, retract_item
from desk.publishing.publisher import Moved, Publisher
from feeds.formats import FORMATS
from news.days import rfc3339
from news.drafts import Draft
from news.items import Item

Post = Callable[..., Item]


@pytest.fixture
def read(desk: Desk) -> Callable[[str], dict[str, Any]]:
    return lambda selection: json.loads(Publisher(desk).feed(selection, "json").body)


def translate(desk: Desk, item: Item, title: str, *categories: str, **said: str) -> Item:
    draft = Draft(title, categories, **{"date": "2026-03-01", "language": "en", "status": "published"} | said)
    return post_item(desk, draft, "cli", story_of=item.id)


def titles(feed: dict[str, Any]) -> list[str]:
    return [item["title"] for item in feed["items"]]


def test_each_story_stands_once_in_the_preferred_language_where_it_exists(desk: Desk, read, post: Post) -> None:
    post("Seulement en français", "masters", date="2026-02-27")
    translate(desk, post("Une visite", "masters"), "A visit", "masters")
    post("Only in English", "masters", language="en", date="2026-02-28")
    assert titles(read("masters.en-else-fr")) == ["A visit", "Only in English", "Seulement en français"]
    assert titles(read("masters.fr-else-en")) == ["Une visite", "Only in English", "Seulement en français"]
    assert len(titles(read("masters"))) == 4


def test_a_late_translation_replaces_under_the_same_id_and_tells_readers_to_look(
    desk: Desk, read, post: Post, clock
) -> None:
    french = post("Une visite", "masters")
    before = read("masters.en-else-fr")["items"][0]
    clock.forward(days=2)
    translate(desk, french, "A visit", "masters")
    [after] = read("masters.en-else-fr")["items"]
    assert before["id"] == after["id"] == f"urn:uuid:{french.story_id}"
    assert (before["title"], after["title"]) == ("Une visite", "A visit")
    assert after["date_modified"] == rfc3339(desk.now()) > before["date_modified"]
    assert read("masters.fr-else-en")["items"][0]["title"] == "Une visite"


def test_a_translation_taken_back_gives_way_and_updated_does_not_go_back(desk: Desk, read, post: Post, clock) -> None:
    french = post("Une visite", "masters")
    english = translate(desk, french, "A visit", "masters")
    clock.forward(days=1)
    edit_item(desk, english.id, Draft("A visit, corrected"), "cli", only=frozenset({"title"}))
    before = read("masters.en-else-fr")["items"][0]["date_modified"]
    clock.forward(days=1)
    retract_item(desk, english.id, "cli")
    [item] = read("masters.en-else-fr")["items"]
    assert item["title"] == "Une visite"
    assert item["date_modified"] == rfc3339(desk.now()) > before


def test_a_translation_filed_elsewhere_replaces_nothing_here(desk: Desk, read, post: Post) -> None:
    translate(desk, post("Une visite", "masters"), "A visit", "doctorat")
    assert titles(read("masters.en-else-fr")) == ["Une visite"]
    assert titles(read("doctorat,masters.en-else-fr")) == ["A visit"]
    assert titles(read("masters!doctorat.en-else-fr")) == ["Une visite"]


def test_fifty_stories_are_shown_however_many_tellings_they_have(desk: Desk, read, post: Post) -> None:
    for number in range(52):
        translate(desk, post(f"n° {number}", "masters"), f"No. {number}", "masters")
    assert titles(read("masters.en-else-fr")) == [f"No. {number}" for number in range(51, 1, -1)]


def test_it_speaks_the_preferred_language_and_says_where_it_is(read, post: Post) -> None:
    post("Une visite", "masters")
    feed = read("partenariats-internationaux.en-else-fr")
    assert feed["title"] == "International partnerships — École exemple"
    assert feed["language"] == "en"
    assert feed["feed_url"] == "https://news.example.org/feeds/partenariats-internationaux.en-else-fr.json"
    assert feed["home_page_url"] == "https://news.example.org/feeds/partenariats-internationaux.en-else-fr"
    assert read("masters.fr-else-en")["home_page_url"] == "https://news.example.org/category/masters"
    assert read("all.fr-else-en")["home_page_url"] == "https://news.example.org/"


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_link_header_names_the_feed_itself(desk: Desk, name: str) -> None:
    made = Publisher(desk).feed("masters.en-else-fr", name)
    assert not isinstance(made, Moved)
    assert f'<https://news.example.org/feeds/masters.en-else-fr.{name}>; rel="self"' in made.links


def test_its_id_stays_when_the_category_is_renamed_and_its_address_moves(desk: Desk) -> None:
    before = Publisher(desk).feed("masters.en-else-fr", "atom").body
    rename_category(desk, "masters", new_slug="mastere", actor="cli")
    moved = Publisher(desk).feed("masters.en-else-fr", "atom")
    assert isinstance(moved, Moved)
    assert moved.address == "mastere.en-else-fr"
    after = Publisher(desk).feed(moved.address, "atom").body
    assert before.split(b"<id>")[1].split(b"</id>")[0] in after


def test_the_same_store_gives_the_same_bytes_and_a_translation_is_in_the_next_answer(desk: Desk, post: Post) -> None:
    publisher, french = Publisher(desk), post("Une visite", "masters")
    publisher.changed()
    assert publisher.feed("masters.en-else-fr", "atom").body == Publisher(desk).feed("masters.en-else-fr", "atom").body
    translate(desk, french, "A visit", "masters")
    publisher.changed()
    assert publisher.feed("masters.en-else-fr", "atom").body == Publisher(desk).feed("masters.en-else-fr", "atom").body
    assert b"A visit" in publisher.feed("masters.en-else-fr", "atom").body
