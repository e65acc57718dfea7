"""What admins do about one person: another role, a link, the end of sessions, a lost second factor, leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.accounts import identities, second_factor, sessions
from desk.accounts.one_time_links import link_for
from desk.accounts.status import erase, reopen, set_role
from desk.accounts.users import get_user
from news.errors import InvalidInput, NotFound
from news.users import Action, User
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response


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


def _done(key: str, person: User) -> Response:
    flash(words()(key, email=person.email), "good")
    return redirect(url_for("staff.person_page", user_id=person.id), 303)
