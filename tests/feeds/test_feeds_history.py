from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from feeds import atom, json_feed, rss
from feeds.document import Deleted

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
}
GONE = Deleted("urn:uuid:9", datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
BASE = "https://news.example.org/feeds/masters"


@pytest.fixture
def archived(feed):
    """An archive document between two others."""
    return replace(
        feed, base=f"{BASE}/archive/2", current=BASE, previous=f"{BASE}/archive/1", following=f"{BASE}/archive/3",
        deleted=(GONE,),
    )  # fmt: skip


def parsed(feed):
    return etree.fromstring(atom.write(feed))


def links(document):
    return {link.get("rel"): link.get("href") for link in document.xpath("a:link", namespaces=NS)}


def test_an_archive_document_says_what_it_is_and_leads_on(archived):
    document = parsed(archived)
    assert len(document.xpath("fh:archive", namespaces=NS)) == 1
    assert links(document) == links(parsed(replace(archived, current=None, previous=None, following=None))) | {
        "current": f"{BASE}.atom",
        "prev-archive": f"{BASE}/archive/1.atom",
        "next-archive": f"{BASE}/archive/3.atom",
    }
    assert links(document)["self"] == f"{BASE}/archive/2.atom"


def test_a_feed_is_no_archive_but_leads_to_one(feed):
    document = parsed(replace(feed, previous=f"{BASE}/archive/1"))
    assert document.xpath("fh:archive", namespaces=NS) == []
    assert links(document)["prev-archive"] == f"{BASE}/archive/1.atom"


def test_a_feed_without_a_past_speaks_of_none(feed):
    written = atom.write(feed)
    assert b"archive" not in written
    assert b"purl.org/atompub" not in written


def test_what_left_is_named_with_its_moment(archived):
    (gone,) = parsed(archived).xpath("at:deleted-entry", namespaces=NS)
    assert dict(gone.attrib) == {"ref": "urn:uuid:9", "when": "2026-03-02T09:00:00+00:00"}


def test_a_document_names_only_the_vocabularies_it_uses(archived, feed):
    assert b"tombstones" not in atom.write(replace(archived, deleted=()))
    assert b"syndication/history" not in atom.write(replace(feed, deleted=(GONE,)))


def test_tombstones_are_no_entries_to_other_readers(archived, feed):
    read = feedparser.parse(atom.write(archived))
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [entry.id for entry in feed.entries]


def test_json_feed_leads_on_by_its_next_address(archived, feed):
    assert b'"next_url": "https://news.example.org/feeds/masters/archive/1.json"' in json_feed.write(archived)
    assert b"next_url" not in json_feed.write(feed)


def test_characters_no_document_can_carry_are_left_out_of_the_past(archived):
    hostile = replace(archived, deleted=(replace(GONE, id="urn:\x00\ud800x"),), previous=f"{BASE}\x07/archive/1")
    document = parsed(hostile)
    assert document.xpath("at:deleted-entry/@ref", namespaces=NS) == ["urn:x"]
    assert links(document)["prev-archive"] == f"{BASE}/archive/1.atom"


def test_rss_has_no_documents_of_the_past(archived, feed):
    assert rss.write(replace(archived, base=feed.base)) == rss.write(feed)
