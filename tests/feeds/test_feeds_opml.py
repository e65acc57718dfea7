from dataclasses import replace
from datetime import datetime, timedelta, timezone

from lxml import etree

from feeds.document import Outline
from feeds.opml import write

MASTERS = Outline("Masters & co", "https://n.example/feeds/masters.atom", "https://n.example/category/masters", "fr")
ALL = Outline("Tout", "https://n.example/feeds/all.atom", "https://n.example/")


def test_a_list_has_a_title_and_an_outline_for_each_feed():
    document = etree.fromstring(write("Nos flux", [MASTERS, ALL]))
    assert (document.tag, document.get("version"), document.findtext("head/title")) == ("opml", "2.0", "Nos flux")
    assert [outline.get("xmlUrl") for outline in document.findall("body/outline")] == [MASTERS.feed, ALL.feed]


def test_an_outline_says_all_a_reader_needs():
    outline = etree.fromstring(write("Nos flux", [MASTERS])).find("body/outline")
    assert dict(outline.attrib) == {
        "type": "rss",
        "text": "Masters & co",
        "title": "Masters & co",
        "xmlUrl": MASTERS.feed,
        "htmlUrl": MASTERS.page,
        "language": "fr",
    }


def test_a_feed_in_all_languages_names_none():
    assert "language" not in etree.fromstring(write("Nos flux", [ALL])).find("body/outline").attrib


def test_feeds_of_a_folder_stand_in_it_and_the_others_beside_it():
    inside = [
        replace(MASTERS, folder="Écoles\x00 & co", categories=("ecoles", "masters")),
        replace(ALL, folder="Écoles & co"),
    ]
    body = etree.fromstring(write("Nos flux", [inside[0], ALL, inside[1]])).find("body")
    assert [each.get("text") for each in body] == ["Écoles & co", "Tout"]
    assert [each.get("text") for each in body[0]] == ["Masters & co", "Tout"]
    assert [each.get("category") for each in body[0]] == ["ecoles,masters", None]


def test_the_date_is_written_only_when_given_and_in_utc():
    paris = datetime(2024, 10, 4, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    dated = etree.fromstring(write("Nos flux", [ALL], paris))
    assert dated.findtext("head/dateCreated") == "Fri, 04 Oct 2024 10:30:00 +0000"
    assert etree.fromstring(write("Nos flux", [ALL])).find("head/dateCreated") is None


def test_a_hostile_title_is_escaped_once_and_harmless():
    written = write("a\x00 & b", [Outline('x" onload="y\x0b\n&<', ALL.feed, ALL.page)])
    assert etree.fromstring(written).findtext("head/title") == "a & b"
    assert etree.fromstring(written).find("body/outline").get("text") == 'x" onload="y &<'


def test_a_blank_title_gives_way_to_the_address():
    outline = etree.fromstring(write("Nos flux", [Outline(" \x00", ALL.feed, ALL.page)])).find("body/outline")
    assert outline.get("text") == ALL.feed


def test_an_empty_list_is_still_a_document():
    assert etree.fromstring(write("Nos flux", [])).find("body") is not None
