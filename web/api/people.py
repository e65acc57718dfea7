"""What admins do about one person: a link, the end of sessions, a lost second factor, leaving."""

from __future__ import annotations

from desk.accounts import identities, second_factor, sessions
from desk.accounts.one_time_links import link_for
from desk.accounts.status import erase
from desk.accounts.views import user_json
from news.errors import InvalidInput
from news.users import Action, User
from web.api.routes import Answer, Asked, call
from web.api.users import current, found


@call(
    "POST", "/users/{user_id}/link", Action.USERS, "users", "Give a person a link to choose a password by",
    answer="Invited", writes=True, current=current,
)  # fmt: skip
def give_a_link(asked: Asked) -> Answer:
    """Mailed; without a mail server, the link is the answer. Links given before end."""
    person = found(asked)
    link, told = link_for(asked.desk, person.email, asked.user), user_json(person)
    return Answer({"user": told, "link": link}, again={"user": told, "link": None})


@call(
    "POST", "/users/{user_id}/sign-out", Action.USERS, "users", "Sign a person out everywhere", answer="SignedOut",
    writes=True, current=current,
)  # fmt: skip
def sign_out(asked: Asked) -> Answer:
    """End all sessions; tokens go on."""
    return Answer({"ended": sessions.end_all(asked.desk, found(asked), asked.user)})


@call(
    "DELETE", "/users/{user_id}/second-factor", Action.USERS, "users",
    "Take away the second factor of somebody who lost it", status=204, writes=True, current=current, guarded=True,
)  # fmt: skip
def remove_second_factor(asked: Asked) -> Answer:
    """One's own costs the password, on one's own page."""
    second_factor.remove(asked.desk, _another(asked), asked.user)
    return Answer(None)


@call(
    "DELETE", "/users/{user_id}/identity", Action.USERS, "users",
    "Let a person be known by their address again at the institution’s sign-in", status=204, writes=True,
    current=current, guarded=True,
)  # fmt: skip
def release_an_identity(asked: Asked) -> Answer:
    """When their provider has given them another name."""
    identities.release(asked.desk, found(asked), asked.user)
    return Answer(None)


@call(
    "POST", "/users/{user_id}/erase", Action.USERS, "users", "Close an account for good, and erase what is personal",
    answer="User", writes=True, current=current,
)  # fmt: skip
def erase_a_person(asked: Asked) -> Answer:
    """History goes on to tell what *former member no. 3* did."""
    return Answer(user_json(erase(asked.desk, found(asked).id, asked.user)))


def _another(asked: Asked) -> User:
    person = found(asked)
    if person.id == asked.user.id:
        raise InvalidInput("user.own_account")
    return person
