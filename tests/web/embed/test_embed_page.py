"""The block as a page of its own, for an iframe."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest


@pytest.fixture(autouse=True)
def some_news(post) -> None:
    post("Une visite", "masters", link="https://partner.example.net/a")


def test_it_is_a_whole_page_in_its_language(client) -> None:
    page = client.get("/embed/masters.en").text
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Masters — École exemple</title>" in page


def test_its_links_leave_the_frame(client) -> None:
    links = re.findall("<a [^>]*>", client.get("/embed/masters").text)
    assert len(links) == 2
    assert all('target="_top"' in link for link in links)


def test_anybody_may_frame_it_and_nothing_else(client) -> None:
    assert "frame-ancestors *" in client.get("/embed/masters").headers["Content-Security-Policy"]
    for address in ("/embed/masters.html", "/feeds/masters.atom", "/", "/embed/unknown.html"):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]


def test_its_one_style_is_the_one_its_policy_names(client) -> None:
    answer = client.get("/embed/masters")
    (style,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_its_one_script_is_the_one_its_policy_names(client) -> None:
    answer = client.get("/embed/masters")
    (script,) = re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in answer.headers["Content-Security-Policy"]


def test_it_asks_nobody_for_anything(client) -> None:
    page = client.get("/embed/masters").text
    assert not re.search(r"<(?:img|iframe)|<script [^>]|fetch|XMLHttp|@import|url\(|stylesheet", page)


def test_it_names_its_feed_and_its_page(client) -> None:
    page = client.get("/embed/masters").text
    assert 'type="application/atom+xml" href="https://news.example.org/feeds/masters.atom"' in page
    assert '<link rel="canonical" href="https://news.example.org/category/masters">' in page


def test_search_engines_are_asked_to_leave_it_out(client) -> None:
    assert client.get("/embed/masters").headers["X-Robots-Tag"] == "noindex"
