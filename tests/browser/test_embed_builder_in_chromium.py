"""The builder in a real browser: what is chosen is seen at once, and the code of it can be copied."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.items.posting import post_item
from news.drafts import Draft

pytestmark = pytest.mark.browser


@pytest.fixture
def news(newsroom: Any) -> Any:
    for title, slug in (("Une visite", "masters"), ("Une soutenance", "doctorat")):
        said = Draft(title=title, categories=(slug,), date="2026-06-09", status="published", language="fr")
        post_item(newsroom.desk, said, "cli")
    return newsroom


def test_a_choice_is_shown_at_once_and_its_code_copied(news: Any, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{news.url}/embed")
    expect(page.locator("depeche-news li")).to_have_count(2)
    page.get_by_label("Masters").first.check()
    expect(page.locator("depeche-news li")).to_have_count(1)
    expect(page).to_have_url(f"{news.url}/embed?selection=masters.fr-else-en")
    page.get_by_label("Présentation").select_option("headlines")
    expect(page.locator("depeche-news .headlines")).to_be_visible()
    page.locator("input[name=accent]").fill("#123456")
    expect(page).to_have_url(f"{news.url}/embed?selection=masters.fr-else-en&layout=headlines&accent=123456")
    page.get_by_role("button", name="Copier").first.click()
    page.get_by_role("button", name="Copié").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        '<depeche-news selection="masters" lang="fr-else-en" limit="5" layout="headlines" accent="#123456">' in copied
    )
    assert complaints == []


def test_what_cannot_be_is_said_where_it_was_chosen(news: Any, page: Page) -> None:
    page.goto(f"{news.url}/embed")
    for box in page.locator("input[name=in]").all():
        box.check()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("input[name=in]").first.uncheck()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_without_javascript_a_button_does_the_same(news: Any, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{news.url}/embed")
    page.get_by_label("Masters").first.check()
    page.get_by_role("button", name="Montrer le bloc").click()
    assert page.url == f"{news.url}/embed?selection=masters.fr-else-en"
    expect(page.frame_locator("iframe").get_by_role("link", name="Une visite")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_never_wider_than_its_window(news: Any, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{news.url}/embed?selection=masters&layout=cards&lang=en")
    expect(page.locator("depeche-news li")).to_have_count(1)
    for each in page.locator("details").all():
        each.evaluate("(details) => { details.removeAttribute('name'); details.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
