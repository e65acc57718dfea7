"""``<depeche-news>`` on a partner's page of another origin, under a strict policy."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from desk.items.posting import post_item, retract_item
from desk.pictures.uploads import upload
from news.drafts import Draft
from news.pictures import upload_url
from tests.patience import PATIENCE, until

pytestmark = pytest.mark.browser
HEAD = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Partenaire</title>{head}</head><body>'
READ = """(element) => [...element.shadowRoot.querySelectorAll("li")].map((item) => ({
  title: item.querySelector("a").textContent, link: item.querySelector("a").href,
  line: item.querySelector(".meta").textContent, day: item.querySelector("time").dateTime,
}))"""


def policy(url: str) -> str:
    """What docs/embedding.*.md ask a partner to allow, and nothing else."""
    rules = ("script-src", "connect-src", "img-src", "frame-src")
    return "default-src 'none'; " + "; ".join(f"{rule} {url}" for rule in rules)


def post(newsroom: Any, title: str, **said: str) -> Any:
    given = {"date": "2026-06-09", "status": "published", "language": "fr"} | said
    categories = tuple(given.pop("categories", "masters doctorat").split())
    return post_item(newsroom.desk, Draft(title=title, categories=categories, **given), "cli")


@pytest.fixture
def carry(newsroom: Any, partner: Any, page: Page):
    """A partner's page with this in its body, opened; complaints of the browser fail the test."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def carried(body: str, head: str = "", script: str = "/embed.js", policed: bool = True) -> Page:
        partner.policy = policy(newsroom.url) if policed else ""
        partner.pages["/favicon.ico"] = ""
        module = f'<script type="module" src="{newsroom.url}{script}"></script>'
        partner.pages["/"] = HEAD.format(head=head + module) + f"<h1>Partenaire</h1><h2>Actualités</h2>{body}"
        page.goto(partner.url)
        return page

    carried.complaints = complaints
    yield carried
    assert complaints == []


def shown(page: Page, which: int = 0) -> list[dict[str, str]]:
    block = page.locator("depeche-news").nth(which)
    expect(block.locator("section")).to_be_visible()
    return block.evaluate(READ)


