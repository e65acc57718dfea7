"""Two editors at one item, a form sent twice, a session that ends: nothing is lost, and nothing is doubled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.items.listing import list_items
from desk.items.posting import get_item, history_of, post_item
from news.drafts import Draft
from tests.browser.conftest import EMAIL, PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def other(chromium: Browser, newsroom: Any) -> Any:
    """Somebody else's browser, signed in."""
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    sign_in(page, newsroom)
    yield page
    context.close()


@pytest.fixture
def photograph(tmp_path: Path, draw: Any) -> Path:
    file = tmp_path / "photographie.jpg"
    file.write_bytes(draw(800, 500))
    return file


def bring(page: Page, photograph: Path) -> None:
    page.click("details.extra > summary >> nth=0")
    page.set_input_files("#image_file", photograph)
    page.fill("#image_alt", "Quatre couleurs")


def test_two_editors_at_once_choose_and_nothing_of_either_is_lost(staff, other, newsroom, photograph) -> None:
    item = post_item(newsroom.desk, Draft("Une chaire", ("masters",), body="Ancien.", status="published"), "cli")
    for page in (staff, other):
        page.goto(f"{newsroom.url}/staff/items/{item.id}?lang=fr")
    other.fill("#title", "Leur chaire")
    other.check("[name=categories][value=doctorat]")
    other.fill("#summary", "Leur résumé.")
    other.click("[data-save]")
    expect(other.locator(".flashes")).to_contain_text("Mise à jour")

    staff.fill("#title", "Ma chaire")
    staff.fill("#body", "Mon texte, une heure de travail.")
    bring(staff, photograph)
    staff.click("[data-save]")
    conflict = staff.locator(".conflict")
    expect(conflict).to_be_visible()
    # Both versions are there to be read, in whole; what only one has changed is chosen already.
    for words in ("Leur chaire", "Ma chaire", "Leur résumé.", "Mon texte, une heure de travail."):
        expect(conflict).to_contain_text(words)
    assert staff.input_value("#title") == "Ma chaire"
    chosen = {
        name: staff.locator(f"[name='take.{name}']:checked").get_attribute("value")
        for name in ("title", "categories", "summary", "body", "image_url")
    }
    assert chosen == {
        "title": "mine", "categories": "theirs", "summary": "theirs", "body": "mine", "image_url": "mine",
    }  # fmt: skip
    assert get_item(newsroom.desk, item.id).title == "Leur chaire"
    staff.check("[name='take.title'][value=theirs]")
    staff.get_by_role("button", name="Enregistrer ce choix").click()
    expect(staff.locator(".flashes")).to_contain_text("Mise à jour")
    saved = get_item(newsroom.desk, item.id)
    assert (saved.title, saved.summary, len(saved.categories)) == ("Leur chaire", "Leur résumé.", 2)
    assert saved.content_html == "<p>Mon texte, une heure de travail.</p>"
    assert saved.image and saved.image.kept
    assert len(history_of(newsroom.desk, "item", item.id)) == 3


def test_a_double_click_on_publish_and_a_form_sent_again_from_the_past_make_one_item(staff, newsroom) -> None:
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.fill("#title", "Une seule")
    staff.locator("[name=status][value=published]").check(force=True)
    staff.dblclick("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    staff.go_back()
    # The form has made its item: that is what one comes back to.
    staff.wait_for_url("**/staff/items/0*")
    assert staff.input_value("#title") == "Une seule"
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    staff.reload()
    assert [(item.title, item.status) for item in list_items(newsroom.desk)] == [("Une seule", "published")]


def test_a_form_sent_again_without_scripts_makes_one_item(without_script, newsroom) -> None:
    page = without_script
    page.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    page.fill("#title", "Une seule")
    page.dblclick("[data-save]")
    page.wait_for_url("**/staff/items/0*")
    page.go_back()
    page.wait_for_url("**/staff/items/0*")
    page.fill("#title", "Une seule, autrement")
    page.click("[data-save]")
    page.wait_for_url("**/staff/items/0*")
    assert [item.title for item in list_items(newsroom.desk)] == ["Une seule, autrement"]


def test_each_new_form_has_an_address_and_its_token_stays_with_it(staff, newsroom) -> None:
    tokens = set()
    for _ in range(2):
        staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
        tokens.add(staff.input_value("[name=token]"))
        assert staff.input_value("[name=token]") in staff.url and "lang=fr" in staff.url
    staff.go_back()
    assert staff.input_value("[name=token]") in tokens and len(tokens) == 2


def test_what_is_saved_is_not_offered_again_as_unsaved(staff, newsroom) -> None:
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.fill("#title", "Enregistrée")
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    staff.fill("#summary", "Aussi")
    staff.click("[data-save]")
    expect(staff.locator(".flashes")).to_contain_text("Brouillon enregistré")
    staff.reload()
    expect(staff.locator("#summary")).to_have_value("Aussi")
    expect(staff.get_by_role("link", name="Reprendre")).to_have_count(0)
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    expect(staff.get_by_role("link", name="Reprendre")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_text_picture_and_categories_outlive_the_session(chromium, newsroom, photograph, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script, locale="fr-FR")
    page = context.new_page()
    sign_in(page, newsroom)
    page.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    page.fill("#title", "Une heure de travail")
    page.check("[name=categories][value=doctorat]")
    bring(page, photograph)
    newsroom.clock.go_on(hours=13)
    if script:
        page.fill("#summary", "Et encore ceci")
        expect(page.locator("[data-expired]")).to_be_visible()
        with context.expect_page() as opened:
            page.get_by_role("link", name="Se reconnecter").click()
        door = opened.value
    else:
        page.fill("#summary", "Et encore ceci")
        page.click("[data-save]")
        expect(page.locator("main")).to_contain_text("Une heure de travail")
        page.get_by_role("link", name="Se connecter").click()
        door = page
    door.fill("[name=email]", EMAIL)
    door.fill("[name=password]", PASSWORD)
    door.press("[name=password]", "Enter")
    door.wait_for_url("**/staff/" if script else "**/staff/items/new?resume=*")
    if script:
        door.close()
        page.bring_to_front()
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator("[data-expired]")).to_be_hidden()
    page.click("[data-save]")
    page.wait_for_url("**/staff/items/0*")
    (item,) = list_items(newsroom.desk)
    assert (item.title, item.summary, len(item.categories)) == ("Une heure de travail", "Et encore ceci", 1)
    assert item.image and item.image.kept and item.image.alt == "Quatre couleurs"
    context.close()
