"""My tokens: keys for programs that act for me."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts.tokens import add_token, revoke_token
from news.errors import InvalidFields, InvalidInput
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.people.account import account_page

Answer = str | Response | tuple[str, int]


@staff.post("/account/tokens")
@needs(Action.ACCOUNT)
def new_token() -> Answer:
    """Make a token, and show it this once."""
    form = request.form
    try:
        token, secret = add_token(
            current_desk(), me().email, name=form.get("name", ""), role=form.get("role", ""),
            days=_number(form.get("days", "")), actor=me(),
        )  # fmt: skip
    except (InvalidFields, InvalidInput) as wrong:
        return account_page(wrong), 422
    return render_template("staff/token.html", token=token, secret=secret)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


@staff.post("/account/tokens/<token_id>/revoke")
@needs(Action.ACCOUNT)
def end_token(token_id: str) -> Answer:
    """End a token at once."""
    token = revoke_token(current_desk(), token_id, me())
    flash(words()("account.token.revoked", name=token.name), "good")
    return redirect(url_for("staff.account", _anchor="tokens"), 303)
