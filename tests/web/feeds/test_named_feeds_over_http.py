"""What readers and pollers are answered of a named feed, as staff make, rename, change and end it."""

from __future__ import annotations

import json
import re
from email.utils import format_datetime
from typing import Any

import pytest

from desk.categories.ending import close_due, merge_category, retire_category
from desk.categories.named_feeds import add_named_feed, change_named_feed, rename_named_feed
from desk.categories.named_feeds_ending import retire_named_feed
from desk.items.posting import retract_item

FORMATS = ["atom", "rss", "json"]


@pytest.fixture
def feed(client, desk, post):
    """« Doctorat et masters », with an item of each category and one in English; seen at once."""
    post("Une thèse", "doctorat")
    post("Un master", "masters")
    post("A master", "masters", language="en")
    post("Un génie", "ingenieurs")
    return add_named_feed(desk, "Études longues", "doctorat,masters", name_en="Long studies", actor="cli").feed


@pytest.fixture
def now(client, desk, clock):
    """Do something to named feeds a minute later, seen at once."""

    def done(act: Any, *given: Any, **said: Any) -> Any:
        clock.forward(minutes=1)
        made = act(desk, *given, actor="cli", **said)
        client.application.extensions["publisher"].changed()
        return made

    return done


def titles(client, address: str) -> set[str]:
    return {item["title"] for item in json.loads(client.get(f"{address}.json").text)["items"]}


def id_of(client, address: str) -> str:
    return re.search(r"<id>([^<]+)</id>", client.get(f"{address}.atom").text)[1]


