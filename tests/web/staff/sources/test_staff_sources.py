import html
import re
from dataclasses import replace
from http.server import ThreadingHTTPServer

import pytest

from desk.items.listing import list_items
from desk.sources.registry import NewSource, add_source, get_source, list_sources
from net.allowed_networks import parse_allowed
from news.items import Status
from tests.loopback import QuietHandler, running

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Partner</title><link>http://p.example/</link>
<description>d</description><item><title>From afar</title><link>http://p.example/1</link><guid>one</guid>
<pubDate>Sun, 01 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"""


PAGE = b"""<html><link rel="alternate" type="application/rss+xml" href="/feed" title="News"><p>x</p></html>"""
DOCUMENTS = {"/feed": FEED, "/page": PAGE}


class Handler(QuietHandler):
    def do_GET(self) -> None:
        kind = "text/html" if self.path == "/page" else "application/rss+xml"
        self.send(200 if self.path in DOCUMENTS else 404, DOCUMENTS.get(self.path, b""), Content_Type=kind)


@pytest.fixture
def settings(settings):
    return replace(settings, allowed_networks=parse_allowed("127.0.0.0/8"))


@pytest.fixture
def partner():
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def source(desk, partner):
    return add_source(
        desk,
        NewSource(url=f"{partner}/feed", kind="feed", name="Partner", trust="publish", categories=("masters",)),
        "cli",
    )


def test_adding_a_source_leads_to_its_page(editor, desk):
    form = {"url": "https://partner.example/feed", "kind": "feed", "name": "Partner", "categories": ["masters"]}
    answer = editor.post("/staff/sources/new", form | {"map": "Research = doctorat\n", "trust": "publish"})
    (added,) = list_sources(desk)
    assert (answer.status_code, answer.location) == (303, f"/staff/sources/{added.id}")
    assert (added.name, added.trust, list(added.map)) == ("Partner", "publish", ["Research"])
    assert "Research → Doctorate" in editor.get(answer.location).text


def test_an_address_that_is_collected_already_leads_to_its_source_which_stays_as_it_is(editor, desk, source, clock):
    clock.forward(minutes=1)
    answer = editor.post("/staff/sources/new", {"url": source.url, "kind": "feed", "name": "Other", "trust": "review"})
    assert (answer.status_code, answer.location) == (303, f"/staff/sources/{source.id}")
    page = editor.get(answer.location).text
    assert "collected already, as Partner: nothing was changed" in page
    assert "Source added" not in page
    assert list_sources(desk) == (source,)


def test_the_kind_is_found_out_by_looking(editor, desk, partner):
    editor.post("/staff/sources/new", {"url": f"{partner}/feed", "kind": "auto"})
    (added,) = list_sources(desk)
    assert (added.kind, added.name, added.trust) == ("feed", "Partner", "review")


@pytest.mark.parametrize(("typed", "field"), [
    ({"url": "partner"}, "url"), ({"url": "ftp://x.example/"}, "url"), ({"map": "no sign"}, "map"),
])  # fmt: skip
def test_a_wrong_source_comes_back_as_typed(editor, desk, typed, field):
    answer = editor.post("/staff/sources/new", {"url": "https://p.example/", "kind": "feed", "name": "Mine"} | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Mine"' in answer.text
    assert list_sources(desk) == ()


def test_looking_shows_what_would_come_and_adds_nothing(editor, desk, partner):
    shown = editor.post("/staff/sources/new", {"url": f"{partner}/feed", "kind": "auto", "look": "1"})
    assert (shown.status_code, "From afar" in shown.text, list_sources(desk)) == (200, True, ())
    assert f'value="{partner}/feed"' in shown.text
    failed = editor.post("/staff/sources/new", {"url": f"{partner}/missing", "kind": "auto", "look": "1"})
    assert "404" in failed.text


def test_looking_at_a_page_offers_its_feed_as_a_filled_form(editor, partner):
    shown = editor.post("/staff/sources/new", {"url": f"{partner}/page", "kind": "auto", "look": "1"})
    offered = html.unescape(re.search(r'href="(/staff/sources/new[^"]*)"', shown.text)[1])
    assert f'value="{partner}/feed"' in editor.get(offered).text


def test_an_author_may_not_look(author, partner):
    assert author.post("/staff/sources/new", {"url": f"{partner}/feed", "look": "1"}).status_code == 403


def test_a_source_that_cannot_be_read_is_not_added_and_says_why(editor, desk, partner):
    answer = editor.post("/staff/sources/new", {"url": f"{partner}/missing", "kind": "auto"})
    assert answer.status_code == 422
    assert "404" in answer.text
    assert list_sources(desk) == ()


def test_refreshing_brings_in_what_is_new_and_says_how_much(editor, desk, source):
    answer = editor.post(f"/staff/sources/{source.id}/refresh")
    assert "1 new, 0 changed, 0 unchanged" in editor.get(answer.location).text
    assert [item.title for item in list_items(desk)] == ["From afar"]
    assert "From afar" in editor.get(answer.location).text


def test_a_failing_source_says_why_in_the_list_and_on_its_page(editor, desk, partner):
    source = add_source(desk, NewSource(url=f"{partner}/missing", kind="feed", name="Lost"), "cli")
    editor.post(f"/staff/sources/{source.id}/refresh")
    for path in ("/staff/sources", f"/staff/sources/{source.id}"):
        page = editor.get(path).text
        assert "Failing" in page
        assert "404" in page


def test_a_paused_source_is_resumed(editor, desk, source):
    editor.post(f"/staff/sources/{source.id}/pause")
    assert get_source(desk, source.id).paused
    assert "Paused" in editor.get("/staff/sources").text
    editor.post(f"/staff/sources/{source.id}/resume")
    assert not get_source(desk, source.id).paused


@pytest.mark.parametrize(("fate", "status"), [("keep", Status.PUBLISHED), ("withdraw", Status.WITHDRAWN)])
def test_removing_a_source_keeps_or_withdraws_its_items(editor, desk, source, fate, status):
    editor.post(f"/staff/sources/{source.id}/refresh")
    assert editor.post(f"/staff/sources/{source.id}/remove", {"items": fate}).location == "/staff/sources"
    assert list_sources(desk) == ()
    assert [item.status for item in list_items(desk)] == [status]


def test_removing_without_saying_what_becomes_of_the_items_is_refused(editor, desk, source):
    assert editor.post(f"/staff/sources/{source.id}/remove").status_code == 400
    assert list_sources(desk) == (source,)


def test_an_unknown_source_is_not_found(editor):
    assert editor.get("/staff/sources/nope").status_code == 404
