"""The hub in the documents and in their ``Link`` headers: one hub, one self, and only where it is told."""

import json
import re

import pytest
from lxml import etree

from desk.context import Desk
from desk.publishing.publisher import Publisher
from news.selections import LANGUAGES

ATOM = "{http://www.w3.org/2005/Atom}link"
PUSHED = [name + tongue for name in ("all", "doctorat") for tongue in ("", *(f".{each}" for each in LANGUAGES))]


def in_header(links: str, rel: str) -> list[str]:
    return re.findall(rf'<([^>]*)>; rel="{rel}"', links)


def in_document(body: bytes, kind: str, rel: str) -> list[str]:
    if kind == "json":
        told = json.loads(body)
        return [told["feed_url"]] if rel == "self" else [hub["url"] for hub in told.get("hubs", [])]
    return [link.get("href") for link in etree.fromstring(body).iter(ATOM) if link.get("rel") == rel]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("name", PUSHED)
def test_a_feed_names_its_hub_and_itself_once_in_the_document_and_in_its_header(pushing, post, hub, name, kind):
    post("Une", "doctorat")
    found = Publisher(pushing).feed(name, kind)
    own = f"https://news.example.org/feeds/{name}.{kind}"
    assert in_header(found.links, "hub") == in_document(found.body, kind, "hub") == [hub.url]
    assert in_header(found.links, "self") == in_document(found.body, kind, "self") == [own]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("name", ["doctorat+masters", "doctorat,masters.fr", "all!doctorat"])
def test_a_combination_names_no_hub_since_none_is_told_of_it(pushing: Desk, name, kind):
    found = _feed(pushing, name, kind)
    assert in_header(found.links, "hub") == in_document(found.body, kind, "hub") == []
    assert len(in_header(found.links, "self")) == len(in_document(found.body, kind, "self")) == 1


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_without_a_hub_no_feed_names_one(desk: Desk, kind):
    found = _feed(desk, "all", kind)
    assert in_header(found.links, "hub") == in_document(found.body, kind, "hub") == []


def _feed(desk: Desk, name: str, kind: str):
    publisher = Publisher(desk)
    found = publisher.feed(name, kind)
    return publisher.feed(found.address, kind) if hasattr(found, "address") else found


def test_headers_are_ascii_whatever_the_newsrooms_address(desk: Desk):
    elsewhere = desk.with_settings(base_url="https://actualités.example")
    assert in_header(_feed(elsewhere, "all", "atom").links, "self") == [
        "https://xn--actualits-i4a.example/feeds/all.atom"
    ]
