"""What readers and pollers are answered when a category ends."""

from email.utils import format_datetime

import pytest

from desk.categories.ending import close_due, merge_category, retire_category

FORMATS = ["atom", "rss", "json"]
EVERYWHERE = [
    "/feeds/masters.atom", "/feeds/masters.en.rss", "/feeds/doctorat+masters.json", "/feeds/masters",
    "/feeds/masters.fr", "/category/masters", "/embed/masters.html", "/embed/masters",
]  # fmt: skip


@pytest.fixture
def now(client, desk, post, clock):
    """End something, seen at once; a day after its one item came."""
    post("Une visite", "masters")
    clock.forward(days=1)

    def done(end, *slugs, **said):
        end(desk, *slugs, actor="cli", **said)
        client.application.extensions["publisher"].changed()

    return done


@pytest.fixture
def closed(client, desk, clock):
    def after(**by):
        clock.forward(**by)
        close_due(desk)
        client.application.extensions["publisher"].changed()

    return after


@pytest.mark.parametrize("address", EVERYWHERE)
def test_a_retired_category_answers_thirty_days_and_is_gone_then(client, now, closed, address: str) -> None:
    now(retire_category, "masters", successor="doctorat")
    assert client.get(address).status_code == 200
    closed(days=29)
    assert client.get(address).status_code == 200
    closed(days=1)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "/category/doctorat" in answer.text
    assert "max-age=60" in answer.headers["Cache-Control"]


def test_the_page_that_is_gone_has_a_button_to_what_goes_on(client, now, closed) -> None:
    now(retire_category, "masters", successor="doctorat")
    closed(days=30)
    assert 'href="/category/doctorat">Voir celle qui prend la suite' in client.get("/category/masters").text


def test_without_a_successor_the_page_that_is_gone_leads_to_all_news(client, now, closed) -> None:
    now(retire_category, "masters")
    closed(days=30)
    answer = client.get("/category/masters")
    assert answer.status_code == 410
    assert "Voir celle qui prend la suite" not in answer.text


@pytest.mark.parametrize("address", ["/category/masters", "/feeds/masters"])
def test_its_pages_say_that_it_ends(client, now, address: str) -> None:
    assert "a pris fin" not in client.get(address).text
    now(retire_category, "masters", successor="doctorat")
    page = client.get(address).text
    assert "a pris fin" in page
    assert "https://news.example.org/category/doctorat" in page


@pytest.mark.parametrize("name", FORMATS)
def test_a_poller_that_only_says_since_when_is_given_the_last_entry(client, now, desk, clock, name: str) -> None:
    since = {"If-Modified-Since": format_datetime(desk.now(), usegmt=True)}
    assert client.get(f"/feeds/masters.{name}", headers=since).status_code == 304
    clock.forward(seconds=5)
    now(retire_category, "masters", successor="doctorat")
    answer = client.get(f"/feeds/masters.{name}", headers=since)
    assert answer.status_code == 200
    assert "/category/doctorat" in answer.text
    again = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert client.get(f"/feeds/masters.{name}", headers=again).status_code == 304


@pytest.mark.parametrize("address", ["/", "/feeds", "/feeds.opml", "/feeds/all.atom", "/category/doctorat"])
def test_nothing_else_names_a_retired_category(client, now, address: str) -> None:
    now(retire_category, "masters")
    answer = client.get(address).text
    assert "masters" not in answer.lower()


@pytest.mark.parametrize(("address", "to"), [
    ("/feeds/masters.atom", "/feeds/doctorat.atom"), ("/feeds/masters.en.json", "/feeds/doctorat.en.json"),
    ("/feeds/ingenieurs+masters.rss", "/feeds/ingenieurs+doctorat.rss"),
    ("/feeds/ingenieurs!masters.atom", "/feeds/ingenieurs!doctorat.atom"),
    ("/feeds/doctorat,masters.atom", "/feeds/doctorat.atom"), ("/feeds/masters", "/feeds/doctorat"),
    ("/category/masters?page=2", "/category/doctorat"), ("/category/masters?lang=en", "/category/doctorat?lang=en"),
    ("/embed/masters.html?limit=3", "/embed/doctorat.html?limit=3"), ("/embed/masters", "/embed/doctorat"),
])  # fmt: skip
def test_a_merged_category_leads_to_the_other_from_every_address(client, now, address: str, to: str) -> None:
    now(merge_category, "masters", "doctorat")
    answer = client.get(address)
    assert answer.status_code == 301
    assert answer.headers["Location"].partition("?page")[0] == to


def test_the_former_feed_address_of_another_program_leads_on_too(client, now) -> None:
    now(merge_category, "masters", "doctorat")
    followed = client.get("/category/masters/feed/", follow_redirects=True)
    assert (followed.status_code, followed.request.path.startswith("/feeds/doctorat.")) == (200, True)


def test_the_others_poller_that_only_says_since_when_is_given_the_items(client, now, desk, clock) -> None:
    since = {"If-Modified-Since": format_datetime(desk.now(), usegmt=True)}
    assert client.get("/feeds/doctorat.atom", headers=since).status_code == 304
    clock.forward(seconds=5)
    now(merge_category, "masters", "doctorat")
    answer = client.get("/feeds/doctorat.atom", headers=since)
    assert answer.status_code == 200
    assert "Une visite" in answer.text
