import json
from dataclasses import replace
from datetime import datetime

import pytest

from feeds.json_feed import write


@pytest.fixture
def document(feed):
    return json.loads(write(feed))


def test_a_feed_says_who_it_is(document):
    assert {name: value for name, value in document.items() if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Actualités : Masters & co",
        "home_page_url": "https://news.example.org/category/masters",
        "feed_url": "https://news.example.org/feeds/masters.json",
        "description": "Tout ce qui se passe",
        "language": "fr",
        "icon": "https://news.example.org/static/icon.png",
        "favicon": "https://news.example.org/static/badge.png",
        "authors": [{"name": "École exemple"}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
    }


def test_an_empty_feed_still_has_its_items(feed):
    assert json.loads(write(replace(feed, entries=())))["items"] == []


def test_nothing_is_said_that_is_not_known(feed):
    bare = json.loads(write(replace(feed, icon=None, badge=None, hub=None, subtitle="", entries=())))
    assert not {"icon", "favicon", "hubs", "description"} & bare.keys()


def test_an_entry_of_our_own_is_complete(document, plain):
    assert document["items"][0] == {
        "id": plain.id,
        "url": plain.page,
        "title": plain.title,
        "content_html": "<p>Un plan &amp; des actes.</p>",
        "summary": "Un plan d’action pour R&D et <tous>.",
        "image": "https://news.example.org/media/1.jpg",
        "date_published": "2024-10-04T10:30:00Z",
        "date_modified": "2024-10-05T18:00:09Z",
        "authors": [{"name": "Zoé Dùpont"}],
        "tags": ["Masters", "Diversité & RSE"],
        "language": "fr",
        "_depeche": {"page": plain.page},
    }


def test_an_entry_that_points_elsewhere_says_so_and_keeps_its_page(document, collected):
    item = document["items"][1]
    assert (item["url"], item["external_url"]) == (collected.url, collected.url)
    assert item["_depeche"]["page"] == collected.page


def test_an_entry_without_body_has_its_summary_as_text(document):
    item = document["items"][1]
    assert item["content_text"] == "Forty students went."
    assert "content_html" not in item


def test_an_entry_with_nothing_but_a_title_still_has_content(of, collected):
    (item,) = json.loads(write(of(replace(collected, summary=""))))["items"]
    assert item["content_text"] == "A visit to Berlin"
    assert "summary" not in item


def test_a_collected_entry_is_not_claimed_by_the_newsroom(document):
    item = document["items"][1]
    assert item["authors"] == [{"name": "Partner & Co"}]
    assert item["_depeche"]["source"] == {
        "id": "urn:uuid:5",
        "name": "Partner & Co",
        "url": "https://partner.example.net/feed",
    }


def test_an_id_is_always_a_string(document):
    assert all(isinstance(item["id"], str) for item in document["items"])


def test_every_date_is_rfc_3339_with_a_zone(document):
    dates = [item[name] for item in document["items"] for name in ("date_published", "date_modified")]
    assert all(datetime.fromisoformat(date).utcoffset() is not None for date in dates)


def test_letters_beyond_ascii_are_written_as_themselves(feed):
    written = write(feed)
    assert "École exemple".encode() in written
    assert b"\\u" not in written
