"""What is to be one story once it is public, and whom a provider knows, with every engine."""

from __future__ import annotations

from datetime import timedelta

from news.accounts import Identity
from news.users import Role, User
from storage.records import KeptForm


def person(room, name):
    user = User(room.mint(), f"{name}@example.org", Role.EDITOR, "x", room.now)
    with room.storage.transaction() as tx:
        tx.put_user(user)
    return user


def test_what_is_to_be_joined_is_remembered_in_the_order_of_asking_until_it_is_done(room):
    with room.storage.transaction() as tx:
        tx.put_join("mine", "second", room.now + timedelta(seconds=1))
        tx.put_join("mine", "first", room.now)
        tx.put_join("mine", "first", room.now + timedelta(hours=1))
        tx.put_join("other", "first", room.now)
    with room.storage.read() as reader:
        assert reader.joins(["mine", "nobody"]) == {"mine": ("first", "second")}
    with room.storage.transaction() as tx:
        tx.drop_joins("mine")
        assert tx.joins(["mine", "other"]) == {"other": ("first",)}


def test_a_providers_name_stands_for_one_account_for_ever(room):
    zoe, max_ = person(room, "zoe"), person(room, "max")
    bound = Identity("https://idp.example", "1", zoe.id, room.now)
    with room.storage.transaction() as tx:
        tx.put_identity(bound)
        tx.put_identity(Identity("https://idp.example", "1", max_.id, room.now))
        assert tx.identity("https://idp.example", "1") == bound
        assert tx.identity("https://other.example", "1") is None
        assert (tx.identities(zoe.id), tx.identities(max_.id)) == ((bound,), ())
        assert tx.drop_identities(zoe.id) == 1
        assert tx.identity("https://idp.example", "1") is None


def test_all_that_somebody_typed_or_was_answered_is_forgotten_at_once_and_nothing_of_others(room):
    with room.storage.transaction() as tx:
        for user in ("u", "v"):
            tx.keep_form(KeptForm(user, "new:a", {"title": "T"}, 0, room.now))
        tx.drop_kept_forms("u")
        tx.drop_kept_answers("u")
        assert (tx.kept_forms("u"), len(tx.kept_forms("v"))) == ((), 1)