@pytest.mark.parametrize("name", FORMATS)
def test_it_answers_as_a_feed_of_its_own(client, feed, name: str) -> None:
    answer = client.get(f"/feeds/etudes-longues.{name}")
    assert (answer.status_code, "ETag" in answer.headers, "Last-Modified" in answer.headers) == (200, True, True)
    assert "Études longues" in answer.text
    assert titles(client, "/feeds/etudes-longues") == {"Une thèse", "Un master", "A master"}
    assert titles(client, "/feeds/etudes-longues.en") == {"A master"}
    assert titles(client, "/feeds/etudes-longues.en-else-fr") == {"Une thèse", "Un master", "A master"}
    known = client.get(f"/feeds/etudes-longues.{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304


def test_it_stands_in_the_lists_of_feeds_and_has_a_page(client, feed) -> None:
    overview, opml, page = (client.get(path).text for path in ("/feeds", "/feeds.opml", "/feeds/etudes-longues"))
    assert "Études longues" in overview and "/feeds/etudes-longues.en.atom" in overview
    assert opml.count("/feeds/etudes-longues") >= 3
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert "Une thèse" in page and "/category/etudes-longues" not in page
    assert client.get("/category/etudes-longues").headers["Location"] == "/feeds/etudes-longues"


def test_its_block_leads_to_its_page(client, feed) -> None:
    block = client.get("/embed/etudes-longues.html").text
    assert "Une thèse" in block
    assert 'href="https://news.example.org/feeds/etudes-longues"' in block


@pytest.mark.parametrize("address", ["doctorat+etudes-longues", "etudes-longues,masters", "all!etudes-longues"])
def test_it_cannot_be_combined(client, feed, address: str) -> None:
    answer = client.get(f"/feeds/{address}.atom")
    assert answer.status_code == 400
    assert "etudes-longues" in answer.text


def test_an_item_cannot_be_filed_under_it(client, feed, post, desk) -> None:
    from news.errors import InvalidInput

    with pytest.raises(InvalidInput):
        post("x", "etudes-longues")


def test_a_changed_selection_keeps_address_ids_and_dates_and_says_what_left(client, feed, now) -> None:
    address = "/feeds/etudes-longues"
    before, past = id_of(client, address), client.get(f"{address}.json").json
    made = now(change_named_feed, "etudes-longues", "ingenieurs,masters")
    assert (made.moving.coming, made.moving.leaving, made.done) == (1, 1, True)
    assert titles(client, address) == {"Un génie", "Un master", "A master"}
    assert id_of(client, address) == before
    guid = next(item["id"] for item in past["items"] if item["title"] == "Une thèse")
    atom = client.get(f"{address}.atom").text
    assert f'deleted-entry ref="{guid}"' in atom
    kept = {item["id"]: item for item in past["items"]}
    for item in client.get(f"{address}.json").json["items"]:
        assert item["id"] not in kept or item == kept[item["id"]]
    assert "deleted-entry" not in client.get("/feeds/doctorat.atom").text


def test_a_poller_that_only_says_since_when_learns_of_the_change(client, feed, now, clock, desk) -> None:
    clock.forward(minutes=1)
    since = {"If-Modified-Since": format_datetime(desk.now(), usegmt=True)}
    assert client.get("/feeds/etudes-longues.atom", headers=since).status_code == 304
    now(change_named_feed, "etudes-longues", "doctorat")
    assert client.get("/feeds/etudes-longues.atom", headers=since).status_code == 200
    assert client.get("/feeds/ingenieurs.atom", headers=since).status_code == 304


def test_a_feed_that_fixes_its_language_has_one_address(client, feed, now) -> None:
    now(change_named_feed, "etudes-longues", "doctorat,masters.en")
    assert titles(client, "/feeds/etudes-longues") == {"A master"}
    assert json.loads(client.get("/feeds/etudes-longues.json").text)["language"] == "en"
    for tongue in ("fr", "en", "en-else-fr"):
        answer = client.get(f"/feeds/etudes-longues.{tongue}.atom")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/feeds/etudes-longues.atom")
    assert client.get("/feeds/etudes-longues").status_code == 200
    assert "/feeds/etudes-longues.fr" not in client.get("/feeds").text + client.get("/feeds.opml").text
    assert "Latest news" in client.get("/embed/etudes-longues.html").text


def test_a_feed_that_prefers_a_language_tells_each_story_once_under_its_own_id(client, feed, now, desk) -> None:
    before = id_of(client, "/feeds/etudes-longues")
    now(change_named_feed, "etudes-longues", "doctorat,masters.en-else-fr")
    assert id_of(client, "/feeds/etudes-longues") == before
    assert client.get("/feeds/etudes-longues.fr.atom").status_code == 301
    assert client.get("/feeds/etudes-longues").status_code == 200
    assert client.get("/feeds").status_code == 200


def test_a_renamed_one_keeps_its_id_and_its_old_addresses_lead_to_the_new(client, feed, now) -> None:
    before = id_of(client, "/feeds/etudes-longues.fr")
    now(rename_named_feed, "etudes-longues", name_fr="Recherche", new_slug="recherche")
    for old, new in (("/feeds/etudes-longues.fr.rss", "/feeds/recherche.fr.rss"),
                     ("/feeds/etudes-longues", "/feeds/recherche"),
                     ("/embed/etudes-longues.html", "/embed/recherche.html")):  # fmt: skip
        answer = client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert id_of(client, "/feeds/recherche.fr") == before
    assert "Recherche" in client.get("/feeds/recherche").text


def test_a_retired_one_says_so_names_what_goes_on_and_is_gone_after_thirty_days(client, feed, now, clock, desk) -> None:
    now(retire_named_feed, "etudes-longues", successor="doctorat")
    page = client.get("/feeds/etudes-longues").text
    for name in FORMATS:
        said = client.get(f"/feeds/etudes-longues.{name}").text
        assert "a pris fin" in said and "/category/doctorat" in said
    assert "a pris fin" in page
    assert "etudes-longues" not in client.get("/feeds").text + client.get("/feeds.opml").text
    clock.forward(days=30)
    assert close_due(desk) == 1
    client.application.extensions["publisher"].changed()
    for address in ("/feeds/etudes-longues.atom", "/feeds/etudes-longues", "/embed/etudes-longues.html"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "/category/doctorat" in answer.text


def test_a_retired_one_may_name_another_named_feed(client, feed, now, desk) -> None:
    now(add_named_feed, "Thèses", "doctorat")
    now(retire_named_feed, "etudes-longues", successor="theses")
    assert "https://news.example.org/feeds/theses" in client.get("/feeds/etudes-longues.atom").text
    now(rename_named_feed, "theses", new_slug="recherche")
    assert "https://news.example.org/feeds/recherche" in client.get("/feeds/etudes-longues.atom").text


def test_it_follows_a_merged_category_and_outlives_a_retired_one(client, feed, now, post) -> None:
    now(merge_category, "doctorat", "ingenieurs")
    assert titles(client, "/feeds/etudes-longues") == {"Une thèse", "Un master", "A master", "Un génie"}
    now(retire_category, "masters")
    assert "a pris fin" not in client.get("/feeds/etudes-longues.atom").text
    post("Un ingénieur", "ingenieurs")
    client.application.extensions["publisher"].changed()
    assert titles(client, "/feeds/etudes-longues") >= {"Un ingénieur", "Un master"}


def test_a_retracted_item_leaves_it_with_a_tombstone(client, feed, now, desk) -> None:
    found = client.get("/feeds/etudes-longues.json").json["items"][0]
    now(retract_item, found["id"].removeprefix("urn:uuid:"))
    atom = client.get("/feeds/etudes-longues.atom").text
    assert f'deleted-entry ref="{found["id"]}"' in atom


def test_its_archives_hold_its_whole_past(client, feed, post) -> None:
    for number in range(60):
        post(f"n° {number}", "doctorat")
    client.application.extensions["publisher"].changed()
    found: set[str] = set()
    address = "https://news.example.org/feeds/etudes-longues.json"
    while address:
        page = client.get(address.removeprefix("https://news.example.org")).json
        found |= {item["title"] for item in page["items"]}
        address = page.get("next_url")
    assert len(found) == 63
    assert 'rel="prev-archive"' in client.get("/feeds/etudes-longues.atom").text
