"""People: adding them, their passwords, their access."""

from __future__ import annotations

from dataclasses import replace

from desk.accounts.passwords import hashed
from desk.accounts.tokens import end_tokens
from desk.context import Actor, Desk, name_of
from desk.unit_of_work import unit_of_work
from news.accounts import NOBODYS_PASSWORD
from news.errors import InvalidInput, NotFound
from news.items import Change
from news.users import Action, Role, User, checked_email, checked_password, require
from storage.contract import Reader, Transaction


def add_user(desk: Desk, email: str, role: str, password: str, actor: Actor) -> User:
    """Add a person. Raises InvalidInput for a bad address, role or password, Conflict when the address is taken."""
    _require(actor)
    address, made = checked_email(email), hashed(checked_password(password))
    user = User(desk.mint(), address, _role(role), made, desk.now(), desk.settings.language)
    with desk.storage.transaction() as tx:
        tx.put_user(user)
        _note(tx, desk, user, actor, "added")
    return user


def invite_user(desk: Desk, email: str, role: str, actor: Actor) -> User:
    """Add a person who chooses a password by a link (``desk.accounts.one_time_links.link_for``). Raises InvalidInput,
    Conflict."""
    _require(actor)
    user = User(desk.mint(), checked_email(email), _role(role), NOBODYS_PASSWORD, desk.now(), desk.settings.language)
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


def user_named(desk: Desk, email: str) -> User:
    """The user of that address. Raises InvalidInput, NotFound."""
    with desk.storage.read() as reader:
        return _found(reader, checked_email(email))


def disable_user(desk: Desk, email: str, actor: Actor) -> User:
    """End a person's access, sessions and tokens. Raises NotFound, NotAllowed."""
    with unit_of_work(desk) as (joined, tx):
        closed = _change(joined, email, actor, "disabled", disabled=desk.now())
        end_tokens(tx, closed.id, desk.now())
    return closed


def set_password(desk: Desk, email: str, password: str, actor: Actor) -> User:
    """Give a person a new password; their sessions end. Raises InvalidInput, NotFound, NotAllowed."""
    made = hashed(checked_password(password))
    return _change(desk, email, actor, "password changed", password_hash=made)


def set_language(desk: Desk, user: User, language: str) -> User:
    """The language the desk speaks to ``user`` in: fr or en."""
    with desk.storage.transaction() as tx:
        after = replace(_found(tx, user.email), language=language)
        tx.put_user(after)
    return after


def _change(desk: Desk, email: str, actor: Actor, action: str, **changed: object) -> User:
    _require(actor)
    with desk.storage.transaction() as tx:
        before = _found(tx, checked_email(email))
        after = replace(before, session_epoch=before.session_epoch + 1, **changed)  # type: ignore[arg-type]
        tx.put_user(after)
        tx.drop_links(after.id)
        tx.drop_sessions(after.id)
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
