import locale
from datetime import UTC, datetime

import pytest
from lxml import etree

from feeds.feedgen_repairs import RepairedEntry, RepairedFeed

THEN = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entry_at(feed, number):
    entry = feed.add(RepairedEntry(THEN))
    entry.id(f"urn:example:{number}")
    entry.title(f"Number {number}")
    entry.published(THEN)
    entry.link(href=f"https://example.org/{number}")
    return entry


@pytest.fixture
def feed():
    made = RepairedFeed(THEN)
    made.id("urn:example:feed")
    made.title("A feed")
    made.description("Of things")
    made.place(
        own="https://example.org/f",
        media_type="application/rss+xml",
        home="https://example.org/",
        hub="https://hub.example/",
    )
    return made


def channel(feed):
    return etree.fromstring(feed.rss_str())[0]


def test_dates_are_written_without_touching_the_locale_of_the_process(feed, monkeypatch):
    entry_at(feed, 1)
    monkeypatch.setattr(locale, "setlocale", lambda *_: pytest.fail("the locale was touched"))
    assert channel(feed).findtext("item/pubDate") == "Sat, 03 Feb 2001 04:05:06 +0000"


def test_a_feed_never_takes_the_present_for_its_date(feed):
    entry_at(feed, 1)
    assert channel(feed).findtext("lastBuildDate") == "Sat, 03 Feb 2001 04:05:06 +0000"
    atom = etree.fromstring(feed.atom_str())
    assert {found.text for found in atom.findall(".//a:updated", ATOM)} == {"2001-02-03T04:05:06+00:00"}


def test_entries_stand_in_the_order_they_were_added(feed):
    for number in (1, 2, 3):
        entry_at(feed, number)
    assert [title.text for title in channel(feed).findall("item/title")] == ["Number 1", "Number 2", "Number 3"]


def test_a_link_of_an_atom_entry_keeps_all_its_attributes(feed):
    entry = entry_at(feed, 1)
    asked = {
        "href": "https://example.org/a.png",
        "rel": "enclosure",
        "type": "image/png",
        "length": "12",
        "title": "A",
        "hreflang": "fr",
    }
    entry.link(dict(asked))
    links = etree.fromstring(feed.atom_str()).findall("a:entry/a:link", ATOM)
    assert [dict(link.attrib) for link in links] == [{"href": "https://example.org/1", "rel": "alternate"}, asked]


def test_the_link_of_a_channel_is_its_page_and_not_its_hub(feed):
    assert channel(feed).findtext("link") == "https://example.org/"


def test_a_channel_carries_its_hub(feed):
    links = channel(feed).findall("a:link", ATOM)
    assert [(link.get("rel"), link.get("href")) for link in links] == [
        ("self", "https://example.org/f"),
        ("hub", "https://hub.example/"),
    ]


def test_the_generator_is_our_own_program(feed):
    assert channel(feed).findtext("generator") == "Dépêche"
    assert b"feedgen" not in feed.rss_str() + feed.atom_str()
