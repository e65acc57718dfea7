import html
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.rss import as_html, write
from news.items import Image

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z][a-z] \d{4} \d\d:\d\d:\d\d \+0000")


def channel_of(feed):
    return etree.fromstring(write(feed))[0]


@pytest.fixture
def channel(feed):
    return channel_of(feed)


def items(channel):
    return channel.findall("item")


def test_a_channel_says_who_it_is(channel):
    said = {name: channel.findtext(name) for name in ("title", "link", "description", "language", "generator")}
    assert said == {
        "title": "Actualités : Masters & co",
        "link": "https://news.example.org/category/masters",
        "description": "Tout ce qui se passe",
        "language": "fr",
        "generator": "Dépêche",
    }
    assert channel.getparent().get("version") == "2.0"


def test_a_channel_without_subtitle_is_described_by_its_title(feed):
    assert channel_of(replace(feed, subtitle="")).findtext("description") == "Actualités : Masters & co"


def test_a_channel_has_one_self_link_and_its_hub(channel):
    links = [dict(link.attrib) for link in channel.findall("atom:link", NS)]
    assert links == [
        {"href": "https://news.example.org/feeds/masters.rss", "rel": "self", "type": "application/rss+xml"},
        {"href": "https://hub.example.org/", "rel": "hub"},
    ]


def test_a_channel_image_repeats_the_title_and_link_of_the_channel(channel):
    image = {child.tag: child.text for child in channel.find("image")}
    assert image == {
        "url": "https://news.example.org/static/badge.png",
        "title": channel.findtext("title"),
        "link": channel.findtext("link"),
        "width": "144",
        "height": "144",
    }


def test_an_image_rss_cannot_show_is_left_out(feed):
    assert channel_of(replace(feed, badge="https://news.example.org/icon.svg")).find("image") is None


def test_every_date_is_rfc_822_with_a_numeric_zone(channel, feed):
    dates = [channel.findtext("lastBuildDate"), *(item.findtext("pubDate") for item in items(channel))]
    assert all(RFC_822.fullmatch(date) for date in dates)
    assert [parsedate_to_datetime(date) for date in dates] == [
        feed.updated,
        *(entry.published for entry in feed.entries),
    ]


def test_every_address_is_absolute(channel):
    addresses = channel.xpath("//@href | //@url | //@domain | //link/text() | //image/url/text()")
    assert addresses
    assert all(urlsplit(address).scheme == "https" for address in addresses)


def test_items_keep_their_order(channel, feed):
    assert [item.findtext("guid") for item in items(channel)] == [entry.id for entry in feed.entries]


def test_a_guid_is_a_permalink_only_when_it_is_the_address_of_the_item(channel):
    assert [item.find("guid").get("isPermaLink") for item in items(channel)] == ["false", "true"]


def test_the_title_links_where_the_entry_points(channel, feed):
    assert [item.findtext("link") for item in items(channel)] == [entry.url for entry in feed.entries]


def test_a_description_stands_before_the_body(channel):
    names = [etree.QName(child).localname for child in items(channel)[0]]
    assert names.index("description") < names.index("encoded")


def test_a_body_is_carried_whole(channel):
    assert items(channel)[0].findtext("content:encoded", namespaces=NS) == "<p>Un plan &amp; des actes.</p>"
    assert items(channel)[1].find("content:encoded", NS) is None


def test_a_body_without_summary_is_described_by_its_beginning(of, plain):
    long = replace(plain, summary="", content_html="<p>" + "mot " * 200 + "</p>")
    item = items(channel_of(of(long)))[0]
    assert item.findtext("description").startswith("mot mot")
    assert len(item.findtext("description")) <= 300 + len(" [...]")
    assert item.findtext("content:encoded", namespaces=NS) == long.content_html


def test_a_summary_is_written_as_html(channel):
    assert items(channel)[0].findtext("description") == "Un plan d’action pour R&amp;D et &lt;tous>."


def test_a_lone_ampersand_in_a_summary_is_escaped_exactly_once(of, plain):
    document = write(of(replace(plain, summary="Diversité & RSE"))).decode()
    assert "<description>Diversité &amp; RSE</description>" in document


@given(st.text() | st.lists(st.sampled_from(["&", "lt", ";", "#", "x41", "<b>", "]]>", " "])).map("".join))
def test_a_summary_read_as_html_is_the_text_it_was(text):
    markup = as_html(text)
    assert html.unescape(markup) == text
    assert "<" not in markup


def test_a_title_is_escaped_exactly_once(feed):
    assert "<title>Diversité &amp; RSE : l’école".encode() in write(feed)


def test_categories_carry_name_and_scheme_in_the_order_given(channel):
    found = [(category.text, category.get("domain")) for category in items(channel)[0].findall("category")]
    scheme = "https://news.example.org/category/"
    assert found == [("Masters", scheme), ("Diversité & RSE", scheme)]


def test_an_author_without_an_address_is_named(channel):
    assert items(channel)[0].findtext("dc:creator", namespaces=NS) == "Zoé Dùpont"
    assert channel.find("item/author") is None


def test_only_an_item_in_another_language_says_so(channel):
    assert [item.findtext("dc:language", namespaces=NS) for item in items(channel)] == [None, "en"]


def test_a_collected_item_names_its_source(channel):
    source = items(channel)[1].find("source")
    assert (source.text, source.get("url")) == ("Partner & Co", "https://partner.example.net/feed")


def test_a_picture_is_media_of_its_size_with_its_alternative(channel):
    content = items(channel)[0].find("media:content", NS)
    assert dict(content.attrib) == {
        "url": "https://news.example.org/media/1.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "640",
        "height": "480",
    }
    assert content.findtext("media:title", namespaces=NS) == "Deux élèves"


def test_no_enclosure_claims_a_length_nobody_knows(channel):
    assert channel.find("item/enclosure") is None


def test_a_picture_in_the_body_is_not_attached_again(of, plain):
    body = '<p><img src="https://news.example.org/media/1.jpg" alt=""></p><p>Texte</p>'
    item = items(channel_of(of(replace(plain, content_html=body))))[0]
    assert item.find("media:content", NS) is None
    assert item.find("media:thumbnail", NS).get("url") == "https://news.example.org/media/1.jpg"


def test_a_picture_of_unknown_size_and_type_claims_neither(of, plain):
    item = items(channel_of(of(replace(plain, image=Image("https://news.example.org/media/1")))))[0]
    assert dict(item.find("media:content", NS).attrib) == {"url": "https://news.example.org/media/1", "medium": "image"}


def test_addresses_are_uris_though_people_write_iris(of, plain):
    away = replace(plain, url="https://bücher.example:8443/à/lire?q=é%20a#ô")
    item = items(channel_of(of(away)))[0]
    assert item.findtext("link") == "https://xn--bcher-kva.example:8443/%C3%A0/lire?q=%C3%A9%20a#%C3%B4"


def test_an_identity_beyond_ascii_is_kept_and_not_called_a_permalink(of, collected):
    address = "https://partner.example.net/é"
    guid = items(channel_of(of(replace(collected, id=address, url=address))))[0].find("guid")
    assert (guid.text, guid.get("isPermaLink")) == (address, "false")


def test_a_size_that_cannot_be_is_not_claimed(of, plain):
    odd = replace(plain, image=Image("https://news.example.org/media/1", width=0, height=-3))
    assert "width" not in items(channel_of(of(odd)))[0].find("media:content", NS).attrib
    assert "height" not in items(channel_of(of(odd)))[0].find("media:thumbnail", NS).attrib
