"""My second factor: setting it up with a telephone, recovery codes, taking it away."""

from __future__ import annotations

import segno
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts import second_factor
from news.accounts import Factor
from news.errors import DepecheError, InvalidFields
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.people.account import account_page

Answer = str | Response | tuple[str, int]


@staff.get("/account/factor")
@needs(Action.ACCOUNT)
def factor() -> Answer:
    """Begin, or go on with the secret that waits for its first code."""
    return _page()


@staff.post("/account/factor")
@needs(Action.ACCOUNT)
def begin_factor() -> Answer:
    """A new secret, to be read by a telephone."""
    second_factor.begin(current_desk(), me())
    return redirect(url_for("staff.factor"), 303)


@staff.post("/account/factor/confirm")
@needs(Action.ACCOUNT)
def confirm_factor() -> Answer:
    """Put it in force by a code; the recovery codes are shown this once."""
    try:
        codes = second_factor.confirm(current_desk(), me(), request.form.get("code", ""))
    except InvalidFields as wrong:
        return _page(wrong), 422
    return render_template("staff/recovery_codes.html", codes=codes)


@staff.post("/account/factor/codes")
@needs(Action.ACCOUNT)
def new_recovery_codes() -> Answer:
    """Other recovery codes in the place of mine."""
    try:
        codes = second_factor.new_codes(current_desk(), me(), request.form.get("factor_password", ""))
    except InvalidFields as wrong:
        return account_page(_of_the_factor(wrong)), 422
    return render_template("staff/recovery_codes.html", codes=codes)


@staff.post("/account/factor/remove")
@needs(Action.ACCOUNT)
def remove_own_factor() -> Answer:
    """Sign in by the password alone again."""
    try:
        second_factor.remove(current_desk(), me(), me(), request.form.get("factor_password", ""))
    except InvalidFields as wrong:
        return account_page(_of_the_factor(wrong)), 422
    flash(words()("account.factor.removed"), "good")
    return redirect(url_for("staff.account", _anchor="factor"), 303)


def qr_code(address: str) -> str:
    """``address`` as a QR code: a ``data:`` picture, dark on white with its quiet zone whatever the page's colours."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#fff")


def _of_the_factor(wrong: InvalidFields) -> InvalidFields:
    return InvalidFields({"factor_password": next(iter(wrong.fields.values()))})


def _page(error: DepecheError | None = None) -> str:
    desk, user = current_desk(), me()
    kept: Factor | None = second_factor.factor_of(desk, user)
    waiting = kept if kept and not kept.confirmed else None
    return render_template(
        "staff/factor.html",
        needed=second_factor.missing(desk, user),
        in_force=bool(kept and kept.confirmed),
        secret=waiting.secret if waiting else None,
        picture=qr_code(second_factor.address_of(desk, user, waiting)) if waiting else None,
        error=error,
        errors=error.fields if isinstance(error, InvalidFields) else {},
    )
