from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree

from feeds.atom import write

NS = {"a": "http://www.w3.org/2005/Atom", "media": "http://search.yahoo.com/mrss/"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def document(feed):
    return etree.fromstring(write(feed))


def texts(element, path):
    return [found.text for found in element.xpath(path, namespaces=NS)]


def links(element):
    return {link.get("rel"): dict(link.attrib) for link in element.xpath("a:link", namespaces=NS)}


def test_a_feed_says_who_it_is(document, feed):
    assert document.tag == "{http://www.w3.org/2005/Atom}feed"
    assert document.get(LANG) == "fr"
    said = {name: texts(document, f"a:{name}") for name in ("id", "title", "subtitle", "generator", "icon")}
    assert said == {
        "id": [feed.id],
        "title": ["Actualités : Masters & co"],
        "subtitle": ["Tout ce qui se passe"],
        "generator": ["Dépêche"],
        "icon": ["https://news.example.org/static/icon.png"],
    }
    assert texts(document, "a:author/a:name") == ["École exemple"]


def test_the_generator_names_no_version(document):
    assert not document.xpath("a:generator", namespaces=NS)[0].attrib


def test_a_feed_has_one_self_link_one_alternate_and_its_hub(document):
    assert [link.get("rel") for link in document.xpath("a:link", namespaces=NS)] == ["self", "hub", "alternate"]
    assert links(document)["self"]["href"] == "https://news.example.org/feeds/masters.atom"
    assert links(document)["self"]["type"] == "application/atom+xml"
    assert links(document)["alternate"]["href"] == "https://news.example.org/category/masters"
    assert links(document)["hub"]["href"] == "https://hub.example.org/"


def test_a_feed_without_extras_leaves_them_out(feed):
    document = etree.fromstring(write(replace(feed, hub=None, icon=None, subtitle="", entries=())))
    names = [etree.QName(child).localname for child in document]
    assert names == ["id", "title", "updated", "author", "link", "link", "generator"]


def test_every_date_is_rfc_3339_with_a_zone(document):
    dates = texts(document, "//a:updated | //a:published")
    assert dates[0] == "2024-10-05T18:00:09+00:00"
    assert len(dates) == 6
    assert all(datetime.fromisoformat(date).utcoffset() is not None for date in dates)


def test_every_address_is_absolute(document):
    addresses = document.xpath("//@href | //@url | //@scheme | //a:id/text() | //a:icon/text()", namespaces=NS)
    assert addresses
    assert all(urlsplit(address).scheme in ("https", "urn") for address in addresses)


def test_every_entry_has_what_rfc_4287_requires(document):
    for entry in document.xpath("a:entry", namespaces=NS):
        counts = {
            name: len(entry.xpath(f"a:{name}", namespaces=NS)) for name in ("id", "title", "updated", "published")
        }
        assert counts == {"id": 1, "title": 1, "updated": 1, "published": 1}
        assert len(entry.xpath("a:link[@rel='alternate']", namespaces=NS)) == 1


def test_entries_keep_their_order(document, feed):
    assert texts(document, "a:entry/a:id") == [entry.id for entry in feed.entries]


def test_a_text_is_escaped_exactly_once(feed):
    assert "<title>Diversité &amp; RSE : l’école".encode() in write(feed)


def test_a_summary_is_text_and_a_body_is_html(document):
    first = document.xpath("a:entry", namespaces=NS)[0]
    summary, content = first.find("a:summary", NS), first.find("a:content", NS)
    assert (summary.get("type"), summary.text) == ("text", "Un plan d’action pour R&D et <tous>.")
    assert (content.get("type"), content.text) == ("html", "<p>Un plan &amp; des actes.</p>")


def test_an_entry_without_body_has_no_content(document):
    assert document.xpath("a:entry", namespaces=NS)[1].find("a:content", NS) is None


def test_an_entry_of_our_own_links_to_its_page(document):
    first = document.xpath("a:entry", namespaces=NS)[0]
    assert links(first)["alternate"] == {
        "href": "https://news.example.org/items/1/engage",
        "rel": "alternate",
        "type": "text/html",
    }
    assert "related" not in links(first)


def test_an_entry_that_points_elsewhere_names_its_page_as_related(document):
    second = document.xpath("a:entry", namespaces=NS)[1]
    assert links(second)["alternate"]["href"] == "https://partner.example.net/posts/7"
    assert links(second)["related"]["href"] == "https://news.example.org/items/2/a-visit"


def test_a_category_has_slug_scheme_and_name_in_the_order_given(document):
    categories = document.xpath("a:entry[1]/a:category", namespaces=NS)
    assert [dict(category.attrib) for category in categories] == [
        {"term": "masters", "scheme": "https://news.example.org/category/", "label": "Masters"},
        {"term": "diversite-rse", "scheme": "https://news.example.org/category/", "label": "Diversité & RSE"},
    ]


def test_each_entry_says_its_language_so_that_it_keeps_it_when_taken_out(document):
    assert [entry.get(LANG) for entry in document.xpath("a:entry", namespaces=NS)] == ["fr", "en"]


def test_an_author_is_named(document):
    assert texts(document, "a:entry[1]/a:author/a:name") == ["Zoé Dùpont"]


def test_a_collected_entry_carries_its_source_complete(document):
    source = document.xpath("a:entry[2]/a:source", namespaces=NS)[0]
    said = {name: texts(source, f"a:{name}") for name in ("id", "title", "updated")}
    assert said == {"id": ["urn:uuid:5"], "title": ["Partner & Co"], "updated": ["2024-10-04T10:30:00+00:00"]}
    assert links(source)["self"]["href"] == "https://partner.example.net/feed"


def test_a_collected_entry_without_author_is_not_claimed_by_the_newsroom(document):
    assert texts(document, "a:entry[2]/a:author/a:name") == []
    assert texts(document, "a:entry[2]/a:source/a:author/a:name") == ["Partner & Co"]


def test_a_picture_is_an_enclosure_with_its_alternative(document):
    assert links(document.xpath("a:entry", namespaces=NS)[0])["enclosure"] == {
        "href": "https://news.example.org/media/1.jpg",
        "rel": "enclosure",
        "type": "image/jpeg",
        "title": "Deux élèves",
    }


def test_a_picture_in_the_body_is_not_attached_again(of, plain):
    body = '<p><img src="https://news.example.org/media/1.jpg" alt="Deux élèves"></p>'
    document = etree.fromstring(write(of(replace(plain, content_html=body))))
    assert "enclosure" not in links(document.find("a:entry", NS))
    assert document.xpath("//media:thumbnail/@url", namespaces=NS) == ["https://news.example.org/media/1.jpg"]
