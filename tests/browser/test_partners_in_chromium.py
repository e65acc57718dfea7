"""Partners in a real browser: who may frame a block, whose block it is, and pages that keep nobody out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desk.categories.named_feeds import add_named_feed
from desk.items.posting import post_item
from desk.partners.registry import add_partner, edit_partner, list_partners
from news.drafts import Draft
from tests.browser.axe import findings

pytestmark = pytest.mark.browser
HEAD = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>P</title></head><body><h1>P</h1>'


@pytest.fixture
def news(newsroom: Any) -> Any:
    """One item of Masters, and a named feed."""
    post_item(newsroom.desk, Draft(title="Une visite", status="published", categories=("masters",)), "cli")
    add_named_feed(newsroom.desk, "Études longues", "doctorat,masters", actor="cli")
    return newsroom


def test_a_block_stands_on_its_partners_site_and_in_no_other_frame(news: Any, partner: Any, page: Page) -> None:
    known = add_partner(news.desk, "Lyon", selection="masters", origins=(partner.url,), actor="cli").partner
    partner.pages["/"] = f'{HEAD}<iframe src="{news.url}/embed/lyon" title="Actualités"></iframe>'
    page.goto(partner.url)
    link = page.frame_locator("iframe").get_by_role("link", name="Une visite")
    expect(link).to_be_visible()
    edit_partner(news.desk, known.key, origins=("https://elsewhere.example",), actor="cli")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    news.application.extensions["publisher"].changed()
    partner.pages["/"] = partner.pages["/"].replace("/embed/lyon", "/embed/lyon?limit=3")
    page.reload()
    expect(link).to_have_count(0)
    assert any("frame-ancestors" in each for each in said)


def test_the_element_says_whose_it_is(news: Any, partner: Any, page: Page) -> None:
    known = add_partner(news.desk, "Lyon", actor="cli").partner
    element = f'<depeche-news selection="etudes-longues" partner="{known.key}" limit="3"></depeche-news>'
    partner.pages["/"] = f'{HEAD}<script type="module" src="{news.url}/embed.js"></script>{element}'
    with page.expect_response("**/embed/etudes-longues.json*") as answer:
        page.goto(partner.url)
    assert answer.value.url == f"{news.url}/embed/etudes-longues.json?limit=3&p={known.key}"
    expect(page.get_by_role("link", name="Une visite")).to_be_visible()


def test_a_named_feed_is_chosen_in_the_builder(news: Any, page: Page) -> None:
    page.goto(f"{news.url}/embed")
    page.get_by_label("Un flux que tient la rédaction").select_option("etudes-longues")
    expect(page.locator("#sample-html")).to_have_value(
        re.compile('selection="etudes-longues" lang="fr-else-en" limit="5"')
    )
    expect(page.get_by_label("Masters").first).to_be_disabled()
    assert page.url == f"{news.url}/embed?selection=etudes-longues.fr-else-en"
    assert findings(page) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_pages_of_partners_and_audience_keep_nobody_out(news: Any, staff: Page, lang: str) -> None:
    key = add_partner(news.desk, "Lyon", selection="masters", actor="cli").partner.key
    agent = {"User-Agent": "Feedly/1.0 (16 subscribers)"}
    staff.request.get(f"{news.url}/feeds/masters.atom", headers=agent)
    staff.request.get(f"{news.url}/embed/lyon?p={key}", headers={"Referer": "https://lyon.example/", "User-Agent": "x"})
    news.application.extensions["counting"].write()
    assert list_partners(news.desk)[0].carriers
    for path in ("partners", f"partners/{key}", "audience"):
        staff.goto(f"{news.url}/staff/{path}?lang={lang}")
        assert findings(staff) == []
        for width in (375, 1280):
            staff.set_viewport_size({"width": width, "height": 800})
            assert staff.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
