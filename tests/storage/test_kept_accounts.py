"""Links, sessions, tokens, second factors and who came in, with every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.accounts import Access, Factor, Link, Purpose, Session, Token
from news.items import Change
from news.users import Role, User

HOUR = timedelta(hours=1)


@pytest.fixture
def zoe(room):
    return person(room, "zoe")


def person(room, name):
    user = User(room.mint(), f"{name}@example.org", Role.EDITOR, "x", room.now)
    with room.storage.transaction() as tx:
        tx.put_user(user)
    return user


def test_an_erased_person_comes_back_as_such(room, zoe):
    with room.storage.transaction() as tx:
        tx.put_user(gone := replace(zoe, email="former-1", disabled=room.now, erased=room.now))
    with room.storage.read() as reader:
        assert reader.user(zoe.id) == gone


def test_a_newer_link_ends_the_older_one_for_the_same_purpose(room, zoe):
    reset, again, invite = (
        Link(name, zoe.id, purpose, 1, room.now + HOUR)
        for name, purpose in (("a", Purpose.RESET), ("b", Purpose.RESET), ("c", Purpose.INVITE))
    )
    with room.storage.transaction() as tx:
        for link in (reset, again, invite):
            tx.put_link(link)
        assert (tx.link("a"), tx.link("b"), tx.link("c")) == (None, again, invite)
        tx.drop_links(zoe.id)
        assert tx.link("b") is tx.link("c") is None


def test_sessions_are_seen_again_and_ended_one_by_one_or_together(room, zoe):
    ann = person(room, "ann")
    mine = [Session(f"d{n}", f"s{n}", zoe.id, 1, room.now, room.now + n * HOUR, "Firefox") for n in range(3)]
    theirs = Session("e", "t", ann.id, 1, room.now, room.now, "")
    with room.storage.transaction() as tx:
        for session in [*mine, theirs]:
            tx.put_session(session)
        assert tx.sessions(zoe.id) == tuple(reversed(mine))
        tx.put_session(seen := replace(mine[0], seen=room.now + 9 * HOUR, agent="Safari"))
        assert tx.session("d0") == tx.sessions(zoe.id)[0] == seen
        assert (tx.drop_session(ann.id, "s1"), tx.drop_session(zoe.id, "s1")) == (False, True)
        assert tx.drop_sessions(zoe.id, keep="d0") == 1
        assert (tx.sessions(zoe.id), tx.sessions(ann.id)) == ((seen,), (theirs,))


def test_sessions_and_links_that_have_ended_are_forgotten(room, zoe):
    idle = Session("d1", "s1", zoe.id, 1, room.now, room.now, "")
    old = Session("d2", "s2", zoe.id, 1, room.now - 9 * HOUR, room.now + HOUR, "")
    young = Session("d3", "s3", zoe.id, 1, room.now, room.now + HOUR, "")
    with room.storage.transaction() as tx:
        for session in (idle, old, young):
            tx.put_session(session)
        tx.put_link(Link("a", zoe.id, Purpose.RESET, 1, room.now + HOUR))
        assert tx.forget_ended(room.now + HOUR, room.now - HOUR, room.now + HOUR) == 3
        assert tx.sessions(zoe.id) == (young,)


def test_tokens_come_back_by_digest_and_by_person(room, zoe):
    made = [
        Token(room.mint(), zoe.id, f"Site {n}", Role.AUTHOR, "dep_ab", f"d{n}", room.now, room.now + HOUR)
        for n in range(2)
    ]
    with room.storage.transaction() as tx:
        for token in made:
            tx.put_token(token)
        tx.put_token(used := replace(made[0], used=room.now, revoked=room.now + HOUR))
        assert tx.token("d0") == used
        assert tx.tokens(zoe.id) == tx.tokens() == (made[1], used)
        assert tx.tokens("x") == ()


def test_a_second_factor_goes_with_its_recovery_codes(room, zoe):
    with room.storage.transaction() as tx:
        tx.put_factor(Factor(zoe.id, "ABC"))
        tx.put_factor(factor := Factor(zoe.id, "DEF", room.now, 7))
        assert tx.factor(zoe.id) == factor
        tx.put_recovery_codes(zoe.id, ["a", "b"])
        tx.put_recovery_codes(zoe.id, ["c", "d"])
        assert (tx.use_recovery_code(zoe.id, "a"), tx.use_recovery_code(zoe.id, "c")) == (False, True)
        assert (tx.use_recovery_code(zoe.id, "c"), tx.recovery_codes(zoe.id)) == (False, 1)
        tx.drop_factor(zoe.id)
        assert (tx.factor(zoe.id), tx.recovery_codes(zoe.id)) == (None, 0)


def test_who_came_in_is_told_newest_first_and_forgotten_in_time(room, zoe):
    came = [Access(room.now + n * HOUR, "signed in", zoe.id if n else None, "192.0.2.1") for n in range(3)]
    with room.storage.transaction() as tx:
        for access in came:
            tx.add_access(access)
        assert tx.accesses(2) == (came[2], came[1])
        assert tx.accesses(9, before=room.now + 2 * HOUR) == (came[1], came[0])
        assert tx.accesses(9, user_id=zoe.id) == (came[2], came[1])
        assert tx.forget_accesses(room.now + HOUR) == 1
        assert tx.accesses(9) == (came[2], came[1])
        tx.forget_accesses_of(zoe.id)
        assert tx.accesses(9) == ()


def test_changes_are_told_over_objects_of_some_kinds(room):
    told = [Change(kind, str(n), room.now + n * HOUR, f"user:{n % 2}", "x", 0, {}) for n, kind in
            enumerate(("user", "item", "user", "category"))]  # fmt: skip
    with room.storage.transaction() as tx:
        for change in told:
            tx.add_change(change)
    with room.storage.read() as reader:
        assert reader.changes(["user", "category"], 9) == (told[3], told[2], told[0])
        assert reader.changes(["user"], 9, before=told[2].at) == (told[0],)
        assert reader.changes(["user", "category"], 1, actor="user:0") == (told[2],)
