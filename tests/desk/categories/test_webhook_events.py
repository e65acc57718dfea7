"""Webhooks are told what becomes of categories and named feeds."""

from __future__ import annotations

import json

import pytest

from desk.categories.ending import merge_category, retire_category
from desk.categories.named_feeds import add_named_feed, change_named_feed, rename_named_feed
from desk.categories.named_feeds_ending import retire_named_feed
from desk.categories.registry import add_category, rename_category
from desk.notifying.outbox import WHENEVER
from desk.notifying.webhook_delivery import spread
from desk.notifying.webhooks import add_webhook, change_webhook, deliveries_of


@pytest.fixture
def hook(desk):
    return add_webhook(desk, "https://partner.example/in", (), "cli")


def told(desk, hook):
    """The messages that wait to be sent, in the order of what happened."""
    spread(desk)
    return [json.loads(each.body) for each in reversed(deliveries_of(desk, hook.id, "cli"))]


def test_a_category_that_is_renamed_merged_and_retired_is_told_of(desk, hook):
    add_category(desk, "Sport", actor="cli")
    add_category(desk, "Santé", actor="cli")
    rename_category(desk, "sport", name_en="Sports", new_slug="sports", actor="cli")
    merge_category(desk, "sports", "sante", actor="cli")
    retire_category(desk, "sante", actor="cli")
    renamed, merged, retired = told(desk, hook)
    assert [each["type"] for each in (renamed, merged, retired)] == [
        "category.renamed", "category.merged", "category.retired",
    ]  # fmt: skip
    assert (renamed["data"]["before"]["slug"], renamed["data"]["category"]["slug"]) == ("sport", "sports")
    assert renamed["data"]["category"]["past_slugs"] == ["sport"]
    assert (merged["data"]["category"]["slug"], merged["data"]["into"]["slug"]) == ("sports", "sante")
    assert retired["data"]["category"]["closes"] and retired["data"]["successor"] is None


def test_a_named_feed_that_changes_and_ends_is_told_of(desk, hook):
    add_named_feed(desk, "Études", "masters", actor="cli")
    rename_named_feed(desk, "etudes", name_fr="Les études", actor="cli")
    change_named_feed(desk, "etudes", "masters,doctorat", actor="cli", dry_run=True)
    change_named_feed(desk, "etudes", "masters,doctorat", actor="cli")
    retire_named_feed(desk, "etudes", successor="masters", actor="cli")
    renamed, changed, retired = told(desk, hook)
    assert (renamed["data"]["before"]["name_fr"], renamed["data"]["feed"]["name_fr"]) == ("Études", "Les études")
    assert (changed["type"], changed["data"]["selection_before"]) == ("feed.changed", "masters")
    assert set(changed["data"]["selection"].split(",")) == {"masters", "doctorat"}
    assert (retired["type"], retired["data"]["successor"]["slug"]) == ("feed.retired", "masters")


def test_what_readers_do_not_see_of_a_category_and_what_no_webhook_wants_is_not_told(desk, hook):
    add_category(desk, "Sport", actor="cli")
    rename_category(desk, "sport", aliases=["Sportif"], actor="cli")
    rename_category(desk, "sport", actor="cli")
    change_webhook(desk, hook.id, "cli", events=("item.published",))
    rename_category(desk, "sport", new_slug="sports", actor="cli")
    with desk.storage.read() as reader:
        assert reader.outbox(WHENEVER, limit=9, topics=("webhook",)) == ()
    assert told(desk, hook) == []
