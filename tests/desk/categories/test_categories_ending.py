import json
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from desk.categories.ending import Effect, close_due, merge_category, retire_category
from desk.categories.registry import add_category, list_categories, rename_category
from desk.context import Desk
from desk.items.posting import edit_item, get_item, history_of, post_item
from desk.operating.scheduler import Worker
from desk.publishing.browse import listing
from desk.publishing.feed_list import feed_list
from desk.publishing.publisher import Moved, Publisher
from desk.sources.registry import NewSource, add_source, get_source
from news.drafts import Draft
from news.errors import Gone, InvalidFields, InvalidInput, NotAllowed
from news.mapping import mapped
from news.users import User


def feed(desk: Desk, selection: str) -> dict[str, Any]:
    answer = Publisher(desk).feed(selection, "json")
    assert not isinstance(answer, Moved)
    return json.loads(answer.body)


def titles(document: dict[str, Any]) -> list[str]:
    """With plain spaces where French puts others."""
    return [item["title"].replace("\u00a0", " ") for item in document["items"]]


def source(desk: Desk, **said: Any):
    return add_source(desk, NewSource("https://partner.example/feed", kind="feed", **said), "cli")


def test_a_retired_category_leaves_forms_and_lists_and_takes_nothing_new(desk: Desk, post):
    retire_category(desk, "masters", actor="cli")
    assert "masters" not in [category.slug for category in list_categories(desk)]
    assert not [outline for outline in feed_list(desk) if "masters" in outline.feed]
    with pytest.raises(InvalidFields):
        post("Nouvelle", "masters")


def test_its_feed_goes_on_with_a_last_entry_that_names_the_successor(desk: Desk, post):
    post("Avant", "masters")
    ending = retire_category(desk, "masters", successor="doctorat", actor="cli")
    french, english = feed(desk, "masters.fr"), feed(desk, "masters.en")
    last = french["items"][0]
    assert titles(french) == ["« Masters » a pris fin : la suite dans « Doctorat »", "Avant"]
    assert "Ce flux s’arrêtera le 1er avril 2026" in last["content_text"]
    assert last["url"] == "https://news.example.org/category/doctorat"
    assert last["date_published"] == "2026-03-02T09:00:00Z"
    assert titles(english) == ["“Masters” has ended: it goes on in “Doctorate”"]
    assert last["id"] == english["items"][0]["id"] == f"urn:uuid:{ending.category.farewell}"
    assert "tags" not in french["items"][1]


def test_without_a_successor_the_last_entry_says_so(desk: Desk):
    retire_category(desk, "masters", actor="cli")
    last = feed(desk, "masters.en")["items"][0]
    assert "nothing takes its place" in last["content_text"]
    assert last["url"] == "https://news.example.org/"


@pytest.mark.parametrize("name", ["atom", "rss", "json"])
def test_the_last_entry_keeps_its_id_and_the_same_bytes_come_every_day(desk: Desk, clock, name: str):
    ending = retire_category(desk, "masters", successor="doctorat", actor="cli")
    first = Publisher(desk).feed("masters", name).body
    assert f"urn:uuid:{ending.category.farewell}".encode() in first
    clock.forward(days=12)
    assert Publisher(desk).feed("masters", name).body == first


def test_the_last_entry_stays_among_fifty_in_a_combination_that_goes_on(desk: Desk, post, clock):
    retire_category(desk, "masters", actor="cli")
    clock.forward(days=2)
    for number in range(55):
        post(f"n° {number}", "doctorat", date="2026-03-04T09:00")
    combined = titles(feed(desk, "doctorat,masters"))
    assert len(combined) == 50
    assert combined[-1] == "« Masters » a pris fin"


def test_the_last_entry_follows_the_successor_through_its_own_changes(desk: Desk):
    retire_category(desk, "masters", successor="doctorat", actor="cli")
    publisher = Publisher(desk)

    def last() -> dict[str, Any]:
        publisher.changed()
        return json.loads(publisher.feed("masters.en", "json").body)["items"][0]

    rename_category(desk, "doctorat", name_en="PhD", new_slug="phd", actor="cli")
    assert last()["title"].endswith("“PhD”")
    assert last()["url"].endswith("/category/phd")
    merge_category(desk, "phd", "ingenieurs", actor="cli")
    assert last()["url"].endswith("/category/ingenieurs")
    retire_category(desk, "ingenieurs", actor="cli")
    assert last()["url"] == "https://news.example.org/"


