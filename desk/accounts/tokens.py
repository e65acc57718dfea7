"""Tokens: keys for programs that act for a person, with a role that is not above theirs, and an end.

A token reads ``dep_`` and 43 characters. It is shown once; the store holds its digest and how it begins.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk.accounts.keys import digest_of, new_secret
from desk.context import Actor, Desk, name_of
from news.accounts import Token, lesser
from news.errors import InvalidFields, InvalidInput, NotAllowed, NotFound
from news.items import Change
from news.text import one_line
from news.users import Action, Role, User, checked_email, require
from storage.contract import Transaction

BEGINNING = "dep_"
LONGEST_NAME = 80
LONGEST_DAYS = 366
MOST = 50
# A record of each use would be a write for each request.
_USED_EVERY = timedelta(hours=1)
_SHOWN = 10


def add_token(
    desk: Desk, email: str, *, name: str, role: str, days: int, actor: Actor, by: Token | None = None
) -> tuple[Token, str]:
    """Make a token for the person of ``email``, good for so many ``days``; and the secret itself, for this once.

    People make their own; the shell makes anybody's. ``by``: the token of the program that asks; what it makes may no
    more than it, and ends with it at the latest. Raises InvalidFields, NotAllowed, NotFound, and InvalidInput when
    the person has as many as anybody may have.
    """
    chosen, secret, now = _checked(name, role, days), BEGINNING + new_secret(), desk.now()
    with desk.storage.transaction() as tx:
        user = tx.user_of_email(checked_email(email))
        if user is None or user.disabled:
            raise NotFound("user.unknown", email=email[:100])
        if isinstance(actor, User) and actor.id != user.id:
            raise NotAllowed("token.not_yours")
        highest = lesser(by.role, user.role) if by else user.role
        if lesser(chosen, highest) != chosen:
            raise InvalidFields({"role": InvalidInput("token.role.above", role=highest.value)})
        if sum(each.alive(now) for each in tx.tokens(user.id)) >= MOST:
            raise InvalidInput("token.many", most=MOST)
        until = now + timedelta(days=days)
        token = Token(
            desk.mint(), user.id, one_line(name), chosen, secret[:_SHOWN], digest_of(secret), now,
            min(until, by.expires) if by else until,
        )  # fmt: skip
        tx.put_token(token)
        # Its name is its owner's words, and history is never erased: it is told by how it begins.
        said: dict[str, object] = {"token": token.prefix, "role": chosen.value}
        said |= {"by": by.prefix} if by else {}
        tx.add_change(Change("user", user.id, now, name_of(actor), "token added", data=said))
    return token, secret


def tokens_of(desk: Desk, user_id: str | None = None) -> tuple[Token, ...]:
    """The tokens of a person, or of everybody, newest first; also those that have ended."""
    with desk.storage.read() as reader:
        return reader.tokens(user_id)


def token_named(desk: Desk, token_id: str, actor: User) -> Token:
    """A token of one's own, or anybody's for admins; also one that has ended. Raises NotFound."""
    found = next((each for each in tokens_of(desk) if each.id == token_id), None)
    if found is None or not (found.user_id == actor.id or actor.may(Action.USERS)):
        raise NotFound("token.unknown")
    return found


def token_of(desk: Desk, secret: str) -> Token | None:
    """The token that ``secret`` opens, or None."""
    with desk.storage.read() as reader:
        return reader.token(digest_of(secret))


def revoke_token(desk: Desk, token_id: str, actor: Actor) -> Token:
    """End a token at once: one's own, or anybody's for admins and the shell. Raises NotFound, NotAllowed."""
    with desk.storage.transaction() as tx:
        token = next((each for each in tx.tokens() if each.id == token_id), None)
        if token is None:
            raise NotFound("token.unknown")
        if isinstance(actor, User) and actor.id != token.user_id:
            require(actor, Action.USERS)
        if token.revoked is None:
            token = replace(token, revoked=desk.now())
            tx.put_token(token)
            said: dict[str, object] = {"token": token.prefix}
            tx.add_change(Change("user", token.user_id, desk.now(), name_of(actor), "token revoked", data=said))
    return token


def end_tokens(tx: Transaction, user_id: str, now: datetime) -> None:
    """End all tokens of somebody whose account is closed: opened again, it is no door for those who had one."""
    for token in tx.tokens(user_id):
        if token.revoked is None:
            tx.put_token(replace(token, revoked=now))


def person_of_token(desk: Desk, secret: str) -> User | None:
    """Whom a program with this token acts for, with the role it may use: the lesser of the token's and the person's.

    None when it is unknown, has ended, was revoked, or the account is closed.
    """
    if not secret.startswith(BEGINNING):
        return None
    now = desk.now()
    with desk.storage.read() as reader:
        token = reader.token(digest_of(secret))
        user = reader.user(token.user_id) if token else None
    if token is None or user is None or user.disabled or not token.alive(now):
        return None
    if token.used is None or abs(now - token.used) > _USED_EVERY:
        _used(desk, token)
    return replace(user, role=lesser(token.role, user.role))


def _used(desk: Desk, token: Token) -> None:
    with desk.storage.transaction() as tx:
        still = tx.token(token.digest)
        if still:
            tx.put_token(replace(still, used=desk.now()))


def _checked(name: str, role: str, days: int) -> Role:
    wrong: dict[str, InvalidInput] = {}
    if not 0 < len(one_line(name)) <= LONGEST_NAME:
        wrong["name"] = InvalidInput("token.name", most=LONGEST_NAME)
    if role not in tuple(Role):
        wrong["role"] = InvalidInput("user.role.unknown", role=role[:20], choices=", ".join(Role))
    if not 0 < days <= LONGEST_DAYS:
        wrong["days"] = InvalidInput("token.days", most=LONGEST_DAYS)
    if wrong:
        raise InvalidFields(wrong)
    return Role(role)