def test_it_shows_the_news_under_a_strict_policy(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite", link="https://partner.example.net/a")
    post(newsroom, "Une soutenance", date="2026-06-08", categories="doctorat")
    page = carry('<depeche-news selection="doctorat" limit="5"><a href="/ici">Les actualités</a></depeche-news>')
    assert shown(page)[0] == {
        "title": "Une visite", "link": "https://partner.example.net/a", "line": "Doctorat, Masters — 09/06/2026",
        "day": "2026-06-09",
    }  # fmt: skip
    assert page.get_by_role("region", name="Dernières actualités : Doctorat").get_by_role("listitem").count() == 2
    assert page.get_by_text("Les actualités", exact=True).is_visible() is False
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_two_on_one_page_in_two_languages_do_not_disturb_each_other(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite")
    post(newsroom, "A visit", language="en", date="2026-06-08")
    page = carry(
        '<depeche-news selection="masters" lang="fr"></depeche-news>'
        '<depeche-news selection="masters" lang="en" layout="headlines" heading="4"></depeche-news>'
    )
    assert [each["title"] for each in shown(page)] == ["Une visite"]
    assert shown(page, 1)[0]["line"] == "PhD, Masters — 8 June 2026"
    assert page.locator("depeche-news").nth(1).locator("h4").count() == 1
    links = page.get_by_role("link").all()
    names = [link.evaluate("(link) => link.ariaLabel || link.textContent") for link in links]
    assert len(set(names)) == len(names)


def test_what_an_item_says_stays_text_and_leads_nowhere_dangerous(newsroom: Any, carry: Any, page: Page) -> None:
    bad = {
        "title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(2)", "page": "", "language": "fr",
        "categories": ["<script>alert(3)</script>"], "date": "x", "datetime": '"><b>', "excerpt": "</p><style>*{}",
        "image": {"url": "data:text/html,x", "alt": '" onload="alert(4)', "width": 3, "height": 2},
    }  # fmt: skip
    said = {"title": "", "language": "fr", "label": "x", "items": [bad], "empty": "",
            "more": {"url": "data:text/html,x", "text": "m", "label": "m"}}  # fmt: skip
    headers = {"Access-Control-Allow-Origin": "*"}
    page.route("**/embed/*.json*", lambda route: route.fulfill(body=json.dumps(said), headers=headers))
    page.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    page.on("dialog", lambda _: pytest.fail("a script of an item ran"))
    carry('<depeche-news layout="cards"></depeche-news>')
    (item,) = shown(page)
    assert item["title"] == bad["title"]
    home = newsroom.url + "/"
    assert item["link"] == home
    assert page.locator("depeche-news img").get_attribute("src") == home
    assert page.locator("depeche-news :is(script, style)").count() == 0
    carry.complaints.clear()


def test_a_page_that_styles_everything_leaves_the_block_whole(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite")
    hostile = "<style>section,ul,li,h3,p,a,time{display:none!important;position:fixed;color:red!important}</style>"
    page = carry('<depeche-news selection="masters"></depeche-news>', head=hostile, policed=False)
    shown(page)
    for part in ("a", "time", "li", "h3"):
        expect(page.locator(f"depeche-news {part}").first).to_be_visible()
    colour = "(link) => getComputedStyle(link).color"
    assert page.locator("depeche-news .link").first.evaluate(colour) == "rgb(0, 0, 0)"


def test_a_page_written_from_right_to_left_in_capitals_leaves_its_texts_readable(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite !")
    odd = "direction:rtl;text-align:center;text-transform:uppercase;white-space:nowrap;text-indent:9em"
    page = carry('<depeche-news selection="masters"></depeche-news>', f"<style>html{{{odd}}}</style>", policed=False)
    shown(page)
    names = "['direction', 'textAlign', 'textTransform', 'whiteSpace', 'textIndent']"
    found = page.locator("depeche-news h3").evaluate(f"(e) => {names}.map((name) => getComputedStyle(e)[name])")
    assert found == ["ltr", "start", "none", "normal", "0px"]


def test_a_card_shows_our_copy_of_its_picture_under_the_policy(newsroom: Any, carry: Any, draw: Any) -> None:
    kept = upload(newsroom.desk, draw(900, 600), "cli")
    post(newsroom, "Une visite", image_url=upload_url(kept.id), image_alt="La salle")
    post(newsroom, "Une soutenance", image_url="https://elsewhere.example/p.jpg", image_alt="La leur")
    page = carry('<depeche-news selection="masters" layout="cards"></depeche-news>')
    shown(page)
    pictures = page.locator("depeche-news img")
    expect(pictures).to_have_count(1)
    expect(pictures).to_have_js_property("naturalWidth", 640)
    assert pictures.get_attribute("src") == f"{newsroom.url}/media/{kept.id}/640.webp"


def test_whoever_keeps_the_page_is_told_what_is_wrong_and_its_visitors_are_not(
    newsroom: Any, carry: Any, page: Page
) -> None:
    with page.expect_console_message(lambda said: said.type == "warning") as told:
        carry('<depeche-news selection="masteres" lang="fr"><a href="/ici">Les actualités</a></depeche-news>')
    assert all(each in told.value.text for each in ("depeche-news:", "/embed/masteres.fr.json", "catégorie"))
    expect(page.get_by_text("Les actualités", exact=True)).to_be_visible()
    assert page.locator("depeche-news section").count() == 0
    carry.complaints.clear()


def test_a_partner_dresses_it_by_parts_and_properties(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite")
    dressed = (
        "<style>depeche-news{--depeche-accent:#123456;color:#222}depeche-news::part(title){font-size:40px}</style>"
    )
    page = carry('<depeche-news ink="#010203"></depeche-news>', head=dressed, policed=False)
    shown(page)
    assert page.locator("depeche-news h3").evaluate("(e) => getComputedStyle(e).fontSize") == "40px"
    assert page.locator("depeche-news .more a").evaluate("(e) => getComputedStyle(e).color") == "rgb(18, 52, 86)"
    assert page.locator("depeche-news h3 a").evaluate("(e) => getComputedStyle(e).color") == "rgb(1, 2, 3)"


def test_what_changed_is_shown_after_a_while_and_stays_while_we_are_down(newsroom: Any, carry: Any, page: Page) -> None:
    item = post(newsroom, "Une visite")
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if ".json" in request.url else None)
    carry('<depeche-news selection="masters"></depeche-news>')
    assert [each["title"] for each in shown(page)] == ["Une visite"]
    page.locator("depeche-news .more a").focus()
    post(newsroom, "Une soutenance")
    known(newsroom, "Une soutenance", True)
    # The page's time goes on by itself, too: on a slow machine for many seconds.
    page.clock.fast_forward(200_000)
    assert len(asked) == 1
    page.clock.fast_forward(140_000)
    expect(page.locator("depeche-news li")).to_have_count(2)
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Toutes les actualités"

    page.route("**/embed/*.json*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(340_000)
    assert len(shown(page)) == 2
    page.clock.fast_forward(200_000)
    assert len(asked) == 3
    page.unroute("**/embed/*.json*")
    retract_item(newsroom.desk, item.id, "cli")
    known(newsroom, "Une visite", False)
    page.clock.fast_forward(190_000)
    expect(page.locator("depeche-news li")).to_have_count(1)
    assert shown(page)[0]["title"] == "Une soutenance"
    carry.complaints.clear()


def known(newsroom: Any, title: str, there: bool) -> None:
    """Wait until the newsroom's answers know what was just done beside it (within a second)."""

    def said() -> str:
        with urlopen(f"{newsroom.url}/embed/masters.json?limit=5", timeout=PATIENCE) as answer:
            return answer.read().decode()

    until(lambda: (title in said()) is there, title)


def test_where_there_never_was_news_the_page_says_what_it_said(newsroom: Any, carry: Any, page: Page) -> None:
    page.route("**/embed/*.json*", lambda route: route.abort())
    carry('<depeche-news selection="masters"><a href="/ici">Les actualités</a></depeche-news>')
    expect(page.get_by_text("Les actualités", exact=True)).to_be_visible()
    assert page.locator("depeche-news section").count() == 0
    carry.complaints.clear()


def test_it_follows_a_page_that_makes_and_moves_and_changes_it(newsroom: Any, carry: Any) -> None:
    post(newsroom, "Une visite", categories="masters")
    post(newsroom, "Une soutenance", categories="doctorat")
    page = carry("<main></main><aside></aside>")
    page.evaluate("""() => {
      const block = document.createElement("depeche-news");
      block.setAttribute("selection", "masters");
      document.querySelector("main").append(block);
      document.querySelector("aside").append(block);
    }""")
    assert [each["title"] for each in shown(page)] == ["Une visite"]
    page.evaluate("""() => {
      const block = document.querySelector("depeche-news");
      block.setAttribute("selection", "doctorat");
      block.setAttribute("heading", "2");
    }""")
    expect(page.locator("depeche-news h2")).to_have_text("Une soutenance")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.querySelector('main').append(document.querySelector('depeche-news'))")
    assert [each["title"] for each in shown(page)] == ["Une soutenance"]
    page.evaluate("document.querySelector('depeche-news').remove()")
    assert asked == [], "what is moved is not asked for again"


def test_no_attribute_is_a_property_that_a_framework_would_set_instead(carry: Any) -> None:
    """React and Vue set a property where the element has one of that name. All have ``lang``, which reflects."""
    page = carry("<depeche-news></depeche-news>")
    shown(page)
    names = "customElements.get('depeche-news').observedAttributes"
    shared = f"(element) => {names}.filter((name) => name in element)"
    assert page.locator("depeche-news").evaluate(shared) == page.locator("h1").evaluate(shared) == ["lang"]


def test_news_of_what_is_no_longer_asked_for_does_not_stay(newsroom: Any, carry: Any, page: Page) -> None:
    post(newsroom, "Une visite", categories="masters")
    post(newsroom, "Une soutenance", categories="masters", date="2026-06-08")
    carry('<depeche-news selection="masters" lang="fr"><a href="/ici">Les actualités</a></depeche-news>')
    assert [each["title"] for each in shown(page)] == ["Une visite", "Une soutenance"]
    change = "(element, [name, value]) => element.setAttribute(name, value)"
    block = page.locator("depeche-news")
    page.route("**/embed/*.json*", lambda route: route.abort())
    with page.expect_console_message(lambda said: said.type == "warning"):
        block.evaluate(change, ["limit", "1"])
    assert [each["title"] for each in shown(page)] == ["Une visite"], "the same news, and no more than is asked for"
    with page.expect_console_message(lambda said: said.type == "warning"):
        block.evaluate(change, ["selection", "doctorat"])
    expect(page.get_by_text("Les actualités", exact=True)).to_be_visible()
    assert block.locator("section").count() == 0
    page.unroute("**/embed/*.json*")
    block.evaluate(change, ["selection", "masters"])
    assert [each["title"] for each in shown(page)] == ["Une visite"]
    carry.complaints.clear()


def test_frames_grow_with_what_they_hold_and_only_ours_may_say_so(newsroom: Any, carry: Any, partner: Any) -> None:
    for number in range(6):
        post(newsroom, f"Une visite {number}", summary="mot " * 30)
    loud = '<script>parent.postMessage({message: "height", value: 5000}, "*")</script>'
    partner.pages["/loud"] = f"<!doctype html><title>x</title>{loud}"
    page = carry(
        f'<iframe src="{newsroom.url}/embed/masters?limit=6" title="a" height="80" width="400"></iframe>'
        f'<iframe src="{newsroom.url}/embed/masters?limit=1" title="b" height="80" sandbox="allow-scripts"></iframe>'
        '<iframe src="/loud" title="c" height="80"></iframe>',
        policed=False,
    )
    frames = page.locator("iframe")
    page.wait_for_function("[...document.querySelectorAll('iframe')].slice(0, 2).every((frame) => frame.style.height)")
    height = frames.nth(0).evaluate("(frame) => frame.offsetHeight")
    assert height > 500
    inside = page.frames[1].evaluate("document.documentElement.scrollHeight")
    assert inside <= height
    assert frames.nth(2).evaluate("(frame) => frame.style.height") == ""
