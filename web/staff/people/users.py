"""The people who may sign in: all of them, and inviting or adding one (``person``: what is done about one of them)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts.users import add_user, invite_user, list_users
from news.errors import Conflict, DepecheError, InvalidFields, InvalidInput
from news.users import Action, Role
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.people.person import hand_over

Answer = str | Response | tuple[str, int]


@staff.get("/users")
@needs(Action.USERS)
def users() -> str:
    """Everybody, and a form for one more."""
    return _page({})


@staff.post("/users")
@needs(Action.USERS)
def add_person() -> Answer:
    """Add a person; without a password, invite them to choose one."""
    form, password = request.form, request.form.get("password", "")
    try:
        if not password:
            return hand_over(invite_user(current_desk(), form.get("email", ""), _role(), me()))
        added = add_user(current_desk(), form.get("email", ""), _role(), password, me())
    except (InvalidInput, Conflict) as wrong:
        return _page(form, wrong), 422
    flash(words()("staff.user.added", email=added.email), "good")
    return redirect(url_for(".users"), 303)


def _role() -> Role:
    given = request.form.get("role", "")
    if given not in tuple(Role):
        raise InvalidFields({"role": InvalidInput("staff.user.role")})
    return Role(given)


def _page(form: Mapping[str, str], error: DepecheError | None = None) -> str:
    known = sorted(list_users(current_desk()), key=lambda user: (bool(user.disabled), user.email))
    return render_template(
        "staff/users.html",
        users=known,
        roles=tuple(Role),
        form=form,
        error=error,
        errors=_fields(error),
        by_mail=current_desk().settings.smtp is not None,
    )


def _fields(error: DepecheError | None) -> Mapping[str, DepecheError]:
    if isinstance(error, InvalidFields):
        return error.fields
    if error is None:
        return {}
    return {"password" if "password" in error.key else "email": error}
