"""People, for admins: listing, inviting, changing roles, closing and reopening accounts."""

from __future__ import annotations

from desk.accounts.one_time_links import link_for
from desk.accounts.status import reopen, set_role
from desk.accounts.users import disable_user, get_user, invite_user, list_users
from desk.accounts.views import user_json
from news.errors import InvalidInput, NotFound
from news.users import Action, User
from web.api.routes import Answer, Asked, call


def found(asked: Asked) -> User:
    """The person of the address. Raises NotFound."""
    person = get_user(asked.desk, asked.path["user_id"])
    if person is None:
        raise NotFound("staff.user.unknown")
    return person


def current(asked: Asked) -> Answer:
    """The person of the address, for ``If-Match``."""
    return Answer(user_json(found(asked)))


@call("GET", "/users", Action.USERS, "users", "List people by e-mail address", answer="UserList")
def users(asked: Asked) -> Answer:
    """Everybody."""
    return Answer([user_json(each) for each in list_users(asked.desk)])


@call("GET", "/users/{user_id}", Action.USERS, "users", "Read a person", answer="User")
def user(asked: Asked) -> Answer:
    """One person."""
    return current(asked)


@call(
    "POST", "/users", Action.USERS, "users", "Invite a person", body="Invitation", answer="Invited", status=201,
    writes=True, makes=True,
)  # fmt: skip
def invite(asked: Asked) -> Answer:
    """Invite them by mail; without a mail server, the link is the answer."""
    made = invite_user(asked.desk, asked.text("email"), asked.text("role"), asked.user)
    link = link_for(asked.desk, made.email, asked.user)
    told = user_json(made)
    return Answer({"user": told, "link": link}, location=f"/users/{made.id}", again={"user": told, "link": None})


@call(
    "PATCH", "/users/{user_id}", Action.USERS, "users", "Change a person’s role, or close and reopen the account",
    body="UserChange", answer="User", writes=True, current=current, guarded=True,
)  # fmt: skip
def change_user(asked: Asked) -> Answer:
    """One’s own account stays as it is: somebody has to be left to open the door."""
    person, closing = found(asked), asked.body.get("disabled")
    if person.id == asked.user.id:
        raise InvalidInput("user.own_account")
    if closing is False and person.disabled:
        reopen(asked.desk, person.id, asked.user)
    elif closing is True and not person.disabled:
        disable_user(asked.desk, person.email, asked.user)
    if role := asked.text("role"):
        set_role(asked.desk, person.id, role, asked.user)
    return current(asked)
