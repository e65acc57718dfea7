"""Sessions: they end by themselves, and can be ended from elsewhere."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from desk.accounts.audit import audit
from desk.accounts.sessions import begin, end, end_all, end_one, sessions_of, who
from desk.accounts.users import disable_user, get_user, set_password
from desk.context import Desk
from desk.items.posting import history_of
from desk.operating.retention import forget
from news.errors import NotAllowed, NotFound
from storage.contract import Storage, Transaction

HERE = "192.0.2.1"


@pytest.fixture
def key(desk: Desk, editor) -> str:
    return begin(desk, editor, agent="Firefox, Linux", address=HERE)


def test_a_session_says_who_and_where(desk, editor, key):
    user, session = who(desk, key)
    assert (user, session.agent, session.created) == (editor, "Firefox, Linux", desk.now())
    assert who(desk, "another") is None
    assert key.encode() not in desk.settings.database.read_bytes()


def test_a_session_ends_after_idle_hours_and_after_its_longest_time_however_busy(desk, editor, key, clock):
    for _ in range(6):
        clock.forward(hours=11)
        assert who(desk, key)
    clock.forward(hours=12, seconds=1)
    assert who(desk, key) is None
    busy = desk.with_settings(session_max=86400)
    again = begin(busy, editor, agent="", address=HERE)
    for _ in range(3):
        clock.forward(hours=8)
        assert who(busy, again)
    clock.forward(seconds=1)
    assert who(busy, again) is None


def test_signing_out_leaves_nothing_that_a_copied_cookie_could_open(desk, editor, key):
    end(desk, key, HERE)
    assert who(desk, key) is None
    assert [line.kind for line in audit(desk, kind="door").lines] == ["signed out", "signed in"]


def test_one_session_of_ones_own_is_ended(desk, editor, author, key):
    other = begin(desk, editor, agent="Safari, iPhone", address=HERE)
    theirs = begin(desk, author, agent="", address=HERE)
    (session,) = (each for each in sessions_of(desk, editor) if each.agent == "Safari, iPhone")
    with pytest.raises(NotFound):
        end_one(desk, author, session.id)
    end_one(desk, editor, session.id)
    assert (who(desk, other), bool(who(desk, key)), bool(who(desk, theirs))) == (None, True, True)


def test_all_other_sessions_are_ended_by_oneself_or_all_by_an_admin(desk, editor, author, admin, key):
    begin(desk, editor, agent="", address=HERE)
    _, here = who(desk, key)
    assert end_all(desk, editor, editor, keep=here.digest) == 1
    with pytest.raises(NotAllowed):
        end_all(desk, editor, author)
    assert end_all(desk, editor, admin) == 1
    assert sessions_of(desk, editor) == ()
    assert [change.action for change in history_of(desk, "user", editor.id)] == ["sessions ended", "sessions ended"]


@pytest.mark.parametrize("ending", [
    lambda desk, email: set_password(desk, email, "un autre mot de passe", "cli"),
    lambda desk, email: disable_user(desk, email, "cli"),
])  # fmt: skip
def test_a_new_password_or_the_end_of_access_ends_every_session(desk, editor, key, ending):
    ending(desk, editor.email)
    assert who(desk, key) is None
    assert sessions_of(desk, editor) == ()


def test_a_session_begun_while_the_password_was_changed_opens_nothing(desk, editor):
    set_password(desk, editor.email, "un autre mot de passe", "cli")
    late = begin(desk, editor, agent="", address=HERE)
    assert who(desk, late) is None
    assert [each for each in sessions_of(desk, get_user(desk, editor.id)) if each.agent == ""] == []


def test_a_session_that_is_ended_while_a_page_is_asked_for_stays_ended(desk, editor, key, clock):
    clock.forward(minutes=10)
    meanwhile = replace(desk, storage=_Before(desk.storage, lambda: end(desk, key, HERE)))
    who(meanwhile, key)
    assert (who(desk, key), sessions_of(desk, editor)) == (None, ())


class _Before:
    """A store in which ``act`` is done by somebody else just before each turn to write."""

    def __init__(self, storage: Storage, act: Callable[[], None]) -> None:
        self.read = storage.read
        self._transaction = storage.transaction
        self._act = act

    def transaction(self) -> AbstractContextManager[Transaction]:
        self._act()
        return self._transaction()


def test_what_has_ended_is_forgotten_and_addresses_after_the_logs_retention(desk, editor, key, clock):
    clock.forward(days=31)
    forget(desk)
    with desk.storage.read() as reader:
        assert reader.sessions(editor.id) == ()
        assert [access.address for access in reader.accesses(9)] == [HERE]
    clock.forward(days=334, minutes=-1)
    assert forget(desk) == 0
    clock.forward(minutes=2)
    assert forget(desk) == 0, "what is over is looked for once an hour"
    clock.forward(minutes=58)
    assert forget(desk) == 1
    with desk.storage.read() as reader:
        assert reader.accesses(9) == ()


def test_a_clock_that_went_back_ends_no_session(desk, editor, key, clock):
    clock.forward(days=-1)
    assert who(desk, key)
