"""One-time links: an invitation, or the way to a new password. They are mailed, or copied by an admin.

A link is a random secret; the store holds its digest, whom it is for and until when. It ends when it is used, when a
newer one is made, with a new password, and when the account is closed. Whoever asks for a new password by e-mail gets
the same answer as fast whether or not there is such an account: the request is put in the outbox, and the worker looks.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from desk.accounts.keys import digest_of, new_secret
from desk.accounts.passwords import hashed
from desk.accounts.throttling import place, refuse_too_many
from desk.context import Actor, Desk, name_of
from desk.notifying.mails import AT_ONCE, send
from desk.notifying.outbox import WHENEVER
from news.accounts import NOBODYS_PASSWORD, Link, Purpose
from news.errors import NotFound, TooMany
from news.items import Change
from news.text import xml_safe
from news.users import LONGEST_EMAIL, Action, User, checked_email, checked_password, require
from storage.contract import Reader, Transaction

ASKED = "account.reset"
LIFETIMES = {Purpose.INVITE: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}
_ASKS_PER_PERSON = 3
_ASKS_PER_ADDRESS = 15
_AT_ONCE = 100
_LOG = logging.getLogger("depeche.accounts")


def link_for(desk: Desk, email: str, actor: Actor, *, mailed: bool | None = None) -> str | None:
    """Make a link for the person of ``email`` to choose a password by: an invitation while they have none. It is mailed
    (``mailed``: unless there is no mail server), and None; or it is the answer, to be handed over.

    Raises NotAllowed unless ``actor`` may manage people, NotFound for an unknown or closed account.
    """
    if isinstance(actor, User):
        require(actor, Action.USERS)
    by_mail = desk.settings.smtp is not None if mailed is None else mailed
    with desk.storage.transaction() as tx:
        user = tx.user_of_email(checked_email(email))
        if user is None or user.disabled:
            raise NotFound("user.unknown", email=email[:100])
        address = _made(tx, desk, user, by_mail)
        said = "invited" if user.password_hash == NOBODYS_PASSWORD else "link made"
        tx.add_change(Change("user", user.id, desk.now(), name_of(actor), said, data={"role": user.role.value}))
    return None if by_mail else address


def ask(desk: Desk, email: str, address: str) -> None:
    """Somebody at ``address`` asks for a new password for ``email``. Raises TooMany after many from one address;
    for one person more than three in a quarter of an hour are quietly forgotten."""
    person = xml_safe(email).strip().lower()[:LONGEST_EMAIL]
    everybody, one = f"ask address {place(address)}", f"ask person {person}"
    with desk.storage.transaction() as tx:
        refuse_too_many(desk, tx, {everybody: _ASKS_PER_ADDRESS})
        wanted = _may_ask(desk, tx, one)
        tx.add_failure(everybody, desk.now())
        tx.add_failure(one, desk.now())
        if wanted:
            tx.enqueue(ASKED, {"email": person}, AT_ONCE)


def answer_asked(desk: Desk) -> int:
    """Mail links to those who asked and have an account; how many were looked at. The worker's part."""
    with desk.storage.read() as reader:
        if not reader.outbox(WHENEVER, limit=1, topics=(ASKED,)):
            return 0
    with desk.storage.transaction() as tx:
        rows = tx.outbox(WHENEVER, limit=_AT_ONCE, topics=(ASKED,))
        for row in rows:
            user = tx.user_of_email(str(row.payload["email"]))
            if user and not user.disabled and desk.settings.smtp:
                _made(tx, desk, user, by_mail=True)
            tx.drop_outbox(row.id)
    _LOG.info("%d request(s) for a new password", len(rows))
    return len(rows)


def holder(desk: Desk, secret: str) -> tuple[User, Purpose]:
    """Whom the link is for. Raises NotFound when it has ended, or never was."""
    with desk.storage.read() as reader:
        user, link = _holder(desk, reader, secret)
    return user, link.purpose


def use(desk: Desk, secret: str, password: str) -> User:
    """Choose a password by a link, which ends, as do the person's sessions. Raises InvalidInput, NotFound."""
    holder(desk, secret)
    made = hashed(checked_password(password))
    with desk.storage.transaction() as tx:
        user, link = _holder(desk, tx, secret)
        after = replace(user, password_hash=made, session_epoch=user.session_epoch + 1)
        tx.put_user(after)
        tx.drop_links(user.id)
        tx.drop_sessions(user.id)
        said = "accepted" if link.purpose == Purpose.INVITE else "password changed"
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), said))
    return after


def _holder(desk: Desk, reader: Reader, secret: str) -> tuple[User, Link]:
    link = reader.link(digest_of(secret))
    user = reader.user(link.user_id) if link else None
    if link is None or user is None or user.disabled or link.epoch != user.session_epoch or link.expires <= desk.now():
        raise NotFound("link.ended")
    return user, link


def _made(tx: Transaction, desk: Desk, user: User, by_mail: bool) -> str:
    secret = new_secret()
    purpose = Purpose.INVITE if user.password_hash == NOBODYS_PASSWORD else Purpose.RESET
    until = desk.now() + LIFETIMES[purpose]
    tx.put_link(Link(digest_of(secret), user.id, purpose, user.session_epoch, until))
    address = f"{desk.settings.base_url}/staff/link/{secret}"
    if by_mail:
        send(tx, user.email, purpose.value, {"link": address, "email": user.email}, user.language, until=until)
    return address


def _may_ask(desk: Desk, reader: Reader, subject: str) -> bool:
    try:
        refuse_too_many(desk, reader, {subject: _ASKS_PER_PERSON})
    except TooMany:
        return False
    return True
