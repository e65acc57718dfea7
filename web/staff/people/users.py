"""The people who may sign in: inviting or adding them, giving a new password, ending their access."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts.identities import identities_of
from desk.accounts.second_factor import in_force
from desk.accounts.sessions import sessions_of
from desk.accounts.tokens import tokens_of
from desk.accounts.users import add_user, disable_user, get_user, invite_user, list_users, set_password
from news.errors import Conflict, DepecheError, InvalidFields, InvalidInput, NotFound
from news.users import Action, Role, User
from web import sessions
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
    return _back()


@staff.get("/users/<user_id>")
@needs(Action.USERS)
def person_page(user_id: str) -> str:
    """One person: a new password, or the end of their access."""
    return _person_page(_found(user_id))


@staff.post("/users/<user_id>/password")
@needs(Action.USERS)
def new_password(user_id: str) -> Answer:
    """Give a new password; all sessions of that person end, but this one."""
    found = _found(user_id)
    try:
        set_password(current_desk(), found.email, request.form.get("password", ""), me())
    except InvalidInput as wrong:
        return _person_page(found, wrong), 422
    if found.id == me().id:
        sessions.begin(_found(user_id))
    flash(words()("staff.user.password_changed", email=found.email), "good")
    return _back()


@staff.post("/users/<user_id>/disable")
@needs(Action.USERS)
def disable(user_id: str) -> Response:
    """End a person's access. One's own stays: somebody has to be left to open the door."""
    found = _found(user_id)
    if found.id == me().id:
        raise InvalidInput("staff.user.disable.self")
    disable_user(current_desk(), found.email, me())
    flash(words()("staff.user.disabled", email=found.email), "good")
    return _back()


def _role() -> Role:
    given = request.form.get("role", "")
    if given not in tuple(Role):
        raise InvalidFields({"role": InvalidInput("staff.user.role")})
    return Role(given)


def _found(user_id: str) -> User:
    found = get_user(current_desk(), user_id)
    if found is None:
        raise NotFound("staff.user.unknown")
    return found


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


def _person_page(found: User, error: DepecheError | None = None) -> str:
    fields = {"password": error} if error else {}
    desk = current_desk()
    return render_template(
        "staff/user.html",
        user=found,
        roles=tuple(Role),
        signed_in=sessions_of(desk, found),
        factor=in_force(desk, found),
        identities=identities_of(desk, found),
        tokens=[each for each in tokens_of(desk, found.id) if each.alive(desk.now())],
        error=error,
        errors=fields,
    )


def _fields(error: DepecheError | None) -> Mapping[str, DepecheError]:
    if isinstance(error, InvalidFields):
        return error.fields
    if error is None:
        return {}
    return {"password" if "password" in error.key else "email": error}


def _back() -> Response:
    return redirect(url_for(".users"), 303)
