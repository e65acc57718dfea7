"""Whom the token acts for, and what it may."""

from __future__ import annotations

from desk.accounts.users import get_user, set_language
from desk.accounts.views import user_json
from desk.sources.alerts import set_alerts
from news.errors import NotFound
from news.users import ALLOWED, Action
from web.api.routes import Answer, Asked, call


def current(asked: Asked) -> Answer:
    """The person, for ``If-Match``: as they are, with what the token allows."""
    person = get_user(asked.desk, asked.user.id)
    if person is None:
        raise NotFound("staff.user.unknown")
    may = sorted(each.value for each in ALLOWED[asked.user.role])
    role = {"role": asked.user.role.value}
    return Answer(user_json(person) | role | {"language": person.language, "alerts": person.alerts, "may": may})


@call("GET", "/me", Action.ACCOUNT, "me", "Whom this token acts for", answer="Me")
def me(asked: Asked) -> Answer:
    """The person, with the token's role and what it allows."""
    return current(asked)


@call(
    "PATCH", "/me", Action.ACCOUNT, "me", "Change the language one is written to in, and whether about sources",
    body="MeChange", answer="Me", writes=True, current=current, guarded=True,
)  # fmt: skip
def change_me(asked: Asked) -> Answer:
    """What proves who one is (password, second factor, where one is signed in) is not for programs."""
    if language := asked.text("language"):
        set_language(asked.desk, asked.user, language)
    if isinstance(wanted := asked.body.get("alerts"), bool):
        set_alerts(asked.desk, asked.user, wanted)
    return current(asked)
