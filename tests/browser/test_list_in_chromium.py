"""The list by keyboard alone, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from desk.items.listing import list_items
from desk.items.posting import post_item
from news.drafts import Draft
from tests.browser.axe import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def listed(staff, newsroom):
    for number in range(3):
        post_item(newsroom.desk, Draft(f"n{number}", date=f"2026-05-0{number + 1}"), "test")
    staff.goto(f"{newsroom.url}/staff/?lang=fr")
    return staff


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_two_items_are_ticked_published_and_taken_back_by_keyboard_alone(listed, newsroom):
    bar = listed.locator(".savebar--bulk")
    expect(bar.get_by_role("button", name="Publier")).to_be_hidden()
    for key in ("j", "x", "j", "x"):
        listed.keyboard.press(key)
    assert focused(listed) == "n1"
    expect(bar.locator("[data-ticked]")).to_have_text("2 actualités cochées")
    bar.get_by_role("button", name="Publier").focus()
    listed.keyboard.press("Enter")
    expect(listed.locator(".undo")).to_contain_text("2 actualités publiées")
    assert {item.title: item.status.value for item in list_items(newsroom.desk)} == {
        "n0": "draft", "n1": "published", "n2": "published",
    }  # fmt: skip
    assert violations(listed) == []
    listed.locator(".undo button").focus()
    listed.keyboard.press("Enter")
    expect(listed.locator(".flashes")).to_contain_text("C’est annulé pour 2 actualités")
    assert {item.status.value for item in list_items(newsroom.desk)} == {"draft"}


def test_keys_move_open_and_explain_themselves_but_not_while_typing(listed, newsroom):
    listed.keyboard.press("?")
    dialog = listed.get_by_role("dialog")
    expect(dialog).to_contain_text("Raccourcis clavier")
    assert violations(listed) == []
    listed.keyboard.press("j")
    expect(dialog).to_be_visible()
    listed.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    listed.keyboard.press("/")
    listed.keyboard.type("jx?e")
    assert listed.input_value("[name=q]") == "jx?e"
    listed.locator("h1").click()
    for key in ("j", "j", "j", "j", "k"):
        listed.keyboard.press(key)
    assert focused(listed) == "n1"
    listed.keyboard.press("e")
    listed.wait_for_url("**/staff/items/0*")
    assert listed.input_value("[name=title]") == "n1"


def test_without_scripts_the_list_acts_all_the_same(without_script, newsroom):
    item = post_item(newsroom.desk, Draft("n0", date="2026-05-01"), "test")
    without_script.goto(f"{newsroom.url}/staff/?lang=fr")
    without_script.check(f"[value='{item.id}']")
    without_script.click("[name=action][value=publish]")
    expect(without_script.locator(".undo")).to_contain_text("Une actualité publiée")
    assert list_items(newsroom.desk)[0].status.value == "published"


def test_arrows_go_through_a_filter_and_the_button_acts(listed, newsroom):
    listed.keyboard.press("/")
    listed.keyboard.press("Tab")
    for _ in range(3):
        listed.keyboard.press("ArrowDown")
    assert listed.input_value("[name=category]") == "masters"
    assert listed.url == f"{newsroom.url}/staff/?lang=fr"
    for _ in range(3):
        listed.keyboard.press("Tab")
    listed.keyboard.press("Enter")
    listed.wait_for_url("**/staff/?category=masters")
