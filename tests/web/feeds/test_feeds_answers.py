"""What a feed answers, header by header, to a client that asks for it the plain way."""

import gzip
import json
from hashlib import sha256

import brotli
import pytest

TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
ADDRESSES = [f"/feeds/masters.{name}" for name in TYPES] + ["/embed/masters.html", "/embed/masters"]


@pytest.fixture(autouse=True)
def some_news(post) -> None:
    post("Diversité & RSE", "masters", "diversite-rse")
    post("A visit", "masters", language="en")


@pytest.mark.parametrize(("name", "media_type"), TYPES.items())
def test_a_feed_has_its_own_media_type(client, name: str, media_type: str) -> None:
    assert client.get(f"/feeds/masters.{name}").headers["Content-Type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_has_a_strong_entity_tag_of_its_bytes(client, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["ETag"] == f'"{sha256(answer.data).hexdigest()[:32]}"'


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_coding_has_an_entity_tag_of_its_own(client, address: str) -> None:
    tags = {client.get(address, headers={"Accept-Encoding": coding}).headers["ETag"] for coding in ("br", "gzip", "")}
    assert len(tags) == 3


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_compressed_when_asked(client, address: str, coding: str, decode) -> None:
    answer = client.get(address, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert decode(answer.data) == client.get(address).data


def test_it_is_not_compressed_unasked(client) -> None:
    assert "Content-Encoding" not in client.get("/feeds/masters.atom").headers


def test_a_client_that_takes_nothing_is_told_so(client) -> None:
    assert client.get("/feeds/masters.atom", headers={"Accept-Encoding": "*;q=0"}).status_code == 406


@pytest.mark.parametrize("address", ADDRESSES)
def test_last_modified_is_when_the_feed_last_changed(client, clock, address: str) -> None:
    clock.forward(days=1)
    assert client.get(address).headers["Last-Modified"] == "Mon, 02 Mar 2026 10:00:01 GMT"


def test_last_modified_never_lies_ahead(client) -> None:
    assert client.get("/feeds/masters.atom").headers["Last-Modified"] == "Mon, 02 Mar 2026 10:00:00 GMT"


@pytest.mark.parametrize("address", ADDRESSES)
def test_caches_may_keep_it_for_a_stated_time(client, address: str) -> None:
    said = client.get(address).headers["Cache-Control"]
    assert said == "public, max-age=300, stale-while-revalidate=60, stale-if-error=3600"


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_varies_with_the_coding_alone(client, address: str) -> None:
    assert client.get(address).headers.getlist("Vary") == ["Accept-Encoding"]


def test_it_links_to_itself_its_other_formats_and_its_page(client) -> None:
    base = "https://news.example.org"
    assert client.get("/feeds/masters.en.rss").headers["Link"].split(", ") == [
        f'<{base}/feeds/masters.en.rss>; rel="self"; type="application/rss+xml"',
        f'<{base}/feeds/masters.en.atom>; rel="alternate"; type="application/atom+xml"',
        f'<{base}/feeds/masters.en.json>; rel="alternate"; type="application/feed+json"',
        f'<{base}/category/masters?lang=en>; rel="alternate"; type="text/html"',
    ]


@pytest.mark.parametrize("address", [*ADDRESSES, "/feeds.opml"])
def test_scripts_of_every_site_may_read_it(client, address: str) -> None:
    headers = client.get(address, headers={"Origin": "https://partner.example.net"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/feeds.opml"])
def test_its_type_is_not_to_be_guessed(client, address: str) -> None:
    assert client.get(address).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [*ADDRESSES, "/feeds/nothing.atom", "/feeds.opml"])
def test_it_sets_no_cookie_and_names_no_server(client, address: str) -> None:
    headers = client.get(address).headers
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_says_what_get_says_without_the_body(client, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers == get.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_alone_decides(client, address: str) -> None:
    plain = client.get(address)
    asked = client.get(
        f"{address}?utm_source=x&lang=en&_=1",
        headers={
            "Host": "evil.example",
            "Accept-Language": "en",
            "Cookie": "depeche_staff=x",
            "X-Forwarded-Host": "evil",
        },
    )
    assert asked.data == plain.data
    assert asked.headers == plain.headers
    assert b"evil" not in asked.data


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/feeds.opml"])
def test_other_methods_are_not_allowed(client, address: str, method: str) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("address", [*ADDRESSES, "/feeds.opml"])
def test_a_browser_that_asks_first_is_let_in(client, address: str) -> None:
    answer = client.open(address, method="OPTIONS", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_the_list_of_feeds_names_every_active_category_in_every_language(client) -> None:
    listed = client.get("/feeds.opml")
    assert listed.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    for name in ("all", "masters", "diversite-rse"):
        for language in ("", ".fr", ".en"):
            assert f'xmlUrl="https://news.example.org/feeds/{name}{language}.atom"'.encode() in listed.data


def test_a_name_is_escaped_exactly_once_in_each_format(client) -> None:
    for name in ("atom", "rss"):
        written = client.get(f"/feeds/diversite-rse.{name}").text
        assert "Diversité &amp; RSE — École exemple" in written
        assert "&amp;amp;" not in written
    assert json.loads(client.get("/feeds/diversite-rse.json").data)["title"] == "Diversité & RSE — École exemple"
