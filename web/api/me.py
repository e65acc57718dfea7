"""Who the token acts for, and what it may."""

from __future__ import annotations

from desk.views import user_json
from news.users import ALLOWED, Action
from web.api.routes import Answer, Asked, call


@call("GET", "/me", Action.ACCOUNT, "me", "Whom this token acts for", answer="Me")
def me(asked: Asked) -> Answer:
    """The person, with the token's role and what it allows."""
    return Answer(user_json(asked.user) | {"may": sorted(each.value for each in ALLOWED[asked.user.role])})
