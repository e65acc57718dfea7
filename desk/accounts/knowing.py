"""Showing once more that one knows one's own password, before what nobody else at an open browser should do.

Whoever holds a session without the password may not guess it here: wrong ones count, wherever on the desk they are
typed, and two are looked at at a time, as at the door.
"""

from __future__ import annotations

from desk.accounts.passwords import verified
from desk.accounts.sign_in import CHECKING
from desk.accounts.throttling import refuse_too_many
from desk.context import Desk
from news.accounts import NOBODYS_PASSWORD
from news.errors import InvalidFields, InvalidInput
from news.users import User

_TRIES = 5


def must_know(desk: Desk, user: User, password: str, field: str) -> None:
    """Let pass whoever knows the password of ``user``. Raises InvalidFields about ``field``, TooMany after five wrong
    ones in a quarter of an hour."""
    subject = f"own {user.id}"
    with CHECKING:
        with desk.storage.read() as reader:
            refuse_too_many(desk, reader, {subject: _TRIES})
        if user.password_hash == NOBODYS_PASSWORD or not verified(user.password_hash, password):
            with desk.storage.transaction() as tx:
                tx.add_failure(subject, desk.now())
            raise InvalidFields({field: InvalidInput("account.password.wrong")})
    with desk.storage.transaction() as tx:
        tx.clear_failures(subject)
