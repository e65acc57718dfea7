"""Signing in: who knows the password, and how guessing is slowed without telling who has an account."""

from __future__ import annotations

import threading
from dataclasses import replace

from desk.accounts.audit import note_access
from desk.accounts.passwords import hashed, nobodys, outdated, verified
from desk.accounts.throttling import place, refuse_too_many
from desk.context import Desk
from news.accounts import NOBODYS_PASSWORD
from news.errors import NotAllowed
from news.text import xml_safe
from news.users import LONGEST_EMAIL, User

_TRIES_PER_PERSON_AND_ADDRESS = 5
_TRIES_PER_ADDRESS = 30
_TRIES_PER_PERSON = 100
# Checking one password takes 64 MB and four threads of its own: a crowd stands in line instead.
CHECKING = threading.BoundedSemaphore(2)


def sign_in(desk: Desk, email: str, password: str, address: str) -> User:
    """The person who knows this password. ``address``: where they sign in from.

    Raises NotAllowed, the same for an unknown person, a disabled one and a wrong password; TooMany (``seconds`` to
    wait) after too many failures from one address, whether or not the account exists.
    """
    person = xml_safe(email).strip().lower()[:LONGEST_EMAIL]
    with CHECKING:
        user = _who_knows(desk, person, password, address)
    with desk.storage.transaction() as tx:
        factor = tx.factor(user.id)
        # With a second factor, only that shows who it is: else a password would buy any number of codes to try.
        if factor is None or factor.confirmed is None:
            tx.clear_failures(both(person, address))
    if outdated(user.password_hash):
        _hash_anew(desk, user, password)
    return user


def subjects_of(person: str, address: str) -> dict[str, int]:
    """What failures are counted for, each with how many a quarter of an hour may have."""
    return {
        both(person, address): _TRIES_PER_PERSON_AND_ADDRESS,
        f"address {place(address)}": _TRIES_PER_ADDRESS,
        f"person {person}": _TRIES_PER_PERSON,
    }


def both(person: str, address: str) -> str:
    """The subject of one person's failures from one place."""
    return f"both {person} {place(address)}"


def _hash_anew(desk: Desk, user: User, password: str) -> None:
    """Keep the password with today's parameters, and nothing else of what was read while it was being checked."""
    made = hashed(password)
    with desk.storage.transaction() as tx:
        now_there = tx.user(user.id)
        if now_there and now_there.password_hash == user.password_hash:
            tx.put_user(replace(now_there, password_hash=made))


def _who_knows(desk: Desk, person: str, password: str, address: str) -> User:
    subjects = subjects_of(person, address)
    with desk.storage.read() as reader:
        refuse_too_many(desk, reader, subjects)
        user = reader.user_of_email(person)
    right = verified((user.password_hash if user else "") or nobodys(), password)
    if not right or user is None or user.disabled or user.password_hash == NOBODYS_PASSWORD:
        with desk.storage.transaction() as tx:
            for subject in subjects:
                tx.add_failure(subject, desk.now())
            note_access(tx, desk, "refused", user.id if user else None, address)
        raise NotAllowed("signin.refused")
    return user
