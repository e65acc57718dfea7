"""Whom a request's token acts for (RFC 6750): cookies are not looked at, and guessing is slowed."""

from __future__ import annotations

from typing import NoReturn

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from desk.accounts.audit import note_access
from desk.accounts.throttling import place, refuse_too_many
from desk.accounts.tokens import person_of_token
from desk.context import Desk
from news.users import User

_FAILURES_PER_ADDRESS = 30


def person(desk: Desk) -> User:
    """Whom the token of this request acts for. A good token is always served; who shows bad ones is slowed.

    Raises Unauthorized (RFC 6750 §3), TooMany.
    """
    secret = shown_secret()
    shown, user = bool(secret), person_of_token(desk, secret) if secret else None
    if user is None:
        if shown:
            _count_failure(desk, request.remote_addr or "")
        _refuse("invalid_token" if shown else None)
    return user


def shown_secret() -> str:
    """The token that the request shows, or "" (RFC 6750 §2.1)."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _count_failure(desk: Desk, address: str) -> None:
    subject = f"token {place(address)}"
    with desk.storage.read() as reader:
        refuse_too_many(desk, reader, {subject: _FAILURES_PER_ADDRESS})
    with desk.storage.transaction() as tx:
        tx.add_failure(subject, desk.now())
        note_access(tx, desk, "token refused", None, address)


def _refuse(error: str | None) -> NoReturn:
    # With a space in it the realm is sent in quotes, as RFC 9110 §11.5 asks.
    said: dict[str, str | None] = {"realm": "Depeche API"}
    if error:
        said["error"] = error
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", said))
