"""Ids, errors that travel, and who may do what."""

from __future__ import annotations

import pickle
import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import errors
from news.errors import DepecheError, InvalidFields, InvalidInput, NotAllowed
from news.ids import derived, is_id, urn, uuid7
from news.users import Action, Role, User, checked_email, checked_password, require
from storage.minting import Mint

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS = st.integers(0, 4_000_000_000_000)


@given(MILLISECONDS, st.integers(0, 4095), st.integers(0, (1 << 62) - 1))
def test_an_id_has_the_layout_of_a_uuid_of_version_7(milliseconds, sequence, randomness):
    made = uuid.UUID(uuid7(EPOCH + timedelta(milliseconds=milliseconds), sequence, randomness))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == milliseconds
    assert made.int >> 64 & 0xFFF == sequence
    assert made.int & (1 << 62) - 1 == randomness
    assert is_id(str(made))


@given(st.lists(st.tuples(MILLISECONDS, st.integers(0, 4095)), min_size=2, max_size=2, unique=True))
def test_ids_stand_in_the_order_of_time_and_sequence(moments):
    first, second = sorted(moments)
    made = [uuid7(EPOCH + timedelta(milliseconds=ms), sequence, 0) for ms, sequence in (first, second)]
    assert made == sorted(made)


def test_minted_ids_only_grow_within_a_millisecond_and_when_the_clock_steps_back():
    moments = iter([EPOCH + timedelta(days=20_000, seconds=-(n // 4500)) for n in range(9000)])
    mint = Mint(lambda: next(moments))
    made = [mint() for _ in range(9000)]
    assert made == sorted(set(made))


def test_threads_that_mint_never_get_the_same_id():
    mint, made = Mint(lambda: EPOCH + timedelta(days=20_000)), []
    threads = [threading.Thread(target=lambda: made.extend(mint() for _ in range(2000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "0190F4E4-0000-7000-8000-000000000000",
        "0190f4e40000700080000000000000000000",
        "0190f4e4-0000-7000-8000-00000000000\n",
    ],
)
def test_what_is_not_written_as_an_id_is_none(text):
    assert not is_id(text)


def test_an_id_in_a_feed_is_a_urn_and_a_derived_one_depends_on_every_part():
    assert urn("0190f4e4-0000-7000-8000-000000000000") == "urn:uuid:0190f4e4-0000-7000-8000-000000000000"
    assert derived("a", "b") == derived("a", "b") != derived("ab")
    assert is_id(derived("a"))


KINDS = [
    kind for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, DepecheError) and not issubclass(kind, InvalidFields)
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_travels_between_processes(kind):
    sent = pickle.loads(pickle.dumps(kind("a.key", given="é", path=3)))
    assert (type(sent), sent.key, sent.message_args) == (kind, "a.key", {"given": "é", "path": 3})


def test_the_errors_of_a_form_travel_together():
    sent = pickle.loads(pickle.dumps(InvalidFields({"title": InvalidInput("a", n=1), "date": InvalidInput("b")})))
    assert {name: (error.key, error.message_args) for name, error in sent.fields.items()} == {
        "title": ("a", {"n": 1}),
        "date": ("b", {}),
    }
    assert (sent.key, sent.message_args) == ("a", {"n": 1})


def user(role: Role, **said) -> User:
    return User("u1", "zoe@example.org", role, "x", EPOCH, **said)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.AUTHOR, {Action.WRITE, Action.ACCOUNT}),
        (
            Role.EDITOR,
            {Action.WRITE, Action.ACCOUNT, Action.EDIT_ANY, Action.REVIEW, Action.SOURCES, Action.PARTNERS},
        ),
        (Role.ADMIN, set(Action)),
    ],
)
def test_a_role_allows_this_and_nothing_else(role, may):
    for action in Action:
        assert user(role).may(action) is (action in may)
        if action in may:
            require(user(role), action)
        else:
            with pytest.raises(NotAllowed):
                require(user(role), action)


def test_who_is_disabled_may_nothing_not_even_with_their_own_items(item):
    gone = user(Role.ADMIN, disabled=EPOCH)
    assert not any(gone.may(action) for action in Action)
    assert not gone.may_edit(item(owner_id="u1"))


def test_authors_change_their_own_items_and_editors_any(item):
    own, others, nobodys = item(owner_id="u1"), item(owner_id="u2"), item()
    assert [user(Role.AUTHOR).may_edit(each) for each in (own, others, nobodys)] == [True, False, False]
    assert all(user(Role.EDITOR).may_edit(each) for each in (own, others, nobodys))


def test_an_address_is_trimmed_and_in_lower_case():
    assert checked_email("  Zoe@Example.ORG ") == "zoe@example.org"


@pytest.mark.parametrize(
    "text", ["", "zoe", "zoe@", "@example.org", "a b@example.org", "a@b@c", "<a@b>", "a@" + "b" * 200, "a\n@b"]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(InvalidInput) as caught:
        checked_email(text)
    assert caught.value.key == "user.email.malformed"


@pytest.mark.parametrize(("text", "key"), [("x" * 9, "user.password.short"), ("x" * 1025, "user.password.long")])
def test_a_password_has_a_length(text, key):
    with pytest.raises(InvalidInput) as caught:
        checked_password(text)
    assert caught.value.key == key
    assert checked_password("  x x x x  ") == "  x x x x  "
