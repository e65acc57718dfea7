"""Every sample of the builder a browser can run, on a partner's page of another origin: all show the same news."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.request import urlopen

import nh3
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect

from desk.items.posting import post_item
from news.drafts import Draft
from tests.browser.axe import findings
from web.embed.query import Wanted
from web.embed.samples import Choice, samples
from web.embed.script import FOLDER, made

pytestmark = pytest.mark.browser
HEAD = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>P</title></head>'
PAGE = HEAD + "<body><main><h1>P</h1>{}</main>"
READ = """(root) => [...root.querySelectorAll("li")].map((item) => ({
  title: item.querySelector("a").textContent, link: item.querySelector("a").href,
  line: item.querySelector("p").textContent, day: item.querySelector("time").dateTime,
  excerpt: [...item.querySelectorAll("p")].at(-1).textContent,
}))"""
LAST = "(root) => [...root.querySelectorAll('a')].at(-1)"


@pytest.fixture
def news(newsroom: Any) -> Any:
    """Two items of Masters, one of them elsewhere, in English, hostile, long."""
    common = {"status": "published", "categories": ("masters", "doctorat")}
    first = Draft(title="Une visite <b>&</b>", date="2024-09-16", summary="mot " * 60, **common)
    post_item(newsroom.desk, first, "cli")
    said = Draft(
        title="A chair", date="2024-10-04", language="en", link="https://partner.example.net/a?b=1&c", **common
    )
    post_item(newsroom.desk, said, "cli")
    return newsroom


def choice(newsroom: Any, **asked: Any) -> Choice:
    script = made(FOLDER)
    return Choice(
        newsroom.url, "masters", "", Wanted(**asked), "Masters", f"{newsroom.url}/category/masters",
        "Toutes les actualités", script.path, script.integrity,
    )  # fmt: skip


def code(newsroom: Any, name: str, **asked: Any) -> str:
    return next(each.code for each in samples(choice(newsroom, **asked)) if each.name == name)


def markup(newsroom: Any, name: str) -> str:
    """What the sample called ``name`` becomes on a partner's page."""
    if name == "wordpress":
        page = fetched(code(newsroom, name))
        link = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)
        assert link, "WordPress finds how to embed a page by a link in it"
        return left_by_wordpress(json.loads(fetched(link[1].replace("&amp;", "&")))["html"])
    if name == "markdown":
        return MarkdownIt("commonmark").render(code(newsroom, name))
    if name == "spip":
        return code(newsroom, name).removeprefix("<html>").removesuffix("</html>")
    return code(newsroom, name)


def left_by_wordpress(html: str) -> str:
    """What WordPress shows of a site it does not know, as its own ``wp_filter_oembed_result`` (6.1) was seen to do."""
    left = nh3.clean(html, tags={"iframe"}, attributes={"iframe": {"src", "width", "height", "frameborder", "title"}})
    framed = re.sub(r' src="([^"]+)"', r' src="\1#?secret=abcdefghij" data-secret="abcdefghij"', left)
    return framed.replace(
        "<iframe", '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
    )


def fetched(address: str) -> str:
    with urlopen(address) as answer:
        return answer.read().decode()


def policy(url: str) -> str:
    return "default-src 'none'; " + "; ".join(f"{each} {url}" for each in ("script-src", "connect-src", "frame-src"))


@pytest.mark.parametrize("name", ["html", "pinned", "iframe", "wordpress", "drupal", "moodle", "spip", "markdown"])
def test_every_sample_shows_the_same_news_as_the_fragment(news: Any, partner: Any, page: Page, name: str) -> None:
    page.set_content(fetched(f"{news.url}/embed/masters.html"))
    expected = page.evaluate(f"({READ})(document)")
    more = page.evaluate(f"({LAST})(document).href")
    assert [each["title"] for each in expected] == ["A chair", "Une visite <b>&</b>"]
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    partner.policy = policy(news.url)
    partner.pages["/"] = PAGE.format(markup(news, name))
    page.goto(partner.url)
    if name in ("html", "pinned"):
        expect(page.locator("depeche-news li")).to_have_count(2)
        root = page.evaluate_handle("document.querySelector('depeche-news').shadowRoot")
    else:
        frame = page.frame_locator("iframe")
        expect(frame.locator("li")).to_have_count(2)
        root = page.frames[1].evaluate_handle("document")
    assert root.evaluate(READ) == expected
    assert root.evaluate(f"(root) => ({LAST})(root).href") == more
    assert complaints == []


def test_without_javascript_frames_show_the_news_and_the_element_its_link(
    news: Any, partner: Any, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    partner.policy = policy(news.url)
    partner.pages["/"] = PAGE.format(markup(news, "html") + markup(news, "iframe"))
    page.goto(partner.url)
    expect(page.get_by_role("link", name="Toutes les actualités").first).to_be_visible()
    expect(page.frame_locator("iframe").get_by_role("link", name="A chair")).to_be_visible()
    context.close()


def test_in_wordpress_the_frame_says_its_height_and_leads_on_by_its_protocol(
    news: Any, partner: Any, page: Page
) -> None:
    """WordPress lets no link out of a frame it does not know, and follows those to the frame's own host."""
    listening = "<script>heard = []; addEventListener('message', (event) => heard.push(event.data))</script>"
    frame = f'<iframe sandbox="allow-scripts" src="{news.url}/embed/masters#?secret=abc123" title="x"></iframe>'
    partner.pages["/"] = PAGE.format(listening + frame)
    page.goto(partner.url)
    page.frame_locator("iframe").get_by_role("link", name="A chair").click()
    page.wait_for_function("heard.some((said) => said.message === 'link')")
    heard = {said["message"]: said for said in page.evaluate("heard")}
    assert heard["height"]["secret"] == "abc123"
    assert heard["link"]["value"].startswith(f"{news.url}/items/")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nobody_is_kept_out(news: Any, partner: Any, page: Page, lang: str) -> None:
    """axe finds nothing, in every layout, in the frame, in the fragment and in the builder."""
    layouts = ("list", "cards", "headlines")
    elements = "".join(f'<depeche-news selection="masters" lang="{lang}" layout="{each}" heading="2"></depeche-news>'
                       for each in layouts[:1])  # fmt: skip
    frame = f'<iframe src="{news.url}/embed/all.{lang}?layout=cards" title="Cadre" height="400"></iframe>'
    fragment = fetched(f"{news.url}/embed/doctorat.{lang}.html?layout=headlines&heading=2")
    partner.pages["/"] = PAGE.format(
        f'<script type="module" src="{news.url}/embed.js"></script>{elements}{fragment}{frame}'
    )
    page.goto(partner.url)
    expect(page.locator("depeche-news section")).to_be_visible()
    assert findings(page) == []
    for layout in layouts[1:]:
        page.evaluate("(layout) => document.querySelector('depeche-news').setAttribute('layout', layout)", layout)
        expect(page.locator(f"depeche-news .{layout}")).to_be_visible()
        assert findings(page) == []
    page.goto(f"{news.url}/embed?lang={lang}&selection=masters")
    expect(page.locator("depeche-news section")).to_be_visible()
    assert findings(page) == []
