"""What people change about their own account: their password and their language."""

from __future__ import annotations

from dataclasses import replace

from desk.accounts.knowing import must_know
from desk.accounts.passwords import hashed
from desk.context import Desk, name_of
from news.errors import InvalidFields, InvalidInput, NotFound
from news.items import Change
from news.users import User, checked_password


def change_password(desk: Desk, user: User, old: str, new: str) -> User:
    """Change one's own password; all sessions end. Raises InvalidFields, TooMany after five wrong old ones, and
    NotFound when the session ended meanwhile."""
    must_know(desk, user, old, "old_password")
    try:
        made = hashed(checked_password(new))
    except InvalidInput as wrong:
        raise InvalidFields({"password": wrong}) from wrong
    with desk.storage.transaction() as tx:
        now_there = tx.user(user.id)
        if now_there is None or now_there.session_epoch != user.session_epoch:
            raise NotFound("session.unknown")
        after = replace(now_there, password_hash=made, session_epoch=now_there.session_epoch + 1)
        tx.put_user(after)
        tx.drop_links(user.id)
        tx.drop_sessions(user.id)
        tx.add_change(Change("user", user.id, desk.now(), name_of(user), "password changed"))
    return after
