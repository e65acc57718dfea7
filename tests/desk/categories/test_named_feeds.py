"""Naming feeds, by the people who may."""

from __future__ import annotations

import pytest

from desk.categories.ending import merge_category, retire_category
from desk.categories.named_feeds import add_named_feed, change_named_feed, list_named_feeds, rename_named_feed
from desk.categories.named_feeds_ending import retire_named_feed
from desk.operating.maintenance import checkup
from desk.selecting import resolve
from news.errors import Conflict, Gone, InvalidInput, NotAllowed, NotFound


@pytest.fixture
def choice(desk):
    return add_named_feed(desk, "Choix", "masters,doctorat", actor="cli")


def history(desk, feed):
    with desk.storage.read() as reader:
        return [(change.action, change.actor, change.data) for change in reader.history("feed", feed.id)]


def test_admins_alone_name_change_rename_and_end_feeds(desk, admin, editor, author):
    feed = add_named_feed(desk, "Choix", "doctorat", actor=admin).feed
    for person in (editor, author):
        for act in (
            lambda who: add_named_feed(desk, "Autre", "doctorat", actor=who),
            lambda who: rename_named_feed(desk, "choix", name_fr="x", actor=who),
            lambda who: change_named_feed(desk, "choix", "masters", actor=who),
            lambda who: change_named_feed(desk, "choix", "masters", actor=who, dry_run=True),
            lambda who: retire_named_feed(desk, "choix", actor=who),
        ):
            with pytest.raises(NotAllowed):
                act(person)
    assert [(one.feed, one.selection) for one in list_named_feeds(desk)] == [(feed, "doctorat")]


def test_what_happened_to_it_is_written_down(desk, choice, admin):
    change_named_feed(desk, "choix", "ingenieurs.fr", actor=admin)
    rename_named_feed(desk, "choix", new_slug="retenu", actor="cli")
    told = history(desk, choice.feed)
    assert [(action, actor) for action, actor, _ in told] == [
        ("renamed", "cli"), ("changed", f"user:{admin.id}"), ("added", "cli"),
    ]  # fmt: skip
    assert (told[1][2]["from"], told[1][2]["to"]) == ("doctorat,masters", "ingenieurs.fr")


def test_what_changes_nothing_writes_nothing(desk, choice):
    before = desk.storage.change_number()
    change_named_feed(desk, "choix", "doctorat,masters", actor="cli")
    change_named_feed(desk, "choix", "ingenieurs", actor="cli", dry_run=True)
    retire_named_feed(desk, "choix", actor="cli", dry_run=True)
    rename_named_feed(desk, "choix", name_fr="Choix", actor="cli")
    assert desk.storage.change_number() == before
    assert len(history(desk, choice.feed)) == 1


@pytest.mark.parametrize(
    ("selection", "error"),
    [("", InvalidInput), ("a+b,c", InvalidInput), ("rien", NotFound), ("choix", InvalidInput),
     ("doctorat!choix", InvalidInput), ("doctorat.de", InvalidInput)],
)  # fmt: skip
def test_a_selection_that_cannot_be_is_refused_and_nothing_is_lost(desk, choice, selection, error):
    for act in (lambda: add_named_feed(desk, "Autre", selection, actor="cli"),
                lambda: change_named_feed(desk, "choix", selection, actor="cli")):  # fmt: skip
        with pytest.raises(error):
            act()
    assert [one.selection for one in list_named_feeds(desk)] == ["doctorat,masters"]


@pytest.mark.parametrize("name", ["", "…", "x" * 101])
def test_a_name_that_cannot_be_read_is_refused(desk, name):
    with pytest.raises(InvalidInput):
        add_named_feed(desk, name, "doctorat", actor="cli")


def test_addresses_of_categories_and_all_are_not_for_feeds(desk, choice):
    for slug in ("masters", "all", "choix"):
        with pytest.raises((Conflict, InvalidInput)):
            add_named_feed(desk, "Autre", "doctorat", slug=slug, actor="cli")


def test_a_retired_category_stays_where_it_was_and_comes_nowhere_new(desk, choice):
    retire_category(desk, "masters", actor="cli")
    change_named_feed(desk, "choix", "doctorat,masters,ingenieurs", actor="cli")
    assert list_named_feeds(desk)[0].selection == "ingenieurs,doctorat,masters"
    with pytest.raises(Gone):
        add_named_feed(desk, "Autre", "masters", actor="cli")


def test_a_merge_is_followed_in_what_it_shows(desk, choice):
    merge_category(desk, "masters", "doctorat", actor="cli")
    assert list_named_feeds(desk)[0].selection == "doctorat"


def test_a_feed_whose_categories_all_ended_is_told_to_whoever_checks(desk, choice):
    for slug in ("masters", "doctorat"):
        assert "check.feed_dried_up" not in {problem.key for problem in checkup(desk)}
        retire_category(desk, slug, actor="cli")
    assert "check.feed_dried_up" in {problem.key for problem in checkup(desk)}


def test_one_that_ended_cannot_be_changed_or_end_again(desk, choice):
    retire_named_feed(desk, "choix", actor="cli")
    for act in (change_named_feed, retire_named_feed):
        with pytest.raises(Gone):
            act(desk, "choix", *(["doctorat"] if act is change_named_feed else []), actor="cli")
    with desk.storage.read() as reader:
        assert resolve(reader, "choix").named is not None
