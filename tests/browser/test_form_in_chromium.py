"""The form, a conflict and a version, for people who read by ear or keyboard, and on a narrow screen."""

from __future__ import annotations

import pytest

from desk.items.listing import list_items
from desk.items.posting import edit_item, post_item
from news.drafts import Draft
from tests.browser.axe import violations
from tests.patience import until

pytestmark = pytest.mark.browser


def sound(page) -> None:
    found = violations(page)
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("scheme", "language"), [("light", "fr"), ("dark", "en")])
def test_axe_finds_nothing_and_nothing_overflows(staff, newsroom, scheme, language):
    body = "Un **texte** avec [cliquez ici](https://127.0.0.1/) et\n\n- un\n- deux\n\n> dit"
    item = post_item(newsroom.desk, Draft("Une chaire", ("masters",), body=body, status="published"), "cli")
    edit_item(newsroom.desk, item.id, Draft(title="Leur chaire"), "cli", only=frozenset({"title"}))
    staff.emulate_media(color_scheme=scheme)
    staff.set_viewport_size({"width": 320, "height": 700})
    staff.goto(f"{newsroom.url}/staff/items/{item.id}?lang={language}")
    for name in ("page", "reader", "card", "block"):
        staff.check(f"[name=preview-as][value={name}]", force=True)
        assert staff.locator(f".view--{name}").is_visible()
        sound(staff)
    staff.evaluate("document.querySelector('[name=version]').value = '1'")
    staff.fill("#title", "Ma chaire")
    staff.click("[data-save]")
    staff.wait_for_selector(".conflict")
    sound(staff)
    staff.goto(f"{newsroom.url}/staff/items/{item.id}/history/2")
    sound(staff)
    staff.goto(f"{newsroom.url}/staff/items/new?translates={item.id}")
    sound(staff)


def test_two_people_choose_field_by_field_without_javascript(without_script, newsroom):
    page = without_script
    item = post_item(newsroom.desk, Draft("Une chaire", body="Ancien."), "cli")
    page.goto(f"{newsroom.url}/staff/items/{item.id}?lang=fr")
    edit_item(newsroom.desk, item.id, Draft(title="", body="Leur texte."), "cli", only=frozenset({"body"}))
    page.fill("#title", "Ma chaire")
    page.click("[data-save]")
    page.wait_for_selector(".conflict")
    page.get_by_role("button", name="Enregistrer ce choix").click()
    saved = until(lambda: next((item for item in list_items(newsroom.desk) if item.title == "Ma chaire"), None))
    assert (saved.title, saved.content_html) == ("Ma chaire", "<p>Leur texte.</p>")
