import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import edit_item, history_of, post_item
from desk.notifying.outbox import tell
from desk.publishing.browse import listing
from news.drafts import Draft
from storage.records import OutboxRow


def outbox(desk: Desk) -> tuple[OutboxRow, ...]:
    with desk.storage.read() as reader:
        return reader.outbox(desk.now() + timedelta(days=1))


def refuse_inserts(desk: Desk, table: str) -> None:
    with closing(sqlite3.connect(desk.settings.database)) as db:
        db.execute(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'refused'); END")


@pytest.mark.parametrize("table", ["history", "outbox"])
def test_an_item_is_stored_with_its_history_and_its_outbox_row_or_not_at_all(desk: Desk, post, table: str):
    there = post("Là", "doctorat")
    before = (desk.storage.change_number(), len(outbox(desk)), listing(desk))
    refuse_inserts(desk, table)
    with pytest.raises(sqlite3.IntegrityError):
        post_item(desk, Draft("Jamais", ("doctorat",), status="published"), "cli")
    with pytest.raises(sqlite3.IntegrityError):
        edit_item(desk, there.id, Draft("Autre titre"), "cli", only=frozenset({"title"}))
    assert list_items(desk) == (there,)
    assert (desk.storage.change_number(), len(outbox(desk)), listing(desk)) == before
    assert len(history_of(desk, "item", there.id)) == 1


def test_history_tells_what_was_and_what_became(desk: Desk, post):
    item = post("Avant", "doctorat")
    edit_item(desk, item.id, Draft("Après", ("masters",)), "cli", only=frozenset({"title", "categories"}))
    newest, first = history_of(desk, "item", item.id)
    assert newest.data["title"] == {"from": "Avant", "to": "Après"}
    assert set(newest.data) == {"title", "categories", "updated"} or set(newest.data) == {"title", "categories"}
    assert (first.action, first.data["title"]) == ("posted", {"from": None, "to": "Avant"})


def test_what_the_public_sees_is_told_and_what_it_does_not_see_is_not(desk: Desk, post):
    post("Brouillon", "doctorat", status="draft")
    post("Plus tard", "doctorat", date="2027-01-01")
    assert outbox(desk) == ()
    item = post("Publiée", "doctorat")
    edit_item(desk, item.id, Draft("", ("masters",)), "cli", only=frozenset({"categories"}))
    with desk.storage.read() as reader:
        ids = {category.slug: category.id for category in reader.categories()}
    assert [(row.topic, row.payload["categories"]) for row in outbox(desk)] == [
        ("item.shown", [ids["doctorat"]]),
        ("item.shown", sorted([ids["doctorat"], ids["masters"]])),
    ]


def test_what_is_taken_back_is_told_too(desk: Desk, post):
    item = post("Publiée")
    edit_item(desk, item.id, Draft("", status="draft"), "cli", only=frozenset({"status"}))
    assert [row.topic for row in outbox(desk)] == ["item.shown", "item.hidden"]


def test_with_nobody_to_tell_the_outbox_is_emptied(desk: Desk, post):
    post("Une")
    post("Deux")
    assert tell(desk) == 2
    assert outbox(desk) == ()
