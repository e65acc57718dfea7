"""Nothing typed is lost, in a real browser: a reload, a session that ends while one types, a server out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from desk.items.listing import list_items

pytestmark = pytest.mark.browser
KEPT = "/staff/items/keep"
EMAIL, PASSWORD = "redaction@ecole.example", "mot de passe sûr"


def typing(page, newsroom, title="Un titre tapé"):
    page.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    # However long the machine takes between the two, the second is kept.
    with page.expect_response(
        lambda answer: answer.url.endswith(KEPT) and "travail" in (answer.request.post_data or "")
    ):
        page.fill("#title", title)
        page.fill("#body", "Une heure de **travail**.")


def test_what_is_typed_is_kept_and_taken_up_after_a_reload(staff, newsroom):
    typing(staff, newsroom)
    expect(staff.locator("[data-keep-said]")).to_contain_text("Brouillon gardé")
    staff.on("dialog", lambda dialog: dialog.accept())
    staff.reload()
    assert staff.input_value("#title") == ""
    staff.get_by_role("link", name="Reprendre").click()
    expect(staff.locator("#title")).to_have_value("Un titre tapé")
    expect(staff.locator("#body")).to_have_value("Une heure de **travail**.")
    assert list_items(newsroom.desk) == ()


def test_a_session_that_ends_while_one_types_is_renewed_beside_the_form(staff, newsroom):
    typing(staff, newsroom)
    expect(staff.locator("[data-keep-said]")).to_contain_text("Brouillon gardé")
    newsroom.clock.go_on(hours=13)
    staff.fill("#summary", "Et encore ceci")
    expect(staff.locator("[data-expired]")).to_be_visible()
    staff.click("[data-save]")
    assert staff.input_value("#summary") == "Et encore ceci"
    with staff.context.expect_page() as opened:
        staff.get_by_role("link", name="Se reconnecter").click()
    door = opened.value
    door.fill("[name=email]", EMAIL)
    door.fill("[name=password]", PASSWORD)
    door.press("[name=password]", "Enter")
    door.wait_for_url("**/staff/")
    door.close()
    staff.bring_to_front()
    staff.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(staff.locator("[data-expired]")).to_be_hidden()
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    assert [item.summary for item in list_items(newsroom.desk)] == ["Et encore ceci"]


def test_what_could_not_be_sent_is_kept_by_the_browser_and_offered_again(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.context.set_offline(True)
    staff.fill("#title", "Dans le train")
    expect(staff.locator("[data-keep-said]")).to_contain_text("Serveur injoignable")
    staff.context.set_offline(False)
    staff.on("dialog", lambda dialog: dialog.accept())
    staff.goto(f"{newsroom.url}/staff/")
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    offered = staff.locator("[data-local]")
    if offered.is_visible():
        offered.get_by_role("button", name="Reprendre").click()
    else:
        staff.get_by_role("link", name="Reprendre").click()
    expect(staff.locator("#title")).to_have_value("Dans le train")
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    expect(staff.locator("[data-local]")).to_be_hidden()


def test_a_form_is_not_sent_into_the_void_and_goes_as_soon_as_the_server_is_there_again(staff, newsroom):
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.context.set_offline(True)
    staff.fill("#title", "Dans le train")
    staff.click("[data-save]")
    expect(staff.locator("[data-keep-said]")).to_contain_text("Serveur injoignable")
    expect(staff.locator("#title")).to_have_value("Dans le train")
    staff.context.set_offline(False)
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/*-*")
    assert [item.title for item in list_items(newsroom.desk)] == ["Dans le train"]
