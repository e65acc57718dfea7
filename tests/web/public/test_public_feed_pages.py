"""Feeds explained to people, and found by their readers."""

from collections.abc import Callable

import lxml.html
import pytest
from flask.testing import FlaskClient

from desk.categories.registry import rename_category
from desk.context import Desk
from news.items import Item

Post = Callable[..., Item]


@pytest.mark.parametrize("address", ["/", "/category/doctorat", "/feeds", "/feeds/doctorat", "/feeds/doctorat+masters"])
def test_every_page_names_its_feed_to_readers_atom_first(client: FlaskClient, address: str) -> None:
    links = lxml.html.fromstring(client.get(address).text).cssselect("link[rel=alternate][type]")
    assert [each.get("href").rpartition(".")[2] for each in links][:3] == ["atom", "rss", "json"]
    assert links[0].get("type") == "application/atom+xml"


def test_every_feed_a_page_names_is_there(client: FlaskClient, post: Post) -> None:
    post("Une", "doctorat")
    named = set()
    for address in ("/", "/feeds", "/feeds/doctorat.en", "/feeds/doctorat+masters"):
        page = lxml.html.fromstring(client.get(address).text)
        named |= {link for link in page.xpath("//@href") if link.startswith("/feeds")}
    assert len(named) > 60
    assert {address: client.get(address).status_code for address in named} == dict.fromkeys(named, 200)


def test_a_feeds_page_gives_its_addresses_to_copy(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/feeds/doctorat.en").text)
    fields = [each.get("value") for each in page.cssselect("input[readonly]")]
    assert fields[:3] == [f"https://news.example.org/feeds/doctorat.en.{name}" for name in ("atom", "rss", "json")]
    assert fields[3].startswith('<iframe src="https://news.example.org/embed/doctorat.en?limit=5"')
    assert fields[4] == "https://news.example.org/embed/doctorat.en.html?limit=5"
    assert page.get("lang") == "en"


def test_a_feed_in_one_language_speaks_it_unless_told_otherwise(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/feeds/doctorat.en").text)
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "https://news.example.org/feeds/doctorat.en"
    french = page.cssselect(".languages a")[0].get("href")
    assert french == "/feeds/doctorat.en?lang=fr"
    assert lxml.html.fromstring(client.get(french).text).get("lang") == "fr"


def test_copy_buttons_wait_for_the_script_that_makes_them_work(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/feeds/doctorat").text)
    assert all("hidden" in button.attrib for button in page.cssselect("button[data-copy]"))


def test_readers_get_the_feeds_whole_address(client: FlaskClient) -> None:
    page = client.get("/feeds/doctorat+masters").text
    assert "https%3A%2F%2Fnews.example.org%2Ffeeds%2Fdoctorat%2Bmasters.atom" in page


def test_a_feeds_page_shows_what_is_in_it_now(client: FlaskClient, post: Post) -> None:
    post("Thèse", "doctorat")
    post("Robot", "ingenieurs")
    page = client.get("/feeds/doctorat").text
    assert "Thèse" in page
    assert "Robot" not in page


def test_another_order_leads_to_the_one_address(client: FlaskClient) -> None:
    answer = client.get("/feeds/masters+doctorat.en")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/feeds/doctorat+masters.en")


def test_a_renamed_categorys_feed_page_moves_with_it(client: FlaskClient, desk: Desk) -> None:
    rename_category(desk, "doctorat", new_slug="recherche", actor="cli")
    answer = client.get("/feeds/doctorat.fr?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/feeds/recherche.fr?lang=en")


@pytest.mark.parametrize(
    ("selection", "status"),
    [("doctorat+masters,ingenieurs", 400), ("doctorat.de", 400), ("inconnue", 404), ("+", 400), ("a+b+c+d+e", 400)],
)
def test_a_selection_that_cannot_be_is_answered_in_one_sentence(
    client: FlaskClient, selection: str, status: int
) -> None:
    answer = client.get(f"/feeds/{selection}")
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
