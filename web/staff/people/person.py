"""One person, as admins see them and what they do: a new password, another role, a link, the end of sessions, a lost
second factor, leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts import identities, second_factor, sessions
from desk.accounts.one_time_links import link_for
from desk.accounts.status import erase, reopen, set_role
from desk.accounts.tokens import tokens_of
from desk.accounts.users import disable_user, get_user, set_password
from news.errors import DepecheError, InvalidInput, NotFound
from news.users import Action, Role, User
from web.context import current_desk, words
from web.sessions import begin
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]


@staff.get("/users/<user_id>")
@needs(Action.USERS)
def person_page(user_id: str) -> str:
    """One person: a new password, or the end of their access."""
    return _page(found(user_id))


@staff.post("/users/<user_id>/password")
@needs(Action.USERS)
def new_password(user_id: str) -> Answer:
    """Give a new password; all sessions of that person end, but this one."""
    person = found(user_id)
    try:
        set_password(current_desk(), person.email, request.form.get("password", ""), me())
    except InvalidInput as wrong:
        return _page(person, wrong), 422
    if person.id == me().id:
        begin(found(user_id))
    flash(words()("staff.user.password_changed", email=person.email), "good")
    return redirect(url_for("staff.users"), 303)


@staff.post("/users/<user_id>/disable")
@needs(Action.USERS)
def disable(user_id: str) -> Response:
    """End a person's access. One's own stays: somebody has to be left to open the door."""
    person = found(user_id)
    if person.id == me().id:
        raise InvalidInput("staff.user.disable.self")
    disable_user(current_desk(), person.email, me())
    flash(words()("staff.user.disabled", email=person.email), "good")
    return redirect(url_for("staff.users"), 303)


@staff.post("/users/<user_id>/role")
@needs(Action.USERS)
def change_role(user_id: str) -> Answer:
    """Give a person another role."""
    changed = set_role(current_desk(), user_id, request.form.get("role", ""), me())
    return _done("account.role.changed", changed)


@staff.post("/users/<user_id>/link")
@needs(Action.USERS)
def send_link(user_id: str) -> Answer:
    """Give a person a link to choose a password by: mailed, or to be copied from here."""
    return hand_over(found(user_id))


@staff.post("/users/<user_id>/sessions")
@needs(Action.USERS)
def end_sessions(user_id: str) -> Answer:
    """Sign a person out everywhere."""
    person = found(user_id)
    sessions.end_all(current_desk(), person, me())
    return _done("account.sessions.ended_of", person)


@staff.post("/users/<user_id>/factor")
@needs(Action.USERS)
def remove_factor(user_id: str) -> Answer:
    """Take away the second factor of somebody who lost it. One's own costs the password, on one's own page."""
    person = found(user_id)
    if person.id == me().id:
        raise InvalidInput("user.own_account")
    second_factor.remove(current_desk(), person, me())
    return _done("account.factor.removed_of", person)


@staff.post("/users/<user_id>/identity")
@needs(Action.USERS)
def release_identity(user_id: str) -> Answer:
    """Let a person be known by their address again when they next come from the institution's sign-in."""
    person = found(user_id)
    identities.release(current_desk(), person, me())
    return _done("account.identity.released", person)


@staff.post("/users/<user_id>/reopen")
@needs(Action.USERS)
def reopen_person(user_id: str) -> Answer:
    """Open a closed account again, with a link to a new password."""
    return hand_over(reopen(current_desk(), user_id, me()))


@staff.post("/users/<user_id>/erase")
@needs(Action.USERS)
def erase_person(user_id: str) -> Answer:
    """Close an account for good and erase what is personal in it."""
    erase(current_desk(), user_id, me())
    flash(words()("account.erased"), "good")
    return redirect(url_for("staff.users"), 303)


def hand_over(person: User) -> Answer:
    """Mail a link to ``person``, or show it to be copied."""
    address = link_for(current_desk(), person.email, me())
    if address is None:
        return _done("account.link.mailed", person)
    return render_template("staff/handed.html", user=person, address=address)


def found(user_id: str) -> User:
    """The person of that id. Raises NotFound."""
    person = get_user(current_desk(), user_id)
    if person is None:
        raise NotFound("staff.user.unknown")
    return person


def _page(person: User, error: DepecheError | None = None) -> str:
    desk = current_desk()
    return render_template(
        "staff/user.html",
        user=person,
        roles=tuple(Role),
        signed_in=sessions.sessions_of(desk, person),
        factor=second_factor.in_force(desk, person),
        identities=identities.identities_of(desk, person),
        tokens=[each for each in tokens_of(desk, person.id) if each.alive(desk.now())],
        error=error,
        errors={"password": error} if error else {},
    )


def _done(key: str, person: User) -> Response:
    flash(words()(key, email=person.email), "good")
    return redirect(url_for("staff.person_page", user_id=person.id), 303)
