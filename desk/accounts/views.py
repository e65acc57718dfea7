"""Accounts and tokens as JSON values, without anything secret."""

from __future__ import annotations

from news.accounts import Token
from news.days import rfc3339
from news.users import User


def user_json(user: User) -> dict[str, object]:
    """A user as JSON values, without anything secret."""
    return {
        "id": user.id, "email": user.email, "role": user.role.value, "created": rfc3339(user.created),
        "disabled": user.disabled and rfc3339(user.disabled),
    }  # fmt: skip


def token_json(token: Token, email: str) -> dict[str, object]:
    """A token of the person of ``email`` as JSON values, without its secret."""
    return {
        "id": token.id, "email": email, "name": token.name, "role": token.role.value, "prefix": token.prefix,
        "created": rfc3339(token.created), "expires": rfc3339(token.expires),
        "used": token.used and rfc3339(token.used), "revoked": token.revoked and rfc3339(token.revoked),
    }  # fmt: skip
