"""Every page in a real browser: both languages, a phone's width, no stranger asked, our own policy kept."""

from __future__ import annotations

from datetime import date

import pytest

from desk.items.listing import list_items
from desk.items.posting import post_item
from news.drafts import Draft

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/category/partenariats-internationaux", "/?q=diplôme", "/?q=rien", "/feeds", "/feeds/doctorat",
          "/embed/all", "/items/{item}", "/nowhere", "/?page=2")  # fmt: skip
STAFF = ("/staff/", "/staff/items/new", "/staff/items/{item}", "/staff/review", "/staff/sources", "/staff/categories",
         "/staff/users")  # fmt: skip
LONG = "Anticonstitutionnellement" * 6


@pytest.fixture
def filled(newsroom):
    """A newsroom with a few items, one with a word that is too long for any screen."""
    for number in range(25):
        post_item(
            newsroom.desk,
            Draft(
                f"Un diplôme de plus, le n° {number}" if number else f"Un titre {LONG}",
                ("doctorat", "partenariats-internationaux"),
                date(2026, 5, number + 1).isoformat(),
                link="https://partenaire.example/" + LONG if number % 2 else "",
                summary="Un résumé. " * 20,
                body=f"<p>Corps, <a href='/feeds'>lien</a>.</p><pre>{LONG * 3}</pre><table><tr><td>{LONG}</table>",
                status="published",
                language="fr" if number % 3 else "en",
            ),
            "test",
        )
    return list_items(newsroom.desk)[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen_asks_a_stranger_or_breaks_its_policy(
    staff, newsroom, filled, width, language
):
    asked, complaints = [], []
    staff.on("request", lambda request: asked.append(request.url))
    staff.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    staff.on("pageerror", lambda error: complaints.append(str(error)))
    staff.set_viewport_size({"width": width, "height": 800})
    for path in PUBLIC + STAFF:
        path = path.format(item=filled.id)
        staff.goto(f"{newsroom.url}{path}{'&' if '?' in path else '?'}lang={language}")
        wide = staff.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (path, wide)
    assert [url for url in asked if not url.startswith((newsroom.url, "data:"))] == []
    assert [text for text in complaints if "404" not in text] == []


def test_public_pages_set_no_cookie_and_keep_nothing(page, newsroom, filled):
    for path in PUBLIC:
        page.goto(newsroom.url + path.format(item=filled.id))
        assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Europe/Paris", "Pacific/Auckland"])
def test_a_day_is_that_day_for_readers_everywhere(chromium, newsroom, filled, zone):
    context = chromium.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(f"{newsroom.url}/embed/all")
    assert "25/05/2026" in page.locator("li").first.inner_text()
    published = page.request.get(f"{newsroom.url}/feeds/all.json").json()["items"][0]["date_published"]
    assert page.evaluate("text => new Date(text).toLocaleDateString('fr-FR')", published) == "25/05/2026"
    context.close()


def test_a_reader_reaches_an_item_its_category_and_its_feed_by_keyboard_alone(page, newsroom, filled):
    page.goto(newsroom.url)
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    assert any(href.startswith(("/items/", f"{newsroom.url}/items/", "https://partenaire")) for href in reached)
    assert any("/category/doctorat" in href for href in reached)
    assert any("/feeds" in href for href in reached)
