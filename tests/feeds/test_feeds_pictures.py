from dataclasses import replace

import pytest

from feeds.pictures import media_type, to_attach
from feeds.uris import as_uri
from news.items import Image


def test_an_entry_without_picture_attaches_none(plain):
    assert to_attach(replace(plain, image=None)) is None


def test_a_picture_the_body_only_links_to_is_attached(plain):
    body = '<a href="https://news.example.org/media/1.jpg">la photo</a>'
    assert to_attach(replace(plain, content_html=body)) == plain.image


def test_a_picture_is_recognised_in_the_body_though_its_address_is_escaped(plain):
    picture = Image("https://news.example.org/p?a=1&b=2")
    body = '<img src="https://news.example.org/p?a=1&amp;b=2">'
    assert to_attach(replace(plain, image=picture, content_html=body)) is None


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://x.example/a.JPG?w=3", "image/jpeg"),
        ("https://x.example/a.webp#b", "image/webp"),
        ("https://x.example/photo", None),
        ("https://x.example/a.php?f=b.png", None),
        ("https://[broken/a.png", None),
    ],
)
def test_a_media_type_is_what_the_name_promises(url, known):
    assert media_type(url) == known


@pytest.mark.parametrize(
    ("iri", "uri"),
    [
        ("https://x.example/a%20b?c=d#e", "https://x.example/a%20b?c=d#e"),
        ("https://x.example/é", "https://x.example/%C3%A9"),
        ("https://BÜCHER.example:81/", "https://xn--bcher-kva.example:81/"),
        ("https://x.example/é?", "https://x.example/%C3%A9?"),
        ("https://x.example/%C3%A9é", "https://x.example/%C3%A9%C3%A9"),
        ("https://é" + "a" * 70 + ".example/", "https://%C3%A9" + "a" * 70 + ".example/"),
    ],
)
def test_an_iri_becomes_a_uri_and_a_uri_stays(iri, uri):
    assert as_uri(iri) == uri
    assert as_uri(uri) == uri
