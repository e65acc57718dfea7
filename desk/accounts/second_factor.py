"""The second factor: one-time codes of an authenticator (TOTP, RFC 6238), and recovery codes for a lost telephone.

A code is taken one time step early or late (RFC 6238 §5.2), and never twice. Wrong codes count as wrong passwords do,
and of a person ten in a quarter of an hour are all, wherever they come from: who gets here knows the password.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

import pyotp

from desk.accounts.audit import note_access
from desk.accounts.keys import digest_of, plain_code, recovery_code
from desk.accounts.knowing import must_know
from desk.accounts.sign_in import both, subjects_of
from desk.accounts.throttling import refuse_too_many
from desk.context import Actor, Desk, name_of
from news.accounts import NOBODYS_PASSWORD, Factor
from news.errors import InvalidFields, InvalidInput, NotAllowed
from news.items import Change
from news.users import Action, User, require
from storage.contract import Transaction

STEP = 30
RECOVERY_CODES = 10
_CODES_PER_PERSON = 10


def factor_of(desk: Desk, user: User) -> Factor | None:
    """The second factor of ``user``, confirmed or being set up."""
    with desk.storage.read() as reader:
        return reader.factor(user.id)


def in_force(desk: Desk, user: User) -> bool:
    """Whether ``user`` is asked for a code at sign-in."""
    factor = factor_of(desk, user)
    return factor is not None and factor.confirmed is not None


def missing(desk: Desk, user: User) -> bool:
    """Whether ``user`` has to set one up first: their role needs it, and they sign in with a password."""
    wanted = user.role in desk.settings.second_factor and user.password_hash != NOBODYS_PASSWORD
    return wanted and not in_force(desk, user)


def begin(desk: Desk, user: User) -> Factor:
    """A new secret to be put into an authenticator; in force once confirmed. Raises NotAllowed when one is in force."""
    with desk.storage.transaction() as tx:
        kept = tx.factor(user.id)
        if kept and kept.confirmed:
            raise NotAllowed("factor.there")
        factor = Factor(user.id, pyotp.random_base32())
        tx.put_factor(factor)
    return factor


def address_of(desk: Desk, user: User, factor: Factor) -> str:
    """The ``otpauth:`` address an authenticator reads."""
    return pyotp.TOTP(factor.secret).provisioning_uri(name=user.email, issuer_name=desk.settings.title)


def confirm(desk: Desk, user: User, code: str) -> tuple[str, ...]:
    """Put the new secret in force by a code of it; the recovery codes, for this once. Raises InvalidFields."""
    with desk.storage.transaction() as tx:
        factor = tx.factor(user.id)
        step = _step_of(desk, factor, code) if factor and not factor.confirmed else None
        if factor is None or step is None:
            raise InvalidFields({"code": InvalidInput("factor.code")})
        tx.put_factor(replace(factor, confirmed=desk.now(), step=step))
        codes = _new_codes(tx, user)
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "factor added"))
    return codes


def new_codes(desk: Desk, user: User, password: str) -> tuple[str, ...]:
    """Other recovery codes in the place of those there are. Raises InvalidFields for a wrong password,
    TooMany after five."""
    must_know(desk, user, password, "password")
    with desk.storage.transaction() as tx:
        codes = _new_codes(tx, user)
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "recovery codes made"))
    return codes


def codes_left(desk: Desk, user: User) -> int:
    """How many recovery codes ``user`` has left."""
    with desk.storage.read() as reader:
        return reader.recovery_codes(user.id)


def remove(desk: Desk, user: User, actor: Actor, password: str | None = None) -> None:
    """Take the second factor away: one's own with the ``password``, anybody's for admins.

    Raises InvalidFields, TooMany, NotAllowed.
    """
    if isinstance(actor, User) and actor.id == user.id:
        must_know(desk, user, password or "", "password")
    elif isinstance(actor, User):
        require(actor, Action.USERS)
    with desk.storage.transaction() as tx:
        tx.drop_factor(user.id)
        tx.add_change(Change("user", user.id, desk.now(), name_of(actor), "factor removed"))


def check(desk: Desk, user: User, code: str, address: str) -> None:
    """Take a ``code``, or a recovery code, of somebody who has shown their password. Raises NotAllowed, TooMany."""
    subjects = subjects_of(user.email, address) | {f"code {user.id}": _CODES_PER_PERSON}
    with desk.storage.transaction() as tx:
        refuse_too_many(desk, tx, subjects)
        right = _take(tx, desk, user, code)
        if right:
            tx.clear_failures(both(user.email, address))
        else:
            for subject in subjects:
                tx.add_failure(subject, desk.now())
            note_access(tx, desk, "code refused", user.id, address)
    if not right:
        raise NotAllowed("factor.refused")


def _take(tx: Transaction, desk: Desk, user: User, code: str) -> bool:
    factor = tx.factor(user.id)
    if factor is None or factor.confirmed is None:
        return False
    step = _step_of(desk, factor, code)
    if step is not None:
        tx.put_factor(replace(factor, step=step))
        return True
    if tx.use_recovery_code(user.id, digest_of(plain_code(code))):
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "recovery code used"))
        return True
    return False


def _step_of(desk: Desk, factor: Factor, code: str) -> int | None:
    """The time step ``code`` is of, when it may still be taken."""
    now, generator = int(desk.now().timestamp()) // STEP, pyotp.TOTP(factor.secret)
    typed = plain_code(code).encode("utf-8", "surrogatepass")
    steps = (now - 1, now, now + 1)
    right = [step for step in steps if hmac.compare_digest(generator.generate_otp(step).encode(), typed)]
    return next((step for step in right if step > factor.step), None)


def _new_codes(tx: Transaction, user: User) -> tuple[str, ...]:
    codes = tuple(recovery_code() for _ in range(RECOVERY_CODES))
    tx.put_recovery_codes(user.id, [digest_of(plain_code(code)) for code in codes])
    return codes
