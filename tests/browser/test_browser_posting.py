"""Sign in, post, and see it in its feeds and its block, in a real browser."""

from __future__ import annotations

import json
import urllib.request

import feedparser
import pytest

from desk.items.listing import ItemFilter, list_items
from tests.patience import PATIENCE

pytestmark = pytest.mark.browser

TITLE = "Un double diplôme avec Séville : premiers départs"
FEEDS = ("partenariats-internationaux", "ingenieurs", "all")


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return answer.read()


def post(page, newsroom) -> None:
    page.goto(f"{newsroom.url}/staff/items/new")
    page.fill("[name=title]", TITLE)
    page.check("[name=categories][value=partenariats-internationaux]")
    page.check("[name=categories][value=ingenieurs]")
    page.fill("[name=date]", "2026-06-10")
    page.fill("[name=summary]", "Douze élèves partent en septembre ; R&D et stages compris.")
    page.fill("[name=body]", "Premier paragraphe.\n\nSecond paragraphe.")
    page.locator("[name=status][value=published]").check(force=True)
    page.click("[data-save]")
    page.wait_for_url("**/staff/items/0*")


def assert_everywhere(newsroom) -> None:
    item = list_items(newsroom.desk, ItemFilter())[0]
    assert (item.title, item.status) == (TITLE, "published")
    for feed in FEEDS:
        for name in ("atom", "rss"):
            parsed = feedparser.parse(fetched(f"{newsroom.url}/feeds/{feed}.{name}"))
            assert [entry.title for entry in parsed.entries] == [TITLE], (feed, name)
            assert parsed.entries[0].id == item.guid
        read = json.loads(fetched(f"{newsroom.url}/feeds/{feed}.json"))
        assert [entry["title"] for entry in read["items"]] == [TITLE]
    assert not feedparser.parse(fetched(f"{newsroom.url}/feeds/doctorat.atom")).entries


def test_what_is_posted_by_the_form_is_in_its_three_feeds_and_its_block(staff, newsroom, partner):
    post(staff, newsroom)
    newsroom.clock.go_on(seconds=2)

    assert_everywhere(newsroom)
    partner.pages["/"] = f'<!doctype html><title>P</title><iframe src="{newsroom.url}/embed/ingenieurs"></iframe>'
    staff.goto(partner.url)
    block = staff.frame_locator("iframe")
    assert block.locator("li a").first.inner_text() == TITLE
    text = block.locator("li").first.inner_text()
    assert "Ingénieurs, Partenariats internationaux — 10/06/2026" in " ".join(text.split())
    assert "R&D" in text


def test_posting_works_without_javascript(without_script, newsroom):
    post(without_script, newsroom)
    newsroom.clock.go_on(seconds=2)

    assert_everywhere(newsroom)


def test_a_form_with_mistakes_keeps_what_was_typed_and_says_what_to_do(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new")
    staff.fill("[name=date]", "le 42 juin")
    staff.fill("[name=summary]", "Un résumé tapé avec soin")
    staff.click("[data-save]")

    staff.wait_for_selector(".errors[role=alert]")
    alert = staff.locator(".errors[role=alert]").inner_text()
    assert "titre est vide" in alert
    assert "le 42 juin" in alert
    assert staff.input_value("[name=summary]") == "Un résumé tapé avec soin"
    assert list_items(newsroom.desk) == ()


def test_a_retracted_item_leaves_every_place_and_its_page_says_so(staff, newsroom):
    post(staff, newsroom)
    item = list_items(newsroom.desk)[0]
    staff.goto(f"{newsroom.url}/staff/items/{item.id}")
    staff.click("details.retract summary")
    staff.click(".retract button")
    staff.wait_for_selector("form.undo")
    newsroom.clock.go_on(seconds=2)

    for feed in FEEDS:
        assert not feedparser.parse(fetched(f"{newsroom.url}/feeds/{feed}.atom")).entries
    answer = staff.goto(f"{newsroom.url}/items/{item.id}")
    assert answer is not None
    assert answer.status == 410
    assert TITLE not in fetched(f"{newsroom.url}/embed/ingenieurs.html").decode()


def test_nothing_an_item_says_runs_in_a_page(staff, newsroom):
    attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    staff.goto(f"{newsroom.url}/staff/items/new")
    for name in ("title", "summary", "body"):
        staff.fill(f"[name={name}]", f"Essai {attack}")
    staff.locator("[name=status][value=published]").check(force=True)
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    item = list_items(newsroom.desk)[0]
    newsroom.clock.go_on(seconds=2)

    for path in ("/", f"/items/{item.id}", "/embed/all", "/feeds/all", "/staff/", f"/staff/items/{item.id}"):
        staff.goto(newsroom.url + path)
        staff.wait_for_load_state("load")
        assert staff.title() != "owned", path
        assert staff.locator("img[onerror], main script:not([src])").count() == 0, path
