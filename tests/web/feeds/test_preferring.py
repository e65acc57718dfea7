"""Feeds, blocks and pages of selections that prefer a language."""

from collections.abc import Callable

import lxml.html
import pytest
from flask.testing import FlaskClient

from desk.context import Desk
from desk.items.posting import post_item
from news.drafts import Draft
from news.items import Item

Post = Callable[..., Item]


@pytest.fixture
def told_twice(desk: Desk, post: Post) -> Item:
    french = post("Une visite", "doctorat")
    draft = Draft("A visit", ("doctorat",), date="2026-03-01", language="en", status="published")
    post_item(desk, draft, "cli", story_of=french.id)
    return french


@pytest.mark.parametrize("name", ["atom", "rss", "json"])
def test_a_feed_carries_each_story_once_under_its_own_id(client: FlaskClient, told_twice: Item, name: str) -> None:
    answer = client.get(f"/feeds/doctorat.en-else-fr.{name}")
    assert answer.status_code == 200
    assert "A visit" in answer.text
    assert "Une visite" not in answer.text
    assert answer.text.count(f"urn:uuid:{told_twice.story_id}") == 1
    assert f'<https://news.example.org/feeds/doctorat.en-else-fr.{name}>; rel="self"' in answer.headers["Link"]


def test_the_block_does_the_same_in_words_of_that_language(client: FlaskClient, told_twice: Item) -> None:
    english = client.get("/embed/doctorat.en-else-fr.html").text
    assert ("A visit" in english, "Une visite" in english, "1 March 2026" in english) == (True, False, True)
    french = client.get("/embed/doctorat.fr-else-en").text
    assert ("Une visite" in french, "A visit" in french, "01/03/2026" in french) == (True, False, True)


def test_the_feeds_page_says_so_in_plain_words_and_shows_it(client: FlaskClient, told_twice: Item) -> None:
    page = client.get("/feeds/doctorat.en-else-fr").text
    shown = lxml.html.fromstring(page)
    assert shown.get("lang") == "en"
    assert "once: in English where it exists in English, else in French" in page
    latest = shown.cssselect("section[aria-labelledby=latest]")[0].text_content()
    assert ("A visit" in latest, "Une visite" in latest) == (True, False)
    assert shown.cssselect("input[readonly]")[0].get("value").endswith("/feeds/doctorat.en-else-fr.atom")
    current = shown.cssselect(".feed-versions [aria-current]")[0]
    assert current.text_content() == "each item once, in English if possible"


def test_every_feeds_page_offers_them_beside_the_strict_ones(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/feeds/doctorat+masters").text)
    links = [each.get("href") for each in page.cssselect(".feed-versions a")]
    tongues = ("fr", "en", "fr-else-en", "en-else-fr")
    assert links == [f"/feeds/doctorat+masters.{tongue}" for tongue in tongues]
    assert "/feeds/ingenieurs.fr-else-en" in client.get("/feeds").text


@pytest.mark.parametrize("kind", ["", ".atom", ".json"])
def test_another_order_leads_to_the_one_address(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/feeds/masters+doctorat.en-else-fr{kind}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/feeds/doctorat+masters.en-else-fr{kind}")


def test_a_category_page_has_no_such_address(client: FlaskClient) -> None:
    assert client.get("/category/doctorat.en-else-fr").status_code == 404