def test_the_worker_closes_it_when_its_time_is_over_and_not_before(desk: Desk, clock):
    retire_category(desk, "masters", successor="doctorat", actor="cli")
    clock.forward(days=30, seconds=-1)
    assert close_due(desk) == 0
    clock.forward(seconds=1)
    assert feed(desk, "masters")["items"], "it answers until the worker has run"
    assert (close_due(desk), close_due(desk)) == (1, 0)
    for selection in ("masters", "masters.fr", "doctorat+masters", "doctorat!masters"):
        with pytest.raises(Gone) as raised:
            Publisher(desk).feed(selection, "atom")
        assert raised.value.message_args["page"] == "/category/doctorat"
    closed = list_categories(desk, retired=True)[-1]
    assert [change.action for change in history_of(desk, "category", closed.id)] == ["closed", "retired", "added"]


def test_a_tick_of_the_worker_closes_what_is_due(desk: Desk, clock):
    retire_category(desk, "masters", actor="cli")
    clock.forward(days=30)
    Worker(desk, Event()).publish()
    with pytest.raises(Gone):
        Publisher(desk).feed("masters", "atom")


def test_items_keep_a_retired_category_and_do_not_show_it(desk: Desk, post):
    item = post("Avant", "masters", "doctorat")
    ending = retire_category(desk, "masters", actor="cli")
    assert ending.category.id in get_item(desk, item.id).categories
    assert feed(desk, "doctorat")["items"][0]["tags"] == ["Doctorat"]


def test_what_is_edited_afterwards_enters_no_retired_feed(desk: Desk, post, clock):
    late = post("Plus tard", "masters", date="2026-03-05T09:00")
    retire_category(desk, "masters", actor="cli")
    edit_item(desk, late.id, Draft("", date="2026-03-01"), "cli", only=frozenset({"date"}))
    assert titles(feed(desk, "masters")) == ["« Masters » a pris fin"]
    assert titles(feed(desk, "all")) == ["Plus tard"]


@pytest.mark.parametrize(("successor", "to"), [("doctorat", "doctorat"), (None, None)])
def test_sources_give_the_successor_or_nothing(desk: Desk, successor, to):
    added = source(desk, categories=("masters", "ingenieurs"), map=(("M2", "masters"), ("PhD", "doctorat")))
    assert retire_category(desk, "masters", successor=successor, actor="cli").effect.sources == 1
    slugs = {category.id: category.slug for category in list_categories(desk)}
    found = get_source(desk, added.id)
    assert {slugs[one] for one in found.categories} == {"ingenieurs"} | ({to} if to else set())
    assert {term: slugs[one] for term, one in found.map.items()} == {"PhD": "doctorat"} | ({"M2": to} if to else {})


def test_a_merge_leads_every_address_to_the_other(desk: Desk, post):
    rename_category(desk, "masters", new_slug="mastere", actor="cli")
    post("De masters", "mastere", date="2025-01-01")
    merge_category(desk, "mastere", "doctorat", actor="cli")
    moves = {
        "masters": "doctorat", "mastere.fr": "doctorat.fr", "mastere+ingenieurs": "ingenieurs+doctorat",
        "masters,doctorat.en": "doctorat.en", "ingenieurs!masters": "ingenieurs!doctorat",
    }  # fmt: skip
    publisher = Publisher(desk)
    assert {one: publisher.feed(one, "atom") for one in moves} == {one: Moved(to) for one, to in moves.items()}
    assert listing(desk, "mastere").selection.base == "doctorat"


def test_a_merge_leaves_old_news_old(desk: Desk, post, clock):
    post("Récente", "doctorat", date="2026-03-01")
    old = post("Ancienne", "masters", date="2024-01-01")
    before = feed(desk, "all")
    clock.forward(days=1)
    merge_category(desk, "masters", "doctorat", actor="cli")
    assert titles(feed(desk, "doctorat")) == ["Récente", "Ancienne"]
    after = get_item(desk, old.id)
    assert (after.published, after.updated, after.first_published) == (old.published, old.updated, old.first_published)
    dates = ("id", "date_published", "date_modified")
    shown = [[item[name] for name in dates] for item in feed(desk, "all")["items"]]
    assert shown == [[item[name] for name in dates] for item in before["items"]]


