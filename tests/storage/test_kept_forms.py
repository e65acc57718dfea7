"""What is typed and not saved yet is kept; a form makes one item; items leave, or stand first, until a moment."""

from __future__ import annotations

from datetime import timedelta

from news.selections import build
from storage.records import KeptForm


def keep(room, about="new:a", user="u", minutes=0, **fields):
    form = KeptForm(
        user, about, fields or {"title": "T", "categories": ["x"]}, 3, room.now + timedelta(minutes=minutes)
    )
    with room.storage.transaction() as tx:
        tx.keep_form(form)
    return form


def kept(room, user="u"):
    with room.storage.read() as reader:
        return reader.kept_forms(user)


def test_what_somebody_types_is_kept_for_them_alone_the_latest_first(room):
    first, second = keep(room), keep(room, "item", minutes=1)
    keep(room, user="other")
    assert kept(room) == (second, first)


def test_what_is_typed_again_takes_the_place_of_what_was(room):
    keep(room)
    again = keep(room, minutes=1, title="Other")
    assert kept(room) == (again,)


def test_what_was_saved_is_forgotten(room):
    keep(room)
    with room.storage.transaction() as tx:
        tx.drop_kept_form("u", "new:a")
        tx.drop_kept_form("u", "never there")
    assert kept(room) == ()


def test_no_more_than_fifty_and_no_longer_than_thirty_days(room):
    keep(room, "old", user="gone")
    for number in range(55):
        keep(room, f"new:{number:02}", minutes=number)
    assert [form.about for form in kept(room)] == [f"new:{number:02}" for number in range(54, 4, -1)]
    keep(room, minutes=60 * 24 * 31)
    assert len(kept(room)) == 1
    assert kept(room, "gone") == ()


def test_a_form_is_known_by_its_token_for_thirty_days(room):
    with room.storage.transaction() as tx:
        tx.put_posted_form("t", "item", room.now)
        assert tx.posted_form("t") == "item"
        assert tx.posted_form("u") is None
        tx.put_posted_form("u", "item", room.now + timedelta(days=31))
        assert tx.posted_form("t") is None


def test_items_whose_time_is_over_are_found_when_it_is(room):
    ends = room.now + timedelta(hours=1)
    item = room.post(withdraw_at=ends)
    room.post(withdraw_at=None)
    with room.storage.read() as reader:
        assert reader.item(item.id) == item
        assert reader.leaving_items(room.now) == ()
        assert reader.leaving_items(ends) == (item,)


def test_what_is_pinned_on_a_shelf_is_found_there_while_it_is_visible(room):
    until = room.now + timedelta(days=1)
    masters, other = room.category("masters"), room.category("doctorat")
    item = room.post("Pinned", masters, pinned_until=until)
    room.post("Loose", masters)
    room.post("Elsewhere", other, pinned_until=until)
    room.post("Copy", masters, pinned_until=until, merged_into=item.id)
    for selection in (build((masters,), any_of=False), build((masters, other), any_of=False)):
        with room.storage.read() as reader:
            found = reader.shelf(selection, limit=5, pinned=True)
        assert found == ((item,) if len(selection.members) == 1 else ())
    with room.storage.read() as reader:
        assert len(reader.shelf(build((masters, other), any_of=True), limit=5, pinned=True)) == 2
        assert reader.loose_items(room.now) == ()
        assert item in reader.loose_items(until)
        assert reader.next_due() == until
