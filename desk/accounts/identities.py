"""Whom the institution's provider vouches for: known by its own name for them (``sub``), which it gives to nobody else
ever (OpenID Connect Core 1.0 §2); by a verified address only until they have come in once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from desk.accounts.audit import note_access
from desk.context import Actor, Desk, name_of
from news.accounts import NOBODYS_PASSWORD, Identity
from news.errors import InvalidInput, NotAllowed
from news.items import Change
from news.users import Action, Role, User, checked_email, require
from storage.contract import Transaction

_LONGEST_SUBJECT = 255


def admit_known(desk: Desk, issuer: str, subject: object, email: Callable[[], str], address: str) -> User:
    """The person whom ``issuer`` knows as ``subject``. Who comes for the first time is known by ``email``, which is
    asked for then alone, and bound to the name from now on. Raises NotAllowed; what ``email`` raises."""
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise NotAllowed("sso.refused")
    with desk.storage.read() as reader:
        known = reader.identity(issuer, subject)
        user = reader.user(known.user_id) if known else None
    if user is None:
        return _first_time(desk, issuer, subject, email(), address)
    if user.disabled:
        _refuse(desk, user, address, "sso.no_account")
    return user


def admit(desk: Desk, email: str, address: str) -> User:
    """The person of ``email``, whom the institution vouches for; an author, newly added, when their domain is one of
    ``DEPECHE_AUTH_DOMAINS``. Raises NotAllowed, the same for closed accounts and those there never were."""
    person = _checked(email)
    with desk.storage.transaction() as tx:
        user = _of_email(desk, tx, person)
    if user is None or user.disabled:
        _refuse(desk, user, address, "sso.no_account")
    return user


def identities_of(desk: Desk, user: User) -> tuple[Identity, ...]:
    """By which providers, and since when, ``user`` is recognised."""
    with desk.storage.read() as reader:
        return reader.identities(user.id)


def release(desk: Desk, user: User, actor: Actor) -> None:
    """Let somebody be known by their address again at their next sign-in: their provider gave them another name.
    Raises NotAllowed."""
    if isinstance(actor, User):
        require(actor, Action.USERS)
    with desk.storage.transaction() as tx:
        if tx.drop_identities(user.id):
            tx.add_change(Change("user", user.id, desk.now(), name_of(actor), "identity released"))


def _first_time(desk: Desk, issuer: str, subject: str, email: str, address: str) -> User:
    person = _checked(email)
    with desk.storage.transaction() as tx:
        user = _of_email(desk, tx, person)
        others = [each for each in tx.identities(user.id) if each.issuer == issuer] if user else []
        if user and not user.disabled and not others:
            tx.put_identity(Identity(issuer, subject, user.id, desk.now()))
            tx.add_change(Change("user", user.id, desk.now(), name_of(user), "identity known"))
    if user and not user.disabled and others:
        # The address was somebody else's before, or their provider began anew: a person has to say which.
        _refuse(desk, user, address, "sso.other_person")
    if user is None or user.disabled:
        _refuse(desk, user, address, "sso.no_account")
    return user


def _of_email(desk: Desk, tx: Transaction, person: str) -> User | None:
    user = tx.user_of_email(person)
    if user is None and person.rpartition("@")[2] in desk.settings.auth_domains:
        user = User(desk.mint(), person, Role.AUTHOR, NOBODYS_PASSWORD, desk.now(), desk.settings.language)
        tx.put_user(user)
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "added", data={"role": user.role.value}))
    return user


def _refuse(desk: Desk, user: User | None, address: str, key: str) -> NoReturn:
    """Raises NotAllowed."""
    with desk.storage.transaction() as tx:
        note_access(tx, desk, "refused", user.id if user else None, address)
    raise NotAllowed(key)


def _checked(email: str) -> str:
    try:
        return checked_email(email)
    except InvalidInput as error:
        raise NotAllowed("sso.no_email") from error