def test_a_merge_keeps_the_feeds_own_id(desk: Desk):
    def own() -> bytes:
        return Publisher(desk).feed("doctorat", "atom").body.partition(b"</id>")[0][-45:]

    before = own()
    merge_category(desk, "masters", "doctorat", actor="cli")
    assert own() == before


def test_after_a_merge_sources_are_understood_as_before(desk: Desk):
    rename_category(desk, "masters", name_fr="Mastères", aliases=["M2"], actor="cli")
    added = source(desk, categories=("masters",), map=(("MSc", "masters"),))
    into = merge_category(desk, "masters", "doctorat", actor="cli").heir
    assert into is not None
    with desk.storage.read() as reader:
        for term in ("Masters", "mastères", "M2", "masters", "Doctorat"):
            assert mapped([term], reader.categories(), {}) == {into.id}
    found = get_source(desk, added.id)
    assert (found.categories, found.map) == ({into.id}, {"MSc": into.id})


def test_the_other_may_take_the_address_of_the_merged_one(desk: Desk):
    merge_category(desk, "masters", "doctorat", actor="cli")
    assert rename_category(desk, "doctorat", new_slug="masters", actor="cli").slug == "masters"
    with desk.storage.read() as reader:
        assert reader.category_of_slug("doctorat").slug == "masters"
    assert add_category(desk, "Autre", actor="cli").slug == "autre"


def test_a_dry_run_says_what_would_happen_and_writes_nothing(desk: Desk, post):
    post("Une", "masters", "ingenieurs")
    post("Deux", "masters", status="draft")
    source(desk, categories=("masters",))
    number = desk.storage.change_number()
    merging = merge_category(desk, "masters", "doctorat", actor="cli", dry_run=True)
    retiring = retire_category(desk, "masters", actor="cli", dry_run=True)
    assert (merging.effect, merging.done) == (Effect(items=2, feeds=4, sources=1), False)
    assert (retiring.effect, retiring.done) == (Effect(items=2, feeds=3, sources=1), False)
    assert desk.storage.change_number() == number
    assert len(list_categories(desk)) == 5


def test_both_are_written_in_the_history_and_told_outside(desk: Desk, post, admin: User):
    item = post("Une", "masters")
    with desk.storage.read() as reader:
        last = max((row.id for row in reader.outbox(desk.now())), default=0)
    ending = merge_category(desk, "masters", "doctorat", actor=admin)
    assert ending.heir is not None
    actor = f"user:{admin.id}"
    assert history_of(desk, "item", item.id)[0].action == "category merged"
    for category, action in ((ending.category, "merged"), (ending.heir, "merged into this")):
        change = history_of(desk, "category", category.id)[0]
        assert (change.action, change.actor, change.data["items"]) == (action, actor, 1)
    with desk.storage.read() as reader:
        told = [(row.topic, row.payload) for row in reader.outbox(desk.now()) if row.id > last]
    assert told == [("category.changed", {"categories": sorted([ending.category.id, ending.heir.id])})]


@pytest.mark.parametrize("end", [
    lambda desk: merge_category(desk, "masters", "masters", actor="cli"),
    lambda desk: retire_category(desk, "masters", successor="masters", actor="cli"),
])  # fmt: skip
def test_a_category_does_not_take_its_own_place(desk: Desk, end):
    with pytest.raises(InvalidInput):
        end(desk)


def test_what_has_ended_does_not_end_again_nor_goes_on_for_another(desk: Desk):
    retire_category(desk, "masters", actor="cli")
    for again in (
        lambda: retire_category(desk, "masters", actor="cli"),
        lambda: retire_category(desk, "doctorat", successor="masters", actor="cli"),
        lambda: merge_category(desk, "doctorat", "masters", actor="cli"),
    ):
        with pytest.raises(Gone):
            again()


@pytest.mark.parametrize("who", ["author", "editor"])
def test_only_admins_end_categories_or_look_at_what_it_would_do(desk: Desk, who: str, request):
    person: User = request.getfixturevalue(who)
    for dry_run in (True, False):
        with pytest.raises(NotAllowed):
            retire_category(desk, "masters", actor=person, dry_run=dry_run)
        with pytest.raises(NotAllowed):
            merge_category(desk, "masters", "doctorat", actor=person, dry_run=dry_run)


def test_retiring_closes_thirty_days_later(desk: Desk):
    ended = retire_category(desk, "masters", actor="cli").category
    assert ended.retired and ended.closes == ended.retired + timedelta(days=30)
    assert post_item(desk, Draft(title="Autre"), "cli").categories == frozenset()
