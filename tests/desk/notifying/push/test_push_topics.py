"""Which feeds the hub is told of, when, and how often."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from desk.categories.registry import rename_category
from desk.context import Desk
from desk.items.posting import edit_item, post_item, retract_item
from desk.items.publishing_due import publish_due
from desk.notifying.outbox import tell
from desk.notifying.pings import ping
from desk.publishing.publisher import Publisher
from desk.recording import record
from news.drafts import Draft
from news.items import Item

BASE = "https://news.example.org/feeds"


def feeds(*selections: str) -> list[str]:
    return sorted(f"{BASE}/{name}.{kind}" for name in selections for kind in ("atom", "rss", "json"))


def test_an_item_is_told_to_all_and_its_categories_in_its_language_and_in_none(post, hub, round_of):
    post("Une", "doctorat", "masters", language="fr")
    assert round_of() == 18
    assert hub.topics == feeds("all", "all.fr", "doctorat", "doctorat.fr", "masters", "masters.fr")
    assert round_of() == 0


def test_a_ping_says_publish_and_names_the_feed_in_both_words(post, hub, round_of):
    post("Une")
    round_of()
    assert all(form == {"hub.mode": "publish", "hub.url": form["hub.topic"], "hub.topic": form["hub.topic"]}
               for form in hub.told)  # fmt: skip


def test_what_is_told_is_what_the_feed_calls_itself(post, pushing, hub, round_of):
    post("Une", "doctorat")
    round_of()
    publisher = Publisher(pushing)
    for topic in hub.topics:
        selection, _, kind = topic.removeprefix(f"{BASE}/").rpartition(".")
        assert f'<{topic}>; rel="self"' in publisher.feed(selection, kind).links


def test_nothing_is_told_before_the_new_bytes_are_out(pushing: Desk, post, hub, clock):
    post("Une")
    tell(pushing)
    clock.forward(seconds=1)
    assert ping(pushing) == 0
    clock.forward(seconds=1)
    assert ping(pushing) == 6


def test_the_categories_and_the_language_it_left_are_told_too(pushing, post, hub, round_of):
    item = post("Une", "doctorat", language="fr")
    round_of()
    hub.forget()
    draft = Draft("", ("masters",), language="en")
    edit_item(pushing, item.id, draft, "cli", only=frozenset({"categories", "language"}))
    round_of()
    names = ("all", "doctorat", "masters")
    assert hub.topics == feeds(*names, *(f"{name}.{tongue}" for name in names for tongue in ("fr", "en")))


def test_a_retracted_item_is_told(pushing, post, hub, round_of):
    item = post("Une", "doctorat")
    round_of()
    hub.forget()
    retract_item(pushing, item.id, "cli", reason="Erreur")
    round_of()
    assert hub.topics == feeds("all", "all.fr", "doctorat", "doctorat.fr")


def test_what_nobody_may_see_is_told_to_nobody_until_its_second(pushing, post, hub, round_of, clock):
    draft = post("Brouillon", "doctorat", status="draft")
    post("Plus tard", "masters", date=(clock() + timedelta(hours=1)).isoformat())
    edit_item(pushing, draft.id, Draft("Autre titre"), "cli", only=frozenset({"title"}))
    clock.forward(minutes=59, seconds=55)
    publish_due(pushing)
    assert round_of() == 0
    assert hub.told == []
    clock.forward(seconds=3)
    publish_due(pushing)
    round_of()
    assert hub.topics == feeds("all", "all.fr", "masters", "masters.fr")


def test_where_an_item_stood_as_a_draft_is_not_told(pushing, post, hub, round_of):
    draft = post("Brouillon", "doctorat", status="draft")
    changed = Draft("", ("masters",), status="published")
    edit_item(pushing, draft.id, changed, "cli", only=frozenset({"categories", "status"}))
    round_of()
    assert hub.topics == feeds("all", "all.fr", "masters", "masters.fr")


def test_many_items_are_one_ping_a_feed_and_few_transactions(pushing, post, hub, round_of, waiting, monkeypatch):
    item = post("La première", "doctorat")
    with pushing.storage.transaction() as tx:
        for number in range(2500):
            changed = Item(**{name: getattr(item, name) for name in Item.__slots__} | {"title": f"N° {number}"})
            record(tx, item, changed, actor="cli", action="edited", now=pushing.now())
    assert len(waiting()) == 2501
    begun = counted(pushing, monkeypatch)
    assert round_of() == len(hub.told) == 12
    assert waiting() == ()
    assert len(begun) <= 4


def counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """A growing list: one entry for every transaction that begins."""
    begun: list[None] = []
    begin: Callable = desk.storage.transaction

    def begins():
        begun.append(None)
        return begin()

    monkeypatch.setattr(desk.storage, "transaction", begins)
    return begun


def test_a_tick_with_nothing_to_tell_waits_for_no_turn_to_write(pushing, hub, round_of, monkeypatch):
    begun = counted(pushing, monkeypatch)
    round_of()
    assert begun == []


def test_a_category_that_was_renamed_meanwhile_is_told_by_its_address_of_now(pushing, post, hub, clock):
    post("Une", "doctorat")
    tell(pushing)
    rename_category(pushing, "doctorat", new_slug="theses", actor="cli")
    clock.forward(seconds=2)
    ping(pushing)
    assert hub.topics == feeds("all", "all.fr", "theses", "theses.fr")


def test_without_a_hub_nothing_is_kept_for_one(desk: Desk, pushing, post, waiting):
    post("Une")
    tell(pushing)
    assert {row.topic for row in waiting()} == {"push"}
    post("Deux")
    tell(desk)
    assert waiting() == ()
    assert ping(desk) == 0


def test_an_item_whose_turn_to_be_stored_came_late_is_told_after_it_is_there(pushing, hub, clock):
    """The two seconds count from when the worker sees the row, not from when the writer began to wait."""
    post_item(pushing, Draft("Une", status="published"), "cli")
    clock.forward(seconds=14)
    tell(pushing)
    assert ping(pushing) == 0
