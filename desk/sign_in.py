"""Signing in: who knows the password, and how guessing is slowed without telling who has an account."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network

from desk.context import Desk
from desk.passwords import hashed, nobodys, outdated, verified
from news.errors import NotAllowed, TooMany
from news.text import xml_safe
from news.users import LONGEST_EMAIL, User
from storage.contract import Reader

_WINDOW = timedelta(minutes=15)
_TRIES_PER_PERSON_AND_ADDRESS = 5
_TRIES_PER_ADDRESS = 30
_TRIES_PER_PERSON = 100
# Checking one password takes 64 MB and four threads of its own: a crowd at the door stands in line instead.
_AT_THE_DOOR = threading.BoundedSemaphore(2)


def sign_in(desk: Desk, email: str, password: str, address: str) -> User:
    """The person who knows this password. ``address``: where they sign in from.

    Raises NotAllowed, the same for an unknown person, a disabled one and a wrong password; TooMany (``seconds`` to
    wait) after too many failures from one address, whether or not the account exists.
    """
    address = _place(address)
    person = xml_safe(email).strip().lower()[:LONGEST_EMAIL]
    subjects = {
        f"both {person} {address}": _TRIES_PER_PERSON_AND_ADDRESS,
        f"address {address}": _TRIES_PER_ADDRESS,
        f"person {person}": _TRIES_PER_PERSON,
    }
    with _AT_THE_DOOR:
        user = _who_knows(desk, person, password, subjects)
    with desk.storage.transaction() as tx:
        tx.clear_failures(f"both {person} {address}")
        if outdated(user.password_hash):
            tx.put_user(replace(user, password_hash=hashed(password)))
    return user


def _place(address: str) -> str:
    """What of ``address`` one sender cannot change at will: all of it, or an IPv6 address's network (RFC 6177 §2)."""
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Network((found.packed[:8] + bytes(8), 64)))


def _who_knows(desk: Desk, person: str, password: str, subjects: dict[str, int]) -> User:
    with desk.storage.read() as reader:
        _refuse_too_many(desk, reader, subjects)
        user = reader.user_of_email(person)
    right = verified(user.password_hash if user else nobodys(), password)
    if not right or user is None or user.disabled:
        with desk.storage.transaction() as tx:
            for subject in subjects:
                tx.add_failure(subject, desk.now())
        raise NotAllowed("signin.refused")
    return user


def _refuse_too_many(desk: Desk, reader: Reader, subjects: dict[str, int]) -> None:
    now = desk.now()
    for subject, most in subjects.items():
        tries, last = reader.failures_since(subject, now - _WINDOW)
        if tries >= most and last is not None:
            seconds = max(1, int((last + _WINDOW - now).total_seconds()))
            raise TooMany("signin.too_many", seconds=seconds, minutes=-(-seconds // 60))
