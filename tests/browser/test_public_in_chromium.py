"""What the public sees in a real browser: nothing overflows, nothing is refused, scripts only add."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from desk.items.posting import post_item
from news.drafts import Draft

pytestmark = pytest.mark.browser
ADDRESSES = (
    "/",
    "/?lang=en",
    "/category/doctorat",
    "/category/masters",
    "/feeds",
    "/feeds/doctorat+masters.en",
    "/rien",
)


@pytest.fixture
def item_path(newsroom: Any) -> str:
    """An item with everything that could burst a page; its path."""
    said = Draft(
        title="Anticonstitutionnellement" * 4, categories=("doctorat",), date="2026-06-01", status="published",
        link="https://partner.example/" + "x" * 200, summary="mot " * 100, language="fr", image_url="", image_alt="",
        body="<table><tr>" + "<td>cellule</td>" * 30 + "</tr></table><pre>" + "y" * 300 + "</pre>",
    )  # fmt: skip
    return f"/items/{post_item(newsroom.desk, said, 'cli').id}"


@pytest.mark.parametrize("width", [320, 375, 800, 1280])
def test_no_page_is_wider_than_its_window_or_breaks_its_own_policy(
    newsroom: Any, page: Page, item_path: str, width: int
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": width, "height": 800})
    for address in (*ADDRESSES, item_path):
        page.goto(newsroom.url + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{address} is {wide} px wide"
    assert [each for each in complaints if "404" not in each] == []


def test_a_button_copies_the_feeds_address(newsroom: Any, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{newsroom.url}/feeds/doctorat")
    button = page.get_by_role("button", name="Copier").first
    button.click()
    page.get_by_role("button", name="Copié").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{newsroom.url}/feeds/doctorat.atom"


def test_without_scripts_nothing_promises_what_it_cannot_do(newsroom: Any, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{newsroom.url}/feeds/doctorat")
    assert page.get_by_role("button", name="Copier").count() == 0
    assert page.get_by_label("Atom").input_value() == f"{newsroom.url}/feeds/doctorat.atom"
    context.close()


def test_what_fingers_touch_is_large_enough(newsroom: Any, chromium: Browser, item_path: str) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    for address in ("/", "/feeds/doctorat", item_path):
        page.goto(newsroom.url + address)
        for thing in page.locator(".masthead__tools :is(a, button, input), .sections a, .button, .footer a").all():
            box = thing.bounding_box()
            assert box is None or box["height"] >= 44, f"{thing.inner_text()} on {address}"
    context.close()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(newsroom: Any, page: Page) -> None:
    page.goto(newsroom.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.locator(".skip").bounding_box()["height"] > 20
