"""The second factor: codes of an authenticator, and recovery codes."""

import pyotp
import pytest

from desk.accounts.own_account import change_password
from desk.accounts.second_factor import (
    begin,
    check,
    codes_left,
    confirm,
    in_force,
    missing,
    new_codes,
    remove,
)
from desk.accounts.sign_in import sign_in
from desk.accounts.users import add_user, get_user
from desk.context import Desk
from desk.items.posting import history_of
from news.errors import InvalidFields, NotAllowed, TooMany
from news.users import Role

WORD, HERE, THERE = "un mot de passe", "192.0.2.1", "198.51.100.7"


@pytest.fixture
def ada(desk: Desk):
    return add_user(desk, "ada@example.org", "editor", WORD, "cli")


class Telephone:
    def __init__(self, desk: Desk, secret: str) -> None:
        self.desk, self.totp = desk, pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        return self.totp.generate_otp(int(self.desk.now().timestamp()) // 30 + steps)


@pytest.fixture
def phone(desk, ada, clock) -> Telephone:
    """A telephone that is set up, a minute ago."""
    phone = Telephone(desk, begin(desk, ada).secret)
    phone.recovery = confirm(desk, ada, phone.code())
    clock.forward(minutes=1)
    return phone


def test_the_code_of_rfc_6238_is_ours(desk, ada, clock):
    """RFC 6238, appendix B: the first eight-digit value there, cut to six digits."""
    from base64 import b32encode
    from datetime import UTC, datetime

    from news.accounts import Factor

    clock.moment = datetime(1970, 1, 1, 0, 0, 59, tzinfo=UTC)
    with desk.storage.transaction() as tx:
        tx.put_factor(Factor(ada.id, b32encode(b"12345678901234567890").decode()))
    assert confirm(desk, ada, "287082")


def test_it_is_in_force_once_a_code_was_shown(desk, ada):
    secret = begin(desk, ada).secret
    assert not in_force(desk, ada)
    with pytest.raises(InvalidFields):
        confirm(desk, ada, "000000" if Telephone(desk, secret).code() != "000000" else "000001")
    assert not in_force(desk, ada)
    confirm(desk, ada, Telephone(desk, secret).code())
    assert in_force(desk, ada)
    with pytest.raises(NotAllowed):
        begin(desk, ada)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_taken_one_step_early_or_late(desk, ada, phone, steps):
    check(desk, ada, phone.code(steps), HERE)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_further_away_is_not(desk, ada, phone, steps):
    with pytest.raises(NotAllowed):
        check(desk, ada, phone.code(steps), HERE)


def test_no_code_is_taken_twice_nor_an_older_one_after_it(desk, ada, phone):
    earlier, code = phone.code(-1), phone.code()
    check(desk, ada, f" {code[:3]} {code[3:]} ", HERE)
    for used in (code, earlier):
        with pytest.raises(NotAllowed):
            check(desk, ada, used, HERE)


@pytest.mark.parametrize("code", ["", "abcdef", "٠١٢٣٤٥", "\udcff", "0" * 5000])
def test_what_is_no_code_is_refused(desk, ada, phone, code):
    with pytest.raises(NotAllowed):
        check(desk, ada, code, HERE)


def test_a_recovery_code_works_once_however_it_is_typed(desk, ada, phone):
    first = phone.recovery[0]
    check(desk, ada, first.upper().replace("-", " "), HERE)
    assert codes_left(desk, ada) == 9
    with pytest.raises(NotAllowed):
        check(desk, ada, first, HERE)


def test_other_recovery_codes_end_the_old_ones_and_cost_the_password(desk, ada, phone):
    with pytest.raises(InvalidFields):
        new_codes(desk, ada, "faux faux faux")
    other = new_codes(desk, ada, WORD)
    with pytest.raises(NotAllowed):
        check(desk, ada, phone.recovery[0], HERE)
    check(desk, ada, other[0], HERE)


def test_guessing_codes_shares_the_lock_of_guessing_passwords(desk, ada, phone):
    for _ in range(5):
        sign_in(desk, ada.email, WORD, HERE)
        with pytest.raises(NotAllowed):
            check(desk, ada, "guess", HERE)
    with pytest.raises(TooMany):
        check(desk, ada, phone.code(), HERE)
    with pytest.raises(TooMany):
        sign_in(desk, ada.email, WORD, HERE)


def test_codes_are_not_guessed_from_many_places(desk, ada, phone):
    for number in range(10):
        with pytest.raises(NotAllowed):
            check(desk, ada, "guess", f"203.0.113.{number}")
    with pytest.raises(TooMany):
        check(desk, ada, phone.code(), THERE)


def test_a_role_may_need_one(desk, ada):
    strict = desk.with_settings(second_factor=frozenset({Role.EDITOR}))
    assert missing(strict, ada) and not missing(desk, ada)
    confirm(strict, ada, Telephone(desk, begin(strict, ada).secret).code())
    assert not missing(strict, ada)


def test_it_is_removed_with_the_password_or_by_an_admin(desk, ada, phone, admin, editor):
    with pytest.raises(InvalidFields):
        remove(desk, ada, ada, "faux faux faux")
    with pytest.raises(NotAllowed):
        remove(desk, ada, editor)
    remove(desk, ada, admin)
    assert not in_force(desk, ada) and codes_left(desk, ada) == 0
    confirm(desk, ada, Telephone(desk, begin(desk, ada).secret).code())
    remove(desk, ada, ada, WORD)
    assert not in_force(desk, ada)
    told = [change.action for change in history_of(desk, "user", ada.id)]
    assert told[:4] == ["factor removed", "factor added", "factor removed", "factor added"]


def test_codes_are_kept_as_digests(desk, ada, phone):
    assert phone.recovery[0].replace("-", "").encode() not in desk.settings.database.read_bytes()
    assert get_user(desk, ada.id) == ada


@pytest.mark.parametrize("act", [new_codes, lambda desk, ada, word: remove(desk, ada, ada, word)])
def test_at_an_open_browser_the_password_is_not_guessed_wherever_it_is_asked_for(desk, ada, phone, clock, act):
    for wrong in range(5):
        with pytest.raises(InvalidFields):
            act(desk, ada, f"faux {wrong} faux")
    with pytest.raises(TooMany):
        act(desk, ada, WORD)
    with pytest.raises(TooMany):
        change_password(desk, ada, WORD, "un autre mot de passe")
    assert in_force(desk, ada)
    clock.forward(minutes=16)
    act(desk, ada, WORD)
