"""Scripts in every field, by every way in, run nowhere: in a real browser with our policy switched off, so that it is
what we write and not the policy that keeps them from it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Error as PlaywrightError

from desk.categories.registry import add_category
from desk.items.listing import ItemFilter, list_items
from tests.browser.everything import addresses, something_of_everything
from tests.browser.hostile import ELEMENTS, FEW, LINKED, MARKDOWN, RUN, SUM, Watch
from tests.browser.ways_in import EMAIL, PASSWORD, SLUGS, Person, by_api, by_collecting, by_form, by_import

pytestmark = [pytest.mark.browser, pytest.mark.long]
# Short enough for the shortest of names.
MANY_IN_ONE = (f"\"'></title></script><script>{RUN}</script>", f"'\"><img src=x onerror={RUN}>{SUM}")
KINDS = ("", ".html", ".email.html", "?layout=cards", "?layout=headlines&heading=3")
QUERIES = (
    "q", "lang", "page", "next", "was", "status", "category", "source", "author", "month", "view", "selection", "limit",
    "layout", "heading", "ink", "partner", "p", "url", "resume", "translates", "into", "error", "from",
)  # fmt: skip
STARTS = ("/", "/category/", "/items/", "/feeds/", "/embed/", "/staff/link/", "/staff/items/", "/staff/users/")
FOR_READERS = (
    "/feeds/all.atom", "/feeds/all.rss", "/feeds/all.json", "/feeds.opml", "/sitemap-news.xml", "/embed/all.json",
    "/embed/all.txt",
)  # fmt: skip


def reads(person: Person, paths: list[str]) -> dict[str, str]:
    return {path: answer.text for path in paths if "html" in (answer := person.read(path)).mimetype}


def shown_everywhere(newsroom: Any, person: Person, watch: Watch) -> int:
    """Each item on its page, in its form with its preview and its history; every list page by page; every block."""
    items = list_items(newsroom.desk, ItemFilter(limit=10_000))
    paths = [f"/items/{item.id}?lang=en" for item in items if item.visible]
    paths += [f"/embed/items/{item.id}" for item in items[::3]]
    paths += [f"/staff/items/{item.id}" for item in items[:: 1 + len(items) // 200]]
    paths += [f"/?page={n}&lang={lang}" for n in range(1, 1 + len(items) // 20) for lang in ("fr", "en")]
    paths += [f"/staff/review?page={n}" for n in range(1, 6)] + [
        "/staff/sources",
        "/staff/audit",
        "/staff/calendar?month=2026-05",
    ]
    for slug in SLUGS:
        paths += [f"/category/{slug}", f"/feeds/{slug}", f"/staff/?category={slug}"]
        paths += [f"/embed/{slug}{kind}{'&' if '?' in kind else '?'}limit=20" for kind in KINDS]
    documents = reads(person, paths)
    watch.show(documents)
    return len(documents)


@pytest.mark.parametrize("way", [by_form, by_api, by_import, by_collecting])
def test_a_script_in_every_field_of_an_item_runs_on_no_page(newsroom, person, watch, partner, way: Callable) -> None:
    way(newsroom, person, partner) if way is by_collecting else way(newsroom, person)
    assert shown_everywhere(newsroom, person, watch) > 100
    assert watch.heard == []


@pytest.fixture(params=range(len(MANY_IN_ONE)), ids=["script", "handler"])
def named(request: Any, newsroom: Any) -> dict[str, str]:
    """A newsroom in which everything that has a name is called like that."""
    text = MANY_IN_ONE[request.param]
    there = something_of_everything(newsroom, lambda usual: text)
    add_category(newsroom.desk, text, name_en=text, slug="named", actor="test")
    return there | {"text": text}


def test_a_script_in_every_name_and_every_query_runs_on_no_page(newsroom, person, watch, named) -> None:
    """Also where nothing is, and in addresses that nobody would write."""
    text = named["text"]
    walked = addresses(newsroom, named)
    asked = urlencode(dict.fromkeys(QUERIES, text))
    paths = [f"{path}{'&' if '?' in path else '?'}lang={lang}" for path in walked for lang in ("fr", "en")]
    paths += [f"{path.partition('?')[0]}?{asked}" for path in walked]
    paths += [
        f"{path.partition('?')[0]}?{name}={quote(text)}" for path in walked for name in ("q", "selection", "view")
    ]
    paths += [f"{start}{quote(text, safe='')}" for start in STARTS]
    shown = reads(person, paths)
    assert len(shown) > 250
    watch.show(shown)
    assert watch.heard == []


def test_a_script_sent_to_every_form_runs_on_no_page_that_answers(newsroom, person, watch, named) -> None:
    text = named["text"]
    fields = set(re.findall(r'name="([a-z_.]+)"', "".join(reads(person, addresses(newsroom, named)).values())))
    fields -= {"csrf_token", "action"}
    assert len(fields) > 40
    answers = {}
    for rule in newsroom.application.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint.startswith(("api.", "auth.logout")):
            continue
        if not rule.arguments <= named.keys():
            continue
        path = rule.build({name: int(named[name]) if name == "version" else named[name] for name in rule.arguments})
        for said in (
            dict.fromkeys(fields, text),
            {name: text for name in fields if name not in ("version", "token", "of")},
        ):
            answer = person.send(path[1], said)
            if "html" in answer.mimetype and answer.status_code not in (301, 303):
                answers[f"{path[1]} {len(said)}"] = answer.text
    person.client.delete_cookie("depeche_staff", path="/staff")
    for path in ("/staff/items/new", "/staff/login", "/staff/sources/new"):
        answers[f"signed out {path}"] = person.send(path, dict.fromkeys(fields, text)).text
    assert len(answers) > 25
    watch.show(answers)
    assert watch.heard == []


def visited(newsroom: Any, watch: Watch, signed_in: bool = True) -> None:
    if signed_in:
        watch.page.goto(f"{newsroom.url}/staff/login")
        watch.page.fill("[name=email]", EMAIL)
        watch.page.fill("[name=password]", PASSWORD)
        watch.page.press("[name=password]", "Enter")
        watch.page.wait_for_url(f"{newsroom.url}/staff/")


def test_feeds_opened_in_the_browser_and_blocks_on_a_partners_page_run_nothing(
    newsroom, person, watch, partner, named
) -> None:
    text = named["text"]
    for path in (*FOR_READERS, f"/oembed?url={newsroom.url}/embed/all&callback={quote(text)}"):
        with suppress(PlaywrightError):  # what is not for browsers is downloaded
            watch.visit(path)
    parts = [person.read(f"/embed/all{ending}?limit=20").text for ending in (".html", ".email.html")]
    parts.append(person.client.get(f"/oembed?url={newsroom.url}/items/{named['item_id']}").json["html"])
    snippets = re.findall(
        r'<textarea[^>]*id="sample[^>]*>(.*?)</textarea>', person.read("/embed?selection=choix").text, re.S
    )
    assert len(snippets) > 3
    partner.pages["/"] = "<!doctype html><title>P</title>" + "<hr>".join(parts)
    watch.visit(partner.url + "/")
    for layout in ("list", "cards", "headlines"):
        partner.pages["/"] = (
            f'<!doctype html><title>P</title><script type="module" src="{newsroom.url}/embed.js"></script>'
            f'<depeche-news selection="all" limit="20" layout="{layout}"></depeche-news>'
        )
        watch.page.goto(partner.url + "/")
        watch.page.wait_for_selector("depeche-news a")
        heard = len(watch.heard)
        watch.look(layout)
        # The partner's own tag is theirs.
        watch.heard[heard:] = [each for each in watch.heard[heard:] if "/embed.js" not in each]
    assert watch.heard == []


def test_the_preview_beside_the_form_runs_nothing_as_it_follows(newsroom, watch) -> None:
    visited(newsroom, watch)
    watch.visit("/staff/items/new")
    for text in (*FEW, ELEMENTS[-4], LINKED[0], MARKDOWN[0], MARKDOWN[11]):
        for name in ("title", "summary", "body"):
            watch.page.fill(f"#{name}", text)
        with watch.page.expect_response("**/staff/items/preview"):
            watch.page.fill("#title", f"{text} ")
        watch.page.wait_for_function("text => document.querySelector('.view--page h1, .view--page p')", arg=text)
        watch.look(f"preview of {text}")
    assert watch.heard == []
