"""The small comforts of the staff desk in a real browser: preview, button, keys, count, and asking before leaving."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from desk.items.listing import list_items
from desk.items.posting import post_item
from news.drafts import Draft
from tests.patience import until

pytestmark = pytest.mark.browser


def test_the_preview_and_the_button_follow_what_is_typed(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    expect(staff.locator("[data-save]")).to_have_text("Enregistrer le brouillon")
    staff.fill("[name=title]", "Le titre que l’on tape")
    staff.check("[name=categories][value=masters]")
    staff.fill("[name=date]", "2026-10-04 09:00")
    staff.locator("[name=status][value=published]").check(force=True)
    expect(staff.locator(".view--block h3")).to_have_text("Le titre que l’on tape")
    expect(staff.locator(".view--block li p")).to_have_text("Masters — 04/10/2026")
    expect(staff.locator("[data-save]")).to_have_text("Publier le 4 octobre 2026 à 9\u00a0h")
    expect(staff.locator(".preview__intent")).to_have_text("Publication programmée le 4 octobre 2026 à 9\u00a0h.")
    assert list_items(newsroom.desk) == ()


def test_the_length_of_the_title_is_counted(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.fill("[name=title]", "Onze lettre")
    expect(staff.locator("#title-hint")).to_contain_text("11 caractères")


def test_control_enter_saves_from_any_field(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new")
    staff.fill("[name=title]", "Par le clavier")
    staff.press("[name=body]", "Control+Enter")
    staff.wait_for_url("**/staff/items/0*")
    assert [item.title for item in list_items(newsroom.desk)] == ["Par le clavier"]


def test_keys_begin_an_item_and_go_to_the_search_but_not_while_typing(staff, newsroom):
    post_item(newsroom.desk, Draft(title="Une actualité"), "test")
    staff.goto(f"{newsroom.url}/staff/")
    staff.keyboard.press("/")
    staff.keyboard.type("n/")
    assert staff.input_value("[name=q]") == "n/"
    staff.locator("h1").click()
    staff.keyboard.press("n")
    staff.wait_for_url("**/staff/items/new?form=*")


@pytest.mark.parametrize("typed", ["Pas encore enregistré", ""])
def test_leaving_asks_only_when_something_is_unsaved(staff, newsroom, typed):
    asked = []
    staff.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    staff.goto(f"{newsroom.url}/staff/items/new")
    if typed:
        staff.fill("[name=title]", typed)
    staff.locator("h1").click()
    staff.click("nav a[href='/staff/categories']")
    staff.wait_for_url("**/staff/categories")
    assert asked == (["beforeunload"] if typed else [])


def test_saving_does_not_ask(staff, newsroom):
    asked = []
    staff.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    staff.goto(f"{newsroom.url}/staff/items/new")
    staff.fill("[name=title]", "Enregistré")
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    assert asked == []


def test_everything_waiting_is_ticked_at_once(staff, newsroom):
    for number in range(3):
        post_item(newsroom.desk, Draft(title=f"Proposée {number}", status="review"), "test")
    staff.goto(f"{newsroom.url}/staff/review")
    staff.click("[data-tick-all]")
    staff.click("[name=action][value=accept]")
    until(lambda: {item.status for item in list_items(newsroom.desk)} == {"published"})


def test_a_chosen_filter_acts_at_once(staff, newsroom):
    post_item(newsroom.desk, Draft(title="Une actualité"), "test")
    staff.goto(f"{newsroom.url}/staff/")
    staff.select_option("[name=category]", "masters")
    staff.wait_for_url(f"{newsroom.url}/staff/?category=masters")


def test_without_scripts_no_comfort_is_promised(without_script, newsroom):
    without_script.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    expect(without_script.locator("[data-keys]")).to_be_hidden()
    expect(without_script.locator("[data-save]")).to_have_text("Enregistrer")
