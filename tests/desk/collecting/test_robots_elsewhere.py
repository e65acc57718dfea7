"""A page that leads to another place: robots.txt is asked there before anything is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from desk.collecting.collect import refresh
from desk.collecting.probe import probe
from desk.context import Desk
from desk.sources.registry import NewSource, add_source, get_source
from news.sources import Kind, Selectors

PAGE = "<html lang=fr><main><article><h2><a href='/1'>Une nouvelle</a></h2><time>1er mars 2026</time></article></main>"
SELECT = {"item": "article", "title": "h2"}


@pytest.fixture
def elsewhere(site) -> Iterator[Any]:
    other = type(site)()
    yield other
    other.close()


@pytest.fixture
def source(collecting: Desk, site, elsewhere):
    elsewhere.put("/news", PAGE, "text/html")
    site.pages["/news"] = lambda _: (302, {"Location": elsewhere.url("/news")}, b"")
    selectors = Selectors(**SELECT)
    return add_source(collecting, NewSource(site.url("/news"), kind="page", selectors=selectors), "cli")


def outcome_of(desk: Desk, source):
    (outcome,) = refresh(desk, [get_source(desk, source.id)])
    return outcome


def test_a_page_is_read_where_it_leads_to_once_robots_txt_was_asked_there(collecting, elsewhere, source):
    outcome = outcome_of(collecting, source)
    assert (outcome.error, outcome.new) == (None, 1)
    assert elsewhere.robots_asked == 1


def test_nothing_is_fetched_where_robots_txt_forbids_it(collecting, elsewhere, source):
    elsewhere.robots = b"User-agent: *\nDisallow: /news\n"
    assert outcome_of(collecting, source).error.key == "source.robots.forbidden"
    assert elsewhere.requests == []


def test_nothing_is_fetched_where_robots_txt_cannot_be_asked_for(collecting, elsewhere, source):
    elsewhere.robots_status = 503
    assert outcome_of(collecting, source).error.key == "source.robots.unavailable"
    assert elsewhere.requests == []


def test_a_path_of_the_same_place_that_is_forbidden_is_not_reached_by_a_redirect(collecting, site, source):
    site.robots = b"User-agent: *\nDisallow: /private\n"
    site.pages["/news"] = lambda _: (301, {"Location": "/private"}, b"")
    assert outcome_of(collecting, source).error.key == "source.robots.forbidden"
    assert [path for path, _ in site.requests] == ["/news"]


def test_several_pages_that_lead_to_one_place_ask_there_once(collecting, site, elsewhere, source):
    sources = [source]
    for number in range(3):
        site.pages[f"/{number}"] = lambda _: (302, {"Location": elsewhere.url("/news")}, b"")
        given = NewSource(site.url(f"/{number}"), kind="page", selectors=Selectors(**SELECT))
        sources.append(add_source(collecting, given, "cli"))
    outcomes = refresh(collecting, sources)
    assert [outcome.error for outcome in outcomes] == [None] * 4
    assert (site.robots_asked, elsewhere.robots_asked) == (1, 1)


def test_a_page_that_leads_to_another_place_each_time_is_given_up(collecting, site, source):
    _, _, port = site.url("").rpartition(":")
    zeros = count(1)
    site.pages["/news"] = lambda _: (302, {"Location": f"http://127.0.0.1:{'0' * next(zeros)}{port}/news"}, b"")
    assert outcome_of(collecting, source).error.key == "source.fetch.redirects"
    assert probe(collecting, source.url, Kind.PAGE, Selectors(**SELECT)).error.key == "source.fetch.redirects"
    assert len(site.requests) < 20


def test_whoever_tries_a_page_asks_where_it_leads_too(collecting, site, elsewhere, source):
    found = probe(collecting, source.url, Kind.PAGE, Selectors(**SELECT))
    assert found.error is None and found.reading
    elsewhere.robots = b"User-agent: *\nDisallow: /news\n"
    for kind in (Kind.PAGE, None):
        assert probe(collecting, source.url, kind, Selectors(**SELECT)).error.key == "source.robots.forbidden"


def test_a_feed_that_leads_elsewhere_asks_nobody(collecting, site, elsewhere):
    elsewhere.put("/feed", site.rss(site.entry("Une", guid="1")))
    site.pages["/feed"] = lambda _: (302, {"Location": elsewhere.url("/feed")}, b"")
    outcome = outcome_of(collecting, add_source(collecting, NewSource(site.url("/feed"), kind="feed"), "cli"))
    assert (outcome.error, outcome.new, elsewhere.robots_asked) == (None, 1, 0)
