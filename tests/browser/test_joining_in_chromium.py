"""Joining what one types with what looks like it, in a real browser: no warning, nothing offered twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from desk.items.posting import get_item, post_item
from desk.publishing.browse import listing
from news.drafts import Draft

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_what_is_typed_is_joined_with_what_looks_like_it_when_it_is_published(staff, newsroom):
    asked = []
    staff.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.accept())
    theirs = post_item(newsroom.desk, Draft("Une nouvelle chaire de mécanique", status="published"), "test")
    staff.goto(f"{newsroom.url}/staff/items/new?lang=fr")
    staff.fill("#title", "Une nouvelle chaire de mécaniques")
    staff.get_by_role("button", name="Réunir ou reprendre…").click()
    staff.get_by_label("Garder celle-ci").check()
    staff.get_by_role("button", name="Continuer").click()
    expect(staff.locator("#title")).to_have_value("Une nouvelle chaire de mécaniques")
    expect(staff.locator("[name=joins]")).to_be_checked()
    expect(staff.locator("[data-local]")).to_be_hidden()
    expect(staff.locator(".advice--alike")).to_have_count(0)
    staff.locator("[name=status][value=published]").check(force=True)
    staff.click("[data-save]")
    staff.wait_for_url("**/staff/items/0*")
    assert [view.item.title for view in listing(newsroom.desk).items] == ["Une nouvelle chaire de mécaniques"]
    assert get_item(newsroom.desk, theirs.id).merged_into == staff.url.rpartition("/")[2]
    assert asked == []
