"""Tokens for programs: one's own, and everybody's for admins. What a token makes may no more than it, and ends when it
does at the latest."""

from __future__ import annotations

from desk.accounts.tokens import add_token, revoke_token, token_named, token_of, tokens_of
from desk.accounts.users import list_users
from desk.accounts.views import token_json
from news.accounts import Token
from news.users import Action, require
from web.api.bearer import shown_secret
from web.api.routes import Answer, Asked, call
from web.api.schema import YES

_USUAL_DAYS = 90
_USE = ("used",)


def _shown(asked: Asked, token: Token, *, secret: str | None = None) -> Answer:
    """A token as an answer; its use is no edition of it."""
    emails = {user.id: user.email for user in list_users(asked.desk)}
    told = token_json(token, emails.get(token.user_id, ""))
    edition = {name: value for name, value in told.items() if name not in _USE}
    if secret is None:
        return Answer(told, edition=edition)
    again = told | {"token": None}
    return Answer(told | {"token": secret}, edition=edition, location=f"/tokens/{token.id}", again=again)


def current(asked: Asked) -> Answer:
    """The token of the address, for ``If-Match``."""
    return _shown(asked, token_named(asked.desk, asked.path["token_id"], asked.user))


@call(
    "GET", "/tokens", Action.ACCOUNT, "tokens", "List one’s own tokens, newest first; everybody’s for admins",
    answer="TokenList", query={"everybody": YES},
)  # fmt: skip
def tokens(asked: Asked) -> Answer:
    """Also those that have ended, without their secrets."""
    everybody = asked.query.get("everybody") is True
    if everybody:
        require(asked.user, Action.USERS)
    found = tokens_of(asked.desk, None if everybody else asked.user.id)
    emails = {user.id: user.email for user in list_users(asked.desk)}
    return Answer([token_json(each, emails.get(each.user_id, "")) for each in found])


@call("GET", "/tokens/{token_id}", Action.ACCOUNT, "tokens", "Read a token", answer="Token")
def token(asked: Asked) -> Answer:
    """One, without its secret."""
    return current(asked)


@call(
    "POST", "/tokens", Action.ACCOUNT, "tokens", "Make a token; its secret is in this answer alone", body="NewToken",
    answer="TokenMade", status=201, writes=True, makes=True,
)  # fmt: skip
def add_a_token(asked: Asked) -> Answer:
    """Make one for oneself."""
    days = int(str(asked.body.get("days", _USUAL_DAYS)).removesuffix(".0"))
    made, secret = add_token(
        asked.desk, asked.user.email, name=asked.text("name"), role=asked.text("role", "author"),
        days=days, actor=asked.user, by=token_of(asked.desk, shown_secret()),
    )  # fmt: skip
    return _shown(asked, made, secret=secret)


@call(
    "DELETE", "/tokens/{token_id}", Action.ACCOUNT, "tokens", "End a token at once", status=204, writes=True,
    current=current, guarded=True,
)  # fmt: skip
def end_a_token(asked: Asked) -> Answer:
    """It stays in the list, as one that has ended."""
    token_named(asked.desk, asked.path["token_id"], asked.user)
    revoke_token(asked.desk, asked.path["token_id"], asked.user)
    return Answer(None)
