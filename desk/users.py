"""People: adding them, their passwords, and signing in."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from functools import cache
from ipaddress import IPv6Address, IPv6Network

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from desk.context import Actor, Desk, name_of
from news.errors import InvalidInput, NotAllowed, NotFound, TooMany
from news.items import Change
from news.text import xml_safe
from news.users import LONGEST_EMAIL, Action, Role, User, checked_email, checked_password, require
from storage.contract import Reader, Transaction

_WINDOW = timedelta(minutes=15)
_TRIES_PER_PERSON_AND_ADDRESS = 5
_TRIES_PER_ADDRESS = 30
_TRIES_PER_PERSON = 100
# Checking one password takes 64 MB and four threads of its own: a crowd at the door stands in line instead.
_AT_THE_DOOR = threading.BoundedSemaphore(2)


def add_user(desk: Desk, email: str, role: str, password: str, actor: Actor) -> User:
    """Add a person. Raises InvalidInput for a bad address, role or password, Conflict when the address is taken."""
    _require(actor)
    address, hashed = checked_email(email), _hashed(checked_password(password))
    user = User(desk.mint(), address, _role(role), hashed, desk.now(), desk.settings.language)
    with desk.storage.transaction() as tx:
        tx.put_user(user)
        _note(tx, desk, user, actor, "added")
    return user


def list_users(desk: Desk) -> tuple[User, ...]:
    """Everybody, by e-mail address."""
    with desk.storage.read() as reader:
        return reader.users()


def any_users(desk: Desk) -> bool:
    """Whether there is anybody who could sign in."""
    return any(user.disabled is None for user in list_users(desk))


def get_user(desk: Desk, user_id: str) -> User | None:
    """The user of that id."""
    with desk.storage.read() as reader:
        return reader.user(user_id)


def disable_user(desk: Desk, email: str, actor: Actor) -> User:
    """End a person's access and sessions. Raises NotFound, NotAllowed."""
    return _change(desk, email, actor, "disabled", disabled=desk.now())


def set_password(desk: Desk, email: str, password: str, actor: Actor) -> User:
    """Give a person a new password; their sessions end. Raises InvalidInput, NotFound, NotAllowed."""
    hashed = _hashed(checked_password(password))
    return _change(desk, email, actor, "password changed", password_hash=hashed)


def set_language(desk: Desk, user: User, language: str) -> User:
    """The language the desk speaks to ``user`` in: fr or en."""
    with desk.storage.transaction() as tx:
        after = replace(_found(tx, user.email), language=language)
        tx.put_user(after)
    return after


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
        if _hasher().check_needs_rehash(user.password_hash):
            tx.put_user(replace(user, password_hash=_hashed(password)))
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
    right = _verified(user.password_hash if user else _nobodys_hash(), password)
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


def _hashed(password: str) -> str:
    return _hasher().hash(_bytes(password))


def _bytes(password: str) -> bytes:
    """Whatever was typed is a password, also what a terminal could not read as text."""
    return password.encode("utf-8", "surrogatepass")


def _verified(hashed: str, password: str) -> bool:
    try:
        return _hasher().verify(hashed, _bytes(password))
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody has this password")


def _change(desk: Desk, email: str, actor: Actor, action: str, **changed: object) -> User:
    _require(actor)
    with desk.storage.transaction() as tx:
        before = _found(tx, checked_email(email))
        after = replace(before, session_epoch=before.session_epoch + 1, **changed)  # type: ignore[arg-type]
        tx.put_user(after)
        _note(tx, desk, after, actor, action)
    return after


def _found(reader: Reader, email: str) -> User:
    user = reader.user_of_email(email)
    if user is None:
        raise NotFound("user.unknown", email=email[:100])
    return user


def _note(tx: Transaction, desk: Desk, user: User, actor: Actor, action: str) -> None:
    tx.add_change(Change("user", user.id, desk.now(), name_of(actor), action, data={"role": user.role.value}))


def _role(text: str) -> Role:
    if text not in list(Role):
        raise InvalidInput("user.role.unknown", role=text[:20], choices=", ".join(Role))
    return Role(text)


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.USERS)
