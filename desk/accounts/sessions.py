"""Sessions: records of who is signed in where, which end by themselves and can be ended from elsewhere.

The cookie holds a secret, the store its digest. A session ends after ``DEPECHE_SESSION_IDLE`` seconds without a visit,
``DEPECHE_SESSION_MAX`` seconds after it began, with a new password, and when its record is gone. One that ended by
itself opens nothing any more, but for a week it is known whose it was: what was being typed is theirs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk.accounts.audit import note_access
from desk.accounts.keys import digest_of, new_secret
from desk.context import Actor, Desk, name_of
from news.accounts import Session
from news.errors import NotFound
from news.items import Change
from news.users import Action, User, require

# A record of each visit would be a write for each page.
SEEN_EVERY = timedelta(minutes=5)
REMEMBERED = timedelta(days=7)


def begin(desk: Desk, user: User, *, agent: str, address: str) -> str:
    """Sign ``user`` in; the secret for their cookie. ``agent``: the browser in words."""
    secret, now = new_secret(), desk.now()
    with desk.storage.transaction() as tx:
        tx.put_session(Session(digest_of(secret), desk.mint(), user.id, user.session_epoch, now, now, agent))
        note_access(tx, desk, "signed in", user.id, address)
    return secret


def who(desk: Desk, secret: str) -> tuple[User, Session] | None:
    """Who is signed in with ``secret``, or None; being here counts as a visit."""
    found = _holder(desk, secret)
    if found is None or _ended(desk, found[1]):
        return None
    user, session = found
    if abs(desk.now() - session.seen) > SEEN_EVERY:
        with desk.storage.transaction() as tx:
            if tx.session(session.digest):
                tx.put_session(replace(session, seen=desk.now()))
    return user, session


def was(desk: Desk, secret: str) -> User | None:
    """Whose session this was, where it ended by itself in the last ``REMEMBERED``; None for one that goes on, that
    somebody ended, or of a closed account. It lets nobody in."""
    found = _holder(desk, secret)
    if found is None or not _ended(desk, found[1]) or _ended(desk, found[1], REMEMBERED):
        return None
    return found[0]


def end(desk: Desk, secret: str, address: str) -> None:
    """Sign out the holder of ``secret``."""
    with desk.storage.transaction() as tx:
        session = tx.session(digest_of(secret))
        if session:
            tx.drop_session(session.user_id, session.id)
            note_access(tx, desk, "signed out", session.user_id, address)


def sessions_of(desk: Desk, user: User) -> tuple[Session, ...]:
    """Where ``user`` is signed in, last seen first."""
    with desk.storage.read() as reader:
        found = reader.sessions(user.id)
    return tuple(each for each in found if each.epoch == user.session_epoch and not _ended(desk, each))


def end_one(desk: Desk, user: User, session_id: str) -> None:
    """Sign ``user`` out in one place. Raises NotFound when they are not signed in there."""
    with desk.storage.transaction() as tx:
        if not tx.drop_session(user.id, session_id):
            raise NotFound("session.unknown")
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "session ended"))


def end_all(desk: Desk, user: User, actor: Actor, keep: str | None = None) -> int:
    """Sign ``user`` out everywhere, except where the session has the digest ``keep``; in how many places.

    Raises NotAllowed when ``actor`` is somebody else and no admin.
    """
    if isinstance(actor, User) and actor.id != user.id:
        require(actor, Action.USERS)
    with desk.storage.transaction() as tx:
        ended = tx.drop_sessions(user.id, keep)
        tx.add_change(Change("user", user.id, desk.now(), name_of(actor), "sessions ended"))
    return ended


def oldest(desk: Desk) -> tuple[datetime, datetime]:
    """Sessions last seen before the first moment, or made before the second, have ended."""
    now, settings = desk.now(), desk.settings
    return now - timedelta(seconds=settings.session_idle), now - timedelta(seconds=settings.session_max)


def _holder(desk: Desk, secret: str) -> tuple[User, Session] | None:
    with desk.storage.read() as reader:
        session = reader.session(digest_of(secret))
        user = reader.user(session.user_id) if session else None
    if session is None or user is None or user.disabled or session.epoch != user.session_epoch:
        return None
    return user, session


def _ended(desk: Desk, session: Session, since: timedelta = timedelta()) -> bool:
    seen_after, made_after = oldest(desk)
    return session.seen < seen_after - since or session.created < made_after - since
