"""One action on several items, and its one undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.accounts.users import add_user
from desk.categories.ending import retire_category
from desk.categories.registry import list_categories
from desk.items.bulk import Done, Verb, act_on
from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, history_of, post_item, retract_item
from desk.items.publishing_due import publish_due
from desk.items.undoing import undo
from news.drafts import Draft
from news.errors import Gone, InvalidInput, NotFound
from news.items import Status

PASSWORD = "un long mot de passe"


@pytest.fixture
def editor(desk):
    return add_user(desk, "editor@school.example", "editor", PASSWORD, "cli")


@pytest.fixture
def author(desk):
    return add_user(desk, "author@school.example", "author", PASSWORD, "cli")


def statuses(desk):
    return {item.title: item.status.value for item in list_items(desk)}


def slugs(desk, item_id):
    names = {category.id: category.slug for category in list_categories(desk)}
    return {names[each] for each in get_item(desk, item_id).categories}


def test_drafts_are_published_at_once_and_go_back_to_drafts_at_once(desk, post, editor):
    ids = [post(f"n{n}", status="draft", date=date).id for n, date in enumerate(("", "2026-03-01", "2027-01-01"))]
    outcome = act_on(desk, ids, Verb.PUBLISH, editor)
    assert [each.item_id for each in outcome.done] == ids
    assert statuses(desk) == {"n0": "published", "n1": "published", "n2": "scheduled"}
    assert undo(desk, outcome.done, editor) == 3
    assert set(statuses(desk).values()) == {"draft"}
    assert get_item(desk, ids[0]).published is None
    assert history_of(desk, "item", ids[0])[0].action == "undone"


def test_what_is_so_already_is_not_changed(desk, post, editor):
    ids = [post("out").id, post("later", date="2027-01-01").id]
    outcome = act_on(desk, ids, Verb.PUBLISH, editor)
    assert (outcome.done, outcome.same) == ((), 2)
    assert [get_item(desk, each).version for each in ids] == [1, 1]


def test_only_drafts_are_submitted(desk, post, editor):
    ids = [post("draft", status="draft").id, post("out").id]
    outcome = act_on(desk, ids, Verb.SUBMIT, editor)
    assert ([each.item_id for each in outcome.done], outcome.same) == ([ids[0]], 1)
    assert statuses(desk) == {"draft": "review", "out": "published"}


def test_withdrawn_with_a_reason_they_come_back_as_they_were(desk, post, editor, clock):
    ids = [post("out", "doctorat").id, post("later", date="2027-01-01").id]
    stood = [get_item(desk, each) for each in ids]
    outcome = act_on(desk, ids, Verb.WITHDRAW, editor, reason="Annulé")
    assert set(statuses(desk).values()) == {"withdrawn"}
    assert history_of(desk, "item", ids[0])[0].action == "withdrawn: Annulé"
    clock.forward(minutes=1)
    undo(desk, outcome.done, editor)
    back = [get_item(desk, each) for each in ids]
    assert [replace(item, version=1, updated=stood[n].updated) for n, item in enumerate(back)] == stood


def test_a_category_is_added_and_taken_away_and_only_where_that_changes_something(desk, post, editor):
    with_it, without = post("with", "masters"), post("without", "doctorat")
    added = act_on(desk, [with_it.id, without.id], Verb.ADD, editor, category="masters")
    assert ([each.item_id for each in added.done], added.same) == ([without.id], 1)
    assert slugs(desk, without.id) == {"doctorat", "masters"}
    undo(desk, added.done, editor)
    assert (slugs(desk, with_it.id), slugs(desk, without.id)) == ({"masters"}, {"doctorat"})
    act_on(desk, [with_it.id, without.id], Verb.REMOVE, editor, category="masters")
    assert (slugs(desk, with_it.id), slugs(desk, without.id)) == (set(), {"doctorat"})


@pytest.mark.parametrize(
    ("category", "error"), [("", InvalidInput), ("nowhere", NotFound)], ids=["none", "one that is not there"]
)
def test_without_a_category_nothing_happens(desk, post, editor, category, error):
    item = post("out")
    with pytest.raises(error):
        act_on(desk, [item.id], Verb.ADD, editor, category=category)
    assert get_item(desk, item.id) == item


def test_a_retired_category_is_added_to_nothing(desk, post, editor):
    item = post("out")
    retire_category(desk, "masters", actor="cli")
    with pytest.raises(Gone):
        act_on(desk, [item.id], Verb.ADD, editor, category="masters")
    assert get_item(desk, item.id) == item


@pytest.mark.parametrize("ids", [[], ["x"] * 1 + [f"{n}" for n in range(100)]], ids=["none", "too many"])
def test_none_and_too_many_are_refused(desk, editor, ids):
    with pytest.raises(InvalidInput):
        act_on(desk, ids, Verb.PUBLISH, editor)


def test_what_cannot_be_done_is_left_and_named_and_holds_nothing_up(desk, post, editor):
    good = post("good", status="draft")
    outcome = act_on(desk, ["0190f4e4-0000-7000-8000-000000000000", "?", good.id], Verb.PUBLISH, editor)
    assert [each.item_id for each in outcome.done] == [good.id]
    assert [left.error.key for left in outcome.left] == ["item.unknown", "item.unknown"]


def test_an_author_acts_on_own_items_alone_and_asks_for_review_instead_of_publishing(desk, post, author):
    own = post_item(desk, Draft(title="own", status="draft"), author)
    others = post("others", status="draft")
    outcome = act_on(desk, [own.id, others.id], Verb.PUBLISH, author)
    assert statuses(desk) == {"own": "review", "others": "draft"}
    assert [(left.title, left.error.key) for left in outcome.left] == [(others.id, "item.not_yours")]
    for verb in (Verb.WITHDRAW, Verb.SUBMIT, Verb.ADD):
        assert act_on(desk, [others.id], verb, author, category="masters").done == ()
    assert get_item(desk, others.id) == others


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.SUBMIT, Verb.WITHDRAW, Verb.ADD])
def test_an_author_learns_no_title_of_what_is_not_public_and_not_theirs(desk, post, author, verb):
    hidden, shown = post("Sous embargo", date="2027-01-01").id, post("Publique").id
    outcome = act_on(desk, [hidden, shown], verb, author, category="doctorat")
    assert [each.title for each in outcome.left] == [hidden, "Publique"]


def test_an_undo_turns_back_no_one_elses_change_and_nothing_that_went_on(desk, post, editor, author):
    item = post("out")
    outcome = act_on(desk, [item.id], Verb.WITHDRAW, editor)
    assert undo(desk, outcome.done, author) == 0
    assert undo(desk, outcome.done, "cli") == 0
    edit_item(desk, item.id, Draft(title="other words"), editor, only=frozenset({"title"}))
    assert undo(desk, outcome.done, editor) == 0
    assert get_item(desk, item.id).status is Status.WITHDRAWN


def test_an_undo_is_not_undone_and_nothing_is_undone_twice(desk, post, editor):
    outcome = act_on(desk, [post("out").id], Verb.WITHDRAW, editor)
    assert undo(desk, outcome.done, editor) == 1
    assert undo(desk, outcome.done, editor) == 0
    assert undo(desk, [Done(outcome.done[0].item_id, outcome.done[0].version + 1)], editor) == 0


def test_an_author_cannot_publish_other_words_by_undoing(desk, author, editor):
    item = post_item(desk, Draft(title="reviewed", status="draft"), author)
    act_on(desk, [item.id], Verb.PUBLISH, editor)
    changed = edit_item(desk, item.id, Draft(title="never reviewed"), author, only=frozenset({"title"}))
    assert changed.status is Status.REVIEW
    assert undo(desk, [Done(changed.id, changed.version)], author) == 0
    assert get_item(desk, item.id).status is Status.REVIEW


def test_the_posting_of_an_item_is_not_undone(desk, editor):
    item = post_item(desk, Draft(title="new", status="published"), editor)
    assert undo(desk, [Done(item.id, item.version), Done("?", 1)], editor) == 0


def test_what_is_scheduled_again_after_its_time_comes_out_with_the_next_beat(desk, post, editor, clock):
    item = post("later", date="2026-03-03")
    outcome = act_on(desk, [item.id], Verb.WITHDRAW, editor)
    clock.forward(days=2)
    undo(desk, outcome.done, editor)
    assert get_item(desk, item.id).status is Status.SCHEDULED
    publish_due(desk)
    assert get_item(desk, item.id).status is Status.PUBLISHED


def test_a_withdrawn_item_is_not_submitted(desk, post, editor):
    item = post("out")
    retract_item(desk, item.id, editor)
    assert act_on(desk, [item.id], Verb.SUBMIT, editor).same == 1
